#!/usr/bin/env bash
# safetensors 0.8.0 with NumPy 2.4.6: `safetensors.numpy` saves a transposed array with other values.
#
# Expected: an array that is loaded equals the one that was saved, however it lies in memory; or
# saving refuses it, as it does for a tensor of torch that is not contiguous.
# Seen: the shape is right and the numbers stand in other places, without an error or a warning. The
# array is written in the order of its memory, and read as if its rows had been written. So it goes
# for `.T`, for columns left out, and for Fortran order, which is how a converter turns the weights
# of one framework into those of another. `np.ascontiguousarray` before saving helps.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check numpy==2.4.6 safetensors==0.8.0

cat > transposed.py <<'PYTHON'
import numpy as np
import safetensors.numpy

rows = np.array([[0, 1, 2], [3, 4, 5]], dtype=np.float32)
for name, weight in {
    "rows": rows,
    "transposed": rows.T,
    "Fortran order": np.asfortranarray(rows),
    "columns 0 and 2": rows[:, ::2],
    "contiguous copy": np.ascontiguousarray(rows.T),
}.items():
    loaded = safetensors.numpy.load(safetensors.numpy.save({"weight": weight}))["weight"]
    print(f"{name}: saved {weight.astype(int).tolist()}, loaded {loaded.astype(int).tolist()}")
PYTHON
venv/bin/python transposed.py > seen.txt
cat > expected.txt <<'END'
rows: saved [[0, 1, 2], [3, 4, 5]], loaded [[0, 1, 2], [3, 4, 5]]
transposed: saved [[0, 3], [1, 4], [2, 5]], loaded [[0, 1], [2, 3], [4, 5]]
Fortran order: saved [[0, 1, 2], [3, 4, 5]], loaded [[0, 3, 1], [4, 2, 5]]
columns 0 and 2: saved [[0, 2], [3, 5]], loaded [[0, 1], [2, 3]]
contiguous copy: saved [[0, 3], [1, 4], [2, 5]], loaded [[0, 3], [1, 4], [2, 5]]
END
echo "safetensors 0.8.0, NumPy 2.4.6:"
cat seen.txt
diff expected.txt seen.txt
