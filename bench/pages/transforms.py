"""Transforms: a picture before and after each step."""

# %%
import torch
from torchvision.transforms import v2
from torchvision.transforms.v2 import functional

torch.manual_seed(0)
photo = torch.arange(3 * 16 * 16).remainder(256).to(torch.uint8).reshape(3, 16, 16)
print(photo.shape, photo.dtype, photo.max())
# %%
scaled = v2.ToDtype(torch.float32, scale=True)(photo)
print(scaled.dtype, scaled.max())
# %%
small = v2.Resize((8, 8), antialias=True)(scaled)
print(small.shape)
# %%
centre = v2.CenterCrop(4)(small)
print(centre[0])
# %%
flipped = v2.RandomHorizontalFlip(p=1.0)(centre)
print(torch.equal(flipped.flip(-1), centre))
# %%
normalize = v2.Normalize(mean=[0.5] * 3, std=[0.25] * 3)
print(torch.allclose(normalize(centre).mean(), torch.tensor(0.0), atol=1e-5))
# %%
pipeline = v2.Compose([v2.ToDtype(torch.float32, scale=True), v2.RandomCrop(8), normalize])
print(pipeline)
# %%
ready = pipeline(photo)
print(ready.shape, ready.min(), ready.max())
# %%
grey = functional.rgb_to_grayscale(scaled)
print(grey.shape)
# %%
label = torch.tensor(3)
one_hot = torch.zeros(10).scatter_(0, label, 1.0)
print(one_hot)
# %%
versions = torch.stack([v2.RandomRotation(15)(scaled) for _ in range(3)])
print(versions.shape)
# %%
erased = v2.RandomErasing(p=1.0, scale=(0.2, 0.2))(scaled)
print((erased == 0).sum() > (scaled == 0).sum())
