"""Gives a folder what a project of codeout has, and leaves alone what is there."""

from __future__ import annotations

import re
from dataclasses import dataclass
from importlib import resources
from textwrap import dedent, indent
from typing import TYPE_CHECKING, Final

from codeout.config.edit import with_settings
from codeout.config.new import new_settings
from codeout.config.pyproject import find_config, find_table
from codeout.config.toml import read_if_there
from codeout.errors import ConfigError, display_path
from codeout.fs.atomic import staged
from codeout.fs.place import NewFile
from codeout.init import git
from codeout.init.workflow import UNKNOWN, installed_from, workflow

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_SETTINGS: Final = "pyproject.toml"
_WORKFLOW: Final = ".github/workflows/codeout.yml"
_HOOK: Final = ".pre-commit-config.yaml"
_ATTRIBUTES: Final = ".gitattributes"
_TASKS: Final = ".vscode/tasks.json"
_OUR_HOOK: Final = re.compile(r"^\s*(- )?id: *['\"]?codeout\b", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Step:
    """What becomes of a file.

    Attributes:
        name: The file, from the project on.
        done: What is done with it, in a word or a sentence.
        file: What to write; None if the file stays as it is.
        left: What is left to do by hand; may be empty.
    """

    name: str
    done: str
    file: NewFile | None = None
    left: str = ""

    def __str__(self) -> str:
        return f"{self.name}: {self.done}" + f"\n{indent(self.left, '  ')}" * bool(self.left)


def init(root: Path, *, merge_driver: bool = False, vscode: bool = False) -> tuple[Step, ...]:
    """Write what a folder lacks: settings, a workflow, a hook, and git's driver for the lock.

    Args:
        root: The folder; it must not be a part of another project.
        merge_driver: Whether this clone shall have the driver too.
        vscode: Whether to write tasks for Visual Studio Code as well.

    Returns:
        What was done with each file.

    Raises:
        ConfigError: The folder cannot become a project, or git cannot set the driver.
        OSError: A file cannot be written, and none is; ``filename`` is its path.
    """
    steps = [*_steps(root), *([_tasks(root)] if vscode else [])]
    driver = git.driver_of(root) if merge_driver else ""
    with staged(step.file for step in steps if step.file) as put_in_place:
        if merge_driver and not driver:
            git.set_driver(root)
        put_in_place()
    if merge_driver:
        steps.append(Step(f"git config {git.KEY}", "kept" if driver else "set in this clone"))
    return tuple(steps)


def _steps(root: Path) -> Iterator[Step]:
    settings = _settings(root)
    yield settings
    top = git.repository_of(root)
    if top in {None, root}:
        yield _new(root, _WORKFLOW, *_workflow(root))
        yield _hook(root)
    else:
        for name in (_WORKFLOW, _HOOK):
            yield Step(name, f"left out, as its place is the top folder of the repository: {top}")
    lock = "codeout.lock" if settings.file else find_config(root).lock
    if lock:
        yield _attributes(root, lock)


def _settings(root: Path) -> Step:
    file = root / _SETTINGS
    found = find_table(root)
    if found and found[0] == file:
        find_config(root)
        return Step(_SETTINGS, "kept")
    if found:
        message = f"{display_path(root)}: belongs to the project of {display_path(found[0])}"
        raise ConfigError(message, "call `codeout init` there")
    before = read_if_there(file)
    after = with_settings(file, before or b"", new_settings(root))
    return Step(_SETTINGS, "written", _to_write(root, _SETTINGS, before, after))


def _workflow(root: Path) -> tuple[str, str]:
    source = installed_from()
    left = "put the address of codeout's repository in the place of ADDRESS in it"
    return workflow(root, source), left if source == UNKNOWN else ""


def _hook(root: Path) -> Step:
    text = _text_of("pre-commit-config.yaml")
    file = root / _HOOK
    there = read_if_there(file)
    if there is None or _OUR_HOOK.search(there.decode(errors="replace")):
        return _new(root, _HOOK, text)
    return Step(_HOOK, "kept; add to its `repos`:", left=text.partition("\n")[2].rstrip())


def _tasks(root: Path) -> Step:
    text = _text_of("tasks.json")
    there = read_if_there(root / _TASKS)
    labels = (f'"codeout {name}"'.encode() for name in ("watch", "check"))
    if there is None or all(label in there for label in labels):
        return _new(root, _TASKS, text)
    return Step(_TASKS, "kept; add to its `tasks`, unless it has them:", left=_entries(text))


def _entries(tasks: str) -> str:
    """What stands in the list of tasks, as it is indented there."""
    return dedent(tasks.partition('"tasks": [\n')[2].rpartition("  ]")[0]).rstrip()


def _text_of(name: str) -> str:
    return (resources.files("codeout.init") / name).read_text(encoding="utf-8")


def _attributes(root: Path, lock: str) -> Step:
    file = root / _ATTRIBUTES
    before = read_if_there(file)
    text = (before or b"").decode(errors="surrogateescape")
    after = git.with_driver(text, lock).encode(errors="surrogateescape")
    if after == before:
        return Step(_ATTRIBUTES, "kept")
    return Step(_ATTRIBUTES, "written", _to_write(root, _ATTRIBUTES, before, after))


def _new(root: Path, name: str, text: str, left: str = "") -> Step:
    if (root / name).exists():
        return Step(name, "kept")
    return Step(name, "written", _to_write(root, name, None, text.encode()), left)


def _to_write(root: Path, name: str, before: bytes | None, after: bytes) -> NewFile:
    return NewFile(root / name, after, root, was=before, absent=before is None)
