#!/usr/bin/env bash
# mkdocs-llmstxt 0.5.1: the Markdown that it writes of each page has lost the labels of tabs and the
# languages of code.
#
# Expected: a plugin that publishes pages as Markdown for programs to read keeps what the source has:
# which of two blocks is code and which is its output, "pip" or "conda", and ```python.
# Seen: the tabs stand one below the other, without labels, so nothing tells code from output, or one
# way from another; all fences are bare. The plugin starts from the HTML, where the labels stand in a
# form that is taken away, and looks for the language in another place than SuperFences writes it.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check \
  mkdocs==1.6.1 mkdocs-material==9.8.2 mkdocs-llmstxt==0.5.1

mkdir docs
cat > mkdocs.yml <<'YAML'
site_name: Example
site_url: https://example.com/
theme: {name: material, font: false}
markdown_extensions:
  - pymdownx.superfences
  - pymdownx.tabbed: {alternate_style: true}
plugins:
  - llmstxt:
      sections: {Pages: [index.md]}
YAML
cat > docs/index.md <<'MARKDOWN'
# Example

=== "Code"

    ```python
    print(1 + 1)
    ```

=== "Output"

    ```text
    2
    ```
MARKDOWN
NO_MKDOCS_2_WARNING=1 venv/bin/mkdocs build --strict > told.txt 2>&1 || { cat told.txt >&2; exit 1; }
grep -o "<label[^>]*>[A-Z][a-z]*" site/index.html | sed "s/.*>/label on the page: /"
cat > expected.txt <<'END'
# Example

```
print(1 + 1)
```

```
2
```
END
echo "mkdocs-llmstxt 0.5.1 publishes index.md:"
cat site/index.md
diff --ignore-blank-lines expected.txt site/index.md
