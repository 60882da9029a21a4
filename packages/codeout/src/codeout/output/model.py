"""The outputs of a block: text, values, figures, HTML and errors, in order."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence


@dataclass(frozen=True, slots=True)
class Stream:
    """Text from standard output or standard error, also of child processes.

    Attributes:
        text: The text.
        line: The line of the block that printed it, counted from 1; 0 if that is not looked for.
    """

    text: str
    line: int = 0


@dataclass(frozen=True, slots=True)
class Value:
    """The plain representation of a value.

    Attributes:
        text: The text to show.
        result: Whether it is the value of the last expression; False for a displayed one.
    """

    text: str
    result: bool = False


@dataclass(frozen=True, slots=True)
class Figure:
    """A picture.

    Attributes:
        data: The bytes of its file.
        ending: The suffix of the name of its file: ``png``, ``jpg`` or ``svg``.
        result: See ``Value.result``.
    """

    data: bytes
    ending: str
    result: bool = False


@dataclass(frozen=True, slots=True)
class Interactive:
    """A figure that readers can work with: a script draws it in their browser.

    Attributes:
        data: What the script draws: JSON, or HTML that holds its own script.
        library: Whose script it is, one of ``interactive.LIBRARIES``.
        picture: How it looks without scripts; None if the library cannot make a picture.
        result: See ``Value.result``.
    """

    data: str
    library: str
    picture: Figure | None = None
    result: bool = False


@dataclass(frozen=True, slots=True)
class Html:
    """The HTML representation of a value, such as a data frame.

    Attributes:
        source: The HTML, not sanitized.
        result: See ``Value.result``.
        plain: The plain representation of the same value; may be empty.
    """

    source: str
    result: bool = False
    plain: str = ""


@dataclass(frozen=True, slots=True)
class Markup:
    """The representation of a value in another language than HTML.

    Attributes:
        text: The source, in that language.
        mime: One of ``bundle.MARKUP``: of Markdown, LaTeX or JSON.
        result: See ``Value.result``.
    """

    text: str
    mime: str
    result: bool = False


@dataclass(frozen=True, slots=True)
class Error:
    """An exception that left the block.

    Attributes:
        names: The dotted names of its class and of its base classes.
        line: The line in the block that raised it, counted from 1; 0 if unknown.
        text: The traceback as Python prints it, with frames of the page only.
        message: Its type and the first line of its message, as Python prints them.
    """

    names: tuple[str, ...]
    line: int
    text: str
    message: str = ""

    def is_a(self, name: str) -> bool:
        """Whether ``name`` is its class or a base class, named as authors import it.

        ``pickle.UnpicklingError`` is defined in ``_pickle``, ``json.JSONDecodeError`` in
        ``json.decoder``. So only the package and the class of a dotted name are compared.
        """
        package, _, last = name.rpartition(".")
        return any(
            known.rpartition(".")[2] == last
            and (not package or _package(known) == _package(package))
            for known in self.names
        )

    @property
    def summary(self) -> str:
        """Its type and the first line of its message: ``ValueError: no``."""
        if self.message:
            return self.message
        lines = [line for line in self.text.splitlines() if line[:1].strip()]
        return lines[-1] if lines else self.names[0]


def _package(name: str) -> str:
    return name.partition(".")[0].lstrip("_")


Output = Stream | Value | Figure | Interactive | Html | Markup | Error


@dataclass(frozen=True, slots=True)
class Updated:
    """A new output in place of one of an earlier block (``update_display``).

    Attributes:
        block: The index of the block, among those that ran.
        at: The index of the output among those of the block.
        output: The new output.
    """

    block: int
    at: int
    output: Output


@dataclass(frozen=True, slots=True)
class Ran:
    """The result of running one block.

    Attributes:
        outputs: The outputs, in the order in which they appeared.
        seconds: How long the block ran.
        printed: Bytes of text that it printed; more than in ``outputs`` if these were cut.
        imports: Top-level names of the modules that the block imported.
        refused: URLs or hosts that the block tried to reach without network access.
        statuses: The statuses other than 0 that its shell commands ended with; a signal is
            negative.
        updates: Outputs of earlier blocks that the block replaced.
        shown: Bytes of the values that it showed; likewise.
        unimported: The line on which the module of a docstring could not be imported, 0 if that
            is elsewhere; -1 if it was imported, or there is none.
        still: Why values that were to be interactive are shown in another form.
    """

    outputs: tuple[Output, ...]
    seconds: float
    printed: int
    imports: frozenset[str]
    refused: tuple[str, ...] = ()
    statuses: tuple[int, ...] = ()
    updates: tuple[Updated, ...] = ()
    shown: int = 0
    unimported: int = -1
    still: tuple[str, ...] = ()

    @property
    def error(self) -> Error | None:
        """The exception that ended the block, if one did."""
        last = self.outputs[-1] if self.outputs else None
        return last if isinstance(last, Error) else None


def with_updates(runs: Sequence[Ran]) -> tuple[Ran, ...]:
    """The results of the blocks of a page, with outputs that later blocks have replaced."""
    outputs = [list(ran.outputs) for ran in runs]
    for ran in runs:
        for update in ran.updates:
            if 0 <= update.block < len(runs) and 0 <= update.at < len(outputs[update.block]):
                outputs[update.block][update.at] = update.output
    return tuple(replace(ran, outputs=tuple(each)) for ran, each in zip(runs, outputs, strict=True))
