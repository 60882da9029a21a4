"""How often pages run until it is known what makes them green."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import pytest
from codeout.adopt.proposal import propose
from codeout.config.settings import Config
from codeout.engine.project import Project
from codeout.engine.update import Update
from codeout.run.events import Started
from codeout.run.job import Isolation

if TYPE_CHECKING:
    from pathlib import Path

    from codeout.adopt.proposal import Proposal

TRUE = ">>> 1 + 1\n2"
WRONG = ">>> 2 + 2\n5"
FAILS = ">>> import no_module_of_that_name"
DEFINES = ">>> import no_module_of_that_name; number = 3"
FOLLOWS = ">>> number + 1\n4"
VARIES = ">>> import time; time.time_ns()\n1"


def page_of(codes: tuple[str, ...]) -> str:
    return "\n".join(f"```pycon\n{code}\n```\n" for code in codes)


def begun_of(root: Path, *codes: str) -> tuple[Proposal, list[int]]:
    """What is proposed for a page, and the blocks that ran, by their index in each run."""
    (root / "page.md").write_text(page_of(codes))
    project = Project.open(config=Config(root, pages=("page.md",)))
    begun: list[int] = []

    def follow(event: object) -> None:
        if isinstance(event, Started):
            begun.append(event.index)

    return propose(project, project.plans(), Isolation(offline=True), follow, 60), begun


def proposed(root: Path, *codes: str) -> tuple[Proposal, int]:
    """What is proposed for a page, and how often one of its blocks ran at most."""
    proposal, begun = begun_of(root, *codes)
    return proposal, max(Counter(begun).values())


@pytest.mark.parametrize(
    ("codes", "runs"),
    [
        ((TRUE,), 1),
        ((TRUE, WRONG), 2),
        ((FAILS, TRUE, TRUE), 1),
        ((DEFINES, FOLLOWS, FAILS, TRUE, TRUE, TRUE, TRUE, TRUE, WRONG), 2),
        ((VARIES, TRUE), 2),
        ((FAILS,), 1),
    ],
)
def test_a_page_runs_twice_at_most(tmp_path: Path, codes: tuple[str, ...], runs: int) -> None:
    assert proposed(tmp_path, *codes)[1] == runs


def test_only_what_is_not_true_runs_again(tmp_path: Path) -> None:
    """A block without a true output runs a second time, with those that share names with it."""
    needed = (">>> seen = []", ">>> other = seen", ">>> other.append(1)", ">>> len(seen)\n5")
    proposal, begun = begun_of(tmp_path, TRUE, *needed, TRUE)
    assert begun == [*range(6), *range(4)]
    (trial,) = proposal.trials
    assert len(trial.update.changes) == 1


def test_a_name_of_python_ties_no_blocks(tmp_path: Path) -> None:
    """All of them call ``print``, which the block that fails cannot change."""
    fails, wrong = ">>> print(no_such_name)", ">>> print(2)\n5"
    proposal, begun = begun_of(tmp_path, fails, TRUE, TRUE, ">>> print(1)\n1", wrong)
    assert begun == [*range(5), 0]
    assert proposal.comments == 1


def test_a_name_of_python_that_a_failure_binds_does(tmp_path: Path) -> None:
    fails, wrong = ">>> print = repr; no_such_name", ">>> print(2)\n5"
    _, begun = begun_of(tmp_path, fails, TRUE, TRUE, TRUE, wrong)
    assert begun != [*range(5), 0]


def test_what_varies_is_seen_without_the_rest_of_its_page(tmp_path: Path) -> None:
    """The same part runs a third time, and says something else again."""
    proposal, begun = begun_of(tmp_path, TRUE, TRUE, VARIES)
    assert begun == [0, 1, 2, 0, 0]
    assert [*proposal.drafts[0].words.values()] == ["volatile"]


def test_a_part_that_fails_alone_says_nothing_of_the_page(tmp_path: Path) -> None:
    """The last block needs the first one by no name."""
    adds = ">>> import sys; sys.modules['of_another_page'] = sys"
    finds = ">>> import of_another_page; 1 + 1\n3"
    proposal, runs = proposed(tmp_path, adds, TRUE, finds)
    assert (proposal.comments, runs) == (0, 3)


def test_what_shares_a_name_with_a_failure_runs_again(tmp_path: Path) -> None:
    codes = (">>> seen = []", ">>> seen.append(1); no_name", ">>> len(seen)\n1", TRUE, TRUE, TRUE)
    proposal, runs = proposed(tmp_path, *codes)
    (trial,) = proposal.trials
    assert runs == 2
    assert trial.plan.cells == ()


def test_what_follows_a_failure_is_left_out_with_it(tmp_path: Path) -> None:
    codes = (DEFINES, FOLLOWS, TRUE, TRUE, TRUE, TRUE)
    proposal, _ = proposed(tmp_path, *codes)
    (draft,) = proposal.drafts
    assert sorted(place.line for place in draft.words) == [1, 5]


def test_modules_that_are_loaded_before_do_not_make_outputs_vary(tmp_path: Path) -> None:
    """The second run has such modules already; the outputs are those of a page without."""
    code = ">>> import sys; 'tomlkit' in sys.modules\n1\n>>> import tomlkit"
    for name in ("a.md", "b.md"):
        (tmp_path / name).write_text(page_of((code, TRUE)))
    project = Project.open(config=Config(tmp_path, pages=("a.md", "b.md")))
    proposal = propose(project, project.plans(), Isolation(offline=True), lambda _: None, 60)
    assert proposal.comments == 0
    assert [len(trial.update.changes) for trial in proposal.trials] == [1, 1]


def test_what_varies_is_found_on_pages_that_lack_an_import(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text(page_of((">>> import time",)))
    code = ">>> time.time_ns()\n1"
    (tmp_path / "b.md").write_text(page_of((code, TRUE, TRUE)))
    project = Project.open(config=Config(tmp_path, pages=("a.md", "b.md")))
    proposal = propose(project, project.plans(), Isolation(offline=True), lambda _: None, 60)
    assert [each.code for each in proposal.setup] == ["import time"]
    assert [[*draft.words.values()] for draft in proposal.drafts] == [[], ["volatile"]]


@pytest.mark.parametrize(
    "code",
    [
        "import datetime; datetime.date.today()",
        "import datetime; print(f'{datetime.date.today():%d/%m/%Y}')",
        "import datetime; print(f'{datetime.datetime.now(datetime.UTC):%B %d, %Y}')",
    ],
)
def test_what_shows_the_date_varies_though_not_on_one_day(tmp_path: Path, code: str) -> None:
    proposal, _ = proposed(tmp_path, f">>> {code}\n2016-11-16", TRUE, TRUE)
    assert [*proposal.drafts[0].words.values()] == ["volatile"]


def test_no_output_is_added_to_tabs_of_code(tmp_path: Path) -> None:
    """The page names its tabs as we do, and shows pictures below them."""
    code = '=== "Code"\n\n    ```python\n    print(1)\n    ```\n\nText.\n\n'
    shown = "```python\nprint(2)\n#> 2\n```\n"
    (tmp_path / "page.md").write_text(code + shown)
    project = Project.open(config=Config(tmp_path, pages=("page.md",)))
    proposal = propose(project, project.plans(), Isolation(offline=True), lambda _: None, 60)
    assert proposal.settings == {"outputs": ("transcripts", "comments")}
    assert not proposal.trials[0].update.changes


def test_a_page_that_ran_before_and_does_no_more_is_adopted(tmp_path: Path) -> None:
    """Its record makes a change that belongs to no block."""
    config = Config(tmp_path, pages=("page.md",), lock="codeout.lock")
    page = tmp_path / "page.md"
    page.write_text(page_of((TRUE,)))
    project = Project.open(config=config)
    for update in project.execute(project.plans()):
        if isinstance(update, Update):
            project.write(update)
    page.write_text(page_of((FAILS,)))
    project = Project.open(config=config)
    proposal = propose(project, project.plans(), Isolation(offline=True), lambda _: None, 60)
    assert proposal.trials[0].plan.cells == ()
