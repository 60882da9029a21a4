"""The index of the search: what ``theme/search.py`` takes from the pages of a built site."""

from __future__ import annotations

import json
from typing import Any

import pytest

from tests.support.folder import Folder
from tests.support.mkdocs_build import build
from tests.support.paths import ROOT

SITE = f"""
site_name: test
theme: {{name: material, font: false, custom_dir: {(ROOT / "theme/overrides").as_posix()}}}
plugins: [{{search: {{enabled: false}}}}]
markdown_extensions:
  - bitext
  - pymdownx.highlight: {{pygments_lang_class: true}}
  - pymdownx.superfences
  - pymdownx.tabbed: {{alternate_style: true}}
  - admonition
  - attr_list
  - tables
hooks: [{(ROOT / "theme/search.py").as_posix()}]
"""
ASKED = """\
"" = ["what is it"]
"failure" = ["why", "왜 안 되지"]
"""
PAGE = """\
---
search:
  boost: 0.5
---

# Page { data-ko="쪽" }

데이터를 `DataLoader`로 읽습니다.

> It reads with a `DataLoader`.

!!! note "덧붙임 · A note"

    | 이름 · Name |
    | --- |
    | cell |

=== "Code"

    ```python
    print(6 * 7)
    ```

=== "Out"

    ```
    forty-two
    ```

## Failure

```
Traceback (most recent call last)
ValueError: read me
  and me
```

<!-- codeout: hidden
```python
assert "what nobody sees" in message["short"]
```
-->

## References

- elsewhere
"""
PLAIN = """\
Only text.

- [Page](../index.md): as others call it
- an entry with a [link](../index.md)
- [A section](../index.md#failure) is no page
"""
GLOSSARY = '[[term]]\nkorean = "변화도"\nenglish = "gradient"\nvariants = ["그래디언트"]\n'


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """The index of a small site that MkDocs has built."""
    folder = Folder(tmp_path_factory.mktemp("site"))
    folder.write("mkdocs.yml", SITE)
    folder.write("pyproject.toml", "[tool.bitext]\n")
    folder.write("glossary.toml", GLOSSARY)
    folder.write("theme/asked/index.toml", ASKED)
    folder.write("docs/index.md", PAGE)
    folder.write("docs/folder/plain.md", PLAIN)
    build(folder.root)
    written: dict[str, Any] = json.loads(folder.read("site/search/index.json"))
    return written


@pytest.fixture
def home(index: dict[str, Any]) -> list[dict[str, Any]]:
    """The sections of its first page, with their texts, which are in the order of all sections."""
    sections = index["pages"][-1]["sections"]
    texts = {kind: each[-len(sections) :] for kind, each in index["texts"].items()}
    return [
        {**section, **{kind: texts[kind][at] for kind in texts}}
        for at, section in enumerate(sections)
    ]


def test_pages_have_addresses_and_weights(index: dict[str, Any]) -> None:
    found = {page["url"]: page["weight"] for page in index["pages"]}
    assert found == {"": 0.5, "folder/plain/": 1.0}


def test_sections_have_titles_and_texts_by_language(home: list[dict[str, Any]]) -> None:
    top, failure = home
    assert top["id"] == ""
    assert top["title"] == {"en": "Page", "ko": "쪽"}
    assert top["ko"].split("\n") == ["데이터를 DataLoader로 읽습니다.", "덧붙임", "이름"]
    assert top["en"].split("\n") == [
        *("It reads with a DataLoader.", "A note", "Name", "cell"),
    ]
    assert (failure["id"], failure["title"]) == ("failure", {"en": "Failure"})


def test_of_outputs_messages_alone_are_kept(home: list[dict[str, Any]]) -> None:
    top, failure = home
    assert top["code"] == "print(6 * 7)"
    assert top["said"] == ""
    assert failure["said"].split("\n") == ["ValueError: read me", "and me", "what nobody sees"]


def test_sections_have_what_readers_ask(home: list[dict[str, Any]]) -> None:
    assert [section["asked"].split("\n") for section in home] == [
        ["what is it"],
        ["why", "왜 안 되지"],
    ]


def test_lists_of_pages_tell_about_those(index: dict[str, Any], home: list[dict[str, Any]]) -> None:
    assert [section["about"] for section in home] == ["Page : as others call it\n", ""]
    assert index["texts"]["en"][0].split("\n") == [
        *("Only text.", "an entry with a link", "A section is no page"),
    ]


def test_references_and_what_the_theme_adds_stay_out(index: dict[str, Any]) -> None:
    text = json.dumps([index["pages"], index["texts"]], ensure_ascii=False)
    for left_out in ("elsewhere", "forty-two", "Traceback", "CodeOut", "¶", "이전"):
        assert left_out not in text


def test_names_of_one_thing_come_with_the_index(index: dict[str, Any]) -> None:
    assert ["변화도", "gradient", "그래디언트"] in index["same"]
    assert ["넘파이", "numpy"] in index["same"]
