"""The shell of a page: commands do and print what they do in one bash."""

from __future__ import annotations

import os
import subprocess
from random import Random
from typing import TYPE_CHECKING

import pytest
from codeout.live.page import LivePage
from codeout.output.console import as_typed
from codeout.run.console import Console
from codeout.run.forkserver import warm
from codeout.run.job import Cell, Job

from tests.support.living import LIMITS, drain, printed, ran

if TYPE_CHECKING:
    from pathlib import Path

MARK = "--- the end of a command"
COMMANDS = [
    "cd sub", "cd ..", "pwd | sed 's:.*/::'", "x=1", "export x='a b'", 'echo "$x"', "unset x",
    "env | grep '^x='", "list=(1 '2 3'); declare -A map=(['a b']=c)", "umask 077; umask", "hi",
    'printf "<%s>\\n" "${list[@]}" "${map[*]}"', 'f() {\n  echo "f $1"\n}', "f 2", "false",
    "alias hi='echo hi'", "echo $?", "(exit 3)", "echo one > file; cat file", "cat <<END\n $x\nEND",
    "cat missing", "echo err >&2; echo out", "shopt -s nullglob", "echo none*", "set -o noglob",
    "echo 'no newline' | tr -d '\\n'", "no_such_command", "for i in 1 2; do\n  echo $i\ndone",
    """echo "it's 'quoted' \\\\ $(echo in)" """, "readonly r=1; echo $r", "set -f; echo *",
    "f() { :; }",
]  # fmt: skip


def of_one_bash(chosen: list[str], folder: Path) -> list[str]:
    """What commands print, one after the other, in a bash that reads all of them."""
    tell = f"{{ status=$?; echo '{MARK}'; (exit $status); }}\n"
    typed = "".join(f"{command}\n{tell}" for command in chosen)
    arguments = ["-bash", "--noprofile", "--norc", "-s"]
    done = subprocess.run(
        arguments,
        executable="/bin/bash",
        cwd=folder,
        input=f"shopt -s expand_aliases\n{typed}",
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=True,
    )
    return [as_typed(part) for part in done.stdout.split(f"{MARK}\n")[:-1]]


@pytest.mark.parametrize("seed", range(8))
def test_commands_leave_what_they_leave_in_one_shell(
    seed: int, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    random = Random(seed)  # noqa: S311  # nothing secret
    chosen = [random.choice(COMMANDS) for _ in range(30)] + ["true"]
    ours, theirs = (tmp_path / name / "work" for name in ("ours", "theirs"))
    for folder in (ours, theirs):
        (folder / "sub").mkdir(parents=True)
    expected = of_one_bash(chosen, theirs)
    console = Console(tmp_path / "console", ours)
    capfd.readouterr()
    for command, text in zip(chosen, expected, strict=True):
        console.run(f"{command}\n")
        assert as_typed(capfd.readouterr().out.replace("\r\n", "\n")) == text, command


def test_a_command_sees_a_terminal_of_80_columns_and_nobody_who_types(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    console = Console(tmp_path / "console", tmp_path)
    assert console.run("test -t 1 && test -t 2 && ! test -t 0 && stty size <&1; cat\n") == 0
    assert capfd.readouterr().out == "24 80\r\n"


@pytest.mark.parametrize(
    ("command", "status"), [("kill -9 $$", -9), ("exec true", 0), ("exec false", 1)]
)
def test_a_shell_that_ends_is_followed_by_a_new_one(
    command: str, status: int, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    console = Console(tmp_path / "console", tmp_path)
    console.run("x=1; cd /\n")
    assert console.run(f"{command}\n") == status
    console.run('echo "<$x>" $PWD\n')
    assert capfd.readouterr().out.split() == ["<>", str(tmp_path)]


@pytest.mark.parametrize("command", ["exit 4", "set -e; (exit 4)", "set -u; x=2; echo $y", "${x!}"])
def test_a_command_that_fails_for_good_ends_itself_alone(
    command: str, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    console = Console(tmp_path / "console", tmp_path)
    console.run("x=1; cd /\n")
    assert console.run(f"{command}\n")
    console.run('echo "<$x>" $PWD\n')
    assert capfd.readouterr().out.split()[-2:] in (["<1>", "/"], ["<2>", "/"])


def test_a_process_in_the_background_runs_on(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    console = Console(tmp_path / "console", tmp_path)
    console.run("sleep 600 & echo $!\n")
    process = int(capfd.readouterr().out)
    os.kill(process, 0)
    assert console.run(f"kill {process}\n") == 0


def test_how_commands_are_run_is_not_shown(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    console = Console(tmp_path / "console", tmp_path)
    console.run("set -xv; true\n")
    capfd.readouterr()
    console.run("echo out; builtin() { echo mine; }\n")
    console.run("x=2\n")
    console.run("echo $x\n")
    assert capfd.readouterr().out == "out\r\n2\r\n"


def shell(*codes: str) -> Job:
    """A page with commands, which have a prompt here, and Python."""
    cells = (Cell(code.removeprefix("$ "), 60, shell=code.startswith("$")) for code in codes)
    return Job("page.md", tuple(cells))


def test_a_live_page_resumes_between_two_commands() -> None:
    warm(LIMITS)
    first, last = "$ x=1; echo a > file", "$ echo $x; cat file"
    page = LivePage(shell(first, "open('file').read()", last), LIMITS)
    try:
        assert ran(drain(page)) == [0, 1, 2]
        events = [*page.update(shell(first, "print('new')", last)), *drain(page)]
    finally:
        page.close()
    assert ran(events) == [1, 2]
    assert printed(events) == ["new\n", "1\r\na\r\n"]
