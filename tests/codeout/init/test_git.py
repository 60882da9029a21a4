"""git's merge driver: named in ``.gitattributes``, and set in a clone."""

from __future__ import annotations

import shlex
import shutil
import subprocess

import pytest
from codeout.errors import ConfigError
from codeout.init.git import driver_of, repository_of, set_driver, with_driver
from hypothesis import example, given, settings
from hypothesis import strategies as st

from tests.support.folder import Folder
from tests.support.repository import git

OURS = "codeout.lock merge=codeout\n"


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("", OURS),
        ("* text=auto\n", f"* text=auto\n{OURS}"),
        ("* text=auto", f"* text=auto\n{OURS}"),
        ("* text=auto\r\n", f"* text=auto\r\n{OURS[:-1]}\r\n"),
        (OURS, OURS),
        ("/codeout.lock -diff merge=codeout", "/codeout.lock -diff merge=codeout"),
        (f"# {OURS}", f"# {OURS}{OURS}"),
    ],
)
def test_one_line_is_added_unless_it_is_there(before: str, after: str) -> None:
    assert with_driver(before, "codeout.lock") == after


@pytest.fixture(scope="module")
def repository(tmp_path_factory: pytest.TempPathFactory) -> Folder:
    folder = Folder(tmp_path_factory.mktemp("repository"))
    git(folder.root, "init", "-q")
    return folder


NAMES = st.text(st.sampled_from("ab/ *?[]!#\"'\\ö."), min_size=1)


@settings(max_examples=30)
@given(NAMES)
@example("my locks/[a]*?.lock")
@example('"\\')
def test_git_finds_the_lock_by_the_pattern(repository: Folder, name: str) -> None:
    lock = "/".join(part for part in f"x{name}".split("/") if part.strip("."))
    repository.write(".gitattributes", with_driver("", lock))
    told = git(repository.root, "check-attr", "-z", "merge", lock)
    assert told.split("\0")[2] == "codeout"


def test_the_driver_is_set_in_the_clone(folder: Folder) -> None:
    git(folder.root, "init", "-q")
    assert driver_of(folder.root) == ""
    set_driver(folder.root)
    assert driver_of(folder.root).endswith("codeout lock merge %O %A %B")


def test_a_driver_that_is_not_on_the_path_is_called_as_a_module(
    folder: Folder, monkeypatch: pytest.MonkeyPatch
) -> None:
    git(folder.root, "init", "-q")
    monkeypatch.setattr(shutil, "which", lambda _: None)
    folder.write("contextlib.py", "raise SystemExit('of the project')\n")
    set_driver(folder.root)
    words = shlex.split(driver_of(folder.root))
    assert words[-5:] == ["lock", "merge", "%O", "%A", "%B"]
    done = subprocess.run([*words[:-5], "--version"], cwd=folder.root, check=False)
    assert done.returncode == 0, "no module of the project takes the place of Python's"


def test_a_folder_that_is_no_repository_is_told(folder: Folder) -> None:
    with pytest.raises(ConfigError, match="this folder is in no repository of git"):
        driver_of(folder.root)


def test_settings_that_git_cannot_write_are_told(folder: Folder) -> None:
    git(folder.root, "init", "-q")
    folder.write(".git/config.lock", "")
    with pytest.raises(ConfigError, match="git cannot set its merge driver: error: could not lock"):
        set_driver(folder.root)


def test_without_git_it_is_told(folder: Folder, monkeypatch: pytest.MonkeyPatch) -> None:
    git(folder.root, "init", "-q")
    monkeypatch.setenv("PATH", str(folder.root))
    with pytest.raises(ConfigError, match="git is not installed"):
        driver_of(folder.root)


def test_the_nearest_repository_is_that_of_a_folder(folder: Folder) -> None:
    inner = folder.write("a/b/c.txt", "").parent
    folder.write("a/.git", "gitdir: elsewhere\n")  # as in a worktree
    assert repository_of(inner) == folder.root / "a"
    assert repository_of(folder.root) in {None, *folder.root.parents}
