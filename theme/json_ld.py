"""An MkDocs hook: what a page is, as data for search engines (JSON-LD of schema.org).

The home page is a course, lessons and labs are its parts. Templates find it as ``structured``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.structure.nav import Navigation
    from mkdocs.structure.pages import Page
    from mkdocs.utils.templates import TemplateContext

Data = dict[str, Any]

_KINDS: Final = {"basics": "tutorial", "labs": "lab"}
_ABOUT: Final = {"inLanguage": ["ko", "en"], "isAccessibleForFree": True}


def on_page_context(
    context: TemplateContext, *, page: Page, config: MkDocsConfig, nav: Navigation
) -> TemplateContext:
    """Give the templates the data of a page, or None for a page that is no part of the course."""
    context["structured"] = structured(page, config, nav)  # type: ignore[typeddict-unknown-key]
    return context


def structured(page: Page, config: MkDocsConfig, nav: Navigation) -> Data | None:
    """What a page is: the site and its course, a lesson, or nothing that has a name there."""
    if page.is_homepage:
        site = {"@type": "WebSite", **_named(config.site_name), **_address(config.site_url)}
        course = {
            "@type": "Course",
            **_named(config.site_name),
            **_described(page),
            **_address(config.site_url),
            **_ABOUT,
            "hasPart": [_part(each) for each in nav.pages if _kind(each)],
        }
        return {"@context": "https://schema.org", "@graph": [site, course]}
    if not _kind(page):
        return None
    whole = {"@type": "Course", **_named(config.site_name), **_address(config.site_url)}
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


def _kind(page: Page) -> str:
    return _KINDS.get(page.url.partition("/")[0], "")


def _part(page: Page) -> Data:
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


def _described(page: Page) -> Data:
    korean = page.meta.get("description")
    return {"description": _both(korean, page.meta.get("description_en", ""))} if korean else {}


def _both(korean: str, english: str) -> list[Data]:
    texts = {"ko": korean, "en": english}
    return [{"@language": name, "@value": text} for name, text in texts.items() if text]


def _address(url: str | None) -> Data:
    """A whole address; a site that does not know its own has none."""
    return {"url": url} if url else {}
