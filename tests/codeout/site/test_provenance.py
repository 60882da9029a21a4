"""What templates are told of a page."""

from __future__ import annotations

import datetime as dt
import json

from codeout.engine.outcome import Outcome
from codeout.engine.status import Status
from codeout.lock import tested as lock_tested
from codeout.output.coverage import Coverage
from codeout.site.provenance import provenance

from tests.support.records import RECORD


def test_metadata_is_of_kinds_that_every_generator_takes() -> None:
    held = lock_tested.Tested("e1", "true", dt.date(2026, 11, 30))
    record = RECORD.with_matrix({**RECORD.matrix, "torch-2.8": held, "old": held})
    told = provenance(Status("page.md", (), (), record, Outcome("page.md", 3, Coverage())))
    assert told["also"] == [
        {"package": "torch", "runs": [["2.8", "2.8"]]},
        {"package": "old", "runs": []},
    ]
    assert json.loads(json.dumps(told)) == told
