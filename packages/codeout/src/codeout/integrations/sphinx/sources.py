"""The copies of pages that Sphinx puts beside the site: they hold no hidden blocks."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

from codeout.formats import MARKDOWN
from codeout.site.myst import without_hidden

if TYPE_CHECKING:
    from sphinx.environment import BuildEnvironment

    from codeout.integrations.sphinx.build import Build

_FOLDER: Final = "_sources"


def hide_blocks(build: Build, env: BuildEnvironment, suffix: str) -> None:
    """Remove hidden blocks, which may hold answers, from the copies of pages.

    Args:
        build: The build, which has ended.
        env: Knows the pages.
        suffix: What Sphinx adds to their names, unless they end so.
    """
    for name in env.found_docs:
        file = Path(env.doc2path(name))
        added = "" if file.suffix == suffix else suffix
        copy = build.pages.site.folder / _FOLDER / f"{name}{file.suffix}{added}"
        if file.suffix not in MARKDOWN.suffixes or not copy.is_file():
            continue
        known = build.find(file)
        layout = known.plan.layout if known else build.pages.project.config.layout
        text = copy.read_text("utf-8", "replace")
        if (shown := without_hidden(text, layout)) != text:
            copy.write_text(shown, "utf-8")
