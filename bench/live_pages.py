"""The pages of the live bench: long work before a cheap last block, and twenty light blocks.

What is printed does not depend on the speed of the machine: the work goes on until its seconds
have passed, and a line is fitted exactly long before.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from bench.corpus import SOURCES, Page, read
from bench.measure import BenchError

OPENING = """\
import time

import torch
from torch import nn

torch.manual_seed(0)
inputs = torch.randn(4096, 64)
targets = inputs @ torch.randn(64, 1)
model = nn.Linear(64, 1)
optimizer = torch.optim.SGD(model.parameters(), lr=0.1)
measure = nn.MSELoss()


def train(seconds):
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        optimizer.zero_grad()
        loss = measure(model(inputs), targets)
        loss.backward()
        optimizer.step()
    return loss.item()


done = 0
"""
WORK = """\
print(f"{{train({seconds}):.3f}}")
done += 1
"""
LAST = """\
start = time.perf_counter()
loss = measure(model(inputs), targets).item()
print(f"edit {1} after {done} blocks of work, loss {loss:.3f}")
print(f"own time {time.perf_counter() - start:.6f} s")
"""


@dataclass(frozen=True, slots=True)
class Edit:
    """A change that an author saves.

    Attributes:
        old: What stands once in the page.
        new: What takes its place.
        proof: A pattern for what is shown once the change has come through, and not before.
    """

    old: str
    new: str
    proof: str

    def apply(self, text: str) -> str:
        """Change the text of a page.

        Raises:
            BenchError: What is to be changed does not stand there once.
        """
        if text.count(self.old) != 1:
            raise BenchError(f"the page does not hold {self.old!r} once")
        return text.replace(self.old, self.new)


def working(seconds: float, parts: int) -> Page:
    """Make a page whose last block comes after so many seconds of training, in so many blocks."""
    work = [WORK.format(seconds=seconds / parts)] * parts
    return Page("live", "Live page, wording 1", (OPENING, *work, LAST), _result(1, parts))


def twenty() -> Page:
    """Read the page of twenty blocks; the last one waits a second, in which memory can be read."""
    return read(SOURCES / "live" / "training.py")


def code_edit(number: int, parts: int) -> Edit:
    """Change what the last block of the working page prints, for the nth time."""
    old, new = (f"edit {{{shown}}} after" for shown in (number, number + 1))
    return Edit(old, new, _result(number + 1, parts))


def prose_edit(number: int) -> Edit:
    """Change the heading of the working page, for the nth time."""
    old, new = (f"Live page, wording {shown}" for shown in (number, number + 1))
    return Edit(old, new, re.escape(new))


def _result(number: int, parts: int) -> str:
    """What the last block prints, if all before it ran in one session, with its own seconds."""
    line = rf"edit {number} after {parts} blocks of work, loss 0\.000"
    return rf"{line}\s+own time (?P<own>[\d.]+) s"
