#!/usr/bin/env bash
# safetensors 0.8.0 with torch 2.15.0: a state dict comes back in another order than it was saved in.
#
# Expected: a dict keeps its order, as with `torch.save`; so the first weight that is printed belongs
# to the first layer, and `zip(model.parameters(), loaded.values())` pairs what belongs together.
# Seen: whole numbers of 64 bits come first, then the others by name, as text: biases before weights,
# layer 10 before layer 2. A table of layers is printed in that order, and a loop over two dicts
# pairs other tensors, without an error where shapes agree. `load_state_dict`, by name, is right.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check \
  torch==2.15.0 numpy==2.4.6 safetensors==0.8.0

cat > order.py <<'PYTHON'
import torch
from safetensors.torch import load_file, save_file

layers = {f"{index}": torch.nn.Linear(1, 1) for index in (2, 10)}
model = torch.nn.ModuleDict({**layers, "norm": torch.nn.BatchNorm1d(1, affine=False)})
state = model.state_dict()
save_file(state, "model.safetensors")
torch.save(state, "model.pt")
for name, loaded in {
    "saved": state,
    "torch": torch.load("model.pt"),
    "safetensors": load_file("model.safetensors"),
}.items():
    print(f"{name}:", *loaded)
PYTHON
venv/bin/python order.py > seen.txt
cat > expected.txt <<'END'
saved: 2.weight 2.bias 10.weight 10.bias norm.running_mean norm.running_var norm.num_batches_tracked
torch: 2.weight 2.bias 10.weight 10.bias norm.running_mean norm.running_var norm.num_batches_tracked
safetensors: norm.num_batches_tracked 10.bias 10.weight 2.bias 2.weight norm.running_mean norm.running_var
END
cat seen.txt
diff expected.txt seen.txt
