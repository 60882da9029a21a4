"""Who calls: the code of a page, or a library that it uses."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Final

from codeout.run.access import is_installed
from codeout.run.block_errors import BLOCK

if TYPE_CHECKING:
    from collections.abc import Container

_PACKAGE: Final = str(Path(__file__).parents[1])  # the whole package


def called_by_page(between: Container[str]) -> bool:
    """Whether a block, or a module that is not installed, calls the caller of this function.

    Args:
        between: The files whose frames may stand between the two.
    """
    frame = sys._getframe(2)  # noqa: SLF001  # as the standard library's logging does
    while frame.f_back is not None and frame.f_code.co_filename in between:
        frame = frame.f_back
    name = frame.f_code.co_filename
    if name.startswith(BLOCK):
        return True
    return os.path.isabs(name) and not name.startswith(_PACKAGE) and not is_installed(name)  # noqa: PTH117
