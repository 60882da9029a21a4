#!/usr/bin/env bash
# papermill 2.7.0: `-p shuffle false` runs the notebook with a parameter that counts as true.
#
# Expected: `false` and `true` are taken as YAML, JSON and most command lines take them, since -p
# does turn 3, 0.1 and None into values; `-y` and `-f`, which read YAML, give False for it.
# Seen: only "False" and "True" are read. "false" stays text, and text is true: the branch that was
# turned off runs, without an error, and the notebook shows `shuffle = "false"`. Text that looks like
# a number becomes one: an identifier 12e4567 is infinite, and 007 is 7. `-r` leaves all as text.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check papermill==2.7.0 ipykernel==7.4.0

cat > make.py <<'PYTHON'
import nbformat
from nbformat import v4

cells = [
    v4.new_code_cell("shuffle = True", metadata={"tags": ["parameters"]}),
    v4.new_code_cell("print(repr(shuffle), 'shuffles' if shuffle else 'keeps the order')"),
]
kernel = {"name": "python3", "display_name": "Python", "language": "python"}
nbformat.write(v4.new_notebook(cells=cells, metadata={"kernelspec": kernel}), "page.ipynb")
PYTHON
cat > show.py <<'PYTHON'
import nbformat

print(nbformat.read("run.ipynb", 4).cells[-1].outputs[0].text.strip())
PYTHON
venv/bin/python make.py

ran() {
  venv/bin/papermill page.ipynb run.ipynb "$@" > told.txt 2>&1 || { cat told.txt >&2; exit 1; }
  echo "$* -> $(venv/bin/python show.py)"
}

{
  ran -p shuffle False
  ran -p shuffle false
  ran -y 'shuffle: false'
  ran -p shuffle 12e4567
  ran -p shuffle 007
} > seen.txt
cat > expected.txt <<'END'
-p shuffle False -> False keeps the order
-p shuffle false -> 'false' shuffles
-y shuffle: false -> False keeps the order
-p shuffle 12e4567 -> inf shuffles
-p shuffle 007 -> 7 shuffles
END
echo "papermill 2.7.0:"
cat seen.txt
diff expected.txt seen.txt
