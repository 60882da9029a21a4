"""Pages as GitHub shows them: with its Markdown, and without any extension of ours."""

from __future__ import annotations

import re
from html import unescape

import pytest
from codeout.engine.project import Project
from codeout.engine.update import Update
from markdown_it import MarkdownIt
from mdit_py_plugins.gfm import gfm_plugin

from tests.support.folder import Folder

GITHUB = MarkdownIt("commonmark").use(gfm_plugin)
SETTINGS = """
[tool.codeout]
console = ["console"]
colour = true
pages = ["page.md", "tabs.md"]
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
