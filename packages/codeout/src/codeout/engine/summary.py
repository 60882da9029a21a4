"""What a check covers, in words: for the terminal and for pytest."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Final

from codeout.errors import Problem
from codeout.output.coverage import Coverage
from codeout.text.escape import escape_line
from codeout.text.plural import plural

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from codeout.engine.outcome import Outcome
    from codeout.page.gap import Gap

_LINES: Final = 5
"""How many lines a kind of gap is told with."""

_KINDS: Final = 4
"""How many kinds of gaps the summary names."""


def gap_notes(outcome: Outcome) -> Iterator[Problem]:
    """What of a page is not compared and what does not run: a note for each kind."""
    kinds: dict[tuple[str, str, bool], list[Gap]] = {}
    for gap in outcome.gaps:
        kinds.setdefault((gap.what, gap.nearest, gap.output), []).append(gap)
    for gaps in kinds.values():
        first = gaps[0]
        name = f"{first.name}: " if len(gaps) == 1 and first.name else ""
        hint = f"; {first.hint}" if first.hint else ""
        message = f"{name}{first.fate}: {first.what}{_places(gaps)}{hint}"
        yield Problem(outcome.path, first.line, message)


def _places(gaps: Sequence[Gap]) -> str:
    """How often there are gaps, and where, if there are several; in a notebook, by cells."""
    if len(gaps) == 1:
        return ""
    cells = [*dict.fromkeys(gap.name for gap in gaps if gap.name)]
    named = cells or [str(gap.line) for gap in gaps]
    more = ", …" if len(named) > _LINES else ""
    return f" ({len(gaps)} times, {'' if cells else 'lines '}{', '.join(named[:_LINES])}{more})"


def compared(outcome: Outcome) -> str:
    """The result of a page on which nothing differs, with the lines that were compared."""
    number, of = outcome.coverage.compared, outcome.coverage.lines
    if not number:
        return outcome.result
    lines = plural(number, "line") if number == of else f"{number} of {plural(of, 'line')}"
    return f"{outcome.result}, {lines} compared"


def covered(outcomes: Sequence[Outcome]) -> str:
    """What of all pages ran and was compared, in one line; empty if there was nothing."""
    blocks = sum(outcome.blocks for outcome in outcomes)
    coverage = sum((outcome.coverage for outcome in outcomes), Coverage())
    gaps = [gap for outcome in outcomes for gap in outcome.gaps]
    parts = [
        f"{plural(blocks, 'block')} run",
        f"{plural(coverage.compared, 'output line')} compared",
    ]
    for output, fate in ((True, "not compared"), (False, "not run")):
        kinds = Counter(gap.what for gap in gaps if gap.output == output).most_common()
        named = [
            f"{number} times {what}" if number > 1 else what for what, number in kinds[:_KINDS]
        ]
        named += [f"{sum(number for _, number in kinds[_KINDS:])} more"] * (len(kinds) > _KINDS)
        parts += [f"{fate}: {'; '.join(named)}"] * bool(kinds)
    return escape_line("; ".join(parts)) if blocks or gaps else ""
