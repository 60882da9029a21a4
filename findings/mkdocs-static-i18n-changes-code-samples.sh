#!/usr/bin/env bash
# mkdocs-static-i18n 1.3.1: `admonition_translations` also translates within code: a sample that
# shows how to write a note is published with other text than its source has.
#
# Expected: the titles that readers see are translated, as the extension that renders them knows
# which lines are admonitions; code is code.
# Seen: each line of the Markdown that looks like an admonition without a title gets one, within
# fences and indented code, too. The sample of the other language says what nobody wrote, readers copy
# it, and strict mode passes. The pages of the language without translations show it as it is.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check mkdocs==1.6.1 mkdocs-static-i18n==1.3.1

mkdir docs
cat > mkdocs.yml <<'YAML'
site_name: Example
markdown_extensions: [admonition, fenced_code]
plugins:
  - i18n:
      docs_structure: suffix
      languages:
        - {locale: en, default: true, name: English}
        - {locale: ko, name: 한국어, admonition_translations: {note: 노트}}
YAML
cat > docs/index.md <<'MARKDOWN'
# Example

!!! note
    seen

```text
!!! note
    how to write one
```
MARKDOWN
cp docs/index.md docs/index.ko.md

PYTHONUTF8=1 venv/bin/mkdocs build --strict > told.txt 2>&1 || { cat told.txt >&2; exit 1; }
shown() {
  grep -o 'admonition-title">[^<]*\|>!!! note.*' "site/$1" | sed 's/.*>//'
}
{ shown index.html; shown ko/index.html; } > seen.txt
cat > expected.txt <<'END'
Note
!!! note
노트
!!! note &quot;노트&quot;
END
echo "mkdocs-static-i18n 1.3.1, title and sample of one text in English, then in Korean:"
cat seen.txt
diff expected.txt seen.txt
