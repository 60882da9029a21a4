#!/usr/bin/env bash
# Zensical 0.0.73: `build --strict` takes an mkdocs.yml whose hook, plugin, page and picture do not
# exist, and finds no issues.
#
# Expected: as for a dead link between pages, which it does report, strict mode fails for a page
# that `nav` names and nobody wrote, for a picture that is not there, for a plugin that it does not
# have, and for a hook that it will not call.
# Seen: "No issues found", exit 0. A site that moves over loses every check that was a hook or a
# plugin without a word.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check zensical==0.0.73

mkdir docs
cat > mkdocs.yml <<'YAML'
site_name: Example
nav: [index.md, not-written.md]
plugins: [search, not-installed]
hooks: [not-there.py]
YAML
printf '# Example\n\n![a picture](not-there.png)\n' > docs/index.md

status=0
venv/bin/zensical build --strict --clean > told.txt 2>&1 || status=$?
echo "zensical 0.0.73, build --strict: exit $status, says '$(grep -io 'no issues found' told.txt)'"
test "$status" = 0
grep -q 'No issues found' told.txt

printf '# Example\n\n[a page](not-there.md)\n' > docs/index.md
status=0
venv/bin/zensical build --strict --clean > told.txt 2>&1 || status=$?
echo "zensical 0.0.73, with a dead link beside them: exit $status"
test "$status" != 0
