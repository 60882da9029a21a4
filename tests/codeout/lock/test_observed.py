"""What a page touched, by names that are the same on every machine, and what makes it stale."""

from __future__ import annotations

import os
import time
from pathlib import Path

import pytest
from codeout.engine.project import Project
from codeout.engine.update import Update
from codeout.fs.digest import digest_file
from codeout.lock.observed import Observed
from codeout.lock.observing import changed_reads, observe
from codeout.run.access import Touched

from tests.support.folder import Folder, tabs

READS_DATA = "open({!r}).read()"


def touched(*files: Path) -> Touched:
    return Touched(reads=frozenset(map(str, files)), writes=frozenset(map(str, files)))


def names(files: Touched, folder: Folder, page: str = "page.md") -> tuple[list[str], list[str]]:
    seen = observe(files, folder.root, folder.root / page, time.time() + 1)
    return list(seen.reads), list(seen.writes)


def test_names_are_relative_to_the_project_or_to_the_home(
    folder: Folder, monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory
) -> None:
    home = tmp_path_factory.mktemp("home")
    monkeypatch.setenv("HOME", str(home))
    other = tmp_path_factory.mktemp("other") / "데이터.csv"
    (home / "mine.csv").touch()
    other.touch()
    inside = folder.write("data/한글 이름.csv", "")
    expected = sorted(["data/한글 이름.csv", "~/mine.csv", other.as_posix()])
    files = touched(inside, home / "mine.csv", other)
    assert names(files, folder) == (expected, expected)


def test_what_tells_of_the_machine_is_left_out(
    folder: Folder, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HOME", str(folder.root / "home"))
    cache = folder.write("home/.cache/fonts.json", "")
    elsewhere = Folder(folder.root / "project")
    system = [Path("/proc/self/maps"), Path("/etc/passwd"), Path(os.__file__)]
    gone = folder.root / "gone"
    assert names(touched(cache, gone, *system), elsewhere) == ([], [])


def test_so_is_what_was_built_on_this_machine(folder: Folder) -> None:
    built = ("fast.cpython-311-x86_64-linux-gnu.so", "__pycache__/jit.nbi", "old.pyc")
    assert names(touched(*(folder.write(name, "") for name in built)), folder) == ([], [])


def test_a_link_on_the_way_does_not_change_the_name(folder: Folder) -> None:
    file = folder.write("real/project/data.csv", "")
    (folder.root / "link").symlink_to(folder.root / "real")
    behind = folder.root / "link" / "project"
    for files in (touched(file), touched(behind / "data.csv")):
        for root in (file.parent, behind):
            assert names(files, Folder(root)) == (["data.csv"], ["data.csv"])


def test_data_that_a_link_brings_into_the_project_have_the_name_of_the_link(
    folder: Folder,
) -> None:
    folder.write("big/a.bin", "")
    project = folder.write("project/page.md", "").parent
    (project / "data").symlink_to(folder.root / "big")
    assert names(touched(project / "data" / "a.bin"), Folder(project))[0] == ["data/a.bin"]


def test_names_that_are_no_text_cannot_stand_in_the_lock(folder: Folder) -> None:
    name = os.fsdecode(b"\xff.csv")
    folder.write(name, "1")
    files = Touched(*[frozenset({str(folder.root / name)})] * 2, *[frozenset({"\udc80"})] * 2)
    assert observe(files, folder.root, folder.root / "page.md", time.time() + 1) == Observed()


def test_names_that_cannot_be_asked_for_are_left_out(folder: Folder) -> None:
    """A page may have tried to open anything."""
    assert names(touched(folder.root / ("a" * 300), folder.root / "nul\0"), folder) == ([], [])


def test_a_lock_cannot_make_status_read_without_end(folder: Folder) -> None:
    os.mkfifo(folder.root / "pipe")
    for name in ("/dev/zero", "pipe", "."):
        assert changed_reads(Observed({name: "0" * 16}), folder.root) == (name,)


def test_the_page_itself_is_left_out(folder: Folder) -> None:
    """Its prose may change at will, and its outputs are written after it ran."""
    assert names(touched(folder.write("page.md", "")), folder) == ([], [])


def test_digests_are_of_the_content(folder: Folder) -> None:
    file = folder.write("data.csv", "1\n")
    seen = observe(touched(file), folder.root, folder.root / "page.md", time.time() + 1)
    assert seen.reads == {"data.csv": digest_file(file)}
    assert changed_reads(seen, folder.root) == ()
    file.write_bytes(b"1\r\n")
    assert changed_reads(seen, folder.root) == (), "version control may write other line endings"
    file.write_text("2\n")
    assert changed_reads(seen, folder.root) == ("data.csv",)
    file.unlink()
    assert changed_reads(seen, folder.root) == ("data.csv",)


def test_a_file_that_changed_while_the_page_ran_is_not_trusted(folder: Folder) -> None:
    file = folder.write("data.csv", "1\n")
    before = file.stat().st_mtime - 1
    seen = observe(touched(file), folder.root, folder.root / "page.md", before)
    assert seen == Observed({"data.csv": ""}, ("data.csv",))
    assert changed_reads(seen, folder.root) == ("data.csv",)


def test_a_page_is_stale_once_its_data_changed(folder: Folder) -> None:
    project(folder, READS_DATA.format(str(folder.write("data.csv", "1"))))
    assert reasons(folder) == ()
    folder.write("data.csv", "2")
    assert reasons(folder) == ("data.csv changed",)


def test_a_page_is_stale_once_its_module_changed(folder: Folder) -> None:
    folder.write("near.py", "x = 1\n")
    project(folder, f"import sys; sys.path.append({str(folder.root)!r}); import near; near.x")
    assert reasons(folder) == ()
    folder.write("near.py", "x = 2\n")
    assert reasons(folder) == ("near.py changed",)


def test_what_was_touched_is_in_the_lock(folder: Folder) -> None:
    data = folder.write("data.csv", "1")
    code = f"import os; open({str(data)!r}).read(), os.getenv('NOT_THERE')"
    project(folder, code)
    assert f'reads."data.csv" = "{digest_file(data)}"\n' in folder.read("codeout.lock")
    assert 'variables = ["NOT_THERE"]' in folder.read("codeout.lock")
    (record,) = [Project.open(folder.root).lock.get("page.md")]
    assert record is not None
    assert record.observed.variables == ("NOT_THERE",)


def project(folder: Folder, code: str) -> None:
    """A project whose one page has run, a while after its files were written."""
    for file in folder.root.rglob("*.*"):
        os.utime(file, (1e9, 1e9))
    folder.write("pyproject.toml", '[tool.codeout]\npages = ["page.md"]\n')
    folder.write("page.md", tabs(code, ""))
    opened = Project.open(folder.root)
    for event in opened.execute(opened.plans(), 1):
        if isinstance(event, Update):
            assert not event.problems
            assert not opened.write(event)


def reasons(folder: Folder) -> tuple[str, ...]:
    """Why the page is stale, to one who opens the project."""
    opened = Project.open(folder.root)
    return opened.status(opened.plans()[0]).reasons


LISTS_AND_LOOKS = """
data = Path({0!r})
print(sorted(each.name for each in data.glob("*.csv")))
try:
    print(open(data / "maybe.txt").read())
except FileNotFoundError:
    print("none")
"""
LISTS_A_FOLDER = """
import os
from pathlib import Path
{}
"""


@pytest.mark.parametrize(
    "listing",
    ["os.listdir({0!r})", "list(os.scandir({0!r}))", "[*Path({0!r}).iterdir()]",
     "[*Path({0!r}).glob('*.csv')]"],
)  # fmt: skip
def test_a_page_is_stale_once_a_folder_that_it_listed_has_other_files(
    listing: str, folder: Folder
) -> None:
    folder.write("data/a.csv", "1")
    project(folder, LISTS_A_FOLDER.format(listing.format(str(folder.root / "data"))))
    assert reasons(folder) == ()
    folder.write("data/b.csv", "2")
    assert reasons(folder) == ("data/ changed",)


def test_a_page_that_lists_the_project_is_fresh_after_its_run(folder: Folder) -> None:
    """The lock and the figures that this run has written change nothing."""
    draws = "import matplotlib.pyplot as plt\nplt.plot([1, 2]);"
    project(folder, LISTS_A_FOLDER.format(f"os.listdir({str(folder.root)!r})\n{draws}"))
    assert reasons(folder) == ()


def test_a_page_is_stale_once_a_file_that_it_looked_for_is_there(folder: Folder) -> None:
    looks = "try:\n    open({0!r})\nexcept FileNotFoundError:\n    print('none')"
    project(folder, looks.format(str(folder.root / "late.csv")))
    assert reasons(folder) == ()
    folder.write("late.csv", "1")
    assert reasons(folder) == ("late.csv changed",)


@pytest.mark.parametrize(
    "listing",
    ["os.listdir({0!r})", "os.scandir({0!r})", "[*Path({0!r}).iterdir()]", "[*os.walk({0!r})]",
     "glob.glob({0!r} + '/*')", "glob.glob({0!r} + '/below/*.csv')"],
)  # fmt: skip
def test_a_page_is_stale_once_a_folder_that_it_meant_to_list_is_there(
    listing: str, folder: Folder
) -> None:
    listing = listing.format(str(folder.root / "data"))
    looks = f"import glob\ntry:\n    {listing}\nexcept FileNotFoundError:\n    print('none')"
    project(folder, LISTS_A_FOLDER.format(looks))
    assert reasons(folder) == ()
    (folder.root / "data/below").mkdir(parents=True)
    assert reasons(folder) == (f"data/{'below/' if 'below' in listing else ''} changed",)


def test_nor_is_a_hidden_folder_looked_for(folder: Folder) -> None:
    looks = f"import glob\nglob.glob({str(folder.root / '.cache/*')!r})"
    project(folder, looks)
    (folder.root / ".cache").mkdir()
    assert reasons(folder) == ()


def test_a_folder_in_the_place_of_a_file_that_was_looked_for_counts(folder: Folder) -> None:
    opens = f"open({str(folder.root / 'data')!r})"
    project(folder, f"try:\n    {opens}\nexcept OSError as error:\n    type(error).__name__")
    assert reasons(folder) == ()
    (folder.root / "data").mkdir()
    assert reasons(folder) == ("data changed",)


def test_folders_of_compiled_modules_and_hidden_ones_do_not_count(folder: Folder) -> None:
    """As when a page walks through all that is below a folder."""
    for name in ("lib/one.py", "lib/__pycache__/one.pyc", "lib/.cache/x"):
        folder.write(name, "")
    project(folder, LISTS_A_FOLDER.format(f"len([*os.walk({str(folder.root / 'lib')!r})])"))
    record = Project.open(folder.root).lock.get("page.md")
    assert record is not None
    assert [name for name in record.observed.reads if name.endswith("/")] == ["lib/"]


def test_a_page_is_stale_once_a_module_that_it_could_not_import_is_there(folder: Folder) -> None:
    path = f"import sys\nsys.path.append({str(folder.root)!r})\n"
    project(folder, f"{path}try:\n    import late\nexcept ImportError:\n    print('none')")
    assert reasons(folder) == ()
    folder.write("late.py", "x = 1\n")
    assert reasons(folder) == ("late.py changed",)


def test_a_page_that_would_print_something_else_is_stale(folder: Folder) -> None:
    """It lists a folder, and looks for a file in it: `check` finds both, so `status` has to."""
    folder.write("data/a.csv", "1")
    project(folder, LISTS_A_FOLDER.format(LISTS_AND_LOOKS.format(str(folder.root / "data"))))
    assert "['a.csv']\n    none" in folder.read("page.md")
    assert reasons(folder) == ()
    folder.write("data/b.csv", "2")
    folder.write("data/maybe.txt", "here")
    assert reasons(folder) == ("data/ changed", "data/maybe.txt changed")
    opened = Project.open(folder.root)
    (update,) = (e for e in opened.execute(opened.plans(), 1) if isinstance(e, Update))
    assert len(update.changes) == 1
    assert not opened.write(update)
    assert "['a.csv', 'b.csv']\n    here" in folder.read("page.md")
    assert reasons(folder) == ()


@pytest.mark.parametrize(
    "asks",
    [
        "import {0}",
        "from {0} import x",
        "import importlib\n    importlib.import_module('{0}')",
        "from importlib.util import find_spec\n    print(find_spec('{0}'))",
        "__import__('{0}')",
    ],
)
@pytest.mark.parametrize(
    ("name", "told"),
    [("late", ("late can be imported",)), ("late.below", ("late can be imported",)), ("os.x", ())],
)
def test_a_page_is_stale_once_a_module_that_it_asked_for_is_there(
    name: str, told: tuple[str, ...], asks: str, folder: Folder, monkeypatch: pytest.MonkeyPatch
) -> None:
    asking = f"try:\n    {asks.format(name)}\nexcept ImportError:\n    print('none')"
    project(folder, asking)
    assert reasons(folder) == ()
    folder.write("elsewhere/late/__init__.py", "")
    monkeypatch.syspath_prepend(folder.root / "elsewhere")
    assert reasons(folder) == told


def test_what_a_library_asks_for_on_its_own_does_not_count(folder: Folder) -> None:
    asks = "import pytest\ntry:\n    pytest.importorskip('late')\nexcept BaseException:\n    pass"
    project(folder, asks)
    record = Project.open(folder.root).lock.get("page.md")
    assert record is not None
    assert record.observed.missing == ()
