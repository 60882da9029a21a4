#!/usr/bin/env bash
# pytest-timeout 2.4.0 with Hypothesis 6.170.15: a property that takes too long goes on after its limit.
#
# Expected: where a test has passed its limit, the alarm ends it, and the report names the limit.
# Seen: the alarm raises in the function of the property. Hypothesis takes that for an example that
# fails, and tries it again and again, to make it smaller and to explain it. There is one alarm a
# test, so none of these tries is ended: a test with a limit of 1 s, whose function sleeps for 3 s,
# takes more than 10 s, and is reported as a failure that could not be reproduced. A function that
# never ends goes on for ever. With `timeout_method = thread`, the process ends at the limit.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check \
  pytest==9.2.0 pytest-timeout==2.4.0 hypothesis==6.170.15

cat > test_slow.py << 'PYTHON'
import time

from hypothesis import given, settings
from hypothesis import strategies as st


@settings(deadline=None, database=None, derandomize=True, max_examples=2)
@given(st.integers())
def test_slow(number):
    time.sleep(3)
PYTHON

tested() {
  local start=$SECONDS
  venv/bin/python -m pytest -q -p no:cacheprovider --timeout 1 --timeout-method "$1" > told.txt 2>&1 || true
  echo $((SECONDS - start))
}

by_signal=$(tested signal)
told=$(grep -c 'Failed to reproduce exception' told.txt || true)
by_thread=$(tested thread)
echo "a limit of 1 s, by signal: $by_signal s, could not be reproduced: $told; by thread: $by_thread s"
test "$by_signal" -gt 8
test "$told" = 1
test "$by_thread" -lt "$by_signal"
