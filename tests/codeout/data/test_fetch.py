"""The cache: files come from the first good source, once, and what is spoilt comes again."""

from __future__ import annotations

import errno
import gzip
import hashlib
import threading
from contextlib import suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from codeout.data.assets import Asset, Fetched
from codeout.data.fetch import fetch, locate
from codeout.data.links import link_files
from codeout.errors import AssetError, ConfigError
from codeout.fs.cache_folder import cache_folder

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.support.folder import Folder

DATA = b"weights " * 300_000
CORRUPT = b"W" + DATA[1:]
SHA256, WRONG = hashlib.sha256(DATA).hexdigest(), hashlib.sha256(CORRUPT).hexdigest()
TRUE = f"{SHA256[:16]}/weights.bin"
FILES = {
    "/good.bin": DATA,
    "/good.bin.gz": gzip.compress(DATA, 1),
    "/corrupt.bin": CORRUPT,
    "/corrupt.bin.gz": gzip.compress(DATA, 1)[:1000],
    "/truncated.bin": DATA[:1000],
}
STAND_IN = """\
import sys
from pathlib import Path
Path(sys.argv[1]).write_text(f"stand-in {sys.argv[3]}")
"""


class Mirror(ThreadingHTTPServer):
    """A web server that has `FILES`, notes what it is asked for, and can be switched off."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.asked: list[str] = []
        self.up = True

    def url(self, name: str) -> str:
        """Where a file is."""
        return f"http://127.0.0.1:{self.server_port}/{name}"


class Handler(BaseHTTPRequestHandler):
    """Answers for a `Mirror`."""

    server: Mirror

    def do_GET(self) -> None:
        """Send a file, or less of it than was promised."""
        self.server.asked.append(self.path)
        if self.path not in FILES or not self.server.up:
            self.send_error(404)
            return
        truncated = self.path == "/truncated.bin"
        self.send_response(200)
        self.send_header("Content-Length", str(len(DATA if truncated else FILES[self.path])))
        self.end_headers()
        self.wfile.write(FILES[self.path])

    def log_message(self, *_: object) -> None:
        """Keep quiet."""


@pytest.fixture
def mirror() -> Iterator[Mirror]:
    with Mirror() as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.01,))
        thread.start()
        yield server
        server.shutdown()
        thread.join()


@pytest.fixture
def cache(tmp_path: Path) -> Path:
    return tmp_path / "cache"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    (tmp_path / "root").mkdir()
    (tmp_path / "root" / "make.py").write_text(STAND_IN)
    return tmp_path / "root"


def asset(*sources: str, stand_in: str = "") -> Asset:
    return Asset("data/weights.bin", SHA256, sources, stand_in)


def kept(cache: Path) -> set[str]:
    return {file.relative_to(cache).as_posix() for file in cache.rglob("*") if file.is_file()}


def test_a_file_is_downloaded_once(mirror: Mirror, cache: Path, root: Path) -> None:
    wanted = asset(mirror.url("good.bin"))
    first = fetch(wanted, cache, root)
    assert first == Fetched(wanted, cache / TRUE, stand_in=False)
    assert first.file.read_bytes() == DATA
    assert fetch(wanted, cache, root) == locate(wanted, cache, root) == first
    assert mirror.asked == ["/good.bin"]


def test_a_packed_source_is_unpacked(mirror: Mirror, cache: Path, root: Path) -> None:
    assert fetch(asset(mirror.url("good.bin.gz")), cache, root).file.read_bytes() == DATA


def test_a_packed_file_that_pages_want_packed_stays_so(
    mirror: Mirror, cache: Path, root: Path
) -> None:
    packed = FILES["/good.bin.gz"]
    wanted = Asset(
        "weights.bin.gz", hashlib.sha256(packed).hexdigest(), (mirror.url("good.bin.gz"),)
    )
    assert fetch(wanted, cache, root).file.read_bytes() == packed


def test_progress_is_told(mirror: Mirror, cache: Path, root: Path) -> None:
    told: list[tuple[str, str, int, int]] = []
    url = mirror.url("good.bin")
    fetch(asset(url), cache, root, lambda *each: told.append(each))
    assert {(path, origin) for path, origin, _, _ in told} == {("data/weights.bin", url)}
    counts = [(done, total) for _, _, done, total in told]
    whole = (len(DATA), len(DATA))
    assert counts == [(0, 0), (1 << 20, len(DATA)), (2 << 20, len(DATA)), whole, whole]


@pytest.mark.parametrize(
    ("bad", "why"),
    [
        ("missing.bin", "404 Client Error: Not Found"),
        ("truncated.bin", f"IncompleteRead(1000 bytes read, {len(DATA) - 1000} more expected)"),
        ("corrupt.bin", f"wrong checksum: expected {SHA256}, found {WRONG}"),
        ("corrupt.bin.gz", "Compressed file ended before the end-of-stream marker was reached"),
    ],
)
def test_a_bad_source_is_passed_over(
    mirror: Mirror, cache: Path, root: Path, bad: str, why: str
) -> None:
    fetched = fetch(asset(mirror.url(bad), mirror.url("good.bin")), cache, root)
    assert fetched.file.read_bytes() == DATA
    assert fetched.failures == (f"{mirror.url(bad)}: {why}",)
    assert kept(cache) == {TRUE, f"{TRUE}.checked"}


def test_without_any_good_source_it_says_why_and_what_to_do(
    mirror: Mirror, cache: Path, root: Path
) -> None:
    closed = Mirror()
    closed.server_close()
    sources = (closed.url("good.bin"), mirror.url("missing.bin"), mirror.url("corrupt.bin"))
    with pytest.raises(AssetError) as error:
        fetch(asset(*sources), cache, root)
    text = str(error.value).replace(closed.url(""), "http://closed/")
    text = text.replace(mirror.url(""), "http://mirror/").replace(str(cache), "CACHE")
    assert text == (
        "data/weights.bin: no source could be used\n"
        "  http://closed/good.bin: Connection refused\n"
        "  http://mirror/missing.bin: 404 Client Error: Not Found\n"
        f"  http://mirror/corrupt.bin: wrong checksum: expected {SHA256}, found {WRONG}\n"
        "  hint: connect and run again, or put the file there yourself: "
        f"CACHE/{TRUE}"
    )
    assert kept(cache) == set()


def test_a_file_put_there_by_hand_is_checked_and_taken(cache: Path, root: Path) -> None:
    wanted = asset("https://unreachable.invalid/weights.bin")
    file = cache / TRUE
    file.parent.mkdir(parents=True)
    file.write_bytes(DATA[1:])
    assert locate(wanted, cache, root) is None
    file.write_bytes(DATA)
    assert locate(wanted, cache, root) == Fetched(wanted, file, stand_in=False)


def test_a_file_that_changed_in_the_cache_is_fetched_again(
    mirror: Mirror, cache: Path, root: Path
) -> None:
    wanted = asset(mirror.url("good.bin"))
    file = fetch(wanted, cache, root).file
    file.chmod(0o644)
    file.write_bytes(CORRUPT)
    assert locate(wanted, cache, root) is None
    assert fetch(wanted, cache, root).file.read_bytes() == DATA
    assert mirror.asked == ["/good.bin"] * 2


def test_a_page_that_writes_through_its_link_spoils_nothing_for_others(
    mirror: Mirror, cache: Path, root: Path, tmp_path: Path
) -> None:
    wanted = asset(mirror.url("good.bin"))
    link_files([fetch(wanted, cache, root)], tmp_path / "page")
    with suppress(PermissionError):  # root may write all the same
        (tmp_path / "page" / "data" / "weights.bin").write_bytes(b"spoilt")
    assert fetch(wanted, cache, root).file.read_bytes() == DATA


def test_a_stand_in_takes_the_place_of_what_cannot_be_had(
    mirror: Mirror, cache: Path, root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    mirror.up = False
    url = mirror.url("good.bin")
    wanted = asset(url, stand_in="make.py")
    assert locate(wanted, cache, root) is None
    first = fetch(wanted, cache, root)
    assert first.stand_in
    assert first.failures == (f"{url}: 404 Client Error: Not Found",)
    assert first.file.read_text() == "stand-in 0"
    assert locate(wanted, cache, root) == Fetched(wanted, first.file, stand_in=True)

    monkeypatch.setenv("CODEOUT_STAND_IN_SEED", "1")
    assert locate(wanted, cache, root) is None
    assert fetch(wanted, cache, root).file.read_text() == "stand-in 1"

    mirror.up = True
    assert fetch(wanted, cache, root).stand_in, "whoever chooses a seed wants the stand-in"
    monkeypatch.delenv("CODEOUT_STAND_IN_SEED")
    assert fetch(wanted, cache, root).file.read_bytes() == DATA
    assert locate(wanted, cache, root) == Fetched(wanted, cache / TRUE, stand_in=False)


def test_a_stand_in_is_made_once_until_its_script_changes(cache: Path, root: Path) -> None:
    wanted = asset(stand_in="make.py")
    first = fetch(wanted, cache, root).file
    made = first.stat().st_mtime_ns
    assert fetch(wanted, cache, root).file.stat().st_mtime_ns == made
    (root / "make.py").write_text(STAND_IN.replace("stand-in", "better"))
    assert fetch(wanted, cache, root).file.read_text() == "better 0"


def test_a_stand_in_that_fails_says_so(cache: Path, root: Path) -> None:
    (root / "make.py").write_text("raise ValueError('no weights')")
    with pytest.raises(AssetError, match=r"make\.py failed: ValueError: no weights\n"):
        fetch(asset(stand_in="make.py"), cache, root)
    with pytest.raises(ConfigError, match=r"no such stand-in script: other\.py"):
        fetch(asset(stand_in="other.py"), cache, root)


def test_a_full_disk_ends_the_search(
    cache: Path, root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def download_file(*_: object) -> Path:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr("codeout.data.sources.download_file", download_file)
    with pytest.raises(ConfigError) as error:
        fetch(asset("https://one.invalid/a", "https://two.invalid/a"), cache, root)
    assert str(error.value) == (
        f"data files cannot be kept in {cache}: No space left on device\n"
        "  hint: make room there, or name another folder in CODEOUT_CACHE"
    )
    assert not list(cache.iterdir()), "nothing half is left"


def test_where_data_files_are_kept(folder: Folder, monkeypatch: pytest.MonkeyPatch) -> None:
    assert cache_folder() == folder.root / ".cache"
    monkeypatch.delenv("CODEOUT_CACHE")
    monkeypatch.setenv("XDG_CACHE_HOME", "/var/cache")
    assert cache_folder() == Path("/var/cache/codeout")
    monkeypatch.delenv("XDG_CACHE_HOME")
    monkeypatch.setenv("HOME", "/home/ada")
    assert cache_folder() == Path("/home/ada/.cache/codeout")
