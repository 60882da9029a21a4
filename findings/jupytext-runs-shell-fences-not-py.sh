#!/usr/bin/env bash
# jupytext 1.19.6: on a Markdown page that is executed as a Python notebook, a `bash` fence runs and
# a `py` fence does not.
#
# Expected: as the page's language is Python, all of its Python fences run, `py` being what renderers
# take as Python, and fences in other languages stay text.
# Seen: `bash`, `sh`, `perl`, `html` and `javascript` become cells with that magic, so that the steps
# of an installation are carried out on the machine that builds the page; `py` remains text, and code
# that needs its variables fails. Pages that were not written for jupytext need both looked through.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check \
  jupytext==1.19.6 nbconvert==7.17.2 ipykernel==7.4.0
venv/bin/python -m ipykernel install --sys-prefix --name python3 > installed.txt 2>&1

cat > page.md <<'MARKDOWN'
```bash
echo installing | tee from-bash.txt
```

```py
x = 1
```

```python
print("hello")
```
MARKDOWN
venv/bin/jupytext --to ipynb --execute page.md > told.txt 2>&1 || { cat told.txt >&2; exit 1; }
cat > show.py <<'PYTHON'
import nbformat

for cell in nbformat.read("page.ipynb", 4).cells:
    told = [repr(output.text) for output in cell.get("outputs", [])]
    print(cell.cell_type, repr(cell.source), *told)
PYTHON
venv/bin/python show.py > seen.txt
cat > expected.txt <<'END'
code '%%bash\necho installing | tee from-bash.txt' 'installing\n'
markdown '```py\nx = 1\n```'
code 'print("hello")' 'hello\n'
END
echo "jupytext 1.19.6:"
cat seen.txt
diff expected.txt seen.txt
test -f from-bash.txt
