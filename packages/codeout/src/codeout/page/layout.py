"""Where pages have their outputs, and which of their blocks run: as the settings say."""

from __future__ import annotations

from dataclasses import dataclass

from codeout.page.model import SlotKind
from codeout.page.modes import RunMode, SessionMode


@dataclass(frozen=True, slots=True)
class Layout:
    """Where pages have their outputs.

    Attributes:
        code: The labels of code tabs.
        out: The labels of output tabs.
        outputs: The kinds of slots that are looked for. Without ``fence``, only the fences that a
            comment marks are slots.
        console: The languages of fences with commands that run; see ``codeout.page.console``.
        doctest_options: The options of doctest that hold for all statements in transcripts.
        run: Which blocks run; see ``codeout.page.modes``.
        sessions: Which blocks share a session; see ``codeout.page.modes``.
        skip: Patterns of words after the language of a fence that mean ``skip``.
        words: Patterns of such words, each with the directive that it means.
        fences: Cells of other publishers that run; see ``codeout.page.code_cells``.
        languages: The languages that plugins run.
    """

    code: tuple[str, ...] = ("Code", "코드")
    out: tuple[str, ...] = ("Out", "Output", "결과", "출력")
    outputs: tuple[str, ...] = (SlotKind.TABS, SlotKind.TRANSCRIPTS, SlotKind.COMMENTS)
    console: tuple[str, ...] = ()
    doctest_options: tuple[str, ...] = ()
    run: str = RunMode.ALL
    sessions: str = SessionMode.PAGE
    skip: tuple[str, ...] = ()
    words: tuple[tuple[str, str], ...] = ()
    fences: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()

    @property
    def mapping(self) -> dict[str, str]:
        """The directives that words of fences mean, by their patterns."""
        return dict.fromkeys(self.skip, "skip") | dict(self.words)
