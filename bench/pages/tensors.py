"""Tensors: made, reshaped, multiplied, shared with NumPy."""

# %%
import numpy as np
import torch

torch.manual_seed(0)
grid = torch.tensor([[1, 2, 3], [4, 5, 6]])
print(grid)
# %%
shared = np.arange(4.0)
mirror = torch.from_numpy(shared)
print(mirror.dtype, tuple(mirror.shape))
# %%
noise = torch.rand_like(grid, dtype=torch.float32)
print(noise)
# %%
for make in (torch.zeros, torch.ones):
    print(make(2, 2))
# %%
print(grid.shape, grid.dtype, grid.device)
# %%
print(grid[0], grid[:, -1], grid[..., 1:])
# %%
wide = torch.cat([grid, grid], dim=1)
print(wide.shape)
# %%
product = grid.float() @ grid.float().T
print(product)
# %%
print(torch.equal(grid * grid, grid.square()))
# %%
total = product.sum()
print(total.item(), type(total.item()).__name__)
# %%
grid.add_(10)
print(grid)
# %%
shared += 1
print(mirror, grid.numpy().tolist())
