"""Interactive figures of a page: frames in place of the links to their files.

A frame has no rights on the site: its scripts run, and reach nothing outside of it. Whoever has
turned scripts off sees the picture in it.
"""

from __future__ import annotations

import html as escapes
import os
import posixpath
import re
from pathlib import Path
from typing import TYPE_CHECKING, Final
from urllib.parse import quote, unquote

from codeout.output.frames import height_in
from codeout.output.shown import Picture

if TYPE_CHECKING:
    from collections.abc import Mapping

    from codeout.engine.plan import Plan
    from codeout.site.settings import Site

_LINK: Final = re.compile(
    r'<a (?P<before>[^<>]*?)href="(?P<href>[^"]*)"(?P<after>[^<>]*)>'
    r"(?:<img (?P<image>[^<>]*)>|(?P<text>[^<>]*))</a>"
)
_ALT: Final = re.compile(r'\balt="([^"]*)"')
_HEIGHT: Final = re.compile(r'\bheight="(\d+)"')
_CHOSEN: Final = re.compile(r"""\bheight=["']?(\d+)""")
_FRAME: Final = (
    '<iframe class="codeout-frame" src="{src}" title="{title}" height="{height}"'
    ' sandbox="allow-scripts" loading="lazy"></iframe>'
)


def figure_files(plan: Plan, docs: Path) -> dict[Path, Picture]:
    """The files of the interactive figures of a page, as far as they are beside the pages.

    Args:
        plan: The page.
        docs: The folder of the pages.
    """
    pictures = (item for items in plan.shown for item in items if isinstance(item, Picture))
    found = {
        Path(os.path.normpath(plan.file.parent / unquote(picture.frame))): picture
        for picture in pictures
        if picture.frame
    }
    return {
        file: picture
        for file, picture in found.items()
        if file.is_relative_to(docs) and file.is_file()
    }


def frames_of(plan: Plan, site: Site, source: str) -> dict[str, int]:
    """The heights of the interactive figures of a page, by their addresses from the page.

    Args:
        plan: The page.
        site: The site.
        source: The path of the page in the folder of the pages.
    """
    return {
        _address(file, site, source): height_in(file.read_bytes())
        for file in figure_files(plan, site.docs)
    }


def frame_of(plan: Plan, site: Site, source: str, file: Path) -> str:
    """The frame of an interactive figure of a page; empty if the file is that of none.

    Args:
        plan: The page.
        site: The site.
        source: The path of the page in the folder of the pages.
        file: The file of the figure.
    """
    picture = figure_files(plan, site.docs).get(file)
    if picture is None:
        return ""
    chosen = _CHOSEN.search(picture.extra)
    return _FRAME.format(
        src=escapes.escape(_address(file, site, source)),
        title=escapes.escape(picture.alt),
        height=chosen[1] if chosen else height_in(file.read_bytes()),
    )


def _address(file: Path, site: Site, source: str) -> str:
    """The address of a file beside the pages, from a page."""
    here = posixpath.dirname(site.target(source)) or "."
    return quote(posixpath.relpath(file.relative_to(site.docs).as_posix(), here))


def with_frames(html: str, heights: Mapping[str, int]) -> str:
    """The content of a page with frames.

    Args:
        html: The content, in which figures are links to their files.
        heights: The heights of the figures, by the addresses of their files.
    """

    def frame(link: re.Match[str]) -> str:
        address = escapes.unescape(link["href"])
        if address not in heights:
            return link[0]
        alt = _ALT.search(link["image"] or "")
        title = alt[1] if alt else link["text"] or ""
        chosen = _HEIGHT.search(link["before"] + link["after"])
        height = chosen[1] if chosen else heights[address]
        return _FRAME.format(src=link["href"], title=title, height=height)

    return _LINK.sub(frame, html) if heights else html
