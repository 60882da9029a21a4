"""A folder passes with its process, even with one that is killed while it makes the folder."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

SECONDS = 120  # a busy machine gets there too
ENDS = "(folder / 'socket').touch()"
IS_KILLED = "(folder / 'socket').touch(); os.kill(os.getpid(), signal.SIGKILL)"
KILLED_AS_IT_IS_MADE = "os.kill(os.getpid(), signal.SIGKILL)"
MAKE = """\
import os, signal
from pathlib import Path
from codeout.fs.tempdir import make_tempdir

make = Path.mkdir
def mkdir(folder, mode):
    make(folder, mode)
    print(folder, oct(folder.stat().st_mode), flush=True)
    {first}
Path.mkdir = mkdir
folder = make_tempdir()
{then}
"""


@pytest.mark.parametrize(
    ("first", "then", "status"),
    [
        ("", ENDS, 0),
        ("", IS_KILLED, -signal.SIGKILL),
        (KILLED_AS_IT_IS_MADE, "", -signal.SIGKILL),
    ],
)
def test_the_folder_passes(tmp_path: Path, first: str, then: str, status: int) -> None:
    code = MAKE.format(first=first, then=then)
    environment = {**os.environ, "TMPDIR": str(tmp_path)}
    command = [sys.executable, "-c", code]
    ran = subprocess.run(command, env=environment, stdout=subprocess.PIPE, check=False)
    assert ran.returncode == status
    name, mode = ran.stdout.decode().split()
    assert (Path(name).parent, mode) == (tmp_path.resolve(), "0o40700")
    until = time.monotonic() + SECONDS
    while status and Path(name).exists() and time.monotonic() < until:
        time.sleep(0.01)  # who is killed cannot wait for the shell
    assert list(tmp_path.iterdir()) == []
