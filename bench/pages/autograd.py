"""Autograd: a graph of one layer, and the gradients it gives."""

# %%
import torch
from torch import nn

torch.manual_seed(0)
inputs = torch.ones(5)
target = torch.zeros(3)
print(inputs, target)
# %%
weight = torch.randn(5, 3, requires_grad=True)
bias = torch.randn(3, requires_grad=True)
print(weight.shape, bias.requires_grad)
# %%
scores = inputs @ weight + bias
loss = nn.functional.binary_cross_entropy_with_logits(scores, target)
print(loss)
# %%
print(type(scores.grad_fn).__name__, type(loss.grad_fn).__name__)
# %%
torch.autograd.backward(loss)
print(bias.grad)
# %%
with torch.no_grad():
    frozen = inputs @ weight + bias
print(frozen.requires_grad)
# %%
print(scores.detach().requires_grad, weight.is_leaf, scores.is_leaf)
# %%
cube = torch.tensor([1.0, 2.0, 3.0], requires_grad=True)
(slope,) = torch.autograd.grad(cube.pow(3).sum(), cube)
print(slope)
# %%
for _ in range(2):
    torch.autograd.backward(cube.square().sum())
    print(cube.grad)
# %%
cube.grad = None
torch.autograd.backward(cube.square(), torch.tensor([1.0, 0.1, 0.01]))
print(cube.grad)
# %%
jacobian = torch.autograd.functional.jacobian(torch.square, cube.detach())
print(jacobian)
# %%
curve = torch.linspace(0, 3.0, 4, requires_grad=True)
torch.autograd.backward(curve.sin().sum())
print(torch.allclose(torch.as_tensor(curve.grad), curve.detach().cos()))
