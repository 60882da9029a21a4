"""The settings: every key is checked, and what is wrong is told with its place."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from codeout.config.folders import FolderSettings, Setup, names_page
from codeout.config.pyproject import find_config
from codeout.config.settings import Config
from codeout.data.assets import Asset
from codeout.errors import ConfigError
from codeout.page.layout import Layout

if TYPE_CHECKING:
    from tests.support.folder import Folder

SHA = "0" * 64
EVERY_KEY = f"""\
[tool.other]
page = 1

[tool.codeout]
pages = ["docs", "*.md"]
exclude = ["docs/old/*"]
code = ["Kode"]
out = ["Ud"]
snippets = ["pieces"]
figures = "docs/figures"
lock = "docs/outputs.lock"
preload = ["torch"]
timeout = 5
rtol = 1e-2
output-limit = 1000
jobs = 3
run = "marked"
sessions = "block"
skip = ["notest"]
words = {{ 'test="fails"' = "raises=OSError" }}

[[tool.codeout.setup]]
pages = ["docs"]
code = "import numpy as np"

[[tool.codeout.folders]]
pages = ["docs/api"]
run = "all"
timeout = 9

[tool.codeout.environment]
NAME = "value"

[[tool.codeout.assets]]
path = "data/x"
sha256 = "{SHA}"
sources = ["https://example.org/x"]
stand-in = "make.py"
pages = ["docs/*"]
"""


def test_every_key(folder: Folder) -> None:
    folder.write("pyproject.toml", EVERY_KEY)
    config = find_config(folder.root)
    assert config.setup[0].place == "pyproject.toml:24"
    assert config == Config(
        root=folder.root,
        pages=("docs", "*.md"),
        exclude=("docs/old/*",),
        layout=Layout(
            ("Kode",),
            ("Ud",),
            run="marked",
            sessions="block",
            skip=("notest",),
            words=(('test="fails"', "raises=OSError"),),
        ),
        setup=(Setup("import numpy as np", "pyproject.toml:24", ("docs",)),),
        folders=(FolderSettings(("docs/api",), {"run": "all", "timeout": 9.0}),),
        snippets=("pieces",),
        figures="docs/figures",
        lock="docs/outputs.lock",
        preload=("torch",),
        environment={"NAME": "value"},
        timeout=5.0,
        rtol=0.01,
        output_limit=1000,
        jobs=3,
        assets=(Asset("data/x", SHA, ("https://example.org/x",), "make.py", ("docs/*",)),),
    )


def test_an_empty_table_has_the_defaults_and_a_lock(folder: Folder) -> None:
    folder.write("pyproject.toml", "[tool.codeout]\n")
    defaults = Config(folder.root, lock="codeout.lock", figures="assets/out")
    assert find_config(folder.root) == defaults
    (folder.root / "docs").mkdir()
    assert find_config(folder.root).figures == "docs/assets/out", "where MkDocs finds them"


def test_without_a_configuration_the_folder_is_the_root_and_there_is_no_lock(
    folder: Folder,
) -> None:
    folder.write("pyproject.toml", "[tool.ruff]\n")
    config = find_config(folder.root)
    assert config == Config(folder.root)
    assert config.layout == Layout(("Code", "코드"), ("Out", "Output", "결과", "출력"))


def test_the_nearest_configuration_up_the_tree_holds(folder: Folder) -> None:
    folder.write("pyproject.toml", "[tool.codeout]\njobs = 1\n")
    folder.write("a/pyproject.toml", "[tool.codeout]\njobs = 2\n")
    folder.write("a/b/pyproject.toml", "[project]\nname = 'no settings of ours'\n")
    (folder.root / "a/b/c").mkdir()
    found = [find_config(folder.root / name) for name in ("", "a", "a/b", "a/b/c")]
    assert [(config.root, config.jobs) for config in found] == [
        (folder.root, 1),
        *[(folder.root / "a", 2)] * 3,
    ]


def test_later_settings_of_folders_win() -> None:
    folders = (
        FolderSettings(("docs",), {"run": "marked", "timeout": 1.0}),
        FolderSettings(("docs/api", "*.ipynb"), {"timeout": 2.0, "outputs": ("fence",)}),
    )
    config = Config(Path(), folders=folders, rtol=0.5)
    assert config.for_page("README.md") == config
    inner = config.for_page("docs/api/page.md")
    assert (inner.layout.run, inner.layout.outputs, inner.timeout) == ("marked", ("fence",), 2.0)
    assert config.for_page("docs/api.md").timeout == 1.0, "is no page in docs/api"
    assert config.for_page("a/b.ipynb").layout.run == "all"


def test_setup_of_a_page() -> None:
    everywhere, docs = Setup("a = 1", ""), Setup("b = 1", "", ("docs",))
    config = Config(Path(), setup=(everywhere, docs))
    assert config.setup_of("README.md") == (everywhere,)
    assert config.setup_of("docs/page.md") == (everywhere, docs)


@pytest.mark.parametrize(
    ("pattern", "named"),
    [
        ("docs/a.md", {"docs/a.md"}),
        ("docs", {"docs/a.md", "docs/b/c.md"}),
        ("docs/b/", {"docs/b/c.md"}),
        ("docs/*", {"docs/a.md", "docs/b/c.md"}),
        ("*.md", {"docs/a.md", "docs/b/c.md", "docs.md"}),
        (".", {"docs/a.md", "docs/b/c.md", "docs.md"}),
        ("doc", set()),
    ],
)
def test_a_pattern_names_pages_and_the_folders_of_pages(pattern: str, named: set[str]) -> None:
    pages = ("docs/a.md", "docs/b/c.md", "docs.md")
    assert {page for page in pages if names_page([pattern], page)} == named


@pytest.mark.parametrize(
    ("text", "message"),
    [
        pytest.param(
            "[tool.codeout]\njobs = 1\npage = []\n",
            "pyproject.toml:3: unknown key `page` in [tool.codeout]\n  hint: did you mean `pages`?",
            id="unknown",
        ),
        pytest.param(
            "[[tool.codeout.assets]]\npath = 'a'\nsha = ''\n",
            "pyproject.toml:3: unknown key `sha` in [[tool.codeout.assets]]\n"
            "  hint: did you mean `sha256`?",
            id="unknown in an asset",
        ),
        pytest.param(
            f"[[tool.codeout.assets]]\npath = 'a'\nsha256 = '{SHA}'\nsources = []\n"
            "[[tool.codeout.assets]]\npath = 3\n",
            "pyproject.toml:6: `path` in [[tool.codeout.assets]] must be a string",
            id="wrong type in the second asset",
        ),
        pytest.param(
            "[[tool.codeout.assets]]\npath = 'a'\nsources = []\n",
            "pyproject.toml:1: an entry of [[tool.codeout.assets]] has no `sha256`",
            id="incomplete asset",
        ),
        pytest.param(
            "[tool]\ncodeout = 3\n",
            "pyproject.toml:2: [tool.codeout] must be a table",
            id="no table",
        ),
        pytest.param(
            "[tool.codeout\n",
            "pyproject.toml:1: not valid TOML: expected ']' at the end of a table declaration",
            id="no TOML",
        ),
    ],
)
def test_what_cannot_be_used_is_refused(folder: Folder, text: str, message: str) -> None:
    folder.write("pyproject.toml", text)
    with pytest.raises(ConfigError) as error:
        find_config(folder.root)
    told = str(error.value) if "hint:" in message else error.value.message
    assert told == message


def test_a_file_that_is_not_utf_8_is_refused(folder: Folder) -> None:
    folder.write("pyproject.toml", "").write_bytes(b"# \xff\n")
    with pytest.raises(ConfigError, match=r"pyproject\.toml:1: not UTF-8 \(byte 0xff\)"):
        find_config(folder.root)
