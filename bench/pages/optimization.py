"""Optimization: a line fitted to points, step by step."""

# %%
import torch
from torch import nn

torch.manual_seed(0)
inputs = torch.linspace(-1, 1, 40).unsqueeze(1)
targets = 3 * inputs + 0.5
print(inputs.shape, targets.mean())
# %%
model = nn.Linear(1, 1)
print([weight.numel() for weight in model.parameters()])
# %%
measure = nn.MSELoss()
print(measure(model(inputs), targets))
# %%
optimizer = torch.optim.SGD(model.parameters(), lr=0.3)
print(type(optimizer).__name__, optimizer.param_groups[0]["lr"])


# %%
def step() -> float:
    """Take one step of the optimizer and return the loss before it."""
    optimizer.zero_grad()
    loss = measure(model(inputs), targets)
    loss.backward()
    optimizer.step()
    return loss.item()


print(f"{step():.4f}")
# %%
losses = [step() for _ in range(30)]
print(f"{losses[0]:.4f} {losses[-1]:.4f}")
# %%
print(losses[-1] < losses[0])
# %%
print(f"{model.weight.item():.2f} {model.bias.item():.2f}")
# %%
print(f"{nn.functional.l1_loss(model(inputs), targets).item():.3f}")
# %%
guesses = torch.tensor([[2.0, 0.0], [0.0, 2.0]])
print(nn.CrossEntropyLoss()(guesses, torch.tensor([0, 1])))
# %%
schedule = torch.optim.lr_scheduler.StepLR(optimizer, step_size=1, gamma=0.5)
step()
schedule.step()
print(schedule.get_last_lr())
# %%
adam = torch.optim.Adam(model.parameters(), lr=0.01)
print(adam.defaults["betas"])
