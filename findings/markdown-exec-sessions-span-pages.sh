#!/usr/bin/env bash
# markdown-exec 1.12.6: a session is shared by all pages of a build, not by the blocks of one page.
#
# Expected: `session="s"` connects blocks of a page; on another page, a session of that name is
# empty, and a block there that needs a variable it never set fails in strict mode.
# Seen: the second page prints what the first one left. It is right or wrong by the order in which
# pages are built: with the names of the two files exchanged, the same text fails.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check mkdocs==1.6.1 markdown-exec==1.12.6

mkdir docs
cat > mkdocs.yml <<'YAML'
site_name: Example
plugins: [markdown-exec]
markdown_extensions: [pymdownx.superfences]
YAML
printf '# Example\n' > docs/index.md
cat > docs/a.md <<'MARKDOWN'
```python exec="true" session="s"
learning_rate = 0.1
```
MARKDOWN
cat > docs/b.md <<'MARKDOWN'
```python exec="true" session="s"
print("rate is", learning_rate)
```
MARKDOWN

status=0
venv/bin/mkdocs build --strict > told.txt 2>&1 || status=$?
echo "markdown-exec 1.12.6, exit $status: $(grep -o 'rate is [0-9.]*' site/b/index.html)"
test "$status" = 0
grep -q 'rate is 0.1' site/b/index.html

mv docs/a.md docs/z.md
status=0
venv/bin/mkdocs build --strict > told.txt 2>&1 || status=$?
echo "markdown-exec 1.12.6, a.md renamed z.md, exit $status: $(grep -o 'NameError.*' told.txt | head -n 1)"
test "$status" = 1
grep -q "NameError: name 'learning_rate' is not defined" told.txt
