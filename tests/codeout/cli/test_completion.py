"""Completion in a shell, as the documentation says to set it up."""

from __future__ import annotations

import os
import pty
import select
import shutil
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.support.folder import Folder

SECONDS = 120  # a busy machine gets there too
SETUP = 'eval "$(_CODEOUT_COMPLETE=bash_source codeout)"'


def typed(keys: str, until: str) -> str:
    """What bash shows when somebody types, up to some text."""
    bash = shutil.which("bash")
    if bash is None:
        pytest.skip("needs bash")
    ours, theirs = pty.openpty()
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    around = os.environ | {"PATH": path, "PS1": "$ ", "TERM": "dumb", "INPUTRC": os.devnull}
    words = [bash, "--norc", "--noprofile", "-i"]
    shown = b""
    with subprocess.Popen(
        words, stdin=theirs, stdout=theirs, stderr=theirs, env=around, start_new_session=True
    ) as shell:
        os.close(theirs)
        try:
            os.write(ours, f"{SETUP}; echo read''y\n".encode())
            end = time.monotonic() + SECONDS
            for wanted, then in ((b"ready\r\n", keys.encode()), (until.encode(), b"")):
                seen = len(shown)
                while wanted not in shown[seen:] and time.monotonic() < end:
                    if select.select([ours], [], [], 1)[0]:
                        shown += os.read(ours, 1 << 16)
                os.write(ours, then)
        finally:
            shell.kill()
            os.close(ours)
    return shown.decode().partition("ready\r\n")[2]


def test_a_command_is_completed(folder: Folder) -> None:
    del folder
    assert "codeout schema " in typed("codeout sch\t", "codeout schema ")


def test_commands_are_listed(folder: Folder) -> None:
    del folder
    shown = typed("codeout st\t\t\t", "status")
    assert "stability" in shown


def test_options_are_completed(folder: Folder) -> None:
    del folder
    assert "codeout check --require-compared " in typed(
        "codeout check --req\t", "--require-compared "
    )


def test_pages_are_completed(folder: Folder) -> None:
    folder.write("a-page.md", "")
    assert "codeout run a-page.md" in typed("codeout run a-p\t", "a-page.md")


@pytest.mark.parametrize("shell", ["zsh", "fish"])
def test_there_is_one_for_other_shells(shell: str) -> None:
    around = os.environ | {"_CODEOUT_COMPLETE": f"{shell}_source"}
    program = Path(sys.executable).with_name("codeout")
    told = subprocess.run([program], env=around, capture_output=True, text=True, check=True)
    assert f"_CODEOUT_COMPLETE={shell}_complete" in told.stdout
