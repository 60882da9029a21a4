"""Notes on the outputs of a page: marks in its Markdown, later replaced by HTML of the theme.

A mark is an HTML comment. Python-Markdown leaves comments as they are at any depth and outside of
paragraphs, unlike other raw HTML in a tab; and no output can contain one.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from codeout.output.shown import Printed
from codeout.page.document import fill, parse, render
from codeout.page.model import SlotKind, count_newlines
from codeout.site.folded import MARK, fold, mark_versions

if TYPE_CHECKING:
    from collections.abc import Callable, Container

    from codeout.engine.plan import Plan
    from codeout.page.model import Slot

_FRONT: Final = "---\nfront: matter\n---\n"
# At the end of a quote, Python-Markdown wraps a mark in a paragraph.
_MARK: Final = re.compile(
    r"(?P<open><p>)?<!-- codeout-(made|error|verification)(?: ([^<>]*?))? -->(?(open)\s*</p>)"
)
_ENDS: Final = re.compile(rb"<!--|-->")
TABLE: Final = "<!-- codeout-verification -->"
"""What an author writes where the table of all pages is to be."""
_TRACEBACK: Final = "Traceback (most recent call last):"


def mark(markdown: str, plan: Plan) -> str:
    """Mark each output of a Markdown page at its end, and at its start if it shows an error.

    Args:
        markdown: The page without its front matter.
        plan: The same page, as it is on disk.

    Returns:
        The page with its marks. It is returned unchanged if its slots are not those of the page
        on disk, so that nothing is known of its outputs, or if a mark would end a comment that
        the author left open.
    """
    front = _front_matter(plan, markdown)
    page = parse(plan.source, plan.path, plan.layout)  # readers see the main outputs
    if front is None:  # without it, a page could start with what looks like front matter
        front = _FRONT
        whole = f"{front}{markdown}".encode("utf-8", "surrogatepass")
        page = parse(whole, plan.path, plan.layout)
    if len(page.slots) != len(plan.page.slots):
        return markdown
    bodies = {
        at: _marked(slot, plan, at)
        for at, slot in enumerate(page.slots)
        if slot.source and slot.kind in {SlotKind.TABS, SlotKind.FENCE}
    }
    marked = render(mark_versions(fill(page, bodies)))
    if not _closes_comments(marked) and (
        len(parse(marked, plan.path, plan.layout).slots) != len(page.slots)
    ):
        return markdown
    return marked.decode("utf-8", "surrogatepass").removeprefix(front)


def _closes_comments(marked: bytes) -> bool:
    """Whether each comment ends before another begins, so that no mark can end one."""
    ends = [found[0] == b"-->" for found in _ENDS.finditer(marked)]
    return not any(ends[::2]) and all(ends[1::2]) and len(ends) % 2 == 0


def _front_matter(plan: Plan, markdown: str) -> str | None:
    """What stands before a text on its page; None if it is not the text of the page."""
    whole = plan.source.decode("utf-8", "replace")
    front = whole.removesuffix(markdown)
    first = min((slot.line for slot in plan.page.slots), default=0)
    known = whole.endswith(markdown) and count_newlines(front) < first
    return front if known else None


def split_marks(html: str) -> list[str]:
    """Split the content of a page at its marks, which are every other piece, from the second on."""
    pieces: list[str] = []
    at = 0
    both = (*_MARK.finditer(html), *MARK.finditer(html))
    for found in sorted(both, key=lambda each: each.start()):
        pieces += [html[at : found.start()], found[0]]
        at = found.end()
    return [*pieces, html[at:]]


def replace_marks(html: str, blocks: Container[str], note: Callable[[str, str], str]) -> str:
    """Replace the marks of a page by notes.

    Args:
        html: The content of a page.
        blocks: The titles of the blocks that have a note; marks of other blocks are removed.
        note: Returns the HTML for a kind of mark (``made``, ``error`` or ``verification``) and
            the title of a block, which is empty for ``verification``.
    """

    def note_for(match: re.Match[str]) -> str:
        kind, block = match[2], match[3] or ""
        return note(kind, block) if block in blocks or kind == "verification" else ""

    return fold(_MARK.sub(note_for, html))


def made_mark(plan: Plan, at: int) -> str:
    """The mark below an output, by the index of its slot."""
    return f"<!-- codeout-made {_title(plan, at)} -->"


def error_mark(plan: Plan, at: int) -> str:
    """The mark above an output that shows an error; empty for others."""
    return f"<!-- codeout-error {_title(plan, at)} -->" if _fails(plan, at) else ""


def titles(plan: Plan) -> frozenset[str]:
    """The titles of the blocks with an output; the first block of those that share one."""
    return frozenset(_title(plan, at) for at in range(len(plan.page.slots)))


def _title(plan: Plan, at: int) -> str:
    return plan.page.blocks[plan.page.slots[at].blocks[0]].title


def _marked(slot: Slot, plan: Plan, at: int) -> str:
    """The body of a slot and its marks, separated by blank lines."""
    blank = slot.prefix.rstrip() + slot.newline
    ended = slot.source.endswith(("\r", "\n"))
    body = slot.source if ended else slot.source + slot.newline
    made = f"{slot.prefix}{made_mark(plan, at)}{slot.newline}"
    error = error_mark(plan, at)
    before = f"{slot.prefix}{error}{slot.newline}{blank}" if error else ""
    return f"{before}{body}{blank}{made}"  # another blank line would end a list here


def _fails(plan: Plan, at: int) -> bool:
    """Whether an output shows an error that its block may raise."""
    directives = [plan.page.blocks[index].directive for index in plan.page.slots[at].blocks]
    if any(directive.raises for directive in directives):
        return True
    printed = (item.text for item in plan.shown[at] if isinstance(item, Printed))
    return any(known.may_fail for known in directives) and any(_TRACEBACK in t for t in printed)
