"""A page as Markdown that needs no extension: for GitHub, package indexes and previews of editors.

Code stands above its output, which has the label of its tab; admonitions are a title in bold above
their content.
"""

from __future__ import annotations

import re
from os.path import relpath
from pathlib import Path
from posixpath import join, normpath
from typing import TYPE_CHECKING, Final
from urllib.parse import unquote, urlsplit

from codeout.config.mkdocs import FILES
from codeout.errors import ConfigError
from codeout.export.includes import expanded, require_sound
from codeout.export.prose import beside, plain, stretches
from codeout.formats import MARKDOWN, format_of
from codeout.page.document import parse, render
from codeout.site.config_file import read_site
from codeout.site.folded import MARK, fold, mark_versions
from codeout.site.front_matter import has_title, read_meta, without_meta
from codeout.site.myst import to_myst
from codeout.site.myst_syntax import MystSyntax

if TYPE_CHECKING:
    from codeout.config.settings import Config
    from codeout.engine.plan import Plan
    from codeout.engine.project import Project
    from codeout.export.prose import Address

_STEERING: Final = re.compile(
    r"^[> \t]*(?:<!--[-\s]*(?:codeout|pytest)\b(?:(?!-->).)*-->[ \t]*)+\n",
    re.MULTILINE | re.DOTALL,
)


def as_github(plan: Plan, config: Config, address: Address) -> str:
    """A page with its outputs as GitHub shows it.

    Args:
        plan: The page.
        config: The folders of includes, and the translations of headings.
        address: Gives the address of a relative link.

    Raises:
        ConfigError: The page cannot be run, or is no page of Markdown.
    """
    require_sound(plan)
    if format_of(plan.path) is not MARKDOWN:
        message = f"{plan.path}: only a page of Markdown can be exported as Markdown"
        raise ConfigError(message, "export it with `--to ipynb` or `--to py`")
    return text_as_github(text_of(plan), plan, config, address)


def text_of(plan: Plan) -> str:
    """The text of a page, with marks where outputs of ranges of versions begin and end."""
    page = parse(plan.source, plan.path, plan.layout)
    return render(mark_versions(page)).decode("utf-8")


def text_as_github(source: str, plan: Plan, config: Config, address: Address) -> str:
    """A text as GitHub shows it, in the place of that of a page.

    Args:
        source: The text, with its front matter.
        plan: The page.
        config: See ``as_github``.
        address: See ``as_github``.

    Raises:
        ConfigError: Something cannot be included.
    """
    source = source.replace("\r\n", "\n").removeprefix("\ufeff")
    text = expanded(without_meta(source), plan, config)
    if (title := read_meta(source).get("title")) and not has_title(text):
        text = f"# {title}\n\n{text}"
    shown = to_myst(text, plan.layout, MystSyntax(directives=False, anchors=True))
    text = plain(shown, address, config.heading_attributes, whole=True)
    return _without_gaps(_without_steering(_folded(text)))


def _folded(text: str) -> str:
    """A page with its outputs of ranges of versions folded; a blank line sets HTML apart."""
    if not MARK.search(text):
        return text
    lines: list[str] = []
    for is_code, stretch in stretches(text.split("\n"), whole=True):
        lines += stretch if is_code else fold("\n".join(stretch)).split("\n")
    return "\n".join(lines)


def exported(project: Project, plan: Plan, folder: Path, base: str) -> str:
    """A page as GitHub shows it, in a file elsewhere; see ``as_github``.

    Args:
        project: The project of the page.
        plan: The page.
        folder: The folder of the file, from which relative links lead to the same places.
        base: The address of the page, for absolute links; empty for relative ones.

    Raises:
        ConfigError: As in ``as_github``.
    """
    moved = _moved(plan.file.parent.resolve(), _docs(project.config.root), folder.resolve())
    return as_github(plan, project.config, beside(base) if base else moved)


def _docs(root: Path) -> Path | None:
    """The folder of the pages of a site, which links that begin with a slash lead from."""
    configured = any((root / name).is_file() for name in FILES)
    return read_site(root).docs.resolve() if configured else None


def _without_steering(text: str) -> str:
    """A page without the comments that steer codeout, which say nothing to readers."""
    parts: list[str] = []
    for is_code, lines in stretches(text.split("\n"), whole=True):
        stretch = "".join(f"{line}\n" for line in lines)
        parts.append(stretch if is_code else _STEERING.sub("", stretch))
    return "".join(parts).removesuffix("\n")


def _without_gaps(text: str) -> str:
    """A page with one blank line where hidden blocks and labels have left several."""
    lines: list[str] = []
    for is_code, stretch in stretches(text.split("\n"), whole=True):
        for line in stretch:
            before = lines[-1] if lines else ""
            is_gap = not line.strip("> ") and (
                not before.strip() or (">" in line and not before.strip("> "))
            )
            if is_code or not is_gap:
                lines.append(line)
    return "\n".join(lines).strip("\n") + "\n"


def _moved(here: Path, docs: Path | None, folder: Path) -> Address:
    """Addresses of the links of a page that moves.

    Args:
        here: The folder of the page.
        docs: The folder of the pages of its site; None if it is on none.
        folder: The folder that it moves to.
    """

    def address(target: str) -> str:
        path = unquote(urlsplit(target).path)
        start, rest = here, target
        if path.startswith("/"):
            if docs is None or not (docs / path.lstrip("/")).exists():
                return target
            start, rest = docs, target.lstrip("/")
        return normpath(join(Path(relpath(start, folder)).as_posix(), rest)) if path else target

    return address
