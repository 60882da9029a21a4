"""``python -m tests.codeout.soak``: save random pages under ``codeout watch``, again and again.

Fails if the watch takes more at the end than after the first minute, or shows what is not true.
"""

from __future__ import annotations

import argparse
import os
import random
import signal
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import IO

from tests.codeout.soak.usage import Usage, usage_of
from tests.support.folder import Folder

PROGRAM = Path(sys.executable).with_name("codeout")
SETTINGS = "[tool.codeout]\npages = ['docs']\n"
WARM_SECONDS = 60.0
REPORT_SECONDS = 60.0


def main() -> int:
    """Soak; returns 1 if something grew or was lost."""
    options = _options()
    chance = random.Random(options.seed)  # noqa: S311
    print(f"seed {options.seed}, {options.pages} pages, {options.rounds} saves of each", flush=True)
    with TemporaryDirectory() as root, TemporaryDirectory() as temporary:
        folder = Folder(Path(root))
        names = write_pages(folder, options.pages)
        with watching(folder.root, Path(temporary)) as watch:
            try:
                values = dict.fromkeys(names, 0)
                soak = Soak(folder, watch, Path(temporary), chance, values, options.burst)
                return soak.run(options.rounds * len(names), options.seconds)
            finally:
                watch.send_signal(signal.SIGTERM)


def write_pages(folder: Folder, count: int) -> list[str]:
    """Write the pages, and run them once; returns their names."""
    folder.write("pyproject.toml", SETTINGS)
    names = [f"docs/{number // 100}/{number:04}.md" for number in range(count)]
    for name in names:
        folder.page(name, ("x = list(range(1000))", ""), ("print(0 + len(x))", "1000"))
    subprocess.run([PROGRAM, "run"], cwd=folder.root, check=True, stdout=subprocess.DEVNULL)
    return names


def watching(root: Path, temporary: Path) -> subprocess.Popen[str]:
    """Start a watch whose temporary files are in a folder of their own."""
    return subprocess.Popen(
        [PROGRAM, "watch"],
        cwd=root,
        env={**os.environ, "TMPDIR": str(temporary)},
        stdout=subprocess.PIPE,
        text=True,
    )


@dataclass
class Soak:
    """A watch under way.

    Attributes:
        folder: Its project.
        watch: Its process.
        temporary: Its folder of temporary files.
        chance: Decides which pages are saved.
        values: The number on each page, by the page's name.
        most: How many pages are saved at once, at most.
    """

    folder: Folder
    watch: subprocess.Popen[str]
    temporary: Path
    chance: random.Random
    values: dict[str, int]
    most: int

    def run(self, saves: int, seconds: float) -> int:
        """Save pages that often, or that long; returns 1 if something grew or was lost."""
        start = reported = time.monotonic()
        first: Usage | None = None
        saved = 0
        while saved < saves and (now := time.monotonic()) < start + seconds:
            saved += self.burst()
            if now > start + WARM_SECONDS:
                first = first or self.usage()
            if now > reported + REPORT_SECONDS:
                reported = now
                print(f"{now - start:6.0f} s, {saved} saves: {self.usage()}", flush=True)
        last = self.usage()
        grown, lost = last.beyond(first or last), self.lost()
        print(f"first: {first}\nlast:  {last}")
        print(f"{saved} saves, {len(lost)} lost; {', '.join(grown) or 'nothing'} grew")
        return 1 if grown or lost else 0

    def burst(self) -> int:
        """Save some pages at once, and wait until they show what is true; returns how many."""
        assert self.watch.stdout
        names = self.chance.sample([*self.values], self.chance.randint(1, self.most))
        for name in names:
            save(self.folder, name, self.values[name])
            self.values[name] += 1
        wait_for(names, self.watch.stdout)
        return len(names)

    def usage(self) -> Usage:
        """What the watch takes now."""
        return usage_of(self.watch.pid, self.temporary)

    def lost(self) -> list[str]:
        """The pages that do not show the output of their last save."""
        shown = {name: f"    {1000 + value}\n" for name, value in self.values.items()}
        return [name for name, line in shown.items() if line not in self.folder.read(name)]


def save(folder: Folder, name: str, old: int) -> None:
    """Save a page with the next number, as an editor does: a new file, renamed."""
    page = folder.read(name)
    assert f"print({old} +" in page
    draft = folder.write(f"{name}~", page.replace(f"print({old} +", f"print({old + 1} +"))
    draft.replace(folder.root / name)


def wait_for(burst: list[str], lines: IO[str]) -> None:
    """Wait until the watch has told of each page of a burst that it is written."""
    left = set(burst)
    while left:
        line = lines.readline()
        assert line, "the watch has ended"
        page, _, told = line.partition(": ")
        if told.startswith("written"):
            left.discard(page)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Save random pages under `codeout watch`.")
    parser.add_argument("--pages", type=int, default=2000)
    parser.add_argument("--rounds", type=int, default=100, help="how often each is saved, about")
    parser.add_argument("--burst", type=int, default=64, help="how many are saved at once, at most")
    parser.add_argument("--seconds", type=float, default=3600.0, help="when to stop at the latest")
    parser.add_argument("--seed", type=int, default=0)
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
