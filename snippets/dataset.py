"""Fashion-MNIST: images of clothes as tensors, one by one and in batches."""

# --8<-- [start:load]
import torch
from torch.utils.data import DataLoader, random_split
from torchvision import datasets
from torchvision.transforms import v2

to_tensor = v2.Compose([v2.ToImage(), v2.ToDtype(torch.float32, scale=True)])

training_data = datasets.FashionMNIST(
    root="data",
    train=True,
    download=True,
    transform=to_tensor,
)
test_data = datasets.FashionMNIST(
    root="data",
    train=False,
    download=True,
    transform=to_tensor,
)
# --8<-- [end:load]

# --8<-- [start:split]
train_set, validation_set = random_split(
    training_data,
    [50_000, 10_000],
    generator=torch.Generator().manual_seed(0),
)
# --8<-- [end:split]

# --8<-- [start:batches]
train_loader = DataLoader(train_set, batch_size=64, shuffle=True)
validation_loader = DataLoader(validation_set, batch_size=64)
test_loader = DataLoader(test_data, batch_size=64)
# --8<-- [end:batches]
