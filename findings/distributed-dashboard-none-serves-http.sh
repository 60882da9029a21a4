#!/usr/bin/env bash
# distributed 2026.8.0: `LocalCluster(dashboard_address=None)` still serves HTTP, on port 8787.
#
# Expected: without an address there is no dashboard, as the documentation says, so that nothing
# listens for browsers, and several clusters side by side need no ports of their own.
# Seen: None means the default address. Without Bokeh there is no dashboard, but the scheduler serves
# pages on its workers and tasks at port 8787, `dashboard_link` names the address, and a second
# cluster prints a warning that the port is in use. "127.0.0.1:0" avoids both the warning and the
# known port.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check distributed==2026.8.0

cat > two.py <<'PYTHON'
from urllib.request import urlopen

from distributed import LocalCluster

if __name__ == "__main__":
    options = {"n_workers": 1, "dashboard_address": None, "processes": False}
    with LocalCluster(**options) as one, LocalCluster(**options) as two:
        for cluster in (one, two):
            address = cluster.dashboard_link.removesuffix("status")
            page = urlopen(f"{address}info/main/workers.html").read().decode()
            (worker,) = cluster.scheduler.workers
            print(f"port {address.split(':')[2]} shows its worker: {worker in page}")
PYTHON
venv/bin/python two.py > served.txt 2> warnings.txt
cat served.txt
grep -c 'worker: True' served.txt | grep -qx 2
grep 'Port 8787 is already in use' warnings.txt
