#!/usr/bin/env bash
# Zensical 0.0.73: a tuple that a Markdown extension puts into the metadata of a page ends the build.
#
# Expected: metadata takes what templates can show; a tuple is one more sequence there, as under
# MkDocs and Jinja, where a hook may set one. At worst, the error names the page or the key.
# Seen: lists, dicts, texts, numbers and dates pass; a tuple, also within a list, does not, nor does
# a set or a path: "failed to extract field RenderedMarkdown.meta", below a traceback of the command
# line, without page, key or type. Extensions have to make lists of tuples first.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check zensical==0.0.73

mkdir docs
printf 'site_name: Example\nmarkdown_extensions: [noted]\n' > mkdocs.yml
printf '# Example\n' > docs/index.md
cat > noted.py <<'PYTHON'
import os
from datetime import date
from pathlib import Path

from markdown.extensions import Extension
from markdown.preprocessors import Preprocessor

VALUES = {
    "list": ["2.15", 3, 0.5, True, None],
    "dict": {"torch": ["2.15"]},
    "date": date(2026, 11, 30),
    "tuple": ("2.15", 3),
    "list of tuples": [("torch", "2.15")],
    "set": {"2.15"},
    "path": Path("page.md"),
}


class Note(Preprocessor):
    def run(self, lines):
        page = self.md.preprocessors["rendering_context"].page
        page.meta["versions"] = VALUES[os.environ["VALUE"]]
        return lines


class Noted(Extension):
    def extendMarkdown(self, md):
        md.preprocessors.register(Note(md), "noted", 10)


def makeExtension(**options):
    return Noted(**options)
PYTHON
export PYTHONPATH=$folder

for value in list dict date tuple 'list of tuples' set path; do
  status=0
  VALUE=$value venv/bin/zensical build --clean > told.txt 2>&1 || status=$?
  error=$(grep -o 'TypeError: .*' told.txt || true)
  echo "$value: exit $status${error:+, $error}, index.md named: $(grep -c index.md told.txt || true)"
done > seen.txt
cat > expected.txt <<'END'
list: exit 0, index.md named: 0
dict: exit 0, index.md named: 0
date: exit 0, index.md named: 0
tuple: exit 1, TypeError: failed to extract field RenderedMarkdown.meta, index.md named: 0
list of tuples: exit 1, TypeError: failed to extract field RenderedMarkdown.meta, index.md named: 0
set: exit 1, TypeError: failed to extract field RenderedMarkdown.meta, index.md named: 0
path: exit 1, TypeError: failed to extract field RenderedMarkdown.meta, index.md named: 0
END
echo "zensical 0.0.73, build:"
cat seen.txt
diff expected.txt seen.txt
