"""Messages of pages and of the sandbox come out as they went in, and nothing else does."""

from __future__ import annotations

import json
import pickle

import pytest
from codeout.output.interactive import LIBRARIES
from codeout.output.model import Error, Figure, Html, Interactive, Output, Ran, Stream, Value
from codeout.run.access import Touched
from codeout.run.events import Ended, Finished, Lasting, Started
from codeout.run.messages import Closing, PrologueFailed, WorkerFailed
from codeout.run.protocol import Message, from_line, to_line
from hypothesis import given
from hypothesis import strategies as st

TEXT = st.text(st.characters(), max_size=20)  # half characters too
SOME_TEXTS = st.frozensets(TEXT, max_size=3)
OUTPUTS: st.SearchStrategy[Output] = st.one_of(
    st.builds(Stream, TEXT),
    st.builds(Value, TEXT, st.booleans()),
    st.builds(Figure, st.binary(), st.sampled_from(["png", "svg"]), st.booleans()),
    st.builds(Html, TEXT, st.booleans()),
    st.builds(
        Interactive,
        TEXT,
        st.sampled_from(LIBRARIES),
        st.none() | st.builds(Figure, st.binary(), st.just("svg")),
        st.booleans(),
    ),
    st.builds(Error, st.tuples(TEXT, TEXT), st.integers(), TEXT),
)
SECONDS = st.floats(0, 1e6)
RAN = st.builds(
    Ran,
    st.lists(OUTPUTS, max_size=4).map(tuple),
    SECONDS,
    st.integers(0),
    st.frozensets(st.sampled_from(["torch", "numpy", "모듈"])),
    SOME_TEXTS.map(tuple),
)
DEVICES = st.sampled_from(["cpu", "cuda:0", "mps"])
TOUCHED = st.builds(Touched, *[SOME_TEXTS] * 5)
MESSAGES: st.SearchStrategy[Message] = st.one_of(
    st.builds(WorkerFailed, TEXT),
    st.builds(PrologueFailed, TEXT),
    st.builds(Closing, DEVICES, TOUCHED),
    st.builds(Started, TEXT, st.integers(0)),
    st.builds(Lasting, TEXT, st.integers(0), st.integers(0)),
    st.builds(Finished, TEXT, st.integers(0), RAN),
    st.builds(
        Ended, TEXT, SECONDS, TEXT, touched=TOUCHED, began=SECONDS, stand_ins=SOME_TEXTS.map(tuple)
    ),
)


@given(MESSAGES)
def test_messages_come_out_as_they_went_in(message: Message) -> None:
    line = to_line(message)
    assert line.count(b"\n") == 1
    assert from_line(line) == message


@pytest.mark.parametrize(
    "line",
    [
        "",
        "not JSON",
        "1",
        "{}",
        "[]",
        '{"Started": {}}',
        '{"Started": {"path": "a"}}',
        '{"Started": {"path": "a", "index": 1, "more": 2}}',
        '{"Stream": {"text": "an output is no event"}}',
        '{"Popen": {"args": "true"}}',
        '{"Started": {"path": 1, "index": 1}}',
        '{"Started": {"path": "a", "index": "1"}}',
        '{"Started": {"path": "a", "index": true}}',
        '{"Started": []}',
        '{"Lasting": {"path": "a", "index": 1, "seconds": 5.0}}',
        '{"Ended": {"path": "a", "seconds": NaN, "work": "/w"}}',
        '{"Ended": {"path": "a", "seconds": 1.0, "work": "/w", "stand_ins": {"tuple": [1]}}}',
        '{"Finished": {"path": "a", "index": 1, "ran": {"Started": {"path": "a", "index": 1}}}}',
        '{"Started": 1, "Ended": 2}',
        '{"bytes": "%"}',
        "[" * 100_000,
        pickle.dumps(print).decode("latin-1"),
    ],
)
def test_anything_else_is_refused(line: str) -> None:
    with pytest.raises(ValueError, match=r".*"):
        from_line(line.encode("latin-1"))


@pytest.mark.parametrize("ending", ["exe", "", "png/../../../.bashrc"])
def test_a_figure_is_a_picture_and_its_name_stays_in_its_folder(ending: str) -> None:
    ran = Ran((Figure(b"", ending),), 1.0, 0, frozenset())
    with pytest.raises(ValueError, match="not the ending of a picture"):
        from_line(to_line(Finished("page.md", 0, ran)))


@pytest.mark.parametrize(
    "message",
    [
        Finished("page.md", 0, Ran((Error((), 0, ""),), 1.0, 0, frozenset())),
        Finished("page.md", 0, Ran((), 1.0, 0, frozenset({"a\0b"}))),
        Closing("\ud800", Touched()),
        Ended("page.md", 1.0, "/w", device="<MagicMock id='1'>"),
    ],
)
def test_so_is_what_no_page_can_have_done(message: Message) -> None:
    with pytest.raises(ValueError, match=r"^not "):
        from_line(to_line(message))


@given(st.recursive(st.none() | st.integers() | TEXT, lambda a: st.dictionaries(TEXT, a)))
def test_any_json_is_an_event_or_refused(value: object) -> None:
    with pytest.raises(ValueError, match=r".*"):
        from_line(json.dumps(value).encode())
