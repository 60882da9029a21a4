"""Records what a page accesses, through an audit hook in the page's own process.

It sees Python itself, but neither child processes nor libraries that open files in C. It protects
against mistakes and is not a sandbox: code can get around it on purpose.
"""

from __future__ import annotations

import contextlib
import importlib.util
import itertools
import linecache
import os
import socket
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from codeout.run.access import Touched, is_installed, library_folders
from codeout.run.hosts import host_of, is_this_machine, url_nearby
from codeout.run.missing_modules import MissingModules

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

_INTERNET: Final = (socket.AF_INET, socket.AF_INET6)
_ENGINE: Final = f"{Path(__file__).parents[1]}{os.sep}"  # the whole package
_IMPORT: Final = "<frozen importlib._bootstrap_external>"
_FRAMES: Final = 6  # linecache opens files through tokenize
_NOT_CHOSEN: Final = frozenset({"sitecustomize", "usercustomize"})


class NoNetworkError(ConnectionError):
    """A page tried to reach another machine while the network is off."""


class AuditHook:
    """Records the accesses of this process from ``install`` on.

    Args:
        own: Files and folders that are not recorded.
        offline: Whether to refuse connections to other machines.
        modules: Whether to tell which modules were loaded.
    """

    def __init__(self, own: Iterable[Path], *, offline: bool, modules: bool = False) -> None:
        self._own = tuple(f"{path}{os.sep}" for path in own)
        self._offline = offline
        self._modules = modules
        self._reads: set[str] = set(_local_modules())
        self._writes: set[str] = set()
        self._hosts: set[str] = set()
        self._refused: list[str] = []
        self._missing = MissingModules()
        self._sees: dict[str, Callable[..., None]] = {
            "open": self._see_file,
            "os.listdir": self._see_folder,
            "os.scandir": self._see_folder,
            "os.link": self._see_move,
            "os.rename": self._see_move,
            "os.symlink": self._see_move,
            "sqlite3.connect": self._see_database,
            "urllib.Request": self._see_request,
            "socket.getaddrinfo": self._see_host,
            "socket.gethostbyname": self._see_host,
            "socket.gethostbyaddr": self._see_host,
            "socket.connect": self._see_address,
            "socket.sendto": self._see_address,
            "socket.sendmsg": self._see_address,
        }

    def install(self) -> None:
        """Add the hook; Python cannot remove it again."""
        library_folders()  # the first call opens files
        self._missing.install()
        sys.addaudithook(self._see)

    def refused(self) -> tuple[str, ...]:
        """The URLs, or hosts and ports, that were refused since the last call, each once."""
        refused, self._refused = tuple(dict.fromkeys(self._refused)), []
        return refused

    def touched(self, imports: Iterable[str], variables: Iterable[str]) -> Touched:
        """All recorded accesses.

        Args:
            imports: Top-level names of modules that the page imported.
            variables: Environment variables that the page read.
        """
        roots = set(imports)
        missing = {name for name in self._missing.names if name not in sys.modules}
        looked_for = {name for name in roots.union(map(_root, missing)) if name not in sys.modules}
        self._reads.update(_looked_for(looked_for))
        named = _modules_of(roots)
        reads = self._reads.union(file for file in _files_of(named) if not self._is_own(file))
        modules = named if self._modules else ()
        found = (reads, self._writes, self._hosts, variables, missing, modules)
        return Touched(*map(frozenset, found))

    def _see(self, event: str, arguments: tuple[Any, ...]) -> None:
        if see := self._sees.get(event):
            see(*arguments)

    def _see_file(self, path: object, _: object = None, flags: int = 0) -> None:
        with contextlib.suppress(OSError, TypeError, ValueError):
            name = os.path.abspath(os.fsdecode(path))  # type: ignore[arg-type]  # noqa: PTH100
            if (
                self._is_own(name)
                or is_installed(name)
                or (name.startswith(_ENGINE) and _for_a_traceback())
            ):
                return
            if flags & (os.O_WRONLY | os.O_TRUNC):
                self._writes.add(name)
            elif name not in self._writes:
                self._reads.add(_source(name))

    def _see_folder(self, path: object = None) -> None:
        with contextlib.suppress(OSError, TypeError, ValueError):
            name = os.path.abspath(os.fsdecode(path or "."))  # type: ignore[arg-type]  # noqa: PTH100
            if not (self._is_own(name) or is_installed(f"{name}{os.sep}") or _for_an_import()):
                self._reads.add(f"{name}{os.sep}")

    def _is_own(self, name: str) -> bool:
        return f"{name}{os.sep}".startswith(self._own)

    def _see_move(self, _: object, path: object, *__: object) -> None:
        self._see_file(path, flags=os.O_WRONLY)

    def _see_database(self, path: object) -> None:
        self._see_file(path)

    def _see_request(self, url: str, *_: object) -> None:
        if (host := host_of(str(url))) and not str(url).startswith("file:"):
            self._see_machine(host, str(url))

    def _see_host(self, host: object, port: object = None, *_: object) -> None:
        if host:
            name = os.fsdecode(host) if isinstance(host, bytes) else str(host)
            self._see_machine(name, f"{name}:{port}" if port else name)

    def _see_address(self, by: object, address: object = None) -> None:
        if getattr(by, "family", None) in _INTERNET and isinstance(address, tuple) and address:
            self._see_host(*address[:2])

    def _see_machine(self, host: str, called: str) -> None:
        if is_this_machine(host):
            return
        self._hosts.add(host)
        if self._offline:
            url = url_nearby(host) or called
            self._refused.append(url)
            raise NoNetworkError(f"the network is off: {url}")


def _modules_of(roots: set[str]) -> dict[str, Any]:
    """The loaded modules of some packages, by their names."""
    if not roots:  # looking through all would copy the memory that holds their names
        return {}
    return {name: module for name, module in [*sys.modules.items()] if _root(name) in roots}


def _root(name: object) -> str:
    return name.partition(".")[0] if isinstance(name, str) else ""


_seen: set[str] = set()
_local: set[str] = set()


def look_ahead() -> None:
    """Look at the modules of this process, so that those forked from it have less to look at."""
    library_folders()
    _local_modules()


def _local_modules() -> Iterable[str]:
    """Source files of loaded modules that are not installed, such as those of ``preload``."""
    loaded = itertools.takewhile(lambda name: name not in _seen, reversed(sys.modules))
    new = {name: sys.modules[name] for name in [*loaded]}
    _seen.update(new)
    left_out = {_root(__name__), *_NOT_CHOSEN}
    _local.update(_files_of({name: m for name, m in new.items() if _root(name) not in left_out}))
    return _local


def _files_of(modules: dict[str, Any]) -> Iterable[str]:
    """The source files of modules, without installed ones."""
    spaces = [getattr(module, "__dict__", None) for module in list(modules.values())]
    found = [space.get("__file__") for space in spaces if isinstance(space, dict)]
    return [file for file in found if isinstance(file, str) and not is_installed(file)]


def _looked_for(modules: Iterable[str]) -> Iterable[str]:
    """The files that would be modules which were not found."""
    folders = [place for place in sys.path if place and not is_installed(f"{place}{os.sep}")]
    for name in modules:
        for folder in folders:
            yield os.path.join(folder, f"{name}.py")  # noqa: PTH118  # as a text, like all here
            yield os.path.join(folder, name, "__init__.py")  # noqa: PTH118


def _for_an_import() -> bool:
    """Whether Python itself lists the folder, to find a module."""
    return sys._getframe(3).f_code.co_filename == _IMPORT  # noqa: SLF001


def _for_a_traceback() -> bool:
    """Whether linecache reads the file, for a traceback through the engine's own frames."""
    frame = sys._getframe(2)  # noqa: SLF001  # as the standard library's logging does
    for _ in range(_FRAMES):
        if frame is None or frame.f_code.co_filename == linecache.__file__:
            return frame is not None
        frame = frame.f_back  # type: ignore[assignment]
    return False


def _source(path: str) -> str:
    """The source of a compiled module; any other file itself."""
    if not path.endswith(".pyc"):
        return path
    with contextlib.suppress(ValueError, NotImplementedError):
        return importlib.util.source_from_cache(path)
    return path
