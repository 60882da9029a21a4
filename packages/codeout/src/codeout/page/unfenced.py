"""Code that readers see in no fence: indented code, and the ``<pre>`` of HTML."""

from __future__ import annotations

import re
from dataclasses import dataclass
from html.parser import HTMLParser
from typing import TYPE_CHECKING, Final

from codeout.page.annotate import MARK, TAB, drop_marks, mark_of, render_marked
from codeout.page.guarded_markdown import RenderError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from codeout.page.fences import Fence

_MAY_BE: Final = re.compile(r" {4}|\bpre\b", re.IGNORECASE)
"""What a line has in it that is the first of code in no fence, whatever makes it code."""
_PRE: Final = re.compile(r"<pre\b[^<>]*>", re.IGNORECASE)
# A mark at the end of such a line would change what the line is.
_STRUCTURE: Final = re.compile(r"[> ]*(?:<|!!!|\?\?\?|///|\[[^\]]*\]:)")
_COMMENT: Final = re.compile(r"<!--(?:-?>|.*?(?:--!?>|\Z))", re.DOTALL)
_CLASS: Final = re.compile(r"\b(?:language|lang|highlight-source)-(?P<word>[\w#+.-]+)")
# The first line may name the language, as CodeHilite has it.
_NAMED: Final = re.compile(r"(?::::+|#!)(?:/?\w+[/ ])*(?P<word>[\w#.+-]+)[ \t]*")


@dataclass(frozen=True, slots=True)
class Unfenced:
    """Code in no fence.

    Attributes:
        start: The index of the line where it starts.
        text: What readers see, without blank lines around it.
        info: The language that it names, in lower case; may be empty.
        indented: Whether it is indented code; otherwise, it is HTML.
    """

    start: int
    text: str
    info: str = ""
    indented: bool = True

    @property
    def word(self) -> str:
        """Its language; may be empty."""
        return self.info

    @property
    def title(self) -> str:
        """What messages call it."""
        kind = "indented code" if self.indented else "`<pre>`"
        return f"{kind} in `{self.info}`" if self.info else kind


def find_unfenced(lines: Sequence[str], fences: Sequence[Fence]) -> list[Unfenced]:
    """Find the code in no fence.

    Args:
        lines: The lines of the page, without endings, tabs expanded.
        fences: The fences of the page.
    """
    fenced = {at for fence in fences for at in range(fence.start + 1, fence.end + 1)}
    if not any(_MAY_BE.search(line) for at, line in enumerate(lines) if at not in fenced):
        return []  # as on most pages: to render takes most of the time
    try:
        rendered = render_marked(lines, fences, _add_mark)
    except RenderError:
        return []  # a page that cannot be rendered is no page to call true
    reader = _PreReader(lines)
    reader.feed(_COMMENT.sub("", rendered))
    reader.close()
    reader.add()  # a `<pre>` that nothing closes
    return sorted(reader.found, key=lambda code: code.start)


def _is_indented(line: str) -> bool:
    """Whether a line may be in indented code; only the renderer knows."""
    lead, text = line[: len(line) - len(line.lstrip("> "))], line.lstrip("> ")
    return "    " in lead and bool(text)


def _add_mark(index: int, line: str) -> str:
    """Mark a line that may be in code: with ``i`` at the end, or with ``p`` after ``<pre>``."""
    line = drop_marks(line)
    if _PRE.search(line):
        return _PRE.sub(rf"\g<0>{mark_of('p', index)}", line)
    marked = _is_indented(line) and not (_STRUCTURE.match(line) or TAB.search(line))
    return line + mark_of("i", index) if marked else line


class _PreReader(HTMLParser):
    """Collects the texts of ``<pre>`` in the HTML of a page."""

    def __init__(self, lines: Sequence[str]) -> None:
        super().__init__()
        self.lines = lines
        self.found: list[Unfenced] = []
        self.depth = 0
        self.text = self.language = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Begin a text, or read the name of its language."""
        if tag == "pre":
            self.depth += 1
        if tag in {"div", "pre", "code"}:
            named = _CLASS.search(dict(attrs).get("class") or "")
            self.language = named["word"].lower() if named else self.language

    def handle_data(self, data: str) -> None:
        """Read a piece of the text."""
        if self.depth:
            self.text += data

    def handle_endtag(self, tag: str) -> None:
        """End a text."""
        if tag == "pre" and self.depth:
            self.depth -= 1
        if tag in {"div", "pre"} and not self.depth:
            self.add()

    def add(self) -> None:
        """Record the text."""
        text = MARK.sub("", self.text).strip("\n")
        if text.strip():
            mark = MARK.search(self.text)
            at = self.line_of(mark) if mark else self.find(text.partition("\n")[0])
            first = _NAMED.fullmatch(text.partition("\n")[0])
            language = self.language or (first["word"].lower() if first else "")
            self.found.append(Unfenced(at, text, language, not mark or mark["kind"] == "i"))
        self.text = self.language = ""

    def line_of(self, mark: re.Match[str]) -> int:
        """The index of the line where the text starts."""
        before = self.text[: mark.start()].lstrip("\n").count("\n")
        return max(0, int(mark["line"]) - before)

    def find(self, first: str) -> int:
        """The index of the line of a text without a mark."""
        wanted = first.strip()
        found = (at for at, line in enumerate(self.lines) if line.lstrip("> ").rstrip() == wanted)
        return next(found, 0)
