"""Leaves durations out of what pages print: ``in 0.31 s`` becomes ``in … s``."""

import re

_DURATION = re.compile(r"\b\d+(\.\d+)?(?= (?:ms|s)\b)")


def without_durations(text: str) -> str:
    """The text without its durations."""
    return _DURATION.sub("…", text)
