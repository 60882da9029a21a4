"""``codeout status --json``: each page as an object."""

from __future__ import annotations

import json

from codeout.cli.machine.status import as_json

from tests.codeout.cli.test_status import FOUND


def test_the_objects() -> None:
    first, second, third, _ = json.loads(as_json(FOUND))
    assert first == {
        "page": "a.md",
        "fresh": True,
        "reasons": [],
        "problems": [],
        "foreign": [],
        "blocks": 2,
        "lines": 20,
        "compared": 20,
        "result": "true",
        "gaps": [],
        "date": "2026-11-23",
        "seconds": 2.5,
        "python": "3.11.2",
        "device": "cpu",
        "versions": {"torch": "2.14.1"},
        "plugins": {},
        "stand_ins": ["w.pth"],
        "reads": ["data.csv"],
        "writes": [],
        "hosts": ["example.org"],
        "variables": [],
        "missing": [],
    }
    assert second["reasons"] == ["code changed", "torch 2.14.1 → 2.15.0"]
    assert third["problems"] == ["c.md:3: unknown word 'skipp'\n  hint: skip"]
    assert (third["fresh"], third["date"], third["versions"]) == (False, None, {})
    assert "한글" in as_json(FOUND)
    assert as_json([]) == "[]\n"
