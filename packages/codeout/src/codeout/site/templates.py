"""The HTML of notes: from our templates, or from those of the site."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from posixpath import relpath
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from jinja2 import Environment
    from jinja2.runtime import Context

    from codeout.site.settings import Site


@dataclass(frozen=True, slots=True)
class ShownPage:
    """A page of the site, as templates see it.

    Attributes:
        title: Its title.
        url: What links name it by; see ``Site.target``.
        meta: Its front matter.
    """

    title: str
    url: str
    meta: Mapping[str, Any]


def render(site: Site, kind: str, page: ShownPage, **context: Any) -> str:
    """Render a note.

    Args:
        site: The site, whose templates come first.
        kind: The name of the template: ``made``, ``error``, ``stale`` or ``verification``.
        page: The page that shows the note.
        context: What the template gets besides ``page`` and ``config``.
    """
    config = {"site_name": site.name, "site_url": site.address, "repo_url": site.repository}
    template = _environment(site.templates).get_template(f"codeout/{kind}.html")
    return template.render(page=page, config=config, **context).strip()


@cache
def _environment(folders: tuple[Path, ...]) -> Environment:
    """The templates in some folders; their values may come from anybody, so they are escaped."""
    from jinja2 import Environment, FileSystemLoader, pass_context

    environment = Environment(loader=FileSystemLoader(folders), autoescape=True)
    environment.filters["url"] = pass_context(_url)
    return environment


def _url(context: Context, address: str) -> str:
    """The address of a page of the site, from the page that shows the note."""
    here: str = context["page"].url
    folder = here if here.endswith("/") or not here else here.rpartition("/")[0]
    found = relpath(address or ".", folder or ".")
    return f"{found}/" if not address or address.endswith("/") else found
