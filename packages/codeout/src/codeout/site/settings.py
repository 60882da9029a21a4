"""What the configuration of a site says, whichever generator reads it."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

PAGES: Final = (".md", ".ipynb")
"""The endings of the pages of a site."""
_TEMPLATES: Final = Path(__file__).parent / "templates"

EXTENSION: Final = "codeout.markdown"
"""The Markdown extension, which holds the gate also where a generator knows no plugins."""


@dataclass(frozen=True, slots=True)
class Site:
    """The settings of a site.

    Attributes:
        root: The folder of its configuration.
        docs: The folder of its pages.
        folder: The folder that it is built into.
        name: Its name.
        description: What it is about, in a line.
        address: Where it is published; empty if that is not known.
        repository: The address of the repository; empty if there is none.
        templates: Folders of templates, the first ones win; ours come last.
        navigation: The titles of pages in its order, by their path in ``docs``; empty for a page
            that names itself.
        sections: The titles of the parts of the navigation that pages are in, at its top.
        directory_urls: Whether ``a/b.md`` is published as ``a/b/``, not as ``a/b.html``.
        indexes: The names of pages that are published under the address of their folder.
        sources: The files and folders that it is made of, as far as its configuration names them.
        serve_at: The host and the port at which it is served while it is written.
        extensions: The names of the Markdown extensions that it lists.
        extra: What it says under ``extra``, for its own theme.
        excluded: Patterns, as git has them, of files that are not published.
        resolves_html: Whether the generator resolves links in HTML, too: they name sources then.
    """

    root: Path
    docs: Path
    folder: Path
    name: str = ""
    description: str = ""
    address: str = ""
    repository: str = ""
    templates: tuple[Path, ...] = (_TEMPLATES,)
    navigation: Mapping[str, str] = field(default_factory=dict)
    sections: Mapping[str, str] = field(default_factory=dict)
    directory_urls: bool = True
    indexes: tuple[str, ...] = ("index", "README")
    sources: tuple[Path, ...] = ()
    serve_at: str = "127.0.0.1:8000"
    extensions: frozenset[str] = frozenset()
    extra: Mapping[str, Any] = field(default_factory=dict)
    excluded: tuple[str, ...] = ()
    resolves_html: bool = False

    def url(self, source: str) -> str:
        """The address of a page, relative to that of the site; empty for the home page.

        Args:
            source: The path of the page in ``docs``.
        """
        path = PurePosixPath(source)
        folder = "" if path.parent == PurePosixPath() else f"{path.parent}/"
        if not self.directory_urls:
            return f"{folder}{'index' if path.stem in self.indexes else path.stem}.html"
        return folder if path.stem in self.indexes else f"{folder}{path.stem}/"

    def target(self, source: str) -> str:
        """What links in the HTML of notes name a page by: its address, or its source."""
        return source if self.resolves_html else self.url(source)

    def entry(self, source: str) -> str:
        """The page that the navigation names for a source: for a notebook, maybe one showing it."""
        shown = f"{source.removesuffix('.ipynb')}.md"
        return shown if source not in self.navigation and shown in self.navigation else source

    def section(self, source: str) -> str:
        """The part of the site that a page is in; empty for none."""
        if self.navigation:
            return self.sections.get(self.entry(source), "")
        folder, inside, _ = source.partition("/")
        return self.title(f"{folder}/{self.indexes[0]}.md") if inside else ""

    def html(self, source: str) -> str:
        """The file of a page, relative to ``folder``."""
        url = self.url(source)
        return url if url.endswith(".html") else f"{url}index.html"

    def addresses(self) -> dict[str, str]:
        """The address of each file in the folder of the pages, by its path there."""
        files = (file for file in self.docs.rglob("*") if file.is_file())
        sources = (file.relative_to(self.docs).as_posix() for file in files)
        return {
            source: self.url(source) if source.endswith(PAGES) else source for source in sources
        }

    def title(self, source: str) -> str:
        """The title of a page that names itself nowhere, by the name of its file."""
        if not self.url(source).removesuffix("index.html"):
            return "Home"
        path = PurePosixPath(source)
        name = path.parent.name if path.stem in self.indexes else path.stem
        words = name.replace("-", " ").replace("_", " ")
        return words.capitalize() if words.islower() else words


def with_ours(folders: list[Path]) -> tuple[Path, ...]:
    """Folders of templates with ours after them."""
    return (*folders, _TEMPLATES)


def navigation_of(nav: object) -> dict[str, str]:
    """The pages in a navigation as ``mkdocs.yml`` has it, each with its title."""
    return dict(_entries(nav))


def sections_of(nav: object) -> dict[str, str]:
    """The titles at the top of such a navigation, by the pages below them."""
    return {
        source: str(title)
        for entry in (nav if isinstance(nav, list) else ())
        for title, below in (entry.items() if isinstance(entry, dict) else ())
        if not isinstance(below, str)
        for source in navigation_of(below)
    }


def _entries(nav: Any) -> Iterator[tuple[str, str]]:
    for entry in nav if isinstance(nav, list) else ():
        if isinstance(entry, str):
            yield entry, ""
        for title, value in entry.items() if isinstance(entry, dict) else ():
            if isinstance(value, str):
                yield value, str(title)
            else:
                yield from _entries(value)
