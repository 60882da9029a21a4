"""What a cluster cannot do is refused by name, before pages run or with the page it is about."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest
from codeout import ConfigError
from codeout.cluster import connect
from codeout.cluster.crew import check_versions, refuse
from codeout.cluster.dispatch import Dispatch
from codeout.cluster.task import Task
from codeout.run.job import Job, Limits
from distributed import Client

from tests.support.clusters import Cluster, cluster, codeout

if TYPE_CHECKING:
    from pathlib import Path

    from tests.support.folder import Folder


def test_needs_that_no_worker_has(folder: Folder, two: Cluster) -> None:
    folder.write(
        "pyproject.toml", '[tool.codeout]\npages = ["."]\nneeds = { GPU = 1, RAM = 2e9 }\n'
    )
    folder.page("page.md", ("print(1)", "1"))
    ran = codeout(folder, "check", "--cluster", two.address)
    assert ran.status == 2
    assert ran.text.splitlines() == [
        "codeout: page.md needs { GPU = 1, RAM = 2e+09 }, and no worker has that",
        "  hint: start one with them: `dask worker ADDRESS --resources 'GPU=1 RAM=2e+09'`",
    ]


def test_pages_with_needs_run_where_these_are_met(
    folder: Folder, tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder.write(
        "pyproject.toml",
        '[tool.codeout]\npages = ["."]\n'
        '[[tool.codeout.folders]]\npages = ["gpu"]\nneeds = { GPU = 1 }\n',
    )
    for number in range(4):
        folder.page(f"gpu/{number}.md", ("import os\nprint(os.environ['DEVICE'])", "of a GPU"))
        folder.page(f"cpu/{number}.md", (f"print({number})", f"{number}"))
    with cluster(tmp_path_factory.mktemp("gpu")) as made:
        made.start(DEVICE="of no GPU")
        made.start("--resources", "GPU=1", DEVICE="of a GPU")
        ran = codeout(folder, "check", "--cluster", made.address)
    assert (ran.status, ran.text[:14]) == (0, "pages: 8 true,"), ran.text


def distribution(folder: Path, version: str) -> str:
    """A folder with a small package of a version."""
    (folder / f"teaching-{version}.dist-info").mkdir(parents=True)
    about = f"Metadata-Version: 2.1\nName: teaching\nVersion: {version}\n"
    (folder / f"teaching-{version}.dist-info/METADATA").write_text(about)
    (folder / "teaching.py").write_text(f"version = {version!r}\n")
    return os.pathsep.join([str(folder), os.environ.get("PYTHONPATH", "")])


def test_another_version_or_file_on_a_worker(
    folder: Folder, tmp_path_factory: pytest.TempPathFactory
) -> None:
    base = tmp_path_factory.mktemp("versions")
    here, there = (distribution(base / version, version) for version in ("1.0", "1.1"))
    (base / "note.txt").write_text("there")
    folder.write("note.txt", "here")
    folder.page("one.md", ("import teaching\nprint(1)", "1"))
    folder.page("two.md", ("import teaching\n!echo 2", "2"))  # known when it has run
    ranged = folder.read("one.md").replace("import teaching\n", "")
    older = "\n    <!-- codeout: out teaching<1.1 -->\n    ```\n    1\n    ```\n"
    folder.write("four.md", ranged.replace("    1\n", "    2\n") + older)
    read = "from pathlib import Path\nprint((Path.home() / 'note.txt').read_text())"
    folder.page("three.md", (read, "there"))
    with cluster(base / "cluster") as made:
        made.start(PYTHONPATH=there, HOME=str(base))
        address = made.addresses()[0]

        def run(*pages: str) -> str:
            words = ("check", "--cluster", made.address, *pages)
            return codeout(folder, *words, PYTHONPATH=here, HOME=str(folder.root)).text

        assert f"codeout: worker {address} has teaching 1.1, not 1.0\n" in run("one.md")
        assert "has teaching 1.1, not 1.0\n" in run("four.md"), "by that, an output was chosen"
        told = run("two.md", "three.md")
    assert f"two.md:3: ran on worker {address}, which has teaching 1.1, not 1.0\n" in told
    assert f"three.md:3: read ~/note.txt, which worker {address} has otherwise\n" in told


def test_a_worker_with_another_version_that_comes_later(two: Cluster) -> None:
    task = Task(Job("page.md", ()), Limits(1), versions={"ipython": "0.1"})
    with Client(two.address, set_as_default=False) as client:
        with pytest.raises(ConfigError, match=r"worker tcp://.* has ipython .*, not 0\.1"):
            [*Dispatch(client, [task], {}, 0).events()]
        with pytest.raises(ConfigError, match=r"worker tcp://.* has ipython .*, not 0\.1"):
            check_versions(client, {"ipython": "0.1"})


def test_a_worker_without_a_package() -> None:
    with pytest.raises(ConfigError, match="worker W has no numpy, where here is 2"):
        refuse("W", {"numpy": ""}, {"numpy": "2"})


def test_a_cluster_without_workers(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connect, "_WORKERS_SECONDS", 0.1)
    with (
        cluster(tmp_path / "cluster") as made,
        pytest.raises(ConfigError, match="has no workers"),
        connect.connected(made.address, 0),
    ):
        pass
