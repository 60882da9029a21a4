"""Pages as MyST reads them: the same code in the same order, and lines that keep their numbers."""

from __future__ import annotations

from textwrap import indent
from typing import TYPE_CHECKING

import pytest
from codeout.config.pyproject import find_config
from codeout.page.lines import plain_lines, split_lines
from codeout.page.structure import read_structure
from codeout.site.myst import to_myst
from codeout.site.myst_syntax import MystSyntax
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from mdit_py_plugins.front_matter import front_matter_plugin
from mdit_py_plugins.myst_blocks import myst_block_plugin

from tests.support.paths import ROOT

if TYPE_CHECKING:
    from pathlib import Path

MYST = MarkdownIt("commonmark").enable("table").use(front_matter_plugin).use(myst_block_plugin)
OURS = ("{codeout-admonition}", "{tab-set}", "{tab-item}")
PAGES = sorted((ROOT / "docs").rglob("*.md"))
PAIR = """=== "Code"

    ```python
    f(1)
    ```

=== "Out"

    ```
    ~~~
    2
    ```
"""


def code_in_myst(text: str) -> list[str]:
    """The code in the fences of a page, also of those in our directives."""
    found = []
    for token in MYST.parse(text):
        if token.type == "fence" and token.info.startswith(OURS):
            found += code_in_myst(token.content)
        elif token.type == "fence":
            found.append(token.content.rstrip("\n"))
    return found


def code_on_page(text: str) -> list[str]:
    """The code in the fences that Python-Markdown shows."""
    lines = plain_lines(split_lines(text))
    structure = read_structure(lines)
    fences = [structure.fences[index] for index in sorted(structure.shown)]
    return [
        "\n".join(line[len(fence.prefix) :] for line in lines[fence.start + 1 : fence.end])
        for fence in fences
    ]


@pytest.mark.parametrize("tab_sets", [False, True])
@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_the_pages_of_this_site_show_the_same_code_on_the_same_lines(
    page: Path, tab_sets: bool
) -> None:
    text = page.read_text(encoding="utf-8")
    written = to_myst(text, find_config(ROOT).layout, MystSyntax(tab_sets=tab_sets))
    assert code_in_myst(written) == code_on_page(text)
    assert written.count("\n") == text.count("\n")


def in_item(text: str) -> str:
    """A page as the second paragraph of a list item."""
    return f"- item\n\n{indent(text, '    ')}"


def in_box(text: str) -> str:
    """A page in an admonition with a title."""
    return f'!!! warning "Title"\n\n{indent(text, "    ")}'


def in_tab(text: str) -> str:
    """A page in the first of two tabs."""
    return f'=== "Linux"\n\n{indent(text, "    ")}\n=== "macOS"\n\n    Text.\n'


def in_quote(text: str) -> str:
    """A page in a quote."""
    return "".join(f"> {line}".rstrip(" ") for line in text.splitlines(keepends=True))


NESTED = st.recursive(
    st.sampled_from([PAIR, PAIR.replace("```", "````"), "```python\nx = 1\n```\n"]),
    lambda inner: (
        st.builds(in_item, inner)
        | st.builds(in_box, inner)
        | st.builds(in_tab, inner)
        | st.builds("{}\ntext\n\n{}".format, inner, inner)
    ),
    max_leaves=4,
)


@given(NESTED | st.builds(in_quote, NESTED), st.booleans())
def test_nested_pages_show_the_same_code_on_as_many_lines(text: str, tab_sets: bool) -> None:
    page = f"# Title\n\n{text}\nEnd.\n"
    written = to_myst(page, syntax=MystSyntax(tab_sets=tab_sets))
    assert code_in_myst(written) == code_on_page(page)
    assert written.count("\n") == page.count("\n")
    assert "===" not in written
    assert "!!!" not in written
    assert ("{tab-set}" in written) is (tab_sets and "===" in page)


def test_tabs_follow_each_other_below_their_labels() -> None:
    written = to_myst(f'{PAIR}\n=== "`pip`"\n\n    Text.\n')
    assert written == (
        "\n\n```python\nf(1)\n```\n\n**Out**\n\n```\n~~~\n2\n```\n\n**`pip`**\n\nText.\n"
    )


def test_tabs_become_a_set_of_them() -> None:
    assert to_myst(f"Text.\n\n{PAIR}\nEnd.\n", syntax=MystSyntax(tab_sets=True)) == (
        "Text.\n~~~~~{tab-set}\n~~~~{tab-item} Code\n\n```python\nf(1)\n```\n~~~~\n"
        "~~~~{tab-item} Out\n\n```\n~~~\n2\n```\n~~~~~\nEnd.\n"
    )


@pytest.mark.parametrize(
    ("header", "argument"),
    [
        ("!!! note", "shown.note"),
        ('!!! warning inline end "A *title*"', "shown.warning.inline.end A *title*"),
        ("??? tip", "closed.tip"),
        ('???+ example "Open"', "open.example Open"),
    ],
)
def test_admonitions_become_directives(header: str, argument: str) -> None:
    written = to_myst(f"{header}\n    Text.\n\nEnd.\n")
    assert written == f"~~~{{codeout-admonition}} {argument}\nText.\n~~~\nEnd.\n"


@pytest.mark.parametrize(("header", "title"), [("!!! note", "Note"), ('??? tip "A"', "A")])
def test_without_directives_admonitions_have_a_title_alone(header: str, title: str) -> None:
    plain = MystSyntax(directives=False, tab_sets=True)
    assert to_myst(f"{header}\n\n    Text.\n", syntax=plain) == f"**{title}**\n\nText.\n"
    assert "tab-set" not in to_myst(PAIR, syntax=plain)


@pytest.mark.parametrize(
    "text",
    [
        "Surprise!!! note\n",
        "!!! note\nNothing is in it.\n",
        "Text:\n\n    !!! note\n        This is code.\n",
        "```markdown\n!!! note\n    Code.\n```\n",
        '````{note}\n=== "Code"\n\n    text\n````\n',
        "<!-- a comment -->\n",
        '<!--\n=== "Code"\n\n    text\n-->\n',
    ],
)
def test_what_is_none_of_these_stays(text: str) -> None:
    assert to_myst(text) == text


@pytest.mark.parametrize(
    ("info", "language"),
    [
        ('{ .python title="a.py" }', "python"),
        ("{.python}", "python"),
        (".python", "python"),
        ("python {.x}", "python"),
        (' python { #id hl_lines="1" }', "python"),
        ('python title="a.py" linenums="1"', 'python title="a.py" linenums="1"'),
        ("{note}", "{note}"),
        ("{code-block} python", "{code-block} python"),
        ("{python}", "{python}"),
        ("{ #id }", "{ #id }"),
    ],
)
def test_a_fence_with_attributes_has_its_language_alone(info: str, language: str) -> None:
    page = "```{}\nx = 1\n```\n\n- item\n\n    ~~~{}\n    y\n    ~~~\n"
    assert to_myst(page.format(info, info)) == page.format(language, language)


def test_attributes_of_headings_and_pictures_are_removed() -> None:
    """The id of a heading becomes a target, on the line above it."""
    page = "Text.\n\n## A *title* { #name .wide }\n\n![a](a.png){ width=9 }\n"
    written = "Text.\n(name)=\n## A *title*\n\n![a](a.png)\n"
    assert to_myst(page) == written
    assert "{ width=9 }\n" in to_myst(page, syntax=MystSyntax(attributes=True))
    plain = to_myst(page, syntax=MystSyntax(directives=False))
    assert plain == written.replace("(name)=", "")
    fenced = f"```markdown\n{page}```\n"
    assert to_myst(fenced) == fenced
    assert to_myst("# First { #name }\n") == "# First\n"


@pytest.mark.parametrize("first", [":icon: text", "---"])
def test_the_text_of_an_admonition_is_no_option_of_it(first: str) -> None:
    """MyST looks for options right after the first line of a directive."""
    apart = f"~~~{{codeout-admonition}} shown.note\n\n{first}\n~~~\n"
    assert to_myst(f"!!! note\n\n    {first}\n\nEnd.\n") == f"{apart}End.\n"
    assert to_myst(f"!!! note\n    {first}\n\nEnd.\n") == f"{apart}End.\n"


def test_a_hidden_block_is_not_there() -> None:
    """In CommonMark, its comment would end in the middle, and the page would show the rest."""
    hidden = '<!-- codeout: hidden\n```python\nend = "-->"\n```\n-->\n'
    assert to_myst(f"Text.\n\n{hidden}\nEnd.\n") == "Text.\n\n\n\n\n\n\n\nEnd.\n"


def test_without_a_blank_line_to_spare_there_is_one_line_more() -> None:
    assert to_myst("!!! note\n    Text.\nEnd.\n") == (
        "~~~{codeout-admonition} shown.note\nText.\n~~~\nEnd.\n"
    )
