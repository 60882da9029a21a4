#!/usr/bin/env bash
# nbclient 0.11.0 with ipykernel 7.4.0: what an asyncio task prints or displays after its cell has
# ended is in no output of the notebook, even if a later cell awaits the task.
#
# Expected: it appears in the cell that runs at that time, as the prints of a thread do, or in the
# cell that started the task.
# Seen: the first line is kept, the others are gone, and nothing reports them. The kernel sends what
# a task prints in the name of the cell that started it, and nbclient, which reads the messages of
# one cell at a time, skips those of any other. Notebooks that stream results from a task are
# executed "without errors" and published with holes.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check nbclient==0.11.0 ipykernel==7.4.0

cat > run.py <<'PYTHON'
import nbclient
from nbformat import v4

TASK = """
import asyncio

async def report(show):
    for step in range(3):
        show(f"step {step}")
        await asyncio.sleep(0.5)

task = asyncio.create_task(report(SHOW))
await asyncio.sleep(0.1)
"""
THREAD = """
import threading, time

def report():
    for step in range(3):
        print(f"step {step}")
        time.sleep(0.5)

thread = threading.Thread(target=report)
thread.start()
time.sleep(0.1)
"""


def told(*sources):
    book = v4.new_notebook(cells=[v4.new_code_cell(source) for source in sources])
    nbclient.NotebookClient(book, kernel_name="python3").execute()
    return [
        "".join(output.get("text") or output["data"]["text/plain"] + "\n" for output in cell.outputs)
        for cell in book.cells
    ]


print("task, print:  ", told(TASK.replace("SHOW", "print"), "await task"))
print("task, display:", told(TASK.replace("SHOW", "display"), "await task"))
print("thread, print:", told(THREAD, "thread.join()"))
PYTHON
venv/bin/python run.py 2> errors.txt > seen.txt || { cat errors.txt >&2; exit 1; }
cat > expected.txt <<'END'
task, print:   ['step 0\n', '']
task, display: ["'step 0'\n", '']
thread, print: ['step 0\n', 'step 1\nstep 2\n']
END
echo "nbclient 0.11.0, ipykernel 7.4.0, outputs of the two cells:"
cat seen.txt
diff expected.txt seen.txt
