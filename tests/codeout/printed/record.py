"""Records what pytest-examples writes below the statements of ``blocks.md``.

To record it again: ``pip install --target FOLDER pytest-examples==0.0.18``, then
``PYTHONPATH=FOLDER python tests/codeout/printed/record.py``.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path

HERE = Path(__file__).parent
BLOCKS, EXAMPLES = HERE / "blocks.md", HERE / "examples.md"
TEST = """\
import pytest
from pytest_examples import CodeExample, EvalExample, find_examples

@pytest.mark.parametrize("example", find_examples("page.md"), ids=str)
def test_outputs(example: CodeExample, eval_example: EvalExample) -> None:
    eval_example.run_print_update(example)
"""


def written_by_pytest_examples() -> str:
    """The blocks with the outputs that pytest-examples writes."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "page.md").write_bytes(BLOCKS.read_bytes())
        (folder / "test_page.py").write_text(TEST, encoding="utf-8")
        command = [
            sys.executable,
            "-m",
            "pytest",
            "--update-examples",
            "-q",
            "-p",
            "no:cacheprovider",
        ]
        environment = {**os.environ, "PYTHONHASHSEED": "0"}
        # It ends with an error, as it always does after it has changed something.
        subprocess.run(command, cwd=folder, env=environment, capture_output=True, check=False)
        return (folder / "page.md").read_text(encoding="utf-8")


if __name__ == "__main__":
    EXAMPLES.write_text(written_by_pytest_examples(), encoding="utf-8")
