# noqa: INP001  # a script
"""Prints the report of a check, and stale pages: ``python summary.py report.xml status.json``."""

from __future__ import annotations

import json
import sys
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Any
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


def stale(status: Path) -> str:
    """A list of the pages that are stale, and why; empty if there are none.

    Args:
        status: What ``codeout status --json`` has written; there may be none.
    """
    written = status.read_text("utf-8") if status.is_file() else ""
    pages = [page for page in json.loads(written or "[]") if not page["fresh"]]
    lines = [f"- {_cell(page['page'])}: {_cell(_why(page))}" for page in pages]
    return "\n".join(["", "Stale pages; `codeout run` runs them:", "", *lines, ""]) if lines else ""


def _why(page: dict[str, Any]) -> str:
    return "; ".join([problem.split("\n")[0] for problem in page["problems"]] or page["reasons"])


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
    report, status = map(Path, sys.argv[1:])
    sys.stdout.write(summary(report) + stale(status))
