"""A small site of Sphinx with MyST-Parser, with a page that has every kind of output."""

from __future__ import annotations

import re
from html import unescape
from typing import TYPE_CHECKING

from sphinx.cmd.build import build_main

if TYPE_CHECKING:
    from tests.support.folder import Folder

SETTINGS = """
[tool.codeout]
pages = ["docs"]
lock = "codeout.lock"
figures = "docs/out"
colour = true
interactive = ["html"]
export = ["docs/page.md"]
"""
CONF = """
project = "small"
extensions = ["myst_parser", "codeout.sphinx"]
codeout_repository = "https://example.org/repo/"
"""
INDEX = """# Home

```{toctree}
page
```

<!-- codeout-verification -->
"""
PAGE = """# Page

=== "Code"

    ```python
    print("in a tab")
    ```

=== "Out"

    ```
    ```

<!-- codeout: out -->
```python
print("in a fence")
```

```pycon
>>> "in a transcript"
```

```python
print("in a comment")
#>
```

!!! note "A box"

    === "Code"

        <!-- codeout: raises=ZeroDivisionError -->
        ```python
        1 / 0
        ```

    === "Out"

        ```
        ```

- In a list:

    === "Code"

        ```python
        from PIL import Image

        Image.new("L", (4, 4))
        ```

    === "Out"

        ```
        ```

<!-- codeout: out -->
```python
print("\\x1b[31min <red>\\x1b[0m")
```

<!-- codeout: hidden
```python
hidden = "-->"
```
-->
"""
NOTE = '<details class="codeout-made"'
STALE = "This output is not verified"
BANNER = "The outputs on this page are not verified"


def write_site(folder: Folder) -> None:
    """Write the site and its settings."""
    folder.write("pyproject.toml", SETTINGS)
    folder.write("docs/conf.py", CONF)
    folder.write("docs/index.md", INDEX)
    folder.write("docs/page.md", PAGE)


def build(*words: str, builder: str = "html") -> int:
    """Build the site; returns the exit status."""
    return build_main(["-q", "-d", "trees", "-b", builder, *words, "docs", builder])


def make_stale(folder: Folder) -> None:
    """Change the first block of the page, which is on line 5."""
    folder.write("docs/page.md", folder.read("docs/page.md").replace("in a tab", "elsewhere", 1))


def article(html: str) -> str:
    """The article of a page."""
    return html.partition('role="main">')[2].partition("sphinxsidebar")[0]


def seen(html: str) -> str:
    """The words of a page."""
    return unescape(re.sub(r"<!--.*?-->|<[^<>]*>", "", article(html), flags=re.DOTALL))
