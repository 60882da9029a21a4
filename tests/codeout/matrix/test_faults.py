"""What can go wrong between the matrix, uv and the environments."""

from __future__ import annotations

import os
import signal
import sys
import time
from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING

import pytest
from codeout.config.matrix import Environment
from codeout.errors import CodeoutError, ConfigError
from codeout.matrix import installing
from codeout.matrix.checking import check
from codeout.matrix.installing import NotInstallableError, digest_of, install

from tests.support.processes import gone

if TYPE_CHECKING:
    from tests.support.folder import Folder

TINY = Environment("tiny", ("iniconfig==2.0.0",))


def program(file: Path, code: str) -> Path:
    """A program in the place of another one."""
    file.write_text(f"#!{sys.executable}\nimport sys\n{code}\n", encoding="utf-8")
    file.chmod(0o755)
    return file


def test_without_uv_the_message_says_how_to_get_it(
    folder: Folder, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(installing.util, "find_spec", lambda _: None)
    monkeypatch.setenv("PATH", str(folder.root))
    with pytest.raises(ConfigError) as caught:
        install(TINY, folder.root / "environment", folder.root)
    assert str(caught.value) == (
        "uv makes the environments, and it is not there\n  hint: pip install uv"
    )


@pytest.mark.parametrize(
    ("told", "reason"),
    [
        ("", "uv failed without a word"),
        ("error: no such\n  ╰─▶ release\n", "no such release"),
        ("a " * 400, f"{'a ' * 250}…"),
    ],
)
def test_what_uv_says_is_one_line(
    folder: Folder, monkeypatch: pytest.MonkeyPatch, told: str, reason: str
) -> None:
    program(folder.root / "uv", f"sys.exit({told!r} or 1)")
    monkeypatch.setattr(installing.util, "find_spec", lambda _: None)
    monkeypatch.setenv("PATH", str(folder.root))
    with pytest.raises(NotInstallableError) as caught:
        install(TINY, folder.root / "environment", folder.root)
    assert caught.value.message == reason


def test_an_environment_whose_python_does_not_start_cannot_be_had(
    folder: Folder, monkeypatch: pytest.MonkeyPatch
) -> None:
    broken = program(folder.root / "broken", "sys.exit(1)")
    code = f"""
import os, shutil
if sys.argv[1] == 'venv':
    os.makedirs(f'{{sys.argv[4]}}/bin')
    shutil.copy({str(broken)!r}, f'{{sys.argv[4]}}/bin/python')
"""
    monkeypatch.setattr(installing, "_program", lambda: str(program(folder.root / "uv", code)))
    with pytest.raises(NotInstallableError, match=r"^it cannot be made: .* exit status 1"):
        install(TINY, folder.root / "environment", folder.root)


def test_an_environment_that_was_not_finished_is_made_anew(
    folder: Folder, monkeypatch: pytest.MonkeyPatch
) -> None:
    left = folder.write("environment/bin/left.txt", "")
    program(folder.root / "uv", "sys.exit('refused')")
    monkeypatch.setattr(installing.util, "find_spec", lambda _: None)
    monkeypatch.setenv("PATH", str(folder.root))
    with pytest.raises(NotInstallableError):
        install(TINY, folder.root / "environment", folder.root)
    assert not left.exists()


@pytest.mark.parametrize(
    ("code", "message"),
    [
        ("sys.exit(3)", "the check ended with status 3: without a word"),
        (
            "sys.stderr.write('Traceback\\nImportError: no\\n')\nsys.exit(2)",
            "the check ended with status 2: ImportError: no",
        ),
    ],
)
def test_a_check_that_does_not_end_well_is_an_error(
    folder: Folder, code: str, message: str
) -> None:
    python = program(folder.root / "python", code)
    with pytest.raises(CodeoutError) as caught:
        check(python, folder.root, ["page.md"], "d1")
    assert caught.value.message == message


def test_modules_of_the_project_are_not_taken_for_those_of_python(folder: Folder) -> None:
    folder.write("pyproject.toml", '[tool.codeout]\npages = ["page.md"]\n')
    folder.write("contextlib.py", "raise SystemExit('of the project')\n")
    folder.page("page.md", ("print(1)", "1"))
    checked = check(Path(sys.executable), folder.root, ["page.md"], "d1")
    assert checked["page.md"].tested.result == "true"


@pytest.mark.usefixtures("ctrl_c")
def test_no_page_outlives_a_matrix_that_is_ended(folder: Folder) -> None:
    file = folder.root / "process.txt"
    code = f"import os, time\nopen({str(file)!r}, 'w').write(f'{{os.getpid()}}\\n')\ntime.sleep(99)"
    folder.write("pyproject.toml", '[tool.codeout]\npages = ["page.md"]\n')
    folder.page("page.md", (code, ""))

    def end_it() -> None:
        while not (file.exists() and file.read_text().endswith("\n")):
            time.sleep(0.02)
        os.kill(os.getpid(), signal.SIGINT)

    ender = Thread(target=end_it)
    ender.start()
    with pytest.raises(KeyboardInterrupt):
        check(Path(sys.executable), folder.root, ["page.md"], "d1")
    ender.join()
    process = int(file.read_text())
    assert gone(process)


def test_another_file_of_requirements_is_another_environment(folder: Folder) -> None:
    environment = Environment("new", ("-r needs.txt",))
    folder.write("needs.txt", "iniconfig==2.0.0\n")
    before = digest_of(environment, folder.root)
    assert digest_of(Environment("other name", ("-r needs.txt",)), folder.root) == before
    folder.write("needs.txt", "iniconfig==2.1.0\n")
    assert digest_of(environment, folder.root) != before
