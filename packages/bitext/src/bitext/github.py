"""Findings as annotations of lines, which GitHub Actions shows in a pull request."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bitext.finding import Finding
    from bitext.page import Page


def on_github() -> bool:
    """Whether GitHub's runner reads what is printed."""
    return os.environ.get("GITHUB_ACTIONS") == "true"


def annotation(finding: Finding, page: Page) -> str:
    """A finding as a workflow command; of line 1 in a notebook, whose lines GitHub hides."""
    where = f"{page.locate(finding.line)}: " if page.cells else ""
    data = f"{where}{finding.message}\n{finding.hint}"
    data = data.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")
    path = str(page.path).replace("%", "%25").replace(":", "%3A").replace(",", "%2C")
    line = 1 if page.cells else finding.line
    return f"::error file={path},line={line},title=bitext::{data}"
