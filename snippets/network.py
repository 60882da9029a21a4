"""The network of the course: an image of 28 x 28 pixels in, one score for each class out."""

# --8<-- [start:network]
import torch
from torch import nn


class NeuralNetwork(nn.Module):
    """Turn images of clothes into ten scores each, one for every class."""

    def __init__(self) -> None:
        super().__init__()
        self.flatten = nn.Flatten()
        self.layers = nn.Sequential(
            nn.Linear(28 * 28, 512),
            nn.ReLU(),
            nn.Linear(512, 512),
            nn.ReLU(),
            nn.Linear(512, 10),
        )

    def forward(self, images: torch.Tensor) -> torch.Tensor:
        """Compute the scores, which are called logits."""
        logits: torch.Tensor = self.layers(self.flatten(images))
        return logits


# --8<-- [end:network]
