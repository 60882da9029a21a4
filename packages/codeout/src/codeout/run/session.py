"""Runs blocks in this process, in one IPython shell without a kernel.

A block has what it would have in a notebook: the value of the last expression, ``display``,
magics, ``await`` at the top level and rich representations.
"""

from __future__ import annotations

import math
import warnings
from contextlib import nullcontext
from os import _exit, getpid
from time import perf_counter  # by name: a page may replace the functions of modules
from typing import TYPE_CHECKING

from codeout.output.bounded import bounded
from codeout.output.bundle import from_bundle
from codeout.output.interactive import StillError
from codeout.output.model import Output, Ran, Stream, Updated
from codeout.run.block_errors import describe, script_status
from codeout.run.capture import Capture
from codeout.run.charts import interactive_form
from codeout.run.class_sources import find_class_sources
from codeout.run.console import Console
from codeout.run.imports import ImportCollector
from codeout.run.job import Cell
from codeout.run.plugins import PluginError, Plugins
from codeout.run.printing_lines import printing_lines
from codeout.run.shell import Shell

if TYPE_CHECKING:
    from collections.abc import Mapping
    from contextlib import AbstractContextManager
    from pathlib import Path

    from codeout.run.module import Module


class Session:
    """Runs the blocks of one page, one after another.

    Args:
        scratch: An empty folder for files of the shell and the capture.
        limit: Bytes of text to keep of each block.
        libraries: See ``Job.interactive``.

    Attributes:
        plugins: What is added to codeout.
        failure: An exception that IPython caught itself, as from ``__repr__``.
        statuses: Those other than 0 that shell commands of the block have ended with.
    """

    def __init__(self, scratch: Path, limit: int, libraries: tuple[str, ...] = ()) -> None:
        self._limit = limit
        self.libraries = libraries
        self.plugins = Plugins()
        self._broken: PluginError | None = None
        self._still: list[str] = []
        self._outputs: list[Output] = []
        self._updates: dict[tuple[int, int], Output] = {}
        self._displays: dict[str, list[tuple[int, int]]] = {}
        self._clears = False
        self._block = -1
        self._printed = self._line = 0
        self._imports: set[str] = set()
        self._prepared: frozenset[str] = frozenset()
        self.failure: BaseException | None = None
        self.statuses: list[int] = []
        self._capture = Capture(scratch / "printed")
        self._capture.install()
        self._console = Console(scratch / "console", scratch / "work")
        self._shell = Shell.as_the_only_one(self, scratch / "ipython")
        self._shell.ast_transformers.append(ImportCollector(self._imports))
        warnings.filterwarnings("ignore", "To exit: use", UserWarning)
        find_class_sources()

    def prepare(self, code: str) -> Ran:
        """Run code before the first block; what it imports counts as imported by that block."""
        ran = self.run(Cell(code, math.inf))
        self._prepared = ran.imports
        self._block = -1
        self._displays.clear()
        return ran

    def run(self, cell: Cell) -> Ran:
        """Run one block to its end; an exception becomes the last output.

        Raises:
            PluginError: A plugin does not do what it has to.
        """
        self._outputs, self._updates, self._clears, self._printed = [], {}, False, 0
        self._line = 0
        self._still = []
        self._block += 1
        self._imports.clear()
        self.failure = None
        self.statuses = []
        began, process = perf_counter(), getpid()
        error, unimported = self._begin(cell.module) if cell.module else (None, -1)
        if error is None and cell.shell:
            error = self._failure_of_command(cell.code)
        elif error is None and cell.language:
            error = self._failure_in(cell.language, cell.code)
        elif error is None:
            with self._manner_of(cell):
                error = self._failure(cell.code)
        if getpid() != process:
            _exit(0)  # a child that the block forked must not run the rest of the page
        seconds = perf_counter() - began
        self.drain()
        self._note_failure(cell, error)
        self._let_plugins_normalize()
        outputs, shown = bounded(self._outputs, max(0, self._limit - self._printed))
        if len(outputs) < len(self._outputs):  # figures were left out, and places are wrong
            self._forget_places()
        kept, more = bounded(self._updates.values(), self._limit)
        updates = [Updated(*place, new) for place, new in zip(self._updates, kept, strict=False)]
        imports, self._prepared = self._prepared.union(self._imports), frozenset()
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

    def _begin(self, module: Module) -> tuple[BaseException | None, int]:
        """Begin with the names of a module alone; return what it raised, and on which line."""
        try:
            names = module.names()
            self._imports.update(module.imports())
        except BaseException as error:  # noqa: BLE001  # modules may raise any, as blocks
            return error, module.line_of(error)
        finally:
            self.forget_printed()
        self._shell.restart(names)
        self._console.restart()
        return None, -1

    def _manner_of(self, cell: Cell) -> AbstractContextManager[None]:
        """How a block shows what it prints and its values."""
        manner: AbstractContextManager[None] = nullcontext()
        self._shell.begin_line = self._begin_line if cell.by_line else None
        if cell.typed:
            manner = self._shell.typing()
        elif cell.by_line:
            manner = printing_lines(self._begin_line)
        return manner

    def _begin_line(self, line: int) -> None:
        """Note that what is printed from here on comes from another line of the block."""
        if line != self._line:
            self.drain()
            self._line = line

    def _failure(self, code: str) -> BaseException | None:
        """Run a block; the first failure counts: before it ran, in it, or caught by IPython."""
        try:
            result = self._shell.run_cell(code, store_history=True)
        except Exception as error:  # noqa: BLE001  # raised by IPython: the block broke it
            return error
        raised = result.error_before_exec, result.error_in_exec, self.failure
        return next((error for error in raised if error is not None), None)

    def _failure_of_command(self, command: str) -> BaseException | None:
        """Run a command for a shell, and note its status."""
        try:
            status = self._console.run(command)
        except Exception as error:  # noqa: BLE001  # whatever a page has done to this process
            return error
        self.statuses += [status] if status else []
        return None

    def _failure_in(self, language: str, code: str) -> BaseException | None:
        """Run a block in a language of a plugin, and show what it gives."""
        try:
            value = self.plugins.run(language, code, self._shell.user_ns)
            if value is not None:
                self.show(self._shell.display_formatter.format(value)[0], result=True)
        except BaseException as error:  # noqa: BLE001  # likewise, and of the plugin
            return error
        return self.failure

    def _let_plugins_normalize(self) -> None:
        """Have the outputs of the block normalized.

        Raises:
            PluginError: A plugin does not do what it has to, here or when a value was shown.
        """
        if self._broken:
            raise self._broken
        self._outputs = [*map(self.plugins.normalized, self._outputs)]
        new = {at: self.plugins.normalized(output) for at, output in self._updates.items()}
        self._updates = new

    def _note_failure(self, cell: Cell, error: BaseException | None) -> None:
        """Add an exception to the outputs, or the status of a script, for which it stands."""
        if cell.tells_status and (status := script_status(error)) is not None:
            self.statuses.append(status)
        elif error is not None:
            self._outputs.append(describe(error))

    def drain(self) -> None:
        """Move what was printed so far to the outputs, before the next one is added."""
        text, size = self._capture.take(max(0, self._limit - self._printed))
        self._printed += size
        if text:
            self._add(Stream(text, self._line))

    def _add(self, output: Output) -> None:
        if self._clears:
            self._clear()
        self._outputs.append(output)

    def forget_printed(self) -> None:
        """Discard what was printed and not yet taken: an earlier fork printed it."""
        self._capture.take(0)

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
        kinds = ("text/plain",) if self._shell.typed else tuple(data)
        forms = {kind: data[kind] for kind in kinds if kind in data}
        try:
            forms = {**self.plugins.rendered(forms)}
        except PluginError as error:  # the page must not catch it
            self._broken = error
        output = from_bundle(forms, result=result)
        try:
            output = interactive_form(forms, output, self.libraries, result=result)
        except StillError as why:
            self._still.append(str(why))
        if output is None:
            return
        for block, at in self._displays.get(display, ()):
            if block == self._block:
                self._outputs[at] = output
            else:
                self._updates[block, at] = output
        if not update:
            self._add(output)
            if display:
                place = self._block, len(self._outputs) - 1
                self._displays.setdefault(display, []).append(place)

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
