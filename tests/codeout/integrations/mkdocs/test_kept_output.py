"""A server renders templates for what has changed, and shows the same as a build from nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from jinja2 import Template
from mkdocs.commands.build import build
from mkdocs.config import load_config

from tests.codeout.integrations.mkdocs.test_kept_html import (
    ADDRESS,
    SITE,
    replace,
    run_pages,
    shown,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.support.folder import Folder

TOLD = "{'words': Path('told.txt').read_text()}"
NAV = "nav: [index.md, Part: [other.md]]\n"
ALL = ["index.md", "other.md"]
TEMPLATE = """{{ nav }}{% for item in nav.pages %}{{ item.meta.icon }}{% endfor %}
{{ config.site_name }}{% include "part.html" %}{{ page.toc }}{{ page.content }}{{ told }}"""
FILTER = "def on_env(env, **_):\n    env.filters['now'] = str\n    return env\n"
CONTEXT = "def on_page_context(context, **_):\n    context['told'] = {}\n    return context\n"


@pytest.fixture
def site(folder: Folder) -> Folder:
    """A site of two pages, of which one runs."""
    folder.write("pyproject.toml", "[tool.codeout]\npages = ['docs']\n")
    folder.write("mkdocs.yml", SITE + NAV)
    folder.write("theme/main.html", TEMPLATE)
    folder.write("theme/part.html", "Part.")
    folder.page("docs/index.md", ("print(1)", "1"))
    folder.write("docs/other.md", "---\nicon: a\n---\n# Other\n\nText.\n")
    run_pages()
    return folder


@pytest.fixture
def rendered(site: Folder, monkeypatch: pytest.MonkeyPatch) -> Callable[[], list[str]]:
    """Builds as a server does, and returns the pages whose templates were rendered."""
    found: list[str] = []
    render = Template.render

    def noted(template: Template, *args: Any, **kwargs: Any) -> str:
        if template.name == "main.html":
            found.append(args[0]["page"].file.src_uri)
        return render(template, *args, **kwargs)

    monkeypatch.setattr(Template, "render", noted)
    load_config(str(site.root / "mkdocs.yml")).plugins.on_startup(command="serve", dirty=False)

    def built() -> list[str]:
        found.clear()
        config = load_config(str(site.root / "mkdocs.yml"))
        config.site_url = ADDRESS
        build(config, serve_url=ADDRESS)
        return sorted(found)

    return built


def run_again(site: Folder) -> None:
    """Change what is recorded of a page."""
    replace(site, "docs/index.md", "print(1)", "print(2)")
    run_pages()


@pytest.mark.parametrize(
    ("change", "pages"),
    [
        (lambda _: None, []),
        (lambda site: replace(site, "docs/other.md", "Text", "Words"), ["other.md"]),
        (run_again, ["index.md"]),
        (lambda site: replace(site, "docs/other.md", "# Other", "# Title"), ALL),
        (lambda site: replace(site, "docs/other.md", "icon: a", "icon: b"), ALL),
        (lambda site: replace(site, "mkdocs.yml", "Site", "Place"), ALL),
        (lambda site: replace(site, "mkdocs.yml", "Part:", "Piece:"), ALL),
        (lambda site: site.write("theme/part.html", "Piece."), ALL),
        (lambda site: site.write("docs/new.md", "New.\n"), [*ALL[:1], "new.md", *ALL[1:]]),
    ],
)
def test_what_has_changed_is_rendered_again_and_nothing_else(
    site: Folder,
    rendered: Callable[[], list[str]],
    change: Callable[[Folder], None],
    pages: list[str],
) -> None:
    assert rendered() == ALL
    change(site)
    assert rendered() == pages
    kept = shown(site)
    config = load_config(str(site.root / "mkdocs.yml"))
    config.plugins.on_startup(command="serve", dirty=False)  # forgets what was kept
    assert rendered() == sorted({*ALL, *pages})
    assert shown(site) == kept


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("theme/part.html", "{% for file in pages %}{{ file.page.content }}{% endfor %}"),
        ("theme/part.html", '{{ nav.pages[0].meta.get("codeout") }}'),
        ("theme/part.html", "{{ nav.pages[0].meta }}"),
        ("hook.py", FILTER),
        ("hook.py", CONTEXT.format("object()")),
    ],
)
def test_what_nobody_can_compare_is_rendered_in_every_build(
    site: Folder, rendered: Callable[[], list[str]], name: str, text: str
) -> None:
    site.write("hook.py", "")
    site.write("mkdocs.yml", f"{SITE}{NAV}hooks: [hook.py]\n")
    site.write(name, text)
    assert rendered() == rendered() == ALL


def test_what_a_hook_tells_templates_counts(
    site: Folder, rendered: Callable[[], list[str]]
) -> None:
    site.write("mkdocs.yml", f"{SITE}{NAV}hooks: [hook.py]\n")
    site.write(
        "hook.py", CONTEXT.format("{'words': __import__('pathlib').Path('told.txt').read_text()}")
    )
    site.write("told.txt", "one")
    assert rendered() == ALL
    assert rendered() == []
    site.write("told.txt", "two")
    assert rendered() == ALL
