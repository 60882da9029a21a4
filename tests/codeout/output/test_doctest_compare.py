"""Options of doctest: outputs agree where doctest finds them right, and nowhere else."""

from __future__ import annotations

import doctest
import re

import pytest
from codeout.output.compare import agrees
from codeout.output.doctest_compare import agrees_as_doctest, unsure_lines
from codeout.output.typed import show, without_stack
from codeout.page.doctest_options import OPTIONS, bad_options, read_options
from hypothesis import example, given
from hypothesis import strategies as st

PIECES = st.sampled_from(
    ["a", "b", " ", "  ", "\n", "...", "ab", "True", "\nE: a", ".", "mod.E", ":"]
)
WORDS = st.sampled_from(
    ["x", "#doctest: ", " # doctest:", "+SKIP", " -SKIP", ",", " +ELLIPSIS", "+NUMBER", "\n", "'"]
)
TEXTS = st.lists(PIECES, min_size=1, max_size=8).map("".join)
CHOSEN = st.sets(st.sampled_from(OPTIONS[1:])).map(sorted)
HEAD = "Traceback (most recent call last):"


def doctest_finds_right(code: str, want: str, options: list[str]) -> bool:
    """Whether the standard library finds an output of a statement right."""
    flags = doctest.DONT_ACCEPT_TRUE_FOR_1
    for name in options:
        flags |= doctest.OPTIONFLAGS_BY_NAME[name]
    exc_msg = want.partition(f"{HEAD}\n")[2] if want.startswith(HEAD) else None
    one = doctest.Example(code, want, exc_msg)
    runner = doctest.DocTestRunner(optionflags=flags, verbose=False)
    test = doctest.DocTest([one], {}, "one", None, 0, None)
    return runner.run(test, out=lambda _: None).failed == 0


@example(want="...", got="a", options=["ELLIPSIS"])
@example(want="a...a", got="a", options=["ELLIPSIS"])
@example(want="a ... b", got="a\n\nb", options=["ELLIPSIS", "NORMALIZE_WHITESPACE"])
@given(want=TEXTS, got=TEXTS, options=CHOSEN)
def test_printed_text_agrees_where_doctest_finds_it_right(
    want: str, got: str, options: list[str]
) -> None:
    want, got = (f"{text.strip()}\n" for text in (want, got))
    right = doctest_finds_right(f"print({got[:-1]!r})", want, options)
    old, new = show(want).text, show(got).text
    lines_left_out = agrees(old, new, 0)  # a line `...` needs no option here
    assert agrees_as_doctest(old, new, 0, options) == (right or lines_left_out)


@example(want="other.E: no", kind="E", said="yes", options=["IGNORE_EXCEPTION_DETAIL"])
@example(want="E", kind="E", said="one\ntwo", options=["IGNORE_EXCEPTION_DETAIL"])
@example(want="E: o...", kind="E", said="one", options=["ELLIPSIS"])
@given(
    want=TEXTS,
    kind=st.sampled_from(["E", "Error"]),
    said=TEXTS,
    options=CHOSEN,
)
def test_errors_agree_where_doctest_finds_them_right(
    want: str, kind: str, said: str, options: list[str]
) -> None:
    want, said = f"E{want.rstrip()}\n", said.strip()
    code = f"class {kind}(Exception): pass\n{kind}.__module__ = 'builtins'\nraise {kind}({said!r})"
    code = f"exec({code!r})"
    right = doctest_finds_right(code, f"{HEAD}\n{want}", options)
    message = f"{kind}: {said}" if said else kind
    old, new = (show(without_stack(f"{HEAD}\n{text}")).text for text in (want, message))
    lines_left_out = agrees(old, new, 0)
    assert agrees_as_doctest(old, new, 0, options) == (right or lines_left_out)


@pytest.mark.parametrize(
    ("old", "new", "option"),
    [
        ("[0, ..., 9]", "[0, 1, 2, 9]", "ELLIPSIS"),
        ("[0,  1,\n 2]", "[0, 1, 2]", "NORMALIZE_WHITESPACE"),
        (f"{HEAD}\nmod.E: a", f"{HEAD}\nE: b", "IGNORE_EXCEPTION_DETAIL"),
    ],
)
def test_an_option_is_needed(old: str, new: str, option: str) -> None:
    assert agrees_as_doctest(old, new, 0, [option])
    others = {*OPTIONS} - {option}
    assert not agrees_as_doctest(old, new, 0, others)


def test_numbers_have_their_tolerance_besides() -> None:
    assert agrees_as_doctest("a  0.5001\nb", "a 0.5002 b", 1e-3, ["NORMALIZE_WHITESPACE"])
    assert not agrees_as_doctest("a  0.51\nb", "a 0.52 b", 1e-3, ["NORMALIZE_WHITESPACE"])


@pytest.mark.parametrize(
    ("text", "options", "lines"),
    [
        ("a\n...\nb", (), ["..."]),
        ("a ... b\nc", (), []),
        ("a ... b\nc", ("ELLIPSIS",), ["a ... b"]),
        (f"{HEAD}\nE: a\nb", ("IGNORE_EXCEPTION_DETAIL",), ["E: a", "b"]),
        ("E: a", ("IGNORE_EXCEPTION_DETAIL",), []),
    ],
)
def test_what_an_option_leaves_out_is_known(
    text: str, options: tuple[str, ...], lines: list[str]
) -> None:
    assert unsure_lines(text, options) == lines


@example(code="x  # doctest: +ELLIPSIS, -SKIP", default=["SKIP"])
@example(code="#doctest: +NUMBERx", default=[])
@given(
    code=st.lists(WORDS).map("".join),
    default=CHOSEN,
)
def test_options_are_those_that_doctest_reads(code: str, default: list[str]) -> None:
    code = f"1\n{code}".strip()
    first, *others = code.split("\n")
    lines = "\n".join([f">>> {first}", *(f"... {line}" for line in others)])
    if not any(bad_options(code)):  # what resembles no option is somebody's own, as in pytest
        for name in re.findall(r"[+-](\w+)", code):
            doctest.register_optionflag(name)
    try:
        (one,) = doctest.DocTestParser().get_examples(f"{lines}\n")
    except ValueError:  # a word that is no option
        assert any(bad_options(code))
        return
    changed = {flag: doctest.OPTIONFLAGS_BY_NAME[flag] for flag in OPTIONS}
    flags = {name: one.options.get(flag, name in default) for name, flag in changed.items()}
    assert read_options(code, default) == tuple(sorted(name for name in flags if flags[name]))


@pytest.mark.parametrize(
    ("word", "hint"),
    [
        ("ELLIPSIS", "write options as in `# doctest: +SKIP`"),
        ("(later)", "write options as in `# doctest: +SKIP`"),
        ("+ELIPSIS", "did you mean `+ELLIPSIS`?"),
        ("+skip", "did you mean `+SKIP`?"),
        ("-NORMALISE_WHITESPACE", "did you mean `-NORMALIZE_WHITESPACE`?"),
    ],
)
def test_words_that_are_no_options_are_told(word: str, hint: str) -> None:
    assert [*bad_options(f"(1,\n2) # doctest: +SKIP {word}")] == [(1, word, hint)]


@pytest.mark.parametrize(
    "name", ["NUMBER", "ALLOW_UNICODE", "ALLOW_BYTES", "FLOAT_CMP", "REMOTE_DATA", "IGNORE_OUTPUT",
             "IGNORE_WARNINGS", "SHOW_WARNINGS", "FIX", *doctest.OPTIONFLAGS_BY_NAME]
)  # fmt: skip
def test_options_of_others_are_left_to_them(name: str) -> None:
    assert not [*bad_options(f"1 # doctest: +{name}")]
