#!/usr/bin/env bash
# MkDocs 1.6.1: `--quiet` turns `--strict` off.
#
# Expected: `mkdocs build --strict --quiet` prints less and fails as `--strict` alone does.
# Seen: it publishes the site and exits with 0. Strict mode counts warnings in a handler of the
# logger, and `--quiet` raises the level of that very logger to ERROR, so there is none to count.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check mkdocs==1.6.1

mkdir docs
printf 'site_name: Example\n' > mkdocs.yml
printf '# Example\n\n[nowhere](nowhere.md)\n' > docs/index.md

status=0
venv/bin/mkdocs build --strict 2> strict.txt || status=$?
echo "mkdocs 1.6.1, build --strict: exit $status"
grep -i 'nowhere.md\|aborted' strict.txt
test "$status" = 1

status=0
venv/bin/mkdocs build --strict --quiet 2> quiet.txt || status=$?
echo "mkdocs 1.6.1, build --strict --quiet: exit $status, $(wc -c < quiet.txt) bytes on stderr"
test "$status" = 0
test ! -s quiet.txt
test -f site/index.html
