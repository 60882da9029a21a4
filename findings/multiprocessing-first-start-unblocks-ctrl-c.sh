#!/usr/bin/env bash
# CPython 3.11 to 3.13, multiprocessing: the first process that is spawned gets Ctrl-C, although the
# caller has blocked the signal around `start()`.
#
# Expected: the signal mask of a thread is inherited. With SIGINT blocked by `pthread_sigmask`, a
# process that is started has it blocked, and Ctrl-C in a terminal reaches the parent alone.
# Seen: this holds for the second process and all others, not for the first. The first `start()` also
# starts the resource tracker, for which multiprocessing blocks SIGINT and SIGTERM, and afterwards
# unblocks both, instead of restoring the mask: the caller's thread, and the process that is started
# next in it, have them unblocked. `resource_tracker.ensure_running()` before the mask is set helps.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"

cat > start.py <<'PYTHON'
import multiprocessing
import signal
import sys
from multiprocessing import resource_tracker


def tell(name):
    blocked = signal.SIGINT in signal.pthread_sigmask(signal.SIG_BLOCK, ())
    print(f"{name}: SIGINT blocked: {blocked}", flush=True)


if __name__ == "__main__":
    if "early" in sys.argv:
        resource_tracker.ensure_running()
    for name in ("first", "second"):
        signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
        process = multiprocessing.get_context("spawn").Process(target=tell, args=(name,))
        process.start()
        process.join()
PYTHON
python3 --version
python3 start.py | tee told.txt
printf 'first: SIGINT blocked: False\nsecond: SIGINT blocked: True\n' | cmp - told.txt
python3 start.py early | tee told.txt
printf 'first: SIGINT blocked: True\nsecond: SIGINT blocked: True\n' | cmp - told.txt
