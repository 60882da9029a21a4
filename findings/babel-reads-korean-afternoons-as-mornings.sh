#!/usr/bin/env bash
# Babel 2.19.0: `parse_time` takes a Korean afternoon for a morning: 오후 3:30 is read as 3:30.
#
# Expected: what `format_time` writes in a language, `parse_time` reads in that language, as it does
# in English; a mark of the half of the day that it doesn't know is an error.
# Seen: only the letters "pm" add twelve hours. "오후 3:30", which Babel itself writes for 15:30, is
# 03:30, without an error, so a form or a table with times in Korean is twelve hours off after noon.
# 오전 12:10 is read as 12:10. Languages that count to 24, such as Japanese and German, are right.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check babel==2.19.0

cat > times.py <<'PYTHON'
from datetime import time

from babel.dates import format_time, parse_time

for locale in ("ko", "en", "ja"):
    for moment in (time(0, 10), time(9, 30), time(15, 30)):
        written = format_time(moment, "short", locale=locale)
        read = parse_time(written, locale=locale)
        print(locale, f"{moment:%H:%M}", written.replace("\u202f", " "), f"{read:%H:%M}", sep=" | ")
PYTHON
PYTHONUTF8=1 venv/bin/python times.py > seen.txt
cat > expected.txt <<'END'
ko | 00:10 | 오전 12:10 | 12:10
ko | 09:30 | 오전 9:30 | 09:30
ko | 15:30 | 오후 3:30 | 03:30
en | 00:10 | 12:10 AM | 00:10
en | 09:30 | 9:30 AM | 09:30
en | 15:30 | 3:30 PM | 15:30
ja | 00:10 | 0:10 | 00:10
ja | 09:30 | 9:30 | 09:30
ja | 15:30 | 15:30 | 15:30
END
echo "babel 2.19.0: language, time, as format_time writes it, as parse_time reads that:"
cat seen.txt
diff expected.txt seen.txt
