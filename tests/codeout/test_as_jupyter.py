"""Magics and display objects of IPython leave on a page what they leave in Jupyter.

One notebook with a cell for each is run by codeout, and by nbclient with a kernel.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import nbformat
import pytest
from codeout.engine.planning import plan_page
from codeout.engine.project import Project
from codeout.engine.update import Update
from nbformat import v4

from tests.support.takeaway_runs import differences, run_notebook

if TYPE_CHECKING:
    from pathlib import Path

    from tests.support.folder import Folder

MAGICS = r"""
_ = open("script.py", "w").write("print(__name__)")
def f(n=10):\n    "Add numbers."\n    return sum(range(n))
%matplotlib inline
%matplotlib --list
%matplotlib agg
%matplotlib svg
%matplotlib inline
%pylab --no-import-all
%cd /
%cd -q -
%pwd
%pushd /
%popd
%config InlineBackend.figure_formats = ["png"]
%precision 3
3.14159
%precision
%env CODEOUT_TEST=1
%set_env CODEOUT_TEST=2
%env CODEOUT_TEST
!echo $CODEOUT_TEST
files = !echo one
files
%sx echo a
%system echo b
!!echo c
%alias hello echo hello
%hello
%unalias hello
name = "world"
!echo {name} $name
%who str
%who_ls str
%pprint
%pprint
%xmode Plain
%automagic
%automagic
%reset_selective -f nothing
%dhist
%bookmark -l
%gui
%gui asyncio
%time f()
%%time\nf()
%timeit -n1 -r1 f()
%%timeit -n1 -r1\nf()
%timeit -n1 -r1 -q f()
timed = %timeit -n1 -r1 -q -o f()\ntimed.loops
%prun -q f()
profile = %prun -q -r f()\ntype(profile).__name__
%history -n 1-2
%hist 3
%macro again 1-2
again
%rerun 3
%recall 3
%save -f saved.py 3
%store name
%store -r name
%load_ext storemagic
%autoreload
%load_ext autoreload
%autoreload 2
%unload_ext autoreload
%doctest_mode
%doctest_mode
%tb
1 / 0
%tb
import traceback; traceback.print_last(limit=0)
%colors nocolor
%logstate
%autoawait
%autocall
%killbgscripts
%config InlineBackend.figure_format
%code_wrap --list
%dirs
%xdel profile
%whos str
%run script.py
%load_ext no_such_extension
%no_such_magic
%%capture captured\nprint("inside")
captured.show()
%%writefile made.txt\nsome text
!cat made.txt
%%bash\necho from bash
%%sh\necho from sh
%%script cat\nfrom cat
%%script --out shown cat\nkept
shown
%%perl\nprint "from perl";
%%ruby\nputs "from ruby"
%%sx\necho from sx
%%!\necho from a shell
%%file -a made.txt\nmore text
%%bash\nexit 3
%%bash --no-raise-error\nexit 3
%%prun -q\nf()
%%python\nprint("another Python")
%%html\n<b>bold</b>
%%latex\n$x$
%%markdown\n**bold**
%%javascript\nalert(1)
%%svg\n<svg xmlns="http://www.w3.org/2000/svg" width="8" height="8"></svg>
%reset -f
%lsmagic
""".strip().split("\n")

OBJECTS = """
HTML("<b>bold</b>")
Markdown("**bold**")
Latex("$x$")
Math("x")
JSON({"a": [1, {"b": None}]})
GeoJSON({"type": "Point", "coordinates": [1, 2]})
Javascript("alert(1)")
SVG('<svg xmlns="http://www.w3.org/2000/svg" width="8" height="8"></svg>')
Image(data=PNG)
Image(data=GIF)
Image(data=GIF, format="gif", width=20, alt="a dot")
Image(data=WEBP)
Image(url="https://example.org/a.png")
Image(filename="missing.png")
open("made.txt", "w").write("text")
FileLink("made.txt")
FileLink("missing.txt")
FileLinks(".")
IFrame("https://example.org", 10, 10)
YouTubeVideo("abc")
VimeoVideo("123")
ScribdDocument("1")
Video("https://example.org/a.mp4")
Pretty("pretty")
Code("x = 1", language="python")
display(Code("x = 1"))
TextDisplayObject("text")
Video(b"video", embed=True, mimetype="video/mp4")
DisplayHandle("known")
ProgressBar(4)
Audio([0.0, 0.1], rate=8000)
display("a", "b")
display_html("<b>bold</b>", raw=True)
display_markdown("**bold**", raw=True)
display_latex("$x$", raw=True)
display_png(PNG, raw=True)
display_json({"b": 1, "a": 2}, raw=True)
display_json("text", raw=True)
display_pretty("pretty")
set_matplotlib_formats("svg")
set_matplotlib_formats("png", dpi=50)
set_matplotlib_close(False)
display({"text/plain": "raw"}, raw=True)
display(display_id="known")
print("first"); clear_output(wait=True); print("second")
print("gone"); clear_output()
handle = display("one", display_id=True)
handle.update("two")
display("three", display_id=handle.display_id);
update_display("nobody", display_id="nobody")
publish_display_data({"text/plain": "published"})
""".strip().split("\n")

# Jupyter shows these beside the notebook, a page shows them in it.
PAGERS = """
%%time?
%pdef len
%psource f
%psource len
%pinfo f
%pinfo2 f
%pdoc f
%pycat script.py
%psearch f*
%prun f()
""".strip().split("\n")
# These print times, or a blank too many.
VARYING = r"""
%time f()
%%time\nf()
%timeit -n1 -r1 f()
%%timeit -n1 -r1\nf()
%prun -q f()
%%prun -q\nf()
%lsmagic
""".strip().split("\n")
SETUP = """
import base64
from IPython.display import *
from matplotlib_inline.backend_inline import set_matplotlib_close, set_matplotlib_formats

PNG = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)
GIF = base64.b64decode("R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7")
WEBP = base64.b64decode("UklGRiIAAABXRUJQVlA4IBYAAAAwAQCdASoBAAEADsD+JaQAA3AAAAAA")
""".strip()


@pytest.mark.parametrize("cells", [MAGICS, [SETUP, *OBJECTS]], ids=["magics", "objects"])
def test_outputs_are_those_of_jupyter(cells: list[str], folder: Folder) -> None:
    text = notebook(cells)
    project, page = run_on_a_page(folder, text)
    (work := folder.root / "work").mkdir()
    theirs = run_notebook(text, work, allow_errors=True)
    plan = plan_page(project.config, page)
    assert "\n".join(differences(project, plan, theirs, work)) == ""


def test_what_jupyter_pages_is_printed_on_a_page(folder: Folder) -> None:
    _, page = run_on_a_page(folder, notebook([*MAGICS[:2], *PAGERS]))
    cells = nbformat.read(page, 4).cells[2:]  # type: ignore[no-untyped-call]
    silent = [cell.source for cell in cells if not any(out.get("text") for out in cell.outputs)]
    assert silent == []


def test_there_is_no_kernel_and_a_page_that_wants_it_is_told(folder: Folder) -> None:
    code = 'print(hasattr(get_ipython(), "kernel"))\nget_ipython().kernel'
    _, page = run_on_a_page(folder, notebook([code]))
    printed, error = nbformat.read(page, 4).cells[0].outputs  # type: ignore[no-untyped-call]
    assert printed.text == "False\n"
    assert error.evalue == "pages run without a kernel of Jupyter: there is no `.kernel`"


def notebook(codes: list[str]) -> str:
    """A notebook with a cell each; errors are expected where outputs are compared."""
    book = v4.new_notebook(  # type: ignore[no-untyped-call]
        metadata={"kernelspec": {"name": "python3", "display_name": "", "language": "python"}},
    )
    for code in codes:
        cell = v4.new_code_cell(code.replace("\\n", "\n"))  # type: ignore[no-untyped-call]
        tag = "codeout:volatile" if code in {*VARYING, *PAGERS} else "raises-exception"
        cell.metadata["tags"] = [tag]
        book.cells.append(cell)
    return str(nbformat.writes(book))  # type: ignore[no-untyped-call]


def run_on_a_page(folder: Folder, text: str) -> tuple[Project, Path]:
    """Run a notebook as a page, and write its outputs."""
    page = folder.write("page.ipynb", text)
    project = Project.open(folder.root)
    for event in project.execute([plan_page(project.config, page)]):
        if isinstance(event, Update):
            assert not event.problems, "\n".join(map(str, event.problems))
            assert not project.write(event)
    return project, page
