"""A block is highlighted once for all builds, and looks as it would without that."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from codeout.integrations.kept_highlight import keep_highlighted
from markdown import Markdown
from pymdownx.highlight import Highlight

if TYPE_CHECKING:
    from collections.abc import Mapping

EXTENSIONS = ["pymdownx.highlight", "pymdownx.superfences", "pymdownx.inlinehilite", "attr_list"]
PAGE = """
```python
print(1)
```

- Text with `#!python code`.

    ```{.python title="a" linenums="1" hl_lines="1" #one}
    print(2)
    ```

```python title="<b>b</b>" title_mode="html"
print(3)
```
"""


@pytest.fixture
def highlighted(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The code of blocks that were highlighted."""
    found: list[str] = []
    get_lexer = Highlight.get_lexer

    def noted(self: Highlight, src: str, language: str, inline: bool, stripnl: bool) -> Any:
        if not inline:
            found.append(src)
        return get_lexer(self, src, language, inline, stripnl)

    monkeypatch.setattr(Highlight, "get_lexer", noted)
    return found


def render(text: str, settings: Mapping[str, Any], *, kept: bool) -> str:
    md = Markdown(extensions=EXTENSIONS, extension_configs={"pymdownx.highlight": dict(settings)})
    if kept:
        keep_highlighted(md)
    return str(md.convert(text))


@pytest.mark.parametrize(
    "settings",
    [
        {"use_pygments": True},
        {"pygments_lang_class": True, "auto_title": True, "linenums": True},
        {"anchor_linenums": True, "line_anchors": "of"},
    ],
)
def test_a_page_is_as_it_would_be_and_its_blocks_are_kept(
    highlighted: list[str], settings: Mapping[str, Any]
) -> None:
    plain = render(PAGE, settings, kept=False)
    assert render(PAGE, settings, kept=True) == plain
    highlighted.clear()
    assert render(PAGE, settings, kept=True) == plain
    assert highlighted == ["print(3)"], "a title in HTML belongs to its page"


def test_what_has_changed_is_highlighted_again(highlighted: list[str]) -> None:
    render(PAGE, {}, kept=True)
    highlighted.clear()
    changed = PAGE.replace("print(2)", "print(4)")
    assert render(changed, {}, kept=True) == render(changed, {}, kept=False)
    assert highlighted[0] == "print(4)"
    highlighted.clear()
    assert "noclasses" not in render(PAGE, {"noclasses": True}, kept=True)
    assert len(highlighted) == 3, "other settings"
