#!/usr/bin/env bash
# click-man 0.6.0 with click 8.5.1: a group that loads its commands when they are called gets a
# manual page without any command, and its commands get none.
#
# Expected: the pages name what `--help` names. Groups that override `list_commands` and
# `get_command` are how the documentation of click has commands loaded lazily.
# Seen: click-man reads the attribute `commands`, which such a group leaves empty; it says nothing
# and its call succeeds.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check click==8.5.1 click-man==0.6.0

venv/bin/python - <<'EOF'
from pathlib import Path

import click
from click.testing import CliRunner
from click_man.core import write_man_pages


@click.command()
def paint() -> None:
    """Paint it."""


class Lazy(click.Group):
    def list_commands(self, ctx):
        return ["paint"]

    def get_command(self, ctx, name):
        return paint if name == "paint" else None


group = Lazy("tool", help="Draw things.")
Path("man").mkdir()
write_man_pages("tool", group, version="1", target_dir="man")
written = sorted(page.name for page in Path("man").iterdir())
helped = CliRunner().invoke(group, ["--help"]).output
print(f"click-man 0.6.0 writes {written}; --help names paint: {'paint' in helped}")
assert "paint" in helped
assert written == ["tool.1"]
assert "paint" not in Path("man/tool.1").read_text()
EOF
