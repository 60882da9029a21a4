"""Figures as a page: targets, tables and the machine, set into ``report.md.in``."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from string import Template
from typing import TYPE_CHECKING

from bench.cases import IMPORT
from bench.engines import SIDE_BY_SIDE

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from bench.cases import Scale
    from bench.measure import Figure

TEMPLATE = Path(__file__).with_name("report.md.in")


@dataclass(frozen=True, slots=True)
class Results:
    """All that one run of the bench found.

    Attributes:
        scale: How much was measured.
        machine: Where, as ``describe`` gives it.
        figures: By the name of the case.
        torch_imports: Names of the cases with nothing to do that imported torch all the same.
    """

    scale: Scale
    machine: Mapping[str, str]
    figures: Mapping[str, Figure]
    torch_imports: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Target:
    """A figure with the limit that was set for it.

    Attributes:
        korean: What it is, in Korean.
        english: The same in English.
        value: What was measured.
        limit: What was promised.
        unit: What follows both numbers.
        least: The limit is the least that will do; otherwise the most.
    """

    korean: str
    english: str
    value: float
    limit: float
    unit: str
    least: bool = False

    @property
    def met(self) -> bool:
        """Whether the promise was kept."""
        return self.value >= self.limit if self.least else self.value <= self.limit

    def row(self) -> tuple[str, ...]:
        """Show it as a row of the table of targets."""
        return (
            f"{self.korean}<br>{self.english}",
            f"{'≥' if self.least else '≤'} {self.limit:g} {self.unit}",
            f"{self.value:.3g} {self.unit}",
            "달성 · met" if self.met else "**미달 · missed**",
        )


def ratio(figures: Mapping[str, Figure], slow: str, fast: str) -> float:
    """Divide the median of one case by that of another."""
    return figures[slow].median / figures[fast].median


def per_block(results: Results) -> float:
    """Work out what one more trivial block costs, in milliseconds."""
    more = results.figures["many blocks"].median - results.figures["one block"].median
    return 1000 * more / (results.scale.many - 1)


def targets(results: Results) -> list[Target]:
    """Compare the figures with what was promised for them."""
    figures, scale = results.figures, results.scale
    goals = [
        Target(
            "처음 실행: 하한과 비교",
            "Cold run against the floor",
            ratio(figures, "codeout", "floor"),
            1.3,
            "x",
        ),
        Target(
            "처음 실행: mkdocs-jupyter보다 몇 배 빠른가",
            "Cold run: times faster than mkdocs-jupyter",
            ratio(figures, "mkdocs-jupyter", "codeout"),
            10,
            "x",
            least=True,
        ),
        Target(
            "처음 실행: markdown-exec보다 몇 배 빠른가",
            "Cold run: times faster than markdown-exec",
            ratio(figures, "markdown-exec", "codeout"),
            2,
            "x",
            least=True,
        ),
    ]
    for size, korean, english, limit in (
        ("repository", "이 저장소", "this repository", 0.3),
        ("small", f"{scale.small}페이지", f"{scale.small} pages", 0.3),
        ("large", f"{scale.large:,}페이지", f"{scale.large:,} pages", 3.0),
    ):
        goals += [
            Target(
                f"할 일이 없을 때: {korean}에서 `codeout {command}`",
                f"Nothing to do: `codeout {command}` on {english}",
                figures[f"{command}, {size}"].median,
                limit,
                "s",
            )
            for command in ("status", "run")
        ]
    return [
        *goals,
        Target(
            "할 일이 없을 때 torch를 가져온 명령의 수",
            "Commands with nothing to do that imported torch",
            len(results.torch_imports),
            0,
            "",
        ),
        Target("블록 하나의 비용", "Cost of one block", per_block(results), 3, "ms"),
    ]


def write(results: Results) -> str:
    """Write the page."""
    scale = results.scale
    return Template(TEMPLATE.read_text(encoding="utf-8")).substitute(
        pages=scale.pages,
        blocks=scale.blocks,
        rounds=scale.rounds,
        importing=f"{results.figures[IMPORT].median:.2f}",
        floor=f"{results.figures['floor'].median:.2f}",
        small=scale.small,
        large=f"{scale.large:,}",
        many=scale.many,
        targets=_table(
            ("목표<br>Target", "한도<br>Limit", "측정값<br>Measured", "판정<br>Verdict"),
            [target.row() for target in targets(results)],
        ),
        cold=_cold(results.figures),
        others=_others(results.figures),
        machine=_table(("항목<br>Item", "값<br>Value"), results.machine.items()),
    )


def _cold(figures: Mapping[str, Figure]) -> str:
    return _table(
        (
            "엔진<br>Engine",
            "중앙값<br>Median",
            "범위<br>Range",
            "하한 대비<br>Against the floor",
            "codeout 대비<br>Against codeout",
            "최대 메모리<br>Peak memory",
        ),
        [
            (
                f"`{engine.name}`",
                *_times(figures[engine.name]),
                f"{ratio(figures, engine.name, 'floor'):.2f}x",
                f"{ratio(figures, engine.name, 'codeout'):.2f}x",
                _memory(figures[engine.name]),
            )
            for engine in SIDE_BY_SIDE
        ],
    )


def _others(figures: Mapping[str, Figure]) -> str:
    engines = {engine.name for engine in SIDE_BY_SIDE}
    return _table(
        ("경우<br>Case", "중앙값<br>Median", "범위<br>Range", "최대 메모리<br>Peak memory"),
        [
            (f"`{name}`", *_times(figure), _memory(figure))
            for name, figure in figures.items()
            if name not in engines
        ],
    )


def _times(figure: Figure) -> tuple[str, str]:
    """Show the median, and the shortest and the longest run."""
    shortest, longest = min(figure.seconds), max(figure.seconds)
    return f"{figure.median:.2f}\u00a0s", f"{shortest:.2f} to {longest:.2f}\u00a0s"


def _memory(figure: Figure) -> str:
    return f"{figure.memory / 2**20:,.0f}\u00a0MiB" if figure.memory else "—"


def _table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)
