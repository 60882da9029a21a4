"""The MkDocs plugin: stale pages are warnings, and a theme can say where outputs are from."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

import pytest
from codeout.engine.outcome import Outcome
from codeout.engine.project import Project
from codeout.engine.status import Status
from codeout.engine.update import Update
from codeout.errors import Problem
from codeout.output.coverage import Coverage
from codeout.site.provenance import provenance, warning
from mkdocs.commands.build import build
from mkdocs.config import load_config
from mkdocs.exceptions import Abort

if TYPE_CHECKING:
    from tests.support.folder import Folder

COVERED = Outcome("a.md", 1, Coverage())
SETTINGS = "[tool.codeout]\npages = ['docs']\n"
SITE = "site_name: test\ntheme: {name: null, custom_dir: theme}\nplugins: [codeout]\n"
TABS = "markdown_extensions: [pymdownx.superfences, pymdownx.tabbed: {alternate_style: true}]\n"
BANNER = '<p class="codeout-banner"'
FAILS = "<!-- pytest.mark.xfail -->"
TEMPLATE = '{{ page.meta.get("codeout") | tojson }}\n{{ page.content }}\n'


@pytest.fixture
def site(folder: Folder) -> Folder:
    """A site with a fresh page, one of prose, and one that its author left alone."""
    folder.write("pyproject.toml", SETTINGS)
    folder.write("mkdocs.yml", SITE + TABS)
    folder.write("theme/main.html", TEMPLATE)
    folder.page("docs/index.md", ("import click\n1 + 1", ""))
    folder.write("docs/prose.md", "Prose.\n")
    codeout_run()
    return folder


def codeout_run() -> None:
    """Run the pages of the current folder, and write them."""
    project = Project.open()
    for event in project.execute(project.plans()):
        if isinstance(event, Update):
            assert project.write(event) == ()


def build_strictly(folder: Folder) -> list[Any]:
    """Build the site; what the template saw in the metadata of each page."""
    build(load_config(str(folder.root / "mkdocs.yml"), strict=True))
    pages = ("index.html", "prose/index.html")
    return [json.loads(folder.read(f"site/{page}").splitlines()[0] or "null") for page in pages]


def files(folder: Folder) -> dict[str, bytes]:
    paths = [*folder.root.rglob("docs/**/*"), folder.root / "codeout.lock"]
    return {str(path): path.read_bytes() for path in paths if path.is_file()}


def test_a_fresh_page_has_provenance_and_sources_are_not_touched(site: Folder) -> None:
    before = files(site)
    index, prose = build_strictly(site)
    (record,) = (Project.open().lock.get("docs/index.md"),)
    assert record is not None
    assert index == {
        "also": [],
        "fresh": True,
        "blocks": 1,
        "date": record.date.isoformat(),
        "device": "cpu",
        "matrix": {},
        "python": record.python,
        "seconds": record.seconds,
        "stand_ins": [],
        "unlike": [],
        "versions": {"click": record.versions["click"]},
    }
    assert prose is None
    assert files(site) == before


def test_each_output_tells_how_it_was_made(site: Folder) -> None:
    site.write("mkdocs.yml", f"{SITE}{TABS}repo_url: https://example.org/repo/\n")
    build_strictly(site)
    record = Project.open().lock.get("docs/index.md")
    assert record is not None
    page = site.read("site/index.html")
    assert page.count('<details class="codeout-made"') == 1
    note = page.partition("<details")[2].partition("</details>")[0]
    told = [f"Python {record.python}, click {record.versions['click']}", record.date.isoformat()]
    told += ["cpu", f"{record.seconds} s, for all of the page", "none"]
    assert all(f"<dd>{words}</dd>" in note for words in told)
    link = "https://example.org/repo/issues/new?title=docs%2Findex.md%2C+line+3%3A+"
    assert f'<a href="{link}">' in note
    assert "codeout-" not in site.read("site/prose/index.html")


def test_without_a_repository_there_is_nowhere_to_report_to(site: Folder) -> None:
    build_strictly(site)
    assert "Report" not in site.read("site/index.html")


def test_a_site_that_does_not_render_tabs_shows_no_marks(site: Folder) -> None:
    site.write("mkdocs.yml", SITE)
    build_strictly(site)
    assert "codeout-made" not in site.read("site/index.html")


def test_an_expected_error_is_told_before_its_output(site: Folder) -> None:
    site.page("docs/index.md", ("1 / 0", ""), comment="<!-- codeout: raises=ZeroDivisionError -->")
    codeout_run()
    build_strictly(site)
    page = site.read("site/index.html")
    assert re.search(
        r'<p class="codeout-error"[^>]*>Error</p>\s*<div class="highlight"><pre>', page
    )


def test_a_stale_page_says_so_in_the_place_of_its_provenance(site: Folder) -> None:
    site.page("docs/index.md", ("1 + 2", "3"))
    site.page("docs/prose.md", ("4", "4"))
    build(load_config(str(site.root / "mkdocs.yml")))
    for page in (site.read("site/index.html"), site.read("site/prose/index.html")):
        assert page.count("This output is not verified") == 1
        assert page.count(BANNER) == 1
        assert "codeout-made" not in page


OPEN_TAB = (
    '=== "Code"\n\n    ```python\n    1 + 1\n    ```\n\n=== "Out"\n\n    ```\n    3\n    ```\n'
)
WITHOUT_NOTES = {
    "prompts": "```python\n>>> 1 + 1\n3\n```\n",
    "comments": "```python\nprint(1 + 1)\n#> 3\n```\n",
    "tabs": OPEN_TAB,
    "an open comment": f"{OPEN_TAB}\n<!-- open\n",
}


@pytest.mark.parametrize("text", WITHOUT_NOTES.values(), ids=WITHOUT_NOTES)
def test_a_stale_page_has_a_banner_also_where_outputs_have_no_notes(
    site: Folder, text: str
) -> None:
    if text is OPEN_TAB:
        site.write("mkdocs.yml", SITE)
    site.write("docs/index.md", f"# Home\n\n{text}")
    build(load_config(str(site.root / "mkdocs.yml")))
    page = site.read("site/index.html")
    assert page.count(BANNER) == 1
    assert page.index(BANNER) < page.index("<h1")
    assert BANNER not in site.read("site/prose/index.html")


def test_a_site_has_its_own_templates_before_those_of_the_plugin(site: Folder) -> None:
    own = "{{ path }}, {{ block }}: {{ codeout.blocks }}, {{ page.title }}, {{ config.site_name }}"
    site.write("theme/codeout/made.html", own)
    build_strictly(site)
    assert "docs/index.md, line 3: 1, Home, test" in site.read("site/index.html")


def test_a_page_can_show_the_standing_of_all_pages(site: Folder) -> None:
    site.page("docs/more/lesson.md", ("assert True", ""), ("1 / 0", ""), comment=FAILS)
    site.write("README.md", "```python\nassert 1\n```\n")
    site.write("pyproject.toml", SETTINGS.replace("'docs'", "'docs', 'README.md'"))
    site.write("docs/prose.md", "# Pages\n\n<!-- codeout-verification -->\n\n`after`\n")
    codeout_run()
    build_strictly(site)
    page = site.read("site/prose/index.html")
    table = page.partition("<table>")[2].partition("</table>")[0]
    rows = [re.sub(r"\s*<[^>]*>\s*", "|", row).strip("|") for row in table.split("</tr>")]
    assert [re.split(r"\|+", row)[:4] for row in rows[1:5]] == [
        ["Home", "1", "0", "0"],
        ["Lesson", "2", "1", "2"],
        ["README.md", "1", "1", "0"],
        ["3 pages", "4", "2", "2"],
    ]
    assert rows[4].endswith("0 stale")
    assert '<th scope="row"><a href="../more/lesson/">' in table
    assert "<code>after</code>" in page


def test_it_shows_where_pages_hold_by_their_titles_too(site: Folder) -> None:
    site.write("docs/prose.md", "# Pages\n\n<!-- codeout-verification -->\n")
    matrix = "[[tool.codeout.matrix]]\nname = 'old'\nrequirements = ['click==8.2.*']\n"
    site.write("pyproject.toml", f"{SETTINGS}{matrix}")
    codeout_run()
    known = '{ date = 2026-11-30, environment = "e1", result = "differs", says = "1 → <2>" }'
    lock = site.read("codeout.lock")
    site.write("codeout.lock", lock.replace("outputs =", f'matrix."old" = {known}\noutputs ='))
    build_strictly(site)
    *_, table = site.read("site/prose/index.html").split("<table>")
    told = " ".join(re.sub(r"<[^>]*>", " ", table.partition("</table>")[0]).split())
    assert told == "Page old Home differs: 1 → &lt;2&gt; (2026-11-30)"
    assert '<th scope="row"><a href="../">Home</a></th>' in table


def test_a_stale_page_fails_a_strict_build_with_the_reason(
    site: Folder, caplog: pytest.LogCaptureFixture
) -> None:
    page = site.read("docs/index.md")
    site.write("docs/index.md", page.replace("1 + 1", "1 + 2"))
    with pytest.raises(Abort, match="1 warnings in strict mode"):
        build_strictly(site)
    told = [entry.getMessage() for entry in caplog.records if "codeout" in entry.name]
    assert told == ["docs/index.md is stale: code changed; `codeout run` refreshes it"]


def test_notebooks_are_pages_like_others(site: Folder, caplog: pytest.LogCaptureFixture) -> None:
    site.write("mkdocs.yml", SITE.replace("codeout]", "codeout, mkdocs-jupyter: {cache: false}]"))
    hostile = "print('<b>{{ 1 }}</b> </pre> {% raw %}')"
    lab = site.notebook("docs/lab.ipynb", (hostile, ""), ("1 / 0", ""), tags=["raises-exception"])
    codeout_run()
    build_strictly(site)
    page = site.read("site/lab/index.html")
    assert json.loads(page.splitlines()[0])["blocks"] == 2
    assert "&lt;b&gt;{{ 1 }}&lt;/b&gt; &lt;/pre&gt; {% raw %}" in page
    assert "ZeroDivisionError: division by zero" in page
    assert "codeout-made" not in page, "mkdocs-jupyter has no place for marks"

    lab.write_text(lab.read_text(encoding="utf-8").replace('"1 / 0"', '"1 / 1"'), encoding="utf-8")
    with pytest.raises(Abort, match="1 warnings in strict mode"):
        build_strictly(site)
    told = [entry.getMessage() for entry in caplog.records if entry.name.endswith("codeout")]
    assert told == ["docs/lab.ipynb is stale: code changed; `codeout run` refreshes it"]


def test_a_page_that_cannot_be_understood_fails_a_strict_build(
    site: Folder, caplog: pytest.LogCaptureFixture
) -> None:
    site.write("docs/prose.md", "<!-- codeout: skip -->\n\nProse.\n")
    with pytest.raises(Abort, match="1 warnings in strict mode"):
        build_strictly(site)
    (told,) = [entry.getMessage() for entry in caplog.records if entry.name.endswith("codeout")]
    assert told.startswith("docs/prose.md:1: 'codeout: skip' precedes no Python fence")


def test_a_broken_configuration_stops_the_build(
    site: Folder, caplog: pytest.LogCaptureFixture
) -> None:
    site.write("pyproject.toml", "[tool.codeout]\npags = []\n")
    with pytest.raises(Abort):
        build_strictly(site)
    (told,) = caplog.messages
    assert told.splitlines() == [
        "codeout: pyproject.toml:2: unknown key `pags` in [tool.codeout]",
        "  hint: did you mean `pages`?",
    ]


@pytest.mark.parametrize(
    ("problems", "reasons", "line"),
    [
        (
            (),
            ("code changed", "data changed"),
            "a.md is stale: code changed, data changed; `codeout run` refreshes it",
        ),
        (
            (Problem("a.md", 3, "unknown word 'skipp'"),),
            ("never ran",),
            "a.md:3: unknown word 'skipp'",
        ),
    ],
)
def test_the_warning_says_what_to_do(
    problems: tuple[Problem, ...], reasons: tuple[str, ...], line: str
) -> None:
    assert warning(Status("a.md", problems, reasons, None, COVERED)) == line


def test_a_page_that_never_ran_has_no_more_to_tell() -> None:
    assert provenance(Status("a.md", (), ("never ran",), None, COVERED)) == {"fresh": False}


def test_chosen_pages_can_be_taken_away(site: Folder) -> None:
    site.write("mkdocs.yml", f"{SITE}site_url: https://example.org/docs/\n")
    site.write("pyproject.toml", f"{SETTINGS}export = ['docs/index.md']\n")
    page = site.read("docs/index.md")
    site.write("docs/index.md", f"{page}\n[Prose](prose.md), [none](https://example.org).\n")
    site.write("theme/main.html", '{{ page.meta.get("codeout_export") | tojson }}')
    index, prose = build_strictly(site)
    assert index == {"ipynb": "index.ipynb", "py": "index.py"}
    assert prose is None
    script = site.read("site/index.py")
    assert "# [Prose](https://example.org/docs/prose/), [none](https://example.org).\n" in script
    assert '"click"' in script, "what the lock says that it imported"
    assert json.loads(site.read("site/index.ipynb"))["nbformat"] == 4
    assert not [*site.root.glob("site/prose/*.py")]
    assert not [*site.root.glob("docs/*.py")]


def test_pages_in_one_folder_each_have_their_downloads(site: Folder) -> None:
    site.page("docs/prose.md", ("2", "2"))
    codeout_run()
    site.write("pyproject.toml", f"{SETTINGS}export = ['docs']\n")
    site.write("mkdocs.yml", f"{SITE}use_directory_urls: false\n")
    build(load_config(str(site.root / "mkdocs.yml"), strict=True))
    assert sorted(path.name for path in site.root.glob("site/*.py")) == ["index.py", "prose.py"]


def test_an_interactive_figure_is_in_a_frame(folder: Folder) -> None:
    folder.write("pyproject.toml", f'{SETTINGS}interactive = ["html"]\n')
    folder.write("mkdocs.yml", SITE + TABS)
    folder.write("theme/main.html", TEMPLATE)
    code = "class Bars:\n    def _repr_html_(self):\n"
    code += '        return "<canvas height=82></canvas><script>draw()</script>"\n\n\nBars()'
    folder.page("docs/charts/bars.md", (code, ""))
    codeout_run()
    build(load_config(str(folder.root / "mkdocs.yml"), strict=True))
    html = folder.read("site/charts/bars/index.html")
    address = "../../assets/out/charts/bars/1.html"
    assert f'<iframe class="codeout-frame" src="{address}" title="figure 1" height="90"' in html
    assert f'href="{address}"' not in html
    source = "docs/assets/out/charts/bars/1.html"
    assert folder.read("site/assets/out/charts/bars/1.html") == folder.read(source)
