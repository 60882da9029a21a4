"""A server renders templates for what has changed, and shows the same as a build from nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from jinja2 import Template

from tests.support.mkdocs_server import check_rebuild, noting_server, run_pages

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.support.folder import Folder

SITE = """
site_name: Site
theme: {name: null, custom_dir: theme}
plugins: [codeout]
markdown_extensions:
- pymdownx.superfences
- pymdownx.tabbed: {alternate_style: true}
"""
NAV = "nav: [index.md, Part: [other.md]]\n"
ALL = ["index.md", "other.md"]
TEMPLATE = """{{ nav }}{% for item in nav.pages %}{{ item.meta.icon }}{% endfor %}
{{ config.site_name }}{% include "part.html" %}{{ page.toc }}{{ page.content }}{{ told }}"""
FILTER = "def on_env(env, **_):\n    env.filters['now'] = str\n    return env\n"
OF_A_PLUGIN = """
from mkdocs.structure.files import File

class Special(File):
    def __init__(self, file):
        self.file = file
        self.kind = {kind}

    def __getattr__(self, name):
        return getattr(self.file, name)

def on_files(files, **_):
    file = files.get_file_from_path("other.md")
    files.remove(file)
    files.append(Special(file))
    return files
"""
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
    return noting_server(site, found)


def run_again(site: Folder) -> None:
    """Change what is recorded of a page."""
    site.replace("docs/index.md", "print(1)", "print(2)")
    run_pages()


@pytest.mark.parametrize(
    ("change", "pages"),
    [
        (lambda _: None, []),
        (lambda site: site.replace("docs/other.md", "Text", "Words"), ["other.md"]),
        (run_again, ["index.md"]),
        (lambda site: site.replace("docs/other.md", "# Other", "# Title"), ALL),
        (lambda site: site.replace("docs/other.md", "icon: a", "icon: b"), ALL),
        (lambda site: site.replace("docs/other.md", "icon: a", "icon: 1"), ALL),
        (lambda site: site.replace("mkdocs.yml", "Site", "Place"), ALL),
        (lambda site: site.replace("mkdocs.yml", "Part:", "Piece:"), ALL),
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
    check_rebuild(site, rendered, change, pages, first=ALL)


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("theme/part.html", "{% for file in pages %}{{ file.page.content }}{% endfor %}"),
        ("theme/part.html", '{{ nav.pages[0].meta.get("codeout") }}'),
        ("theme/part.html", "{{ nav.pages[0].meta }}"),
        ("hook.py", FILTER),
        ("hook.py", CONTEXT.format("object()")),
        ("hook.py", OF_A_PLUGIN.format(kind="object()")),
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


def test_files_of_plugins_are_compared_with_all_that_plugins_add(
    site: Folder, rendered: Callable[[], list[str]]
) -> None:
    site.write("mkdocs.yml", f"{SITE}{NAV}hooks: [hook.py]\n")
    kind = "__import__('pathlib').Path('kind.txt').read_text()"
    site.write("hook.py", OF_A_PLUGIN.format(kind=kind))
    site.write("kind.txt", "one")
    assert rendered() == ALL
    assert rendered() == []
    site.write("kind.txt", "two")
    assert rendered() == ALL


def test_what_looks_otherwise_is_not_the_same(
    site: Folder, rendered: Callable[[], list[str]]
) -> None:
    assert rendered() == ALL
    for value in ("1", "true", "1.0", "'1'", "'True'"):
        site.write("docs/other.md", f"---\nicon: {value}\n---\n# Other\n\nText.\n")
        assert rendered() == ALL, value
        assert rendered() == []
