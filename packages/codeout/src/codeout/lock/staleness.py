"""Why a page is stale: something that made its outputs is not as it was."""

from __future__ import annotations

from typing import TYPE_CHECKING

from codeout.lock.observing import changed_reads
from codeout.lock.versions import importable, installed_version

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    from codeout.lock.record import Inputs, Record


def _plugins_changed(before: Mapping[str, str], now: Mapping[str, str]) -> Iterator[str]:
    """Yield how the plugins differ."""
    for name in sorted({*before, *now}):
        was, new = before.get(name, ""), now.get(name, "")
        if was != new:
            yield f"plugin {name} {was or 'not used'} → {new or 'not used'}"


def why_stale(
    inputs: Inputs, outputs: str, record: Record | None, root: Path, ours: Sequence[Path] = ()
) -> tuple[str, ...]:
    """The reasons why a page must run again; none if its outputs are as recorded.

    Args:
        inputs: Of the page as it is now.
        outputs: Digest of the outputs in the page as it is now.
        record: Of the page; None if it never ran.
        root: The project's folder.
        ours: See ``observe``.
    """
    if record is None:
        return ("never ran",)
    before = record.inputs
    reasons = ["code changed"] if inputs.code != before.code else []
    changed = {
        path
        for path in {*inputs.includes, *before.includes}
        if inputs.includes.get(path) != before.includes.get(path)
    }
    reasons += [f"{path} changed" for path in sorted(changed)]
    reasons += ["data changed"] if inputs.data != before.data else []
    reasons += _plugins_changed(before.plugins, inputs.plugins)
    touched = changed_reads(record.observed, root, ours)
    reasons += [f"{name} changed" for name in touched if name not in changed]
    for name, version in sorted(record.versions.items()):
        installed = installed_version(name)
        if installed != version:
            reasons.append(f"{name} {version} → {installed or 'not installed'}")
    reasons += [f"{name} can be imported" for name in record.observed.missing if importable(name)]
    reasons += ["output edited by hand"] if outputs != record.outputs else []
    return tuple(reasons)
