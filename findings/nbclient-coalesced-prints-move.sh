#!/usr/bin/env bash
# nbclient 0.11.0: `coalesce_streams` moves what is printed after a display to before it.
#
# Expected: neighbouring pieces of one stream become one, and what stands between two stays there.
# Seen: a cell that prints, displays and prints again keeps both prints in one output, above the
# display. The pieces of a stream are joined by its name in the whole cell, not by neighbourhood.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check nbclient==0.11.0 ipykernel==7.4.0

cat > run.py <<'END'
import nbclient
from nbformat import v4

code = "print('above')\ndisplay('shown')\nprint('below')"
for coalesced in (False, True):
    book = v4.new_notebook(cells=[v4.new_code_cell(code)])
    nbclient.NotebookClient(book, kernel_name="python3", coalesce_streams=coalesced).execute()
    told = [output.get("text") or output["data"]["text/plain"] for output in book.cells[0].outputs]
    print(coalesced, told)
END
venv/bin/python run.py 2> errors.txt > seen.txt || { cat errors.txt >&2; exit 1; }
cat > expected.txt <<'END'
False ['above\n', "'shown'", 'below\n']
True ['above\nbelow\n', "'shown'"]
END
echo "nbclient 0.11.0, ipykernel 7.4.0:"
cat seen.txt
diff expected.txt seen.txt
