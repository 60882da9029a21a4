"""The command line of bubblewrap: which files pages see in the sandbox.

These are Python, the system's libraries and the project, without its hidden files and folders:
those whose names begin with a dot, such as ``.git`` and ``.env``.
"""

from __future__ import annotations

import os
import shutil
import stat
import sys
from collections import deque
from pathlib import Path
from typing import TYPE_CHECKING, Final

from codeout.errors import ConfigError
from codeout.run.access import is_installed

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

    from codeout.run.job import Job
    from codeout.sandbox.bounds import Bounds

INSTALL: Final = "install bubblewrap (`apt-get install bubblewrap`), or run without `--sandbox`"
"""The hint if bubblewrap is not installed."""

UPDATE: Final = "install bubblewrap 0.7 or newer, or run without `--sandbox`"
"""The hint if bubblewrap does not know an option."""

FEWER: Final = "thousands of hidden files are too many: put them into a hidden folder"
"""The hint if bubblewrap gets more options than it takes."""

PERMIT: Final = (
    "bubblewrap has to create user namespaces: let the system, its AppArmor or the container "
    "around it permit that, or run without `--sandbox`"
)
"""The hint if bubblewrap cannot start."""

_SYSTEM: Final = ("/usr", "/bin", "/sbin", "/lib", "/lib32", "/lib64", "/libx32", "/nix/store")
_SETTINGS: Final = (
    *("/etc/alternatives", "/etc/fonts", "/etc/ld.so.cache", "/etc/ld.so.conf.d"),
    *("/etc/localtime", "/etc/mime.types", "/etc/passwd", "/etc/group", "/etc/ssl/certs"),
)
_PACKAGE: Final = str(Path(__file__).parents[1])  # the whole package, which runs inside too
_EMPTY: Final = ("--size", "4096", "--tmpfs")  # --size came with bubblewrap 0.7
_NOTHING: Final = ("--ro-bind", os.devnull)
_MANY: Final = 100
_HOPS: Final = 40  # as many links as the kernel follows


def command(jobs: Sequence[Job], root: Path, bounds: Bounds) -> list[str]:
    """The command line of bubblewrap, up to the program to run.

    Files are visible at their real paths; symbolic links that lead to them are created again.

    Args:
        jobs: The pages; their data files are visible.
        root: The project's folder.
        bounds: How much the pages may write.

    Raises:
        ConfigError: bubblewrap is not installed, or the home folder would be visible.
    """
    program = shutil.which("bwrap")
    if program is None:
        raise ConfigError("`--sandbox` needs the program bwrap", INSTALL)
    trees = _trees(root)
    python = [sys.prefix, sys.base_prefix, *filter(None, sys.path), _PACKAGE]
    for place in python:
        _check_home(os.path.realpath(place), "make Python's environment in a folder of its own")
    shown = [*trees, *map(os.path.realpath, python)]
    shown += [str(file.file.resolve()) for job in jobs for file in job.files]
    words = [program, "--unshare-all", "--die-with-parent", "--new-session", "--cap-drop", "ALL"]
    words += ["--hostname", "codeout"]
    words += ["--as-pid-1"]  # pages cannot signal the first process, nor reach its pipes
    for path in _SYSTEM:
        words += _system(path)
    for path in _SETTINGS:
        words += ["--ro-bind-try", path, path]
    words += ["--proc", "/proc", *_read_only_proc()]
    words += ["--dev", "/dev"]
    for path in ("/dev/shm", "/tmp", *({_home()} - {"/"})):  # noqa: S108
        words += ["--size", str(bounds.files), "--tmpfs", path]
    for tree in trees:
        words += ["--ro-bind", tree, tree, *_hidden(tree)]
    for path in dict.fromkeys(shown[len(trees) :]):
        words += ["--ro-bind-try", path, path] if path not in trees else []
    for link, target in _links([str(root), str(Path.home()), sys.executable, *python], shown):
        words += ["--symlink", target, link]
    # Python looks for modules where it starts, which must not be the project.
    return [*words, "--remount-ro", "/dev", "--remount-ro", "/", "--chdir", "/", "--"]


def _read_only_proc() -> Iterator[str]:
    """Options that make what the kernel has in ``/proc``, but for processes, read-only.

    Root in the sandbox is root of the machine, and this is all that these files ask for. To an
    ordinary user, some belong that are about the sandbox alone.
    """
    for path in sorted(Path("/proc").iterdir()):
        if not path.name.isdigit() and not path.is_symlink():
            yield from ("--ro-bind-try", str(path), str(path))


def shows(file: Path, root: Path) -> bool:
    """Whether a file is visible as one of the project ``root``, neither hidden nor elsewhere."""
    real = Path(os.path.realpath(file))
    inside = [real.relative_to(tree) for tree in _trees(root) if real.is_relative_to(tree)]
    return any(not any(part.startswith(".") for part in path.parts) for path in inside)


def _trees(root: Path) -> list[str]:
    """Folders that may hold hidden files: the project, and the module search path beside it."""
    nearby = [place for place in sys.path if place and not is_installed(f"{place}{os.sep}")]
    trees = list(dict.fromkeys(map(os.path.realpath, (str(root), *filter(os.path.isdir, nearby)))))
    for tree in trees:
        _check_home(tree, "move the project, or what PYTHONPATH names, into a folder of its own")
    return trees


def _check_home(shown: str, hint: str) -> None:
    if Path(_home()).is_relative_to(shown):
        raise ConfigError(f"`--sandbox` would show pages your home: all of {shown}", hint)


def _home() -> str:
    return os.path.realpath(Path.home())


def _system(path: str) -> list[str]:
    """Options for a folder of the system, which may be a link into ``/usr``."""
    if os.path.islink(path):  # noqa: PTH114
        return ["--symlink", os.readlink(path), path]  # noqa: PTH115
    return ["--ro-bind-try", path, path]


def _hidden(tree: str) -> Iterator[str]:
    """Options that cover hidden files, and those that lead to others, with empty ones."""
    unread: list[str] = []  # they may hold hidden files whose names a page knows
    for folder, folders, names in os.walk(tree, onerror=lambda e: unread.append(e.filename)):
        there = {name: _hides(os.path.join(folder, name)) for name in (*folders, *names)}  # noqa: PTH118
        yield from _covered(folder, there, {*folders})
        folders[:] = [
            name
            for name in folders
            if not name.startswith(".") and not is_installed(f"{folder}/{name}/")
        ]
    for folder in unread:
        yield from (*_EMPTY, folder)


def _covered(folder: str, there: Mapping[str, bool], folders: Collection[str]) -> Iterator[str]:
    """Options that cover what is hidden in a folder: bubblewrap takes 9,000 words at most.

    Args:
        folder: The folder.
        there: What it holds, and whether that is hidden.
        folders: Which of it are folders.
    """
    hidden = [name for name, hides in there.items() if hides]
    if len(hidden) <= max(_MANY, len(there) - len(hidden)):
        for name in hidden:
            yield from (*(_EMPTY if name in folders else _NOTHING), f"{folder}/{name}")
        return
    yield from ("--tmpfs", folder)
    for path in (f"{folder}/{name}" for name, hides in there.items() if not hides):
        if os.path.islink(path):  # noqa: PTH114
            yield from ("--symlink", os.readlink(path), path)  # noqa: PTH115
        else:
            yield from ("--ro-bind", path, path)
    yield from ("--remount-ro", folder)


def _hides(path: str) -> bool:
    """Whether a file or a folder is not to be seen, or leads to others."""
    hidden = os.path.basename(path).startswith(".") and not os.path.islink(path)  # noqa: PTH114, PTH119
    return hidden or _leads_to_others(path)


def _leads_to_others(path: str) -> bool:
    """Whether a file is a socket, a pipe or a device, which lead out of any box."""
    try:
        mode = os.lstat(path).st_mode
    except OSError:
        return False
    return not (stat.S_ISREG(mode) or stat.S_ISLNK(mode) or stat.S_ISDIR(mode))


def _links(places: Iterable[str], shown: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Symbolic links on the way to some paths that are not yet visible, and their targets."""
    there = tuple(f"{place}{os.sep}" for place in (*_SYSTEM, *shown))
    known = {*_SYSTEM}
    for place in places:
        here, rest, hops = "/", deque(Path(place).parts[1:]), 0
        while rest and hops < _HOPS:
            here = os.path.join(here, rest.popleft())  # noqa: PTH118
            if not os.path.islink(here):  # noqa: PTH114
                continue
            target = os.readlink(here)  # noqa: PTH115
            if here not in known and not here.startswith(there):
                yield here, target
            known.add(here)
            hops += 1
            full = os.path.normpath(os.path.join(os.path.dirname(here), target))  # noqa: PTH118, PTH120
            rest.extendleft(reversed(Path(full).parts[1:]))
            here = "/"
