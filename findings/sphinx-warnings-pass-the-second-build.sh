#!/usr/bin/env bash
# Sphinx 9.0.4: a build with `-W` that failed for a warning passes when it is repeated.
#
# Expected: `-W` turns warnings into errors, so a site with a broken reference in it fails each time.
# Seen: the first build writes the page and its cache before it ends with status 1. The second one
# takes the page from there, does not look at its references again, and ends with status 0. In a
# workflow that keeps `doctrees` between runs, a second attempt is green. An extension that warns
# while a page is read or resolved shares this; one that warns at `env-updated` does not.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check sphinx==9.0.4

mkdir docs
echo 'project = "example"' > docs/conf.py
printf 'Example\n=======\n\n:doc:`missing`\n' > docs/index.rst

built() {
  local status=0
  venv/bin/sphinx-build -q -W "$@" docs site > told.txt 2>&1 || status=$?
  echo "$status, $(grep -c 'unknown document' told.txt || true) warnings"
}

first=$(built)
second=$(built)
again=$(built --fresh-env)
echo "sphinx 9.0.4, -W: $first; again: $second; with --fresh-env: $again"
test "$first" = '1, 1 warnings'
test "$second" = '0, 0 warnings'
test "$again" = '1, 1 warnings'
