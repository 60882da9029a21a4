"""Problems as annotations of lines, which GitHub Actions shows in a pull request."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from codeout.text.escape import escape, escape_line

if TYPE_CHECKING:
    from codeout.errors import Problem


def on_github() -> bool:
    """Whether GitHub's runner reads what is printed."""
    return os.environ.get("GITHUB_ACTIONS") == "true"


def annotation(problem: Problem, level: str = "error") -> str:
    """A problem as a workflow command, with its line's end."""
    text = "\n".join(part for part in (problem.message, problem.hint, problem.detail) if part)
    data = escape(text).replace("%", "%25").replace("\n", "%0A")
    path = escape_line(problem.path).replace("%", "%25").replace(":", "%3A").replace(",", "%2C")
    return f"::{level} file={path},line={max(1, problem.line)},title=codeout::{data}\n"
