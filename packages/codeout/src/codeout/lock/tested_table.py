"""What a page gave in another environment, as a table in the lock."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from codeout.lock.toml_values import (
    DIGEST,
    NAME,
    VERSION,
    has,
    inline,
    is_count,
    is_day,
    is_text,
    maps,
    matches,
    string,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

    from codeout.lock.tested import Tested
    from codeout.lock.toml_values import Check


def to_inline(it: Tested) -> str:
    """What a page gave in another environment, as an inline table; what is empty is left out."""
    values = {
        "block": str(it.block) if it.block else "",
        "date": it.date.isoformat(),
        "environment": string(it.environment),
        "line": str(it.line) if it.line else "",
        "python": string(it.python) if it.python else "",
        "result": string(it.result),
        "says": string(it.says) if it.says else "",
        "versions": inline(it.versions) if it.versions else "",
    }
    return f"{{ {', '.join(f'{key} = {value}' for key, value in values.items() if value)} }}"


_TESTED: Final[Mapping[str, Check]] = {
    "block": is_count,
    "date": is_day,
    "environment": matches(DIGEST),
    "line": is_count,
    "python": matches(VERSION),
    "result": is_text,
    "says": is_text,
    "versions": maps(matches(NAME), matches(VERSION)),
}

is_tested: Final = has(_TESTED, ("date", "environment", "result"))
"""Whether a value is such a table."""
