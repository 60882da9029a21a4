"""The HTML of notes: from our templates, or from those of the site."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from posixpath import relpath
from typing import TYPE_CHECKING, Any, Final

from codeout.fs.state import state_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from jinja2 import Environment
    from jinja2.runtime import Context

    from codeout.site.settings import Site

_OURS: Final = Path(__file__).parent / "templates" / "codeout"
_KINDS: Final = tuple(sorted(file.name for file in _OURS.iterdir()))


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
        kind: The name of the template: ``made``, ``error``, ``stale``, ``banner``, ``verification``
            or ``solution``.
        page: The page that shows the note.
        context: What the template gets besides ``page`` and ``config``.
    """
    config = {"site_name": site.name, "site_url": site.address, "repo_url": site.repository}
    environment = _environment(site.templates, _states(site.templates))
    template = environment.get_template(f"codeout/{kind}.html")
    return template.render(page=page, config=config, **context).strip()


def _states(folders: tuple[Path, ...]) -> tuple[str, ...]:
    """The states of the templates in some folders, also of those that are not there."""
    return tuple(state_of(f"{folder}/codeout/{kind}") for folder in folders for kind in _KINDS)


@lru_cache(maxsize=1)
def _environment(folders: tuple[Path, ...], states: tuple[str, ...]) -> Environment:
    """The templates in some folders; their values may come from anybody, so they are escaped."""
    del states  # with others, some template is another one
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
