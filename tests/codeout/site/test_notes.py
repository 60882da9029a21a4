"""Notes on outputs: marks change nothing else of a page, and notes stand beside their outputs."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import unquote

import markdown
import pytest
from codeout.engine.plan import Plan
from codeout.output.markdown_reader import ForeignText, read
from codeout.page.document import parse
from codeout.site import folded
from codeout.site.notes import mark, replace_marks, titles
from hypothesis import assume, given, settings

from tests.support.documents import tabbed_documents
from tests.support.paths import ROOT

if TYPE_CHECKING:
    from collections.abc import Iterable

LESSONS = sorted((ROOT / "docs").rglob("*.md"))
MARK = re.compile(r"\s*(<p>)?<!-- codeout-(made|error) [^<>]* -->\s*(?(1)</p>\s*)")

EXTENSIONS = [
    *("admonition", "def_list", "footnotes", "md_in_html", "tables"),
    *("pymdownx.details", "pymdownx.superfences", "pymdownx.tabbed"),
]
PAIR = """=== "Code"

    {comment}
    ```python
    1 / 0
    ```

=== "Out"

    ```
    {out}
    ```
"""


def planned(source: str) -> Plan:
    """A page, read and taken apart; outputs that are not ours show nothing."""
    page = parse(source.encode())
    shown = []
    for slot in page.slots:
        try:
            shown.append(read(slot))
        except ForeignText:
            shown.append(())
    return Plan("page.md", Path("page.md"), source.encode(), page, tuple(shown))


def marked(source: str) -> str:
    return mark(source, planned(source))


def rendered(source: str) -> str:
    """HTML, as it is on the site."""
    return markdown.markdown(
        source,
        extensions=EXTENSIONS,
        extension_configs={"pymdownx.tabbed": {"alternate_style": True}},
    )


def pair(comment: str = "", out: str = "1") -> str:
    return PAIR.format(comment=comment, out=out).replace("    \n", "")


def nested(source: str, first: str, then: str) -> str:
    lines = [(then + line).rstrip() for line in source.splitlines()]
    return "\n".join([first, *lines, ""])


CONTAINERS = {
    "alone": pair(),
    "admonition": nested(pair(), "!!! note\n", "    "),
    "tab": nested(pair(), '=== "Torch"\n', "    "),
    "list": nested(pair(), "- item\n", "    "),
    "quote": nested(pair(), "> text\n>", "> "),
    "tab in admonition in list": nested(nested(pair(), "!!! note\n", "    "), "- item\n", "    "),
    "indented by tabs": pair().replace("    ", "\t"),
    "crlf": pair().replace("\n", "\r\n"),
    "other tabs after it": f'{pair()}\n=== "Other"\n\n    text\n',
    "text right after it": f"{pair()}text\n",
    "no final newline": pair().rstrip("\n"),
    "two pairs": f"{pair()}\n{pair()}",
    "what looks like front matter": f"---\n\nkey: value\n\n---\n\n{pair()}",
}


@pytest.mark.parametrize("source", CONTAINERS.values(), ids=CONTAINERS)
def test_a_note_stands_right_after_its_output_in_the_same_tab(source: str) -> None:
    html = replace_marks(
        rendered(marked(source)), titles(planned(source)), lambda kind, _: f"[{kind}]"
    )
    blocks = html.split('<div class="tabbed-block">')[1:]
    outs = [block for block in blocks if re.search(r"<code>1\n</code></pre></div>", block)]
    assert len(outs) == len(planned(source).page.slots) > 0
    for out in outs:
        assert re.search(r"<code>1\n</code></pre></div>\n\[made\]\n</div>", out), html
        assert "<p>[" not in out
    assert html.count("[made]") == len(outs)


@pytest.mark.parametrize("source", CONTAINERS.values(), ids=CONTAINERS)
def test_marks_change_nothing_else(source: str) -> None:
    assert squeezed(MARK.sub("\n", rendered(marked(source)))) == squeezed(rendered(source))


@settings(deadline=None, max_examples=50)
@given(tabbed_documents())
def test_marks_change_nothing_else_on_generated_pages(source: bytes) -> None:
    text = source.decode()
    assume("\r" not in text)
    with_marks = marked(text)
    assert with_marks.count("<!-- codeout-made") == sum(
        bool(slot.source) for slot in parse(source).slots
    )
    assert squeezed(MARK.sub("\n", rendered(with_marks))) == squeezed(rendered(text))


@pytest.mark.parametrize("file", LESSONS, ids=lambda file: file.stem)
def test_without_its_marks_a_page_is_as_it_was(file: Path) -> None:
    """Only marks and blank lines are put in, and no line is lost."""
    source = file.read_text(encoding="utf-8").partition("\n---\n")[2]
    lines = marked(source).splitlines()
    left = [line for line in lines if not (MARK.fullmatch(line) or folds([line]))]
    assert folds(lines) == folds_of(source)
    assert [line for line in left if line.strip()] == [
        line for line in source.splitlines() if line.strip()
    ]


def folds(lines: Iterable[str]) -> list[str | None]:
    """The ranges of versions that marks alone on lines open, each before a ``None`` to close it."""
    found = [folded.MARK.fullmatch(line.lstrip("> ")) for line in lines]
    return [each["versions"] and unquote(each["versions"]) for each in found if each]


def folds_of(source: str) -> list[str | None]:
    """The marks that a page needs: a pair for each output of a range, in their order."""
    outputs = planned(source).page.outputs
    return [each for slot in outputs if slot.versions for each in (slot.versions, None)]


@pytest.mark.parametrize(
    ("comment", "out", "told"),
    [
        ("", "1", False),
        ("<!-- codeout: raises=ZeroDivisionError -->", "1", True),
        ("<!-- pytest.mark.xfail -->", "1", False),
        ("<!-- pytest.mark.xfail -->", "Traceback (most recent call last):", True),
        ("", "Traceback (most recent call last):", False),
    ],
)
def test_an_output_that_is_an_error_says_so_first(comment: str, out: str, told: bool) -> None:
    html = rendered(marked(pair(comment, out)))
    assert ("<!-- codeout-error" in html) == told
    if told:
        assert re.search(r'<div class="tabbed-block">\n<!-- codeout-error line \d -->', html)


def test_a_mark_names_the_block_by_its_line_in_the_file() -> None:
    plan = planned(f"---\ntitle: a\n---\n\n{pair()}")
    assert titles(plan) == {"line 7"}
    assert "<!-- codeout-made line 7 -->" in mark(pair(), plan)


def test_an_empty_output_tab_and_a_skipped_block_have_no_note() -> None:
    empty = pair().partition("    ```\n    1")[0]
    assert marked(empty) == empty
    skipped = pair("<!-- codeout: skip -->")
    assert marked(skipped) == skipped


def test_a_page_that_another_plugin_has_given_other_slots_is_left_alone() -> None:
    other = f"{pair()}\n{pair()}"
    assert mark(other, planned(pair())) == other


def test_no_mark_ends_a_comment_that_the_author_left_open() -> None:
    source = f"<!-- open\n\n{pair()}"
    assert marked(source) == source


def test_marks_of_unknown_blocks_vanish_and_a_verification_needs_none() -> None:
    html = (
        "a<!-- codeout-made cell 1 -->b<!-- codeout-made cell 2 -->c<!-- codeout-verification -->"
    )
    told = replace_marks(html, {"cell 2"}, lambda kind, block: f"({kind} {block})")
    assert told == "ab(made cell 2)c(verification )"


def test_no_output_can_hold_a_mark() -> None:
    """What was printed is escaped, so that it shows as text."""
    source = pair(out="<!-- codeout-made line 3 -->")
    assert rendered(source).count("&lt;!-- codeout-made line 3 --&gt;") == 1
    assert replace_marks(rendered(source), {"line 3"}, lambda *_: "note") == rendered(source)


def test_a_page_with_problems_is_marked_as_far_as_it_is_known() -> None:
    plan = replace(planned(pair()), shown=((),))
    assert "codeout-made" in mark(pair(), plan)


def squeezed(html: str) -> str:
    """HTML without what the renderer leaves at the end of a quote: a blank, a paragraph around."""
    fence = r'<p>(<div class="highlight">(?:(?!</pre>).)*</pre></div>)</p>'
    html = re.sub(r"\s+</p>", "</p>", re.sub(r"\n+", "\n", html))
    return re.sub(fence, r"\1", html, flags=re.DOTALL).strip()
