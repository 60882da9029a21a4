"""The site during a watch: ``mkdocs serve``, which reloads browsers by itself."""

from __future__ import annotations

import contextlib
import importlib.util
import os
import signal
import subprocess
import sys
from typing import TYPE_CHECKING, Final

from codeout.errors import CodeoutError, ConfigError
from codeout.fs.tempdir import make_tempdir
from codeout.run.reaper import die_with_parent

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

_END_SECONDS: Final = 5.0


@contextlib.contextmanager
def served(root: Path, *, wanted: bool) -> Iterator[Callable[[], None]]:
    """Serve the site of a project while the context lasts.

    Args:
        root: The folder of ``mkdocs.yml``.
        wanted: Whether to serve at all.

    Yields:
        A function that raises ``CodeoutError`` if the server has ended.

    Raises:
        ConfigError: MkDocs or its configuration is missing.
    """
    if not wanted:
        yield lambda: None
        return
    if importlib.util.find_spec("mkdocs") is None:
        raise ConfigError("`--serve` needs MkDocs", "install the package mkdocs")
    if not any((root / name).is_file() for name in ("mkdocs.yml", "mkdocs.yaml")):
        raise ConfigError("`--serve` needs mkdocs.yml", "put it beside pyproject.toml")
    command = [sys.executable, "-P", "-m", "mkdocs", "serve", "--livereload"]
    process = subprocess.Popen(  # noqa: S603  # no part of the command comes from outside
        command,
        cwd=root,
        env={**os.environ, "TMPDIR": str(make_tempdir())},  # where MkDocs builds the site
        preexec_fn=_follow_parent,  # noqa: PLW1509  # no thread runs yet
    )
    try:
        yield lambda: _check_server(process)
    finally:
        process.send_signal(signal.SIGINT)
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(_END_SECONDS)
        process.kill()
        process.wait()


def _follow_parent() -> None:
    """End with the parent, and on Ctrl-C, which processes in the background may ignore."""
    die_with_parent()
    signal.signal(signal.SIGINT, signal.SIG_DFL)


def _check_server(process: subprocess.Popen[bytes]) -> None:
    if (status := process.poll()) is not None:
        message = f"`mkdocs serve` ended with status {status}"
        raise CodeoutError(message, "what it wrote above says why")
