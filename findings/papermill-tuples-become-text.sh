#!/usr/bin/env bash
# papermill 2.7.0: a tuple given as a parameter arrives in the notebook as text.
#
# Expected: `parameters={"shape": (2, 3)}` gives the notebook a tuple or, as values that papermill
# has no word for raise a TypeError, an error.
# Seen: the notebook runs with `shape = "(2, 3)"`, a string of six characters, and a tuple within a
# dict or a list becomes one, too. A set raises. Code that only takes the length, loops or prints
# gives wrong results without an error.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check papermill==2.7.0 ipykernel==7.4.0

cat > run.py <<'PYTHON'
import nbformat
import papermill
from nbformat import v4

cells = [
    v4.new_code_cell("shape = ()", metadata={"tags": ["parameters"]}),
    v4.new_code_cell("print(len(shape), repr(shape))"),
]
kernel = {"name": "python3", "display_name": "Python", "language": "python"}
nbformat.write(v4.new_notebook(cells=cells, metadata={"kernelspec": kernel}), "page.ipynb")
for shape in ([2, 3], (2, 3), {"image": (2, 3)}, {2, 3}):
    try:
        book = papermill.execute_notebook(
            "page.ipynb", "run.ipynb", parameters={"shape": shape}, progress_bar=False
        )
        print(shape, "->", book.cells[-1].outputs[0].text.strip())
    except TypeError as error:
        print(shape, "->", type(error).__name__)
PYTHON
venv/bin/python run.py 2> errors.txt > seen.txt || { cat errors.txt >&2; exit 1; }
cat > expected.txt <<'END'
[2, 3] -> 2 [2, 3]
(2, 3) -> 6 '(2, 3)'
{'image': (2, 3)} -> 1 {'image': '(2, 3)'}
{2, 3} -> TypeError
END
echo "papermill 2.7.0, parameter -> its length and repr in the notebook:"
cat seen.txt
diff expected.txt seen.txt
