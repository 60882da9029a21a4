"""What has changed in a project since a revision, as git knows it."""

from __future__ import annotations

import os
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from codeout.config.pyproject import table_in
from codeout.errors import ConfigError
from codeout.fs.git import GitError, git
from codeout.text.escape import escape_line

if TYPE_CHECKING:
    from collections.abc import Iterable

_FETCH: Final = "name a branch, a tag or a commit; a shallow clone has to fetch it first"


@dataclass(frozen=True, slots=True)
class GitChanges:
    """What has changed since the branch parted from a revision.

    Attributes:
        files: The paths of all files that were changed, added or removed, links resolved.
        settings: Whether the settings are other ones, which may concern every page.
    """

    files: frozenset[Path]
    settings: bool

    def concern(self, paths: Iterable[str]) -> bool:
        """Whether one of some files and folders has changed; a folder, by what is in it."""
        if self.settings:
            return True
        folders = {file.parent for file in self.files}
        real = (Path(os.path.realpath(path)) for path in paths)
        return any(path in self.files or path in folders for path in real)


def changes_since(root: Path, revision: str) -> GitChanges:
    """What has changed since a revision: in commits, in the working tree, and in new files.

    Args:
        root: The project's folder.
        revision: A branch, a tag or a commit. Of a branch that has gone on, only what this one has
            changed since they parted counts.

    Raises:
        ConfigError: There is no git, no repository, or no such revision.
    """
    try:
        top = Path(os.fsdecode(git(root, "rev-parse", "--show-toplevel").removesuffix(b"\n")))
    except GitError as error:
        raise ConfigError(f"`--since` needs a repository of git: {error}") from error
    base = _base(root, revision)
    diff = git(top, "diff", "--name-only", "--no-renames", "--no-ext-diff", "-z", base, "--")
    new = git(top, "ls-files", "--others", "--exclude-standard", "-z")
    names = [os.fsdecode(name) for name in (diff + new).split(b"\0") if name]
    files = frozenset(Path(os.path.realpath(top / name)) for name in names)
    return GitChanges(files, _settings_at(root, base) != table_in(root))


def _base(root: Path, revision: str) -> str:
    """The commit in which the current branch and a revision have parted, or the revision."""
    try:
        commit = git(root, "rev-parse", "--verify", "--end-of-options", f"{revision}^{{commit}}")
    except GitError as error:
        message = f"`--since`: git knows no revision {escape_line(revision)}"
        raise ConfigError(message, _FETCH) from error
    named = commit.decode().strip()
    try:
        return git(root, "merge-base", named, "HEAD").decode().strip()
    except GitError:  # they have no commit in common
        return named


def _settings_at(root: Path, commit: str) -> Any:
    """The settings of the project in a commit; None if it had none."""
    try:
        text = git(root, "show", f"{commit}:./pyproject.toml").decode()
        return tomllib.loads(text)["tool"]["codeout"]
    except (GitError, UnicodeDecodeError, tomllib.TOMLDecodeError, KeyError, TypeError):
        return None
