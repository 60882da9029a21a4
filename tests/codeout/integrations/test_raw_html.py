"""What the comments of codeout leave of a rendered page: nothing, and no gap."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import markdown
import pytest
from codeout.integrations.raw_html import drop_comments, unwrap_html
from markdown.extensions import Extension
from markdown.treeprocessors import Treeprocessor

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

FENCE = "```python\nprint(1)\n```"
HIDDEN = f"<!-- codeout: hidden\n{FENCE}\n-->"
STEERING = [
    "<!-- codeout: rtol=1e-2 -->",
    "<!-- codeout: skip -->",
    "<!-- pytest.mark.skip -->",
    "<!--pytest-codeblocks:skip-->",
    HIDDEN,
    f"<!-- codeout: volatile -->\n{HIDDEN}",
    "<!-- {% raw %} -->",
]
KEPT = ["<!-- a note -->", "<!-- codeout-made line 3 -->", "<!-- codeouts: x -->"]
PLACES = {
    "alone": ("", ""),
    "tab": ('=== "Code"\n\n', "    "),
    "admonition": ("!!! note\n\n", "    "),
    "tab in a box": ('??? note\n\n    === "Code"\n\n', "        "),
    "item": ("- item\n\n", "    "),
    "quote": ("> text\n>\n", "> "),
}


class _Dropping(Treeprocessor):  # type: ignore[misc]  # Python-Markdown comes without types
    def run(self, root: Element) -> None:
        drop_comments(root, self.md.htmlStash.rawHtmlBlocks)
        unwrap_html(root, self.md.htmlStash.rawHtmlBlocks)


class _Ours(Extension):  # type: ignore[misc]  # as above
    def extendMarkdown(self, md: markdown.Markdown) -> None:  # noqa: N802  # its name there
        md.treeprocessors.register(_Dropping(md), "ours", -1000)


def rendered(text: str, place: str = "alone") -> str:
    """HTML without the numbers of fences and lines without anything."""
    first, indent = PLACES[place]
    body = "\n".join(f"{indent}{line}".rstrip() for line in text.splitlines())
    html = markdown.markdown(
        first + body,
        extensions=[
            *("admonition", "pymdownx.details", "pymdownx.superfences", "pymdownx.tabbed"),
            _Ours(),
        ],
    )
    return re.sub(r"\n+", "\n", html)


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("comment", STEERING)
def test_a_page_is_as_it_is_without_its_comments(comment: str, place: str) -> None:
    for before in ("", "Text.\n\n"):
        with_comment = rendered(f"{before}{comment}\n{FENCE}\n\nMore.", place)
        assert with_comment == rendered(f"{before}{FENCE}\n\nMore.", place)
        apart = rendered(f"{before}{FENCE}\n\n{comment}\n\nMore.", place)
        assert apart == rendered(f"{before}{FENCE}\n\nMore.", place)


@pytest.mark.parametrize("comment", STEERING[:-1])
def test_raw_html_loses_its_comments_too(comment: str) -> None:
    html = rendered(f"Text.\n\n<div>\n<b>Kept.</b>\n{comment}\n<!-- a note -->\n</div>\n\nMore.")
    assert "<b>Kept.</b>" in html
    assert "<!-- a note -->" in html
    assert html.count("<!--") == 1
    assert "print" not in html


@pytest.mark.parametrize("comment", KEPT)
def test_other_comments_stay(comment: str) -> None:
    assert comment in rendered(f"Text.\n\n{comment}\n\nMore.")


@pytest.mark.parametrize(
    "shown",
    [
        "`<!-- codeout: skip -->`",
        "    <!-- codeout: skip -->",
        "```html\n<!-- codeout: skip -->\n```",
        "````markdown\n<!-- codeout: hidden\n```python\n1\n```\n-->\n````",
    ],
)
def test_what_is_shown_as_code_stays(shown: str) -> None:
    assert "&lt;!-- codeout: " in rendered(f"Text.\n\n{shown}\n")


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize(
    "block",
    ['<div class="codeout-html"><table></table></div>', '<pre class="codeout-text">1</pre>'],
)
def test_no_paragraph_holds_an_output_that_is_html(block: str, place: str) -> None:
    html = rendered(block, place)
    assert block in html
    assert not re.search(r"<p>\s*<(div|pre)", html)
