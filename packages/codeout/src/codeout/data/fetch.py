"""Fetches data files: once, verified, and kept in a cache by their checksum."""

from __future__ import annotations

import errno
import functools
import gzip
import hashlib
import os
import shutil
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from codeout.data.assets import Fetched
from codeout.data.verified import intact, keep, sha256_of
from codeout.errors import AssetError, ConfigError, describe_oserror
from codeout.fs.leftovers import PREFIX
from codeout.text.escape import escape_line

if TYPE_CHECKING:
    from codeout.data.assets import Asset

Report = Callable[[str, str, int, int], None]
"""Called with the path of an asset, its source, bytes so far, bytes in all (0: not known)."""


def fetch(asset: Asset, cache: Path, root: Path, report: Report = lambda *_: None) -> Fetched:
    """Get an asset from the cache, or else from one of its sources.

    If only a stand-in is in the cache, the sources are tried again. If ``CODEOUT_STAND_IN_SEED``
    is set, an asset with a stand-in script is never fetched: its stand-in is made.

    Args:
        asset: The asset.
        cache: The directory of the cache; made if missing.
        root: The root of the project, where stand-in scripts are and run.
        report: Called with the progress.

    Raises:
        AssetError: No source could be used and there is no stand-in; says why, a line a source.
        ConfigError: The stand-in script does not exist, or the cache cannot be written.
    """
    try:
        return _fetch(asset, cache, root, report)
    except OSError as error:
        room = "make room there, or " if error.errno == errno.ENOSPC else ""
        hint = f"{room}name another folder in CODEOUT_CACHE"
        raise ConfigError(
            f"data files cannot be kept in {cache}: {describe_oserror(error)}", hint
        ) from error


def _fetch(asset: Asset, cache: Path, root: Path, report: Report) -> Fetched:
    from codeout.data import sources

    cache.mkdir(parents=True, exist_ok=True)
    if _stand_in_wanted(asset):
        return Fetched(asset, _make_stand_in(asset, cache, root), stand_in=True)
    target = _true_file(asset, cache)
    if intact(target, asset.sha256):
        return Fetched(asset, target, stand_in=False)
    failures: tuple[str, ...] = ()
    for origin in asset.sources:
        report(asset.path, origin, 0, 0)
        try:
            _download(asset, origin, target, report)
        except sources.FAILURES as error:
            if isinstance(error, OSError) and error.errno == errno.ENOSPC:
                raise  # another source would need the same room
            failures += (escape_line(f"{origin}: {sources.reason(error)}"),)
        else:
            return Fetched(asset, target, stand_in=False, failures=failures)
    if asset.stand_in:
        report(asset.path, asset.stand_in, 0, 0)
        try:
            file = _make_stand_in(asset, cache, root)
        except AssetError as error:
            raise AssetError("\n  ".join([error.message, *failures]), error.hint) from error
        return Fetched(asset, file, stand_in=True, failures=failures)
    lines = [f"{escape_line(asset.path)}: no source could be used", *failures]
    hint = f"connect and run again, or put the file there yourself: {target}"
    raise AssetError("\n  ".join(lines), hint)


def locate(asset: Asset, cache: Path, root: Path) -> Fetched | None:
    """Return what `fetch` would, without the network; None if the asset is not in the cache."""
    target = _true_file(asset, cache)
    if not _stand_in_wanted(asset) and intact(target, asset.sha256):
        return Fetched(asset, target, stand_in=False)
    if asset.stand_in and intact(target := _stand_in_file(asset, cache, root)):
        return Fetched(asset, target, stand_in=True)
    return None


def _true_file(asset: Asset, cache: Path) -> Path:
    return cache / asset.sha256[:16] / PurePosixPath(asset.path).name


def _download(asset: Asset, origin: str, target: Path, report: Report) -> None:
    """Download a file from one source to its place in the cache, if its checksum is right."""
    from codeout.data import sources

    with tempfile.TemporaryDirectory(prefix=PREFIX, dir=target.parents[1]) as scratch:
        progress = functools.partial(report, asset.path, origin)
        file = sources.download_file(origin, Path(scratch), progress)
        if origin.endswith(".gz") and not asset.path.endswith(".gz"):
            packed, file = file, Path(scratch, "unpacked")
            with gzip.open(packed) as data, file.open("wb") as plain:
                shutil.copyfileobj(data, plain, sources.CHUNK)
        found = sha256_of(file)
        if found != asset.sha256:
            raise AssetError(f"wrong checksum: expected {asset.sha256}, found {found}")
        keep(file, target)


def _make_stand_in(asset: Asset, cache: Path, root: Path) -> Path:
    """Return the stand-in of an asset; its script runs unless the file is in the cache."""
    target = _stand_in_file(asset, cache, root)
    if not intact(target):
        from codeout.data.sources import command

        with tempfile.TemporaryDirectory(prefix=PREFIX, dir=cache) as scratch:
            file = Path(scratch, target.name).resolve()
            script = (root / asset.stand_in).resolve()
            hint = f"run `python {asset.stand_in} OUTPUT --seed {_seed()}` to see more"
            try:
                command(sys.executable, script, file, "--seed", _seed(), folder=root)
            except AssetError as error:
                why = error.message.partition(": ")[2] or error.message
                what = escape_line(f"{asset.path}: {asset.stand_in} failed: {why}")
                raise AssetError(what, hint) from error
            if not file.is_file():
                what = escape_line(f"{asset.path}: {asset.stand_in} wrote no file")
                raise AssetError(what, hint)
            keep(file, target)
    return target


def _stand_in_file(asset: Asset, cache: Path, root: Path) -> Path:
    script = root / asset.stand_in
    if not script.is_file():
        message = f"asset {escape_line(asset.path)}: no such stand-in script: {asset.stand_in}"
        raise ConfigError(message, "write it, or fix `stand-in` in [[tool.codeout.assets]]")
    made_by = hashlib.sha256(script.read_bytes() + _seed().encode()).hexdigest()
    return cache / f"stand-in-{made_by[:16]}" / PurePosixPath(asset.path).name


def _stand_in_wanted(asset: Asset) -> bool:
    """Whether the user chose stand-ins by a seed, to show that no output depends on the data."""
    return bool(asset.stand_in) and "CODEOUT_STAND_IN_SEED" in os.environ


def _seed() -> str:
    return os.environ.get("CODEOUT_STAND_IN_SEED", "0")
