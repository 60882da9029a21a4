#!/usr/bin/env bash
# Python-Markdown 3.11.3: with `toc`, every postprocessor runs once for each heading, and twice more.
#
# Expected: a postprocessor is called once, with the HTML of the whole document; so it may count,
# number, fill in a note or write a file.
# Seen: `toc` renders the text of each heading for the table of contents, and calls all registered
# postprocessors on it, then on the table of contents, even if the page shows none. A document of
# three headings calls each five times, the last time with the whole. A number that grows by each
# call is wrong, and what is done at the first call is done for the text of a heading.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check markdown==3.11.3

cat > calls.py <<'PYTHON'
import markdown
from markdown.extensions import Extension
from markdown.postprocessors import Postprocessor


class Told(Postprocessor):
    def run(self, text):
        print(" ", repr(text.split("\n")[0][:24]))
        return text


class ToldExtension(Extension):
    def extendMarkdown(self, md):
        md.postprocessors.register(Told(md), "told", -10)


SOURCE = "# One\n\ntext\n\n## Two\n\ntext\n\n## Three\n\ntext\n"
for names in ([], ["toc"]):
    print("with toc:" if names else "without toc:")
    markdown.markdown(SOURCE, extensions=[*names, ToldExtension()])
PYTHON
venv/bin/python calls.py > seen.txt
cat > expected.txt <<'END'
without toc:
  '<h1>One</h1>'
with toc:
  'One'
  'Two'
  'Three'
  '<div class="toc">'
  '<h1 id="one">One</h1>'
END
echo "markdown 3.11.3, what a postprocessor is called with:"
cat seen.txt
diff expected.txt seen.txt
