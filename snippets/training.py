"""One epoch of training, and one pass over data that the model has not seen."""

import torch
from torch import nn
from torch.utils.data import DataLoader


# --8<-- [start:train]
def train(
    model: nn.Module,
    loader: DataLoader,
    loss_fn: nn.Module,
    optimizer: torch.optim.Optimizer,
    device: torch.device,
) -> float:
    """Train the model for one epoch and return the mean loss."""
    model.train()
    total, count = 0.0, 0
    for images, labels in loader:
        images, labels = images.to(device), labels.to(device)

        loss = loss_fn(model(images), labels)

        optimizer.zero_grad()
        loss.backward()
        optimizer.step()

        total += loss.item() * len(images)
        count += len(images)
    return total / count


# --8<-- [end:train]


# --8<-- [start:evaluate]
def evaluate(
    model: nn.Module,
    loader: DataLoader,
    loss_fn: nn.Module,
    device: torch.device,
) -> tuple[float, float]:
    """Return the mean loss and the accuracy, without learning."""
    model.eval()
    total, correct, count = 0.0, 0, 0
    with torch.no_grad():
        for images, labels in loader:
            images, labels = images.to(device), labels.to(device)
            logits = model(images)

            total += loss_fn(logits, labels).item() * len(images)
            correct += int((logits.argmax(dim=1) == labels).sum())
            count += len(images)
    return total / count, correct / count


# --8<-- [end:evaluate]
