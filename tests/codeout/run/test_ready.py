"""The shell that the server makes for all pages is that of each page, and of no module before."""

from __future__ import annotations

import ast
import os
from typing import TYPE_CHECKING

from codeout.run.events import Ended, Finished
from codeout.run.job import Cell, Job, Limits
from codeout.run.pool import run_jobs

if TYPE_CHECKING:
    from pathlib import Path

    import pytest

LOOKS = """\
import builtins
from IPython.core.getipython import get_ipython

found = get_ipython() is not None, hasattr(builtins, "__IPYTHON__")
"""
OF_THE_PAGE = """\
import sys
from pathlib import Path

shell = get_ipython()
here = Path.cwd()
profile = Path(shell.profile_dir.location)
(
    [*map(str, _dh)] == [str(here)],
    shell.starting_dir == str(here),
    here.parent in profile.parents and profile.is_dir(),
    shell.home_dir,
    sys.modules["__main__"] is shell.user_module,
    len(In),
)
"""


def values(job: Job, limits: Limits) -> list[str]:
    events = [*run_jobs([job], limits)]
    return [event.ran.outputs[-1].text for event in events if isinstance(event, Finished)]


def test_a_page_finds_its_own_folders_in_the_shell(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", "/nowhere")
    jobs = Job("page.md", (Cell(OF_THE_PAGE, 60),)), Job("b.md", (Cell(OF_THE_PAGE, 60),))
    for job in jobs:
        (told,) = values(job, Limits(workers=1))
        assert ast.literal_eval(told) == (True, True, True, "/nowhere", True, 2)


def test_a_module_that_is_preloaded_finds_no_shell(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "looks.py").write_text(LOOKS)
    monkeypatch.setenv("PYTHONPATH", str(tmp_path), prepend=os.pathsep)
    monkeypatch.syspath_prepend(tmp_path)
    code = "import looks\nlooks.found"
    events = [*run_jobs([Job("page.md", (Cell(code, 60),))], Limits(1, preload=("looks",)))]
    (ran,) = [event.ran for event in events if isinstance(event, Finished)]
    (ended,) = [event for event in events if isinstance(event, Ended)]
    assert ran.outputs[-1].text == "(False, False)"
    assert str(tmp_path / "looks.py") in ended.touched.reads
