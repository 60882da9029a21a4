#!/usr/bin/env bash
# deepdiff 9.1.0: with `ignore_order=True`, two exceptions of one class are equal, whatever they say.
#
# Expected: the option makes the order of a list indifferent and nothing else, so what differs as an
# item of a list without it differs with it.
# Seen: a message that changed, a value in a read-only view of a dict, and an argument of a partial
# function have no difference once they are items of lists. Items are compared by a hash there, and
# the hash leaves out what these objects hold outside of their attributes.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check deepdiff==9.1.0

cat > compare.py <<'PYTHON'
import functools
from types import MappingProxyType

from deepdiff import DeepDiff

for name, before, after in [
    ("exceptions", ValueError("no file"), ValueError("no column")),
    ("views of dicts", MappingProxyType({"rate": 1}), MappingProxyType({"rate": 2})),
    ("partial functions", functools.partial(pow, 2), functools.partial(pow, 3)),
    ("dicts", {"rate": 1}, {"rate": 2}),
]:
    told = [
        "reported" if DeepDiff(*pair, ignore_order=ignore_order) else "no difference"
        for pair, ignore_order in [
            ((before, after), True),
            (([before], [after]), False),
            (([before], [after]), True),
        ]
    ]
    print(f"{name}: {told[0]}; in lists: {told[1]}; in lists, ignore_order: {told[2]}")
PYTHON
venv/bin/python compare.py > seen.txt
cat > expected.txt <<'END'
exceptions: reported; in lists: reported; in lists, ignore_order: no difference
views of dicts: reported; in lists: reported; in lists, ignore_order: no difference
partial functions: reported; in lists: reported; in lists, ignore_order: no difference
dicts: reported; in lists: reported; in lists, ignore_order: reported
END
echo "deepdiff 9.1.0:"
cat seen.txt
diff expected.txt seen.txt
