"""Which environment variables the code of a page reads, told from what others read for it."""

from __future__ import annotations

import pytest
from codeout.run.events import Ended
from codeout.run.job import Cell, Job, Limits
from codeout.run.pool import run_jobs

LIMITS = Limits(workers=1, environment={"SETTING": "1"})
READS = {
    "by name": ("import os; os.environ['HOME']", {"HOME"}),
    "get": ("import os; os.environ.get('NOT_THERE', '')", {"NOT_THERE"}),
    "getenv": ("import os; os.getenv('HOME')", {"HOME"}),
    "whether it is there": ("import os; 'HOME' in os.environ", {"HOME"}),
    "one that is missing": (
        "import os\ntry: os.environ['NOT_THERE']\nexcept KeyError: pass",
        {"NOT_THERE"},
    ),
    "one of the settings": ("import os; os.environ['SETTING']", set()),
    "one that every page has": ("import os; os.environ['TZ'], os.environ['TMPDIR']", set()),
    "its own": ("import os; os.environ['MINE'] = '1'; os.environ['MINE']", set()),
    "all of them": ("import os; dict(os.environ), os.environ.copy(), list(os.environ)", set()),
    "by a library": ("import os.path; os.path.expanduser('~')", set()),
    "by a child": ("import subprocess; subprocess.run(['true'])", set()),
}


@pytest.mark.parametrize(("code", "names"), READS.values(), ids=READS)
def test_reads_that_are_noted(code: str, names: set[str]) -> None:
    events = run_jobs([Job("page.md", (Cell(code, 60),))], LIMITS)
    (ended,) = [event for event in events if isinstance(event, Ended)]
    assert not ended.died
    assert ended.touched.variables == names
