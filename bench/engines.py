"""The engines: what each reads, how it is started, and how it shows that every block ran."""

from __future__ import annotations

import os
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from bench import formats

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from bench.corpus import Page

ROOT = Path(__file__).parent.parent
EXTRA = ROOT / "build" / "bench"
SAME_FOR_ALL = {
    "OMP_NUM_THREADS": "1",
    "NO_MKDOCS_2_WARNING": "1",
    "DISABLE_MKDOCS_2_WARNING": "true",
    "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1",
    "PYTHONDONTWRITEBYTECODE": "",  # compiled modules are kept, as they are everywhere else
}


def _printed_proof(page: Page) -> str:
    return page.proof


def _shown(page: Page) -> str:
    return f"<title>{page.title} - bench</title>"


def _passed_fence(page: Page) -> str:
    return f"docs/{page.name}.md::line 3 PASSED"


@dataclass(frozen=True, slots=True)
class Engine:
    """A program that runs the code of pages.

    Attributes:
        name: As the report calls it.
        files: Writes pages in its syntax, with its settings.
        arguments: What follows the interpreter on its command line.
        evidence: A glob for the files in which its outputs end up; empty for what it prints.
        proof: What must stand in the evidence for a page of which every block ran.
    """

    name: str
    files: Callable[[Sequence[Page]], formats.Files]
    arguments: tuple[str, ...]
    evidence: str = ""
    proof: Callable[[Page], str] = _printed_proof

    @property
    def command(self) -> tuple[str, ...]:
        """Its command line, with the interpreter that runs the bench."""
        return (sys.executable, *self.arguments)

    def lay_out(self, folder: Path, pages: Sequence[Page]) -> None:
        """Write the pages and settings below an existing folder."""
        for name, text in self.files(pages).items():
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")

    def unproved(self, folder: Path, printed: str, pages: Sequence[Page]) -> list[str]:
        """Name the pages for which a finished run has nothing to show."""
        found = printed
        if self.evidence:
            found = "\n".join(
                path.read_text(encoding="utf-8") for path in folder.glob(self.evidence)
            )
        return [page.name for page in pages if self.proof(page) not in found]


def environment() -> dict[str, str]:
    """Make the variables under which every engine runs; the packages for the bench come last."""
    places = [place for place in (os.environ.get("PYTHONPATH"), str(EXTRA)) if place]
    return {**os.environ, **SAME_FOR_ALL, "PYTHONPATH": os.pathsep.join(places)}


CODEOUT = ("-m", "codeout")
PYTEST = ("-m", "pytest", "-v", "-p", "no:cacheprovider", "-p")
MKDOCS = ("-m", "mkdocs", "build", "--strict")

FLOOR = Engine("floor", formats.as_lists, (str(ROOT / "bench" / "floor.py"), "pages.json"))
ALL_CORES = Engine("codeout", formats.as_code_tabs, (*CODEOUT, "run", "--all"), "docs/*.md")
ONE_JOB = Engine(
    "codeout --jobs 1", formats.as_code_tabs, (*CODEOUT, "run", "--all", "--jobs", "1"), "docs/*.md"
)
BARE = Engine(
    "codeout, no preload", formats.as_bare_code_tabs, (*CODEOUT, "run", "--all"), "docs/*.md"
)
SITE = Engine("mkdocs, nothing run", formats.as_plain_site, MKDOCS, "site/*/index.html", _shown)
MARKDOWN_EXEC = Engine("markdown-exec", formats.as_exec_fences, MKDOCS, "site/*/index.html")
MKDOCS_JUPYTER = Engine("mkdocs-jupyter", formats.as_site_of_notebooks, MKDOCS, "site/*/index.html")
NBMAKE = Engine(
    "nbmake",
    formats.as_notebooks,
    (*PYTEST, "nbmake.pytest_plugin", "--nbmake", "--overwrite", "docs"),
    "docs/*.ipynb",
)
CODEBLOCKS = Engine(
    "pytest-codeblocks",
    formats.as_merged_fences,
    (*PYTEST, "pytest_codeblocks.plugin", "--codeblocks", "docs"),
    proof=_passed_fence,
)
MARKDOWN_DOCS = Engine(
    "pytest-markdown-docs",
    formats.as_continued_fences,
    (*PYTEST, "pytest_markdown_docs.plugin", "--markdown-docs", "docs"),
)
SIDE_BY_SIDE = (
    FLOOR,
    ALL_CORES,
    ONE_JOB,
    CODEBLOCKS,
    SITE,
    MARKDOWN_EXEC,
    NBMAKE,
    MKDOCS_JUPYTER,
)
