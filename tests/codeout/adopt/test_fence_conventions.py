"""Words of other tools on fences become settings that codeout reads."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from codeout.adopt.draft import Draft
from codeout.adopt.fence_conventions import fence_conventions
from codeout.config.pyproject import find_config

if TYPE_CHECKING:
    from pathlib import Path


def words_of(folder: Path, word: str) -> tuple[str, ...]:
    page = f"```python {{{word}}}\nlaunch_rocket()\n```\n"
    draft = Draft("page.md", folder / "page.md", page.encode())
    return fence_conventions([draft.plan(find_config(folder))]).skip


@pytest.mark.parametrize(
    ("word", "pattern"),
    [
        ("notest", "notest"),
        ('test="skip"', "test=skip"),
        ('test="skip - needs a server"', 'test="skip *"'),
        ("test='skip: \"x\"'", 'test="skip:*"'),
        ("test='skip\"x\"'", "test='skip\"*'"),
    ],
)
def test_a_word_that_skips_becomes_a_setting(tmp_path: Path, word: str, pattern: str) -> None:
    settings = tmp_path / "pyproject.toml"
    settings.write_text("[tool.codeout]\n")
    assert words_of(tmp_path, word) == (pattern,)
    settings.write_text(f"[tool.codeout]\nskip = {json.dumps([pattern])}\n")
    assert words_of(tmp_path, word) == ()


@pytest.mark.parametrize(
    "word", ['test="skipper"', 'test="no-print"', 'title="skip"', "linenums=1"]
)
def test_other_words_do_not(tmp_path: Path, word: str) -> None:
    assert words_of(tmp_path, word) == ()


@pytest.mark.parametrize(
    ("words", "meanings"),
    [
        ('exec="on" session="a/b"', {"exec=*": "", "session=*": "group=*"}),
        ('exec="1" session="a b"', {"exec=*": "", "session=*": ""}),
        ('session="a"', {}),
        ("exec=off", {}),
        ("continuation", {"continuation": ""}),
        ("fixture:capsys retry:3", {"fixture:*": "skip", "retry:*": ""}),
    ],
)
def test_words_of_other_tools_have_meanings(
    tmp_path: Path, words: str, meanings: dict[str, str]
) -> None:
    page = f"```python {words}\nx = 1\n```\n"
    draft = Draft("page.md", tmp_path / "page.md", page.encode())
    assert fence_conventions([draft.plan(find_config(tmp_path))]).words == meanings
