"""The laws of a page, asked of one page at a time; fuzzing looks for a page that breaks one.

What a reader sees of a page is asked of the real renderer: see ``oracle.py``.
"""

from __future__ import annotations

import ast
from itertools import chain
from random import Random
from typing import TYPE_CHECKING

from codeout.output import console, docstring, typed
from codeout.output.markdown import body, printed, rich
from codeout.output.markdown_reader import read
from codeout.output.shown import Printed, Shown
from codeout.page import docstring_parser
from codeout.page.console import LANGUAGES
from codeout.page.directives import skips_file
from codeout.page.document import fill, parse, render
from codeout.page.fences import CELLS
from codeout.page.layout import Layout
from codeout.page.lines import split_lines
from codeout.page.model import Page, Slot, SlotKind
from codeout.page.roundtrip import first_misread
from codeout.page.string_literals import StringStyle

from tests.codeout.fuzz.patience import Endless, at_most
from tests.support.hostile import PIECES, as_printed
from tests.support.oracle import NotRenderedError, codes, rendered, shown

if TYPE_CHECKING:
    from collections.abc import Iterator

LONGEST = 10.0  # seconds of processor time for all of a page, of which most take milliseconds
RENDERER = 3.0  # and for the renderer alone
TABS = Layout(outputs=(SlotKind.TABS,))
ALL = Layout(console=LANGUAGES)
BELOW = (SlotKind.TRANSCRIPTS, SlotKind.COMMENTS, SlotKind.CONSOLE)
STYLES = (
    *(StringStyle('"""'), StringStyle("'''"), StringStyle('"')),
    *(StringStyle('"""', raw=True), StringStyle("'''", raw=True)),
)
HEADS = (("def f():\n", "    "), ("class C:\n\tdef f(self):\n", "\t\t"))
BLANKS = ("", "", " ", "  ", "    ", "\t", "\n", "\n", "\n\n", "\n    ")


def verdict(source: bytes) -> str:
    """Name the first law that a page breaks; empty for none."""
    try:
        with at_most(LONGEST):
            page, tabbed = parse(source, layout=ALL), parse(source, layout=TABS)
            first = chain(
                _laws_of_statements(source, page),
                _laws_of_docstrings(source),
                _laws_of_cells(source),
            )
            statements = next((law for law, holds in first if not holds), "")
        return statements or _broken(source, tabbed)
    except Endless:
        return "a page is read at once"
    except Exception as error:  # noqa: BLE001  # whatever it is, fuzzing goes on
        return f"nothing raises {type(error).__name__}"


def _broken(source: bytes, page: Page) -> str:
    if render(page) != source:
        return "a page comes out as it went in"
    if skips_file("".join(split_lines(source.decode("utf-8-sig"))[:1])):
        return ""
    try:
        with at_most(RENDERER):
            seen = shown(source)
    except (NotRenderedError, Endless):  # the latter where it never comes to an end
        return "nothing runs that nobody renders" if page.blocks else ""
    if codes(page) != seen:
        return "the blocks are what the renderer shows"
    laws = _laws_of_outputs(page) if page.slots else ()
    with at_most(LONGEST):
        return next((law for law, holds in laws if not holds), "")


def _laws_of_statements(source: bytes, page: Page) -> Iterator[tuple[str, bool]]:
    """Put texts below the statements that have their outputs there."""
    yield "a page with statements comes out as it went in", render(page) == source
    small = {at: slot for at, slot in enumerate(page.slots) if slot.kind in BELOW}
    texts = {at: _below(slot, _text(page, slot)) for at, slot in small.items()}
    filled = fill(page, {at: body(texts[at], slot) for at, slot in small.items()})
    again = parse(render(filled), layout=ALL)
    if first_misread(filled, again, dict.fromkeys(small, 0)) is not None:
        return  # the engine refuses to write it
    written = [*texts.values()]
    yield (
        "what is below a statement is read as it was",
        [read(again.slots[at]) for at in small] == written,
    )
    yield "nothing outside an output changes", _outside(again) == _outside(filled)


def _below(slot: Slot, text: str) -> tuple[Printed, ...]:
    """What a text is below a statement or a command, where blank lines at the end do not count."""
    if slot.kind is not SlotKind.CONSOLE:
        return (typed.show(text),)
    text = text.rstrip("\n")
    return (console.show(text),) if text else ()


def _laws_of_docstrings(source: bytes) -> Iterator[tuple[str, bool]]:
    """Put the page into the docstring of a function or a method, and texts into its slots."""
    module = _module_with(source)
    page = docstring_parser.parse(module)
    yield "a module comes out as it went in", render(page) == module
    shown = {at: (typed.show(_text(page, slot)),) for at, slot in enumerate(page.slots)}
    filled = fill(page, {at: docstring.body(shown[at], page.slots[at]) for at in shown})
    again = docstring_parser.parse(render(filled))
    if first_misread(filled, again, {at: page.slots[at].fences or 1 for at in shown}) is not None:
        return  # the engine refuses to write it
    read_again = [docstring.read(slot) for slot in again.slots]
    yield "a docstring shows what is written", read_again == list(shown.values())
    yield "the rest of a module stays as it was", _code(render(filled)) == _code(module)


def _module_with(source: bytes) -> bytes:
    """A module with the page in a docstring: always the same one, in one of many styles."""
    random = Random(source)  # noqa: S311  # no secret
    lines = [line.rstrip("\r\n") for line in split_lines(source.decode("utf-8-sig"))]
    style, (head, blanks) = random.choice(STYLES), random.choice(HEADS)
    if any(style.refuses(line, closed=True) for line in lines):
        style = StringStyle(style.quote)
    newline = "\\n" if len(style.quote) == 1 else "\r\n"
    indent = random.choice(["", blanks])  # renderers take it away again
    written = (line and indent + style.escape(line) for line in lines)
    body = newline.join([*written, ""])
    return f"{head}{blanks}{'r' * style.raw}{style.quote}{body}{style.quote}\n".encode()


def _code(module: bytes) -> str:
    """A module without its docstring, which is in the innermost body."""
    tree = ast.parse(module)
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef):
            node.body = node.body[1:]
    return ast.dump(tree)


def _laws_of_cells(source: bytes) -> Iterator[tuple[str, bool]]:
    """Read the page as MDX with cells of other publishers."""
    layout = Layout(outputs=(*TABS.outputs, *BELOW, SlotKind.FENCE), fences=CELLS)
    for name in ("page.md", "page.mdx"):
        page = parse(source, name, layout)
        yield "a page with cells comes out as it went in", render(page) == source
        lines = [block.line_of(n) for block in page.blocks for n in range(block.code.count("\n"))]
        yield "code is on lines of the page", all(0 < n <= _count(source) for n in lines)


def _count(source: bytes) -> int:
    return len(split_lines(source.decode("utf-8-sig")))


def _laws_of_outputs(page: Page) -> Iterator[tuple[str, bool]]:
    """Put hostile outputs into a page, and plain ones to compare with."""
    texts = [_text(page, slot) for slot in page.slots]
    hostile = _filled(page, texts)
    source = render(hostile)
    again = parse(source)
    fences = [sum(isinstance(item, Printed) for item in _outputs(text)) for text in texts]
    if first_misread(hostile, again, dict(enumerate(fences))) is not None:
        return  # the engine refuses to write it
    written = [_outputs(text) for text in texts]
    yield "an output is read as it was written", [read(slot) for slot in again.slots] == written
    yield "nothing outside an output changes", _outside(again) == _outside(hostile)
    yield "blocks stay as they were", codes(again) == codes(page) == shown(source)
    names = [f"output {at}" for at in range(len(texts))]
    plain, seen = rendered(render(_filled(page, names))), rendered(source)
    yield "a reader sees each output once", all(plain.outputs.count(name) == 1 for name in names)
    printed_for = dict(zip(names, texts, strict=True))
    expected = [printed_for.get(text, text) for text in plain.outputs]
    yield "a reader sees the text that was printed", seen.outputs == expected
    yield "an output is inert", seen.around == plain.around


def _text(page: Page, slot: Slot) -> str:
    """What the code of a slot prints: always the same, so that a page can be made smaller."""
    random = Random("".join(page.blocks[at].code for at in slot.blocks))  # noqa: S311  # no secret
    pieces = (random.choice(BLANKS) + random.choice(PIECES) for _ in range(random.randint(0, 9)))
    return as_printed("".join(pieces)) or "nothing"


def _outputs(text: str) -> tuple[Shown, ...]:
    """A text, and HTML and a second text after it."""
    return printed(text), rich("<b>bold</b>"), Printed("end")


def _filled(page: Page, texts: list[str]) -> Page:
    slots = enumerate(page.slots)
    return fill(page, {at: body(_outputs(texts[at]), slot) for at, slot in slots})


def _outside(page: Page) -> str:
    return "".join(part.source for part in page.parts if not isinstance(part, Slot))
