"""A record as a table in ``codeout.lock``: written with one key on each line, and read back.

The file is under version control, but nobody reviews it. So what is read is checked: no value has
another form than those that codeout writes.
"""

from __future__ import annotations

import re
import tomllib
from typing import TYPE_CHECKING, Any, Final

from codeout.lock.observed import Observed
from codeout.lock.record import Inputs, Record
from codeout.lock.tested import Tested
from codeout.lock.tested_table import is_tested, to_inline
from codeout.lock.toml_values import (
    DIGEST,
    NAME,
    VERSION,
    are_texts,
    array,
    has,
    inline,
    is_count,
    is_day,
    is_seconds,
    is_text,
    maps,
    matches,
    string,
)
from codeout.run.protocol import DEVICE

if TYPE_CHECKING:
    from collections.abc import Mapping

    from codeout.lock.toml_values import Check

_DEVICE: Final = re.compile(rf"(?:{DEVICE})?")
_FIGURE: Final = re.compile(r"[0-9]{1,9}\.[a-z]{3,4}")


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
        "code": string(record.inputs.code),
        "data": string(record.inputs.data),
        "date": record.date.isoformat(),
        "device": string(record.device),
        "includes": inline(record.inputs.includes),
        "outputs": string(record.outputs),
        "python": string(record.python),
        "seconds": f"{record.seconds:.1f}",
        "stand-ins": array(record.stand_ins),
        "versions": inline(record.versions),
    }
    values |= {"figures": inline(record.figures)} if record.figures else {}
    values |= {"plugins": inline(record.inputs.plugins)} if record.inputs.plugins else {}
    values |= _observed(record.observed)
    values |= {f"matrix.{string(name)}": to_inline(it) for name, it in record.matrix.items()}
    lines = [f"{key} = {value}" for key, value in sorted(values.items())]
    from_table(tomllib.loads("\n".join(lines)))
    return "\n".join([f"[{string(page)}]", *lines, ""])


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
        inputs=Inputs(table["code"], table["includes"], table["data"], table.get("plugins", {})),
        outputs=table["outputs"],
        versions=table["versions"],
        python=table["python"],
        device=table["device"],
        date=table["date"],
        seconds=float(table["seconds"]),
        blocks=table["blocks"],
        stand_ins=tuple(table["stand-ins"]),
        figures=table.get("figures", {}),
        matrix={name: Tested(**it) for name, it in table.get("matrix", {}).items()},
        observed=Observed(
            table.get("reads", {}),
            *(tuple(table.get(key, ())) for key in ("writes", "hosts", "variables", "missing")),
        ),
    )


_REQUIRED: Final[Mapping[str, Check]] = {
    "blocks": is_count,
    "code": matches(DIGEST),
    "data": matches(DIGEST),
    "date": is_day,
    "device": matches(_DEVICE),
    "includes": maps(is_text, matches(DIGEST)),
    "outputs": matches(DIGEST),
    "python": matches(VERSION),
    "seconds": is_seconds,
    "stand-ins": are_texts,
    "versions": maps(matches(NAME), matches(VERSION)),
}
_VALUES: Final[Mapping[str, Check]] = {
    **_REQUIRED,
    "figures": maps(matches(_FIGURE), matches(DIGEST)),
    "hosts": are_texts,
    "matrix": maps(matches(NAME), is_tested),
    "missing": are_texts,
    "plugins": maps(matches(NAME), matches(VERSION)),
    "reads": maps(is_text, matches(DIGEST)),
    "variables": are_texts,
    "writes": are_texts,
}

is_record: Final = has(_VALUES, [*_REQUIRED])
"""Whether a value is the table of a page."""


def _observed(observed: Observed) -> dict[str, str]:
    """The keys of what a page accessed; none for what is empty, as it is for most pages."""
    arrays = {
        "hosts": observed.hosts,
        "missing": observed.missing,
        "variables": observed.variables,
        "writes": observed.writes,
    }
    seen = {key: array(values) for key, values in arrays.items() if values}
    return seen | {f"reads.{string(name)}": string(was) for name, was in observed.reads.items()}
