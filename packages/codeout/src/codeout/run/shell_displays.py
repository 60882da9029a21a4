"""What IPython's shell displays goes to its outputs: values, ``display``, figures."""

from __future__ import annotations

from typing import Any

from IPython.core.displayhook import DisplayHook
from IPython.core.displaypub import DisplayPublisher
from IPython.core.formatters import DisplayFormatter

from codeout.run.charts import data_of


class Publisher(DisplayPublisher):
    """Takes what ``display`` and ``clear_output`` are called with."""

    shell: Any

    def publish(self, data: dict[str, Any], *_: object, **options: Any) -> None:
        """Show a value, or replace those that have the same identifier."""
        display = (options.get("transient") or {}).get("display_id", "")
        self.shell.show(data, display, update=options.get("update", False))

    def clear_output(self, wait: bool = False) -> None:
        """Remove what the block displayed so far, or once there is more if ``wait``."""
        self.shell.outputs.clear(wait=wait)


class Formatter(DisplayFormatter):
    """Also asks charts for their data, where figures are to be interactive."""

    parent: Any

    def format(self, obj: object, *which: Any, **named: Any) -> tuple[dict[str, Any], Any]:
        """The representations of a value by MIME type, and their metadata."""
        data, metadata = super().format(obj, *which, **named)  # type: ignore[no-untyped-call]
        if data and self.parent.outputs.libraries:
            data |= data_of(obj)
        return data, metadata


class Hook(DisplayHook):
    """Takes the value of the last expression."""

    shell: Any

    def write_output_prompt(self) -> None:
        """Skip it: pages have no ``Out[1]:``."""

    def write_format_data(self, format_dict: dict[str, Any], md_dict: object = None) -> None:  # noqa: ARG002
        """Show the value."""
        self.shell.show(format_dict, result=True)

    def finish_displayhook(self) -> None:
        """Skip what ends the line of a prompt."""
        self._is_active = False

    def quiet(self) -> bool:
        """Whether the block ends with a semicolon, which means nothing at a prompt."""
        return not self.shell.typed and bool(super().quiet())  # type: ignore[no-untyped-call]
