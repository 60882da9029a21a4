"""The same Markdown as Material shows it by itself, with the features that FastAPI's site has."""

from __future__ import annotations

import yaml
from mkdocs.utils import yaml_load

from tests.support.paths import ROOT

_FEATURES = [
    "content.code.annotate",
    "content.code.copy",
    "content.footnote.tooltips",
    "content.tabs.link",
    "content.tooltips",
    "navigation.footer",
    "navigation.indexes",
    "navigation.instant",
    "navigation.instant.prefetch",
    "navigation.instant.progress",
    "navigation.path",
    "navigation.tabs",
    "navigation.tabs.sticky",
    "navigation.top",
    "navigation.tracking",
    "search.highlight",
    "search.share",
    "search.suggest",
    "toc.follow",
]
_PALETTE = [
    {"media": "(prefers-color-scheme)", "toggle": {"icon": "material/lightbulb-auto", "name": "a"}},
    *(
        {
            "media": f"(prefers-color-scheme: {name})",
            "scheme": scheme,
            "toggle": {"icon": "material/lightbulb", "name": name},
        }
        for name, scheme in {"light": "default", "dark": "slate"}.items()
    ),
]
_EXTENSIONS = [
    "admonition",
    "attr_list",
    "def_list",
    "footnotes",
    "md_in_html",
    "tables",
    {"toc": {"permalink": True}},
    "pymdownx.details",
    {
        "pymdownx.highlight": {
            "anchor_linenums": True,
            "line_spans": "__span",
            "pygments_lang_class": True,
        }
    },
    "pymdownx.inlinehilite",
    {"pymdownx.snippets": {"base_path": [str(ROOT / "snippets")]}},
    "pymdownx.superfences",
    {"pymdownx.tabbed": {"alternate_style": True}},
]


def stock_settings(url: str) -> str:
    """The settings of a site that shows the pages of ours.

    Args:
        url: Where it will be served.
    """
    ours = yaml_load((ROOT / "mkdocs.yml").read_text(encoding="utf-8"))
    settings = {
        "site_name": "Stock",
        "site_url": url,
        "docs_dir": str(ROOT / "docs"),
        "exclude_docs": "*.ipynb\n" + ours["exclude_docs"],
        "nav": ours["nav"],
        "theme": {"name": "material", "font": False, "features": _FEATURES, "palette": _PALETTE},
        "markdown_extensions": _EXTENSIONS,
    }
    return yaml.safe_dump(settings)
