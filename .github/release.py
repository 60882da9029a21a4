# noqa: INP001  # a script
"""Builds, checks and tries out the distributions: ``python .github/release.py all dist``.

The workflow of a release calls the steps one by one, and the tests all of them.
"""

from __future__ import annotations

import argparse
import os
import re
import shutil
import subprocess
import sys
import sysconfig
import tarfile
import tempfile
import tomllib
import venv
import zipfile
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).parents[1]
PACKAGES: Final = ("bitext", "codeout")
BUILT: Final = shutil.ignore_patterns("build", "*.egg-info", "__pycache__")
MADE: Final = re.compile(r"[^/]+\.(dist-info|data)/")
PAGE: Final = '=== "Code"\n\n    ```python\n    1 + 1\n    ```\n'
PAIR: Final = "한국어.\n\n> English.\n"


def version(of: str | None = None) -> str:
    """The version that both packages and their changelogs name.

    Args:
        of: The version that is to be released; any by default.
    """
    found: set[str] = set()
    for name in PACKAGES:
        folder = ROOT / "packages" / name
        project = tomllib.loads((folder / "pyproject.toml").read_text(encoding="utf-8"))["project"]
        changes = (folder / "CHANGELOG.md").read_text(encoding="utf-8")
        newest = re.search(r"^## \[(.+?)\]", changes, re.MULTILINE)
        found |= {project["version"], newest[1] if newest else ""}
    if len(found | ({of} if of else set())) > 1:
        sys.exit(f"versions differ: {', '.join(sorted(found))}; to be released: {of or 'any'}")
    return found.pop()


def build(dist: Path, *, borrow: bool) -> None:
    """Build a source distribution of each package, and its wheel from that, away from git."""
    dist.mkdir(parents=True, exist_ok=True)
    isolated = ["--no-build-isolation", "--offline"] if borrow else []
    with tempfile.TemporaryDirectory() as folder:
        for name in PACKAGES:
            copy = Path(folder) / name
            shutil.copytree(ROOT / "packages" / name, copy, ignore=BUILT)
            _call("uv", "build", "--quiet", *isolated, "--out-dir", dist.resolve(), copy)
    (dist / ".gitignore").unlink(missing_ok=True)  # of uv


def check(dist: Path) -> None:
    """Check the metadata, and that the wheels hold the files of the sources and no others."""
    files = sorted(each for each in dist.iterdir() if each.is_file())
    if len(files) != 2 * len(PACKAGES):
        sys.exit(f"not two files for each package: {', '.join(each.name for each in files)}")
    _call(sys.executable, "-m", "twine", "check", "--strict", *files)
    for name in PACKAGES:
        source = ROOT / "packages" / name / "src"
        ours = {each.relative_to(source).as_posix() for each in _files(source / name)}
        (wheel,) = dist.glob(f"{name}-*.whl")
        with zipfile.ZipFile(wheel) as opened:
            held = {each for each in opened.namelist() if not MADE.match(each)}
        (archive,) = dist.glob(f"{name}-*.tar.gz")
        with tarfile.open(archive) as opened_archive:
            names = {each.name.partition("/src/")[2] for each in opened_archive if each.isfile()}
        for what, there in ((wheel, held), (archive, names)):
            found = {each for each in there if each and ".egg-info/" not in each}
            if found != ours:
                sys.exit(f"{what.name}: not the files of the sources: {sorted(found ^ ours)}")


def try_out(dist: Path, *, borrow: bool) -> None:
    """Install each wheel and each source distribution in a fresh environment, and use it.

    Args:
        dist: The folder of the distributions.
        borrow: Whether to take dependencies from this environment, not from an index.
    """
    for name in PACKAGES:
        for file in sorted(dist.glob(f"{name}-*")):
            with tempfile.TemporaryDirectory() as folder:
                _try_one(name, file.resolve(), Path(folder), borrow=borrow)
            print(f"{file.name}: works")  # noqa: T201


def _try_one(name: str, file: Path, folder: Path, *, borrow: bool) -> None:
    environment = folder / "environment"
    venv.create(environment, symlinks=True, with_pip=not borrow)
    python = environment / "bin" / "python"
    if borrow:
        pip = [sys.executable, "-m", "pip", "--quiet", "--disable-pip-version-check"]
        alone = ["--no-deps", "--no-index"]
        _call(*pip, "wheel", *alone, "--no-build-isolation", "--wheel-dir", folder / "built", file)
        _call(*pip, "--python", python, "install", *alone, *(folder / "built").glob("*.whl"))
        packages = sysconfig.get_path("purelib", "venv", {"base": str(environment)})
        borrowed = Path(packages) / "borrowed.pth"
        borrowed.write_text(f"{sysconfig.get_path('purelib')}\n", encoding="utf-8")
    else:
        _call(python, "-m", "pip", "install", "--quiet", file)
    (folder / "page.md").write_text(PAGE if name == "codeout" else PAIR, encoding="utf-8")
    program = environment / "bin" / name
    for words in (["run"], ["check"]) if name == "codeout" else (["check"],):
        _call(program, *words, "page.md", cwd=folder)
    if name == "codeout" and "    2\n" not in (folder / "page.md").read_text(encoding="utf-8"):
        sys.exit(f"{file.name}: the page has no output")
    if name == "codeout" and not (environment / "share/man/man1/codeout.1").is_file():
        sys.exit(f"{file.name}: no manual page")


def _files(folder: Path) -> list[Path]:
    return [
        each for each in folder.rglob("*") if each.is_file() and "__pycache__" not in each.parts
    ]


def _call(*words: str | Path, cwd: Path | None = None) -> None:
    """Call a program, in an environment that knows no checkout."""
    known = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    known["PATH"] = f"{Path(sys.executable).parent}{os.pathsep}{known['PATH']}"
    done = subprocess.run(words, cwd=cwd, env=known, check=False)  # noqa: S603  # our own words
    if done.returncode:
        sys.exit(f"{' '.join(map(str, words))}: ended with status {done.returncode}")


def main() -> None:
    """Do one of the steps, or all."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("step", choices=["version", "build", "check", "try", "all"])
    parser.add_argument("dist", type=Path, nargs="?", default=Path("dist"))
    parser.add_argument("--of", help="the version that is to be released")
    parser.add_argument("--borrow", action="store_true", help="use packages of this environment")
    given = parser.parse_args()
    if given.step in {"version", "all"}:
        print(version(given.of))  # noqa: T201
    if given.step in {"build", "all"}:
        build(given.dist, borrow=given.borrow)
    if given.step in {"check", "all"}:
        check(given.dist)
    if given.step in {"try", "all"}:
        try_out(given.dist, borrow=given.borrow)


if __name__ == "__main__":
    main()
