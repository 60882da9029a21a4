"""Datasets: a table of points, split, batched and iterated."""

# %%
import torch
from torch.utils.data import DataLoader, Dataset, Subset, TensorDataset, random_split
from torchvision.utils import make_grid

torch.manual_seed(0)
points = torch.linspace(-1, 1, 60).reshape(20, 3)
print(points[:2])
# %%
labels = (points.sum(dim=1) > 0).long()
print(labels.bincount())
# %%
table = TensorDataset(points, labels)
print(len(table), table[3])


# %%
class Squares(Dataset[tuple[torch.Tensor, int]]):
    """Square pictures, each with its side as the label."""

    def __len__(self) -> int:
        """Count the pictures."""
        return 8

    def __getitem__(self, index: int) -> tuple[torch.Tensor, int]:
        """Draw one picture, as a tensor of shape (1, 8, 8)."""
        picture = torch.zeros(1, 8, 8)
        picture[:, :index, :index] = 1
        return picture, index


print(len(Squares()))
# %%
picture, side = Squares()[5]
print(picture.sum().item(), side)
# %%
loader = DataLoader(Squares(), batch_size=4)
print([tuple(batch.shape) for batch, _ in loader])
# %%
shuffled = DataLoader(Squares(), batch_size=8, shuffle=True)
pictures, sides = next(iter(shuffled))
print(sorted(sides.tolist()))
# %%
train, held_out = random_split(table, [15, 5])
print(len(train), len(held_out))
# %%
evens = Subset(Squares(), range(0, 8, 2))
print([evens[place][1] for place in range(len(evens))])
# %%
sheet = make_grid(pictures, nrow=4, padding=1)
print(sheet.shape)
# %%
seen = sum(len(batch) for batch, _ in DataLoader(train, batch_size=4, drop_last=True))
print(seen)
# %%
brightness = pictures.flatten(1).mean(dim=1)
print(brightness.max())
