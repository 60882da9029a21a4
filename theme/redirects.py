"""Old addresses lead to what took their places: ``extra.redirects`` in ``mkdocs.yml``.

It maps pages that are gone to pages of ``docs``, and old anchors to new ones of the same page::

    guide/live.md: engine/live.md
    guide/live.md#old: engine/live.md#new
    basics/data.md#old: basics/data.md#new

The pages are small and need no server. They keep the anchor and the query, with JavaScript; without
it, they lead to the page. This is a hook of MkDocs, and ``finish.py`` calls it for Zensical.
"""

from __future__ import annotations

import logging
import re
from dataclasses import replace
from html import escape
from pathlib import Path
from posixpath import relpath
from typing import TYPE_CHECKING
from urllib.parse import quote

from codeout import read_site
from jinja2.utils import htmlsafe_json_dumps

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from codeout import Site
    from mkdocs.config.defaults import MkDocsConfig

_PAGE = """\
<!doctype html>
<html lang="ko">
<head>
<meta charset="utf-8">
<title>옮긴 페이지 · Moved</title>
<meta name="robots" content="noindex">
<link rel="canonical" href="{canonical}">
<script>
{{
  const anchors = {anchors}
  const {{ search, hash }} = location
  location.replace({target} + search + (anchors[hash] ?? hash))
}}
</script>
<noscript><meta http-equiv="refresh" content="0; url={href}"></noscript>
</head>
<body>
<p>이 페이지는 <a href="{href}">옮겼습니다</a>.
<span lang="en">This page <a href="{href}">has moved</a>.</span></p>
</body>
</html>
"""
_log = logging.getLogger("mkdocs.hooks.redirects")


def on_post_build(*, config: MkDocsConfig) -> None:
    """Write the redirects into the site that MkDocs has built; with ``--strict``, none may fail."""
    site = read_site(Path(config.config_file_path).parent)
    for problem in write_redirects(replace(site, folder=Path(config.site_dir))):
        _log.warning(problem)


def write_redirects(site: Site) -> tuple[str, ...]:
    """Write the redirects of a site that is built.

    Returns:
        What cannot be: why, for each of them.
    """
    wanted: Mapping[str, str] = site.extra.get("redirects") or {}
    pages = {old: new for old, new in wanted.items() if "#" not in old}
    anchors = {old: new for old, new in wanted.items() if "#" in old}
    problems = [*_problems(site, pages, anchors)]
    if problems:
        return tuple(f"extra.redirects: {problem}" for problem in problems)
    for old, new in pages.items():
        moved = {
            quote(_hash(each), safe="#"): _hash(to)
            for each, to in anchors.items()
            if _source(each) == old
        }
        file = site.folder / site.html(old)
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(_redirect(site, old, new, moved), encoding="utf-8")
    for old, new in anchors.items():
        if _source(old) not in pages:
            _add_anchor(site.folder / site.html(_source(old)), _hash(old)[1:], _hash(new)[1:])
    return ()


def _problems(site: Site, pages: Mapping[str, str], anchors: Mapping[str, str]) -> Iterator[str]:
    for old, new in (*pages.items(), *anchors.items()):
        file = site.folder / site.html(_source(new))
        if not (site.docs / _source(new)).is_file() or not file.is_file():
            yield f"{old} leads to {_source(new)}, which is no page"
        elif "#" in new and not _finds(file, _hash(new)[1:]):
            yield f"{old} leads to {new}, and the page has no such anchor"
    for old in pages:
        if (site.docs / old).is_file():
            yield f"{old} is still a page"
    for old, new in anchors.items():
        if pages.get(_source(old), _source(old)) != _source(new):
            yield f"{old} leads to another page than {_source(old)} does"


def _redirect(site: Site, old: str, new: str, anchors: Mapping[str, str]) -> str:
    address = site.url(_source(new))
    here = Path(site.html(old)).parent.as_posix()
    target = relpath(address or ".", here) + ("/" if address.endswith("/") or not address else "")
    href = escape(target + _hash(new))
    moved = ({"": _hash(new)} if _hash(new) else {}) | dict(anchors)
    return _PAGE.format(
        canonical=escape(f"{site.address}{address}" if site.address else target),
        anchors=htmlsafe_json_dumps(moved),
        target=htmlsafe_json_dumps(target),
        href=href,
    )


def _add_anchor(file: Path, old: str, new: str) -> None:
    """Give a heading the anchor that it had before, too."""
    text = file.read_text(encoding="utf-8")
    if not _finds(file, old):  # of a page that was not built anew, it is there
        with_old = rf'<span id="{escape(old)}"></span>\g<0>'
        text = re.sub(rf'<[a-z]\w*\b[^<>]*\sid="{re.escape(escape(new))}"', with_old, text, count=1)
        file.write_text(text, encoding="utf-8")


def _finds(file: Path, anchor: str) -> bool:
    return f'id="{escape(anchor)}"' in file.read_text(encoding="utf-8")


def _source(address: str) -> str:
    return address.partition("#")[0]


def _hash(address: str) -> str:
    """The anchor of an address with its sign; empty if it has none."""
    return "".join(address.partition("#")[1:])
