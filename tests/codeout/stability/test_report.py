"""What people are told of a page that moves, and what the command ends with."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.codeout.cli.test_main import codeout
from tests.support.folder import tabs

if TYPE_CHECKING:
    from tests.support.folder import Folder

DRAW = "import random\nprint('first')\nprint(*(random.random() for _ in range(5)))"
FRACTION = "import os\n100 + 9 * int.from_bytes(os.urandom(6), 'big') / 2**48"
FIGURE = (
    "import matplotlib.pyplot as plt\nplt.plot([random.random() for _ in range(5)])\nplt.show()"
)
SEEDED = """\
import os, random
random_seed = os.environ["PYTHONHASHSEED"]
number = "1" if random_seed == "0" else "2"
number = "3" if random.Random(1).random() == random.random() else number
print(f"가: {number} of 2")"""
CLOCK = "import time\nprint('now', time.time_ns())"
HASH = "print({'a', 'b', 'c', 'd'})"
THREADS = "import os\nprint(os.environ['OMP_NUM_THREADS'])"
SET = "sort what comes out of a set"
VOLATILE = "write `<!-- codeout: volatile -->` before the block"

UNSEEDED, CLOCKED = "from run to run unless it is seeded", "from run to run even when it is seeded"
BLOCKS = {
    "nothing": ("1 + 1", "", None),
    "chance": (
        DRAW,
        "",
        ("0.", UNSEEDED, "seed it: `random.seed(0)`; or put `...` in place of the lines that move"),
    ),
    "time": (CLOCK, "", ("```", CLOCKED, VOLATILE)),
    "the order of a set": (HASH, "", ("{", "with the hash seed", f"{SET}; or {VOLATILE}")),
    "threads": (THREADS, "", ("1", "with the number of threads", VOLATILE)),
    "a fraction": (FRACTION, "", ("10", CLOCKED, "write `<!-- codeout: rtol=")),
    "a tolerance": (FRACTION, "rtol=0.5", ("10", f"{CLOCKED}, as the page allows", "")),
    "volatile": (CLOCK, "volatile", ("```", f"{CLOCKED}, as the page allows", "")),
    "too volatile": (
        DRAW,
        "volatile",
        (
            "0.",
            f"{UNSEEDED}, as the page allows",
            "`volatile` is more than it needs: seed it: `random.seed(0)`; or put `...`",
        ),
    ),
    "a figure": (FIGURE, "", ("![", UNSEEDED, "seed it: ")),
}
"""Code, a word of steering, and how the line in question, the message and the hint begin."""


def test_what_moves_with_what_and_what_to_do(folder: Folder) -> None:
    comments = {word: f"<!-- codeout: {word} -->" for _, word, _ in BLOCKS.values() if word}
    pairs = [tabs(code, "", comments.get(word, "")) for code, word, _ in BLOCKS.values()]
    folder.write("page.md", "\n".join(pairs))
    codeout("run", "page.md")
    before = folder.read("page.md")
    found = codeout("stability", "page.md")
    assert found.exit_code == 1
    assert folder.read("page.md") == before
    *_, last = found.stdout.splitlines()
    assert last == "6 runs: 9 of 10 outputs moved, 6 beyond what the page allows"
    expected = [told for _, _, told in BLOCKS.values() if told]
    for problem, (line, causes, hint) in zip(problems(found.stdout), expected, strict=True):
        number, message = problem[0].split(": ")
        assert before.splitlines()[int(number) - 1].strip().startswith(line)
        assert message == f"the output moves {causes}"
        hints = [each for each in problem if each.startswith("  hint: ")]
        assert [each[: 8 + len(hint)] for each in hints] == [f"  hint: {hint}"] * bool(hint)
    assert "a figure looks different with another run" in found.stdout


def problems(told: str) -> list[list[str]]:
    """The lines of each problem, without the name of the page."""
    return [each.splitlines() for each in told.split("page.md:")[1:]]


def test_lines_and_spans_are_shown(folder: Folder) -> None:
    folder.page("page.md", (SEEDED, "1"))
    found = codeout("stability", "page.md")
    assert found.stdout == (
        "page.md:13: the output moves with the seed and with the hash seed\n"
        "  hint: sort what comes out of a set; or write `<!-- codeout: volatile -->` "
        "before the block\n"
        "  - 가: 1 of 2\n"
        "        ^  as usual\n"
        "  + 가: 3 of 2\n"
        "        ^  seed 1\n"
        "6 runs: 1 of 1 output moved, 1 beyond what the page allows\n"
    )


def test_what_is_proposed_is_enough(folder: Folder) -> None:
    fraction = "import os\n100 + int(os.environ['OMP_NUM_THREADS']) / 2"
    lines = "print('first')\nprint(os.environ['OMP_NUM_THREADS'])"
    folder.page("page.md", (fraction, "100.5"), (lines, "first\n1"))
    told = codeout("stability", "page.md")
    assert told.exit_code == 1
    comment = "<!-- codeout: rtol=5e-3 -->"
    hints = f"write `{comment}` before the block", "put `...` in place of the lines that move"
    assert [problem[1] for problem in problems(told.stdout)] == [
        f"  hint: {hint}" for hint in hints
    ]
    page = tabs(fraction, "100.5", comment) + "\n" + tabs(lines, "first\n    ...")
    folder.write("page.md", page)
    again = codeout("stability", "page.md")
    assert again.exit_code == 0
    assert again.stdout.endswith("6 runs: 1 of 2 outputs moved, 0 beyond what the page allows\n")
    assert codeout("check", "page.md").exit_code == 0


def test_long_outputs_are_cut(folder: Folder) -> None:
    folder.page("page.md", ("import time\nfor _ in range(9):\n    print(time.time_ns())", ""))
    lines = codeout("stability", "page.md", "-n", "1").stdout.splitlines()
    assert lines[-2] == "  … and 4 more"
    assert lines[0] == "page.md:11: the output moves"
    assert lines[-1].startswith("2 runs: ")


def test_a_notebook_is_told_of_its_tags(folder: Folder) -> None:
    folder.notebook("page.ipynb", ("x = 1", ""), (CLOCK, ""))
    told = codeout("stability", "page.ipynb", "-n", "1").stdout
    assert "page.ipynb:17: cell 2: the output moves" in told
    assert "give the cell the tag `codeout:volatile`" in told


def test_lines_of_html_are_not_left_out(folder: Folder) -> None:
    table = "<table>\\n<tr><td>first</td></tr>\\n<tr><td>{time.time_ns()}</td></tr>\\n</table>"
    shows = f"import time\nfrom IPython.display import HTML\nHTML(f'{table}')"
    folder.notebook("page.ipynb", (shows, ""))
    told = codeout("stability", "page.ipynb", "-n", "1").stdout
    assert "  hint: give the cell the tag `codeout:volatile`\n" in told
    assert "  - <table> <tbody><tr><td>first</td></tr> <tr>" in told


def test_a_run_that_fails_is_told_and_is_no_stability(folder: Folder) -> None:
    folder.page("page.md", (f"{THREADS}\nassert os.environ['OMP_NUM_THREADS'] == '1'", "1"))
    found = codeout("stability", "page.md")
    assert found.exit_code == 1
    lines = found.stdout.splitlines()
    assert lines[0] == "page.md:6: with 2 threads: raised AssertionError"
    assert lines[-1] == ("5 runs: 0 of 1 output moved, 0 beyond what the page allows; 1 failed")


def test_a_page_that_fails_as_it_is(folder: Folder) -> None:
    folder.page("page.md", ("1 / 0", ""))
    found = codeout("stability", "page.md", "-n", "1")
    assert (found.exit_code, found.stdout.splitlines()[-1]) == (1, "the page fails as it is")
    assert found.stdout.startswith("page.md:4: raised ZeroDivisionError: division by zero\n")


def test_a_page_without_code(folder: Folder) -> None:
    folder.write("page.md", "Prose.\n")
    found = codeout("stability", "page.md")
    assert (found.exit_code, found.stdout) == (0, "nothing to run\n")
