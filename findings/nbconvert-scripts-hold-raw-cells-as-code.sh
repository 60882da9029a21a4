#!/usr/bin/env bash
# nbconvert 7.17.2: `--to script` writes raw cells into the Python file as they are, so a notebook
# that begins with front matter becomes a script that is no Python.
#
# Expected: a raw cell, which no kernel runs, is left out or becomes a comment, as text does.
# Seen: the lines of a raw cell stand between the code. A notebook for Quarto or a blog has its title
# there, as YAML between dashes: the conversion exits with 0, and the script ends with a syntax error
# at its first line of YAML. If the text happens to be Python, it runs. jupytext comments it out.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check \
  nbconvert==7.17.2 ipykernel==7.4.0 jupytext==1.19.6

cat > make.py <<'PYTHON'
import nbformat
from nbformat import v4

kernel = {"name": "python3", "display_name": "Python", "language": "python"}
language = {"name": "python", "file_extension": ".py"}
for name, raw in {"titled": "---\ntitle: Lesson 1\n---", "noted": "print('raw, not code')"}.items():
    cells = [v4.new_raw_cell(raw), v4.new_markdown_cell("# Text"), v4.new_code_cell("print(1 + 1)")]
    metadata = {"kernelspec": kernel, "language_info": language}
    nbformat.write(v4.new_notebook(cells=cells, metadata=metadata), f"{name}.ipynb")
PYTHON
venv/bin/python make.py

ran() { venv/bin/python "$1" 2>&1 | sed 's/^ .*//' | xargs; }

for name in titled noted; do
  venv/bin/jupyter-nbconvert --to script "$name.ipynb" > told.txt 2>&1 || { cat told.txt >&2; exit 1; }
  echo "nbconvert, $name: $(ran "$name.py" || true)"
  venv/bin/jupytext --quiet --to py:percent "$name.ipynb" -o "$name.py"
  echo "jupytext, $name: $(ran "$name.py")"
done > seen.txt
cat > expected.txt <<'END'
nbconvert, titled: SyntaxError: invalid syntax
jupytext, titled: 2
nbconvert, noted: raw, not code 2
jupytext, noted: 2
END
echo "nbconvert 7.17.2, what the scripts print:"
cat seen.txt
diff expected.txt seen.txt
