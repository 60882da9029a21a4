"""The environment variables of a process that becomes that of a page."""

from __future__ import annotations

import json
import os
import subprocess
import sys

CHANGES = """\
import os, subprocess, sys
from codeout.run.environment import change_environment

change_environment({"SAME": "1", "CHANGED": "2", "NEW": "3"})
assert [*os.environ] == ["SAME", "CHANGED", "NEW"], [*os.environ]
names = ["SAME", "CHANGED", "NEW", "OLD"]
tell = f"import json, os; print(json.dumps([*map(os.environ.get, {names})]))"
subprocess.run([sys.executable, "-c", tell], check=True)
"""


def test_a_process_and_its_children_have_the_wanted_variables_and_no_other() -> None:
    before = os.environ | {"OLD": "1", "SAME": "1", "CHANGED": "1"}
    done = subprocess.run(
        [sys.executable, "-c", CHANGES], env=before, capture_output=True, check=True, text=True
    )
    assert json.loads(done.stdout) == ["1", "2", "3", None]
