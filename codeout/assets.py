"""Data files that pages use: had once, checked, kept by content, lent to every page.

A page says what its reader would type, ``FashionMNIST(root="data", download=True)``. The files
that this would download are declared as assets and stand in the page's working directory before
its first block runs, so that no page needs the network. A file that cannot be had may have a
stand-in, made by a script of the project; whoever gets one is told so.
"""

from __future__ import annotations

import contextlib
import errno
import functools
import gzip
import hashlib
import os
import re
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from codeout.problem import AssetError, ConfigError, why

FORM = re.compile("https?://.+|deb:[a-z0-9][a-z0-9.+-]*/.+")
"""What a source looks like."""

Report = Callable[[str, str, int, int], None]
"""Called with an asset's path, where it comes from, bytes had, bytes in all (0: not known)."""


@dataclass(frozen=True, slots=True)
class Asset:
    """A data file that pages find in their working directory.

    Attributes:
        path: Where pages find it, relative to their working directory, with forward slashes.
        sha256: The checksum of the true file: 64 lower-case hexadecimal digits.
        sources: Where to get it, tried in order: ``https://…``, ``http://…``, or
            ``deb:PACKAGE/usr/share/…`` for a file in a Debian package. A source that ends in
            ``.gz`` where ``path`` does not is unpacked; ``sha256`` is that of the unpacked file.
        stand_in: A script, relative to the project's root, that takes ``OUTPUT --seed N`` and
            writes a file to use where no source can be reached; empty for none.
        pages: Patterns that name the pages that use it; empty for every page.

    Raises:
        ConfigError: A field has no meaning, or the path leaves the working directory.
    """

    path: str
    sha256: str
    sources: tuple[str, ...]
    stand_in: str = ""
    pages: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        path = PurePosixPath(self.path)
        if not path.name or path.is_absolute() or ".." in path.parts or "\\" in self.path:
            message = f"asset {self.path!r}: the path must stay in the page's directory"
            raise ConfigError(message, "pages find it below their own: `data/…`")
        if not re.fullmatch("[0-9a-f]{64}", self.sha256):
            message = f"asset {self.path}: sha256 takes 64 lower-case hexadecimal digits"
            raise ConfigError(message, "`sha256sum FILE` prints them")
        for each in self.sources:
            if not FORM.fullmatch(each):
                message = f"asset {self.path}: no source can be {each}"
                raise ConfigError(message, "write https://…, http://… or deb:PACKAGE/FILE")


@dataclass(frozen=True, slots=True)
class Fetched:
    """An asset that is on this machine.

    Attributes:
        asset: What was asked for.
        file: Where it is kept; read-only.
        stand_in: Whether the file is a stand-in and not the true one.
        failures: Why sources were passed over, one line each.
    """

    asset: Asset
    file: Path
    stand_in: bool
    failures: tuple[str, ...] = ()


def fetch(asset: Asset, cache: Path, root: Path, report: Report = lambda *_: None) -> Fetched:
    """Have an asset on this machine, downloading it where it is not.

    While only its stand-in is there, the true file is tried for again. Where
    ``CODEOUT_STAND_IN_SEED`` is set, an asset that has a stand-in is not fetched but made.

    Args:
        asset: What to get.
        cache: The directory that keeps files between runs; made where missing.
        root: The project's root, where stand-in scripts are found and run.
        report: Told of progress.

    Raises:
        AssetError: No source could be used and there is no stand-in; says why, a line a source.
        ConfigError: The stand-in script does not exist, or the cache cannot be written.
    """
    try:
        return _fetch(asset, cache, root, report)
    except OSError as error:
        room = "make room there, or " if error.errno == errno.ENOSPC else ""
        hint = f"{room}name another folder in CODEOUT_CACHE"
        raise ConfigError(f"data files cannot be kept in {cache}: {why(error)}", hint) from error


def _fetch(asset: Asset, cache: Path, root: Path, report: Report) -> Fetched:
    from codeout import source

    cache.mkdir(parents=True, exist_ok=True)
    if _stand_in_wanted(asset):
        return Fetched(asset, _stand_in(asset, cache, root), stand_in=True)
    target = _true_file(asset, cache)
    if _intact(target, asset.sha256):
        return Fetched(asset, target, stand_in=False)
    failures: tuple[str, ...] = ()
    for origin in asset.sources:
        report(asset.path, origin, 0, 0)
        try:
            _download(asset, origin, target, report)
        except source.FAILURES as error:
            if isinstance(error, OSError) and error.errno == errno.ENOSPC:
                raise  # no other source can make room
            failures += (f"{origin}: {source.reason(error)}",)
        else:
            return Fetched(asset, target, stand_in=False, failures=failures)
    if asset.stand_in:
        report(asset.path, asset.stand_in, 0, 0)
        try:
            file = _stand_in(asset, cache, root)
        except AssetError as error:
            raise AssetError("\n  ".join([error.message, *failures]), error.hint) from error
        return Fetched(asset, file, stand_in=True, failures=failures)
    lines = [f"{asset.path}: no source could be used", *failures]
    hint = f"connect and run again, or put the file there yourself: {target}"
    raise AssetError("\n  ".join(lines), hint)


def locate(asset: Asset, cache: Path, root: Path) -> Fetched | None:
    """Find on this machine what `fetch` would give, without the network."""
    target = _true_file(asset, cache)
    if not _stand_in_wanted(asset) and _intact(target, asset.sha256):
        return Fetched(asset, target, stand_in=False)
    if asset.stand_in and _intact(target := _stand_in_file(asset, cache, root)):
        return Fetched(asset, target, stand_in=True)
    return None


def place(fetched: Iterable[Fetched], work: Path) -> None:
    """Lend files to a page: links in its working directory to the read-only originals.

    VGG16's weights take up to two seconds to copy and no time to link. Hard links would not reach
    across file systems. A page may remove or replace a link; where it can write through it, being
    root, `fetch` and `locate` notice and let go of the file. A file system without links gets
    copies.
    """
    for each in fetched:
        link = work / each.asset.path
        link.parent.mkdir(parents=True, exist_ok=True)
        try:
            link.symlink_to(each.file.resolve())
        except OSError:
            shutil.copyfile(each.file, link)


def digest(assets: Iterable[Asset]) -> str:
    """Digest what pages can see of their data, paths and contents, as a hexadecimal SHA-256.

    Neither sources nor stand-ins count: where a file came from changes no output.
    """
    lines = sorted(f"{asset.path} {asset.sha256}\n" for asset in assets)
    return hashlib.sha256("".join(lines).encode()).hexdigest()


def _true_file(asset: Asset, cache: Path) -> Path:
    return cache / asset.sha256[:16] / PurePosixPath(asset.path).name


def _download(asset: Asset, origin: str, target: Path, report: Report) -> None:
    """Bring a file from one source to its place in the cache, if it is the right one."""
    from codeout import source

    with tempfile.TemporaryDirectory(dir=target.parents[1]) as scratch:
        file = source.bring(origin, Path(scratch), functools.partial(report, asset.path, origin))
        if origin.endswith(".gz") and not asset.path.endswith(".gz"):
            packed, file = file, Path(scratch, "unpacked")
            with gzip.open(packed) as data, file.open("wb") as plain:
                shutil.copyfileobj(data, plain, source.CHUNK)
        found = _sha256(file)
        if found != asset.sha256:
            raise AssetError(f"wrong checksum: expected {asset.sha256}, found {found}")
        _keep(file, target)


def _stand_in(asset: Asset, cache: Path, root: Path) -> Path:
    """Have the stand-in of an asset, running its script unless that was done before."""
    target = _stand_in_file(asset, cache, root)
    if not _intact(target):
        from codeout.source import command

        with tempfile.TemporaryDirectory(dir=cache) as scratch:
            file = Path(scratch, target.name).resolve()
            script = (root / asset.stand_in).resolve()
            hint = f"run `python {asset.stand_in} OUTPUT --seed {_seed()}` to see more"
            try:
                command(sys.executable, script, file, "--seed", _seed(), folder=root)
            except AssetError as error:
                told = error.message.partition(": ")[2] or error.message
                raise AssetError(f"{asset.path}: {asset.stand_in} failed: {told}", hint) from error
            if not file.is_file():
                raise AssetError(f"{asset.path}: {asset.stand_in} wrote no file", hint)
            _keep(file, target)
    return target


def _stand_in_file(asset: Asset, cache: Path, root: Path) -> Path:
    script = root / asset.stand_in
    if not script.is_file():
        message = f"asset {asset.path}: no such stand-in script: {asset.stand_in}"
        raise ConfigError(message, "write it, or mend `stand-in` in [[tool.codeout.assets]]")
    made_by = hashlib.sha256(script.read_bytes() + _seed().encode()).hexdigest()
    return cache / f"stand-in-{made_by[:16]}" / PurePosixPath(asset.path).name


def _stand_in_wanted(asset: Asset) -> bool:
    """Whether a seed was chosen, and so the stand-in: to show that no output depends on it."""
    return bool(asset.stand_in) and "CODEOUT_STAND_IN_SEED" in os.environ


def _seed() -> str:
    return os.environ.get("CODEOUT_STAND_IN_SEED", "0")


def _keep(file: Path, target: Path) -> None:
    target.parent.mkdir(exist_ok=True)
    _seal(file.replace(target))


def _seal(file: Path) -> None:
    """Note what a checked file looks like: a look is free, and half a second goes into a hash."""
    file.chmod(0o444)
    _note(file).write_text(_look(file), encoding="ascii")


def _intact(file: Path, sha256: str = "") -> bool:
    """Tell whether a file looks as it did when it was sealed, or else has this checksum."""
    if not file.is_file():
        return False
    if _note(file).is_file() and _note(file).read_text(encoding="ascii") == _look(file):
        return True
    if not sha256 or _sha256(file) != sha256:
        return False
    with contextlib.suppress(OSError):  # others may keep the cache; the hash is all that it takes
        _seal(file)
    return True


def _sha256(file: Path) -> str:
    with file.open("rb") as data:
        return hashlib.file_digest(data, "sha256").hexdigest()


def _note(file: Path) -> Path:
    return file.with_name(f"{file.name}.checked")


def _look(file: Path) -> str:
    stat = file.stat()
    return f"{stat.st_size} {stat.st_mtime_ns}"
