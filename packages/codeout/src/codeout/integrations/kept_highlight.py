"""Highlighted code, kept between the builds of a server: most blocks of a page stay as they are.

Of all that is done for a page of code and prose, highlighting takes the longest.
"""

from __future__ import annotations

from functools import cache, partial
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from markdown import Markdown

_ASKED: Final = "get_pymdownx_highlighter"
_MOST: Final = 4096
_STASHED: Final = "\x02"
"""What stands for markup that the page keeps elsewhere, under a number of its own."""


def keep_highlighted(md: Markdown) -> None:
    """Let a page have its blocks as pymdown-extensions has highlighted them before."""
    for extension in md.registeredExtensions:
        if hasattr(extension, _ASKED):
            kind = _keeping(getattr(extension, _ASKED)())
            setattr(extension, _ASKED, partial(_same, kind))


def _same(kind: type[Any]) -> type[Any]:
    return kind


@cache
def _keeping(highlighter: type[Any]) -> type[Any]:
    """A highlighter that keeps what it returns, by its settings and what it is given."""
    kept: dict[str, str] = {}

    class Keeping(highlighter):  # type: ignore[misc]
        def highlight(self, *args: Any, **kwargs: Any) -> Any:
            settings = {name: value for name, value in vars(self).items() if name != "md"}
            key = repr((settings, args, kwargs))
            if key in kept:
                return kept[key]
            code = super().highlight(*args, **kwargs)
            if isinstance(code, str) and _STASHED not in code:  # inline code is no text yet
                if len(kept) >= _MOST:
                    kept.clear()
                kept[key] = code
            return code

    return Keeping
