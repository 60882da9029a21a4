#!/usr/bin/env bash
# nbclient 0.11.0 with IPython 9.18.1: a cell that fails under `%%capture` or `%run` passes.
#
# Expected: `NotebookClient.execute()` raises CellExecutionError at the first cell with an error, as
# it does under `%%time`, so that a notebook that is executed "without errors" has none in it.
# Seen: the cell stops at its error, which stands in its outputs as an error does, and the next cells
# run as if nothing had been, with what was set before. Here a setup whose noise is captured does not
# find its module, and a script fails its assertion. `jupyter execute` ends with status 0 as well.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check \
  nbclient==0.11.0 ipykernel==7.4.0 ipython==9.18.1

cat > run.py <<'PYTHON'
import pathlib

import nbclient
from nbformat import v4

pathlib.Path("check.py").write_text("loss = 2.5\nassert loss < 1\n")


def run(first):
    book = v4.new_notebook(cells=[v4.new_code_cell(first), v4.new_code_cell("print('went on')")])
    try:
        nbclient.NotebookClient(book, kernel_name="python3").execute()
        told = "passes"
    except nbclient.exceptions.CellExecutionError:
        told = "CellExecutionError"
    outputs = [output for cell in book.cells for output in cell.outputs]
    shown = [
        output.ename if output.output_type == "error" else output.text.strip()
        for output in outputs
        if output.output_type == "error" or "Wall time" not in output.text
    ]
    print(f"{first!r}: {told}, outputs: {', '.join(shown)}")


run("import no_such_module")
run("%%time\nimport no_such_module")
run("%%capture\nimport no_such_module")
run("%run check.py")
PYTHON
venv/bin/python run.py 2> errors.txt > seen.txt || { cat errors.txt >&2; exit 1; }
cat > expected.txt <<'END'
'import no_such_module': CellExecutionError, outputs: ModuleNotFoundError
'%%time\nimport no_such_module': CellExecutionError, outputs: ModuleNotFoundError
'%%capture\nimport no_such_module': passes, outputs: ModuleNotFoundError, went on
'%run check.py': passes, outputs: AssertionError, went on
END
echo "nbclient 0.11.0, ipykernel 7.4.0, IPython 9.18.1:"
cat seen.txt
diff expected.txt seen.txt
