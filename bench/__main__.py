"""The command line: measure, and write the page."""

from __future__ import annotations

import argparse
import sys
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

from bench.cases import FULL, QUICK, Scale, cold_cases, import_case, settled_cases
from bench.engines import ROOT
from bench.machine import describe
from bench.measure import BenchError, measure
from bench.report import Results, write


def main() -> None:
    """Measure everything in one run; write the page, or print it if the run was a quick one."""
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="a short run; the page is printed")
    parser.add_argument("--rounds", type=int, help=f"timed runs of each case ({FULL.rounds})")
    parser.add_argument("--out", type=Path, default=ROOT / "docs" / "guide" / "benchmarks.md")
    options = parser.parse_args()
    scale = QUICK if options.quick else FULL
    if options.rounds:
        scale = replace(scale, rounds=options.rounds)
    try:
        page = write(run(scale))
    except BenchError as error:
        sys.exit(f"bench: {error}")
    if options.quick:
        print(page)
    else:
        options.out.write_text(page, encoding="utf-8")


def run(scale: Scale) -> Results:
    """Measure everything, telling each step on standard error.

    Raises:
        BenchError: A run failed.
    """
    machine = describe()
    with TemporaryDirectory(prefix="bench-") as place:
        tell("making the sites with nothing to do")
        settled = settled_cases(Path(place), scale)
        cold = [*cold_cases(Path(place), scale), import_case(Path(place))]
        figures = measure([*cold, *settled], scale.rounds, tell)
        imports = tuple(case.name for case in settled if case.imports_torch())
    return Results(scale, machine, figures, imports)


def tell(line: str) -> None:
    """Say how far it is."""
    print(line, file=sys.stderr, flush=True)


if __name__ == "__main__":
    main()
