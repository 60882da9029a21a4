"""The exit statuses of the commands."""

from __future__ import annotations

from typing import Final

DIFFER: Final = 1
"""A page is stale, differs or fails."""

FAILED: Final = 2
"""The command cannot do what it was asked for."""

INTERRUPTED: Final = 130
"""Ctrl-C, or a signal to end."""
