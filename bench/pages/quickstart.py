"""Quickstart: data, model, training and a prediction on one page."""

# %%
import torch
from torch import nn
from torch.utils.data import DataLoader, TensorDataset
from torchvision.transforms import v2

torch.manual_seed(0)
images = torch.rand(96, 1, 8, 8)
print(images.shape)
# %%
labels = (images[:, :, :4].mean(dim=(1, 2, 3)) > images.mean(dim=(1, 2, 3))).long()
print(labels.bincount())
# %%
shift = v2.Normalize(mean=[0.5], std=[0.5])
print(shift(images).mean().abs() < 1)
# %%
data = TensorDataset(shift(images), labels)
loader = DataLoader(data, batch_size=32)
print(len(loader))
# %%
device = torch.accelerator.current_accelerator() if torch.accelerator.is_available() else "cpu"
print(device)
# %%
model = nn.Sequential(nn.Flatten(), nn.Linear(64, 16), nn.ReLU(), nn.Linear(16, 2)).to(device)
print(model)
# %%
measure = nn.CrossEntropyLoss()
optimizer = torch.optim.SGD(model.parameters(), lr=0.5)
print(optimizer.defaults["lr"])


# %%
def train() -> float:
    """Train for one epoch and return the last loss."""
    model.train()
    loss = torch.tensor(0.0)
    for batch, answers in loader:
        loss = measure(model(batch.to(device)), answers.to(device))
        loss.backward()
        optimizer.step()
        optimizer.zero_grad()
    return loss.item()


print(f"{train():.3f}")


# %%
def accuracy() -> float:
    """Return the share of pictures that the model names rightly."""
    model.eval()
    with torch.no_grad():
        return float((model(shift(images).to(device)).argmax(1).cpu() == labels).float().mean())


print(f"{accuracy():.2f}")
# %%
for _ in range(10):
    train()
print(f"{accuracy():.2f}")
# %%
with torch.no_grad():
    scores = model(shift(images[:1]).to(device))
print(scores.shape)
# %%
kinds = ["light below", "light above"]
print(kinds[int(scores.argmax())], "|", kinds[int(labels[0])])
