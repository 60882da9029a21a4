"""What a plugin has to be; see ``docs/engine/plugins.md``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Mapping


class Normalizer(Protocol):
    """Removes from a text what differs from run to run."""

    def __call__(self, text: str, /) -> str:
        """The text as it is to be shown and compared.

        Args:
            text: What a block printed between two values, the text of a value, or a traceback.
        """


class Renderer(Protocol):
    """Shows values of a MIME type that pages cannot show by themselves."""

    @property
    def mime(self) -> str:
        """The MIME type that it takes: ``application/vnd.units+json``."""

    def render(self, data: object, /) -> Mapping[str, object]:
        """Other forms of a value, by MIME types that pages can show.

        Args:
            data: The value in the form of that type, as IPython has it.
        """


class Language(Protocol):
    """Runs the blocks of a language; one is made for each session of a page."""

    def run(self, code: str, names: dict[str, object], /) -> object:
        """Run a block. What it prints is its output, and so is what it raises.

        Args:
            code: The code.
            names: The names of the Python session of the page, which it may read and set.

        Returns:
            A value to show below the block; None for none.
        """
