"""Outputs of ranges of versions as readers see them: folded below the main output."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from codeout.engine.project import Project
from codeout.page.document import parse
from codeout.site.folded import fold, title_of
from codeout.site.github import exported
from codeout.site.myst_outputs import mark_outputs
from codeout.site.notes import mark, replace_marks
from markdown_it import MarkdownIt

from tests.codeout.site.test_notes import planned, rendered

if TYPE_CHECKING:
    from tests.support.folder import Folder

TABS = """=== "Code"

    ```python
    print(1)
    ```

=== "Out"

    ```
    main
    ```

    <!-- codeout: out torch<2.10 -->
    ```
    older
    ```

After it.
"""
FENCES = """<!-- codeout: out -->
```python
print(1)
```

```
main
```

<!-- codeout: out torch>=2.8,<2.10 -->
```
older
```

After it.
"""
QUOTE = "".join(f"> {line}".rstrip() + "\n" for line in FENCES.splitlines())
TITLES = {TABS: "torch &lt; 2.10", FENCES: "torch &gt;= 2.8, &lt; 2.10"}
TITLES[QUOTE] = TITLES[FENCES]
each = pytest.mark.parametrize("source", TITLES, ids=["tabs", "fences", "quote"])


@each
def test_they_are_folded_below_the_main_output(source: str) -> None:
    html = replace_marks(rendered(mark(source, planned(source))), (), lambda *_: "")
    before, opening, rest = html.partition('<details class="codeout-versions">')
    inside, closing, after = rest.partition("</details>")
    assert opening
    assert closing
    assert "main" in before
    assert "older" not in before
    assert inside.startswith(f'<summary class="codeout-versions">{TITLES[source]}</summary>')
    assert "older" in inside
    assert "After it." in after
    assert "codeout-versions-end" not in html
    assert "<p></details>" not in html


@each
def test_readers_see_the_main_output_whatever_is_installed(source: str) -> None:
    page = parse(source.encode())
    plan = planned(source)
    assert mark(source, plan).index("main") < mark(source, plan).index("codeout-made")
    assert mark(source, plan).index("codeout-made") < mark(source, plan).index("older")
    assert len(page.slots) == 1


@each
def test_sphinx_keeps_the_numbers_of_lines(source: str) -> None:
    marked = mark_outputs(source, planned(source))
    assert len(marked.splitlines()) == len(source.splitlines())
    assert "<!-- codeout-versions torch" in marked
    assert "<!-- codeout-versions-end -->" in marked
    assert "codeout: out torch" not in marked
    assert marked.count("```text") == 2


@each
def test_github_folds_them_by_itself(folder: Folder, source: str) -> None:
    folder.write("pyproject.toml", "[tool.codeout]\npages = ['page.md']\n")
    file = folder.write("page.md", source)
    project = Project.open(folder.root)
    text = exported(project, project.plan(file), folder.root, "")
    html = MarkdownIt("commonmark").render(text)
    before, opening, rest = html.partition('<details class="codeout-versions">')
    assert opening
    assert "main" in before
    assert "<pre><code>older\n</code></pre>" in rest.partition("</details>")[0]


def test_a_title_is_a_range_for_people() -> None:
    assert title_of("torch<2.10,>=2.8") == "torch >= 2.8, < 2.10"
    assert title_of("numpy==1.26.*") == "numpy == 1.26.*"
    assert fold("nothing to fold") == "nothing to fold"
