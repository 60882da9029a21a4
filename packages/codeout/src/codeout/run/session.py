"""Runs blocks in this process, in one IPython shell without a kernel.

A block has what it would have in a notebook: the value of the last expression, ``display``,
magics, ``await`` at the top level and rich representations.
"""

from __future__ import annotations

import sys
import warnings
from os import _exit, getpid
from time import perf_counter  # by name: a page may replace the functions of modules
from typing import TYPE_CHECKING, Any

from IPython.core.displayhook import DisplayHook
from IPython.core.displaypub import DisplayPublisher
from IPython.core.interactiveshell import InteractiveShell
from traitlets import Type
from traitlets.config import Config

from codeout.output.model import Output, Ran, Stream, bounded, from_bundle
from codeout.run.block_errors import describe
from codeout.run.capture import Capture
from codeout.run.imports import ImportCollector

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path


class Session:
    """Runs the blocks of one page, one after another.

    Args:
        scratch: An empty folder for files of the shell and the capture.
        limit: Bytes of text to keep of each block.

    Attributes:
        failure: An exception that IPython caught itself, as from ``__repr__``.
    """

    def __init__(self, scratch: Path, limit: int) -> None:
        self._limit = limit
        self._outputs: list[Output] = []
        self._shown: dict[str, int] = {}
        self._printed = 0
        self._imports: set[str] = set()
        self.failure: BaseException | None = None
        self._capture = Capture(scratch / "printed")
        self._capture.install()
        self._shell: Any = _Shell(session=self, ipython_dir=str(scratch / "ipython"))
        _Shell.as_the_only_one(self._shell)
        self._shell.ast_transformers.append(ImportCollector(self._imports))
        warnings.filterwarnings("ignore", "To exit: use", UserWarning)

    def run(self, code: str) -> Ran:
        """Run one block to its end; an exception becomes the last output."""
        self._outputs, self._shown, self._printed = [], {}, 0
        self._imports.clear()
        self.failure = None
        began, process = perf_counter(), getpid()
        errors = self._failures(code)
        if getpid() != process:
            _exit(0)  # a child that the block forked must not run the rest of the page
        seconds = perf_counter() - began
        self.drain()
        self._outputs += [describe(error) for error in errors if error is not None][:1]
        outputs, shown = bounded(self._outputs, max(0, self._limit - self._printed))
        return Ran(outputs, seconds, self._printed + shown, frozenset(self._imports))

    def _failures(self, code: str) -> tuple[BaseException | None, ...]:
        """Run a block; the first failure counts: before it ran, in it, or caught by IPython."""
        try:
            result = self._shell.run_cell(code, store_history=True)
            raised = result.error_before_exec, result.error_in_exec
        except Exception as error:  # noqa: BLE001  # raised by IPython: the block broke it
            return (error,)
        return *raised, self.failure

    def drain(self) -> None:
        """Move what was printed so far to the outputs, before the next one is added."""
        text, size = self._capture.take(max(0, self._limit - self._printed))
        self._printed += size
        if text:
            self._outputs.append(Stream(text))

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
            display: Identifier by which a later call may replace it; may be empty.
            update: Replace the one with this identifier, if there is one.
            result: Whether it is the value of the last expression.
        """
        self.drain()
        output = from_bundle(dict(data), result=result)
        if output is None:
            return
        if update and display in self._shown:
            self._outputs[self._shown[display]] = output
            return
        self._shown[display] = len(self._outputs)
        self._outputs.append(output)

    def clear(self) -> None:
        """Remove the outputs of the block so far (``clear_output``)."""
        self.drain()
        self._outputs.clear()
        self._shown.clear()


class _Publisher(DisplayPublisher):
    shell: Any

    def publish(self, data: dict[str, Any], *_: object, **options: Any) -> None:
        display = (options.get("transient") or {}).get("display_id", "")
        self.shell.session.show(data, display, update=options.get("update", False))

    def clear_output(self, wait: bool = False) -> None:  # noqa: ARG002
        self.shell.session.clear()


class _Hook(DisplayHook):
    shell: Any

    def write_output_prompt(self) -> None:
        pass

    def write_format_data(self, format_dict: dict[str, Any], md_dict: object = None) -> None:  # noqa: ARG002
        self.shell.session.show(format_dict, result=True)

    def finish_displayhook(self) -> None:
        self._is_active = False


class _Shell(InteractiveShell):
    displayhook_class = Type(_Hook)
    display_pub_class = Type(_Publisher)

    def __init__(self, session: Session, **options: Any) -> None:
        self.session = session
        config = Config()
        config.HistoryManager.enabled = False
        config.InteractiveShell.colors = "nocolor"
        config.InteractiveShell.enable_html_pager = False
        super().__init__(config=config, **options)  # type: ignore[no-untyped-call]

    def init_completer(self) -> None:
        """Skip it: nobody types here."""

    @classmethod
    def as_the_only_one(cls, shell: Any) -> None:
        """Make ``get_ipython()`` return the shell."""
        for kind in cls._walk_mro():
            kind._instance = shell  # noqa: SLF001  # as SingletonConfigurable.instance() does

    def ask_exit(self) -> None:
        """Raise ``SystemExit`` for ``exit()`` and ``quit()``."""
        raise SystemExit

    def showtraceback(self, exc_tuple: Any = None, *_: object, **__: object) -> None:
        """Keep the exception, which may come from ``__repr__`` or from drawing a figure."""
        self.session.failure = exc_tuple[1] if exc_tuple else sys.exception()

    def showsyntaxerror(self, *_: object, **__: object) -> None:
        """Skip it: the session describes errors itself."""

    def _format_exception_for_storage(self, *_: object, **__: object) -> dict[str, Any]:
        """Skip it: no history is kept, and this takes longer than most blocks."""
        return {}
