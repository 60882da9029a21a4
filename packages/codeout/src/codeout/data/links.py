"""Links to data files, so that pages can read the files and not change them."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from codeout.data.assets import Fetched


def link_files(fetched: Iterable[Fetched], work: Path) -> None:
    """Make links to read-only files in the working directory of a page.

    Links, because the weights of VGG16 take two seconds to copy; symbolic ones, because hard links
    do not reach across file systems. A page may remove or replace a link. If it writes through it,
    as root, the cache notices and drops the file. Without support for links, files are copied.

    Args:
        fetched: The files.
        work: The working directory.
    """
    for each in fetched:
        link = work / each.asset.path
        link.parent.mkdir(parents=True, exist_ok=True)
        try:
            link.symlink_to(each.file.resolve())
        except OSError:
            shutil.copyfile(each.file, link)
