#!/usr/bin/env bash
# nbconvert 7.17.2, also as part of mkdocs-jupyter 0.26.3: two headings of the same text have the same
# id in the HTML.
#
# Expected: ids are unique, as Python-Markdown, Sphinx and GitHub make them: "exercise" and then
# "exercise-1" or "exercise_1"; at least within one cell.
# Seen: each "Exercise" of a lesson gets the id of the first. A link or a table of contents leads all
# of them to the first one, and the page is not valid HTML; nothing warns, strict mode
# of MkDocs neither.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check \
  nbconvert==7.17.2 mkdocs==1.6.1 mkdocs-jupyter==0.26.3

mkdir docs
cat > make.py <<'PYTHON'
import nbformat
from nbformat import v4

text = "# Lesson\n\n## Tensors\n\n### Exercise\n\n## Models\n\n### Exercise\n"
nbformat.write(v4.new_notebook(cells=[v4.new_markdown_cell(text)]), "docs/book.ipynb")
with open("docs/page.md", "w") as page:
    page.write(text)
PYTHON
venv/bin/python make.py
printf 'site_name: Example\nplugins: [mkdocs-jupyter]\n' > mkdocs.yml
printf '# Example\n' > docs/index.md
venv/bin/mkdocs build --strict > told.txt 2>&1 || { cat told.txt >&2; exit 1; }
venv/bin/jupyter-nbconvert --to html docs/book.ipynb --output-dir . > told.txt 2>&1

ids() { grep -oi '<h3 id="[^"]*"' "$1" | sed 's/.*id=//' | xargs; }
{
  echo "nbconvert: $(ids book.html)"
  echo "mkdocs-jupyter: $(ids site/book/index.html)"
  echo "MkDocs, Markdown: $(ids site/page/index.html)"
} > seen.txt
cat > expected.txt <<'END'
nbconvert: Exercise Exercise
mkdocs-jupyter: exercise exercise
MkDocs, Markdown: exercise exercise_1
END
echo "nbconvert 7.17.2, ids of two headings:"
cat seen.txt
diff expected.txt seen.txt
