"""IPython's shell without a kernel: it shows nothing itself."""

from __future__ import annotations

import contextlib
import subprocess
import sys
import warnings
from types import CodeType, ModuleType
from typing import TYPE_CHECKING, Any, ClassVar, Final

from IPython.core.error import UsageError
from IPython.utils import process
from IPython.utils.text import LSString, SList
from traitlets import Type
from traitlets.config import Config

from codeout.run.block_errors import describe
from codeout.run.capture import without_errors
from codeout.run.shell_displays import Formatter, Hook, Publisher
from codeout.run.shell_start import StartedShell

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping
    from pathlib import Path

    from codeout.run.output_collector import OutputCollector

_ALL_TOKENS: Final = "x = 'a' + \"b\"\n'''\n''' + \"\"\"\n\"\"\"\n"
"""Code for which IPython and ``tokenize`` compile all patterns that a first block needs."""

run_command: Any = process.system  # type: ignore[attr-defined]


class Shell(StartedShell):
    """The shell of a page; ``outputs`` takes what there is to show.

    Attributes:
        outputs: Those of the block that runs.
        typed: Whether the block is a statement typed at a prompt.
        begin_line: Called with the first line of each statement before it runs, if it is set.
    """

    typed = False
    begin_line: Callable[[int], None] | None = None

    displayhook_class = Type(Hook)
    display_pub_class = Type(Publisher)

    outputs: OutputCollector
    _ready: ClassVar[Any] = None

    def __init__(self) -> None:
        config = Config()
        config.HistoryManager.enabled = False
        config.HistoryManager.hist_file = ":memory:"
        config.InteractiveShell.colors = "nocolor"
        config.InteractiveShell.enable_html_pager = False
        config.MagicsManager.lazy_magics = {"store": "IPython.extensions.storemagic"}
        super().__init__(config=config)  # type: ignore[no-untyped-call]
        self._first_names: dict[str, object] = {}
        warnings.filterwarnings("ignore", "To exit: use", UserWarning)

    @classmethod
    def make_ready(cls) -> None:
        """Make the shell of the page that will be forked from this process."""
        cls._ready = cls()
        cls._ready.transform_cell(_ALL_TOKENS)

    @classmethod
    def as_the_only_one(cls, outputs: OutputCollector, folder: Path) -> Any:
        """The shell that ``get_ipython()`` returns; IPython keeps files in the folder."""
        shell, cls._ready = cls._ready or cls(), None
        shell.outputs = outputs
        shell.enter(folder)
        kinds: Iterable[Any] = cls._walk_mro()
        for kind in kinds:
            kind._instance = shell  # noqa: SLF001  # as SingletonConfigurable.instance() does
        return shell

    def show(self, data: Mapping[str, object], display: str = "", **options: bool) -> None:
        """Add a value to the outputs, only as text if it is one at a prompt."""
        kinds = ("text/plain",) if self.typed else tuple(data)
        self.outputs.show({kind: data[kind] for kind in kinds if kind in data}, display, **options)

    def restart(self, names: Mapping[str, object]) -> None:
        """Begin again with the names of a new shell, and some more; functions keep the old ones."""
        module = ModuleType("__main__")
        self._first_names = self._first_names or dict(self.user_ns)
        module.__dict__.update({**self._first_names, **names})
        self.user_module, self.user_ns = module, module.__dict__
        results = {name: "" for name in ("_", "__", "___") if name not in names}
        self.push(results, interactive=False)  # type: ignore[no-untyped-call]

    def init_display_formatter(self) -> None:
        """Use one that knows charts."""
        formatter: Any = Formatter(parent=self)
        self.display_formatter = formatter
        self.configurables.append(formatter)

    def init_completer(self) -> None:
        """Skip it: nobody types here."""

    @property
    def kernel(self) -> Any:
        """Jupyter's kernel, which pages run without.

        Raises:
            AttributeError: Always, so that libraries that look for a kernel find none.
        """
        raise AttributeError("pages run without a kernel of Jupyter: there is no `.kernel`")

    @contextlib.contextmanager
    def typing(self) -> Iterator[None]:
        """Show what Python shows at its prompt: each value by its ``repr``, and no errors' stream.

        Standard error is left out as in doctest: a transcript holds what a statement answers.
        """
        formatter: Any = self.display_formatter.formatters["text/plain"]  # type: ignore[union-attr]
        before = self.ast_node_interactivity, formatter.pprint, self.typed
        self.ast_node_interactivity, formatter.pprint, self.typed = "all", False, True
        try:
            with without_errors():
                yield
        finally:
            self.ast_node_interactivity, formatter.pprint, self.typed = before

    def transform_cell(self, raw_cell: str) -> str:
        """Translate a block to Python; IPython cuts empty lines before it, which would count."""
        lines = raw_cell.split("\n")
        empty = next((at for at, line in enumerate(lines) if line.strip()), 0)
        python = super().transform_cell(raw_cell)  # type: ignore[no-untyped-call]
        return "\n" * empty + str(python)

    async def run_code(self, code_obj: CodeType, *args: Any, **options: Any) -> Any:
        """Run one statement of a block."""
        if self.begin_line:
            self.begin_line(min(line for *_, line in code_obj.co_lines() if line))
        return await super().run_code(code_obj, *args, **options)  # type: ignore[no-untyped-call]

    def enable_gui(self, gui: str | None = None) -> None:
        """Do what ``%gui`` and ``%matplotlib`` ask for; figures of pages have no window.

        Raises:
            UsageError: A window is asked for.
        """
        if gui not in {None, "", "asyncio", "inline", "none"}:
            raise UsageError(f"pages have no windows: {gui!r} cannot be used")

    def enable_matplotlib(self, gui: str | None = None) -> Any:
        """Choose how Matplotlib draws, for ``%matplotlib`` and ``%pylab``.

        Raises:
            UsageError: A window is asked for, whether this machine could show it or not.
        """
        from IPython.core import pylabtools

        find: Any = pylabtools.find_gui_and_backend
        self.enable_gui(find(gui, self.pylab_gui_select)[0])
        return super().enable_matplotlib(gui)  # type: ignore[no-untyped-call]

    def system(self, cmd: str) -> None:
        """Run a shell command, ``!cmd``, and note its status."""
        status = run_command(self._command(cmd, 2))
        self.user_ns["_exit_code"] = status
        self._note(status)

    def getoutput(self, cmd: str, split: bool = True, depth: int = 0) -> Any:
        """Run a shell command for its output, ``files = !cmd``, and note its status."""
        command = self._command(cmd, depth + 2)
        pipe, together = subprocess.PIPE, subprocess.STDOUT
        done = subprocess.run(  # noqa: S602  # the page asks for a shell
            command,
            shell=True,
            stdout=pipe,
            stderr=together,
            check=False,
        )
        self._note(done.returncode)
        text = done.stdout.decode(errors="replace").replace("\r\n", "\n")
        return SList(text.splitlines()) if split else LSString(text)

    def _command(self, cmd: str, depth: int) -> str:
        """A command with variables of the page, which are those of the frame so far above.

        Raises:
            OSError: It is to run in the background.
        """
        if cmd.rstrip().endswith("&"):
            raise OSError("Background processes not supported.")
        return str(self.var_expand(cmd, depth=depth))  # type: ignore[no-untyped-call]

    def _note(self, status: int) -> None:
        if status:
            self.outputs.statuses.append(status)

    def ask_exit(self) -> None:
        """Raise ``SystemExit`` for ``exit()`` and ``quit()``."""
        raise SystemExit

    def showtraceback(self, exc_tuple: Any = None, *_: object, **__: object) -> None:
        """Keep the exception, which may come from ``__repr__`` or from drawing a figure.

        If there is none, ``%tb`` asks for the last one again.
        """
        try:
            _, error, _ = self._get_exc_info(exc_tuple)  # type: ignore[no-untyped-call]
        except ValueError:
            print("No traceback available to show.")  # noqa: T201  # as IPython does
            return
        if exc_tuple or sys.exception():
            self.outputs.failure = error
        else:
            print(describe(error).text, end="")  # noqa: T201  # likewise

    def showsyntaxerror(self, *_: object, **__: object) -> None:
        """Skip it: the session describes errors itself."""

    def _format_exception_for_storage(self, *_: object, **__: object) -> dict[str, Any]:
        """Skip it: no history is kept, and this takes longer than most blocks."""
        return {}
