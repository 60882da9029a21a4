#!/usr/bin/env bash
# Babel 2.19.0: `pybabel extract` finds other messages in the same file with Python 3.11 than with 3.12
# or later, without a word: translations get lost when the machine that extracts gets a new Python.
#
# Expected: messages depend on the source. The file below is valid for each version and means the same;
# a message that cannot be extracted is warned about, as one with a name in braces is.
# Seen: a call of gettext within the braces of an f-string is extracted from 3.12 on only, where the
# tokenizer shows what is inside. An f-string with doubled braces and no name is extracted up to
# 3.11 only. `pybabel update` then takes the translation of such a message for obsolete.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"

cat > source.py <<'PYTHON'
print(_("plain"))
print(f"{_('inside')}")
print(_(f"a set: {{1, 2}}"))
PYTHON
cat > expected-old.txt <<'END'
msgid "plain"
msgid "a set: {1, 2}"
END
cat > expected-new.txt <<'END'
msgid "plain"
msgid "inside"
END

ran=0
for python in python3 python3.11 python3.12 python3.13 python3.14; do
  "$python" -c 'import venv' 2> /dev/null || continue
  rm -rf venv
  "$python" -m venv venv
  venv/bin/pip install --quiet --disable-pip-version-check Babel==2.19.0
  age=$(venv/bin/python -c 'import sys; print("new" if sys.version_info >= (3, 12) else "old")')
  venv/bin/pybabel --quiet extract --no-location -o "$age.pot" source.py 2> told.txt
  echo "$(venv/bin/python --version), Babel 2.19.0, $(wc -l < told.txt) warnings:"
  grep '^msgid "[^"]' "$age.pot" | tee seen.txt
  diff "expected-$age.txt" seen.txt
  test ! -s told.txt
  ran=$((ran + 1))
done
test "$ran" -gt 0
