"""What the docstring of a class says of its attributes, for JSON Schemas."""

from __future__ import annotations

import inspect
import re
from textwrap import dedent
from typing import Final

_ATTRIBUTE: Final = re.compile(r"^(?P<name>\w+): (?P<text>.*(?:\n +.*)*)", re.MULTILINE)
_INSIDE: Final = re.compile(r"; see ``codeout\.[\w.]+``")
"""A reference to a module, which says nothing to those who read no code."""


def described(kind: type) -> tuple[str, dict[str, str]]:
    """What the docstring of a class says of it, and of each of its attributes.

    Args:
        kind: A class whose docstring has a section ``Attributes:``.
    """
    text = inspect.getdoc(kind) or ""
    first, _, rest = text.partition("\n\n")
    listed = dedent(rest.partition("Attributes:\n")[2].partition("\n\n")[0])
    said = {found["name"]: _joined(found["text"]) for found in _ATTRIBUTE.finditer(listed)}
    return _joined(first), said


def _joined(text: str) -> str:
    return _INSIDE.sub("", " ".join(text.split())).replace("``", "`")
