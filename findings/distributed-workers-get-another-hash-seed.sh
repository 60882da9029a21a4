#!/usr/bin/env bash
# distributed 2026.8.0: workers do not get the PYTHONHASHSEED that is set for the whole command.
#
# Expected: a variable that is exported reaches the processes that a command starts. With
# PYTHONHASHSEED=42, `hash("text")` and the order of a set are the same in the client and in tasks.
# Seen: the nanny puts 6640 in its place, in the environment of the worker and in that of the process
# that calls `LocalCluster`, where it stays. So the order of a set is one in the client and another
# one in a task, each of them every time; `os.environ` of the client names a seed that it does not
# have, and whatever it starts from then on gets 6640, too.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check distributed==2026.8.0

cat > seeds.py <<'PYTHON'
import os
import subprocess
import sys

from distributed import Client, LocalCluster


def seed():
    return f"seed {os.environ['PYTHONHASHSEED']}, {'-'.join({'batch', 'epoch', 'loss', 'step'})}"


if __name__ == "__main__":
    print("client before:", seed())
    with LocalCluster(n_workers=1, dashboard_address="127.0.0.1:0") as cluster:
        with Client(cluster) as client:
            print("task:", client.submit(seed).result())
    print("client after:", seed())
    command = "import os; print('its child: seed', os.environ['PYTHONHASHSEED'])"
    subprocess.run([sys.executable, "-c", command], check=True)
PYTHON
PYTHONHASHSEED=42 venv/bin/python -u seeds.py | tee told.txt
grep -q '^client before: seed 42,' told.txt
grep -q '^task: seed 6640,' told.txt
grep -q '^client after: seed 6640,' told.txt
grep -q '^its child: seed 6640' told.txt
test "$(sed -n 's/^client.*, //p' told.txt | uniq | wc -l)" = 1
test "$(sed -n 's/^[ct].*, //p' told.txt | sort -u | wc -l)" = 2
