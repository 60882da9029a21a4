#!/usr/bin/env bash
# mkdocs-redirects 1.2.3: a redirect whose old address is a page again replaces that page, and strict
# mode passes.
#
# Expected: a redirect from `setup.md` is for a page that is gone. If somebody writes a `setup.md`
# anew, the page wins, or a warning says that both want one address; a target that does not exist
# does warn.
# Seen: the page is rendered, listed in the navigation, the sitemap and the search, links to it are
# found good, and then its file is overwritten by the redirect. Nobody can read it.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check mkdocs==1.6.1 mkdocs-redirects==1.2.3
export DISABLE_MKDOCS_2_WARNING=true

mkdir docs
cat > mkdocs.yml <<'YAML'
site_name: Example
plugins:
  - search
  - redirects:
      redirect_maps: {setup.md: install.md}
YAML
printf '# Example\n\n[set up](setup.md)\n' > docs/index.md
printf '# Install\n' > docs/install.md
printf '# Set up\n\nNobody reads this.\n' > docs/setup.md

status=0
venv/bin/mkdocs build --strict > told.txt 2>&1 || status=$?
{
  echo "exit $status, warnings: $(grep -c '^WARNING' told.txt || true)"
  echo "in the search: $(grep -c 'Nobody reads this' site/search/search_index.json)"
  echo "on its page: $(grep -c 'Nobody reads this' site/setup/index.html || true)"
  grep -o 'rel="canonical" href="[^"]*"' site/setup/index.html
} > seen.txt
cat > expected.txt <<'END'
exit 0, warnings: 0
in the search: 1
on its page: 0
rel="canonical" href="../install/"
END
echo "mkdocs-redirects 1.2.3, build --strict:"
cat seen.txt
diff expected.txt seen.txt
