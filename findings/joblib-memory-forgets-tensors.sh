#!/usr/bin/env bash
# joblib 1.6.0 with torch 2.15.0: a function under `Memory.cache` that takes a tensor runs each time.
#
# Expected: an argument is known by its content, as a NumPy array is: the second call with equal
# values comes from the cache, also in the next run of the program.
# Seen: the hash of a tensor holds where it lies in memory. Equal tensors, clones, copied modules and
# the same tensor in the next run are new arguments, each with a result on the disk: the function
# always runs, the cache only grows, and nothing warns. `tensor.numpy()` as the argument works.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check torch==2.15.0 numpy==2.4.6 joblib==1.6.0

cat > cached.py <<'PYTHON'
import joblib
import torch

memory = joblib.Memory("cache", verbose=0)
calls = []


@memory.cache
def mean(values):
    calls.append(values)
    return float(values.mean())


def count(kind, arguments):
    calls.clear()
    for argument in arguments:
        mean(argument)
    print(f"{kind}: {len(calls)} of {len(arguments)} calls run", flush=True)


tensors = [torch.arange(6.0) for _ in range(3)]
count("equal arrays", [tensor.numpy() for tensor in tensors])
count("equal tensors", tensors)
PYTHON
{ venv/bin/python cached.py; venv/bin/python cached.py; } > seen.txt
cat > expected.txt <<'END'
equal arrays: 1 of 3 calls run
equal tensors: 3 of 3 calls run
equal arrays: 0 of 3 calls run
equal tensors: 3 of 3 calls run
END
echo "joblib 1.6.0, torch 2.15.0, in two runs:"
cat seen.txt
diff expected.txt seen.txt
