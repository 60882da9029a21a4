#!/usr/bin/env bash
# torch 2.15.0: a DataLoader that shuffles nothing draws from the global random generator, so an
# evaluation that is added changes the training after it.
#
# Expected: `for batch in DataLoader(data, batch_size=2)`, in order and without workers, uses no
# random numbers; after `torch.manual_seed`, what is drawn later is the same with and without it.
# Seen: each iterator takes one number as the seed of workers, also where there are none. A look at
# one batch, or a pass over the test data, changes weights and orders that are drawn afterwards, and
# with them all printed losses. `generator=torch.Generator()` for the loader keeps them apart.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check torch==2.15.0 numpy==2.4.6

cat > draw.py <<'PYTHON'
import torch
from torch.utils.data import DataLoader

data = torch.arange(6.0)


def drawn_after(look):
    torch.manual_seed(0)
    look()
    return torch.rand(2).tolist()


untouched = drawn_after(lambda: None)
own = torch.Generator()
looks = {
    "the data, indexed": lambda: [data[i : i + 2] for i in range(0, 6, 2)],
    "DataLoader, one batch": lambda: next(iter(DataLoader(data, batch_size=2))),
    "DataLoader, all batches": lambda: list(DataLoader(data, batch_size=2)),
    "the same, own generator": lambda: list(DataLoader(data, batch_size=2, generator=own)),
}
for name, look in looks.items():
    same = drawn_after(look) == untouched
    print(f"{name}: {'the same' if same else 'other'} random numbers afterwards")
PYTHON
venv/bin/python draw.py > seen.txt
cat > expected.txt <<'END'
the data, indexed: the same random numbers afterwards
DataLoader, one batch: other random numbers afterwards
DataLoader, all batches: other random numbers afterwards
the same, own generator: the same random numbers afterwards
END
echo "torch 2.15.0:"
cat seen.txt
diff expected.txt seen.txt
