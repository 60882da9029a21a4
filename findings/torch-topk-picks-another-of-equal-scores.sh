#!/usr/bin/env bash
# torch 2.15.0, CPU: where two scores are equal, `topk(1)` picks another class than `argmax`.
#
# Expected: the class of the highest score is one class: `argmax`, `max`, and the first of `sort` and
# of `topk` name the first of equal ones, as `numpy.argmax` does.
# Seen: `topk` names another, and which one depends on the length: of 10 equal scores the ninth. So a
# model with a last layer of zeros predicts class 0 in one lesson and class 8 in the next, and where
# scores are rounded, as in bfloat16, a top-1 accuracy by `topk` is another than one by `argmax`.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check torch==2.15.0 numpy==2.4.6

cat > ties.py <<'PYTHON'
import torch

for name, scores in {
    "4 equal": torch.zeros(4),
    "10 equal": torch.zeros(10),
    "first two of 10": torch.tensor([5.0, 5.0] + 8 * [0.0]),
    "no two equal": torch.arange(10.0).flip(0),
}.items():
    print(
        f"{name}: argmax {scores.argmax().item()}, max {scores.max(dim=0).indices.item()}, "
        f"sort {scores.sort(descending=True).indices[0].item()}, "
        f"topk(1) {scores.topk(1).indices.item()}"
    )
PYTHON
venv/bin/python ties.py > seen.txt
cat > expected.txt <<'END'
4 equal: argmax 0, max 0, sort 0, topk(1) 2
10 equal: argmax 0, max 0, sort 0, topk(1) 8
first two of 10: argmax 0, max 0, sort 0, topk(1) 1
no two equal: argmax 0, max 0, sort 0, topk(1) 0
END
echo "torch 2.15.0:"
cat seen.txt
diff expected.txt seen.txt
