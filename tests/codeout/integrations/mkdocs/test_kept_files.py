"""A server copies only files that have changed, and shows the same as a build from nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from codeout.integrations.mkdocs import kept_files
from codeout.serve.mkdocs import WANTED
from mkdocs.structure.files import File

from tests.support.mkdocs_server import noting_server, start_server

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.support.folder import Folder

SITE = """
site_name: Site
theme: {name: null, custom_dir: theme}
plugins: [codeout]
hooks: [hook.py]
"""
ALL = ["a.css", "assets/codeout.css", "b/c.txt", "logo.svg"]
CONTENT = """
def on_files(files, **_):
    files.get_file_from_path("a.css").content_string = "made"
"""
MINIFIED = """
from pathlib import Path

def on_post_build(config):
    file = Path(config.site_dir, "a.css")
    file.write_text(f"{file.read_text()} once")
"""


@pytest.fixture
def site(folder: Folder, monkeypatch: pytest.MonkeyPatch) -> Folder:
    """A site with files of its own and of its theme, which a watch has built."""
    monkeypatch.setenv(WANTED, str(folder.write("wanted", "0")))
    monkeypatch.setattr(kept_files, "COARSEST", 0)
    folder.write("pyproject.toml", "[tool.codeout]\npages = ['docs']\n")
    folder.write("mkdocs.yml", SITE)
    folder.write("hook.py", "")
    folder.write("theme/main.html", "{{ page.content }}")
    folder.write("theme/logo.svg", "<svg/>")
    folder.write("docs/index.md", "Text.\n")
    folder.write("docs/a.css", "one")
    folder.write("docs/b/c.txt", "c")
    return folder


@pytest.fixture
def copied(site: Folder, monkeypatch: pytest.MonkeyPatch) -> Callable[[], list[str]]:
    """Builds as a server does, and returns the files that were copied."""
    found: list[str] = []
    copy = File.copy_file

    def noted(file: File, dirty: bool = False) -> None:
        found.append("assets/codeout.css" if "codeout.css" in file.src_uri else file.src_uri)
        copy(file, dirty)

    monkeypatch.setattr(File, "copy_file", noted)
    return noting_server(site, found)


def files_of(site: Folder) -> dict[str, bytes]:
    there = (file for file in (site.root / "site").rglob("*") if file.is_file())
    return {str(file): file.read_bytes() for file in there}


@pytest.mark.parametrize(
    ("change", "files"),
    [
        (lambda _: None, []),
        (lambda site: site.write("docs/index.md", "Words.\n"), []),
        (lambda site: site.write("docs/a.css", "two"), ["a.css"]),
        (lambda site: site.write("theme/logo.svg", "<svg></svg>"), ["logo.svg"]),
        (lambda site: site.write("docs/new.txt", "new"), ["new.txt"]),
        (lambda site: site.write("docs/logo.svg", "<svg/>"), ["logo.svg"]),
        (lambda site: (site.root / "docs/b/c.txt").unlink(), []),
        (lambda site: site.write("site/a.css", "changed there"), ["a.css"]),
        (lambda site: (site.root / "site/a.css").unlink(), ["a.css"]),
    ],
)
def test_what_has_changed_is_copied_again_and_nothing_else(
    site: Folder,
    copied: Callable[[], list[str]],
    change: Callable[[Folder], object],
    files: list[str],
) -> None:
    assert copied() == ALL
    assert copied() == []
    change(site)
    assert copied() == files
    kept = files_of(site)
    start_server(site)
    assert set(copied()) >= {"assets/codeout.css"}
    assert files_of(site) == kept


@pytest.mark.parametrize(
    ("hook", "shown"), [(CONTENT, b"made"), (MINIFIED, b"one once")], ids=["content", "minified"]
)
def test_what_plugins_make_is_made_in_every_build(
    site: Folder, copied: Callable[[], list[str]], hook: str, shown: bytes
) -> None:
    site.write("made.py", hook)
    site.replace("mkdocs.yml", "hook.py", "made.py")
    assert copied() == ALL
    for _ in range(2):
        assert copied() == ["a.css"]
        assert (site.root / "site/a.css").read_bytes() == shown


def test_a_file_that_has_just_been_written_is_copied_once_more(
    site: Folder, copied: Callable[[], list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Some file systems give two changes within two seconds the same time."""
    assert copied() == ALL
    monkeypatch.setattr(kept_files, "COARSEST", 10**12)
    site.write("docs/a.css", "two")
    assert copied() == ["a.css"]
    assert copied() == ["a.css"]


def test_hidden_files_stay_where_plugins_have_put_them(
    site: Folder, copied: Callable[[], list[str]]
) -> None:
    copied()
    site.write("site/.kept", "")
    copied()
    assert (site.root / "site/.kept").exists()
