"""JSON for machines that people can read on a terminal as well."""

from __future__ import annotations

import json
from typing import Any


def to_json(value: Any) -> str:
    """A value as JSON with a newline at its end; what a terminal might obey is escaped."""
    return _escaped(json.dumps(value, indent=2, ensure_ascii=False))


def to_json_line(value: Any) -> str:
    """The same on one line."""
    return _escaped(json.dumps(value, ensure_ascii=False))


def _escaped(text: str) -> str:
    seen = (mark if mark.isprintable() or mark == "\n" else json.dumps(mark)[1:-1] for mark in text)
    return f"{''.join(seen)}\n"
