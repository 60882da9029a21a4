"""Settings, locks and words on the command line may be anything: one message, the right status.

No code of a page runs here: ``status`` reads all that the other commands read.
"""

from __future__ import annotations

from json import dumps
from typing import TYPE_CHECKING, Any

import pytest
from click.testing import CliRunner, Result
from codeout.cli.main import main
from codeout.config.schema import ASSET, SETTINGS
from codeout.lock.table import to_table
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from tests.support.folder import tabs
from tests.support.records import RECORD

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.support.folder import Folder

quick = settings(
    deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=150
)

STRINGS = st.one_of(
    st.sampled_from(["", ".", "..", "/", "docs", "**x", "[", "a\0b", "~", ".git/config", "*" * 50]),
    st.text(st.characters(codec="utf-8"), max_size=20),
)
SCALARS = st.one_of(
    STRINGS, st.booleans(), st.integers(-(10**30), 10**30), st.floats(), st.datetimes()
)
WORDS = STRINGS.filter(lambda word: "\0" not in word and word not in {"/", ".."})
"""What a system passes on, but for words that lead to all files of this machine."""

VALUES = st.one_of(
    SCALARS,
    st.lists(SCALARS, max_size=3),
    st.dictionaries(STRINGS, SCALARS, max_size=3),
    st.lists(st.dictionaries(st.sampled_from([*ASSET, "x"]), SCALARS, max_size=4), max_size=2),
)


def toml(value: Any) -> str:
    """A value as TOML."""
    match value:
        case bool():
            return str(value).lower()
        case str():
            return dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
        case int() | float():
            return repr(value)
        case list():
            return f"[{', '.join(map(toml, value))}]"
        case dict():
            return (
                f"{{ {', '.join(f'{toml(key)} = {toml(each)}' for key, each in value.items())} }}"
            )
        case _:
            return str(value.isoformat())


@pytest.fixture
def project(folder: Folder, monkeypatch: pytest.MonkeyPatch) -> Iterator[Folder]:
    """A project in the current folder."""
    monkeypatch.chdir(folder.root)
    folder.write("docs/page.md", tabs("1 + 1", "2"))
    yield folder
    for file in folder.root.glob("*.toml"):
        file.unlink()


def is_told(result: Result) -> None:
    """The law: a command ends with a status of ours, and a refusal is one message."""
    assert result.exit_code in {0, 1, 2}, result.output
    assert result.exception is None or isinstance(result.exception, SystemExit)
    lines = result.output.splitlines()
    assert not any(line.startswith("Traceback") for line in lines), "a name may be that word"
    if result.exit_code == 2:
        first, *rest = result.stderr.splitlines()
        assert first.startswith(("codeout: ", "Usage: "))
        assert first.startswith("Usage: ") or all(line.startswith("  ") for line in rest)


def status(*words: str) -> Result:
    return CliRunner().invoke(main, ["status", *words])


@quick
@given(key=st.sampled_from([*SETTINGS, "unknown", ""]), value=VALUES)
def test_any_setting(project: Folder, key: str, value: Any) -> None:
    text = f"[tool.codeout]\n{toml(key)} = {toml(value)}\n"
    project.write("pyproject.toml", text)
    is_told(status())
    is_told(status("docs"))


@quick
@given(data=st.binary(max_size=200))
def test_any_bytes_for_settings(project: Folder, data: bytes) -> None:
    (project.root / "pyproject.toml").write_bytes(b"[tool.codeout]\n" + data)
    is_told(status())


TABLE = to_table("docs/page.md", RECORD).splitlines()


@quick
@given(
    at=st.integers(0, len(TABLE) - 1),
    value=VALUES,
    cut=st.none() | st.integers(0, 400),
)
def test_any_value_in_the_lock(project: Folder, at: int, value: Any, cut: int | None) -> None:
    lines = [*TABLE]
    key, equals, _ = lines[at].partition(" = ")
    lines[at] = f"{key} = {toml(value)}" if equals else lines[at]
    project.write("pyproject.toml", "[tool.codeout]\npages = ['docs']\n")
    project.write("codeout.lock", "\n".join(lines)[:cut])
    is_told(status())
    is_told(status("--json"))


@quick
@example(words=["\u2028"])
@example(words=["Traceback"])
@given(words=st.lists(WORDS, max_size=3))
def test_any_words(project: Folder, words: list[str]) -> None:
    project.write("pyproject.toml", "[tool.codeout]\npages = ['docs']\n")
    is_told(status(*words))


VARIABLES = [
    *("CODEOUT_CACHE", "CODEOUT_STAND_IN_SEED", "CODEOUT_SANDBOX_MEGABYTES", "GITHUB_ACTIONS"),
    *("COLUMNS", "FORCE_COLOR", "HOME", "LANG", "LC_ALL", "NO_COLOR", "PATH", "TERM", "TMPDIR"),
]
ASSET_OF_ALL = (
    "[[tool.codeout.assets]]\npath = 'x'\nsources = ['https://example.org']\n"
    f"sha256 = '{'0' * 64}'\nstand-in = 'make.py'\n"
)


@quick
@given(name=st.sampled_from(VARIABLES), value=STRINGS.filter(lambda value: "\0" not in value))
def test_any_environment(project: Folder, name: str, value: str) -> None:
    project.write("pyproject.toml", f"[tool.codeout]\npages = ['docs']\n{ASSET_OF_ALL}")
    project.write("make.py", "")
    for words in (["status"], ["status", "--json"]):
        is_told(CliRunner().invoke(main, words, env={name: value}))


OPTIONS = [
    *(
        "--timeout",
        "--jobs",
        "--require-compared",
        "--junit",
        "--sarif",
        "-n",
        "--to",
        "-o",
        "--base",
    ),
    *("--sandbox", "--offline", "--nonsense"),
]


@quick
@given(
    command=st.sampled_from(["run", "check", "stability", "export", "watch", "fetch"]),
    option=st.sampled_from(OPTIONS),
    value=st.one_of(WORDS, st.integers(), st.floats()).map(str).filter(lambda word: word != "-h"),
)
def test_any_option(project: Folder, command: str, option: str, value: str) -> None:
    """With a page that is not there, so that nothing runs whatever it says."""
    project.write("pyproject.toml", "[tool.codeout]\npages = ['docs']\n")
    result = CliRunner().invoke(main, [command, "nowhere.md", option, value])
    is_told(result)
    assert result.exit_code == 2


@quick
@given(data=st.binary(max_size=300))
def test_any_bytes_for_a_page(project: Folder, data: bytes) -> None:
    project.write("pyproject.toml", "[tool.codeout]\npages = ['docs']\n")
    for name in ("any.md", "any.ipynb"):
        (project.root / "docs" / name).write_bytes(data)
    is_told(status())


def test_an_odd_name(project: Folder) -> None:
    project.write("pyproject.toml", "[tool.codeout]\npages = ['docs']\n")
    for name in ("new\nline.md", "\x1b[31m.md", "a:b,c.md", "-dash.md"):
        project.write(f"docs/{name}", tabs("1 + 1", "2"))
    result = status()
    is_told(result)
    assert "\x1b" not in result.output
    assert len(result.output.splitlines()) == 7, "a line each, the header and the total"
