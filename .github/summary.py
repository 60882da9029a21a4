# noqa: INP001  # a script
"""Prints the report of a check as a table in Markdown: ``python summary.py report.xml``."""

from __future__ import annotations

import sys
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

if TYPE_CHECKING:
    from collections.abc import Iterator


def summary(report: Path) -> str:
    """The table: a line for each page, with what is not true of it.

    Args:
        report: What ``codeout check --junit`` has written; there may be none.
    """
    if not report.is_file():
        return "No page was checked: an earlier step failed, or the check did not end.\n"
    suites = ET.parse(report).getroot()  # noqa: S314  # codeout has written it
    rows = [f"| {_cell(suite.get('name', ''))} | {_result(suite)} |" for suite in suites]
    return "\n".join(["| page | result |", "| --- | --- |", *rows, ""])


def _result(suite: ET.Element) -> str:
    told = [*_failures(suite)]
    named = suite.find("properties/property[@name='result']")
    return "<br>".join(told) or (named.get("value", "") if named is not None else "")


def _failures(suite: ET.Element) -> Iterator[str]:
    for failure in suite.iter("failure"):
        first, *_ = (failure.text or "").split("\n")
        yield f"❌ {_cell(first)}"


def _cell(text: str) -> str:
    """A text as code in a table."""
    return f"<code>{escape(text).replace('|', '&#124;')}</code>"


if __name__ == "__main__":
    sys.stdout.write(summary(Path(sys.argv[1])))
