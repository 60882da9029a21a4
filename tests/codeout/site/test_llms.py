"""The Markdown of pages beside their HTML, and the list of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from codeout.engine.project import Project
from codeout.engine.update import Update
from codeout.site.complete import complete
from mkdocs.commands.build import build
from mkdocs.config import load_config

from tests.support.folder import tabs

if TYPE_CHECKING:
    from tests.support.folder import Folder

SETTINGS = "[tool.codeout]\npages = ['docs']\nllms-txt = true\nheading-attributes = ['data-ko']\n"
SITE = """site_name: A Course
site_description: >
  All of it,
  in a line.
site_url: https://example.org/course/
nav:
  - Home: index.md
  - Lessons:
      - One: lessons/one.md
      - Lab: lessons/lab.md
  - About: about.md
markdown_extensions: [codeout.markdown]
"""
LESSON = """---
description: How to begin.
---

# One { #one data-ko="하나" }

[About](../about.md#us), [the lab](lab.ipynb),
[a picture](<../a picture.png>),
[one](#one), `<!-- codeout: skip -->`.

<!-- codeout: hidden
```python
answer = 42
assert answer == 42
```
-->

<!-- codeout: timeout=9 -->
<!-- pytest.mark.skip -->
```python
skipped()
```

"""
PLAIN = """# <a id="one"></a>One · 하나

[About](../../about/index.md#us), [the lab](../lab/index.md),
[a picture](../../a%20picture.png),
[one](#one), `<!-- codeout: skip -->`.

```python
skipped()
```

```python
print(answer)
```

**Out**

```
42
```
"""
INDEX = """# A Course

> All of it, in a line.

## Pages

- [Home](https://example.org/course/index.md)
- [About](https://example.org/course/about/index.md)
- [More](https://example.org/course/more/index.md)

## Lessons

- [One](https://example.org/course/lessons/one/index.md): How to begin.
- [Lab](https://example.org/course/lessons/lab/index.md)
"""
PICTURE = """{"data": {"image/png": "aaaa"}, "output_type": "display_data",
"metadata": {"image/png": {"alt": "A <hat>"}}}"""


@pytest.fixture
def site(folder: Folder) -> Folder:
    """A site whose pages have run, with pages in and outside of parts of the navigation."""
    folder.write("pyproject.toml", SETTINGS)
    folder.write("mkdocs.yml", SITE)
    folder.write("docs/index.md", "# Home\n")
    folder.write("docs/about.md", "# About\n\n## Us\n")
    folder.write("docs/more.md", "# More\n\n[Home](index.md) [elsewhere](../else.txt)\n")
    folder.write("docs/a picture.png", "")
    folder.write("docs/lessons/one.md", f"{LESSON}{tabs('print(answer)', '')}")
    folder.write("docs/lessons/lab.md", "# Lab\n\n<!-- codeout-notebook lab.ipynb -->\n")
    folder.notebook("docs/lessons/lab.ipynb", ("print(6 * 7)", ""))
    project = Project.open()
    for event in project.execute(project.plans()):
        if isinstance(event, Update):
            assert project.write(event) == ()
    for page in ("", "about/", "more/", "lessons/one/", "lessons/lab/"):
        folder.write(f"site/{page}index.html", "")
    return folder


def test_markdown_stands_beside_the_html_of_a_page_without_what_steers_codeout(
    site: Folder,
) -> None:
    assert {*complete(site.root)} >= {
        site.root / "site" / name
        for name in ("llms.txt", "index.md", "about/index.md", "more/index.md")
    }
    assert site.read("site/lessons/one/index.md") == PLAIN
    more = site.read("site/more/index.md")
    assert more == "# More\n\n[Home](../index.md) [elsewhere](../else.txt)\n"


def test_the_list_has_pages_by_parts_of_the_navigation(site: Folder) -> None:
    complete(site.root)
    assert site.read("site/llms.txt") == INDEX


def test_without_a_navigation_parts_are_folders(site: Folder) -> None:
    site.write("mkdocs.yml", "site_name: A\nmarkdown_extensions: [codeout.markdown]\n")
    complete(site.root)
    text = site.read("site/llms.txt")
    assert text.startswith("# A\n\n## Pages\n\n- [About](about/index.md)\n- [Home](index.md)\n")
    assert "\n## Lessons\n\n- [Lab](lessons/lab/index.md)\n- [One" in text


def test_addresses_may_be_files(site: Folder) -> None:
    site.write("mkdocs.yml", f"{SITE}use_directory_urls: false\n")
    for page in ("about", "more", "lessons/one", "lessons/lab"):
        site.write(f"site/{page}.html", "")
    complete(site.root)
    assert "[About](../about.md#us), [the lab](lab.md)" in site.read("site/lessons/one.md")
    assert "(https://example.org/course/lessons/one.md)" in site.read("site/llms.txt")


def test_a_page_that_shows_a_notebook_has_its_cells(site: Folder) -> None:
    complete(site.root)
    assert site.read("site/lessons/lab/index.md") == (
        "# Lab\n\n```python\nprint(6 * 7)\n```\n\n```text\n42\n```\n"
    )


def test_a_notebook_in_the_navigation_is_described_by_the_page_that_shows_it(site: Folder) -> None:
    site.write("mkdocs.yml", SITE.replace("lab.md", "lab.ipynb"))
    page = site.read("docs/lessons/lab.md")
    site.write("docs/lessons/lab.md", f"---\ndescription: A lab.\n---\n{page}")
    complete(site.root)
    lab = "- [Lab](https://example.org/course/lessons/lab/index.md)\n"
    assert site.read("site/llms.txt") == INDEX.replace(lab, f"{lab[:-1]}: A lab.\n")
    assert site.read("site/lessons/lab/index.md").startswith("# Lab\n\n```python\n")


def test_pictures_in_a_notebook_are_told(site: Folder) -> None:
    book = site.read("docs/lessons/lab.ipynb")
    start, mark, end = book.partition('"outputs": [')
    site.write("docs/lessons/lab.ipynb", f"{start}{mark}{PICTURE}, {end}")
    complete(site.root)
    text = site.read("site/lessons/lab/index.md")
    assert "```\n\n*A <hat>*\n\n```text" in text


def test_a_stale_page_says_so(site: Folder) -> None:
    site.write("docs/lessons/one.md", site.read("docs/lessons/one.md").replace("42", "43"))
    complete(site.root)
    first, *_ = site.read("site/lessons/one/index.md").splitlines()
    assert first == "> The outputs on this page are not verified."


def test_a_page_with_a_problem_has_no_markdown_and_is_listed(site: Folder) -> None:
    site.write("docs/more.md", "# More\n\n<!-- codeout: nothing -->\n```python\n1\n```\n")
    complete(site.root)
    assert not (site.root / "site" / "more" / "index.md").exists()
    assert "\n- [More](https://example.org/course/more/)\n" in site.read("site/llms.txt")


def test_what_an_author_has_written_stays(site: Folder) -> None:
    site.write("docs/llms.txt", "Ours.\n")
    site.write("site/llms.txt", "Ours.\n")
    complete(site.root)
    assert site.read("site/llms.txt") == "Ours.\n"


def test_a_change_of_a_page_is_written_again(site: Folder) -> None:
    complete(site.root)
    site.write("docs/about.md", "# About them\n")
    complete(site.root)
    assert site.read("site/about/index.md") == "# About them\n"


def test_mkdocs_writes_them_as_well(site: Folder) -> None:
    ours = "theme: {name: null, custom_dir: theme}\nplugins: [codeout]\n"
    site.write("mkdocs.yml", SITE + ours)
    site.write("theme/main.html", "{{ page.content }}")
    build(load_config(str(site.root / "mkdocs.yml")))
    assert site.read("site/lessons/one/index.md") == PLAIN
    assert site.read("site/llms.txt") == INDEX


def test_nothing_is_written_unless_the_settings_ask_for_it(site: Folder) -> None:
    site.write("pyproject.toml", SETTINGS.replace("true", "false"))
    complete(site.root)
    assert not [*(site.root / "site").rglob("*.md"), *(site.root / "site").rglob("*.txt")]
