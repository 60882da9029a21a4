"""Language servers that are forked from a process that has loaded them: a cold one takes a second.

Each line of the standard input asks for one: ``{"cwd": …, "environ": {…}, "words": […]}``. The
answer is its process, and the port at which it waits for its editor.
"""

from __future__ import annotations

import json
import os
import signal
import socket
import sys

if __name__ == "__main__":
    del sys.path[0]  # as the program does

import codeout.lsp.server  # noqa: F401  # what takes the second
from codeout.cli.main import main
from codeout.page.document import parse


def serve(door: socket.socket, cwd: str, environ: dict[str, str], words: list[str]) -> None:
    """Be the program, with the editor at its standard streams."""
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    editor, _ = door.accept()
    for stream in (sys.stdin, sys.stdout):
        os.dup2(editor.fileno(), stream.fileno())
    editor.close()
    door.close()
    os.chdir(cwd)
    os.environ.clear()
    os.environ.update(environ)
    main(words, prog_name="codeout")


if __name__ == "__main__":
    parse(b"```python\n1\n```\n")  # loads the renderer
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # nobody waits for them
    while line := sys.stdin.readline():
        with socket.create_server(("127.0.0.1", 0)) as door:
            if not (pid := os.fork()):
                serve(door, **json.loads(line))
            print(json.dumps([pid, door.getsockname()[1]]), flush=True)  # noqa: T201  # the answer
