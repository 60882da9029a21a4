"""Sources: a Debian package serves all its files from one download, and failures read well."""

from __future__ import annotations

import os
import shutil
import subprocess
from typing import TYPE_CHECKING

import pytest
from codeout.data.sources import command, download_file, reason
from codeout.errors import AssetError

if TYPE_CHECKING:
    from pathlib import Path

APT_GET = """\
#!/bin/sh
# Stands for apt-get: packages lie in $POOL, those not known before an update in $POOL/new.
echo "$@" >> "$POOL/log"
for last; do :; done
if [ "$last" = update ]; then mv "$POOL"/new/*.deb "$POOL"
elif [ -f "$POOL/$last.deb" ]; then cp "$POOL/$last.deb" .
else echo "E: Unable to locate package $last" >&2; exit 100
fi
"""


@pytest.fixture
def pool(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder from which a stubbed ``apt-get`` takes packages; ``new`` in it needs an update."""
    if not shutil.which("dpkg-deb"):
        pytest.skip("dpkg-deb is not on this machine")
    pool, programs = tmp_path / "pool", tmp_path / "bin"
    (pool / "new").mkdir(parents=True)
    programs.mkdir()
    (programs / "apt-get").write_text(APT_GET)
    (programs / "apt-get").chmod(0o755)
    monkeypatch.setenv("POOL", str(pool))
    monkeypatch.setenv("PATH", f"{programs}{os.pathsep}{os.environ['PATH']}")
    return pool


def build(package: str, folder: Path) -> None:
    """Build a Debian package with two files in a folder."""
    tree = folder / package
    (tree / "DEBIAN").mkdir(parents=True)
    (tree / "DEBIAN" / "control").write_text(
        f"Package: {package}\nVersion: 1\nArchitecture: all\n"
        "Maintainer: Nobody <nobody@example.org>\nDescription: for a test\n"
    )
    (tree / "usr").mkdir()
    (tree / "usr" / "one.bin").write_text("one")
    (tree / "usr" / "two.bin").write_text("two")
    target = folder / f"{package}.deb"
    subprocess.run(["dpkg-deb", "-Znone", "-b", tree, target], check=True, capture_output=True)


def brought(source: str, folder: Path) -> str:
    """What `download_file` finds at a source, or else why it finds nothing."""
    scratch = folder / "scratch"
    scratch.mkdir()
    try:
        return download_file(source, scratch, lambda *_: None).read_text()
    except AssetError as error:
        return reason(error)
    finally:
        shutil.rmtree(scratch)


def test_a_package_is_downloaded_once_for_all_its_files(pool: Path, tmp_path: Path) -> None:
    build("test-twice", pool)
    assert brought("deb:test-twice/usr/one.bin", tmp_path) == "one"
    assert brought("deb:test-twice/usr/two.bin", tmp_path) == "two"
    assert len((pool / "log").read_text().splitlines()) == 1


def test_a_package_may_lack_the_file(pool: Path, tmp_path: Path) -> None:
    build("test-less", pool)
    why = brought("deb:test-less/usr/three.bin", tmp_path)
    assert why == "the package has no file /usr/three.bin"


@pytest.mark.parametrize(
    ("user", "found"),
    [
        (0, "one"),
        (
            1000,
            "apt-get: Unable to locate package test-new-1000 (`apt-get update`, as root, may help)",
        ),
    ],
)
def test_an_unknown_package_is_looked_for_again_after_an_update_by_root(
    pool: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, user: int, found: str
) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: user)
    build(f"test-new-{user}", pool / "new")
    assert brought(f"deb:test-new-{user}/usr/one.bin", tmp_path) == found


def test_a_machine_may_lack_apt(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    why = brought("deb:test-other/usr/one.bin", tmp_path)
    assert why == "apt-get and dpkg are not on this machine"


@pytest.mark.parametrize(
    ("script", "why"),
    [
        ("exit 3", "sh: exit status 3"),
        ("echo first >&2; echo last >&2; exit 1", "sh: last"),
        ("echo E: broken >&2; echo E: some files failed >&2; exit 1", "sh: broken"),
    ],
)
def test_a_command_that_fails_is_quoted(script: str, why: str) -> None:
    with pytest.raises(AssetError) as error:
        command("sh", "-c", script)
    assert str(error.value) == why


def test_a_wrapped_error_is_told_by_what_caused_it() -> None:
    wrapped = OSError("pool(host=…): too many retries")
    wrapped.__context__ = ConnectionRefusedError(111, "Connection refused")
    assert reason(wrapped) == "Connection refused"
