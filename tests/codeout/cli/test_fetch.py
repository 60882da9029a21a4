"""The answer of ``codeout fetch``: where each data file is from."""

from __future__ import annotations

import hashlib
import threading
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING

import pytest
from codeout.cli.fetch import fetch_all
from codeout.config.settings import Config
from codeout.data.assets import Asset

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.support.folder import Folder

DATA = b"w" * 1_500_000
SHA = hashlib.sha256(DATA).hexdigest()
STAND_IN = "import pathlib, sys\npathlib.Path(sys.argv[1]).write_bytes(b'0' * 2_000_000)\n"


class Quiet(SimpleHTTPRequestHandler):
    """Serves files and says nothing."""

    def log_message(self, *_: object) -> None:
        """Keep quiet."""


@pytest.fixture
def mirror(folder: Folder) -> Iterator[str]:
    """The address of a server that has ``weights.bin``."""
    folder.write("served/weights.bin", "").write_bytes(DATA)
    with ThreadingHTTPServer(
        ("127.0.0.1", 0), partial(Quiet, directory=str(folder.root / "served"))
    ) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
        thread.join()


def test_a_file_is_fetched_once(
    folder: Folder, mirror: str, capsys: pytest.CaptureFixture[str]
) -> None:
    config = Config(folder.root, assets=(Asset("data/w.bin", SHA, (f"{mirror}/weights.bin",)),))
    assert fetch_all(config) == 0
    (folder.root / "served/weights.bin").unlink()
    assert fetch_all(config) == 0
    assert capsys.readouterr().out == "data/w.bin: 1.5 MB\n" * 2


def test_a_stand_in_is_called_one_until_the_true_file_can_be_had(
    folder: Folder, mirror: str, capsys: pytest.CaptureFixture[str]
) -> None:
    folder.write("make.py", STAND_IN)
    wanted = Asset("data/w.bin", SHA, (f"{mirror}/none.bin",), stand_in="make.py")
    assert fetch_all(Config(folder.root, assets=(wanted,))) == 0
    assert capsys.readouterr().out == (
        "data/w.bin: STAND-IN, made by make.py, 2.0 MB; no output may depend on its values\n"
        f"  {mirror}/none.bin: 404 Client Error: File not found\n"
    )
    (folder.root / "served/weights.bin").rename(folder.root / "served/none.bin")
    assert fetch_all(Config(folder.root, assets=(wanted,))) == 0
    assert capsys.readouterr().out == "data/w.bin: 1.5 MB\n"


def test_a_file_that_cannot_be_had_does_not_keep_others_away(
    folder: Folder, mirror: str, capsys: pytest.CaptureFixture[str]
) -> None:
    bad = Asset("bad.bin", "0" * 64, (f"{mirror}/none.bin",))
    good = Asset("good.bin", SHA, (f"{mirror}/weights.bin",))
    assert fetch_all(Config(folder.root, assets=(bad, good))) == 1
    assert capsys.readouterr().out == (
        "bad.bin: no source could be used\n"
        f"  {mirror}/none.bin: 404 Client Error: File not found\n"
        "  hint: connect and run again, or put the file there yourself: "
        f"{folder.root}/.cache/{'0' * 16}/bad.bin\n"
        "good.bin: 1.5 MB\n"
    )
