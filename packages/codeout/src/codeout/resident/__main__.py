"""The process of a resident server: it loads, tells when it is ready, and serves."""

from __future__ import annotations

import json
import os
import pickle
import sys
import time
from typing import TYPE_CHECKING, Final, TextIO

from codeout.config.pyproject import find_config
from codeout.errors import CodeoutError, ConfigError
from codeout.resident.loaded import Survey
from codeout.resident.server import Server
from codeout.resident.sockets import listening
from codeout.run.forkserver import end_server, load

if TYPE_CHECKING:
    from pathlib import Path

    from codeout.resident.loaded import States
    from codeout.run.job import Limits

_ATTEMPTS: Final = 3
_GRANULARITY: Final = 2_000_000_000
"""Nanoseconds within which some file systems give two changes the same time."""


def main() -> None:
    """Serve as standard input says."""
    told = os.fdopen(os.dup(1), "w", encoding="utf-8")  # what we start does not get it
    os.dup2(2, 1)
    path, fingerprint, root, limits, idle = pickle.load(sys.stdin.buffer)  # noqa: S301  # our own
    try:
        with listening(path) as (listener, put_in_place):
            states = _load(limits)
            put_in_place()
            _tell(told, {"ready": True})
            wanted = _Wanted(root, limits)
            Server(listener, fingerprint, states, wanted, idle).serve(path)
    except CodeoutError as error:
        _tell(told, {"message": error.message, "hint": error.hint})


def _load(limits: Limits) -> States:
    """Load the modules, and find the files that they were made of.

    Raises:
        ConfigError: They cannot be loaded, or change all the time.
    """
    for _ in range(_ATTEMPTS):
        survey = Survey(limits)
        try:
            load(limits)
            states = survey.states(_GRANULARITY)
        finally:
            survey.close()
        if states is not None:
            return states
        end_server()
        time.sleep(_GRANULARITY / 1e9)
    message = "the files of the modules to preload change all the time"
    raise ConfigError(message, "call `codeout warm` again when they have come to rest")


def _tell(out: TextIO, what: dict[str, object]) -> None:
    """Tell the command that started us, which waits for no more than that."""
    with out:
        out.write(f"{json.dumps(what)}\n")


class _Wanted:
    """Whether the settings of a project still ask for the same modules and variables."""

    def __init__(self, root: Path, limits: Limits) -> None:
        self._root = root
        self._asked = (limits.preload, limits.environment)

    def __call__(self) -> bool:
        try:
            config = find_config(self._root)
        except CodeoutError:
            return False
        return (config.preload, config.environment) == self._asked


if __name__ == "__main__":
    main()
