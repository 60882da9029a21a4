"""The files that an adoption changes: the settings, and pages that get comments."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from codeout.config.edit import with_settings
from codeout.config.toml import read_if_there
from codeout.errors import ConfigError, describe_oserror, display_path
from codeout.fs.atomic import staged
from codeout.fs.place import NewFile

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from codeout.adopt.project import Candidate
    from codeout.adopt.proposal import Proposal


@dataclass(frozen=True, slots=True)
class Change:
    """A file that changes.

    Attributes:
        name: Its path from the root of the project.
        file: Where it is.
        was: Its bytes; None if it is new.
        now: Its new bytes.
    """

    name: str
    file: Path
    was: bytes | None
    now: bytes


def changes_of(proposal: Proposal, candidate: Candidate) -> tuple[Change, ...]:
    """The files that a proposal changes: the settings first, then the pages.

    Raises:
        ConfigError: The settings cannot be read, or nothing can be added to them.
    """
    return (*_settings(proposal, candidate), *_pages(proposal))


def write(changes: Sequence[Change], root: Path) -> None:
    """Write all files, or none.

    Raises:
        ConfigError: A file has changed meanwhile, or cannot be written.
    """
    new = [NewFile(each.file, each.now, root, each.was, each.was is None) for each in changes]
    try:
        with staged(new) as put_in_place:
            put_in_place()
    except OSError as error:
        where = display_path(Path(error.filename or root))
        message = f"{where}: cannot be written: {describe_oserror(error)}"
        hint = "nothing was written; see that all pages can be, and call it again"
        raise ConfigError(message, hint) from error


def _settings(proposal: Proposal, candidate: Candidate) -> Iterator[Change]:
    file = candidate.file
    was = read_if_there(file)
    values = {**candidate.new, **proposal.settings}
    tables = {
        "folders": [{"pages": [*each.pages], **_as_keys(each.values)} for each in proposal.folders],
        "setup": [{"pages": [*each.pages], "code": each.code} for each in proposal.setup],
    }
    if values or any(tables.values()):
        now = with_settings(file, was or b"", _as_keys(values), tables)
        yield Change(file.name, file, was, now)


def _as_keys(values: Mapping[str, Any]) -> dict[str, Any]:
    """Values by the keys of the file, tuples as lists."""
    return {
        key.replace("_", "-"): [*value] if isinstance(value, tuple) else value
        for key, value in values.items()
    }


def _pages(proposal: Proposal) -> Iterator[Change]:
    for draft in proposal.drafts:
        if not draft.excluded and draft.words:
            yield Change(draft.path, draft.file, draft.before, draft.after)
