#!/usr/bin/env bash
# pygls 2.1.1: after a form feed in a document, edits of a client land a line too early.
#
# Expected: a language server that takes incremental changes holds what the editor shows; lines end
# at \n, \r\n and \r, as the protocol says, so a form feed, as old Python files have it between
# their parts, is a character like any other.
# Seen: pygls splits with `str.splitlines`, for which a form feed ends a line, too. The edit of the
# second class changes the first one, and from then on server and editor hold different texts.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check pygls==2.1.1

venv/bin/python - <<'EOF'
from lsprotocol.types import Position, Range, TextDocumentContentChangePartial
from pygls.workspace import TextDocument

document = TextDocument("file:///shapes.py", "import os\n\f\nclass A: ...\nclass B: ...\n")
name = Range(Position(line=3, character=6), Position(line=3, character=7))
document.apply_change(TextDocumentContentChangePartial(range=name, text="C"))
print(f"pygls 2.1.1, B of line 4 renamed to C: {document.source!r}")
assert document.source == "import os\n\f\nclass C: ...\nclass B: ...\n"
EOF
