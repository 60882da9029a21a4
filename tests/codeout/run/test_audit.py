"""What a page touches is seen, and other machines are refused where the network is off.

Audit hooks stay for good, so each page runs in a process of its own. Nothing here uses a network:
the names end in ``.invalid``, which no server answers for.
"""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
from codeout.data.assets import Asset, Fetched
from codeout.output.model import Stream, Value
from codeout.run.events import Ended, Finished
from codeout.run.job import Cell, Job, Limits
from codeout.run.pool import run_jobs

if TYPE_CHECKING:
    from codeout.output.model import Ran
    from codeout.run.access import Touched

    from tests.support.folder import Folder

ONLINE = Limits(workers=1)
OFFLINE = Limits(workers=1, offline=True)


def run(limits: Limits, *codes: str) -> tuple[list[Ran], Touched]:
    """The runs of a page's blocks, and what the page touched."""
    job = Job("page.md", tuple(Cell(code, 60) for code in codes))
    events = list(run_jobs([job], limits))
    (ended,) = [event for event in events if isinstance(event, Ended)]
    assert not ended.died
    return [event.ran for event in events if isinstance(event, Finished)], ended.touched


def text(ran: Ran) -> str:
    return "".join(each.text for each in ran.outputs if isinstance(each, Stream | Value))


def test_files_that_a_page_reads_and_writes(folder: Folder) -> None:
    data, made = folder.write("data.csv", "1,2"), folder.root / "made.txt"
    _, touched = run(
        ONLINE,
        f"open({str(data)!r}).read()",
        f"import os; os.close(os.open({str(made)!r}, os.O_WRONLY | os.O_CREAT))",
        f"open({str(made)!r}).read(); open('own.txt', 'w').close(); open('own.txt').read()",
    )
    assert touched.reads == {str(data)}, "what it wrote before it read, and its own, do not count"
    assert touched.writes == {str(made)}


@pytest.mark.parametrize("how", ["rename", "replace", "link", "symlink"])
def test_a_file_that_a_page_put_in_its_place_was_written_by_it(how: str, folder: Folder) -> None:
    """As caches are written: under another name first."""
    made = folder.root / "cache.bin"
    code = f"import os; open('x', 'w').close(); os.{how}(os.path.abspath('x'), {str(made)!r})"
    _, touched = run(ONLINE, code, f"open({str(made)!r}).read()")
    assert (touched.reads, touched.writes) == (frozenset(), {str(made)})


def test_declared_data_files_do_not_count_wherever_they_are_kept(folder: Folder) -> None:
    kept = folder.write("kept/x.csv", "1")
    fetched = Fetched(Asset("x.csv", "0" * 64, ()), kept, stand_in=False)
    code = "import os; open('x.csv').read(), open(os.path.realpath('x.csv')).read()"
    job = Job("page.md", (Cell(code, 60),), (fetched,))
    (ended,) = [event for event in run_jobs([job], ONLINE) if isinstance(event, Ended)]
    assert not ended.touched.reads


@pytest.mark.parametrize(
    "code",
    {
        "relative": "import os; os.chdir({folder!r}); open('data.db', 'rb').read()",
        "bytes": "open({file!r}.encode(), 'rb').read()",
        "a path": "import pathlib; pathlib.Path({file!r}).read_bytes()",
        "in a thread": "import threading as t; t.Thread(target=open, args=({file!r},)).start()",
        "to read and write": "open({file!r}, 'r+b').close()",
        "a database": "import sqlite3; sqlite3.connect({file!r}).close()",
        "a memory map": "import numpy; numpy.memmap({file!r}, shape=0, dtype='u1')",
        "its lines": "import linecache; linecache.getlines({file!r})",
        "a copy": "import shutil; shutil.copyfile({file!r}, 'copy')",
        "fileinput": "import fileinput; list(fileinput.input({file!r}))",
        "runpy": "import runpy; runpy.run_path({file!r})",
        "numpy": "import numpy; numpy.fromfile({file!r}, dtype='u1').sum()",
    }.items(),
    ids=lambda item: item[0],
)
@pytest.mark.filterwarnings("ignore::ResourceWarning")
def test_however_it_is_read(code: tuple[str, str], folder: Folder) -> None:
    file = folder.write("data.db", "")
    (ran, *_), touched = run(ONLINE, code[1].format(file=str(file), folder=str(folder.root)))
    assert ran.error is None
    assert touched.reads == {str(file)}


def test_lines_for_a_traceback_are_no_data() -> None:
    """The frames of a page's process lead through this engine."""
    code = "import traceback; _ = traceback.format_stack()"
    assert run(ONLINE, code)[1].reads == frozenset()


def test_modules_that_are_not_installed(folder: Folder) -> None:
    folder.write("near.py", "import nearer\n")
    folder.write("nearer.py", "")
    code = f"import sys; sys.path.append({str(folder.root)!r}); import near, json"
    sources = {str(folder.root / "near.py"), str(folder.root / "nearer.py")}
    assert run(ONLINE, code)[1].reads == sources
    assert run(ONLINE, code)[1].reads == sources, "now they come from their compiled files"


def test_odd_things_among_the_modules_do_no_harm() -> None:
    """``None`` there forbids an import; lazy packages put objects of their own."""
    code = "import sys; sys.modules['no'] = None; sys.modules['odd'] = object()\nimport odd\n"
    run(ONLINE, f"{code}try: import no\nexcept ImportError: pass")


def test_a_module_that_was_loaded_before_the_page_began() -> None:
    (_, (_, touched)) = run(ONLINE, "1 + 1"), run(ONLINE, "import codeout.run.forkserver")
    assert not run(ONLINE, "1 + 1")[1].reads
    here = [path for path in touched.reads if path.endswith("codeout/run/forkserver.py")]
    assert here or not touched.reads, "unless codeout is installed as a package"


def test_hosts_that_a_page_tries_to_reach() -> None:
    code = "import socket, contextlib\nwith contextlib.suppress(OSError): {}"
    asks = [
        code.format("socket.getaddrinfo('one.invalid', 80)"),
        code.format("socket.gethostbyname('two.invalid')"),
        code.format("socket.socket(type=socket.SOCK_DGRAM).sendto(b'', ('192.0.2.1', 9))"),
        code.format("socket.create_connection(('localhost', 9), timeout=1)"),
    ]
    _, touched = run(ONLINE, *asks)
    assert touched.hosts == {"one.invalid", "two.invalid", "192.0.2.1"}


URL = "https://data.invalid/a.csv?b=1"


@pytest.mark.parametrize(
    ("code", "told"),
    {
        "urllib": (f"import urllib.request as u; u.urlopen({URL!r})", URL),
        "urlretrieve": (f"import urllib.request as u; u.urlretrieve({URL!r}, 'a')", URL),
        "requests": (f"import requests; requests.get({URL!r}, timeout=5)", URL),
        "pandas": (f"import pandas; pandas.read_csv({URL!r})", URL),
        "http.client": (
            "import http.client as h; h.HTTPSConnection('data.invalid').request('GET', '/')",
            "data.invalid:443",
        ),
        "a socket": (
            "import socket; socket.create_connection(('data.invalid', 80))",
            "data.invalid:80",
        ),
        "an address": ("import socket; socket.socket().connect(('192.0.2.1', 80))", "192.0.2.1:80"),
        "a name": ("import socket; socket.gethostbyname('data.invalid')", "data.invalid"),
        "asyncio": (
            "import asyncio; await asyncio.open_connection('data.invalid', 80)",
            "data.invalid:80",
        ),
    }.values(),
)
def test_other_machines_are_refused_by_their_url(code: str, told: str) -> None:
    (ran, *rest), touched = run(OFFLINE, code, "'not reached'")
    assert ran.refused == (told,)
    assert ran.error is not None
    assert not rest, "a page without its data does not go on"
    assert len(touched.hosts) == 1
    assert all(host in told for host in touched.hosts)


@pytest.mark.parametrize(
    "code",
    [
        "socket.socket(type=socket.SOCK_DGRAM).sendmsg([b''], [], 0, ('192.0.2.1', 9))",
        "socket.socket(socket.AF_INET6, socket.SOCK_DGRAM).sendto(b'', ('2001:db8::1', 9))",
        "socket.socket().connect_ex(('192.0.2.1', 9))",
        "socket.gethostbyaddr('192.0.2.1')",
        "socket.gethostbyname_ex('a.invalid')",
        "socket.getaddrinfo('localhost.invalid', 80)",
    ],
)
def test_other_ways_out_are_refused(code: str) -> None:
    (ran,), _ = run(OFFLINE, f"import socket; {code}")
    assert ran.refused


@pytest.mark.parametrize("name", ["http_proxy", "HTTPS_PROXY", "all_proxy"])
def test_a_proxy_is_no_way_out(name: str) -> None:
    """One on this machine could be reached, and would go on to any other."""
    limits = Limits(1, environment={name: "http://127.0.0.1:9"}, offline=True)
    (ran,), _ = run(limits, f"import requests; requests.get({URL!r}, timeout=5)")
    assert ran.refused == (URL,)


def test_variables_of_a_page_do_not_disturb_the_search_for_the_url() -> None:
    code = """
class Odd:
    def __str__(self): raise RuntimeError
url, uri = Odd(), 'http://['
import socket; socket.getaddrinfo('data.invalid', 80)
"""
    (ran,), _ = run(OFFLINE, code)
    assert ran.refused == ("data.invalid:80",)


@pytest.mark.parametrize(
    "host",
    ["::1", "::ffff:127.0.0.1", "127.8.9.1", "LOCALHOST", "localhost.", "0.0.0.0", "a.localhost"],  # noqa: S104
)
def test_names_of_this_machine(host: str) -> None:
    code = f"import socket\ntry: socket.getaddrinfo({host!r}, 9)\nexcept socket.gaierror: pass"
    (ran,), touched = run(OFFLINE, code)
    assert (ran.refused, touched.hosts) == ((), frozenset())


def test_the_own_name_of_this_machine_in_whatever_case() -> None:
    code = "import socket\ntry: socket.getaddrinfo(socket.gethostname().upper(), 9)\n"
    (ran,), _ = run(OFFLINE, f"{code}except socket.gaierror: pass")
    assert ran.refused == ()


def test_a_refusal_that_the_page_hides_is_told_all_the_same() -> None:
    hidden = f"import urllib.request as u\ntry: u.urlopen({URL!r})\nexcept OSError: print('no')"
    (ran,), _ = run(OFFLINE, hidden)
    assert (text(ran), ran.error, ran.refused) == ("no\n", None, (URL,))


def test_this_machine_is_no_other() -> None:
    server = """
import http.server, threading, urllib.request
class Quiet(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(200); self.end_headers(); self.wfile.write(b'here')
    def log_message(self, *_): pass
with http.server.HTTPServer(('127.0.0.1', 0), Quiet) as served:
    threading.Thread(target=served.handle_request).start()
    print(urllib.request.urlopen(f'http://localhost:{served.server_port}').read())
"""
    (ran,), touched = run(OFFLINE, server)
    assert (text(ran), ran.refused, touched.hosts) == ("b'here'\n", (), frozenset())


def test_a_page_may_use_all_that_the_hook_uses() -> None:
    """It must not be brought down by a page that replaces functions."""
    code = "import os\nos.path.abspath = os.getcwd = os.fsdecode = None\nopen('x', 'w').close()"
    (ran,), _ = run(ONLINE, code)
    assert ran.error is None


STARTS_ONCE = """
import os, sysconfig
from codeout.run.environ_audit import note_reads
from codeout.run.audit import AuditHook

find, calls = sysconfig.get_paths, []

def get_paths(*arguments):
    calls.append(not arguments)  # sysconfig itself calls it with some
    assert sum(calls) == 1, "entered again half-way through"
    os.environ.get("NO_SUCH_VARIABLE")
    open(os.devnull).close()
    return find(*arguments)

sysconfig.get_paths = get_paths
note_reads(())
AuditHook((), offline=False).install()
os.environ.get("NO_SUCH_VARIABLE")
open(os.devnull).close()
print(sum(calls))
"""


def test_no_hook_is_entered_while_it_sets_itself_up() -> None:
    """On Python 3.13, sysconfig reads the environment half-way through its own start."""
    command = [sys.executable, "-c", STARTS_ONCE]
    assert subprocess.run(command, capture_output=True, text=True, check=True).stdout == "1\n"
