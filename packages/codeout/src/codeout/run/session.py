"""Runs blocks in this process, in one IPython shell without a kernel.

A block has what it would have in a notebook: the value of the last expression, ``display``,
magics, ``await`` at the top level and rich representations.
"""

from __future__ import annotations

import math
from contextlib import nullcontext
from os import _exit, getpid
from time import perf_counter  # by name: a page may replace the functions of modules
from typing import TYPE_CHECKING

from codeout.run.block_errors import describe, script_status
from codeout.run.class_sources import find_class_sources
from codeout.run.console import Console
from codeout.run.imports import ImportCollector
from codeout.run.job import Cell
from codeout.run.output_collector import OutputCollector
from codeout.run.printing_lines import printing_lines
from codeout.run.shell import Shell

if TYPE_CHECKING:
    from contextlib import AbstractContextManager
    from pathlib import Path

    from codeout.output.model import Ran
    from codeout.run.module import Module


class Session:
    """Runs the blocks of one page, one after another.

    Args:
        scratch: An empty folder for files of the shell and the capture.
        limit: Bytes of text to keep of each block.
        libraries: See ``Job.interactive``.

    Attributes:
        outputs: Those of the block that runs.
    """

    def __init__(self, scratch: Path, limit: int, libraries: tuple[str, ...] = ()) -> None:
        self._imports: set[str] = set()
        self._prepared: frozenset[str] = frozenset()
        self.outputs = OutputCollector(scratch / "printed", limit, libraries)
        self._console = Console(scratch / "console", scratch / "work")
        self._shell = Shell.as_the_only_one(self.outputs, scratch / "ipython")
        self._shell.ast_transformers.append(ImportCollector(self._imports))
        find_class_sources()

    def prepare(self, code: str) -> Ran:
        """Run code before the first block; what it imports counts as imported by that block."""
        ran = self.run(Cell(code, math.inf))
        self._prepared = ran.imports
        self.outputs.forget_blocks()
        return ran

    def run(self, cell: Cell) -> Ran:
        """Run one block to its end; an exception becomes the last output.

        Raises:
            PluginError: A plugin does not do what it has to.
        """
        self.outputs.begin_block()
        self._imports.clear()
        began, process = perf_counter(), getpid()
        error, unimported = self._begin(cell.module) if cell.module else (None, -1)
        if error is None:
            error = self._failure(cell)
        if getpid() != process:
            _exit(0)  # a child that the block forked must not run the rest of the page
        seconds = perf_counter() - began
        self.outputs.drain()
        self._note_failure(cell, error)
        imports, self._prepared = self._prepared.union(self._imports), frozenset()
        return self.outputs.finish(seconds, imports, unimported)

    def _begin(self, module: Module) -> tuple[BaseException | None, int]:
        """Begin with the names of a module alone; return what it raised, and on which line."""
        try:
            names = module.names()
            self._imports.update(module.imports())
        except BaseException as error:  # noqa: BLE001  # modules may raise any, as blocks
            return error, module.line_of(error)
        finally:
            self.outputs.discard_printed()
        self._shell.restart(names)
        self._console.restart()
        return None, -1

    def _failure(self, cell: Cell) -> BaseException | None:
        """Run a block in its language; return what it raised."""
        if cell.shell:
            return self._failure_of_command(cell.code)
        if cell.language:
            return self._failure_in(cell.language, cell.code)
        with self._manner_of(cell):
            return self._failure_of_python(cell.code)

    def _manner_of(self, cell: Cell) -> AbstractContextManager[None]:
        """How a block shows what it prints and its values."""
        manner: AbstractContextManager[None] = nullcontext()
        self._shell.begin_line = self.outputs.begin_line if cell.by_line else None
        if cell.typed:
            manner = self._shell.typing()
        elif cell.by_line:
            manner = printing_lines(self.outputs.begin_line)
        return manner

    def _failure_of_python(self, code: str) -> BaseException | None:
        """Run Python; the first failure counts: before it ran, in it, or caught by IPython."""
        try:
            result = self._shell.run_cell(code, store_history=True)
        except Exception as error:  # noqa: BLE001  # raised by IPython: the block broke it
            return error
        raised = result.error_before_exec, result.error_in_exec, self.outputs.failure
        return next((error for error in raised if error is not None), None)

    def _failure_of_command(self, command: str) -> BaseException | None:
        """Run a command for a shell, and note its status."""
        try:
            status = self._console.run(command)
        except Exception as error:  # noqa: BLE001  # whatever a page has done to this process
            return error
        self.outputs.statuses += [status] if status else []
        return None

    def _failure_in(self, language: str, code: str) -> BaseException | None:
        """Run a block in a language of a plugin, and show what it gives."""
        try:
            value = self.outputs.plugins.run(language, code, self._shell.user_ns)
            if value is not None:
                self.outputs.show(self._shell.display_formatter.format(value)[0], result=True)
        except BaseException as error:  # noqa: BLE001  # likewise, and of the plugin
            return error
        return self.outputs.failure

    def _note_failure(self, cell: Cell, error: BaseException | None) -> None:
        """Add an exception to the outputs, or the status of a script, for which it stands."""
        if cell.tells_status and (status := script_status(error)) is not None:
            self.outputs.statuses.append(status)
        elif error is not None:
            self.outputs.add(describe(error))
