"""The site during a watch: the server of its generator, which reloads browsers by itself."""

from __future__ import annotations

import contextlib
import importlib.util
import os
import signal
import subprocess
import sys
from typing import TYPE_CHECKING, Final

from codeout.config.mkdocs import NAMES
from codeout.errors import CodeoutError, ConfigError
from codeout.fs.tempdir import make_tempdir
from codeout.run.reaper import die_with_parent

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from pathlib import Path

_END_SECONDS: Final = 5.0
_FILES: Final = (*NAMES, "zensical.toml")
_WORDS: Final[Mapping[str, tuple[str, ...]]] = {
    "mkdocs": ("--livereload",),
    "properdocs": ("--livereload",),
    "zensical": (),
}


@contextlib.contextmanager
def served(root: Path, generator: str, *, wanted: bool) -> Iterator[Callable[[], None]]:
    """Serve the site of a project while the context lasts.

    Args:
        root: The folder of the configuration of the site.
        generator: ``mkdocs``, ``properdocs`` or ``zensical``.
        wanted: Whether to serve at all.

    Yields:
        A function that raises ``CodeoutError`` if the server has ended.

    Raises:
        ConfigError: The generator or its configuration is missing.
    """
    if not wanted:
        yield lambda: None
        return
    if importlib.util.find_spec(generator) is None:
        raise ConfigError(f"`--serve` needs {generator}", f"install the package {generator}")
    if not any((root / name).is_file() for name in _FILES):
        raise ConfigError("`--serve` needs mkdocs.yml", "put it beside pyproject.toml")
    command = [sys.executable, "-P", "-m", generator, "serve", *_WORDS[generator]]
    process = subprocess.Popen(  # noqa: S603  # no part of the command comes from outside
        command,
        cwd=root,
        env={
            **os.environ,
            "TMPDIR": str(make_tempdir()),  # where MkDocs builds the site
            "CODEOUT_STALE": "ignore",  # a stale page runs right now
        },
        preexec_fn=_follow_parent,  # noqa: PLW1509  # no thread runs yet
    )
    try:
        yield lambda: _check_server(process, generator)
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


def _check_server(process: subprocess.Popen[bytes], generator: str) -> None:
    if (status := process.poll()) is not None:
        message = f"`{generator} serve` ended with status {status}"
        raise CodeoutError(message, "what it wrote above says why")
