"""Pages as GitHub shows them: with its Markdown, as they are or exported for it."""

from __future__ import annotations

import re
from html import unescape

import pytest
from codeout.engine.project import Project
from codeout.engine.update import Update
from markdown_it import MarkdownIt
from mdit_py_plugins.gfm import gfm_plugin

from tests.codeout.cli.test_main import codeout
from tests.support.folder import Folder

GITHUB = MarkdownIt("commonmark").use(gfm_plugin)
SETTINGS = """
[tool.codeout]
console = ["console"]
colour = true
pages = ["page.md", "tabs.md", "book"]
snippets = ["pieces"]
"""
PAGE = """# Page

<!-- codeout: out -->
```python
print("in a fence")
```

```pycon
>>> "in a transcript"
```

```python
print("in a comment")
#> …
```

```console
$ echo "on a terminal"
```

- In a list:

    <!-- codeout: out raises=ZeroDivisionError -->
    ```python
    1 / 0
    ```

> In a quote:
>
> <!-- codeout: out -->
> ```python
> print("quoted")
> ```

<!-- codeout: hidden
```python
hidden = True

assert hidden
```
-->

<!-- codeout: out -->
```python
from PIL import Image

print("~~~ ``` <!-- <b> --> ===")
Image.new("L", (4, 4))
```

End.
"""
IN_ORDER = [
    *('print("in a fence")', "in a fence\n"),
    *('>>> "in a transcript"', "'in a transcript'\n"),
    *('print("in a comment")', "#> in a comment\n"),
    *('$ echo "on a terminal"', "on a terminal\n"),
    *("In a list:", "1 / 0", "Traceback (most recent call last):", "ZeroDivisionError: division"),
    *("In a quote:", 'print("quoted")', "quoted\n"),
    *('print("~~~ ``` <!-- <b> --> ===")', "~~~ ``` <!-- <b> --> ===\n"),
    "End.",
]
WHOLE = """---
title: Whole
---

# Whole { #top }

--8<-- "part.md"

[Up](../other.md#there), [here](#top) and ![a picture](shot.png){ width=9 }

<!-- codeout: hidden
```python
word = "-->"
```
-->

=== "Code"

    ```python
    print(word)
    ```

!!! note "A note"

    Its text.

- In a list:

    === "Code"

        ```python
        print("a", "b", sep="\\n\\n\\n")
        ```

End.
"""
EXPORTED = """# <a id="top"></a>Whole

A part.

[Up](other.md#there), [here](#top) and ![a picture](book/shot.png)

```python
print(word)
```

**Out**

```
-->
```

**A note**

Its text.

- In a list:

    ```python
    print("a", "b", sep="\\n\\n\\n")
    ```

    **Out**

    ```
    a


    b
    ```

End.
"""
TABS = """Before.

=== "Code"

    <!-- codeout: timeout=9 -->
    ```python
    print("# shown")
    ```

After.
"""


@pytest.fixture(scope="module")
def ran(tmp_path_factory: pytest.TempPathFactory) -> Folder:
    """A folder whose pages have run."""
    folder = Folder(tmp_path_factory.mktemp("repository"))
    folder.write("pyproject.toml", SETTINGS)
    folder.write("page.md", PAGE)
    folder.write("tabs.md", TABS)
    folder.write("book/whole.md", WHOLE)
    folder.write("pieces/part.md", "A part.\n")
    project = Project.open(folder.root)
    for event in project.execute(project.plans()):
        if isinstance(event, Update):
            assert project.write(event) == ()
    return folder


def seen(html: str) -> str:
    """The words of a page; GitHub removes comments."""
    return unescape(re.sub(r"<!--.*?-->|<[^<>]*>", "", html, flags=re.DOTALL))


def test_outputs_are_shown_after_their_code(ran: Folder) -> None:
    html = GITHUB.render(ran.read("page.md"))
    words = seen(html)
    at = 0
    for place in IN_ORDER:
        at = words.index(place, at) + len(place)
    assert "hidden" not in words
    assert "codeout" not in words
    assert '<img src="assets/out/page/1.png" alt="figure 1" />' in html
    assert words.count("```") == 2, "in the code and in what it prints"


def test_the_fences_of_tabs_are_shown_as_text_and_nothing_else_is_changed(ran: Folder) -> None:
    """So pages that are read on GitHub have their outputs in fences."""
    assert GITHUB.render(ran.read("tabs.md")) == (
        "<p>Before.</p>\n"
        "<p>=== &quot;Code&quot;</p>\n"
        "<pre><code>&lt;!-- codeout: timeout=9 --&gt;\n"
        "```python\nprint(&quot;# shown&quot;)\n```\n</code></pre>\n"
        "<p>=== &quot;Out&quot;</p>\n"
        "<pre><code>```\n# shown\n```\n</code></pre>\n"
        "<p>After.</p>\n"
    )


def test_an_exported_page_shows_each_output_below_its_code(
    ran: Folder, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(ran.root)
    done = codeout("export", "book/whole.md", "--to", "md")
    assert (done.exit_code, done.stdout) == (0, "whole.md\n")
    assert ran.read("whole.md") == EXPORTED
    html = GITHUB.render(EXPORTED)
    assert "===" not in seen(html)
    assert re.findall(r'<code class="language-python">(.*?)\n</code>', html) == [
        "print(word)",
        "print(&quot;a&quot;, &quot;b&quot;, sep=&quot;\\n\\n\\n&quot;)",
    ]
    assert re.findall(r"<code>(.*?)</code>", html, re.DOTALL) == ["--&gt;\n", "a\n\n\nb\n"]


def test_links_of_an_exported_page_lead_from_its_file_or_from_the_base(
    ran: Folder, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(ran.root)
    command = ("export", "book/whole.md", "--to", "md", "-o")
    codeout(*command, "pieces/copy.md")
    assert "[Up](../other.md#there), [here](#top) and ![a picture](../book/shot.png)" in ran.read(
        "pieces/copy.md"
    )
    told = codeout(*command, "-", "--base", "https://example.org/book/whole/").stdout
    assert "[Up](https://example.org/book/other.md#there)" in told


def test_a_notebook_is_not_exported_as_markdown(
    ran: Folder, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(ran.root)
    ran.notebook("lab.ipynb", ("1 + 1", "2"))
    done = codeout("export", "lab.ipynb", "--to", "md", "-o", "-")
    assert done.exit_code == 2
    assert done.stderr == (
        "codeout: lab.ipynb: only a page of Markdown can be exported as Markdown\n"
        "  hint: export it with `--to ipynb` or `--to py`\n"
    )


LINKS = """---
title: Links
---

[Data](#data-files), [home](/index.md#top), [none](/none.md),
[two words](<two words.md> 'So'),
<a href="other.md#there">other</a>, <img alt="" src='shot.png'>, `<a href="other.md">`.

    [code](other.md)

- In a list:

    [text](other.md)

## Files { #data-files data-ko="파일" }

> Before:
>
> === "Code"
>
>     ```python
>     print("quoted")
>     ```
"""
LED = """# Links

[Data](#data-files), [home](docs/index.md#top), [none](/none.md),
[two words](<docs/two words.md> 'So'),
<a href="docs/other.md#there">other</a>, <img alt="" src='docs/shot.png'>, `<a href="other.md">`.

    [code](other.md)

- In a list:

    [text](docs/other.md)

## <a id="data-files"></a>Files · 파일

> Before:
>
> ```python
> print("quoted")
> ```
"""


def test_what_leads_elsewhere_leads_there_from_a_readme(
    folder: Folder, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(folder.root)
    folder.write(
        "pyproject.toml", "[tool.codeout]\npages = ['docs']\nheading-attributes = ['data-ko']\n"
    )
    folder.write("mkdocs.yml", "site_name: Site\n")
    folder.write("docs/index.md", "")
    folder.write("docs/links.md", LINKS)
    assert codeout("export", "docs/links.md", "--to", "md", "-o", "README.md").exit_code == 1, (
        "stale"
    )
    assert folder.read("README.md").partition("> **Out**")[0].rstrip("> \n") == LED.rstrip("> \n")


@pytest.mark.parametrize("text", ["Own\n===\n", "# Own\n", "<h1>Own</h1>\n"])
def test_a_page_has_one_title(folder: Folder, monkeypatch: pytest.MonkeyPatch, text: str) -> None:
    monkeypatch.chdir(folder.root)
    folder.write("pyproject.toml", "[tool.codeout]\npages = ['page.md']\n")
    folder.write("page.md", f"---\ntitle: Named\n---\n\n{text}")
    assert codeout("export", "page.md", "--to", "md", "-o", "-").stdout == text


def test_a_quote_begins_with_its_tab(folder: Folder, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(folder.root)
    folder.write("pyproject.toml", "[tool.codeout]\npages = ['page.md']\n")
    folder.write("page.md", '> === "Code"\n>\n>     ```text\n>     a\n>\n>\n>     ```\n')
    told = codeout("export", "page.md", "--to", "md", "-o", "-").stdout
    assert told == "> ```text\n> a\n>\n>\n> ```\n"
