#!/usr/bin/env bash
# deepdiff 9.1.0: a change of type is reported in a dict and passed over in a list.
#
# Expected: `DeepDiff` reports a value that changes its type, as `DeepDiff(1, True)` does, since
# `ignore_numeric_type_changes` is off; in a list as in a dict, and with `ignore_order`, which asks
# for less, not more than without.
# Seen: in lists and tuples, 1 and True, or 1 and 1.0, count as equal: labels that became booleans,
# and counts that became floats, give an empty difference. With `ignore_order=True` it is reported.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check deepdiff==9.1.0

cat > compare.py <<'PYTHON'
from deepdiff import DeepDiff

for before, after in [
    (1, True),
    ({"label": 1}, {"label": True}),
    ([{"label": 1}], [{"label": True}]),
    ([1], [True]),
    ({"labels": [1]}, {"labels": [True]}),
    ((1,), (1.0,)),
    (["1"], [1]),
]:
    told = [
        "reported" if DeepDiff(before, after, ignore_order=ignore_order) else "no difference"
        for ignore_order in (False, True)
    ]
    print(f"{before} and {after}: {told[0]}; with ignore_order: {told[1]}")
PYTHON
venv/bin/python compare.py > seen.txt
cat > expected.txt <<'END'
1 and True: reported; with ignore_order: reported
{'label': 1} and {'label': True}: reported; with ignore_order: reported
[{'label': 1}] and [{'label': True}]: reported; with ignore_order: reported
[1] and [True]: no difference; with ignore_order: reported
{'labels': [1]} and {'labels': [True]}: no difference; with ignore_order: reported
(1,) and (1.0,): no difference; with ignore_order: reported
['1'] and [1]: reported; with ignore_order: reported
END
echo "deepdiff 9.1.0:"
cat seen.txt
diff expected.txt seen.txt
