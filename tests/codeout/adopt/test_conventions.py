"""Words of other tools on fences become settings that codeout reads."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from codeout.adopt.conventions import skip_words
from codeout.adopt.draft import Draft
from codeout.config.settings import find_config

if TYPE_CHECKING:
    from pathlib import Path


def words_of(folder: Path, word: str) -> tuple[str, ...]:
    page = f"```python {{{word}}}\nlaunch_rocket()\n```\n"
    draft = Draft("page.md", folder / "page.md", page.encode())
    return skip_words([draft.plan(find_config(folder))])


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


@pytest.mark.parametrize("word", ['test="skipper"', 'title="skip"', "linenums=1"])
def test_other_words_do_not(tmp_path: Path, word: str) -> None:
    assert words_of(tmp_path, word) == ()
