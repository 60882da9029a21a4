"""What is proposed for pages that cannot be tried."""

from __future__ import annotations

from typing import TYPE_CHECKING

from codeout.adopt.proposal import propose
from codeout.config.settings import Config
from codeout.engine.project import Project
from codeout.run.job import Isolation

if TYPE_CHECKING:
    from pathlib import Path


def test_a_page_that_leads_out_of_the_project_is_left_out(tmp_path: Path) -> None:
    outside, root = tmp_path / "outside.md", tmp_path / "project"
    outside.write_text("```python\nlaunch_rocket()\n```\n")
    (root / "docs").mkdir(parents=True)
    (root / "docs" / "link.md").symlink_to(outside)
    project = Project.open(config=Config(root, pages=("docs",)))
    proposal = propose(project, project.plans(), Isolation(), lambda _: None, 60)
    assert proposal.settings == {"exclude": ("docs/link.md",)}
    assert [failure.problem.message for failure in proposal.failures] == [
        "cannot be read: it leads out of the project"
    ]
