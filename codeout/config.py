"""The settings: ``[tool.codeout]`` in ``pyproject.toml``, every key optional."""

from __future__ import annotations

import difflib
import math
import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from codeout.assets import Asset
from codeout.parts import TabNames
from codeout.problem import ConfigError, place
from codeout.toml import read_toml

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping


@dataclass(frozen=True, slots=True)
class Config:
    """The settings of one project.

    Attributes:
        root: The folder of ``pyproject.toml``; every other path is relative to it.
        pages: Files, folders and patterns that name the pages.
        exclude: Patterns of pages to leave out.
        tabs: The labels of code tabs and output tabs.
        snippets: Folders where includes are looked for, in order.
        figures: The folder for figures, one folder a page in it; empty for beside each page.
        lock: The file that records what each page was made with; empty for none.
        preload: Modules to load once, before the first page.
        environment: Environment variables for pages.
        timeout: Seconds that one block may take.
        rtol: Relative tolerance for numbers with a decimal point.
        output_limit: Bytes that one block may print.
        jobs: How many pages run at the same time; 0 means one a core.
        assets: Data files that pages would download.
        heading_attributes: Attributes of headings that an export shows after the title, such as
            ``data-ko`` for its translation.
        checkpoints: How many states of pages ``codeout watch`` keeps.
        checkpoint_megabytes: How much memory these may take.
    """

    root: Path
    pages: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()
    tabs: TabNames = TabNames()
    snippets: tuple[str, ...] = ("snippets", ".")
    figures: str = ""
    lock: str = ""
    preload: tuple[str, ...] = ()
    environment: Mapping[str, str] = field(default_factory=dict)
    timeout: float = 60.0
    rtol: float = 1e-3
    output_limit: int = 1_000_000
    jobs: int = 0
    assets: tuple[Asset, ...] = ()
    heading_attributes: tuple[str, ...] = ()
    checkpoints: int = 64
    checkpoint_megabytes: int = 2_000


def find_config(start: Path) -> Config:
    """The configuration that holds for a folder: its own, or that of the nearest one above.

    Args:
        start: A folder.

    Returns:
        The settings; the defaults, with ``start`` as the root and no lock, where there are none.

    Raises:
        ConfigError: A ``pyproject.toml`` on the way cannot be used.
    """
    for folder in (start, *start.parents):
        file = folder / "pyproject.toml"
        if not file.is_file():
            continue
        tools = read_toml(file, "mend the file at this line").get("tool")
        table = tools.get("codeout") if isinstance(tools, dict) else None
        if table is not None:
            return _config(folder, file, table)
    return Config(root=start)


def _config(root: Path, file: Path, table: object) -> Config:
    if not isinstance(table, dict):
        where = _place(file, "codeout", "tool", 1)
        raise ConfigError(
            f"{where}: [tool.codeout] must be a table", "begin it with the line [tool.codeout]"
        )
    values = _checked(table, _SETTINGS, file, "[tool.codeout]")
    defaults = TabNames()
    tabs = TabNames(values.pop("code", defaults.code), values.pop("out", defaults.out))
    entries = enumerate(values.pop("assets", ()), start=1)
    assets = tuple(_asset(entry, file, nth) for nth, entry in entries)
    twice = {asset.path for asset in assets if [each.path for each in assets].count(asset.path) > 1}
    if twice:
        message = f"two entries of [[tool.codeout.assets]] have the path {min(twice)}"
        raise ConfigError(f"{place(file)}: {message}", "keep one of the two")
    return Config(root=root, tabs=tabs, assets=assets, **{**_defaults(root), **values})


def _asset(entry: dict[str, Any], file: Path, nth: int) -> Asset:
    where = "[[tool.codeout.assets]]"
    values = _checked(entry, _ASSET, file, where, nth)
    here = _place(file, "", where, nth)
    for key in _ASSET_REQUIRED:
        if key not in entry:
            hint = f"each takes {', '.join(_ASSET_REQUIRED)}"
            raise ConfigError(f"{here}: an entry of {where} has no `{key}`", hint)
    try:
        return Asset(**values)
    except ConfigError as error:
        raise ConfigError(f"{here}: {error.message}", error.hint) from error


def _defaults(root: Path) -> dict[str, str]:
    """What holds once there is a configuration: a lock, and figures where MkDocs finds them."""
    figures = "docs/assets/out" if (root / "docs").is_dir() else "assets/out"
    return {"lock": "codeout.lock", "figures": figures}


def _strings(value: object) -> tuple[str, ...]:
    if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
        raise _Unfit("a list of strings", '["one", "two"]')
    return tuple(value)


def _string(value: object) -> str:
    if not isinstance(value, str):
        raise _Unfit("a string", '"…"')
    return value


def _relative(value: object) -> str:
    path = _string(value)
    if Path(path).is_absolute() or ".." in Path(path).parts:
        raise _Unfit("a path below the folder of pyproject.toml", '"docs/…"')
    return path


def _string_table(value: object) -> dict[str, str]:
    if not isinstance(value, dict) or not all(isinstance(item, str) for item in value.values()):
        raise _Unfit("a table of strings", '{ NAME = "value" }')
    return value


def _tables(value: object) -> list[dict[str, Any]]:
    if not isinstance(value, list) or not all(isinstance(item, dict) for item in value):
        raise _Unfit("an array of tables", '[{ path = "…", sha256 = "…", sources = ["…"] }]')
    return value


def _number(value: object) -> float:
    if isinstance(value, bool) or not isinstance(value, (int, float)) or not 0 < value < math.inf:
        raise _Unfit("a number above 0", "60")
    return float(value)


def _tolerance(value: object) -> float:
    try:
        return 0.0 if value == 0 and not isinstance(value, bool) else _number(value)
    except _Unfit as error:
        raise _Unfit("a number, 0 or more", "0.001") from error


def _count(value: object) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or value < 0:
        raise _Unfit("a whole number, 0 or more", "4")
    return value


class _Unfit(ValueError):  # noqa: N818
    """What a value must be, and one that would do."""


_SETTINGS: Final[Mapping[str, Callable[[object], Any]]] = {
    "pages": _strings,
    "exclude": _strings,
    "code": _strings,
    "out": _strings,
    "snippets": _strings,
    "figures": _relative,
    "lock": _relative,
    "preload": _strings,
    "environment": _string_table,
    "timeout": _number,
    "rtol": _tolerance,
    "output-limit": _count,
    "jobs": _count,
    "assets": _tables,
    "heading-attributes": _strings,
    "checkpoints": _count,
    "checkpoint-megabytes": _count,
}
_ASSET: Final[Mapping[str, Callable[[object], Any]]] = {
    "path": _string,
    "sha256": _string,
    "sources": _strings,
    "stand-in": _string,
    "pages": _strings,
}
_ASSET_REQUIRED: Final = ("path", "sha256", "sources")


def _checked(
    table: dict[str, Any],
    known: Mapping[str, Callable[[object], Any]],
    file: Path,
    where: str,
    nth: int = 1,
) -> dict[str, Any]:
    """The table with its values checked and its keys as Python names."""
    values = {}
    for key, value in table.items():
        if key not in known:
            near = difflib.get_close_matches(key, known, n=1, cutoff=0.0)[0]
            message = f"{_place(file, key, where, nth)}: unknown key `{key}` in {where}"
            raise ConfigError(message, f"did you mean `{near}`?")
        try:
            values[key.replace("-", "_")] = known[key](value)
        except _Unfit as error:
            fit, example = error.args
            message = f"{_place(file, key, where, nth)}: `{key}` in {where} must be {fit}"
            raise ConfigError(message, f"such as `{key} = {example}`") from error
    return values


def _place(file: Path, key: str, where: str, nth: int) -> str:
    """The line of the nth header of a table, or the first from there on that sets a key of it."""
    header = where.strip("[]")
    for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), start=1):
        nth -= line.strip().lstrip("[").startswith(header)
        sets = rf"""\s*\[*\s*["']?(tool\.codeout\.)?{re.escape(key)}\b"""
        if nth <= 0 and (not key or re.match(sets, line)):
            return place(file, number)
    return place(file)
