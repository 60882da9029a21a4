#!/usr/bin/env bash
# watchfiles 1.3.0: after its folder was removed and made again, a watch stays alive and hears
# nothing any more.
#
# Expected: `watch(folder)` raises or ends when the folder goes, or goes on with the new one of that
# name, as `git checkout` between two branches leaves it.
# Seen (Linux, inotify): one event tells of the deletion; every file saved in the new folder
# afterwards goes unnoticed, and no error is raised.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check watchfiles==1.3.0

cat > look.py <<'PYTHON'
import shutil
import threading
import time
from pathlib import Path

from watchfiles import watch

docs = Path("docs")
docs.mkdir()


def check_out() -> None:
    time.sleep(1)
    (docs / "before.md").write_text("seen")
    time.sleep(1)
    shutil.rmtree(docs)
    docs.mkdir()
    for number in range(5):
        time.sleep(0.5)
        (docs / f"after-{number}.md").write_text("not seen")


threading.Thread(target=check_out, daemon=True).start()
for changes in watch(docs, rust_timeout=5_000, yield_on_timeout=True):
    if not changes:  # five seconds without an event
        break
    for change, path in sorted(changes):
        print(change.name, Path(path).name, flush=True)
PYTHON
venv/bin/python look.py > seen.txt
echo "watchfiles 1.3.0 saw:"
cat seen.txt
grep -q 'added before.md' seen.txt
grep -q 'deleted docs' seen.txt
if grep -q after- seen.txt; then exit 1; fi
