"""Hypothesis strategies for notebooks: as Jupyter writes them, and as JSON allows them."""

from __future__ import annotations

import json
from base64 import b64encode
from typing import Any

from codeout.output.sanitize import sanitize
from codeout.output.shown import Picture, Printed, Rich
from hypothesis import strategies as st

from tests.support.hostile import HOSTILE, as_printed

Json = Any

TEXTS = st.sampled_from(
    ["", "x = 1", "x = 1\nprint(x)\n", "'\\u2713 \"'", "한글 = '\u2028'", "%%time\n1"]
)
TAGS = st.lists(
    st.sampled_from(
        ["skip-execution", "raises-exception", "remove-cell", "codeout:volatile", "codeout:no", "a"]
    ),
    unique=True,
    max_size=2,
)
OUTPUTS = st.lists(
    st.sampled_from(
        [
            {"output_type": "stream", "name": "stderr", "text": ["a\n", "b"]},
            {"output_type": "stream", "name": "stdout", "text": ""},
            {"output_type": "display_data", "data": {}, "metadata": {}},
            {"output_type": "display_data", "data": {"image/png": "iVBO\n"}, "metadata": {"a": 1}},
            {
                "output_type": "execute_result",
                "data": {"text/plain": ["1"], "text/html": "<b>1</b>"},
                "metadata": {},
                "execution_count": 3,
            },
            {"output_type": "error", "ename": "E", "evalue": "", "traceback": ["\x1b[31mE"]},
        ]
    ),
    max_size=3,
)


def _lines(text: str) -> list[str]:
    return text.splitlines(keepends=True)


SOURCES = TEXTS | TEXTS.map(_lines)
CODE = st.builds(
    lambda source, tags, outputs, count: {
        "cell_type": "code",
        "execution_count": count,
        "metadata": {"tags": tags} if tags else {},
        "outputs": outputs,
        "source": source,
    },
    SOURCES,
    TAGS,
    OUTPUTS,
    st.sampled_from([None, 1]),
)
OTHER = st.builds(
    lambda kind, source: {"cell_type": kind, "metadata": {}, "source": source},
    st.sampled_from(["markdown", "raw"]),
    SOURCES,
)
LANGUAGES = st.sampled_from(
    [{}, {}, {"language_info": {"name": "python"}}, {"language_info": {"name": "R"}}]
)
BOOKS = st.builds(
    lambda cells, metadata, minor: {
        "cells": cells,
        "metadata": metadata,
        "nbformat": 4,
        "nbformat_minor": minor,
    },
    st.lists(CODE | OTHER, max_size=4),
    LANGUAGES,
    st.integers(0, 4),
)


@st.composite
def notebooks(draw: st.DrawFn) -> bytes:
    """Notebooks with any blanks, line endings, order of names, escapes and repeated names."""
    newline = draw(st.sampled_from(["\n", "\n", "\r\n", "\r"]))
    ascii_only = draw(st.booleans())
    chance = draw(st.randoms(use_true_random=True))

    def blanks() -> str:
        return chance.choice(["", "", " ", "\t", newline, f"{newline}  "])

    def text(value: str) -> str:
        return json.dumps(value, ensure_ascii=ascii_only)

    def write(value: Json) -> str:
        if isinstance(value, list):
            return f"[{','.join(map(spaced, value)) or blanks()}]"
        if isinstance(value, dict):
            pairs = chance.sample([*value.items()], len(value))
            if pairs and chance.random() < 0.1:
                pairs = [(pairs[-1][0], chance.choice([None, "", [], {"a": 1}])), *pairs]
            inner = [f"{blanks()}{text(name)}{blanks()}:{spaced(v)}" for name, v in pairs]
            return f"{{{','.join(inner) or blanks()}}}"
        return text(value) if isinstance(value, str) else json.dumps(value)

    def spaced(value: Json) -> str:
        return f"{blanks()}{write(value)}{blanks()}"

    return spaced(draw(BOOKS)).encode()


@st.composite
def written_notebooks(draw: st.DrawFn) -> bytes:
    """Notebooks as a program writes them: evenly indented or not at all."""
    indent = draw(st.sampled_from([None, 0, 1, 2, 4, "\t"]))
    text = json.dumps(draw(BOOKS), indent=indent, ensure_ascii=draw(st.booleans()))
    newline = draw(st.sampled_from(["\n", "\n", "\r\n", "\r"]))
    return (text + draw(st.sampled_from(["", "\n"]))).replace("\n", newline).encode()


@st.composite
def broken_notebooks(draw: st.DrawFn) -> bytes:
    """Notebooks with a stretch cut out, doubled or replaced."""
    source = draw(notebooks() | written_notebooks())
    start = draw(st.integers(0, len(source)))
    end = draw(st.integers(start, min(len(source), start + 30)))
    new = draw(st.sampled_from([b"", b"{}", b"[]", b"1", b'"', b"\xff", source[start:end] * 2]))
    return source[:start] + new + source[end:]


KINDS = st.sampled_from(["display_data", "execute_result"])
PRINTED = HOSTILE.map(as_printed).filter(bool)
PICTURES = st.one_of(
    st.binary(max_size=4).map(lambda data: ("image/png", data)),
    PRINTED.map(lambda text: ("image/svg+xml", text.encode())),
).map(lambda pair: f"data:{pair[0]};base64,{b64encode(pair[1]).decode()}")
SHOWN = st.lists(
    st.one_of(
        st.builds(Printed, PRINTED, st.just("stream")),
        st.builds(Printed, PRINTED, KINDS),
        st.builds(Printed, PRINTED, st.just("error"), st.just("KeyError")),
        st.builds(Rich, HOSTILE.map(sanitize), KINDS),
        st.builds(Picture, PICTURES, st.just(""), st.sampled_from(["", '{"a": "가"}']), KINDS),
    ),
    max_size=3,
).map(tuple)
"""What a notebook may show after a run."""
