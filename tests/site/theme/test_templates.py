"""The templates keep to what Jinja and MiniJinja share: MkDocs uses the one, Zensical the other."""

from __future__ import annotations

from html import unescape
from typing import TYPE_CHECKING, Any

import pytest
from jinja2 import DictLoader, Environment
from minijinja import Environment as MiniEnvironment

from tests.support.paths import ROOT

if TYPE_CHECKING:
    from collections.abc import Mapping

THEME = ROOT / "theme" / "overrides"
# What the generators bring: a frame with the blocks that ours fill in, icons, words.
STUBS = {
    "base.html": "".join(
        f"{{% block {name} %}}<{name}>{text}</{name}>{{% endblock %}}\n"
        for name, text in {
            "site_meta": '<link rel="canonical" href="{{ page.canonical_url }}">',
            "htmltitle": "<title>{{ page.title }}</title>",
            "libs": "",
            "content": "<h1>{{ page.title }}</h1>{{ page.content }}",
        }.items()
    ),
    **{
        f".icons/{name}.svg": f"<svg>{name}</svg>"
        for name in (
            "fontawesome/brands/git-alt",
            "material/download",
            "material/flag-outline",
            "material/magnify",
            "material/pencil-outline",
            "material/translate",
            "simple/googlecolab",
        )
    },
}
MADE = {
    "fresh": False,
    "python": "3.11",
    "versions": {"torch": "2", "numpy": "1"},
    "device": "cpu",
    "date": "2026-11-29",
    "seconds": 1.6,
    "stand_ins": ["a/b.pth", "c.pth"],
}
FILES = {"ipynb": "a.ipynb", "py": "a.py"}
HOME = {"url": "", "title": "Home", "meta": {}, "content": "Text", "canonical_url": "https://a.b/"}
LESSON = {
    "url": "basics/a/",
    "title": "1. 하나 & 둘 · One",
    "canonical_url": None,
    "content": "<p>Text</p>",
    "previous_page": HOME,
    "next_page": None,
    "meta": {
        "codeout": MADE,
        "codeout_export": FILES,
        "codeout_source": "basics/a b.md",
        "description": "“설명”",
    },
}
ENGLISH = {**LESSON, "meta": {"lang": "en", "codeout_source": "a.ipynb"}, "next_page": LESSON}
CONFIGS: Mapping[str, dict[str, Any]] = {
    "nothing": {"repo_url": None, "site_url": None},
    "all": {"repo_url": "https://github.com/a/b/", "site_url": "https://a.b/"},
    "elsewhere": {"repo_url": "https://example.org/a", "site_url": "https://a.b/"},
}
TEMPLATES = sorted(
    path.relative_to(THEME).as_posix()
    for path in THEME.rglob("*.html")
    if not path.is_relative_to(THEME / "codeout")  # rendered by codeout, with Jinja alone
    and path.parent.name != "languages"
)


@pytest.mark.parametrize("config", CONFIGS)
@pytest.mark.parametrize("page", [HOME, LESSON, ENGLISH], ids=["home", "lesson", "English"])
@pytest.mark.parametrize("name", TEMPLATES)
def test_both_engines_render_the_same(name: str, page: dict[str, Any], config: str) -> None:
    context = {
        "page": page,
        "config": {
            "site_name": "과정 · Course",
            "site_description": "What",
            "repo_name": "b",
            "theme": {"icon": {"repo": None}},
            **CONFIGS[config],
        },
        "nav": {"homepage": {"url": ""}},
    }
    with_jinja, with_minijinja = jinja(name, context), minijinja(name, context)
    assert with_minijinja == with_jinja
    assert with_jinja or page is HOME or name.endswith(("tools.html", "made.html"))


@pytest.mark.parametrize("page", [HOME, {**LESSON, "canonical_url": "/basics/a/"}])
def test_a_site_without_an_address_claims_none(page: dict[str, Any]) -> None:
    """Zensical gives pages an address then, too."""
    config = {"site_name": "Course", "site_description": "What", **CONFIGS["nothing"]}
    text = "\n".join(minijinja("main.html", {"page": page, "config": config}))
    assert 'property="og:title"' in text
    assert "canonical" not in text
    assert "og:url" not in text
    assert "og:image" not in text


def sources() -> dict[str, str]:
    """All templates, by name."""
    own = {name: (THEME / name).read_text(encoding="utf-8") for name in TEMPLATES}
    return {**STUBS, **own}


def lines(text: str) -> list[str]:
    """A text without what only its layout changes; MiniJinja escapes slashes, too."""
    return [unescape(line.strip()) for line in text.splitlines() if line.strip()]


class Words:
    """What Material's templates import as ``lang``."""

    def t(self, name: str) -> str:
        """The name of something, in the language of the site."""
        return name


def jinja(name: str, context: dict[str, Any]) -> list[str]:
    """Render a template as MkDocs does."""
    environment = Environment(loader=DictLoader(sources()), autoescape=False)  # noqa: S701  # as there
    environment.filters["url"] = address
    return lines(environment.get_template(name).render(lang=Words(), **context))


def minijinja(name: str, context: dict[str, Any]) -> list[str]:
    """Render a template as Zensical does."""
    environment = MiniEnvironment(templates=sources(), auto_escape_callback=lambda _: False)
    environment.add_filter("url", address)
    return lines(environment.render_template(name, lang=Words(), **context))


def address(url: str) -> str:
    return f"/{url}"
