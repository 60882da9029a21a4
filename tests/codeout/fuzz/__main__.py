"""``python -m fuzz``: look for pages that break a law, for as long as one likes, on all cores.

Each finding is made small and kept in ``tests/fuzz/cases``, where the tests ask it forever.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import secrets
import sys
import time
from multiprocessing import Pool
from pathlib import Path

from tests.codeout.fuzz.grammar import document
from tests.codeout.fuzz.laws import verdict
from tests.codeout.fuzz.shrinking import shrink

CASES = Path(__file__).parent / "cases"
ENOUGH = 100  # findings, after which something larger is wrong


def main() -> int:
    """Fuzz; return whether a law was broken."""
    options = _options()
    print(f"seed {options.seed}, {options.seconds:g} seconds, {options.jobs} jobs", flush=True)
    end = time.time() + options.seconds
    firsts = [(options.seed * 1000 + job) * 10**9 for job in range(options.jobs)]
    with Pool(options.jobs) as pool:
        hunts = pool.starmap(hunt, [(first, end) for first in firsts])
    found = {file for _, files in hunts for file in files}
    print(f"{sum(count for count, _ in hunts):,} documents, {len(found)} findings")
    return bool(found)


def hunt(first: int, end: float) -> tuple[int, set[Path]]:
    """Ask page after page until a time; return how many, and the files of those that broke a law.

    Args:
        first: The number of the first page.
        end: When to stop, in seconds since the epoch.
    """
    found: set[Path] = set()
    seed = first
    while time.time() < end and len(found) < ENOUGH:
        source = document(seed)
        if law := verdict(source):
            found.add(_keep(law, seed, source))
        seed += 1
    return seed - first, found


def _keep(law: str, seed: int, source: bytes) -> Path:
    small = shrink(source, lambda text: verdict(text) == law)
    file = CASES / f"{hashlib.sha256(small).hexdigest()[:12]}.md"
    file.write_bytes(small)
    print(f"{law}: page {seed}, {file}", flush=True)
    return file


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser("fuzz")
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--jobs", type=int, default=os.cpu_count())
    parser.add_argument("--seed", type=int, default=secrets.randbelow(10**6))
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
