#!/usr/bin/env bash
# jupytext 1.19.6: a comment in a percent script that begins with the name of a shell command is no
# comment any more when the script becomes a notebook.
#
# Expected: comments stay comments, except those that jupytext itself made of magics, which begin
# with % or !. `# cat both halves along dim 0` says what `torch.cat` does in the line below.
# Seen: it loses its `# `, and the cell that ran as a script is a syntax error; so with `cat`, `cp`,
# `mv`, `rm`, `ls`, `cd`, `mkdir`, `echo`, `copy` and others. A comment with a cell of its own is run
# by IPython as the command that it now is: below it moves the file of which it speaks. One word with
# a question mark asks for help. The option `comment_magics: false` leaves comments alone.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check \
  jupytext==1.19.6 nbclient==0.11.0 ipykernel==7.4.0 ipython==9.18.1

cat > lesson.py <<'PYTHON'
# %%
# mv draft.txt final.txt

# %%
# mv nothing else
# shape?
print([1] + [2])
PYTHON
cat > execute.py <<'PYTHON'
import jupytext
import nbclient

book = jupytext.read("lesson.py")
print("cells:", [cell.source for cell in book.cells])
try:
    nbclient.NotebookClient(book, kernel_name="python3").execute()
except nbclient.exceptions.CellExecutionError as error:
    print(error.ename)
PYTHON
touch draft.txt
{
  echo "as a script: $(python3 lesson.py), $(ls ./*.txt)"
  echo "as a notebook:"
  venv/bin/python execute.py 2> errors
  ls ./*.txt
} > seen
cat > expected <<'END'
as a script: [1, 2], ./draft.txt
as a notebook:
cells: ['mv draft.txt final.txt', 'mv nothing else\nshape?\nprint([1] + [2])']
SyntaxError
./final.txt
END
echo "jupytext 1.19.6:"
cat seen
diff expected seen
