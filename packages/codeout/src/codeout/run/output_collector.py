"""Collects what the blocks of a page print and display, in the order in which it appears."""

from __future__ import annotations

from typing import TYPE_CHECKING

from codeout.output.bounded import bounded
from codeout.output.bundle import from_bundle
from codeout.output.interactive import StillError
from codeout.output.model import Output, Ran, Stream, Updated
from codeout.run.capture import Capture
from codeout.run.charts import interactive_form
from codeout.run.plugins import PluginError, Plugins

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path


class OutputCollector:
    """The outputs of a block, and those of earlier blocks that it replaces.

    Args:
        printed: The file that the process is to print to.
        limit: Bytes of text to keep of each block.
        libraries: See ``Job.interactive``.

    Attributes:
        plugins: What is added to codeout.
        failure: An exception that IPython caught itself, as from ``__repr__``.
        statuses: Those other than 0 that shell commands of the block have ended with.
    """

    def __init__(self, printed: Path, limit: int, libraries: tuple[str, ...]) -> None:
        self._limit = limit
        self.libraries = libraries
        self.plugins = Plugins()
        self._broken: PluginError | None = None
        self._block = -1
        self._displays: dict[str, list[tuple[int, int]]] = {}
        self._reset()
        self._capture = Capture(printed)
        self._capture.install()

    def _reset(self) -> None:
        self._outputs: list[Output] = []
        self._updates: dict[tuple[int, int], Output] = {}
        self._still: list[str] = []
        self._clears = False
        self._printed = self._line = 0
        self.failure: BaseException | None = None
        self.statuses: list[int] = []

    def begin_block(self) -> None:
        """Begin with the outputs of the next block."""
        self._reset()
        self._block += 1

    def begin_line(self, line: int) -> None:
        """Note that what is printed from here on comes from another line of the block."""
        if line != self._line:
            self.drain()
            self._line = line

    def forget_blocks(self) -> None:
        """Count blocks from the next one on; displays of earlier ones can no longer change."""
        self._block = -1
        self._displays.clear()

    def finish(self, seconds: float, imports: frozenset[str], unimported: int) -> Ran:
        """The result of the block, within the limit.

        Args:
            seconds: How long it ran.
            imports: See ``Ran``.
            unimported: See ``Ran``.

        Raises:
            PluginError: A plugin does not do what it has to, here or when a value was shown.
        """
        self._let_plugins_normalize()
        outputs, shown = bounded(self._outputs, self._room)
        if len(outputs) < len(self._outputs):  # figures were left out, and places are wrong
            self._forget_places()
        kept, more = bounded(self._updates.values(), self._limit)
        updates = [Updated(*place, new) for place, new in zip(self._updates, kept, strict=False)]
        return Ran(
            outputs,
            seconds,
            self._printed,
            imports,
            statuses=tuple(self.statuses),
            updates=tuple(updates) if len(kept) == len(self._updates) else (),
            shown=shown + more,
            unimported=unimported,
            still=tuple(dict.fromkeys(self._still)),
        )

    def _let_plugins_normalize(self) -> None:
        if self._broken:
            raise self._broken
        self._outputs = [*map(self.plugins.normalized, self._outputs)]
        new = {at: self.plugins.normalized(output) for at, output in self._updates.items()}
        self._updates = new

    @property
    def _room(self) -> int:
        """How many bytes of text may still be kept."""
        return max(0, self._limit - self._printed)

    def drain(self) -> None:
        """Move what was printed so far to the outputs, before the next one is added."""
        text, size = self._capture.take(self._room)
        self._printed += size
        if text:
            self.add(Stream(text, self._line))

    def discard_printed(self) -> None:
        """Discard what was printed and not yet taken: an earlier fork printed it."""
        self._capture.take(0)

    def add(self, output: Output) -> None:
        """Add an output that follows those so far."""
        if self._clears:
            self._clear()
        self._outputs.append(output)

    def show(
        self,
        data: Mapping[str, object],
        display: str = "",
        *,
        update: bool = False,
        result: bool = False,
    ) -> None:
        """Add a displayed value.

        Args:
            data: Its representations, by MIME type.
            display: Identifier by which a later call may replace it, also in a later block; may be
                empty.
            update: Only replace those with this identifier.
            result: Whether it is the value of the last expression.
        """
        self.drain()
        output = self._output_of(data, result=result)
        if output is None:
            return
        for block, at in self._displays.get(display, ()):
            if block == self._block:
                self._outputs[at] = output
            else:
                self._updates[block, at] = output
        if not update:
            self.add(output)
            if display:
                place = self._block, len(self._outputs) - 1
                self._displays.setdefault(display, []).append(place)

    def _output_of(self, data: Mapping[str, object], *, result: bool) -> Output | None:
        """The output that shows a value, if any of its representations can be shown."""
        forms = {**data}
        try:
            forms = {**self.plugins.rendered(forms)}
        except PluginError as error:  # the page must not catch it
            self._broken = error
        output = from_bundle(forms, result=result)
        try:
            return interactive_form(forms, output, self.libraries, result=result)
        except StillError as why:
            self._still.append(str(why))
            return output

    def clear(self, *, wait: bool) -> None:
        """Remove the outputs of the block so far, or once there is another one if ``wait``."""
        self.drain()
        if wait:
            self._clears = True
        else:
            self._clear()

    def _clear(self) -> None:
        self._clears = False
        self._outputs.clear()
        self._forget_places()

    def _forget_places(self) -> None:
        """Forget which displays are outputs of this block."""
        for places in self._displays.values():
            places[:] = [place for place in places if place[0] != self._block]
