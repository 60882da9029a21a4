"""An MkDocs hook: each page loads one style sheet and one script.

The theme has some, and ``mkdocs.yml`` lists ours, a file an idea. In the built site they are
joined, in the order in which a page loads them. ``finish.py`` does so for Zensical.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache, partial
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Final

from rewrite import rewrite_pages

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from mkdocs.config.defaults import MkDocsConfig

# A file of this site, loaded at once and for every medium: no attribute says otherwise.
_FILE: Final = r'"(?P<root>(?!//)[^":]*?)(?P<name>assets/[^"?]+)"'
_STYLE: Final = re.compile(rf'<link rel="stylesheet" href={_FILE}>')
_SCRIPT: Final = re.compile(rf"<script src={_FILE}></script>")
# What may stand between two of a kind: nothing whose rules or effects come between theirs.
_NO_STYLE: Final = re.compile(r"(?:(?!<style|stylesheet).)*", re.DOTALL)
_NOTHING: Final = re.compile(r"\s*")
_KINDS: Final = ((_STYLE, _NO_STYLE), (_SCRIPT, _NOTHING))
# What a style sheet cannot take along: it belongs to the beginning of a file, or to its folder.
_BOUND: Final = re.compile(
    r"@(?:import|namespace)\b[^;]*|url\(\s*['\"]?(?!['\"]?(?:data:|https?:|[/#]))[^)]*"
)
# For the file alone: where its sources are, and its encoding, which is that of every file here.
_HEADS: Final = re.compile(
    r'^//# sourceMappingURL=.*|/\*# sourceMappingURL=.*?\*/|@charset "[^"]*";', re.MULTILINE
)

_WRITTEN: Final[dict[Sequence[str], str]] = {}
"""The names of the joined files of this build, by those of their parts."""
# In a style sheet: comments, blank lines and indentation.
_NOTES: Final = re.compile(r"(?:\s*/\*.*?\*/)*\s*\n\s*|\s*/\*.*?\*/", re.DOTALL)


def on_pre_build(**_: object) -> None:
    """Begin a build of MkDocs, whose files may be others than those of the last one."""
    _WRITTEN.clear()


def on_post_page(output: str, *, config: MkDocsConfig, **_: object) -> str:
    """Join the files of a page that MkDocs renders."""

    def write(names: Sequence[str]) -> str:
        if names not in _WRITTEN:
            _WRITTEN[names] = _write_joined(Path(config.site_dir), names)
        return _WRITTEN[names]

    return joined_page(output, write)


def on_post_template(output: str, *, template_name: str, config: MkDocsConfig) -> str:
    """Do so for the page for unknown addresses as well."""
    return on_post_page(output, config=config) if template_name == "404.html" else output


def join_files(site: Path) -> None:
    """Let each page of a built site load one style sheet and one script.

    Args:
        site: The folder of the site.

    Raises:
        ValueError: A style sheet cannot be joined.
    """
    write = cache(partial(_write_joined, site))  # most pages load the same files
    rewrite_pages(site, lambda html: joined_page(html, write))


def joined_page(html: str, write: Callable[[Sequence[str]], str]) -> str:
    """A page that loads one style sheet and one script.

    Args:
        html: The page.
        write: Writes some files of the site as one, and returns its name.
    """
    for kind, between in _KINDS:
        names = tuple(map(write, _names(html, kind, between)))
        html = _joined(html, kind, between, names)
    return html


@lru_cache(128)  # pages, twice: a server of the site has the same again at each save
def _names(html: str, kind: re.Pattern[str], between: re.Pattern[str]) -> Sequence[Sequence[str]]:
    """The names of the files in each run of a page."""
    return tuple(tuple(each["name"] for each in run) for run in _runs(html, kind, between))


def _runs(
    html: str, kind: re.Pattern[str], between: re.Pattern[str]
) -> Iterator[list[re.Match[str]]]:
    """Yield the elements of a kind that follow each other."""
    run: list[re.Match[str]] = []
    for element in kind.finditer(html):
        if run and not between.fullmatch(html, run[-1].end(), element.start()):
            yield run
            run = []
        run.append(element)
    if run:
        yield run


@lru_cache(128)
def _joined(
    html: str, kind: re.Pattern[str], between: re.Pattern[str], names: Sequence[str]
) -> str:
    """A page with one element for each run, at the place of its first, with another name."""
    parts, end = [], 0
    for name, (first, *more) in zip(names, _runs(html, kind, between), strict=True):
        parts += [html[end : first.start()], first[0].replace(first["name"], name)]
        end = first.end()
        for match in more:
            parts.append(html[end : match.start()].rstrip())
            end = match.end()
    return "".join([*parts, html[end:]])


def _write_joined(site: Path, names: Sequence[str]) -> str:
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
