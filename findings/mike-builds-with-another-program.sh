#!/usr/bin/env bash
# mike 2.2.0 with mkdocs-redirects 1.2.3: once that plugin is installed, `mike deploy` builds with
# ProperDocs instead of MkDocs, and a site with the default theme is not deployed any more.
#
# Expected: a package that mkdocs.yml does not name changes nothing, and mike, which requires MkDocs,
# goes on with the `mkdocs` beside it.
# Seen: mkdocs-redirects (as mkdocs-gen-files 0.6.1 and mkdocs-literate-nav 0.6.3) brings ProperDocs
# along, and mike takes that whenever it is installed. `mkdocs build` passes as before; `mike deploy`
# ends with an error about the theme "mkdocs". With a theme that both have, one site's versions come
# from two programs, and only the commit messages say so. mike has no option to choose.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check mkdocs==1.6.1 mike==2.2.0
export PATH=$folder/venv/bin:$PATH DISABLE_MKDOCS_2_WARNING=true

mkdir project project/docs
cd project
printf 'site_name: Example\n' > mkdocs.yml
printf '# Example\n' > docs/index.md
git init --quiet .
git config user.name Example
git config user.email author@example.com
git add . && git commit --quiet --message 'Begin'

deployed() {
  mkdocs build --quiet --site-dir "$folder/site"
  local status=0
  mike deploy "$1" > "$folder/told.txt" 2>&1 || status=$?
  echo "$1: exit $status, $(git log -1 --format=%s gh-pages | grep -o 'with .*')"
}

{
  deployed 1.0
  pip install --quiet --disable-pip-version-check mkdocs-redirects==1.2.3 properdocs==1.6.7
  deployed 2.0
  printf 'theme: {name: material, font: false}\n' >> mkdocs.yml
  pip install --quiet --disable-pip-version-check mkdocs-material==9.8.2
  deployed 3.0
} 2> "$folder/warnings.txt" > "$folder/seen.txt"
cat > "$folder/expected.txt" <<'END'
1.0: exit 0, with MkDocs 1.6.1 and mike 2.2.0
2.0: exit 1, with MkDocs 1.6.1 and mike 2.2.0
3.0: exit 0, with ProperDocs 1.6.7 and mike 2.2.0
END
echo "mike 2.2.0, and the newest commit: 2.0 with mkdocs-redirects installed, 3.0 with a theme:"
cat "$folder/seen.txt"
diff "$folder/expected.txt" "$folder/seen.txt"
