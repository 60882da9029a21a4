"""The fingerprint of a process: what its forks inherit and is in no file.

Two processes with the same fingerprint would start the same server of pages. So a server serves
only those that have its own: another variable, limit or folder costs time, never truth.
"""

from __future__ import annotations

import contextlib
import os
import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Final

from codeout.fs.digest import digest
from codeout.run.environment import apply_environment
from codeout.run.interpreter import kept_flags

if TYPE_CHECKING:
    from collections.abc import Mapping

    from codeout.run.job import Limits

_PACKAGE: Final = str(Path(__file__).parents[1])
_PROCESS: Final = Path("/proc/self")
_FILES: Final = ("limits", "oom_score_adj", "personality", "attr/current")
_LINES: Final = re.compile(
    r"^(?:Umask|Uid|Gid|Groups|SigBlk|SigIgn|Cap\w+|NoNewPrivs|Seccomp|Cpus_allowed|Mems_allowed):"
    r".*$",
    re.MULTILINE,
)
_OF_TERMINALS: Final = re.compile(
    r"_|PWD|OLDPWD|SHLVL|COLUMNS|LINES|TERM|TERM_SESSION_ID|WINDOWID|WINDOW|STY|TMUX|TMUX_PANE"
    r"|SSH_(?:CLIENT|CONNECTION|TTY|AUTH_SOCK)|XDG_SESSION_ID|VTE_VERSION"
    r"|(?:GNOME_TERMINAL|KONSOLE|ITERM|KITTY|WEZTERM|ALACRITTY|VSCODE)_\w+"
)
"""Variables that differ between the terminals of one person, and that no module reads at import."""


def fingerprint(root: Path, limits: Limits) -> str:
    """A digest of all that a server would take over from this process.

    Args:
        root: The folder of the project.
        limits: How its pages are run; what is preloaded, and in which environment, counts.
    """
    parts = [
        str(root),
        _PACKAGE,
        repr(limits.preload),
        repr(_environment(limits.environment)),
        sys.version,
        sys.executable,
        repr((kept_flags(), sys.flags.ignore_environment)),
        repr(os.uname()),
        str(Path.cwd()),
        repr((os.getpriority(os.PRIO_PROCESS, 0), os.sched_getscheduler(0))),
        *namespaces(),
        *map(_text, _FILES),
        *_LINES.findall(_text("status")),
    ]
    return digest(*parts)


def namespaces(process: int | str = "self") -> tuple[str, ...]:
    """The namespaces of a process, which a sandbox or a container has of its own.

    Raises:
        OSError: The process is gone, or belongs to somebody else.
    """
    folder = Path(f"/proc/{process}/ns")
    return tuple(str(each.readlink()) for each in sorted(folder.iterdir()))


def _environment(more: Mapping[str, str]) -> list[tuple[str, str]]:
    """The variables with which the server would start."""
    environ = dict(os.environ)
    apply_environment(environ, more)
    return sorted(each for each in environ.items() if not _OF_TERMINALS.fullmatch(each[0]))


def _text(name: str) -> str:
    with contextlib.suppress(OSError):
        return (_PROCESS / name).read_text(encoding="utf-8", errors="replace")
    return ""
