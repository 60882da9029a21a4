"""An MkDocs hook: figures that code has drawn, as WebP: the same pixels in half the bytes.

Each tells its size, too, so that the text below keeps its place while a figure loads. Those of
notebooks stand in the pages themselves, and stay there.
``finish.py`` does so for Zensical. The PNG files stay, for links to them.
"""

from __future__ import annotations

import re
from base64 import b64decode, b64encode
from functools import lru_cache
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PIL import Image
from rewrite import rewrite_pages

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig

_IMAGE: Final = re.compile(
    r'(?P<before><img\b[^>]*\bsrc=")'
    r'(?:(?P<root>[^":>]*)(?P<name>assets/out/[^":>]+)\.png|data:image/png;base64,(?P<data>[^">]+))'
    r'"(?P<after>[^>]*>)'
)
_EFFORT: Final = 80  # of 100: more takes a hundred times as long for two percent


def on_post_page(output: str, *, config: MkDocsConfig, **_: object) -> str:
    """Convert the figures of a page that MkDocs renders; it has copied their files before."""
    return with_webp(output, Path(config.site_dir))


def convert_figures(site: Path) -> None:
    """Let the pages of a built site show their figures as WebP.

    Args:
        site: The folder of the site.
    """
    rewrite_pages(site, lambda html: with_webp(html, site))


def with_webp(html: str, site: Path) -> str:
    """A page that shows its figures as WebP.

    Args:
        html: The page.
        site: The folder of the site, which the files are written to.
    """

    def converted(match: re.Match[str]) -> str:
        before, root, name, data, after = match.groups()
        image, width, height = _webp(
            b64decode(data) if data else (site / f"{name}.png").read_bytes()
        )
        if data:
            source = f"data:image/webp;base64,{b64encode(image).decode()}"
        else:
            source = f"{root}{name}.webp"
            (site / f"{name}.webp").write_bytes(image)
        size = "" if "width=" in before + after else f' width="{width}" height="{height}"'
        return f'{before}{source}"{size}{after}'

    return _IMAGE.sub(converted, html)


@lru_cache(maxsize=256)  # a server builds the same figures again and again
def _webp(png: bytes) -> tuple[bytes, int, int]:
    """An image as WebP, without loss, with its width and height in pixels."""
    image = Image.open(BytesIO(png))
    file = BytesIO()
    image.save(file, "WEBP", lossless=True, quality=_EFFORT)
    return file.getvalue(), image.width, image.height
