"""What codeout puts into the HTML of a page: notes on its outputs, a banner, frames of figures."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from codeout.site.elsewhere import number_of, unlike
from codeout.site.frames import frames_of, with_frames
from codeout.site.known_page import provenance_of
from codeout.site.notebook_page import lead_to_pages
from codeout.site.notes import replace_marks, titles
from codeout.site.provenance import UNVERIFIED
from codeout.site.templates import ShownPage, render

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path
    from typing import Any

    from codeout.site.known_page import KnownPage
    from codeout.site.pages import SitePages


def fill(
    pages: SitePages, file: Path, known: KnownPage | None, meta: Mapping[str, Any], html: str
) -> str:
    """Replace the marks in the HTML of a page by notes, and by the table of all pages.

    Links to interactive figures become frames, and if the generator renders no notebooks, links
    to them lead to the pages that show them.

    Args:
        pages: Those of the site.
        file: The file of the page.
        known: The page, if it is one of the project.
        meta: Its metadata, for templates.
        html: Its HTML.
    """
    source = pages.source(file)
    title = pages.shown(known.plan).title if known else pages.site.navigation.get(source, "")
    page = ShownPage(title, pages.site.target(source), meta)
    blocks = titles(known.plan) if known else ()
    filled = replace_marks(html, blocks, partial(_note, pages, known, page))
    if pages.site.resolves_html:
        filled = lead_to_pages(filled, file.parent)
    return with_frames(filled, frames_of(known.plan, pages.site, source)) if known else filled


def banner(pages: SitePages, file: Path, known: KnownPage | None, meta: Mapping[str, Any]) -> str:
    """What stands at the top of a stale page, whatever its outputs are; empty for others.

    Args:
        pages: Those of the site.
        file: The file of the page.
        known: The page, if it is one of the project.
        meta: Its metadata, for templates.
    """
    if known is None or not known.has_notes or provenance_of(known) != UNVERIFIED:
        return ""
    page = ShownPage(pages.shown(known.plan).title, pages.site.target(pages.source(file)), meta)
    return render(pages.site, "banner", page, codeout=UNVERIFIED, path=known.plan.path)


def solution(pages: SitePages, file: Path, meta: Mapping[str, Any], html: str) -> str:
    """A solution in a notebook, from the HTML of its cells; for the rest, see ``fill``."""
    page = ShownPage("", pages.site.target(pages.source(file)), meta)
    return render(pages.site, "solution", page, content=html)


def _note(pages: SitePages, known: KnownPage | None, page: ShownPage, kind: str, block: str) -> str:
    if kind == "verification" or known is None:
        return pages.table(page)
    made = provenance_of(known)
    if kind == "made" and made == UNVERIFIED:
        kind = "stale"
    record, number = known.status.record, number_of(known.plan, block)
    here = unlike(record.matrix, number) if record and made != UNVERIFIED and number else ()
    path = known.plan.path
    return render(pages.site, kind, page, codeout=made, path=path, block=block, unlike=here)
