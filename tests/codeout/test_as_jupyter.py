"""Magics and display objects of IPython leave on a page what they leave in Jupyter.

One notebook with a cell for each is run by codeout, and by nbclient with a kernel.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import nbformat
import pytest
from codeout.engine.plan import plan_page
from codeout.engine.project import Project
from codeout.engine.update import Update
from nbformat import v4

from tests.support.takeaway_runs import differences, run_notebook

if TYPE_CHECKING:
    from tests.support.folder import Folder

MAGICS = r"""
_ = open("script.py", "w").write("print(__name__)")
%matplotlib inline
%matplotlib --list
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
%%python\nprint("another Python")
%%html\n<b>bold</b>
%%latex\n$x$
%%markdown\n**bold**
%%javascript\nalert(1)
%%svg\n<svg xmlns="http://www.w3.org/2000/svg" width="8" height="8"></svg>
%%time?
%pdef len
%reset -f
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
Image(url="https://example.org/a.png")
FileLink("made.txt")
IFrame("https://example.org", 10, 10)
YouTubeVideo("abc")
Video("https://example.org/a.mp4")
Pretty("pretty")
Code("x = 1", language="python")
ProgressBar(4)
Audio([0.0, 0.1], rate=8000)
display("a", "b")
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

# Of these, Jupyter's interface shows more than the notebook keeps.
PAGERS = {"%%time?", "%pdef len"}
SETUP = """
import base64
from IPython.display import *

PNG = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)
""".strip()


@pytest.mark.parametrize("cells", [MAGICS, [SETUP, *OBJECTS]], ids=["magics", "objects"])
def test_outputs_are_those_of_jupyter(cells: list[str], folder: Folder) -> None:
    codes = [cell.replace("\\n", "\n") for cell in cells if cell not in PAGERS]
    book = v4.new_notebook(  # type: ignore[no-untyped-call]
        cells=[v4.new_code_cell(code) for code in codes],  # type: ignore[no-untyped-call]
        metadata={"kernelspec": {"name": "python3", "display_name": "", "language": "python"}},
    )
    for cell in book.cells:
        cell.metadata["tags"] = ["raises-exception"]
    text = nbformat.writes(book)  # type: ignore[no-untyped-call]
    page = folder.write("page.ipynb", text)
    project = Project.open(folder.root)
    for event in project.execute([plan_page(project.config, page)]):
        if isinstance(event, Update):
            assert not event.problems, "\n".join(map(str, event.problems))
            assert not project.write(event)
    (work := folder.root / "work").mkdir()
    theirs = run_notebook(text, work, allow_errors=True)
    plan = plan_page(project.config, page)
    assert "\n".join(differences(project, plan, theirs, work)) == ""
