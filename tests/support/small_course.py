"""A lesson with few images: it runs in seconds, and what it shows is what they give."""

from __future__ import annotations

import ast
import dataclasses
import hashlib
import shutil
from typing import TYPE_CHECKING

from codeout import Project, Update
from codeout.data.fetch import fetch
from codeout.fs.cache_folder import cache_folder

from tests.support.paths import ROOT

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from codeout import Plan
    from codeout.config.settings import Config
    from codeout.data.assets import Asset

FEW = {"train": 1_500, "t10k": 500}
"""Images of each half of Fashion-MNIST."""

SPLIT = {"[50_000, 10_000]": "[1_250, 250]"}
"""How the course splits its training data, and how a small course does."""

OWN_CUT = {"range(6000)": "range(1_250)"}
"""The images that a lesson itself takes for a quick trial."""

HEADER = {"images": 16, "labels": 8}
SIZE = {"images": 28 * 28, "labels": 1}


def small_course(lesson: str, root: Path, cache: Path) -> Project:
    """Make a project of one lesson and few images.

    Args:
        lesson: The name of a page in ``docs/basics``.
        root: Where to make it.
        cache: A folder for the images; ``CODEOUT_CACHE`` has to name it when the project runs.
    """
    config = Project.open(ROOT).config
    for folder in config.snippets:
        shutil.copytree(ROOT / folder, root / folder)
        for piece in (root / folder).glob("*.py"):
            piece.write_text(_fewer(piece.read_text(encoding="utf-8")), encoding="utf-8")
    page = f"docs/basics/{lesson}.md"
    text = (ROOT / page).read_text(encoding="utf-8")
    (root / page).parent.mkdir(parents=True)
    (root / page).write_text(_fewer(text), encoding="utf-8")
    assets = [_cut(each, cache, config) for each in config.assets if each.path.endswith("-ubyte")]
    small = dataclasses.replace(config, root=root, pages=(page,), lock="", assets=tuple(assets))
    return Project.open(config=small)


def write_outputs(project: Project) -> None:
    """Run the whole lesson of a small course, and write what it prints."""
    (update,) = run_to_the_end(project, *map(_without_assertions, project.plans()))
    assert update.changes, "fewer images print other numbers"
    assert not project.write(update)


def run_to_the_end(project: Project, *lessons: Plan) -> Iterator[Update]:
    """Run lessons in which nothing may fail; their outputs may differ."""
    for event in project.execute(lessons):
        if isinstance(event, Update):
            assert not event.problems, "\n".join(map(str, event.problems))
            yield event


def _fewer(text: str) -> str:
    """Code that takes as many images as there are."""
    for all_of_them, few in (SPLIT | OWN_CUT).items():
        text = text.replace(all_of_them, few)
    return text


def _cut(asset: Asset, cache: Path, config: Config) -> Asset:
    """The first images or labels of a file of Fashion-MNIST, put into the cache."""
    whole = fetch(asset, cache_folder(), config.root).file
    half, kind, _ = whole.name.split("-", 2)
    header, size = HEADER[kind], SIZE[kind]
    data = whole.read_bytes()
    number = FEW[half].to_bytes(4)
    data = data[:4] + number + data[8 : header + FEW[half] * size]
    digest = hashlib.sha256(data).hexdigest()
    (folder := cache / digest[:16]).mkdir(parents=True)
    (folder / whole.name).write_bytes(data)
    return dataclasses.replace(asset, sha256=digest, sources=())


class _Evaluated(ast.NodeTransformer):
    """Makes of ``assert x`` a plain ``x``."""

    def visit_Assert(self, node: ast.Assert) -> ast.Expr:  # the name that ast calls
        return ast.Expr(node.test)


def _without_assertions(lesson: Plan) -> Plan:
    """The lesson with hidden blocks that compute what they assert, but hold for any images."""
    directives = [lesson.page.blocks[at].directive for at in lesson.blocks]
    cells = [
        dataclasses.replace(cell, code=_evaluated(cell.code, fails=bool(directive.raises)))
        if directive.hidden
        else cell
        for directive, cell in zip(directives, lesson.cells, strict=True)
    ]
    return dataclasses.replace(lesson, cells=tuple(cells))


def _evaluated(code: str, *, fails: bool) -> str:
    """Code without assertions; one that holds that a check refuses an answer still fails."""
    return "raise AssertionError" if fails else ast.unparse(_Evaluated().visit(ast.parse(code)))
