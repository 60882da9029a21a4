#!/usr/bin/env bash
# torch 2.15.0, CPU: two seeds that differ by 2**32 give the same random numbers.
#
# Expected: `torch.manual_seed` takes whole numbers of 64 bits, and `initial_seed()` gives them back
# whole, so seeds that differ give sequences that differ, as they do in NumPy and in Python.
# Seen: the generator uses the lower 32 bits and says nothing. Seeds that hold the number of a run in
# their upper half, such as `run << 32 | seed`, start every run with the same weights.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check torch==2.15.0 numpy==2.4.6

cat > seeds.py <<'PYTHON'
import random

import numpy as np
import torch


def first_of_torch(seed):
    generator = torch.Generator().manual_seed(seed)
    assert generator.initial_seed() == seed
    return torch.rand((), generator=generator).item()


def first_weight(seed):
    torch.manual_seed(seed)
    return torch.nn.Linear(1, 1).weight.item()


runs = [(run << 32) + 7 for run in range(4)]
for name, first in {
    "Python": lambda seed: random.Random(seed).random(),
    "NumPy": lambda seed: np.random.default_rng(seed).random(),
    "torch, a generator": first_of_torch,
    "torch, a layer": first_weight,
}.items():
    print(f"{name}: 4 seeds, distinct numbers: {len(set(map(first, runs)))}")
PYTHON
venv/bin/python seeds.py > seen.txt
cat > expected.txt <<'END'
Python: 4 seeds, distinct numbers: 4
NumPy: 4 seeds, distinct numbers: 4
torch, a generator: 4 seeds, distinct numbers: 1
torch, a layer: 4 seeds, distinct numbers: 1
END
echo "torch 2.15.0:"
cat seen.txt
diff expected.txt seen.txt
