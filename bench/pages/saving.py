"""Saving: weights, checkpoints and plain tensors, in local files."""

# %%
from pathlib import Path

import torch
from torch import nn

torch.manual_seed(0)
model = nn.Sequential(nn.Linear(6, 12), nn.ReLU(), nn.Dropout(0.5), nn.Linear(12, 2))
print(list(model.state_dict()))
# %%
torch.save(model.state_dict(), "weights.pth")
print(Path("weights.pth").exists())
# %%
weights = torch.load("weights.pth", weights_only=True)
print(weights["0.weight"].shape)
# %%
twin = nn.Sequential(nn.Linear(6, 12), nn.ReLU(), nn.Dropout(0.5), nn.Linear(12, 2))
print(twin.load_state_dict(weights))
# %%
print(twin.eval())
# %%
sample = torch.ones(1, 6)
print(torch.equal(twin(sample), model.eval()(sample)))
# %%
twin.train()
print(torch.equal(twin(sample), twin(sample)))
# %%
optimizer = torch.optim.SGD(model.parameters(), lr=0.1, momentum=0.9)
checkpoint = {"epoch": 3, "model": model.state_dict(), "optimizer": optimizer.state_dict()}
torch.save(checkpoint, "checkpoint.pth")
print(sorted(checkpoint))
# %%
resumed = torch.load("checkpoint.pth", weights_only=True)
print(resumed["epoch"], resumed["optimizer"]["param_groups"][0]["momentum"])
# %%
torch.save({"mean": torch.tensor(0.5)}, "numbers.pt")
print(torch.load("numbers.pt", weights_only=True))
# %%
for wrong in nn.Linear(6, 12), nn.Linear(6, 2):
    print(wrong.weight.shape == weights["0.weight"].shape)
# %%
for path in (Path("weights.pth"), Path("checkpoint.pth"), Path("numbers.pt")):
    path.unlink()
print(sorted(path.name for path in Path().glob("*.pth")))
