#!/usr/bin/env bash
# torch 2.15.0 with NumPy 2.4.6: `tensor * array` works and `array * tensor` does not.
#
# Expected: both give the same, or neither works; `array == tensor` and `np.multiply(array, tensor)`
# do work, and so does a NumPy number on the left.
# Seen: with the array on the left, arithmetic and order raise TypeError, and `+` says that
# concatenation is not implemented, which nobody asked for. With the tensor on the left the result is
# a tensor, of float64. A formula stops working when somebody turns its factors round.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check torch==2.15.0 numpy==2.4.6

cat > sides.py <<'PYTHON'
import operator

import numpy as np
import torch

tensor, array = torch.ones(2), np.array([1.0, 2.0])


def told(function, *operands):
    try:
        result = function(*operands)
    except TypeError as error:
        return f"TypeError, {'concatenation' if 'Concat' in str(error) else 'operands'}"
    return f"{type(result).__name__} {str(result.dtype).removeprefix('torch.')}"


for name in ("add", "mul", "matmul", "eq"):
    function = getattr(operator, name)
    print(f"{name}: tensor, array: {told(function, tensor, array)};", end=" ")
    print(f"array, tensor: {told(function, array, tensor)}")
print("mul: NumPy number, tensor:", told(operator.mul, np.float64(2), tensor))
print("np.multiply: array, tensor:", told(np.multiply, array, tensor))
PYTHON
venv/bin/python -W ignore sides.py > seen.txt
cat > expected.txt <<'END'
add: tensor, array: Tensor float64; array, tensor: TypeError, concatenation
mul: tensor, array: Tensor float64; array, tensor: TypeError, operands
matmul: tensor, array: Tensor float64; array, tensor: TypeError, operands
eq: tensor, array: Tensor bool; array, tensor: Tensor bool
mul: NumPy number, tensor: Tensor float32
np.multiply: array, tensor: Tensor float64
END
echo "torch 2.15.0, NumPy 2.4.6:"
cat seen.txt
diff expected.txt seen.txt
