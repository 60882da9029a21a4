"""A project: a folder, its settings and its lock, as the adapters see it."""

from __future__ import annotations

import contextlib
import hashlib
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner
from codeout.cli.main import main
from codeout.config import toml
from codeout.config.settings import Config
from codeout.data.verified import keep
from codeout.engine.outcome import Outcome
from codeout.engine.project import Project
from codeout.engine.status import Status
from codeout.engine.update import Update
from codeout.errors import ConfigError, Problem
from codeout.fs.flock import exclusive
from codeout.fs.regular import read_regular
from codeout.lock.lockfile import Lock
from codeout.output.coverage import Coverage

from tests.support.folder import tabs

if TYPE_CHECKING:
    from tests.support.folder import Folder


def run(project: Project) -> None:
    """Run and write all pages."""
    for event in project.execute(project.plans(), workers=1):
        if isinstance(event, Update):
            assert project.write(event) == ()


def test_a_page_is_stale_until_it_ran_and_again_when_it_changes(folder: Folder) -> None:
    folder.write("pyproject.toml", "[tool.codeout]\npages = ['docs']\nsnippets = ['pieces']\n")
    folder.write("pieces/x.py", "x = 1\n")
    file = folder.page("docs/a.md", ('--8<-- "x.py"\nx', ""))

    def status() -> Status:
        project = Project.open(folder.root / "docs")
        (plan,) = project.plans()
        return project.status(plan)

    assert (status().reasons, status().fresh, status().record) == (("never ran",), False, None)
    run(Project.open())
    assert status().fresh
    assert (status().path, status().blocks, status().problems) == ("docs/a.md", 1, ())
    lock = folder.read("codeout.lock")
    run(Project.open())
    assert folder.read("codeout.lock") == lock, "running again says the same"

    folder.write("pieces/x.py", "x = 2\n")
    assert status().reasons == ("pieces/x.py changed",)
    run(Project.open())
    file.write_text(file.read_text(encoding="utf-8").replace("2", "3"), encoding="utf-8")
    assert status().reasons == ("output edited by hand",)


def test_prose_and_pages_that_cannot_run(folder: Folder) -> None:
    folder.write("a.md", "Prose.\n")
    folder.write("b.md", "<!-- codeout: skipp -->\n\n```python\n1\n```\n")
    project = Project(Config(folder.root, pages=(".",)), Lock(None))
    prose, bad = map(project.status, project.plans())
    assert (prose.fresh, prose.blocks) == (True, 0)
    assert (bad.fresh, bad.problems[0].message) == (False, "unknown word 'skipp'")


def test_a_page_that_cannot_run_is_not_fresh_whatever_is_remembered_of_it() -> None:
    problem = Problem("a.md", 3, "unknown word 'skipp'")
    assert not Status("a.md", (problem,), (), None, Outcome("a.md", 1, Coverage())).fresh


def test_what_others_made_is_told_unless_a_run_found_it_true(folder: Folder) -> None:
    text = tabs('print("{}")', "{}").replace("```\n    {}", "```json\n    {}")
    file = folder.write("page.md", text)
    config = Config(folder.root, pages=("page.md",))
    project = Project(config, Lock(folder.root / "codeout.lock", folder.root))

    def foreign() -> list[tuple[int, str]]:
        (plan,) = project.plans([file])
        return [(each.line, each.message) for each in project.status(plan).foreign]

    message = "a fence `json` in an output is not made by codeout, and `run` does not replace it"
    assert foreign() == [(9, message)]
    run(project)
    assert foreign() == []


def test_paths_are_seen_from_the_current_folder(folder: Folder) -> None:
    folder.page("docs/a.md", ("1", "1"))
    (plan,) = Project.open().plans([Path("docs/a.md")])
    assert plan.path == "docs/a.md"


def test_without_a_configuration_there_is_no_lock(folder: Folder) -> None:
    folder.page("a.md", ("1", ""))
    project = Project.open()
    project = Project(Config(folder.root, pages=("a.md",)), project.lock)
    run(project)
    assert [file.name for file in folder.root.iterdir()] == ["a.md"]
    assert "    1\n" in folder.read("a.md").partition("Out")[2]


def test_pages_that_are_no_more_are_forgotten(folder: Folder) -> None:
    folder.write("pyproject.toml", "[tool.codeout]\npages = ['.']\n")
    for name in ("a.md", "b.md"):
        folder.page(name, ("1", "1"))
    run(Project.open())
    (folder.root / "b.md").unlink()
    project = Project.open()
    project.forget_all_but(project.plans())
    assert list(Lock.read(folder.root / "codeout.lock")) == ["a.md"]


def test_stand_ins_of_the_pages_are_known(folder: Folder) -> None:
    script = folder.write("make.py", "")
    made_by = hashlib.sha256(script.read_bytes() + b"0").hexdigest()[:16]
    file = folder.root / f".cache/stand-in-{made_by}/x.bin"
    file.parent.parent.mkdir()
    keep(folder.write("made.bin", "as if"), file)
    asset = "[[tool.codeout.assets]]\npath = 'x.bin'\nsources = []\npages = ['a.md']\n"
    asset += f"sha256 = '{'0' * 64}'\nstand-in = 'make.py'\n"
    folder.write("pyproject.toml", f"[tool.codeout]\npages = ['.']\n{asset}")
    for name in ("a.md", "b.md"):
        folder.page(name, ("1", "1"))
    project = Project.open()
    a, b = project.plans()
    assert [each.file for each in project.stand_ins([a, b])] == [file]
    assert project.stand_ins([b]) == ()


def test_a_page_named_twice_is_one_page(folder: Folder) -> None:
    folder.page("docs/a.md", ("1", "1"))
    names = [Path("docs/a.md"), Path("docs/../docs/a.md"), Path("docs")]
    assert [plan.path for plan in Project.open().plans(names)] == ["docs/a.md"]


def test_a_page_that_fails_is_stale_again(folder: Folder) -> None:
    folder.write("pyproject.toml", "[tool.codeout]\npages = ['docs']\n")
    folder.page("docs/a.md", ("1", ""))
    run(Project.open())
    project = Project.open()
    (plan,) = project.plans()
    assert project.status(plan).fresh
    project.forget(plan)
    assert Project.open().status(plan).reasons == ("never ran",)


def test_a_lock_that_a_link_puts_outside_is_refused(
    folder: Folder, tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder.write("pyproject.toml", "[tool.codeout]\n")
    (folder.root / "codeout.lock").symlink_to(tmp_path_factory.mktemp("elsewhere") / "lock")
    with pytest.raises(ConfigError, match="leads out of the project"):
        Project.open(folder.root)


def test_a_run_reads_the_settings_once(folder: Folder, monkeypatch: pytest.MonkeyPatch) -> None:
    folder.write("pyproject.toml", "[tool.codeout]\npages = ['docs']\n")
    folder.page("docs/a.md", ("1", ""))
    read: list[Path] = []

    def counted(path: Path, largest: int) -> bytes:
        read.append(path)
        return read_regular(path, largest)

    monkeypatch.setattr(toml, "read_regular", counted)
    assert CliRunner().invoke(main, ["run"]).exit_code == 0
    assert read.count(folder.root / "pyproject.toml") == 1


def test_the_settings_are_those_after_the_other_run(folder: Folder) -> None:
    folder.write("pyproject.toml", "[tool.codeout]\njobs = 1\n")
    other = contextlib.ExitStack()
    other.enter_context(exclusive(folder.root, lambda _: None))

    def wait(_: Path) -> None:
        folder.write("pyproject.toml", "[tool.codeout]\njobs = 2\n")
        other.close()

    with Project.alone(wait, folder.root) as project:
        assert project.config.jobs == 2
    with Project.alone(wait, folder.root, Config(folder.root, jobs=3)) as project:
        assert project.config.jobs == 3, "settings that are known are not read again"
