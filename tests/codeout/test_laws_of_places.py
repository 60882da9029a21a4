"""The laws for each place where a page can have its outputs, on the way from a run to the page.

Nothing runs here: blocks are said to have printed texts that would be code, prompts, comments or
the end of a docstring if the engine let them. ``test_laws.py`` has the laws on whole pages.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from codeout.config.settings import Config
from codeout.engine.planning import plan_source
from codeout.engine.settle import settle
from codeout.engine.transcript import Transcript
from codeout.formats import parse
from codeout.output.model import Ran, Stream
from codeout.page.document import render
from codeout.page.layout import Layout
from codeout.page.model import Page, Slot, SlotKind
from codeout.page.string_literals import StringStyle
from codeout.run.events import Ended
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.support import hostile

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from codeout.engine.plan import Plan
    from codeout.engine.update import Update

ENDED = Ended("page", 1.0, "/tmp/codeout-x/work")  # noqa: S108
LAYOUT = Layout(console=("console",))
PAGES = {
    SlotKind.TABS: """\
=== "Code"

    ```python
    f()
    ```

=== "Out"

    ```
    old
    ```""",
    SlotKind.FENCE: """\
<!-- codeout: out -->
```python
f()
```

```
old
```""",
    SlotKind.TRANSCRIPTS: """\
```pycon
>>> f()
>>> for x in y:
...     f(x)
...
old
>>> g()
```""",
    SlotKind.COMMENTS: """\
```python
print(1)
print(2)
#> old
print(3)
'''
old
'''
for x in y:
    print(x)
```""",
    SlotKind.CONSOLE: """\
```console
$ ls
$ for x in y; do
>   echo $x
> done
old
```""",
}
CONTAINERS = {"": "", "in a list": "    ", "in a quote": "> "}
PIECES = [
    *('"""', "'''", "\\", "\\n", '"', "#> x", "#>", "# comment", ">>> 1", "... 1", ">>>", "$ ls"),
    *("> x", "$", "<BLANKLINE>", "Traceback (most recent call last):", "...", "x = 1", "\x00"),
]
LINES = st.lists(st.sampled_from(PIECES) | st.sampled_from(hostile.PIECES) | st.text(max_size=5))
PRINTED = LINES.map("\n".join) | hostile.HOSTILE
PLAIN = st.sampled_from(["word", "", "two words", "1.5", "{'a': 1}"])
NEWLINES = st.sampled_from(["\n", "\r\n"])

every_place = pytest.mark.parametrize("kind", PAGES)
every_page = pytest.mark.parametrize("form", ["page.md", "page.mdx", "page.py"])
generated = settings(deadline=None, max_examples=30)


@pytest.fixture(scope="session")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of a project without pages."""
    return tmp_path_factory.mktemp("project")


def page_of(kind: SlotKind, form: str, container: str, newline: str) -> bytes:
    """A page with one fence of this kind in a container."""
    prefix = CONTAINERS[container]
    lines = [prefix + line if line else prefix.rstrip() for line in PAGES[kind].split("\n")]
    lines = ["- item", "", *lines] if prefix == "    " else lines
    text = "\n".join(["Title", "", *lines, "", "After.", ""])
    if form == "page.mdx":
        text = text.replace("<!--", "{/*").replace("-->", "*/}")
    if form == "page.py":
        escaped = [StringStyle('"""').escape(line) for line in text.split("\n")]
        body = "\n".join(f"    {line}".rstrip() for line in escaped).lstrip()
        text = f'def f():\n    """{body}\n    """\n    return f(1)\n'
    return text.replace("\n", newline).encode()


def update_of(root: Path, form: str, source: bytes, texts: Sequence[str]) -> Update:
    """What a run makes of a page, in which each line of each block printed one of some texts."""
    plan = plan_source(Config(root, layout=LAYOUT), root / form, source)
    assert not plan.problems
    return settle(plan, Transcript(runs_of(plan, texts), ENDED), Config(root), None)


def runs_of(plan: Plan, texts: Sequence[str]) -> tuple[Ran, ...]:
    count = len(texts)
    return tuple(
        Ran(tuple(Stream(texts[(at + line) % count], line) for line in lines), 0.1, 0, frozenset())
        for at, cell in enumerate(plan.cells)
        for lines in [range(1, cell.code.count("\n") + 1)]
    )


def outside(page: Page) -> list[str]:
    """The lines outside of outputs, without blank ones."""
    kept = "".join("\n" if isinstance(part, Slot) else part.source for part in page.parts)
    return [line.rstrip() for line in kept.splitlines() if line.strip("> \t")]


@every_page
@every_place
@generated
@given(data=st.data())
def test_laws_hold_whatever_is_printed(
    kind: SlotKind, form: str, data: st.DataObject, root: Path
) -> None:
    container, newline = data.draw(st.sampled_from([*CONTAINERS])), data.draw(NEWLINES)
    source = page_of(kind, form, container, newline)
    before = parse(source, form, LAYOUT)
    assert render(before) == source, "a page comes out as it went in"
    assert {slot.kind for slot in before.slots} == {kind}
    texts = data.draw(st.lists(PRINTED, min_size=1, max_size=4))
    update = update_of(root, form, source, texts)
    if update.problems:
        assert update.after == source, "a page with a problem stays"
        return
    after = parse(update.after, form, LAYOUT)
    assert render(after) == update.after
    assert outside(after) == outside(before), "nothing outside an output changes"
    assert [b.code for b in after.blocks] == [b.code for b in before.blocks], "output is inert"
    again = update_of(root, form, update.after, texts)
    assert not again.problems
    assert again.after == update.after, "two runs leave the same bytes as one"


@every_page
@every_place
@generated
@given(data=st.data())
def test_plain_text_is_written(kind: SlotKind, form: str, data: st.DataObject, root: Path) -> None:
    container, newline = data.draw(st.sampled_from([*CONTAINERS])), data.draw(NEWLINES)
    lines = data.draw(st.lists(PLAIN, min_size=1, max_size=5))
    text = "".join(f"{line}\n" for line in (*lines, "last"))
    update = update_of(root, form, page_of(kind, form, container, newline), [text])
    assert not update.problems
    after = update.after.decode()
    assert "old" not in after
    assert all(line in after for line in lines)
