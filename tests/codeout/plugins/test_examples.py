"""Pages with the three example plugins, wherever pages run."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
from codeout.cluster.versions import differing, versions_for
from codeout.run.job import Cell, Job

from tests.codeout.cli.test_main import codeout, program
from tests.codeout.sandbox.test_client import needs_bwrap
from tests.codeout.watch.test_loop import Watched

if TYPE_CHECKING:
    from pathlib import Path

    from tests.support.folder import Folder

NAMES = ["codeout-durations", "codeout-grid", "codeout-sql"]
SETTINGS = "[tool.codeout]\npages = ['docs']\nplugins = {}\n"
PAGE = """<!-- codeout: out -->
```python
print("trained in 0.31 s")
```

=== "Code"

    ```sql
    create table pet (name text, age int);
    insert into pet values ('Nari', 3), ('Bom', 5);
    select name from pet where age > :least
    ```

<!-- codeout: out -->
```python
rows
```

<!-- codeout: raises=OperationalError out -->
```sql
select * from nowhere
```

<!-- codeout: out -->
```python
display({"application/vnd.example.grid+json": {"rows": [[0, 255]]}}, raw=True)
```
"""
LEAST = "<!-- codeout: hidden\n```python\nleast = 4\n```\n-->\n\n"
SHOWN = (
    "```\ntrained in … s\n```",
    "    ```\n    Bom\n    ```",
    "```\n[('Bom',)]\n```",
    "sqlite3.OperationalError: no such table: nowhere\n```",
    "/1.svg)",
)
WAYS = [
    pytest.param((), id="here"),
    pytest.param(("--sandbox",), id="sandbox", marks=needs_bwrap),
    pytest.param(("--cluster", "local"), id="cluster"),
]


@pytest.fixture
def site(folder: Folder, installed: Path) -> Folder:
    """A project with a page that needs all three."""
    del installed
    folder.write("pyproject.toml", SETTINGS.format(NAMES))
    folder.write("docs/page.md", LEAST + PAGE)
    return folder


@pytest.mark.parametrize("way", WAYS)
def test_pages_run_with_them(way: tuple[str, ...], site: Folder) -> None:
    ran = program("run", "--jobs", "1", *way)
    assert ran.returncode == 0, ran.stdout + ran.stderr
    page = site.read("docs/page.md")
    assert [shown for shown in SHOWN if shown not in page] == []
    checked = program("check", "--jobs", "1", *way)
    assert "pages: 1 true" in checked.stdout, checked.stdout
    site.write("docs/page.md", page.replace("    Bom\n", "    Nari\n").replace("in …", "on …"))
    again = program("check", "--jobs", "1", *way)
    assert again.returncode == 1
    assert again.stdout.count("the output differs") == 2
    assert "docs/page.md:26: the output differs" in again.stdout


def test_pages_run_with_them_under_pytest(site: Folder) -> None:
    assert program("run").returncode == 0
    words = [sys.executable, "-m", "pytest", "-p", "no:cacheprovider", "--codeblocks", "docs"]
    done = subprocess.run(words, cwd=site.root, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout
    assert "6 passed" in done.stdout


def test_a_watch_runs_them(site: Folder) -> None:
    watched = Watched(site)
    try:
        assert watched.line().startswith("watching ")
        assert watched.line().startswith("docs/page.md: written; blocks 1 to 6 of 6 ran in ")
        page = site.read("docs/page.md")
        site.write("docs/page.md", page.replace("select name", "select age"))
        assert watched.line().startswith("docs/page.md: written; blocks 3 to 6 of 6 ran in ")
        assert "    ```\n    5\n    ```" in site.read("docs/page.md")
    finally:
        watched.process.kill()
        watched.process.wait()
        watched.reader.join()


def test_the_record_has_their_versions_and_another_one_makes_pages_stale(
    site: Folder, installed: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    del installed
    assert program("run").returncode == 0
    (status,) = json.loads(program("status", "--json").stdout)
    assert status["plugins"] == dict.fromkeys(NAMES, "1.0")
    assert status["fresh"]
    newer = tmp_path / "newer" / "codeout_grid-1.1.dist-info"
    newer.mkdir(parents=True)
    (newer / "METADATA").write_text("Metadata-Version: 2.1\nName: codeout-grid\nVersion: 1.1\n")
    points = "[codeout.renderers]\ngrid = codeout_grid\n"
    (newer / "entry_points.txt").write_text(points)
    monkeypatch.setenv("PYTHONPATH", str(newer.parent), prepend=":")
    assert "plugin codeout-grid 1.0 → 1.1" in program("status").stdout
    site.write("pyproject.toml", SETTINGS.format([NAMES[0], NAMES[2]]))
    assert "  plugin codeout-grid 1.0 → not used\n" in program("status").stdout
    site.write("pyproject.toml", SETTINGS.format(NAMES[:2]))
    assert "docs/page.md       4 " in (told := program("status").stdout)
    assert "precedes no Python fence that runs" in told, "what asked for an error does not run"


def test_a_cluster_needs_the_same_versions(installed: Path) -> None:
    del installed
    job = Job("page.md", (Cell("select 1", 60.0, language="sql"),), plugins=("codeout-sql",))
    wanted = versions_for([job], ())
    assert wanted["codeout-sql"] == "1.0"
    assert differing({**wanted, "codeout-sql": "1.1"}) == {"codeout-sql": "1.0"}


def test_they_need_to_be_named(site: Folder) -> None:
    """What is installed alone changes nothing."""
    site.write("pyproject.toml", SETTINGS.format([]))
    text = PAGE.replace("rows", "1").replace("raises=OperationalError ", "")
    site.write("docs/page.md", text.replace("<!-- codeout: out -->\n```sql", "```sql"))
    assert program("run").returncode == 0
    page = site.read("docs/page.md")
    assert "trained in 0.31 s" in page
    assert "Bom\n    ```" not in page
    assert "svg" not in page


def test_an_export_shows_them_as_text(site: Folder) -> None:
    assert (site.root / "docs/page.md").is_file()
    script = program("export", "docs/page.md", "--to", "py", "--output", "-").stdout
    assert "# ```sql\n# select * from nowhere\n# ```" in script
    assert 'print("trained in 0.31 s")\n' in script


def test_the_matrix_takes_them_from_the_requirements(
    folder: Folder, wheels: Path, installed: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    del installed
    monkeypatch.setenv("CODEOUT_CACHE", str(folder.root / "cache"))
    (wheel,) = wheels.glob("codeout_durations-*.whl")
    folder.write(
        "pyproject.toml",
        SETTINGS.format(NAMES[:1])
        + f'[[tool.codeout.matrix]]\nname = "with"\nrequirements = ["{wheel}"]\n'
        + '[[tool.codeout.matrix]]\nname = "without"\nrequirements = []\n',
    )
    folder.page("docs/page.md", ("print('in 3 s')", "in … s"))
    ran = program("run")  # here, a server could run from another test that knows no plugins
    assert ran.returncode == 0, ran.stdout + ran.stderr
    done = codeout("matrix")
    assert done.stdout.splitlines() == [
        "page          with  without",
        "docs/page.md  true  not checked",
        "without: not checked: pyproject.toml:3: the plugin codeout-durations is not installed",
    ], done.output
