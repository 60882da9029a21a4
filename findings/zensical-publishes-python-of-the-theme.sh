#!/usr/bin/env bash
# Zensical 0.0.73: what lies in `custom_dir` beside the templates goes onto the site: the Python of
# hooks, its bytecode, a README.
#
# Expected: as in MkDocs 1.6.1, which it reads the configuration of: Python and READMEs of a theme
# stay where they are. (Other files, such as TOML, are published by both.)
# Seen: `zensical build --strict` finds no issues, and the source of the hooks can be read on the
# site, with `__pycache__`. A folder for hooks that is not below `custom_dir` avoids it.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check \
  zensical==0.0.73 mkdocs==1.6.1 mkdocs-material==9.8.1

mkdir -p docs theme/__pycache__
cat > mkdocs.yml <<'YAML'
site_name: Example
theme: {name: material, custom_dir: theme, font: false}
hooks: [theme/hook.py]
YAML
printf '# Example\n' > docs/index.md
printf 'def on_post_build(config):\n    pass\n' > theme/hook.py
printf 'bytes' > theme/__pycache__/hook.cpython-311.pyc
printf '# About the theme\n' > theme/README.md
printf '{%% extends "base.html" %%}\n' > theme/main.html

published() {
  (cd site && find . -type f ! -path './assets/*' \( -name '*.py*' -o -name '*.md' -o -name main.html \) | sort)
}

{
  NO_MKDOCS_2_WARNING=1 DISABLE_MKDOCS_2_WARNING=true venv/bin/mkdocs build --quiet --clean
  echo "MkDocs:"
  published
  venv/bin/zensical build --strict --clean > told.txt 2>&1
  echo "Zensical:"
  published
} > seen.txt
cat > expected.txt <<'END'
MkDocs:
Zensical:
./README.md
./__pycache__/hook.cpython-311.pyc
./hook.py
END
echo "zensical 0.0.73, files of custom_dir on the site:"
cat seen.txt
diff expected.txt seen.txt
