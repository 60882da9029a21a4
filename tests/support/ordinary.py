"""Runs a function as an ordinary user: root, who may run the tests, has all permissions."""

from __future__ import annotations

import os
import traceback
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

_NOBODY: Final = 65534


def as_ordinary_user(folder: Path, act: Callable[[], None]) -> None:
    """Call a function in a process of an ordinary user, in a folder that all may write to.

    It has to use paths relative to the folder, for folders above may not be readable.
    """
    folder.chmod(0o777)
    child = os.fork()
    if child == 0:
        status = 1
        try:
            os.chdir(folder)
            _be_ordinary()
            act()
            status = 0
        except BaseException:  # noqa: BLE001  # nothing may get back into the tests
            traceback.print_exc()
        finally:
            os._exit(status)
    assert os.waitpid(child, 0)[1] == 0, "see what was printed to the standard error"


def _be_ordinary() -> None:
    if os.getuid() == 0:
        os.setgroups([])
        os.setgid(_NOBODY)
        os.setuid(_NOBODY)
