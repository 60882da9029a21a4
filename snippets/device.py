"""The device to compute on: an accelerator where there is one."""

import torch

# --8<-- [start:device]
if torch.accelerator.is_available():
    device = torch.accelerator.current_accelerator()
else:
    device = torch.device("cpu")
# --8<-- [end:device]
