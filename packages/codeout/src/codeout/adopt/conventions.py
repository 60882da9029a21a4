"""What pages do already: where they have outputs, and the words of other tools on their fences."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING, Final

from codeout.page.any_fences import any_fences
from codeout.page.fence_words import notes_of, words_in
from codeout.page.gaps import is_python
from codeout.page.model import SlotKind

if TYPE_CHECKING:
    from collections.abc import Iterable

    from codeout.adopt.trial import Trial
    from codeout.engine.plan import Plan

# How other tools say that a block is not to be run or tested.
_SKIPS: Final = re.compile(
    r"\.?(?:no|dont|do-not|skip)[-_]?(?:tests?|run|exec|check|eval|codeblocks)?"
    r"|(?P<key>test|run|exec|eval)=(?P<value>skip|false|no|off|never)(?:\b(?P<more>.).*)?"
)


def skip_words(plans: Iterable[Plan]) -> tuple[str, ...]:
    """Patterns of the words on Python fences with which other tools skip a block.

    Words that the settings know are not among them.
    """
    found: set[str] = set()
    for plan in plans:
        lines = plan.source.decode(errors="replace").splitlines()
        python = (fence for fence in any_fences(lines) if is_python(fence.word))
        words = (word for fence in python for word in words_in(fence.info)[1:])
        unknown = (word for word in words if not any(notes_of([word], 0, plan.layout.mapping)))
        found |= {_pattern(skips) for skips in map(_SKIPS.fullmatch, unknown) if skips}
    return tuple(sorted(found))


def _pattern(word: re.Match[str]) -> str:
    """A pattern for a word; of a value with a reason, ``skip - a reason``, for any reason."""
    if not word["more"]:
        return word[0]
    quote = "'" if word["more"] == '"' else '"'
    return f"{word['key']}={quote}{word['value']}{word['more']}*{quote}"


def kinds_of_outputs(plans: Iterable[Plan]) -> Counter[SlotKind]:
    """How many outputs pages have, by their place."""
    slots = (slot for plan in plans for slot in plan.page.slots if slot.source)
    return Counter(slot.kind for slot in slots)


def tab_labels(plan: Plan) -> tuple[str, ...]:
    """The labels of a tab with code and of the tab with its output, if these are not known."""
    return next((gap.tabs for gap in plan.page.gaps if gap.tabs), ())


def outputs_fit(trial: Trial) -> bool:
    """Whether a page has an output in each tab or fence for one, and nowhere else.

    A place for code that did not run to its end says nothing.
    """
    plan = trial.plan
    if plan.problems:
        return False
    failed = {failure.line for failure in trial.failures}
    fits = []
    for slot in plan.page.slots:
        lines = {plan.page.blocks[at].line for at in slot.blocks}
        if slot.kind in {SlotKind.FENCE, SlotKind.TABS} and not lines & failed:
            runs = [trial.runs.get(plan.blocks.index(at)) for at in slot.blocks]
            fits.append(bool(slot.source) == any(ran and ran.outputs for ran in runs))
    return bool(fits) and all(fits)
