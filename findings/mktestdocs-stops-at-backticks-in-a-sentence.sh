#!/usr/bin/env bash
# mktestdocs 0.2.5: one line of text with three backticks in it, and no code after it is run any more;
# the check passes.
#
# Expected: a fence opens at the beginning of a line. Three backticks within a sentence, an inline
# ```code``` or a string of the code itself are no fences.
# Seen: each line that holds them anywhere opens or closes a block. From there on, text is taken for
# code and code for text, which has no language "python", so that nothing is left to run. A second
# such line turns the page right again: whether code is run depends on how many there are.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check mktestdocs==0.2.5

cat > check.py <<'PYTHON'
from pathlib import Path

from mktestdocs import check_md_file

CODE = "\n```python\nraise RuntimeError('this code was run')\n```\n"
PAGES = {
    "plain": "Call it from a shell.\n",
    "inline": "Call ```make``` from a shell.\n",
    "sentence": "Begin the code with ``` and end it so.\n",
    "string": "```python\nfence = '```'\n```\n",
    "twice": "Call ```make``` from a shell.\n\nOr ```ninja```.\n",
}
for name, text in PAGES.items():
    Path("page.md").write_text(text + CODE)
    try:
        check_md_file("page.md")
        print(name, "passes")
    except RuntimeError as error:
        print(name, "fails:", error)
PYTHON
echo "mktestdocs 0.2.5:"
venv/bin/python check.py | grep 'passes\|fails' | tee seen.txt
cat > expected.txt <<'END'
plain fails: this code was run
inline passes
sentence passes
string passes
twice fails: this code was run
END
diff expected.txt seen.txt
