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

from fuzz.grammar import document
from fuzz.laws import verdict
from fuzz.shrinking import shrink

CASES = Path(__file__).parent / "cases"
BATCH = 200
ENOUGH = 100  # findings, after which something larger is wrong


def main() -> int:
    """Fuzz; return how many laws were broken, at most 1."""
    options = _options()
    first = options.seed * 1_000_000_000
    print(f"seed {options.seed}, {options.seconds} seconds, {options.jobs} jobs", flush=True)
    end = time.monotonic() + options.seconds
    documents, found = 0, set[Path]()
    with Pool(options.jobs) as pool:
        for findings in pool.imap_unordered(examine, range(first, first + 10**9, BATCH)):
            documents += BATCH
            for law, seed, source in findings:
                file = CASES / f"{hashlib.sha256(source).hexdigest()[:12]}.md"
                if file not in found:
                    print(f"{law}: page {seed}, {file}", flush=True)
                file.write_bytes(source)
                found.add(file)
            if time.monotonic() > end or len(found) >= ENOUGH:
                pool.terminate()
                break
    print(f"{documents:,} documents, {len(found)} findings")
    return bool(found)


def examine(first: int) -> list[tuple[str, int, bytes]]:
    """Ask a batch of pages; return the law that each finding breaks, its number, and it, small."""
    findings = []
    for seed in range(first, first + BATCH):
        source = document(seed)
        if law := verdict(source):
            small = shrink(source, lambda text, law=law: verdict(text) == law)
            findings.append((law, seed, small))
    return findings


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser("fuzz")
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--jobs", type=int, default=os.cpu_count())
    parser.add_argument("--seed", type=int, default=secrets.randbelow(10**6))
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
