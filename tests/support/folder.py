"""A folder to work in, and the pages that tests write into it."""

from __future__ import annotations

import json
from dataclasses import dataclass
from textwrap import indent
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path


@dataclass(frozen=True)
class Folder:
    """The current folder, empty at first, outside any project."""

    root: Path

    def write(self, name: str, text: str) -> Path:
        """Write a file and the folders above it."""
        file = self.root / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
        return file

    def read(self, name: str) -> str:
        """What a file holds."""
        return (self.root / name).read_text(encoding="utf-8")

    def replace(self, name: str, old: str, new: str) -> None:
        """Replace a text that a file holds."""
        text = self.read(name)
        assert old in text
        self.write(name, text.replace(old, new))

    def page(self, name: str, *pairs: tuple[str, str], comment: str = "") -> Path:
        """Write a page with a code tab and an output tab for each pair; returns its file."""
        return self.write(name, "\n".join(tabs(code, out, comment) for code, out in pairs))

    def notebook(self, name: str, *cells: tuple[str, str], tags: Sequence[str] = ()) -> Path:
        """Write a notebook with a cell for each code and what it printed; returns its file."""
        book = {
            "cells": [cell(code, out, tags) for code, out in cells],
            "metadata": {},
            "nbformat": 4,
            "nbformat_minor": 4,
        }
        return self.write(name, f"{json.dumps(book, indent=1, ensure_ascii=False)}\n")


def tabs(code: str, out: str, comment: str = "") -> str:
    """A code tab and its output tab; the first fence is on line 3, or on 4 below a comment."""
    fences = [f"{comment}\n" * bool(comment) + f"```python\n{code}\n```", f"```\n{out}\n```"]
    code_tab, out_tab = (indent(fence, "    ") for fence in fences)
    return f'=== "Code"\n\n{code_tab}\n\n=== "Out"\n\n{out_tab}\n'


def cell(code: str, out: str, tags: Sequence[str] = ()) -> dict[str, Any]:
    """A cell of a notebook, twenty lines or so, with one stream where something was printed."""
    stream = {"name": "stdout", "output_type": "stream", "text": out.splitlines(keepends=True)}
    return {
        "cell_type": "code",
        "execution_count": None,
        "metadata": {"tags": [*tags]} if tags else {},
        "outputs": [stream] if out else [],
        "source": code.splitlines(keepends=True),
    }
