"""A kept status is the status: whatever happens to a project, both are found the same."""

from __future__ import annotations

import itertools
import shutil
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from codeout.cached import renew
from codeout.cached.recall import recalled
from codeout.cached.renew import statuses
from codeout.engine.project import Project
from codeout.engine.update import Update
from codeout.errors import ConfigError
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.support.folder import Folder

if TYPE_CHECKING:
    from collections.abc import Callable

    from codeout.engine.status import Status

SETTINGS = """
[tool.codeout]
pages = ["docs", "*.md", "notes/*/*.md", "lib/*.py"]
snippets = ["pieces", "more"]
"""
DRAWS = "import matplotlib.pyplot as plt\n_ = plt.plot([1, 2])"
READS = "import os\nprint(sorted(os.listdir('{0}/data')), open('{0}/data/a.txt').read())"
MISSES = "try:\n    import a_module_to_come\nexcept ImportError:\n    print('none')"
TICK = 0.02
"""Seconds after which the system gives a change another time."""


@pytest.fixture(scope="module")
def model(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """A project of which all pages ran, with all that a status may depend on, and a copy."""
    folder = Folder(tmp_path_factory.mktemp("made") / "project")
    folder.write("pyproject.toml", SETTINGS)
    folder.write("data/a.txt", "1")
    folder.write("pieces/x.py", "x = 1\n")
    folder.write("more/y.py", "y = 2\n")
    folder.page("docs/includes.md", ('--8<-- "x.py"\nx', ""), ('--8<-- "y.py"\ny', ""))
    folder.page("docs/draws.md", (DRAWS, ""))
    folder.page("docs/reads.md", (READS.format(folder.root), ""))
    folder.page("docs/misses.md", (MISSES, ""))
    folder.page("home.md", ("1 + 1", "2"))
    folder.page("notes/old/short.md", ("3", "3"))
    folder.write("notes/old/gap.md", '```python\nnot run\n```\n\n```\n--8<-- "y.py"\n```\n')
    folder.write("lib/tool.py", '"""A tool.\n\n>>> 1 + 1\n2\n"""\n')
    opened = Project.open(folder.root)
    for event in opened.execute(opened.plans(), workers=2):
        if isinstance(event, Update):
            assert opened.write(event) == ()
    assert (folder.root / "docs/assets/out").is_dir()
    copy = folder.root.with_name("copy")
    shutil.copytree(folder.root, copy)
    return folder.root, copy


@pytest.fixture
def project(model: tuple[Path, Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of the project, as if no change ever had the time of another one."""
    monkeypatch.setattr(renew, "COARSEST", 0)
    monkeypatch.setenv("CODEOUT_CACHE", str(tmp_path / "cache"))
    (tmp_path / "packages").mkdir()
    steady = [each for each in sys.path if Path.cwd() != Path(each).absolute()]
    monkeypatch.setattr(sys, "path", [str(tmp_path / "packages"), *steady])
    root, copy = model
    restore(root, copy)
    return root


def restore(root: Path, copy: Path) -> None:
    shutil.rmtree(root)
    shutil.copytree(copy, root)


def found(root: Path, *, kept: bool) -> list[Status] | str:
    """All statuses of a project, or the message why there are none."""
    try:
        opened = Project.open(root)
        if kept:
            return [page.status for page in statuses(opened)]
        return [opened.status(plan) for plan in opened.plans()]
    except ConfigError as error:
        return str(error)


def figure(root: Path) -> Path:
    return next((root / "docs/assets/out").rglob("*.png"))


def replace(name: str, old: str, new: str) -> Callable[[Path], None]:
    def edit(root: Path) -> None:
        file = root / name
        file.write_text(file.read_text("utf-8").replace(old, new), "utf-8")

    return edit


def write(name: str, text: str) -> Callable[[Path], None]:
    return lambda root: void(Folder(root).write(name, text))


def remove(name: str) -> Callable[[Path], None]:
    return lambda root: (root / name).unlink()


def write_module(name: str) -> Callable[[Path], None]:
    return lambda _: void(Path(sys.path[0], name).write_text("", "ascii"))


def void(_: object) -> None:
    """Nothing to return."""


EDITS: dict[str, Callable[[Path], None]] = {
    "the code of a page": replace("home.md", "1 + 1", "1 + 2"),
    "an output": replace("home.md", "\n    2\n", "\n    3\n"),
    "another page": write("docs/new.md", "Text.\n"),
    "another page in a new folder": write("notes/new/new.md", "Text.\n"),
    "a page that is gone": remove("notes/old/short.md"),
    "a page with another name": lambda root: void((root / "home.md").rename(root / "house.md")),
    "a module with a docstring": write("lib/other.py", '""">>> 1\n1\n"""\n'),
    "a package around a module": write("lib/__init__.py", ""),
    "a snippet": replace("pieces/x.py", "1", "2"),
    "a snippet that is gone": remove("pieces/x.py"),
    "a snippet found before": write("pieces/y.py", "y = 2\n"),
    "a figure": lambda root: void(figure(root).write_bytes(b"no picture")),
    "a figure that is gone": lambda root: figure(root).unlink(),
    "a file that was read": write("data/a.txt", "2"),
    "a file that was read, the same again": write("data/a.txt", "1"),
    "a folder that was listed": write("data/b.txt", ""),
    "the lock": replace("codeout.lock", "blocks = 1", "blocks = 7"),
    "no lock": remove("codeout.lock"),
    "a lock that is none": write("codeout.lock", "["),
    "a setting": replace("pyproject.toml", "pieces", "others"),
    "pages that are left out": replace("pyproject.toml", "pages", "exclude = ['docs']\npages"),
    "a setting that is none": replace("pyproject.toml", "snippets", "snippet"),
    "no settings": remove("pyproject.toml"),
    "a site that names snippets": write("mkdocs.yml", "markdown_extensions: [pymdownx.snippets]"),
    "a project within": write("docs/pyproject.toml", SETTINGS),
    "a link out of the project": lambda root: (root / "docs/link.md").symlink_to("/etc/hostname"),
    "a module that was missed": write_module("a_module_to_come.py"),
    "another package": write_module("other-1.dist-info"),
}


@pytest.mark.parametrize("name", EDITS)
def test_a_kept_status_is_found_anew_after(project: Path, name: str) -> None:
    time.sleep(TICK)
    assert found(project, kept=True) == found(project, kept=False)
    assert recalled(str(project)) is not None
    EDITS[name](project)
    seen = recalled(str(project))
    assert seen is None or [*seen] == found(project, kept=False)
    assert found(project, kept=True) == found(project, kept=False)


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(names=st.lists(st.sampled_from([*EDITS]), min_size=2, max_size=5, unique=True))
def test_a_kept_status_is_the_status(
    project: Path, model: tuple[Path, Path], names: list[str]
) -> None:
    """After each edit that is possible, be it looked at in between or not."""
    restore(*model)
    for name, look in zip(names, itertools.cycle([True, True, False]), strict=False):
        try:
            EDITS[name](project)
        except (FileNotFoundError, StopIteration):  # an edit before has taken it away
            continue
        if look:
            time.sleep(TICK)
            expected = found(project, kept=False)
            seen = recalled(str(project))
            assert seen is None or [*seen] == expected
            assert found(project, kept=True) == expected


@pytest.mark.usefixtures("project")
def test_the_default_place_of_figures_may_change(tmp_path: Path) -> None:
    """It is in `docs`, as soon as there is such a folder."""
    folder = Folder(tmp_path / "other")
    folder.write("pyproject.toml", "[tool.codeout]\npages = ['text']\n")
    picture = "![figure 1](../assets/out/text/a/1.png)"
    page = folder.page("text/a.md", ("1", "")).read_text("utf-8")
    folder.write("text/a.md", page.replace("```\n\n    ```\n", picture))
    time.sleep(TICK)
    before = found(folder.root, kept=True)
    (folder.root / "docs").mkdir()
    seen = recalled(str(folder.root))
    assert seen is None or [*seen] == found(folder.root, kept=False)
    after = found(folder.root, kept=True)
    assert after == found(folder.root, kept=False) != before


def test_what_has_just_changed_is_not_kept(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It may change again within the time that the system tells apart."""
    monkeypatch.setattr(renew, "COARSEST", 10**12)
    found(project, kept=True)
    assert recalled(str(project)) is None


@pytest.mark.parametrize("damage", [b"", b"{", b"00000000\n{}"])
def test_a_damaged_file_costs_time_alone(project: Path, tmp_path: Path, damage: bytes) -> None:
    time.sleep(TICK)
    expected = found(project, kept=True)
    (file,) = (tmp_path / "cache/statuses").iterdir()
    file.write_bytes(damage)
    assert recalled(str(project)) is None
    assert found(project, kept=True) == expected
    assert recalled(str(project)) is not None


def test_a_file_of_another_project_is_not_taken(
    project: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Two folders whose files in the cache have the same name."""
    monkeypatch.setattr("zlib.crc32", lambda _: 0)
    time.sleep(TICK)
    found(project, kept=True)
    Folder(tmp_path).write("other/pyproject.toml", SETTINGS)
    assert recalled(str(tmp_path / "other")) is None


def test_no_page_is_parsed_again(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    time.sleep(TICK)
    expected = found(project, kept=True)
    monkeypatch.setattr(renew, "plan_page", lambda *_: pytest.fail("a page was read again"))
    assert found(project, kept=True) == expected


def test_a_cache_that_cannot_be_written_is_none(
    project: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("CODEOUT_CACHE", str(tmp_path / "file"))
    assert found(project, kept=True) == found(project, kept=False)
