"""Law 5: no renderer reads an include, a fence, a tab, HTML or a template out of an output."""

from __future__ import annotations

from functools import cache
from textwrap import indent
from typing import TYPE_CHECKING

import jinja2
import markdown
import pytest
from codeout.output.markdown import body, printed, rich
from codeout.output.markdown_reader import read
from codeout.output.shown import Printed, Shown
from codeout.page.document import fill, parse, render
from hypothesis import example, given, settings

from tests.support.hostile import HOSTILE, as_printed
from tests.support.oracle import Seen

if TYPE_CHECKING:
    from pathlib import Path

TABS = '=== "Code"\n\n    ```python\n    1\n    ```\n\n=== "Out"\n\n{out}\nAfter.\n'
EMPTY = TABS.format(out="")
PLACES = {
    "at the top": EMPTY,
    "in a fence of tildes": TABS.format(out="    ~~~~ text\n    old\n    ~~~~\n"),
    "in an admonition": f'!!! note "Title"\n\n{indent(EMPTY, "    ")}',
    "in a folded list item": f"1. Item.\n\n    ??? tip\n\n{indent(EMPTY, ' ' * 8)}\n2. Item.\n",
    "in a tab": f'=== "One"\n\n{indent(EMPTY, "    ")}\n=== "Two"\n\n    Text.\n',
    "in a quote": indent(EMPTY, "> ", lambda _: True),
    "in a quoted list item": indent(f"- Item.\n\n{indent(EMPTY, '    ')}", "> ", lambda _: True),
    "below a tab that is missing": EMPTY[: EMPTY.index("===", 3)] + "After.\n",
}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the renderer looks for snippets: what lies there must not come out."""
    folder = tmp_path_factory.mktemp("snippets")
    (folder / "secret.txt").write_text("UNTOLD\n")
    return folder


@pytest.mark.parametrize("place", PLACES.values(), ids=PLACES)
@settings(deadline=None, max_examples=30)
@given(text=HOSTILE)
@example(text='--8<-- "secret.txt"')
@example(text="--8<--\nsecret.txt\n--8<--")
@example(text="```\n\n--8<-- 'secret.txt'\n~~~")
@example(text='=== "Tab"\n\n    {{ 1 + 1 }} {% endraw %} {{ 2 }}')
@example(text="no-break space\u00a0")
@example(text="<!-- {% raw %} -->\n```\n<b>&lt;</b>\n-->")
def test_printed_text_is_rendered_as_it_is(place: str, text: str, folder: Path) -> None:
    text = as_printed(text)
    source = with_output(place, printed(text))
    plain = seen(with_output(place, Printed("text")), folder)
    for page in (source, templated(source)):
        what = seen(page, folder)
        assert what.outputs == [text]
        assert what.around == plain.around


@pytest.mark.parametrize("place", PLACES.values(), ids=PLACES)
@settings(deadline=None, max_examples=20)
@given(text=HOSTILE)
def test_text_in_html_is_rendered_as_it_is(place: str, text: str, folder: Path) -> None:
    words = text.replace("&", "&amp;").replace("<", "&lt;")
    source = with_output(place, rich(f"<b>{words}</b>"))
    expected = seen(with_output(place, rich("<b>text</b>")), folder)
    for page in (source, templated(source)):
        what = seen(page, folder)
        assert tags(what) == tags(expected)


def templated(source: str) -> str:
    """A page as the macros plugin hands it on."""
    environment = jinja2.Environment(keep_trailing_newline=True)  # noqa: S701  # as it does
    return environment.from_string(source).render()


def with_output(place: str, shown: Shown) -> str:
    """A page with one output; what is read back from it is what was put in."""
    page = parse(place.encode())
    (slot,) = page.slots
    source = render(fill(page, {0: body((shown,), slot)}))
    (written,) = parse(source).slots
    assert read(written) == ((shown,) if shown != Printed("") else ())
    return source.decode()


def seen(source: str, folder: Path) -> Seen:
    """Render a page with the extensions of a site that has them all."""
    md = renderer(folder)
    html = md.reset().convert(source)
    assert "UNTOLD" not in html
    what = Seen()
    what.feed(html)
    what.close()
    assert what.outputs.pop(0) == "1"  # the code
    return what


def tags(what: Seen) -> list[str]:
    return [piece for piece in what.around if piece.startswith("<") and piece.endswith("]>")]


@cache
def renderer(folder: Path) -> markdown.Markdown:
    extensions = (
        "pymdownx.snippets pymdownx.superfences pymdownx.highlight pymdownx.tabbed "
        "pymdownx.details admonition attr_list md_in_html tables footnotes abbr toc"
    )
    return markdown.Markdown(
        extensions=extensions.split(),
        extension_configs={
            "pymdownx.snippets": {"base_path": [str(folder)], "check_paths": False},
            "pymdownx.highlight": {"use_pygments": False},
            "pymdownx.tabbed": {"alternate_style": True},
        },
    )
