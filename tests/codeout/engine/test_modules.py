"""Modules as pages: their names, what of them counts, and the run of their docstrings."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from codeout.engine.modules import module_of
from codeout.engine.planning import plan_page
from codeout.engine.project import Project
from codeout.engine.update import Update
from codeout.errors import CodeoutError
from codeout.export.cells import export
from codeout.page.docstring_parser import parse

if TYPE_CHECKING:
    from pathlib import Path

SOURCE = '"""Text.\n\n>>> __name__\n{}\n"""\n\nX = 1\n'


def write(file: Path, text: str) -> Path:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8")
    return file


def run(file: Path, root: Path) -> Update:
    project = Project.open(root)
    (update,) = (
        event
        for event in project.execute([plan_page(project.config, file)])
        if isinstance(event, Update)
    )
    if not update.problems:
        assert not project.write(update)
    return update


@pytest.mark.parametrize(
    ("file", "packages", "name", "folder"),
    [
        ("module.py", [], "module", "."),
        ("src/pkg/sub/module.py", ["src/pkg", "src/pkg/sub"], "pkg.sub.module", "src"),
        ("src/pkg/__init__.py", ["src/pkg"], "pkg", "src"),
        ("space/pkg/module.py", ["space/pkg"], "pkg.module", "space"),
    ],
)
def test_a_module_has_the_name_below_its_packages(
    file: str, packages: list[str], name: str, folder: str, tmp_path: Path
) -> None:
    for package in packages:
        write(tmp_path / package / "__init__.py", "")
    path = write(tmp_path / file, SOURCE)
    module = module_of(path, parse(path.read_bytes()))
    assert (module.name, module.folder) == (name, str((tmp_path / folder).absolute()))
    assert not run(path, tmp_path).problems
    assert f"\n'{name}'\n" in path.read_text(encoding="utf-8")


def test_outputs_do_not_make_another_module(tmp_path: Path) -> None:
    file = tmp_path / "module.py"
    one, same, other = (
        module_of(file, parse(text.encode()))
        for text in (SOURCE.format("1"), SOURCE.format("2"), SOURCE.replace("X = 1", "X = 2"))
    )
    assert one == same != other


def test_an_edit_of_the_module_makes_it_stale(tmp_path: Path) -> None:
    write(tmp_path / "pyproject.toml", '[tool.codeout]\npages = ["*.py"]\n')
    file = write(tmp_path / "module.py", SOURCE.replace("__name__", "X"))
    run(file, tmp_path)
    project = Project.open(tmp_path)
    assert project.status(plan_page(project.config, file)).fresh
    write(file, file.read_text(encoding="utf-8").replace("X = 1", "X = 2"))
    assert project.status(plan_page(project.config, file)).reasons == ("code changed",)
    assert [problem.message for problem in run(file, tmp_path).changes] == ["the output differs"]


def test_a_module_under_the_name_of_another_one_is_told(tmp_path: Path) -> None:
    (problem,) = run(write(tmp_path / "json.py", SOURCE), tmp_path).problems
    assert "the module cannot be imported: ImportError: `json` is another module" in str(problem)


def test_a_module_that_exits_is_told_with_its_line(tmp_path: Path) -> None:
    file = write(tmp_path / "leaves.py", f"{SOURCE}raise SystemExit(2)\n")
    (problem,) = run(file, tmp_path).problems
    assert (problem.line, problem.message) == (8, "the module cannot be imported: SystemExit: 2")


def test_docstrings_are_not_exported(tmp_path: Path) -> None:
    project = Project.open(tmp_path)
    plan = plan_page(project.config, write(tmp_path / "module.py", SOURCE))
    with pytest.raises(CodeoutError, match="docstrings are no page that can be exported"):
        export(plan, project.config, None, lambda target: target)
