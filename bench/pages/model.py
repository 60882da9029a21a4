"""The model: layers one by one, then as a module."""

# %%
import torch
from torch import nn

torch.manual_seed(0)
images = torch.rand(3, 12, 12)
print(images.shape)
# %%
flat = nn.Flatten()(images)
print(flat.shape)
# %%
linear = nn.Linear(144, 16)
hidden = linear(flat)
print(hidden.shape, hidden.min() < 0)
# %%
print(nn.ReLU()(hidden).min())
# %%
stack = nn.Sequential(nn.Flatten(), linear, nn.ReLU(), nn.Linear(16, 10))
print(stack)


# %%
class Network(nn.Module):
    """A network of two linear layers for pictures of 12 by 12."""

    def __init__(self) -> None:
        super().__init__()
        self.layers = nn.Sequential(nn.Flatten(), nn.Linear(144, 16), nn.ReLU(), nn.Linear(16, 10))

    def forward(self, batch: torch.Tensor) -> torch.Tensor:
        """Compute logits of shape (batch, 10)."""
        return torch.as_tensor(self.layers(batch))


network = Network()
print(network)
# %%
logits = network(images)
print(logits.shape)
# %%
chances = logits.softmax(dim=1)
print(chances.sum(dim=1))
# %%
print(chances.argmax(dim=1))
# %%
for name, weight in network.named_parameters():
    print(f"{name:16} {tuple(weight.shape)}")
# %%
print(sum(weight.numel() for weight in network.parameters()))
# %%
convolution = nn.Conv2d(1, 4, kernel_size=3, padding=1)
print(convolution(images.unsqueeze(1)).shape)
