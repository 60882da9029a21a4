"""The site beside a watch: ``mkdocs serve``, which reloads browsers by itself."""

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
    """Serve the site of a project meanwhile, if that is wanted.

    Args:
        root: The folder of ``mkdocs.yml``.
        wanted: Whether to serve at all.

    Yields:
        What raises ``CodeoutError`` when the site is served no more.

    Raises:
        ConfigError: There is no site to serve.
    """
    if not wanted:
        yield lambda: None
        return
    if importlib.util.find_spec("mkdocs") is None:
        raise ConfigError("`--serve` needs MkDocs", "install the package mkdocs")
    if not any((root / name).is_file() for name in ("mkdocs.yml", "mkdocs.yaml")):
        raise ConfigError("`--serve` needs mkdocs.yml", "put it beside pyproject.toml")
    command = [sys.executable, "-m", "mkdocs", "serve", "--livereload"]
    process = subprocess.Popen(  # noqa: S603  # nothing of it comes from outside
        command,
        cwd=root,
        env={**os.environ, "TMPDIR": str(make_tempdir())},  # where MkDocs builds the site
        preexec_fn=_be_a_child,  # noqa: PLW1509  # no thread runs yet
    )
    try:
        yield lambda: _see_that_it_lives(process)
    finally:
        process.send_signal(signal.SIGINT)
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(_END_SECONDS)
        process.kill()
        process.wait()


def _be_a_child() -> None:
    """End with the parent, and heed Ctrl-C, which what a shell runs in the background may not."""
    die_with_parent()
    signal.signal(signal.SIGINT, signal.SIG_DFL)


def _see_that_it_lives(process: subprocess.Popen[bytes]) -> None:
    if (status := process.poll()) is not None:
        message = f"`mkdocs serve` ended with status {status}"
        raise CodeoutError(message, "what it wrote above says why")
