#!/usr/bin/env bash
# mkdocs-jupyter 0.26.3: links in the text of a notebook are neither rewritten nor checked.
#
# Expected: `[start](index.md)` works as on any page of MkDocs, since the notebook is a page of the
# site, and strict mode reports a link to a page that is not there.
# Seen: the address "index.md" is published as it is, where a Markdown page gets "../", so that the
# link to a page that exists is dead as well; strict mode passes both. Links between notebooks, which
# work in Jupyter and on GitHub, break on the site without a word.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check mkdocs==1.6.1 mkdocs-jupyter==0.26.3

mkdir docs
printf 'site_name: Example\nplugins: [mkdocs-jupyter]\n' > mkdocs.yml
printf '# Example\n' > docs/index.md
printf '# Page\n\n[start](index.md)\n' > docs/page.md
cat > book.py <<'PYTHON'
import nbformat
from nbformat import v4

text = "# Book\n\n[start](index.md) [dead](not-there.md)"
nbformat.write(v4.new_notebook(cells=[v4.new_markdown_cell(text)]), "docs/book.ipynb")
PYTHON
venv/bin/python book.py

venv/bin/mkdocs build --strict > told.txt 2>&1 || { cat told.txt >&2; exit 1; }
links() { grep -o 'href="[^"]*">\(start\|dead\)<' "site/$1/index.html" | sort; }
{ echo page; links page; echo book; links book; } > seen.txt
cat > expected.txt <<'END'
page
href="../">start<
book
href="index.md">start<
href="not-there.md">dead<
END
echo "mkdocs-jupyter 0.26.3 publishes, strictly:"
cat seen.txt
diff expected.txt seen.txt
test ! -e site/book/index.md
