"""Settings of pages, gathered: each page has its own again."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from codeout.adopt.patterns import gathered
from codeout.config.settings import Config
from hypothesis import given
from hypothesis import strategies as st

NAMES = st.lists(st.sampled_from(["a", "b", "[c]", "d*"]), min_size=1, max_size=3).map(
    lambda parts: "/".join(parts) + ".md"
)
MODES = st.sampled_from(["all", "marked", "none"])


@given(modes=st.dictionaries(NAMES, MODES, min_size=1))
def test_each_page_has_its_settings(modes: dict[str, str]) -> None:
    pages = {path: {"run": mode} for path, mode in modes.items()}
    common, folders = gathered(pages, {"run": "all"})
    config = Config(Path(), folders=folders)
    config = replace(config, layout=replace(config.layout, **common))
    assert {path: config.for_page(path).layout.run for path in pages} == modes


def test_a_folder_stands_for_its_pages() -> None:
    pages = {"docs/a.md": {}, "docs/b.md": {}, "docs/how/c.md": {"run": "none"}}
    pages["docs/how/to/d.md"] = {"run": "none"}
    _, (folder,) = gathered(pages, {"run": "all"})
    assert folder.pages == ("docs/how",)


def test_what_most_pages_have_is_a_setting_of_the_project() -> None:
    pages = {"a.md": {"run": "marked"}, "b.md": {"run": "marked"}, "c.md": {}}
    common, (folder,) = gathered(pages, {"run": "all"})
    assert common == {"run": "marked"}
    assert (folder.pages, folder.values) == (("c.md",), {"run": "all"})
