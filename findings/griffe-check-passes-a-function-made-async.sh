#!/usr/bin/env bash
# griffe 2.4.1: `griffe check` finds no breaking change where a function has become a coroutine, a
# generator or a context manager.
#
# Expected: a check of the API between two versions, which does report a property made from a method
# and a parameter that moved, reports that a call now gives a coroutine in place of the value.
# Seen: nothing is printed and the status is 0, with return annotations as well. All callers break:
# `rate(1) + 1` raises TypeError.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check griffe==2.4.1

mkdir shapes
cat > shapes/__init__.py <<'PYTHON'
def rate(step: int) -> int:
    return step


def rows(count: int):
    return list(range(count))


def opened(name: str):
    return name


class Shape:
    def area(self) -> int:
        return 1
PYTHON
git init --quiet .
git config user.name Example
git config user.email author@example.com
git add shapes && git commit --quiet --message 'Begin' && git tag v1

checked() {
  local status=0
  venv/bin/griffe check shapes --against v1 > told.txt 2>&1 || status=$?
  echo "$1: exit $status, $(grep -c '^shapes/' told.txt || true) reported"
}

{
  sed -i 's/^def rate/async def rate/; s/    return list/    yield from list/' shapes/__init__.py
  sed -i 's/^def opened/@contextlib.contextmanager\ndef opened/; s/    return name/    yield name/' shapes/__init__.py
  sed -i '1i import contextlib\n' shapes/__init__.py
  checked "coroutine, generator, context manager"
  sed -i 's/    def area/    @property\n    def area/' shapes/__init__.py
  checked "and a property"
} > seen.txt
venv/bin/python -c 'import shapes; print(*(type(made).__name__ for made in (shapes.rate(1), shapes.rows(1), shapes.opened(""))))' 2> /dev/null >> seen.txt
cat > expected.txt <<'END'
coroutine, generator, context manager: exit 0, 0 reported
and a property: exit 1, 1 reported
coroutine generator _GeneratorContextManager
END
echo "griffe 2.4.1, check:"
cat seen.txt
diff expected.txt seen.txt
