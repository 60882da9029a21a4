"""The hook in ``theme/search.py``: what the search index holds, and what it leaves out."""

from __future__ import annotations

import json
from typing import Any

import pytest

from tests.support.folder import Folder
from tests.support.mkdocs_build import build
from tests.support.paths import ROOT

HOOK = ROOT / "theme" / "search.py"
SITE = f"""
site_name: test
theme: {{name: material, font: false}}
plugins: [search]
markdown_extensions:
  - pymdownx.highlight: {{pygments_lang_class: true}}
  - pymdownx.superfences
  - pymdownx.tabbed: {{alternate_style: true}}
hooks: [{HOOK.as_posix()}]
"""
PAGE = """\
# Page

데이터를 읽습니다. 데이터로더를 씁니다.

> It reads with a `DataLoader`.

Further down.

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
```

## References

- elsewhere
"""
GLOSSARY = '[[term]]\nkorean = "변화도"\nenglish = "gradient"\nvariants = ["그래디언트"]\n'


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Folder:
    """A small site that MkDocs has built."""
    folder = Folder(tmp_path_factory.mktemp("site"))
    folder.write("mkdocs.yml", SITE)
    folder.write("pyproject.toml", "[tool.bitext]\n")
    folder.write("glossary.toml", GLOSSARY)
    folder.write("docs/index.md", PAGE)
    build(folder.root)
    return folder


@pytest.fixture(scope="module")
def index(site: Folder) -> dict[str, Any]:
    """Both files of its index, by name."""
    names = ("search_index", "whole")
    return {name: json.loads(site.read(f"site/search/{name}.json")) for name in names}


def test_outputs_and_references_stay_out_and_tracebacks_stay(index: dict[str, Any]) -> None:
    text = json.dumps(index["whole"]["docs"])
    assert "forty-two" not in text
    assert "CodeOut" not in text
    assert "elsewhere" not in text
    assert "print(6 * 7)" in text
    assert "ValueError: read me" in text


def test_pages_are_what_they_were(site: Folder) -> None:
    page = site.read("site/index.html")
    assert "forty-two" in page
    assert "data-search" not in page


def test_words_within_words_have_a_field(index: dict[str, Any]) -> None:
    assert index["whole"]["docs"][0]["suffix"] == "로더 loader"


def test_a_page_loads_the_beginning_of_each_section(index: dict[str, Any]) -> None:
    first, whole = index["search_index"]["docs"], index["whole"]["docs"]
    assert [doc["location"] for doc in first] == [doc["location"] for doc in whole]
    assert first[0]["text"].endswith("with a <code>DataLoader</code>.</p>")
    assert whole[0]["text"].startswith(first[0]["text"])
    assert first[0]["suffix"] == whole[0]["suffix"]


def test_names_of_one_thing_come_with_the_index(index: dict[str, Any]) -> None:
    same = index["search_index"]["config"]["korean"]["same"]
    assert ["변화도", "gradient", "그래디언트"] in same
    assert ["넘파이", "numpy"] in same


def test_the_index_is_written_in_letters(site: Folder) -> None:
    assert "변화도" in site.read("site/search/search_index.json")
