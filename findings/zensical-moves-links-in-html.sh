#!/usr/bin/env bash
# Zensical 0.0.73: a relative link in raw HTML, or made by a Markdown extension, gets another `../`.
#
# Expected: as in MkDocs 1.6.1: links in raw HTML are left alone, so authors write them as browsers
# will follow them, from `page/` and not from `page.md`; and so do extensions that add HTML last.
# Seen: Zensical takes each `href` and `src` in the finished HTML for one from the source file, and
# adds the level of the page's own folder. Links that were right in MkDocs lead beside the site, and
# `--strict` finds no issues. On an index page nothing is added, so a home page that was looked at
# does not show it.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check \
  zensical==0.0.73 mkdocs==1.6.1 mkdocs-material==9.8.1

mkdir docs
cat > mkdocs.yml <<'YAML'
site_name: Example
theme: {name: material, font: false}
markdown_extensions: [added]
YAML
cat > added.py <<'PYTHON'
from markdown import Extension
from markdown.postprocessors import Postprocessor


class Added(Postprocessor):
    def run(self, text):
        return text + '<a class="seen" href="../">by an extension</a>'


class AddedExtension(Extension):
    def extendMarkdown(self, md):
        md.postprocessors.register(Added(md), "added", -10)


def makeExtension(**options):
    return AddedExtension(**options)
PYTHON
cat > docs/page.md <<'MARKDOWN'
# Page

<p><a class="seen" href="../">in raw HTML</a></p>

[in Markdown](index.md){ .seen }

<p><img class="seen" src="../picture.svg" alt=""></p>
MARKDOWN
cp docs/page.md docs/index.md
printf '<svg xmlns="http://www.w3.org/2000/svg"/>' > docs/picture.svg
export PYTHONPATH=$folder

links() {
  grep -oE '(href|src)="[^"]*(picture\.svg)?"( alt="")?>(in raw HTML|by an extension)?' "site/$1" |
    grep -E 'raw HTML|extension|picture' | sort
}

{
  NO_MKDOCS_2_WARNING=1 DISABLE_MKDOCS_2_WARNING=true venv/bin/mkdocs build --quiet
  echo "MkDocs, page/:"
  links page/index.html
  venv/bin/zensical build --strict --clean > told.txt 2>&1
  echo "Zensical, page/:"
  links page/index.html
  echo "Zensical, home page:"
  links index.html
} > seen.txt
cat > expected.txt <<'END'
MkDocs, page/:
href="../">by an extension
href="../">in raw HTML
src="../picture.svg" alt="">
Zensical, page/:
href="../../">by an extension
href="../../">in raw HTML
src="../../picture.svg" alt="">
Zensical, home page:
href="../">by an extension
href="../">in raw HTML
src="../picture.svg" alt="">
END
echo "zensical 0.0.73, links as they are published:"
cat seen.txt
diff expected.txt seen.txt
