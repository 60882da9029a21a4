"""Lends data files to pages, which can read them and not spoil them."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from codeout.data.assets import Fetched


def link_files(fetched: Iterable[Fetched], work: Path) -> None:
    """Lend files to a page: links in its working directory to the read-only originals.

    VGG16's weights take up to two seconds to copy and no time to link. Hard links would not reach
    across file systems. A page may remove or replace a link; where it can write through it, being
    root, the cache notices and lets go of the file. A file system without links gets copies.
    """
    for each in fetched:
        link = work / each.asset.path
        link.parent.mkdir(parents=True, exist_ok=True)
        try:
            link.symlink_to(each.file.resolve())
        except OSError:
            shutil.copyfile(each.file, link)
