"""Our errors as those of Sphinx."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING

from sphinx.errors import ConfigError

from codeout.errors import CodeoutError

if TYPE_CHECKING:
    from collections.abc import Iterator


@contextlib.contextmanager
def as_sphinx_error() -> Iterator[None]:
    """Raise our errors as what ends a build with a message and no traceback.

    Raises:
        ConfigError: The settings or the lock cannot be used, or a file cannot be written.
    """
    try:
        yield
    except (CodeoutError, OSError) as error:
        raise ConfigError(f"codeout: {error}") from error
