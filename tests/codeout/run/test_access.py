"""Which files belong to Python and to installed packages."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.support.folder import Folder


def test_the_prefix_of_python_counts_as_installed_with_all_that_came_with_it(
    folder: Folder,
) -> None:
    code = f"""
import sys
sys.base_prefix = sys.prefix = {str(folder.root)!r}
from codeout.run.access import is_installed
print(is_installed({str(folder.root / "share" / "a.ttf")!r}))
"""
    command = [sys.executable, "-c", code]
    told = subprocess.run(command, check=True, capture_output=True, text=True)
    assert told.stdout == "True\n"
