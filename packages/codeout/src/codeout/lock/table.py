"""A record as a table in ``codeout.lock``: written with one key on each line, and read back.

The file is under version control, but nobody reviews it. So what is read is checked: no value has
another form than those that codeout writes.
"""

from __future__ import annotations

import datetime as dt
import json
import re
import tomllib
from typing import TYPE_CHECKING, Any, Final

from codeout.lock.observed import Observed
from codeout.lock.observing import LONGEST
from codeout.lock.record import Inputs, Record
from codeout.run.protocol import DEVICE

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    Check = Callable[[object], bool]

_DIGEST: Final = re.compile(r"[0-9a-f]{0,64}")
_NAME: Final = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9._-]{0,126}[A-Za-z0-9])?")  # as PEP 508 has it
_VERSION: Final = re.compile(r"[A-Za-z0-9.!_+-]{0,64}")
_DEVICE: Final = re.compile(rf"(?:{DEVICE})?")
_FIGURE: Final = re.compile(r"[0-9]{1,9}\.[a-z]{3,4}")
_MOST: Final = 10**9  # blocks or seconds


class BadTableError(ValueError):
    """A table does not have the form of those that codeout writes.

    Args:
        key: The first key that is wrong.
    """

    def __init__(self, key: str) -> None:
        super().__init__(key)
        self.key = key


def to_table(page: str, record: Record) -> str:
    """The table of a page, with its header; the keys are sorted.

    Raises:
        BadTableError: The record holds a value that would not be read back.
    """
    values = {
        "blocks": str(record.blocks),
        "code": _string(record.inputs.code),
        "data": _string(record.inputs.data),
        "date": record.date.isoformat(),
        "device": _string(record.device),
        "includes": _inline(record.inputs.includes),
        "outputs": _string(record.outputs),
        "python": _string(record.python),
        "seconds": f"{record.seconds:.1f}",
        "stand-ins": _array(record.stand_ins),
        "versions": _inline(record.versions),
    }
    values |= {"figures": _inline(record.figures)} if record.figures else {}
    values |= _observed(record.observed)
    lines = [f"{key} = {value}" for key, value in sorted(values.items())]
    from_table(tomllib.loads("\n".join(lines)))
    return "\n".join([f"[{_string(page)}]", *lines, ""])


def from_table(table: Any) -> Record:
    """The record that a table holds.

    Raises:
        BadTableError: It is not of the form that codeout writes.
    """
    if not isinstance(table, dict):
        raise BadTableError("")
    for key in (*_REQUIRED, *table):
        if key not in _VALUES or key not in table or not _VALUES[key](table[key]):
            raise BadTableError(key)
    return Record(
        inputs=Inputs(table["code"], table["includes"], table["data"]),
        outputs=table["outputs"],
        versions=table["versions"],
        python=table["python"],
        device=table["device"],
        date=table["date"],
        seconds=float(table["seconds"]),
        blocks=table["blocks"],
        stand_ins=tuple(table["stand-ins"]),
        figures=table.get("figures", {}),
        observed=Observed(
            table.get("reads", {}),
            *(tuple(table.get(key, ())) for key in ("writes", "hosts", "variables", "missing")),
        ),
    )


def _is(pattern: re.Pattern[str]) -> Check:
    return lambda value: isinstance(value, str) and pattern.fullmatch(value) is not None


def _is_text(value: object) -> bool:
    return isinstance(value, str) and len(value) <= LONGEST


def _are_texts(value: object) -> bool:
    return isinstance(value, list) and all(map(_is_text, value))


def _maps(key: Check, item: Check) -> Check:
    return lambda value: (
        isinstance(value, dict) and all(key(k) and item(v) for k, v in value.items())
    )


def _is_day(value: object) -> bool:
    return type(value) is dt.date


def _is_seconds(value: object) -> bool:
    return type(value) in {int, float} and 0 <= value <= _MOST  # type: ignore[operator]


def _is_count(value: object) -> bool:
    return type(value) is int and 0 <= value <= _MOST


_REQUIRED: Final[Mapping[str, Check]] = {
    "blocks": _is_count,
    "code": _is(_DIGEST),
    "data": _is(_DIGEST),
    "date": _is_day,
    "device": _is(_DEVICE),
    "includes": _maps(_is_text, _is(_DIGEST)),
    "outputs": _is(_DIGEST),
    "python": _is(_VERSION),
    "seconds": _is_seconds,
    "stand-ins": _are_texts,
    "versions": _maps(_is(_NAME), _is(_VERSION)),
}
_VALUES: Final[Mapping[str, Check]] = {
    **_REQUIRED,
    "figures": _maps(_is(_FIGURE), _is(_DIGEST)),
    "hosts": _are_texts,
    "missing": _are_texts,
    "reads": _maps(_is_text, _is(_DIGEST)),
    "variables": _are_texts,
    "writes": _are_texts,
}


def _observed(observed: Observed) -> dict[str, str]:
    """The keys of what a page accessed; none for what is empty, as it is for most pages."""
    arrays = {
        "hosts": observed.hosts,
        "missing": observed.missing,
        "variables": observed.variables,
        "writes": observed.writes,
    }
    seen = {key: _array(values) for key, values in arrays.items() if values}
    return seen | {f"reads.{_string(name)}": _string(was) for name, was in observed.reads.items()}


def _array(values: Iterable[str]) -> str:
    return f"[{', '.join(map(_string, values))}]"


def _inline(table: Mapping[str, str]) -> str:
    pairs = [f"{_string(key)} = {_string(value)}" for key, value in sorted(table.items())]
    return f"{{ {', '.join(pairs)} }}" if pairs else "{}"


def _string(text: str) -> str:
    """A string in TOML, which is written as in JSON but for one character."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")
