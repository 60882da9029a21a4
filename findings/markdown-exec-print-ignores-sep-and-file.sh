#!/usr/bin/env bash
# markdown-exec 1.12.6: in a block that is executed, `print` takes `sep` and `file` and ignores both.
#
# Expected: that the output is taken from a replaced `print` is documented, so `pprint` goes missing;
# but what `print` itself prints is what Python prints.
# Seen: the published page has "learning rate" for `print("learning", "rate", sep="_")`, and what was
# printed to stderr or to an open file stands on the page, while the file stays empty. Strict mode
# passes.
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
cat > docs/index.md <<'MARKDOWN'
# Example

```python exec="true"
import sys

print("learning", "rate", sep="_")
print("to stderr", file=sys.stderr)
with open("notes.txt", "w") as notes:
    print("to a file", file=notes)
```
MARKDOWN
venv/bin/mkdocs build --strict > told.txt 2>&1 || { cat told.txt >&2; exit 1; }

echo "markdown-exec 1.12.6 publishes:"
grep -o 'learning.rate\|to stderr\|to a file' site/index.html | tee seen.txt
echo "bytes in notes.txt: $(wc -c < notes.txt)"
printf 'learning rate\nto stderr\nto a file\n' | diff - seen.txt
test ! -s notes.txt
if grep -q '^to stderr' told.txt; then exit 1; fi
