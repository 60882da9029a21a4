"""What pages do already: where they have outputs, and the words of other tools on their fences."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING, Final

from codeout.page.any_fences import any_fences
from codeout.page.fence_words import words_in
from codeout.page.gaps import is_python
from codeout.page.model import SlotKind

if TYPE_CHECKING:
    from collections.abc import Iterable

    from codeout.adopt.trial import Trial
    from codeout.engine.plan import Plan

# How other tools say that a block is not to be run or tested.
_SKIPS: Final = re.compile(
    r"\.?(?:no|dont|do-not|skip)[-_]?(?:tests?|run|exec|check|eval|codeblocks)?"
    r"|(?:test|run|exec|eval)=(?:skip|false|no|off|never)\b.*"
)


def skip_words(plans: Iterable[Plan]) -> tuple[str, ...]:
    """The words on Python fences with which other tools skip a block."""
    found: set[str] = set()
    for plan in plans:
        lines = plan.source.decode(errors="replace").splitlines()
        python = (fence for fence in any_fences(lines) if is_python(fence.word))
        words = (word for fence in python for word in words_in(fence.info)[1:])
        found |= {word for word in words if _SKIPS.fullmatch(word)}
    return tuple(sorted(found))


def kinds_of_outputs(plans: Iterable[Plan]) -> Counter[SlotKind]:
    """How many outputs pages have, by their place."""
    slots = (slot for plan in plans for slot in plan.page.slots if slot.source)
    return Counter(slot.kind for slot in slots)


def prints_into_fences(trial: Trial) -> bool:
    """Whether the text in each fence after code can be its output: the code shows something.

    A fence of which the code did not run to its end says nothing.
    """
    plan = trial.plan
    failed = {failure.line for failure in trial.failures}
    said = []
    for slot in plan.page.slots:
        lines = {plan.page.blocks[at].line for at in slot.blocks}
        if slot.kind is SlotKind.FENCE and slot.source and not lines & failed:
            runs = [trial.runs.get(plan.blocks.index(at)) for at in slot.blocks]
            said.append(any(ran and ran.outputs for ran in runs))
    return bool(said) and all(said)
