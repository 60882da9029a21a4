"""The table of exit statuses in the documentation is what the golden messages show.

``CODEOUT_ACCEPT=1 pytest tests/codeout/test_exit_statuses.py`` writes the table anew.
"""

from __future__ import annotations

import os
import re
from pathlib import Path

from codeout.cli.group import NAMES

from tests.support.paths import ROOT

MESSAGES = Path(__file__).parent / "messages"
PAGE = ROOT / "docs/engine/command-line.md"
START, END = "<!-- exit statuses: start -->\n", "<!-- exit statuses: end -->\n"
SHOWN = re.compile(
    r"^\$ (?P<line>.*)\n(?:(?!\$ ).*\n)*?\[exit status (?P<status>\d+)\]$", re.MULTILINE
)
COMMAND = re.compile(r"(?:^|\s)(?:[A-Z_]+=\S* )*(codeout|pytest|mkdocs)\b(?: ([a-z]+))?")


def found() -> dict[tuple[str, int], list[str]]:
    """The cases by command and exit status."""
    cases: dict[tuple[str, int], list[str]] = {}
    for folder in sorted(MESSAGES.iterdir()):
        if folder.name.startswith("use-help"):
            continue
        text = (folder / "expected.txt").read_text(encoding="utf-8")
        for shown in SHOWN.finditer(text):
            command = COMMAND.search(shown["line"])
            assert command, shown["line"]
            ours = command[1] == "codeout" and command[2] in NAMES
            name = f"codeout {command[2]}" if ours else command[1]
            what = folder.name.replace("-", " ")
            held = cases.setdefault((name, int(shown["status"])), [])
            held += [] if what in held else [what]
    return cases


def table() -> str:
    rows = ["| command | status | as in |", "| --- | --- | --- |"]
    for (command, status), cases in sorted(found().items()):
        rows.append(f"| `{command}` | {status} | {'; '.join(cases)} |")
    return "\n".join(["", *rows, "", ""])


def test_the_table_shows_what_the_commands_do() -> None:
    text = PAGE.read_text(encoding="utf-8")
    before, _, rest = text.partition(START)
    _, _, after = rest.partition(END)
    expected = f"{before}{START}{table()}{END}{after}"
    if os.environ.get("CODEOUT_ACCEPT") == "1":
        PAGE.write_text(expected, encoding="utf-8")
    assert PAGE.read_text(encoding="utf-8") == expected


def test_every_status_of_ours_is_one_of_four() -> None:
    """0 for fine, 1 for a page that is not, 2 for what cannot be done, 130 for Ctrl-C."""
    ours = {status for command, status in found() if command.startswith("codeout")}
    assert ours <= {0, 1, 2, 130}
