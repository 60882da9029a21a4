"""Notes on the outputs of a page: marks in its Markdown, and then a theme's HTML in their place.

A mark is a comment. It goes through Python-Markdown as it is, at any depth and never inside a
paragraph, which raw HTML in a tab does not; and no output can hold one.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from codeout.output.rendered import Printed
from codeout.page.document import fill, parse, render

if TYPE_CHECKING:
    from collections.abc import Callable, Container

    from codeout.engine.plan import Plan
    from codeout.page.model import Slot, TabNames

_FRONT: Final = "---\nfront: matter\n---\n"
# At the end of a quote, the renderer leaves a mark in its paragraph.
_MARK: Final = re.compile(
    r"(?P<open><p>)?<!-- codeout-(made|error|verification)(?: ([^<>]*?))? -->(?(open)\s*</p>)"
)
_TRACEBACK: Final = "Traceback (most recent call last):"


def mark(markdown: str, plan: Plan, tabs: TabNames) -> str:
    """Mark the outputs of a Markdown page: each at its end, and where it is an error at its start.

    Args:
        markdown: The page without its front matter.
        plan: The same page, as it is on disk.
        tabs: The labels that make a tab a code tab or an output tab.

    Returns:
        The page with its marks; the same page where it has other slots than the one on disk, as
        then nothing is known of its outputs, and where a mark would end a comment left open.
    """
    # With its front matter gone, a page could start with what looks like another one.
    page = parse(f"{_FRONT}{markdown}".encode("utf-8", "surrogatepass"), plan.path, tabs)
    if len(page.slots) != len(plan.page.slots):
        return markdown
    bodies = {at: _marked(slot, plan, at) for at, slot in enumerate(page.slots) if slot.source}
    marked = render(fill(page, bodies))
    if len(parse(marked, plan.path, tabs).slots) != len(page.slots):
        return markdown
    return marked.decode("utf-8", "surrogatepass").removeprefix(_FRONT)


def dress(html: str, blocks: Container[str], note: Callable[[str, str], str]) -> str:
    """Put notes in the places of the marks.

    Args:
        html: The content of a page.
        blocks: The titles of the blocks of which something is known; marks of others vanish.
        note: Gives the HTML for a mark of some kind (``made``, ``error`` or ``verification``) with
            the title of a block; for a verification there is none.
    """

    def put(match: re.Match[str]) -> str:
        kind, block = match[2], match[3] or ""
        return note(kind, block) if block in blocks or kind == "verification" else ""

    return _MARK.sub(put, html)


def titles(plan: Plan) -> frozenset[str]:
    """The titles of the blocks that have an output; of those that share one, the first."""
    return frozenset(_title(plan, at) for at in range(len(plan.page.slots)))


def _title(plan: Plan, at: int) -> str:
    return plan.page.blocks[plan.page.slots[at].blocks[0]].title


def _marked(slot: Slot, plan: Plan, at: int) -> str:
    """The body of a slot and its marks, a blank line between them."""
    blank = slot.prefix.rstrip() + slot.newline
    made, error = (
        f"{slot.prefix}<!-- codeout-{kind} {_title(plan, at)} -->{slot.newline}"
        for kind in ("made", "error")
    )
    ended = slot.source.endswith(("\r", "\n"))
    body = slot.source if ended else slot.source + slot.newline
    before = error + blank if _fails(plan, at) else ""
    return f"{before}{body}{blank}{made}"  # a blank line more would part what follows from a list


def _fails(plan: Plan, at: int) -> bool:
    """Whether an output shows an error that its block is expected to raise."""
    directives = [plan.page.blocks[index].directive for index in plan.page.slots[at].blocks]
    if any(directive.raises for directive in directives):
        return True
    printed = (item.text for item in plan.shown[at] if isinstance(item, Printed))
    return any(known.may_fail for known in directives) and any(_TRACEBACK in t for t in printed)
