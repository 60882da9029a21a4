"""Training: a small network in twenty blocks, for what a live page takes."""

# %%
import time

import torch
from torch import nn

torch.manual_seed(0)
print(torch.get_default_dtype())
# %%
inputs = torch.rand(512, 2) * 2 - 1
labels = (inputs[:, 0] * inputs[:, 1] > 0).long()
print(inputs.shape, labels.sum().item())
# %%
train, test = slice(0, 384), slice(384, 512)
print(len(inputs[train]), len(inputs[test]))
# %%
model = nn.Sequential(nn.Linear(2, 32), nn.ReLU(), nn.Linear(32, 2))
print(sum(weight.numel() for weight in model.parameters()))
# %%
measure = nn.CrossEntropyLoss()
print(f"{measure(model(inputs[train]), labels[train]).item():.2f}")
# %%
optimizer = torch.optim.Adam(model.parameters(), lr=0.01)
print(optimizer.defaults["lr"])


# %%
def step() -> float:
    """Take one step of the optimizer and return the loss before it."""
    optimizer.zero_grad()
    loss = measure(model(inputs[train]), labels[train])
    loss.backward()
    optimizer.step()
    return loss.item()


print(f"{step():.2f}")
# %%
losses = [step() for _ in range(50)]
print(losses[-1] < losses[0])


# %%
def accuracy(part: slice) -> float:
    """Tell which share of some points the model gets right."""
    with torch.no_grad():
        right = model(inputs[part]).argmax(dim=1) == labels[part]
    return right.float().mean().item()


print(f"{accuracy(test):.1f}")
# %%
losses += [step() for _ in range(50)]
print(len(losses))
# %%
weights = {name: weight.clone() for name, weight in model.state_dict().items()}
print(list(weights))
# %%
losses += [step() for _ in range(50)]
print(losses[-1] < losses[50])
# %%
torch.save(model.state_dict(), "model.pth")
print(torch.load("model.pth").keys() == weights.keys())
# %%
optimizer.param_groups[0]["lr"] = 0.003
print(optimizer.param_groups[0]["lr"])
# %%
losses += [step() for _ in range(50)]
print(min(losses) == losses[-1])
# %%
print(f"{accuracy(train):.1f} {accuracy(test):.1f}")
# %%
grid = torch.cartesian_prod(torch.linspace(-1, 1, 50), torch.linspace(-1, 1, 50))
print(grid.shape)
# %%
with torch.no_grad():
    map_of_classes = model(grid).softmax(dim=1)[:, 1].reshape(50, 50)
print(map_of_classes.shape)
# %%
model.load_state_dict(weights)
print(f"{accuracy(train):.1f}")
# %%
time.sleep(1)
print(f"{len(losses)} steps")
