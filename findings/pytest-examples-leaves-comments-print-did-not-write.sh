#!/usr/bin/env bash
# pytest-examples 0.0.18: `run_print_check` passes an example whose `#>` line is wrong, unless a call
# of `print` stands right before that line.
#
# Expected: `#>` marks an output. One that the run does not give is reported, as a wrong one is: where
# a `print` became a `pprint` or a bare expression, its old output is left without a source.
# Seen: only lines after a `print` that ran are compared. Those after `pprint`, `sys.stdout.write`, an
# assignment, or in a function without a `print` are never looked at, also if other lines of the
# example are.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check pytest-examples==0.0.18 pytest==9.2.0

cat > page.py <<'PYTHON'
EXAMPLES = {
    "print": "print([1])\n#> [2]\n",
    "pprint": "from pprint import pprint\npprint([1])\n#> [2]\n",
    "write": "import sys\nsys.stdout.write('1\\n')\n#> 2\n",
    "value": "x = 1\nx\n#> 2\n",
    "beside": "print('a')\n#> a\nx = 1\n#> 2\n",
}
with open("page.md", "w") as page:
    for code in EXAMPLES.values():
        page.write(f"```python\n{code}```\n\n")
PYTHON
cat > test_page.py <<'PYTHON'
import page
import pytest
from pytest_examples import find_examples


@pytest.mark.parametrize("example", list(find_examples("page.md")), ids=list(page.EXAMPLES))
def test_example(example, eval_example):
    eval_example.run_print_check(example)
PYTHON
venv/bin/python -m pytest -q -rA -p no:cacheprovider test_page.py > told.txt || true
echo "pytest-examples 0.0.18, five examples whose last output is wrong:"
grep -o '^\(PASSED\|FAILED\) test_page.py::[^ ]*' told.txt | sort | tee seen.txt
cat > expected.txt <<'END'
FAILED test_page.py::test_example[print]
PASSED test_page.py::test_example[beside]
PASSED test_page.py::test_example[pprint]
PASSED test_page.py::test_example[value]
PASSED test_page.py::test_example[write]
END
diff expected.txt seen.txt
