"""No label of a tab means both code and output, whatever settings a page has."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from codeout.config.pyproject import find_config
from codeout.errors import ConfigError

if TYPE_CHECKING:
    from tests.support.folder import Folder

BASE = "[tool.codeout]\n"
DOCS = "[[tool.codeout.folders]]\npages = ['docs']\n"
API = "[[tool.codeout.folders]]\npages = ['docs/api']\n"


@pytest.mark.parametrize(
    ("text", "line", "label"),
    [
        pytest.param(f"{BASE}code = ['Out']\n", 2, "Out", id="a default"),
        pytest.param(f"{BASE}out = ['Code']\n", 2, "Code", id="the other default"),
        pytest.param(f"{BASE}code = ['A']\nout = ['B', 'A']\n", 2, "A", id="both are set"),
        pytest.param(f"{BASE}code = ['OUT']\n", 2, "Out", id="by case alone"),
        pytest.param(f"{BASE}code = ['A']\n{DOCS}out = ['a']\n", 5, "a", id="in a folder"),
        pytest.param(f"{DOCS}code = ['A']\n{API}out = ['A']\n", 6, "A", id="in two folders"),
        pytest.param(f"{DOCS}out = ['A']\n{API}code = ['A']\n", 6, "A", id="the other way"),
        pytest.param(f"{API}run = 'all'\n{DOCS}code = ['Out']\n", 6, "Out", id="the second"),
    ],
)
def test_a_shared_label_is_told_with_its_line(
    folder: Folder, text: str, line: int, label: str
) -> None:
    folder.write("pyproject.toml", text)
    with pytest.raises(ConfigError) as error:
        find_config(folder.root)
    told = f'pyproject.toml:{line}: `code` and `out` share the label "{label}"'
    assert error.value.message == told


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(f"{BASE}code = ['Out']\nout = ['Code']\n", id="they change places"),
        pytest.param(
            f"{DOCS}code = ['A']\n{API}code = ['B']\nout = ['A']\n", id="a folder sets both"
        ),
        pytest.param(f"{BASE}code = ['Code', 'code']\n", id="two of one kind"),
    ],
)
def test_labels_that_differ_are_fine(folder: Folder, text: str) -> None:
    folder.write("pyproject.toml", text)
    find_config(folder.root)
