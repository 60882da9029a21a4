r"""Escaping of characters that a reader cannot see.

Control characters give commands to a terminal, and Markdown processors use some as placeholders.
Others change the direction of a line or have no width, so that a text seems to be another one
(CVE-2021-42574). Joiners, direction marks and variation selectors are kept, because emoji, Persian
and Hebrew need them.
"""

from __future__ import annotations

import re
from typing import Final

_CONTROLS: Final = (
    {code: 0x2400 + code for code in range(0x20) if chr(code) not in "\n\t"}
    | {0x7F: 0x2421}
    | dict.fromkeys([*range(0x80, 0xA0), *range(0xD800, 0xE000)], 0xFFFD)
)
_LINE_ENDS: Final = str.maketrans({"\n": "␊", "\t": "␉", "\u2028": "\\u2028", "\u2029": "\\u2029"})
_INVISIBLE: Final = re.compile(
    "(?P<flag>\U0001f3f4[\U000e0030-\U000e0039\U000e0061-\U000e007a]{3,6}\U000e007f)"
    "|[\u200b\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\U000e0000-\U000e007f]"
)


def escape_controls(text: str) -> str:
    """Replace control characters by their pictures, or by U+FFFD if they have none."""
    return text.translate(_CONTROLS)


def escape_invisible(text: str) -> str:
    r"""Replace invisible characters by their escapes in Python: ``\u202e``."""
    return _INVISIBLE.sub(lambda found: found["flag"] or ascii(found[0])[1:-1], text)


def escape(text: str) -> str:
    """Escape a text for a terminal; newlines and tabs are kept."""
    return escape_invisible(escape_controls(text))


def escape_line(text: str) -> str:
    """Escape a text for a terminal, so that it stays on one line."""
    return escape(text).translate(_LINE_ENDS)
