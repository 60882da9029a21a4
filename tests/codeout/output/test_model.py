"""Outputs: the richest form that a page can hold, and what an error is called."""

from __future__ import annotations

import base64

import pytest
from codeout.output.bounded import bounded
from codeout.output.bundle import from_bundle
from codeout.output.model import (
    Error,
    Figure,
    Html,
    Markup,
    Output,
    Stream,
    Value,
)

LISTING = "\\begin{Verbatim}\nx = 1\n\\end{Verbatim}\n"
PNG = b"\x89PNG\r\n\x1a\n"
ERROR = Error(("pickle.UnpicklingError", "pickle.PickleError", "builtins.Exception"), 1, "")


@pytest.mark.parametrize(
    ("bundle", "output"),
    [
        pytest.param({"text/plain": "1"}, Value("1"), id="plain"),
        pytest.param(
            {"text/plain": "1", "text/html": "<b>x</b>"},
            Html("<b>x</b>", plain="1"),
            id="html over plain",
        ),
        pytest.param({"text/html": "<b>x</b>", "image/png": PNG}, Figure(PNG, "png"), id="png"),
        pytest.param(
            {"image/png": base64.b64encode(PNG).decode()}, Figure(PNG, "png"), id="png in base64"
        ),
        pytest.param({"image/jpeg": PNG}, Figure(PNG, "jpg"), id="jpeg"),
        pytest.param(
            {"image/svg+xml": "<svg>한</svg>", "image/png": PNG},
            Figure("<svg>한</svg>".encode(), "svg"),
            id="svg over png",
        ),
        pytest.param({"image/svg+xml": "\ud83d"}, Figure(b"?", "svg"), id="half a character"),
        pytest.param(
            {"text/plain": "1", "text/markdown": "*1*", "text/latex": "$1$"},
            Markup("*1*", "text/markdown"),
            id="Markdown over LaTeX and plain text",
        ),
        pytest.param(
            {"text/plain": "<JSON>", "application/json": {"a": 1}},
            Markup('{\n  "a": 1\n}', "application/json"),
            id="JSON over plain text",
        ),
        pytest.param(
            {"text/plain": "1", "application/json": "a"},
            Markup('"a"', "application/json"),
            id="JSON of a text",
        ),
        pytest.param(
            {"text/html": "<script>f()</script>", "text/latex": LISTING, "text/plain": "x = 1"},
            Value("x = 1"),
            id="plain text over LaTeX that is no math, as of a listing",
        ),
        pytest.param(
            {"text/html": "<script>f()</script>", "text/latex": "$x$", "text/plain": "x"},
            Markup("$x$", "text/latex"),
            id="but not over math",
        ),
        pytest.param(
            {"text/latex": LISTING, "text/plain": "<Latex>"},
            Markup(LISTING, "text/latex"),
            id="nor over all that there is",
        ),
        pytest.param(
            {"text/html": "<script>draw()</script>", "text/markdown": "*1*", "text/plain": "1"},
            Markup("*1*", "text/markdown"),
            id="the next form for HTML that needs a script",
        ),
        pytest.param(
            {"text/html": "<script>load()</script>"}, None, id="HTML that shows nothing at all"
        ),
        pytest.param({"application/x-own": "{}"}, None, id="nothing that a page can hold"),
    ],
)
def test_the_richest_form_is_taken(bundle: dict[str, object], output: Output | None) -> None:
    assert from_bundle(bundle) == output


@pytest.mark.parametrize(
    ("mime", "output"),
    [
        ("text/plain", Value("1", result=True)),
        ("text/html", Html("1", result=True)),
        ("image/svg+xml", Figure(b"1", "svg", result=True)),
    ],
)
def test_the_value_of_the_last_expression_is_marked(mime: str, output: Output) -> None:
    assert from_bundle({mime: "1"}, result=True) == output


@pytest.mark.parametrize(
    ("name", "is_a"),
    [
        ("UnpicklingError", True),
        ("pickle.UnpicklingError", True),
        ("PickleError", True),
        ("Exception", True),
        ("Error", False),
        ("cPickle.UnpicklingError", False),
    ],
)
def test_an_error_is_known_by_the_names_of_its_classes(name: str, *, is_a: bool) -> None:
    assert ERROR.is_a(name) is is_a


@pytest.mark.parametrize(
    ("text", "summary"),
    [
        ("Traceback:\n  File\nValueError: no\n", "ValueError: no"),
        ("KeyError: 1\n\nDuring:\n\nValueError: no\n  a note\n\n", "ValueError: no"),
        ("", "pickle.UnpicklingError"),
    ],
)
def test_the_summary_is_the_last_line_that_is_not_indented(text: str, summary: str) -> None:
    assert Error(ERROR.names, 1, text).summary == summary


def test_what_is_shown_is_cut_at_the_limit_and_counted_beyond_it() -> None:
    """A page that shows too much fails for it, and needs no more of it than to say so."""
    shown = Stream("printed"), Value("가나다", result=True), Html("<b>b</b>"), Figure(PNG, "png")
    error = Error(("ValueError",), 1, "ValueError: no")
    large = Figure(bytes(161), "png")
    assert bounded([large], 10) == ((), 161)
    size = len("가나다".encode()) + len("<b>b</b>") + len("ValueError: no")
    assert bounded([*shown, error], 100) == ((*shown, error), size)
    cut = (
        Value("가나다", result=True),
        Html("<b"),
        Figure(PNG, "png"),
        Error(("ValueError",), 1, ""),
    )
    assert bounded([*shown, error], 5) == ((Stream("printed"), *cut), size)
