#!/usr/bin/env bash
# pytest-codeblocks 0.18.0: a fence that a renderer shows as Python is passed over without a word
# if it has a title, a blank before its language, a capital letter, or tildes; a fence inside an
# HTML comment, which no reader sees, is run.
#
# Expected: the first word of the info string decides, as CommonMark has it; the five blocks that
# readers see run and fail, and the one in the comment does not.
# Seen: only the fence without anything around it and the one in the comment become tests.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check pytest==9.2.0 pytest-codeblocks==0.18.0

cat > page.md <<'MARKDOWN'
```python
assert False, "plain"
```

```python title="sum.py"
assert False, "with a title"
```

``` python
assert False, "after a blank"
```

```Python
assert False, "with a capital"
```

~~~python
assert False, "between tildes"
~~~

<!--
```python
assert False, "in a comment"
```
-->
MARKDOWN
venv/bin/pytest --codeblocks page.md -q > told.txt || true
echo "pytest-codeblocks 0.18.0 ran these of the six:"
grep -o '^assert False, .*' told.txt | tee ran.txt
printf 'assert False, "plain"\nassert False, "in a comment"\n' | diff - ran.txt
