#!/usr/bin/env bash
# mdpo 2.1.4: `po2md` with no translation at all gives a page that shows something else: steps have
# other numbers, a cell of a table is cut off, and two lines have become one.
#
# Expected: messages that nobody has translated are put back as they were; blanks and markers may
# change, as a formatter changes them, but not what a reader sees.
# Seen: a list that goes on with 3 begins at 1; a `|` in a cell loses its backslash, so that the row has
# three cells and the last one is gone; a hard line break is a blank. The messages that translators
# get show none of the three. All of the page is CommonMark, or a table as GitHub has it.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check mdpo==2.1.4 markdown-it-py==4.3.0

cat > page.md <<'MARKDOWN'
3. third step
4. fourth step

| union | means |
| --- | --- |
| int \| str | either |

first line\
second line
MARKDOWN
cat > show.py <<'PYTHON'
import re
import sys

from markdown_it import MarkdownIt

for name in sys.argv[1:]:
    with open(name) as page:
        html = MarkdownIt("commonmark").enable("table").render(page.read())
    print(f"{name}:", *re.findall(r"<ol[^>]*>|<td>[^<]*</td>|<br />", html))
PYTHON
venv/bin/md2po --quiet --save --po-filepath page.po page.md
venv/bin/po2md --quiet --po-files page.po --save again.md page.md
echo "mdpo 2.1.4:"
venv/bin/python show.py page.md again.md | tee seen.txt
cat > expected.txt <<'END'
page.md: <ol start="3"> <td>int | str</td> <td>either</td> <br />
again.md: <ol> <td>int</td> <td>str</td>
END
diff expected.txt seen.txt
