"""Writes random weights for torchvision's VGG16, for where the real ones are out of reach.

Usage: python standins/vgg16.py OUTPUT [--seed N]
"""

from __future__ import annotations

import argparse
from pathlib import Path

import torch
from torchvision.models import vgg16


def main() -> None:
    """Write a state dict that ``vgg16(weights=VGG16_Weights.IMAGENET1K_V1)`` loads."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("output", type=Path)
    parser.add_argument("--seed", type=int, default=0)
    arguments = parser.parse_args()
    torch.manual_seed(arguments.seed)
    torch.save(vgg16(weights=None).state_dict(), arguments.output)


if __name__ == "__main__":
    main()
