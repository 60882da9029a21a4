#!/usr/bin/env bash
# Zensical 0.0.73: a page whose own text is as before is not rendered again, whatever its
# Markdown extensions read.
#
# Expected: a second build shows what the file that an extension reads says now, as it does in
# MkDocs, which renders every page at each build.
# Seen: the page comes from the cache and the extension is not called; only `--clean` renders it.
# A check that lives in an extension alone is therefore passed by all but the first build.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check zensical==0.0.73

mkdir docs
printf 'site_name: Example\nmarkdown_extensions: [stamped]\n' > mkdocs.yml
printf '# Example\n\nSTAMP\n' > docs/index.md
cat > stamped.py <<'PYTHON'
from pathlib import Path

from markdown.extensions import Extension
from markdown.preprocessors import Preprocessor


class Stamp(Preprocessor):
    def run(self, lines):
        stamp = Path("stamp.txt").read_text().strip()
        return [line.replace("STAMP", stamp) for line in lines]


class Stamped(Extension):
    def extendMarkdown(self, md):
        md.preprocessors.register(Stamp(md), "stamped", 100)


def makeExtension(**options):
    return Stamped(**options)
PYTHON
export PYTHONPATH=$folder

shown() { grep -o '<p>[a-z]*</p>' site/index.html | head -n 1; }

echo first > stamp.txt
venv/bin/zensical build --strict > /dev/null 2>&1
test "$(shown)" = '<p>first</p>'
echo second > stamp.txt
venv/bin/zensical build --strict > /dev/null 2>&1
echo "zensical 0.0.73, built again after stamp.txt changed to 'second': $(shown)"
test "$(shown)" = '<p>first</p>'
venv/bin/zensical build --strict --clean > /dev/null 2>&1
echo "zensical 0.0.73, built again with --clean: $(shown)"
test "$(shown)" = '<p>second</p>'
