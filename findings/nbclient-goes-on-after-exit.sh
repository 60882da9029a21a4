#!/usr/bin/env bash
# nbclient 0.11.0 with ipykernel 7.4.0: `exit(1)` ends nothing and fails nothing; `sys.exit(0)` fails.
#
# Expected: both end the notebook there, as they end a script; a status other than 0 counts as a
# failure, and 0 as none.
# Seen: after `exit(1)` the rest of its own cell is executed, and the notebook passes; what comes in
# later cells is run until the kernel has ended, a moment later. `sys.exit(0)` and `raise SystemExit`
# stop at their line, and are errors with any status. So a guard such as
# `if not data.exists(): exit(1)` neither guards nor is seen, and a lesson that ends early by intent
# breaks the build.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check \
  nbclient==0.11.0 ipykernel==7.4.0 ipython==9.18.1

cat > run.py <<'PYTHON'
import subprocess
import sys

import nbclient
from nbformat import v4


def run(stop):
    source = f"import sys\nif True:\n    {stop}\nprint('went on')"
    script = subprocess.run([sys.executable, "-c", source])
    book = v4.new_notebook(cells=[v4.new_code_cell(source)])
    try:
        nbclient.NotebookClient(book, kernel_name="python3").execute()
        told = "passes"
    except nbclient.exceptions.CellExecutionError as error:
        told = f"fails with {error.ename} {error.evalue}".strip()
    went_on = any("went on" in output.get("text", "") for output in book.cells[0].outputs)
    print(
        f"{stop}: a script ends with status {script.returncode}; "
        f"a notebook {'goes on and' if went_on else 'stops and'} {told}"
    )


for stop in ("exit(1)", "exit(0)", "sys.exit(1)", "sys.exit(0)", "raise SystemExit"):
    run(stop)
PYTHON
venv/bin/python run.py 2> errors.txt > seen.txt || { cat errors.txt >&2; exit 1; }
cat > expected.txt <<'END'
exit(1): a script ends with status 1; a notebook goes on and passes
exit(0): a script ends with status 0; a notebook goes on and passes
sys.exit(1): a script ends with status 1; a notebook stops and fails with SystemExit 1
sys.exit(0): a script ends with status 0; a notebook stops and fails with SystemExit 0
raise SystemExit: a script ends with status 0; a notebook stops and fails with SystemExit
END
echo "nbclient 0.11.0, ipykernel 7.4.0:"
cat seen.txt
diff expected.txt seen.txt
