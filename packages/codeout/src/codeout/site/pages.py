"""The pages of a site: those that codeout knows, and how templates see them."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Final

from codeout.config.folders import names_page
from codeout.config.pyproject import find_config
from codeout.engine.discovery import find_pages
from codeout.engine.project import Project
from codeout.errors import ConfigError, display_path
from codeout.export.files import file_names
from codeout.formats import MARKDOWN, format_of
from codeout.fs.opened import unnoted_files
from codeout.site.front_matter import read_meta, read_title
from codeout.site.kept_pages import KeptPages
from codeout.site.known_page import KnownPage, provenance_of, stale_mode
from codeout.site.notebook_page import notebook_of
from codeout.site.templates import ShownPage, render
from codeout.site.verification import verify

_OPENED: Final[dict[Path, tuple[Project, KeptPages]]] = {}
"""The projects of sites as they were last opened: what is the same is not read again."""

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path
    from typing import Any

    from codeout.engine.plan import Plan
    from codeout.site.settings import Site
    from codeout.site.verification import Verification


@dataclass(frozen=True)
class SitePages:
    """The pages of a site.

    Attributes:
        site: Its settings.
        project: The project that they belong to.
        tables: The pages that the table of all pages was made for.
    """

    site: Site
    project: Project
    tables: list[ShownPage] = field(default_factory=list, compare=False, repr=False)
    _kept: KeptPages = field(default_factory=KeptPages, compare=False, repr=False)
    _read: dict[Path, KnownPage] = field(default_factory=dict, compare=False, repr=False)

    @classmethod
    def open(cls, site: Site) -> SitePages:
        """Read the settings and the lock.

        Raises:
            ConfigError: They cannot be used, the project has no lock, or ``STALE`` is unknown.
        """
        stale_mode()  # told once, before any page is read
        if site.root in _OPENED:
            project, kept = _OPENED[site.root]
            project = project.reopened(find_config(site.root))
        else:
            project, kept = Project.open(site.root), KeptPages()
        _OPENED[site.root] = project, kept
        if not project.config.lock:
            file = display_path(project.config.root / "pyproject.toml")
            hint = f"write [tool.codeout] into {file}, and a name after `lock` if it has one"
            raise ConfigError("the site needs settings with a lock", hint)
        kept.begin(project)
        return cls(site, project, _kept=kept)

    @cached_property
    def files(self) -> dict[Path, Path]:
        """The files of all pages, by the path without links."""
        return {file.resolve(): file for file in find_pages(self.project.config)}

    def find(self, file: Path) -> KnownPage | None:
        """The page in a file, or the notebook that it shows; None if it is none of the project."""
        known = self.files.get(file.resolve())
        if known is None:
            return None
        page = self.read(known)
        notebook = self._notebook_of(page.plan)
        return self.find(notebook) if notebook and notebook.resolve() in self.files else page

    def read(self, file: Path) -> KnownPage:
        """A page of the project by its file, which is read once."""
        if file not in self._read:
            self._read[file] = self._kept.read(self.project, file)
        return self._read[file]

    def all(self) -> Iterator[KnownPage]:
        """Yield all pages in the order of the navigation, those that it leaves out last."""
        order = {source: at for at, source in enumerate(self.site.navigation)}

        def place(plan: Plan) -> tuple[bool, int]:
            source = self.source(plan.file)
            return not source, order.get(self.site.entry(source), len(order))

        yield from sorted(map(self.read, self.files.values()), key=lambda page: place(page.plan))

    def source(self, file: Path) -> str:
        """The path of a page in the folder of the pages; empty if it is elsewhere."""
        file = file.resolve()
        return file.relative_to(self._docs).as_posix() if file.is_relative_to(self._docs) else ""

    @cached_property
    def _docs(self) -> Path:
        return self.site.docs.resolve()

    def meta(self, file: Path, known: KnownPage | None) -> dict[str, Any]:
        """What templates of the site find in the metadata of a page.

        Args:
            file: The file of the page.
            known: The page, if it is one of the project.
        """
        meta: dict[str, Any] = {"codeout_source": self.source(known.plan.file if known else file)}
        if known and known.has_notes:
            meta["codeout"] = provenance_of(known)
        if known and self.is_exported(known.plan):
            meta["codeout_export"] = file_names(known.plan.path)
        return meta

    def is_exported(self, plan: Plan) -> bool:
        """Whether readers of the site can download a page."""
        named = names_page(self.project.config.export, plan.path)
        return named and not plan.problems and not self._notebook_of(plan)

    def _notebook_of(self, plan: Plan) -> Path | None:
        """The notebook that a page of Markdown shows; None if it shows none."""
        if format_of(plan.path) is not MARKDOWN:
            return None
        return notebook_of(plan.file, plan.source.decode("utf-8", "replace"))

    def table(self, page: ShownPage) -> str:
        """The HTML of the table of all pages, on a page of the site."""
        self.tables.append(page)
        table, pages = self._table
        return render(self.site, "verification", page, verification=table, pages=pages)

    @property
    def state_of_table(self) -> str:
        """What the table of all pages shows: if it is another, so is the table."""
        return repr(self._table)

    @cached_property
    def _table(self) -> tuple[Verification, dict[str, ShownPage]]:
        """The table of all pages, and those of the site by their paths."""
        with unnoted_files():  # a page that shows it depends on its state alone
            known = [*self.all()]
            names = [environment.name for environment in self.project.config.matrix]
            table = verify(((each.plan, each.status) for each in known), names)
            inside = (each.plan for each in known if self.source(each.plan.file))
            return table, {plan.path: self.shown(plan) for plan in inside}

    def in_navigation(self) -> Iterator[tuple[str, ShownPage]]:
        """Yield the source of each page in the navigation, and the page as templates see it."""
        for source in self.site.navigation:
            file = self.site.docs / source
            if not file.is_file():
                continue
            text = file.read_text(encoding="utf-8", errors="replace")
            yield source, self._shown(source, text, self.meta(file, self.find(file)))

    def shown(self, plan: Plan) -> ShownPage:
        """A page as templates see it."""
        return self._shown(self.source(plan.file), plan.source.decode("utf-8", "replace"), {})

    def _shown(self, source: str, text: str, more: Mapping[str, Any]) -> ShownPage:
        meta = {**read_meta(text), **more}
        title = self.site.navigation.get(self.site.entry(source)) or read_title(text, meta)
        return ShownPage(title or self.site.title(source), self.site.target(source), meta)
