"""No message without a golden: what the source can say, some case shows.

Every string in ``codeout`` that has two words side by side is taken for a message, docstrings
aside; where values are put into it, each piece is. A piece has to be found in what a golden
expects, or in `ELSEWHERE`, with the reason why no golden can show it.
"""

from __future__ import annotations

import ast
import re
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Final

import codeout
import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator

PACKAGE = Path(codeout.__file__).parent
SOURCES = sorted(PACKAGE.rglob("*.py"))
GOLDENS = sorted(Path(__file__).parent.glob("*/*/expected.txt"))
WORDS: Final = re.compile(r"[a-z`'][\w`'-]* [a-z`'][\w`'-]*", re.IGNORECASE)
NO_MESSAGES: Final = {
    "__init__.py": "its strings are names of modules and of what they hold",
    "output/normalize.py": "its strings are patterns",
    "adopt/causes.py": "its strings are patterns; see adopt/test_causes.py",
    "export/setup_cell.py": "its strings are Python, for exported pages",
    "export/awaiting.py": "its strings are Python, for exported pages",
    "export/cell_magics.py": "its strings are Python, for exported pages",
    "export/script.py": "its strings are Python, for exported pages",
    "export/shell_lines.py": "its strings are Python, for exported pages",
    "export/script_helpers.py": "its strings are Python, for exported pages",
    "lsp/hover.py": "its strings are for editors; see lsp/test_runs.py",
    "lsp/edits.py": "its strings are patterns; see lsp/test_fixes.py",
    "config/docstrings.py": "its strings are patterns",
    "config/json_schema.py": "its strings are JSON Schema; see config/test_json_schema.py",
    "lock/json_schema.py": "its strings are JSON Schema; see cli/machine/test_schema.py",
    "cli/machine/check.py": "its strings are JSON Schema; see cli/machine/test_schema.py",
    "cli/machine/status.py": "its strings are JSON Schema; see cli/machine/test_schema.py",
    "cli/machine/watch.py": "its strings are JSON Schema; see cli/machine/test_schema.py",
    "cli/sarif.py": "its strings are SARIF; see cli/test_sarif.py",
    "cli/sarif_rules.py": "its strings are SARIF; see cli/test_sarif.py",
    "site/badge.py": "its strings are SVG; see site/test_badge.py",
    "output/typed.py": "its strings are patterns",
    "page/annotate.py": "its strings are names of modules and HTML",
    "page/fence_slots.py": "its strings are patterns",
    "output/colours.py": "its strings are HTML and patterns",
    "site/frames.py": "its strings are HTML",
    "site/folded.py": "its strings are HTML",
    "site/myst_lines.py": "its strings are Markdown and HTML",
    "integrations/sphinx/math.py": "its strings are HTML",
    "site/notebook.py": "its strings are HTML and two messages; see site/test_notebook.py",
    "output/frames.py": "its strings are HTML",
    "serve/http.py": "its strings are JavaScript",
    "output/markdown.py": "its strings are HTML",
    "run/charts.py": "its strings are Python, for processes of their own",
    "init/workflow.py": "its strings are YAML; see init/test_workflow.py",
    "run/console.py": "its strings are for a shell",
    "sandbox/cgroup.py": "its strings are for a shell",
    "text/terminal.py": "its strings are patterns",
    "stability/variants.py": "its strings are Python; see stability/test_report.py",
}
ELSEWHERE: Final = {
    "# Written by codeout: what each page was made with.": "stands in the lock",
    "To exit: use": "is what IPython says",
    "No traceback available to show.": "is what IPython says",
    ": only IPython has it": "stands in exported scripts; see export/test_script.py",
    "characters are not read while they are": "is for editors; see lsp/test_marks.py",
    "hint: `codeout check` reads": "likewise",
    "the process that runs pages ended": "needs a fault of codeout or of the system",
    "Run to here": "is for editors; see lsp/test_runs.py",
    "nothing printed": "likewise",
    "outputs that differ from the page": "likewise",
    "Write the outputs of this": "is for editors; see lsp/test_fixes.py",
    "The outputs on this page are not verified.": "stands in a site; see site/test_llms.py",
    "`codeout lsp` needs pygls": "needs an environment without it; see lsp/test_runs.py",
    "kept; add to its `tasks`, unless it has": "is long; see init/test_vscode.py",
    "nothing on the page runs": "is for pytest; see integrations/test_pytest.py",
    "pages run without a kernel of Jupyter": "see test_as_jupyter.py",
    "there is no `.kernel`": "likewise",
    "Traceback \\((?:most recent call|innermost) last\\)": "is what Python says",
    "<frozen importlib._bootstrap_external>": "is what Python says",
    "<frozen importlib._bootstrap>": "likewise",
    "<frozen importlib.util>": "likewise",
    "name '(\\w+)' is not defined": "likewise",
    "No module named '([\\w.]+)'": "likewise",
    "another matrix is at work in": "needs a second one; see matrix/test_matrix.py",
    ": stale, so nothing is recorded of it": "needs packages; see matrix/test_matrix.py",
    "not installable": "likewise",
    "not checked": "needs packages; see plugins/test_examples.py",
    "it cannot be made:": "needs a fault of the system; see matrix/test_faults.py",
    "an output that differs there, and is in no tab or fence": "likewise",
    "move it to a tab or a fence: only there can outputs differ by version": "likewise",
    "the output of `": "see matrix/test_keeping.py",
    "` differs there": "likewise",
    "make that range smaller by hand, or name it, so that its output is replaced": "likewise",
    "with these outputs, the page would be read as another one": "likewise",
    "write the comment and the output by hand": "likewise",
    "is stale, so nothing is kept on it": "needs packages; see matrix/test_matrix.py",
    "run it first": "likewise",
    "write a range of what is installed there": "likewise",
    "import sys; from codeout.engine.installed_outputs import": "is Python",
    "the check ended with status": "needs a fault; see matrix/test_faults.py",
    "without a word": "likewise",
    "import sysconfig; print": "is Python, for a process of its own",
    "uv makes the environments, and it is not there": "needs that; see matrix/test_faults.py",
    "pip install uv": "likewise",
    "in the project": "see engine/test_hints.py",
    "not used": "needs another plugin; see plugins/test_examples.py",
    "cannot be called": "see run/test_plugins.py",
    "has no `mime`, the MIME type that it takes": "likewise",
    "has no method `": "likewise",
    ", which no page can show, but": "likewise",
    "prints and shows": "see engine/test_transcript.py",
    "this syntax came with Python": "needs an older Python; see engine/test_hints.py",
    "; run the page with that or a newer one": "likewise",
    "standard output": "needs a full disk; see cli/test_main.py",
    "is not output": "becomes the message on what is in an output tab",
    "const docs_json =": "is what Bokeh says",
    "makes no script: it takes too long": "needs two minutes",
    "sys.stdout.buffer.write(vl_convert": "is Python, for a process of its own",
    "pages of this format have no files of figures": "cannot happen",
    "the arrays are too large": "becomes the message on data that cannot be read",
    "are nested too deeply": "needs Python 3.12; see output/test_interactive.py",
    "an array ends in the middle of a number": "likewise",
    "not a library of figures": "becomes the message on what no page may tell",
    "not a language of markup": "becomes the message on what no page may tell",
    "Unable to locate package|404": "is what apt-get says",
    "for url:": "is what requests says",
    "(at (?:line": "is what tomllib says",
    "<frozen os>": "is what Python says",
    "line magic function": "is what IPython says",
    "|requires the '\\w+' interactive framework": "is what Matplotlib says",
    "has no file /": "needs a Debian package; see data/test_sources.py",
    "apt-get and dpkg are not on this machine": "needs another system; see data/test_sources.py",
    "(`apt-get update`, as root, may help)": "needs apt-get to fail; see data/test_sources.py",
    "did not end within": "needs ten minutes",
    "wrong checksum: expected": "needs a server; see data/test_fetch.py",
    "make room there, or": "needs a full disk; see data/test_fetch.py",
    "finished pages are written, the others": "needs Ctrl-C; see cli/test_main.py",
    "the page's process broke:": "needs a fault of codeout or of the system",
    "the system kills with SIGKILL when memory": "needs memory to run out; see run/test_pool.py",
    "did not start within": "needs five minutes",
    "may take too long": "likewise",
    "it ended": "needs a server that ends without a word",
    "the run of the pages ended early": "needs a run that fails; see integrations/test_pytest.py",
    "a block that begins with": "needs a page on which pymdownx hangs; see page/test_annotate.py",
    "admonition attr_list": "are names of extensions",
    "it is read-only": "needs permissions, which git does not keep; see test_faults.py",
    "leads out of the project": "needs a link; see engine/test_commit.py",
    "put a file or a folder in the place of the link": "likewise",
    "neither a file nor a folder": "needs a pipe or a link; see cli/test_surroundings.py",
    "put a file in the place of the link": "likewise",
    "write `{{/* codeout:": "has its braces doubled; see cases/mdx-that-fails",
    "*/}}` before the block": "likewise",
    "a slot in a docstring knows its string": "cannot happen",
    "snippets have more than": "needs a large file; see page/test_snippets.py",
    "bytes together": "likewise",
    "nothing was written; see that": "needs permissions; see adopt/test_files.py",
    "memory ran out, and the system killed": "needs memory to run out; see run/test_pool.py",
    "use less memory, or run fewer pages": "likewise",
    "needs Linux": "needs another system; see resident/test_faults.py",
    "run pages without it": "likewise",
    "others may use the folder of the warm servers": "likewise",
    "remove it, or set `CODEOUT_CACHE` to a folder": "likewise",
    "the warm server ended before it was ready": "needs a server that is killed",
    "the files of the modules to preload change": "needs files that never rest",
    "again when they have come to rest": "likewise",
    "not for a client to ask": "becomes a connection that ends",
    "another run is at work in": "needs a second run; see test_faults.py",
    "; waiting for its end": "likewise",
    "would show pages your home": "needs another home; see sandbox/test_bwrap.py",
    "move the project, or what PYTHONPATH names": "likewise",
    "make Python's environment in a folder of its own": "likewise",
    "the sandbox ended early": "needs a system that forbids it; see sandbox/test_client.py",
    "run without it to see more": "likewise",
    "run without `--sandbox`": "needs bubblewrap; see cli/test_main.py",
    "instead of `--sandbox`": "likewise",
    "run with `": "likewise",
    "the sandbox was silent for": "needs ten minutes; see sandbox/test_client.py",
    "s, and was stopped": "likewise",
    "run one page after the other": "likewise",
    "a page meddles with its run": "needs a page that breaks out of the sandbox",
    "too long": "becomes the message on what came out of the sandbox",
    "not the ending of a picture": "likewise",
    "not compared: the page failed": "stands in JUnit's XML; see test_report.py",
    "let pages use the network": "stands in the help of pytest",
    "changed while it ran, and was not written": "needs a second hand; see engine/test_commit.py",
    "run it again": "likewise",
    "the other names of": "needs a link, which git does not keep; see engine/test_commit.py",
    "(hard links) keep what it held": "likewise",
    "link them again, or use symbolic": "likewise",
    "cannot be read:": "needs a page that goes away; see test_plan.py",
    "what came out of the sandbox": "needs a page that breaks out of the sandbox",
    "of no page": "becomes the message on what came out of the sandbox",
    "longer than a block may run": "likewise",
    "not a message": "likewise",
    "not for a page to tell": "becomes the message on what no page may tell",
    "not the size of a message": "likewise",
    "not an error": "likewise",
    "not the name of a module": "likewise",
    "not the name of a device": "likewise",
    "its name is not UTF-8": "needs a name that few file systems keep",
    "rename the file": "likewise",
    "a checkpoint does not answer": "has the page run anew; see live/test_page.py",
    "no checkpoint is left": "likewise",
    "no checkpoint is what it was": "has the page run anew; see live/test_descriptors.py",
    "is not what it was": "likewise",
    "cannot be made again": "likewise",
    "is locked": "likewise",
    "this system does not tell what a process": "needs another system",
    "other threads are alive": "needs a watch; see live/test_fork_safety.py",
    "child processes are alive": "likewise",
    "CUDA is in use": "needs a graphics card",
    "a pipe or a socket is open": "needs a watch; see live/test_fork_safety.py",
    "a child process has not been waited for": "likewise",
    "a terminal is open": "likewise",
    "a folder is open": "likewise",
    "a file without a name is open": "likewise",
    "a file is locked": "likewise",
    "a timer runs": "likewise",
    "a signal is pending": "likewise",
    "SIGCHLD is handled": "likewise",
    "not all in its folders can be read": "likewise",
    "memory is shared with other processes": "likewise",
    "`preload` or `environment` in [tool.codeout] changed": "needs a watch; see watch/test_loop.py",
    "start `codeout watch` again": "likewise",
    "commands need bash, which is not on this machine": "needs a machine without it",
    "no block ran": "needs a watch; see cli/test_watch.py",
    "ran in": "likewise",
    ", and the checkpoint before block": "likewise",
    "; Ctrl-C ends it": "likewise",
    "runs from block": "needs a watch in a terminal; see init/test_vscode.py",
    "runs no block": "likewise",
    ": no checkpoint after block": "likewise",
    "; what comes after it runs again from": "likewise",
    "`--serve` needs": "needs an environment without it",
    "install the package": "likewise",
    "serve` ended with status": "needs a watch; see serve/test_serving.py",
    "` ended with status": "likewise; see serve/test_builds.py",
    "what it wrote above says why": "likewise",
    "Sphinx shows no notebook here": "needs Sphinx; see integrations/sphinx/test_gate.py",
    "cannot serve at": "needs an address in use; see serve/test_serving.py",
    "name another address as": "likewise",
    "=show for a site that shows them so": "needs Zensical; see integrations/test_markdown.py",
    "the network is off:": "is what the page sees; see run/test_audit.py",
    "changed meanwhile": "becomes the message on a page that changed",
    "is in git's own folder": "needs a link; see fs/test_atomic.py",
    "is no regular file": "needs a pipe, which git does not keep; see fs/test_atomic.py",
    "it is no regular file": "likewise; see fs/test_regular.py",
    "it has more than": "needs a large file; see fs/test_regular.py",
    "nobody reads from it": "needs a pipe; see fs/test_named.py",
    "others write to it all the time": "needs a second hand; see lock/test_lockfile.py",
    "run again when they have ended": "likewise",
    "the lock cannot hold its": "needs a fault of codeout; see lock/test_lockfile.py",
    "please report it, with the page": "likewise",
    "nested too deeply": "needs a file of brackets; see config/test_toml.py",
    "too many files are open": "needs a low limit; see cli/test_surroundings.py",
    "let it go to a file, or to /dev/null": "needs a closed stream; see cli/test_surroundings.py",
    "the current folder is gone": "needs a folder that goes away; see cli/test_surroundings.py",
    "change into one that is there": "likewise",
    "it has to be a folder that you may read": "needs permissions; see cli/test_surroundings.py",
    "put a file or a folder in its place": "needs a link; see engine/test_commit.py",
    ", and nothing was written": "likewise",
    "lies outside of the project, of which alone": "needs a page elsewhere; see cli/test_main.py",
    "or from its project": "likewise",
    "nknown option": "is what bubblewrap says",
    "number of arguments": "likewise",
    "thousands of hidden files are too many": "needs as many; see sandbox/test_client.py",
    "put them into a hidden folder": "likewise",
    "`--since`: git knows no revision": "needs a repository; see cached/test_selection.py",
    "name a branch, a tag or a commit": "likewise",
    "git is not installed": "needs a system without it; see init/test_git.py",
    "git cannot set its merge driver": "needs a repository; see init/test_git.py",
    "set in this clone": "likewise",
    "git config": "likewise",
    "left out, as its place is": "needs a repository; see init/test_project.py",
    "belongs to the project of": "needs a folder of a project; see init/test_project.py",
    "call `codeout init` there": "likewise",
    "is gone, and so is what it drew": "needs a page that goes; see engine/test_gone_pages.py",
    "install bubblewrap 0.7 or newer": "needs an old bubblewrap; see sandbox/test_client.py",
    "bubblewrap has to create user namespaces": "needs a system that forbids it; likewise",
    "around it permit that": "likewise",
    "`--cluster` needs Dask Distributed": "needs an environment without it",
    "install it into this Python: `pip install": "likewise",
    "the cluster at": "needs a cluster; see cluster/test_refusals.py",
    "has no workers": "needs a cluster; see cluster/test_refusals.py",
    "start one: `dask worker": "likewise",
    "start one with them: `dask worker ADDRESS": "likewise",
    ", and no worker has that": "likewise",
    "give all workers the Python environment": "likewise",
    "outputs may differ with them; give all workers": "likewise",
    "does not answer:": "needs a worker that ends meanwhile",
    "look into its log": "likewise",
    "where here is": "needs a cluster; see cluster/test_refusals.py",
    "run it without `--cluster`": "likewise; see cluster/test_faults.py",
    "no worker could run it:": "likewise",
    "workers were lost while they ran it": "likewise",
    "MiB are free in": "likewise",
    "the process that runs its pages ended": "likewise",
    "the scheduler is gone": "likewise",
    "finished pages are as they should be": "likewise",
    "cannot be kept in": "likewise; see cluster/test_store.py",
    "did not arrive as it was sent": "likewise",
    "it is gone": "likewise",
    "share the file with workers": "needs a cluster; see cluster/test_refusals.py",
    "outputs may differ with it; give all workers": "likewise",
    "ran on worker": "likewise",
    ", which has": "likewise",
    ", which worker": "likewise",
    "has otherwise": "likewise",
    "not for a worker to tell": "needs a worker that breaks the protocol",
}


def name_of(source: Path) -> str:
    """A module's file, from the package's folder on."""
    return source.relative_to(PACKAGE).as_posix()


@pytest.mark.parametrize("source", SOURCES, ids=name_of)
def test_a_golden_shows_every_message(source: Path) -> None:
    if name_of(source) in NO_MESSAGES:
        return
    missing = [piece for piece in pieces(source) if piece not in shown() and not excused(piece)]
    assert not missing, "add a case to messages/ or to cases/ that shows it"


def test_what_is_excused_exists() -> None:
    said = [piece for source in SOURCES for piece in pieces(source)]
    assert [known for known in EXCUSED if not any(known in each for each in said)] == []


def excused(piece: str) -> bool:
    """Whether no golden can show a piece."""
    return any(known in piece for known in EXCUSED)


@cache
def shown() -> str:
    """All that goldens expect."""
    return plain(" ".join(golden.read_text(encoding="utf-8") for golden in GOLDENS))


def pieces(source: Path) -> Iterator[str]:
    """The pieces of the messages in a module."""
    tree = ast.parse(source.read_text(encoding="utf-8"))
    nodes = list(ast.walk(tree))
    alone = {id(node.value) for node in nodes if isinstance(node, ast.Expr)}  # docstrings
    for node in nodes:
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in alone:
            yield from (plain(part) for part in node.value.split("{}") if WORDS.search(part))


def plain(text: str) -> str:
    """A text as it is compared: in small letters, however it is broken into lines."""
    return " ".join(text.lower().split())


EXCUSED: Final = [*map(plain, ELSEWHERE)]
