"""The capture, in a process of its own: everything printed, in order, and no more than asked."""

from __future__ import annotations

import ast
import subprocess
import sys
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pathlib import Path

PROGRAM = """\
import ctypes, os, pathlib, subprocess, sys
from codeout.run.capture import Capture

told = os.dup(1)
capture = Capture(pathlib.Path(sys.argv[1]))
capture.install()
taken = []

print("print", end=" ")
os.write(1, b"write ")
subprocess.run(["echo", "child"])
ctypes.CDLL(None).puts(b"C")
print("error", file=sys.stderr)
taken.append(capture.take(1000))

os.write(1, b"\\xff\\n")
taken.append(capture.take(1000))

print("\\ud800")
taken.append(capture.take(1000))

print("가나다")
taken.append(capture.take(4))
taken.append(capture.take(1000))

subprocess.run("echo anew > /dev/stdout", shell=True)
taken.append(capture.take(1000))
subprocess.run("echo anew > /dev/stderr", shell=True)
print("and on")
taken.append(capture.take(1000))
pathlib.Path(sys.argv[1]).write_text("x")
taken.append(capture.take(1000))
taken.append(capture.take(1000))

try:
    input()
except EOFError:
    taken.append("nobody types")
os.write(told, repr(taken).encode())
"""


def test_what_is_taken(tmp_path: Path) -> None:
    command = [sys.executable, "-c", PROGRAM, str(tmp_path / "printed")]
    ran = subprocess.run(command, capture_output=True, check=True)
    assert ran.stderr == b""
    taken: list[Any] = ast.literal_eval(ran.stdout.decode())
    together, not_utf8, surrogate, cut, rest, anew, on, short, nothing, typed = taken
    assert together == ("print write child\nC\nerror\n", 26)
    assert not_utf8 == ("\udcff\n", 2)
    assert surrogate == ("\\ud800\n", 7)
    assert cut == ("가", 10), "the limit cuts between characters"
    assert rest == ("", 0), "what is beyond the limit is dropped"
    assert anew == ("anew\n", 5), "the shell has emptied the file"
    assert on == ("anew\nand on\n", 12)
    assert short == ("x", 1)
    assert nothing == ("", 0)
    assert typed == "nobody types"
