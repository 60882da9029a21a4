"""Chooses what becomes of a page that is not green: other settings, or comments."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from codeout.adopt.causes import Cause
from codeout.page.modes import RunMode

if TYPE_CHECKING:
    from collections.abc import Iterator

    from codeout.adopt.blocks import Candidate, Candidates
    from codeout.adopt.draft import Draft
    from codeout.adopt.places import Place
    from codeout.adopt.trial import Trial

OUTPUTS: Final = 2
"""How many outputs have to be compared for each comment on a page."""

_SKIP: Final = "skip"
_RUN: Final = "run"
_VOLATILE: Final = "volatile"
_STRENGTH: Final = ("", _RUN, _VOLATILE, _SKIP).index
Failing = Mapping[tuple[int, str], str]
"""Directives for blocks that fail, by the line of each in the page as it is and its name."""

_BY_NAME: Final = {Cause.FRAGMENT, Cause.FOLLOWS}
"""Why blocks may fail that work as soon as others run."""


def revised(draft: Draft, trial: Trial, found: Candidates) -> Draft:
    """The next draft of a page that is not green.

    Either all blocks run but those that get comments; or those with an output, and what they need
    gets comments; or nothing runs. Comments that readers do not see come before options of doctest.

    Args:
        draft: The page as it was tried.
        trial: Its run.
        found: Its blocks that may run.
    """
    causes = {
        (draft.line_before(failure.line), failure.name): failure.cause for failure in trial.failures
    }
    failing = {
        key: _VOLATILE if cause is Cause.UNSTABLE else _SKIP for key, cause in causes.items()
    }
    lasting = {
        key: word for key, word in failing.items() if draft.is_whole or causes[key] not in _BY_NAME
    }
    draft = replace(draft, failing={**draft.failing, **lasting})
    if not failing.keys() <= {block.key for block in found.blocks}:
        return without_running(draft)
    for options in (False, True):
        ways = [*_ways(found, {**draft.failing, **failing}, options=options)]
        if best := max(ways, key=lambda way: way.gain, default=None):
            values = {**draft.values, "run": best.mode}
            return replace(draft, words=best.words, values=values)
    shown = any(block.marked for block in found.blocks)
    return without_running(draft) if shown else draft.running(RunMode.MARKED)


def without_running(draft: Draft) -> Draft:
    """The page as it is, of which nothing runs."""
    return replace(draft.running(RunMode.NONE), imports=())


@dataclass(frozen=True, slots=True)
class _Way:
    """What of a page runs, its comments, and how many of its outputs are compared."""

    mode: RunMode
    words: Mapping[Place, str]
    outputs: int

    @property
    def gain(self) -> int:
        """The outputs beyond those that its comments ask for."""
        return self.outputs - OUTPUTS * len(self.words)


def _ways(page: Candidates, failing: Failing, *, options: bool) -> Iterator[_Way]:
    """Yield ways to have outputs compared that are worth their comments, the simplest first."""
    for mode in (RunMode.ALL, RunMode.MARKED):
        search = _Search(page, failing, mode, options=options)
        if search.complete():
            way = _Way(mode, search.words, page.outputs(search.running() - search.volatile()))
            if way.outputs and way.gain >= 0:
                yield way


class _Search:
    """Looks for the comments with which all blocks that run do work.

    Args:
        page: The blocks.
        failing: The directives for those that fail.
        mode: Which blocks run without comments.
        options: Whether statements are skipped by options of doctest, not by their fence.
    """

    def __init__(self, page: Candidates, failing: Failing, mode: RunMode, *, options: bool) -> None:
        self.words: dict[Place, str] = {}
        self._page = page
        self._failing = failing
        self._mode = mode
        self._options = options

    def complete(self) -> bool:
        """Add directives until nothing fails; False if one of them has no place."""
        while failing := self._fails() or self._page.broken(self.running()):
            for at in sorted(failing):
                if not self._mend(at):
                    return False
        return True

    def running(self) -> set[int]:
        """The indexes of the blocks that run."""
        return {at for at, block in enumerate(self._page.blocks) if self._runs(block)}

    def volatile(self) -> set[int]:
        """The indexes of the blocks whose outputs are not compared."""
        blocks = enumerate(self._page.blocks)
        return {at for at, block in blocks if self._word(block.comment) == _VOLATILE}

    def _runs(self, block: Candidate) -> bool:
        if _SKIP in {self._word(block.comment), self._word(block.option)}:
            return False
        return self._mode == RunMode.ALL or block.marked or bool(self._word(block.comment))

    def _word(self, place: Place | None) -> str:
        return self.words.get(place, "") if place else ""

    def _fails(self) -> set[int]:
        """The indexes of the blocks that run and are known to fail."""
        wanted = {at: self._failing.get(self._page.blocks[at].key, "") for at in self.running()}
        volatile = self.volatile()
        return {at for at, word in wanted.items() if word == _SKIP or (word and at not in volatile)}

    def _mend(self, at: int) -> bool:
        """Have a block that fails not run, or not compared, or have run what it needs."""
        block = self._page.blocks[at]
        word = self._failing.get(block.key, "")
        if word == _VOLATILE and at in self.volatile():
            word = ""  # it lacks a name as well
        if not word and self._mode == RunMode.MARKED:
            before = self._page.binder(at, self.running())
            needed = self._page.blocks[before] if before is not None else block
            if needed.comment and not (needed.key in self._failing or self._word(needed.comment)):
                return self._add(needed.comment, _RUN)
        if word == _VOLATILE and block.comment:
            return self._add(block.comment, word)
        skipped = block.option if self._options or not block.comment else block.comment
        return self._add(skipped or block.comment, _SKIP)

    def _add(self, place: Place | None, word: str) -> bool:
        """Give a place a directive; a stronger one stays, or two blocks would ask by turns."""
        if place is None:
            return False
        self.words[place] = max(self._word(place), word, key=_STRENGTH)
        return True
