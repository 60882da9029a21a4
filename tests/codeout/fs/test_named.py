"""Files that a person names: written where they are meant, whatever they are."""

from __future__ import annotations

import contextlib
import os
import stat
import threading
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from codeout.fs.named import write_named

if TYPE_CHECKING:
    from tests.support.folder import Folder


def test_a_file_is_written(folder: Folder) -> None:
    write_named(folder.root / "new.txt", b"text", folder.root)
    assert folder.read("new.txt") == "text"


def test_a_folder_that_is_not_there_is_not_made(folder: Folder) -> None:
    with pytest.raises(FileNotFoundError, match="there is no such folder"):
        write_named(folder.root / "typo/new.txt", b"text", folder.root)
    assert list(folder.root.iterdir()) == []


def test_a_pipe_is_written_to_and_stays_a_pipe(folder: Folder) -> None:
    pipe = folder.root / "pipe"
    os.mkfifo(pipe)
    told: list[bytes] = []
    reader = threading.Thread(target=lambda: told.append(pipe.read_bytes()), daemon=True)
    reader.start()
    while not told:  # until somebody reads
        with contextlib.suppress(OSError):
            write_named(pipe, b"text", folder.root)
            reader.join(10)
    assert told == [b"text"]
    assert stat.S_ISFIFO(pipe.stat().st_mode)


def test_a_pipe_that_nobody_reads_is_no_wait(folder: Folder) -> None:
    os.mkfifo(folder.root / "pipe")
    with pytest.raises(OSError, match="nobody reads from it"):
        write_named(folder.root / "pipe", b"text", folder.root)


def test_a_device_is_written_to(folder: Folder) -> None:
    """A terminal of our own: in its folder, nobody can make or rename a file."""
    screen, terminal = os.openpty()
    link = folder.root / "terminal"
    link.symlink_to(os.ttyname(terminal))
    write_named(link, b"text", folder.root)
    assert os.read(screen, 99) == b"text"
    assert link.is_symlink()
    assert stat.S_ISCHR(link.stat().st_mode)
    for handle in (screen, terminal):
        os.close(handle)


def test_an_open_stream_is_written_on(folder: Folder) -> None:
    file = folder.write("log.txt", "before ")
    with file.open("ab") as log:
        write_named(Path(f"/dev/fd/{log.fileno()}"), b"after", folder.root)
    assert file.read_text() == "before after"


@pytest.mark.parametrize("what", ["file", "folder"])
def test_a_link_in_the_project_does_not_lead_out_of_it(
    what: str, folder: Folder, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """For somebody else may have put it there."""
    elsewhere = tmp_path_factory.mktemp("elsewhere")
    (elsewhere / "report.xml").write_text("mine")
    if what == "file":
        (folder.root / "report.xml").symlink_to(elsewhere / "report.xml")
    else:
        (folder.root / "out").symlink_to(elsewhere)
    place = folder.root / ("report.xml" if what == "file" else "out/report.xml")
    with pytest.raises(OSError, match="leads out of the project"):
        write_named(place, b"text", folder.root)
    assert (elsewhere / "report.xml").read_text() == "mine"


def test_a_link_elsewhere_is_followed(
    folder: Folder, tmp_path_factory: pytest.TempPathFactory
) -> None:
    elsewhere = tmp_path_factory.mktemp("elsewhere")
    (elsewhere / "link.xml").symlink_to(elsewhere / "report.xml")
    write_named(elsewhere / "link.xml", b"text", folder.root)
    assert (elsewhere / "report.xml").read_text() == "text"
