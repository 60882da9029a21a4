#!/usr/bin/env bash
# mkdocs-jupyter 0.26.3: `execute: true` runs a notebook once. What it reads may change, and a run
# that failed may have found its cause mended: the page stays as it was, with `--clean` as well.
#
# Expected: "execute" executes at each build, or a cache leaves out runs that raised and is empty
# after `--clean`.
# Seen: a cache is on by default, in `.cache` beside mkdocs.yml, which `--clean` leaves alone. Its
# key is the notebook and the settings, not the data or modules that it uses, and a traceback is kept
# like any output. In CI that restores `.cache`, one failed run is published until the notebook is
# edited.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check \
  mkdocs==1.6.1 mkdocs-jupyter==0.26.3 ipykernel==7.4.0

mkdir docs
cat > mkdocs.yml <<'YAML'
site_name: Example
plugins:
  - mkdocs-jupyter:
      execute: true
YAML
printf '# Example\n' > docs/index.md
cat > docs/page.py <<'PYTHON'
# %%
import os

print("it says", open(os.environ["NOTES"]).read())
PYTHON
export NOTES=$folder/notes.txt

build() {
  venv/bin/mkdocs build --strict "$@" > told.txt 2>&1 || { cat told.txt >&2; exit 1; }
  grep -o 'it says [a-z]*\|FileNotFoundError' site/page/index.html | head -n 1
}

{
  echo "no file:          $(build)"
  echo first > notes.txt
  echo "file written:     $(build)"
  echo "the same, clean:  $(build --clean)"
  rm -r .cache
  echo "cache removed:    $(build)"
  echo second > notes.txt
  echo "file changed:     $(build --clean)"
} > seen.txt
cat > expected.txt <<'END'
no file:          FileNotFoundError
file written:     FileNotFoundError
the same, clean:  FileNotFoundError
cache removed:    it says first
file changed:     it says first
END
echo "mkdocs-jupyter 0.26.3, builds one after the other:"
cat seen.txt
diff expected.txt seen.txt
