"""Whole pages, kept between the builds of a server: their templates are most of its work.

What a template is given decides what it shows: the page, the navigation, the settings. If all of it
is as in the build before, so is the output. If anything is of a kind that nobody here knows, a
template is rendered in every build.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from jinja2 import Environment, Template

from codeout.fs.digest import digest
from codeout.integrations.mkdocs.comparable import OURS, UnknownError, comparable, kind_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mkdocs.config.defaults import MkDocsConfig

_MOMENTARY: Final = {"build_date_utc"}
"""What a template is given of the moment, which changes in every build."""
_INNER: Final = {"links_to_anchors", "markdown", "present_anchor_ids", "render"}
"""Attributes of pages by which their content is made, which has them already."""
_SHOWN: Final = re.compile(
    rf"([\w.)\]]+)\.(?:content\b|toc\b|meta\b(?!\s*[.\[])|meta\b[^%}}]*{OURS})"
)
"""In a template: the text of a page, or all or ours of its metadata."""
_OBJECTS: Final = {"plugins", "theme", "hooks"}


@dataclass(frozen=True, slots=True)
class _Kept:
    """What a template has given for a page, and all that decided it."""

    key: Any
    output: str


class KeptOutput:
    """The output of the templates for the pages of a site, from one build to the next."""

    def __init__(self) -> None:
        self._kept: dict[str, _Kept] = {}
        self._surroundings = ""

    def attach(self, env: Environment, config: MkDocsConfig) -> None:
        """Let the templates of a build be rendered for a page only if something has changed."""
        templates = [*_own_templates(config)]
        if any(map(_shows_others, templates)) or not _known_names(env):
            return
        listed = config.plugins.items()  # hooks are among them
        plugins = {name: repr(vars(plugin).get("config")) for name, plugin in listed}
        theme = (config.theme.dirs, [*config.theme.items()], plugins, templates)
        settings = [(name, value) for name, value in config.items() if name not in _OBJECTS]
        self._surroundings = digest(repr((theme, settings)))
        env.template_class = type("KeptTemplate", (_KeptTemplate,), {"kept": self})

    def render(self, name: str, context: Mapping[str, Any], render: Callable[[], str]) -> str:
        """What a template gives for a page.

        Args:
            name: The name of the template.
            context: What it is given.
            render: Renders it.
        """
        try:
            source, given = _given(context)
        except (UnknownError, RecursionError):  # a value may hold itself
            return render()
        key = (self._surroundings, name, given)
        kept = self._kept.get(source)
        if kept is None or kept.key != key:
            kept = self._kept[source] = _Kept(key, render())
        return kept.output


class _KeptTemplate(Template):
    """A template that is rendered through ``kept``."""

    kept: KeptOutput

    def render(self, *args: Any, **kwargs: Any) -> str:
        render = partial(super().render, *args, **kwargs)
        known = len(args) == 1 and not kwargs and isinstance(args[0], Mapping)
        return self.kept.render(self.name or "", args[0], render) if known else render()


def _own_templates(config: MkDocsConfig) -> Iterator[str]:
    """Yield the texts of the templates of the site itself."""
    own = Path(config.theme.custom_dir or config.theme.dirs[0])
    for file in sorted(own.rglob("*.html")):
        yield file.read_text(encoding="utf-8", errors="replace")


def _shows_others(template: str) -> bool:
    """Whether a template shows the text of other pages than its own."""
    return any(found[1] != "page" for found in _SHOWN.finditer(template))


def _known_names(env: Environment) -> bool:
    """Whether templates call nothing that a plugin has added, which may know anything."""
    plain = Environment(extensions=["jinja2.ext.i18n"], autoescape=True)
    known = {*plain.globals, *plain.filters, *plain.tests, "url", "script_tag"}
    known |= {"gettext", "ngettext", "pgettext", "npgettext"}
    return known >= {*env.globals, *env.filters, *env.tests}


def _given(context: Mapping[str, Any]) -> tuple[str, Any]:
    """The source of a page, and what a template is given for it.

    Raises:
        UnknownError: It is for no page, or something in it is not known.
    """
    page: Any = context.get("page")
    if kind_of(page) != "Page":  # plugins have pages of their own kinds
        raise UnknownError
    names = sorted(context.keys() - _MOMENTARY - {"config", "page"})
    others = {name: context[name] for name in names}
    attributes = {name: value for name, value in vars(page).items() if name not in _INNER}
    return page.file.src_uri, (comparable(others), comparable(attributes), page.url)
