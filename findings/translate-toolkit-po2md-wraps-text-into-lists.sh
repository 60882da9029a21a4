#!/usr/bin/env bash
# translate-toolkit 3.20.4: `po2md` makes a list, a heading or a quotation of the end of a paragraph,
# where its line break comes before a minus, a number with a dot, `#` or `>`.
#
# Expected: a page that is translated has the blocks of the original. If lines are wrapped, a word
# that means something at the beginning of a line is kept from there or gets a backslash.
# Seen: text is broken after 80 characters wherever a blank is. The page below goes through `md2po` and
# `po2md` without any translation, and each of its four paragraphs comes out as two blocks. Wrapping
# is on unless `--maxlinelength 0` is given.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check 'translate-toolkit[markdown]==3.20.4' \
  markdown-it-py==4.3.0

start='The loss falls from one step to the next while the rate of learning is held low'
for end in '- 2 of them' '1. That is' '# 7 of them' '> 3 of them'; do
  printf '%s %s show it.\n\n' "$start" "$end"
done > page.md
cat > blocks.py <<'PYTHON'
import sys

from markdown_it import MarkdownIt

for name in sys.argv[1:]:
    with open(name) as page:
        tokens = MarkdownIt().parse(page.read())
    print(name, *(token.tag for token in tokens if token.level == 0 and token.nesting == 1))
PYTHON
venv/bin/md2po --progress=none page.md page.po
venv/bin/po2md --progress=none --template page.md page.po wrapped.md
venv/bin/po2md --progress=none --maxlinelength 0 --template page.md page.po long.md
echo "translate-toolkit 3.20.4, blocks of the page:"
venv/bin/python blocks.py page.md wrapped.md long.md | tee seen.txt
cat > expected.txt <<'END'
page.md p p p p
wrapped.md p ul p ol p h1 p blockquote
long.md p p p p
END
diff expected.txt seen.txt
