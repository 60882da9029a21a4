"""Hypothesis strategies for Markdown pages: well formed, odd, and broken."""

from __future__ import annotations

from itertools import chain

from hypothesis import strategies as st

Lines = list[str]

CODE = st.lists(
    st.sampled_from(["x = 1", "", "  y", "\tz", "# c", '=== "Code"', "- a", "<!-- c -->", "``` `"]),
    max_size=4,
)
INFO = st.sampled_from(
    [
        "",
        "python",
        "py",
        "python3",
        "text",
        " python",
        ".python",
        '{ .python title="a" }',
        'python title="a b" hl_lines="1-2" linenums="1"',
        'python hl_lines="one"',
        "python title",
        "{ .py #id linenums }",
        "Python",
        "python {.x}",
        "python{.x}",
        "pycon",
    ]
)
PLAIN = st.sampled_from(
    [
        ["text"],
        ["text", "more `code` text"],
        ["글 한 줄"],
        ["# Heading"],
        ["Heading", "==="],
        ["---"],
        ["a | b", "- | -", "1 | 2"],
        ["    indented = code"],
        ["[link]: https://example.org"],
        ["a < b & c"],
        ["``", "x ``` y"],
    ]
)
HTML = st.sampled_from(
    [
        ("<!--", "-->"),
        ("<!-- a", "b -->"),
        ("text <!-- a", "b --> text"),
        ("<!-- codeout: hidden", "-->"),
        ("<pre>", "</pre>"),
        ("<div>", "</div>"),
        ("<div markdown>", "</div>"),
        ("<details markdown><summary>s</summary>", "</details>"),
        ("<!-- unclosed", ""),
    ]
)
COMMENTS = st.sampled_from(
    [
        *("skip", "volatile", "raises=ValueError", "timeout=3", "rtol=1e-2", "typo", "raises=1"),
        *("out", "out torch<2", "out torch>=2", "out torch=2"),
    ]
).map(lambda word: [f"<!-- codeout: {word} -->"])
LABELS = st.sampled_from(["Code", "Out", "결과", "Other"])
TAB_HEADER = st.builds('==={} "{}"'.format, st.sampled_from(["", "", "", "!", "+"]), LABELS)
BOX_HEADER = st.sampled_from(["!!! note", '!!! tip "T"', '??? info "T"', "???+ note"])
ITEM = st.sampled_from(["- ", "*   ", "1. ", "[^1]: "])


def fences() -> st.SearchStrategy[Lines]:
    """Fences of any kind, some never closed or closed by a longer run."""

    def build(char: str, length: int, info: str, code: Lines, extra: int | None) -> Lines:
        closing = [] if extra is None else [char * (length + extra)]
        return [char * length + info, *code, *closing]

    extra = st.sampled_from([0, 0, 0, 0, 0, 0, 1, None])
    return st.builds(build, st.sampled_from("`~"), st.integers(3, 4), INFO, CODE, extra)


def python(code: st.SearchStrategy[Lines] = CODE) -> st.SearchStrategy[Lines]:
    """Fences that are well formed and Python."""
    return code.map(lambda lines: ["~~~python", *lines, "~~~"])


def _prefixed(prefix: str, lines: Lines) -> Lines:
    return [(prefix + line).rstrip(" ") if line else prefix.rstrip() for line in lines]


def _containers(inner: st.SearchStrategy[Lines]) -> st.SearchStrategy[Lines]:
    indent = st.sampled_from(["    ", "    ", "    ", "\t", "  "])
    gap = st.sampled_from([[""], [""], []])
    return st.one_of(
        st.builds(
            lambda header, gap, indent, lines: [header, *gap, *_prefixed(indent, lines)],
            st.one_of(TAB_HEADER, TAB_HEADER, BOX_HEADER),
            gap,
            indent,
            inner,
        ),
        st.builds(
            lambda item, gap, indent, lines: [f"{item}item", *gap, *_prefixed(indent, lines)],
            ITEM,
            gap,
            indent,
            inner,
        ),
        st.builds(lambda lines: _prefixed("> ", lines), inner),
        st.builds(lambda lines: ["term", f":   {lines[0]}", *_prefixed("    ", lines[1:])], inner),
        st.builds(lambda tags, lines: [tags[0], *lines, tags[1]], HTML, inner),
    )


def _joined(piece: st.SearchStrategy[Lines]) -> st.SearchStrategy[Lines]:
    gaps = st.sampled_from([[""], [""], [""], []])
    pair = st.builds(lambda lines, gap: [*lines, *gap], piece, gaps)
    return st.lists(pair, min_size=1, max_size=4).map(lambda pieces: list(chain(*pieces)))


def bodies() -> st.SearchStrategy[Lines]:
    """The lines of a page."""
    leaf = st.one_of(fences(), python(), python(), PLAIN, COMMENTS)
    return st.recursive(_joined(leaf), lambda inner: _joined(_containers(inner)), max_leaves=6)


@st.composite
def documents(draw: st.DrawFn) -> bytes:
    """Whole pages: any line ending, front matter, a byte order mark, a few lines out of place."""
    lines = list(draw(bodies()))
    for _ in range(draw(st.sampled_from([0, 0, 0, 1, 2]))):
        index = draw(st.integers(0, len(lines) - 1))
        odd = draw(st.sampled_from([" ", "   ", "    ", ">", "\t", "-"]))
        lines[index] = draw(st.sampled_from([lines[index].lstrip(" "), odd + lines[index], odd]))
    front = draw(st.sampled_from([[], [], ["---", "title: a", "---"], ["title: a", ""], ["---"]]))
    newline = draw(st.sampled_from(["\n", "\n", "\r\n", "\r"]))
    mark = draw(st.sampled_from(["", "", "", "\ufeff"]))
    end = draw(st.sampled_from(["", newline, newline * 2]))
    return (mark + newline.join([*front, *lines]) + end).encode()


@st.composite
def tabbed_documents(draw: st.DrawFn) -> bytes:
    """Pages of code tabs, with and without an output, at any depth, between other things."""
    lines: Lines = []
    for _ in range(draw(st.integers(1, 3))):
        group = ['=== "Code"', "", *_prefixed("    ", draw(python()))]
        blank = draw(st.sampled_from([[], [""], ["", ""]]))
        out = draw(st.sampled_from([[], ["```", "1", "", "2", "```"], ["1", "", "![f](f.png)"]]))
        kind = draw(st.sampled_from(["missing", "empty", "full", "full"]))
        if kind != "missing":
            group += ["", '=== "Out"']
        if kind == "full":
            group += [*blank, *_prefixed("    ", out), *blank]
        if draw(st.booleans()):
            group += [*blank, '=== "Other"', "", "    text"]
        lines += [*_nested(draw, group), *draw(st.sampled_from([[], [""]])), *draw(PLAIN), ""]
    newline = draw(st.sampled_from(["\n", "\n", "\r\n", "\r"]))
    cut = draw(st.integers(0, 3))
    return newline.join(lines[: len(lines) - cut or None]).encode()


def _nested(draw: st.DrawFn, group: Lines) -> Lines:
    for _ in range(draw(st.integers(0, 2))):
        around = draw(st.sampled_from(["> ", "!!! note", "- item"]))
        if around == "> ":
            group = _prefixed("> ", group)
        else:
            group = [around, "", *_prefixed(draw(st.sampled_from(["    ", "\t"])), group)]
    return group
