#!/usr/bin/env bash
# xdoctest 1.3.2: with its default settings a doctest passes if a value has another type than the
# one it shows: bytes for text, text for a number, a number for text.
#
# Expected: whitespace and prompts are matched more loosely than by the standard library, but a repr
# with other quotes or another prefix is another value, and fails.
# Seen: all four pass. Both sides lose `b` and `u` before a quote, also inside of a container, and
# the quotes around the whole, before they are compared. A function that starts to return bytes or
# text keeps its documentation green.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check xdoctest==1.3.2

cat > example.py <<'PYTHON'
def bytes_for_text():
    """
    >>> b'tensor'
    'tensor'
    """


def bytes_inside():
    """
    >>> {'name': b'tensor'}
    {'name': 'tensor'}
    """


def text_for_number():
    """
    >>> '1'
    1
    """


def number_for_text():
    """
    >>> 1
    '1'
    """


def other_number():
    """
    >>> 1
    2
    """
PYTHON
venv/bin/xdoctest example.py > told.txt 2>&1 || true
echo "xdoctest 1.3.2:"
grep -o '\(SUCCESS\|FAILURE\): .*' told.txt | sort -u | tee seen.txt
cat > expected.txt <<'END'
FAILURE: example.py::other_number:0
SUCCESS: example.py::bytes_for_text:0
SUCCESS: example.py::bytes_inside:0
SUCCESS: example.py::number_for_text:0
SUCCESS: example.py::text_for_number:0
END
diff expected.txt seen.txt
failed=0
python3 -m doctest example.py > told.txt || failed=$(grep -c '^File' told.txt)
echo "the standard library's doctest: $failed of 5 fail"
test "$failed" = 5
