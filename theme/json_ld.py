"""An MkDocs hook: what a page is, as data for search engines (JSON-LD of schema.org).

The home page is a course, lessons and labs are its parts. Templates find it as ``structured``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, Protocol

if TYPE_CHECKING:
    from collections.abc import Iterable

    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.structure.nav import Navigation
    from mkdocs.structure.pages import Page
    from mkdocs.utils.templates import TemplateContext

Data = dict[str, Any]


class Described(Protocol):
    """What is said of a page comes from here: MkDocs' own, or a page of a built site."""

    @property
    def title(self) -> str | None: ...  # noqa: D102
    @property
    def url(self) -> str: ...  # noqa: D102
    @property
    def canonical_url(self) -> str | None: ...  # noqa: D102
    @property
    def is_homepage(self) -> bool: ...  # noqa: D102
    @property
    def meta(self) -> Any: ...  # noqa: D102


_KINDS: Final = {"basics": "tutorial", "labs": "lab"}
_ABOUT: Final = {"inLanguage": ["ko", "en"], "isAccessibleForFree": True}


def on_page_context(
    context: TemplateContext, *, page: Page, config: MkDocsConfig, nav: Navigation
) -> TemplateContext:
    """Give the templates the data of a page, or None for a page that is no part of the course."""
    data = structured(page, nav.pages, config.site_name, config.site_url)
    context["structured"] = data  # type: ignore[typeddict-unknown-key]
    return context


def structured(
    page: Described, pages: Iterable[Described], name: str, address: str | None
) -> Data | None:
    """What a page is: the site and its course, a lesson, or nothing that has a name there.

    Args:
        page: The page.
        pages: All pages in the navigation, in order.
        name: The name of the site.
        address: The address of the site.
    """
    if page.is_homepage:
        site = {"@type": "WebSite", **_named(name), **_address(address)}
        course = {
            "@type": "Course",
            **_named(name),
            **_described(page),
            **_address(address),
            **_ABOUT,
            "hasPart": [_part(each) for each in pages if _kind(each)],
        }
        return {"@context": "https://schema.org", "@graph": [site, course]}
    if not _kind(page):
        return None
    whole = {"@type": "Course", **_named(name), **_address(address)}
    ran = page.meta.get("codeout", {}).get("date")
    return {
        "@context": "https://schema.org",
        **_part(page),
        **_described(page),
        **_ABOUT,
        "learningResourceType": _kind(page),
        "educationalLevel": "beginner",
        **({"dateModified": ran} if ran else {}),
        "isPartOf": whole,
    }


def _kind(page: Described) -> str:
    return _KINDS.get(page.url.partition("/")[0], "")


def _part(page: Described) -> Data:
    """A lesson, by its name, its place in the course and its address."""
    number, dot, name = str(page.title).partition(". ")
    numbered = bool(dot) and number.isdecimal()
    return {
        "@type": "LearningResource",
        **_named(name if numbered else str(page.title)),
        **({"position": int(number)} if numbered else {}),
        **_address(page.canonical_url),
    }


def _named(title: str) -> Data:
    """A name from `한국어 · English`."""
    korean, _, english = title.partition(" · ")
    return {"name": _both(korean, english)}


def _described(page: Described) -> Data:
    korean = page.meta.get("description")
    return {"description": _both(korean, page.meta.get("description_en", ""))} if korean else {}


def _both(korean: str, english: str) -> list[Data]:
    texts = {"ko": korean, "en": english}
    return [{"@language": name, "@value": text} for name, text in texts.items() if text]


def _address(url: str | None) -> Data:
    """A whole address; a site that does not know its own has none."""
    return {"url": url} if url else {}
