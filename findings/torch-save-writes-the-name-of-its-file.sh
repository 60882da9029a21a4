#!/usr/bin/env bash
# torch 2.15.0: `torch.save` of one object in files of two names writes other bytes.
#
# Expected: the same weights give the same file, so that a checksum, a cache by content or a copy of
# last week's checkpoint tells whether anything changed; a name belongs to the folder, not to the
# file. The same call does write the same bytes each time.
# Seen: the name, without its ending, is the folder within the archive, so "best.pt" and "last.pt"
# differ although all tensors are equal, and a file that is renamed differs from one saved under that
# name. Saved to a file object, the folder is "archive" each time, and the bytes are the same.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check torch==2.15.0 numpy==2.4.6

cat > save.py <<'PYTHON'
import shutil
from pathlib import Path
from zipfile import ZipFile

import torch

weights = {"weight": torch.arange(6.0)}


def saved(name):
    torch.save(weights, name)
    return Path(name).read_bytes()


def saved_open(name):
    with open(name, "wb") as file:
        torch.save(weights, file)
    return Path(name).read_bytes()


print("one name, twice:", saved("best.pt") == saved("best.pt"))
print("two names:", saved("best.pt") == saved("last.pt"))
shutil.copy("best.pt", "copy.pt")
print("copied, saved anew:", Path("copy.pt").read_bytes() == saved("copy.pt"))
print("two names, open files:", saved_open("best.pt") == saved_open("last.pt"))
torch.save(weights, "last.pt")
print("last.pt holds:", ZipFile("last.pt").namelist()[0])
PYTHON
venv/bin/python save.py > seen.txt
cat > expected.txt <<'END'
one name, twice: True
two names: False
copied, saved anew: False
two names, open files: True
last.pt holds: last/data.pkl
END
echo "torch 2.15.0, the same bytes:"
cat seen.txt
diff expected.txt seen.txt
