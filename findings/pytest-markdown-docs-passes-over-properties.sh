#!/usr/bin/env bash
# pytest-markdown-docs 0.9.2: examples in the docstrings of properties, and of functions that
# `functools.cache` wraps, are never run, and nothing says so.
#
# Expected: `--markdown-docs` runs the fences of all docstrings of a module, as `--doctest-modules`
# does with prompts at the same places.
# Seen: modules, classes, functions, methods and class methods are collected; properties, cached
# properties and cached functions are not, though their documentation is what users read.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check pytest==9.2.0 pytest-markdown-docs==0.9.2

cat > make.py <<'PYTHON'
import sys

SOURCE = '''
import functools


def function():
    """
    EXAMPLE
    """


@functools.cache
def cached_function():
    """
    EXAMPLE
    """


class Shape:
    """
    EXAMPLE
    """

    def method(self):
        """
        EXAMPLE
        """

    @classmethod
    def class_method(cls):
        """
        EXAMPLE
        """

    @property
    def read_only(self):
        """
        EXAMPLE
        """

    @functools.cached_property
    def cached(self):
        """
        EXAMPLE
        """
'''
example = sys.argv[1].splitlines()
for line in SOURCE.splitlines():
    indent = line.removesuffix("EXAMPLE")
    print(*(indent + part for part in (example if indent != line else [""])), sep="\n")
PYTHON
failed() { grep -o '^FAILED [a-z]*.py::[A-Za-z_.]*' told.txt | sed 's/.*:://; s/^prompts.//' | sort | xargs; }

venv/bin/python make.py $'```python\nassert False\n```' > fences.py
venv/bin/python make.py $'>>> False\nTrue' > prompts.py
venv/bin/pytest -q --markdown-docs fences.py > told.txt || true
fences=$(failed)
venv/bin/pytest -q --doctest-modules prompts.py > told.txt || true
prompts=$(failed)
echo "pytest-markdown-docs 0.9.2: $fences"
echo "pytest's doctest:           $prompts"
test "$fences" = 'Shape Shape.class_method Shape.method function'
test "$prompts" = 'Shape Shape.cached Shape.class_method Shape.method Shape.read_only cached_function function'
