r"""Characters that would act instead of being seen, made visible.

Control characters steer a terminal, and Markdown processors use some as marks of their own. Others
turn the direction of a line or take up no room, so that a text reads as another (CVE-2021-42574).
Joiners, direction marks and variation selectors stay: emoji, Persian and Hebrew need them.
"""

from __future__ import annotations

import re
from typing import Final

_CONTROLS: Final = (
    {code: 0x2400 + code for code in range(0x20) if chr(code) not in "\n\t"}
    | {0x7F: 0x2421}
    | dict.fromkeys([*range(0x80, 0xA0), *range(0xD800, 0xE000)], 0xFFFD)
)
_INVISIBLE: Final = re.compile(
    "(?P<flag>\U0001f3f4[\U000e0030-\U000e0039\U000e0061-\U000e007a]{3,6}\U000e007f)"
    "|[\u200b\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\U000e0000-\U000e007f]"
)


def escape_controls(text: str) -> str:
    """Show control characters as their pictures, and what has none as U+FFFD."""
    return text.translate(_CONTROLS)


def escape_invisible(text: str) -> str:
    r"""Write characters that nobody sees as Python's ``repr`` does: ``\u202e``."""
    return _INVISIBLE.sub(lambda found: found["flag"] or ascii(found[0])[1:-1], text)


def escape(text: str) -> str:
    """A text for a terminal, in which nothing acts but newlines and tabs."""
    return escape_invisible(escape_controls(text))


def escape_line(text: str) -> str:
    """A text for a terminal, on one line."""
    return escape(text).replace("\n", "␊").replace("\t", "␉")
