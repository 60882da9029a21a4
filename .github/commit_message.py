# noqa: INP001  # a script
"""Checks commit messages against the rule in CONTRIBUTING.md: as a hook of Git, or afterwards."""

from __future__ import annotations

import argparse
import re
import subprocess
import sys
from pathlib import Path

LONGEST = 72
_MADE_BY_GIT = re.compile(r'Merge (?:branch|commit|pull request|remote|tag)|Revert "|\w+! ')
_SCISSORS = re.compile(r"^# -+ >8 -+$.*", re.MULTILINE | re.DOTALL)
_COMMENT = re.compile(r"^#.*\n?", re.MULTILINE)


def problems(message: str) -> list[str]:
    """What is wrong with a message; lines that begin with ``#`` do not count."""
    text = _COMMENT.sub("", _SCISSORS.sub("", message)).strip()
    if not text or _MADE_BY_GIT.match(text):
        return []
    first, *rest = text.split("\n")
    found = []
    if len(first) > LONGEST:
        found.append(f"its first line has {len(first)} characters, and at most {LONGEST} are shown")
    if not first[:1].isupper():
        found.append("its first line does not begin with a capital letter")
    if first.endswith("."):
        found.append("its first line ends with a full stop")
    if rest and rest[0].strip():
        found.append("its second line is not blank")
    return found


def main() -> None:
    """Check the file that Git names, or the commits of a range."""
    parser = argparse.ArgumentParser(description="Check commit messages.")
    parser.add_argument("file", nargs="?", type=Path, help="a message, as Git hands it to a hook")
    parser.add_argument("--commits", help="a range of commits, such as main..HEAD")
    options = parser.parse_args()
    if options.commits:
        command = ["git", "log", "-z", "--format=%B", options.commits]
        told = subprocess.run(command, capture_output=True, text=True, check=True)  # noqa: S603
        messages = told.stdout.split("\0")
    elif options.file:
        messages = [options.file.read_text(encoding="utf-8")]
    else:
        parser.error("name a file, or --commits")
    wrong = [(message, each) for message in messages for each in problems(message)]
    for message, each in wrong:
        sys.stderr.write(f"commit message: {each}: {message.strip().splitlines()[0]}\n")
    sys.exit(1 if wrong else 0)


if __name__ == "__main__":
    main()
