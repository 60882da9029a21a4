#!/usr/bin/env bash
# torch 2.15.0, CPU: with one seed, `torch.randn(16)` has no number in common with `torch.randn(15)`.
#
# Expected: a seed gives one sequence, and a longer tensor takes more of it, as with `torch.rand` and
# with NumPy: a batch or a layer that grows by one keeps the values that it had.
# Seen: from 16 values on, they are drawn in another way. Where the length is no multiple of 16, the
# last 16 are drawn once more, so that 17 values have one in common with 16. A length of 32
# does continue one of 16. A shape in an example, of 15 values or of 16, changes all numbers that it
# prints.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check torch==2.15.0 numpy==2.4.6

cat > draw.py <<'PYTHON'
import numpy as np
import torch


def drawn(draw, count):
    torch.manual_seed(0)
    return draw(count)


def numpy_randn(count):
    return np.random.default_rng(0).standard_normal(count)


for name, draw in {"NumPy": numpy_randn, "rand": torch.rand, "randn": torch.randn}.items():
    for short, long in ((14, 15), (15, 16), (16, 17), (16, 32)):
        pair = zip(drawn(draw, short), drawn(draw, long))
        print(f"{name}: {sum(bool(a == b) for a, b in pair)} of {short} begin the {long}")
PYTHON
venv/bin/python draw.py > seen.txt
cat > expected.txt <<'END'
NumPy: 14 of 14 begin the 15
NumPy: 15 of 15 begin the 16
NumPy: 16 of 16 begin the 17
NumPy: 16 of 16 begin the 32
rand: 14 of 14 begin the 15
rand: 15 of 15 begin the 16
rand: 16 of 16 begin the 17
rand: 16 of 16 begin the 32
randn: 14 of 14 begin the 15
randn: 0 of 15 begin the 16
randn: 1 of 16 begin the 17
randn: 16 of 16 begin the 32
END
echo "torch 2.15.0:"
cat seen.txt
diff expected.txt seen.txt
