"""An MkDocs hook: each page loads one style sheet and one script.

The theme has some, and ``mkdocs.yml`` lists ours, a file an idea. In the built site they are
joined, in the order in which a page loads them. ``finish.py`` does so for Zensical.
"""

from __future__ import annotations

import re
from functools import cache, partial
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from mkdocs.config.defaults import MkDocsConfig

# A file of this site, loaded at once and for every medium: no attribute says otherwise.
_FILE: Final = r'"(?P<root>(?!//)[^":]*?)(?P<name>assets/[^"?]+)"'
_STYLE: Final = re.compile(rf'<link rel="stylesheet" href={_FILE}>')
_SCRIPT: Final = re.compile(rf"<script src={_FILE}></script>")
# What may stand between two of a kind: nothing whose rules or effects come between theirs.
_NO_STYLE: Final = re.compile(r"(?:(?!<style|stylesheet).)*", re.DOTALL)
_NOTHING: Final = re.compile(r"\s*")
# What a style sheet cannot take along: it belongs to the beginning of a file, or to its folder.
_BOUND: Final = re.compile(
    r"@(?:import|namespace)\b[^;]*|url\(\s*['\"]?(?!['\"]?(?:data:|https?:|[/#]))[^)]*"
)
# For the file alone: where its sources are, and its encoding, which is that of every file here.
_HEADS: Final = re.compile(
    r'^//# sourceMappingURL=.*|/\*# sourceMappingURL=.*?\*/|@charset "[^"]*";', re.MULTILINE
)

# In a style sheet: comments, blank lines and indentation.
_NOTES: Final = re.compile(r"(?:\s*/\*.*?\*/)*\s*\n\s*|\s*/\*.*?\*/", re.DOTALL)


def on_post_build(*, config: MkDocsConfig) -> None:
    """Join the files of the site that MkDocs has built."""
    join_files(Path(config.site_dir))


def join_files(site: Path) -> None:
    """Let each page of a built site load one style sheet and one script.

    Args:
        site: The folder of the site.

    Raises:
        ValueError: A style sheet cannot be joined.
    """
    write = cache(partial(_write_joined, site))  # most pages load the same files
    for page in site.rglob("*.html"):
        text = page.read_text(encoding="utf-8")
        styled = _joined(text, _runs(text, _STYLE, _NO_STYLE), write)
        joined = _joined(styled, _runs(styled, _SCRIPT, _NOTHING), write)
        if joined != text:
            page.write_text(joined, encoding="utf-8")


def _runs(
    html: str, kind: re.Pattern[str], between: re.Pattern[str]
) -> Iterator[list[re.Match[str]]]:
    """Yield the elements of a kind that follow each other, two or more."""
    run: list[re.Match[str]] = []
    for element in kind.finditer(html):
        if run and not between.fullmatch(html, run[-1].end(), element.start()):
            yield run
            run = []
        run.append(element)
    yield run


def _joined(
    html: str, runs: Iterator[list[re.Match[str]]], write: Callable[[tuple[str, ...]], str]
) -> str:
    """A page with one element for each run, at the place of its first."""
    parts, end = [], 0
    for first, *more in filter(None, runs):
        name = write(tuple(match["name"] for match in (first, *more)))
        parts += [html[end : first.start()], first[0].replace(first["name"], name)]
        end = first.end()
        for match in more:
            parts.append(html[end : match.start()].rstrip())
            end = match.end()
    return "".join([*parts, html[end:]])


def _write_joined(site: Path, names: tuple[str, ...]) -> str:
    """Write some files of a site as one, and return its name."""
    if len(names) == 1:
        return names[0]
    text = "\n".join(_portable(site / name) for name in names)
    folder = "stylesheets" if names[0].endswith(".css") else "javascripts"
    digest = sha256(text.encode()).hexdigest()[:8]
    name = f"assets/{folder}/site.{digest}{Path(names[0]).suffix}"
    (site / name).write_text(text, encoding="utf-8")
    return name


def _portable(file: Path) -> str:
    """The text of a file without what holds for the file alone, or is for its authors."""
    text = _HEADS.sub("", file.read_text(encoding="utf-8"))
    if file.suffix == ".css" and ".min." not in file.name:
        text = _NOTES.sub("\n", text)
    if file.suffix == ".css" and (found := _BOUND.search(text)):
        message = f"{file.name} cannot be joined with other style sheets: {found[0]}"
        raise ValueError(message)
    return text
