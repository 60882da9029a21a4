"""The kinds of failures, each from a page that fails like this."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from codeout.adopt.causes import Cause
from codeout.adopt.trial import Conditions, try_pages
from codeout.engine.planning import plan_source
from codeout.engine.project import Project
from codeout.run.job import Isolation

if TYPE_CHECKING:
    from pathlib import Path

KINDS = [
    ("import urllib.request\nurllib.request.urlopen('http://example.org')", Cause.NETWORK),
    ("import socket\nsocket.create_connection(('127.0.0.1', 9))", Cause.SERVICE),
    ("import no_such_module_anywhere", Cause.MODULE),
    ("import json.no_such_part", Cause.DRIFT),
    ("from json import no_such_name", Cause.DRIFT),
    ("import json\njson.no_such_name", Cause.DRIFT),
    ("import json\njson.dumps(1, no_such_option=1)", Cause.DRIFT),
    ("open('settings.json')", Cause.FILE),
    ("input()", Cause.INPUT),
    ("app.run()", Cause.FRAGMENT),
    ("def f(:", Cause.FRAGMENT),
    ("1 + ...", Cause.FRAGMENT),
    ("!exit 3", Cause.ERROR),
    ("1 / 0", Cause.ERROR),
    ("import os\nos._exit(1)", Cause.STOPPED),
    ("for x in []:\n    print(x)\n    #> 1", Cause.OUTPUT),
    ("number = 1\n#> 1", Cause.OUTPUT),
    ("number = 1\n>>> number\n1", Cause.PAGE),
]


def causes(text: str, root: Path, seconds: float = 60) -> list[tuple[int, Cause]]:
    project = Project.open(root)
    plan = plan_source(project.config, root / "page.md", text.encode())
    conditions = Conditions(project.lock, Isolation(offline=True), lambda _: None, seconds)
    (trial,) = try_pages(project.config, [plan], conditions)
    return [(failure.line, failure.cause) for failure in trial.failures]


@pytest.mark.parametrize(("code", "cause"), KINDS)
def test_a_failure_has_its_kind(code: str, cause: Cause, tmp_path: Path) -> None:
    assert causes(f"```python\n{code}\n```\n", tmp_path) == [(1, cause)]


def test_what_follows_a_failure_is_told_apart_from_a_fragment(tmp_path: Path) -> None:
    codes = ["client = 1 / 0", "client + 1", "other + 1"]
    text = "\n".join(f"```python\n{code}\n```" for code in codes)
    kinds = [Cause.ERROR, Cause.FOLLOWS, Cause.FRAGMENT]
    assert causes(text, tmp_path) == list(zip([1, 4, 7], kinds, strict=True))


def test_a_page_goes_on_after_a_block_that_takes_too_long(tmp_path: Path) -> None:
    codes = ["while True:\n    pass", "import asyncio\nawait asyncio.sleep(900)", "1 / 0"]
    text = "\n".join(f"```python\n{code}\n```" for code in codes)
    kinds = [Cause.SLOW, Cause.SLOW, Cause.ERROR]
    assert causes(text, tmp_path, 0.5) == list(zip([1, 5, 9], kinds, strict=True))


def test_a_block_that_cannot_be_interrupted_ends_its_page(tmp_path: Path) -> None:
    code = "from signal import *\npthread_sigmask(SIG_BLOCK, {SIGALRM})\nwhile True: pass"
    text = f"```python\n{code}\n```\n"
    assert causes(text, tmp_path, 0.5) == [(1, Cause.STOPPED)]


def test_what_belongs_to_no_block_has_no_line(tmp_path: Path) -> None:
    assert causes("<<<<<<< ours\n\n```python\n1\n```\n", tmp_path) == [(0, Cause.PAGE)]
