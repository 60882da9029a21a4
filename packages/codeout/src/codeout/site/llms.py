"""The Markdown of each page beside its HTML, and ``llms.txt``, which lists it.

Programs that read a site want its text without the frame around it. Code stands above its output,
as on GitHub, and links lead to the Markdown of other pages.
"""

from __future__ import annotations

from dataclasses import dataclass
from posixpath import dirname, join, normpath, relpath
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import quote, unquote, urljoin, urlsplit

from codeout.export.files import write
from codeout.site.github import text_as_github, text_of
from codeout.site.notebook import read_notebook
from codeout.site.notebook_page import notebook_of, shows_notebook, with_notebook
from codeout.site.provenance import UNVERIFIED
from codeout.site.settings import PAGES

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

    from codeout.export.prose import Address
    from codeout.site.known_page import KnownPage
    from codeout.site.pages import SitePages
    from codeout.site.settings import Site

INDEX: Final = "llms.txt"
_NOT_VERIFIED: Final = "> The outputs on this page are not verified.\n\n"
_REST: Final = "Pages"


@dataclass(frozen=True, slots=True)
class _BuiltPage:
    """A page of the built site.

    Attributes:
        source: Its path in the folder of the pages.
        title: Its title.
        description: What it says of itself in a line; empty for nothing.
        known: The page.
        text: The text that it shows; None if nothing is known of it, as it has problems.
    """

    source: str
    title: str
    description: str
    known: KnownPage
    text: str | None


_MADE: Final[dict[Path, tuple[Any, str]]] = {}
"""The Markdown of each page and what decided it: a server of the site writes it at each save."""


def write_markdown(pages: SitePages) -> tuple[Path, ...]:
    """Write the Markdown of the pages of a built site, and the list of them.

    Args:
        pages: The pages of the site.

    Returns:
        The files; none if the settings do not ask for them.

    Raises:
        ConfigError: A page cannot be read, or a file cannot be written.
    """
    if not pages.project.config.llms_txt:
        return ()
    site = pages.site
    built = [*_built(pages)]
    places = _places(site, built)
    texts = {
        places[page.source]: _markdown(pages, page, places)
        for page in built
        if page.text is not None
    }
    if not (site.docs / INDEX).is_file():  # one that an author has written is on the site
        texts[INDEX] = _index(site, built, places)
    for name, text in texts.items():
        write(text, site.folder / name, pages.project, site.docs, pages.files)
    return tuple(site.folder / name for name in texts)


def _built(pages: SitePages) -> Iterator[_BuiltPage]:
    """Yield the pages that are built, in the order of the navigation, those that it lacks last."""
    site = pages.site
    found = (pages.source(file) for file in pages.files)
    others = sorted((each for each in found if each.endswith(PAGES)), key=_is_notebook)
    taken: set[str] = set()
    for source in [*site.navigation, *others]:
        html = site.html(source)
        file = site.docs / source
        if html in taken or not source.endswith(PAGES) or not file.is_file():
            continue  # a notebook is built where the page is that shows it
        if (site.folder / html).is_file():
            taken.add(html)
            yield _page(pages, source, pages.files.get(file.resolve(), file))


def _is_notebook(source: str) -> tuple[bool, str]:
    return source.endswith(".ipynb"), source


def _page(pages: SitePages, source: str, file: Path) -> _BuiltPage:
    """A page; a notebook is shown by the page beside it, if there is one."""
    beside = file.with_suffix(".md")
    if file.suffix == ".ipynb" and shows_notebook(beside):
        file = beside
    known = pages.read(file)
    shown = pages.shown(known.plan)
    title = pages.site.navigation.get(source) or shown.title
    description = " ".join(str(shown.meta.get("description") or "").split())
    return _BuiltPage(source, title, description, known, _text(known))


def _text(known: KnownPage) -> str | None:
    """The text of a page, with that of the notebook that it shows."""
    plan = known.plan
    if plan.problems:
        return None
    if plan.file.suffix == ".ipynb":
        return read_notebook(plan.file).plain
    text = text_of(plan)
    notebook = notebook_of(plan.file, text)
    return with_notebook(text, read_notebook(notebook).plain) if notebook else text


def _places(site: Site, built: Iterable[_BuiltPage]) -> Mapping[str, str]:
    """Where links to the files in the folder of the pages lead: to Markdown if it is there."""
    written = {site.html(page.source) for page in built if page.text is not None}
    places = site.addresses()
    for source in places:  # a notebook and the page that shows it have one
        if source.endswith(PAGES) and (html := site.html(source)) in written:
            places[source] = f"{html.removesuffix('html')}md"
    return places


def _markdown(pages: SitePages, page: _BuiltPage, places: Mapping[str, str]) -> str:
    """The Markdown of a page, from the last time if nothing of it has changed."""
    plan, config = page.known.plan, pages.project.config
    stale = pages.meta(plan.file, pages.find(plan.file)).get("codeout") == UNVERIFIED
    included = {file: file.read_bytes() for file in plan.looked if file.is_file()}
    decides = (plan, config, page.text, stale, included, places)
    made = _MADE.get(plan.file)
    if made is None or made[0] != decides:
        text = text_as_github(page.text or "", plan, config, _address(page.source, places))
        made = _MADE[plan.file] = decides, f"{_NOT_VERIFIED if stale else ''}{text}"
    return made[1]


def _address(source: str, places: Mapping[str, str]) -> Address:
    """Addresses of the links of a page, from its Markdown."""
    here = dirname(places[source])

    def address(target: str) -> str:
        path = unquote(urlsplit(target).path)
        named = path.lstrip("/") if path.startswith("/") else normpath(join(dirname(source), path))
        if not path or named not in places:
            return target
        _, mark, anchor = target.partition("#")
        return quote(relpath(places[named] or ".", here or ".")) + mark + anchor

    return address


def _index(site: Site, built: Iterable[_BuiltPage], places: Mapping[str, str]) -> str:
    """The list of the pages, by the parts of the navigation; see https://llmstxt.org."""
    sections: dict[str, list[str]] = {}
    for page in built:
        address = urljoin(site.address, quote(places[page.source]))
        line = f"- [{page.title}]({address}): {page.description}".removesuffix(": ")
        sections.setdefault(site.section(page.source) or _REST, []).append(line)
    about = " ".join(site.description.split())
    paragraphs = [f"# {site.name}", *([f"> {about}"] if about else [])]
    for title, lines in sections.items():
        paragraphs += [f"## {title}", "\n".join(lines)]
    return "\n\n".join(paragraphs) + "\n"
