"""Figures in notebooks that are drawn again say the same as before."""

from __future__ import annotations

from typing import TYPE_CHECKING

from codeout.engine.project import Project
from codeout.engine.update import Update

if TYPE_CHECKING:
    from tests.support.folder import Folder

INLINE = '%config InlineBackend.figure_formats = ["svg"]\nimport matplotlib.pyplot as plt'
SAVED = 'from IPython.display import SVG\nplt.plot([1, 3])\nplt.savefig("x.svg")\nSVG("x.svg")'


def test_drawings_of_matplotlib_are_the_same_twice(folder: Folder) -> None:
    page = folder.notebook("page.ipynb", (INLINE, ""), (SAVED, ""))
    assert run(folder) > 0
    drawn = page.read_bytes()
    assert drawn.count(b'"image/svg+xml": [') == 2, "one of the backend, one of a file"
    assert run(folder) == 0
    assert page.read_bytes() == drawn


def run(folder: Folder) -> int:
    """Run the pages; how many outputs differ from those of before."""
    project = Project.open(folder.root)
    plans = project.plans([folder.root / "page.ipynb"])
    (update,) = (event for event in project.execute(plans) if isinstance(event, Update))
    assert project.write(update) == ()
    return len(update.changes)
