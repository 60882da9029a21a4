"""The figure of the live bench: bars from save to output, as SVG for light and dark screens."""

from __future__ import annotations

import io
import re
from statistics import median
from typing import TYPE_CHECKING, Any

from bench.live_engines import LIVE, WATCH
from bench.live_report import live_targets

if TYPE_CHECKING:
    from bench.live import Live

# Light and dark: those of theme/overrides/assets/stylesheets/colour.css.
GROUND = ("#ffffff", "#17181c")
INK = ("#23272f", "#e4e2df")
QUIET = ("#59606c", "#a3a6ae")
RULE = ("#e2dfda", "#34363d")
EMBER = ("#b8381a", "#ff8f6b")
LEAF = ("#2b6a4c", "#86cfa8")
COLOURS = (GROUND, INK, QUIET, RULE, EMBER, LEAF)

METADATA = {"Title": "From the save of an edit to its output", "Date": None, "Creator": None}
FONTS = "-apple-system, 'Segoe UI', 'Noto Sans', sans-serif"
STYLE: dict[Any, Any] = {
    "svg.fonttype": "none",  # text, in the fonts of the reader
    "svg.hashsalt": "bench",  # the same figure from the same results
    "font.family": "sans-serif",
    "font.size": 11,
    "text.color": INK[0],
    "axes.labelcolor": QUIET[0],
    "axes.edgecolor": RULE[0],
    "xtick.color": RULE[0],
    "xtick.labelcolor": QUIET[0],
    "ytick.color": RULE[0],
    "ytick.labelcolor": INK[0],
    "figure.facecolor": GROUND[0],
    "axes.facecolor": GROUND[0],
}


def draw(live: Live) -> str:
    """Draw the median time from the save of a last block to its output, an engine a bar."""
    import matplotlib as mpl
    from matplotlib.figure import Figure

    names = [engine.name for engine in LIVE]
    seconds = [median(live.edits[name].last) for name in names]
    limit = median(live.edits[WATCH.name].own) + live_targets(live)[0].limit
    with mpl.rc_context(STYLE):
        figure = Figure(figsize=(7.2, 2.6))
        axes = figure.add_axes((0.27, 0.22, 0.7, 0.64))
        colours = [EMBER[0] if name.startswith("codeout") else QUIET[0] for name in names]
        bars = axes.barh(names, seconds, height=0.6, color=colours)
        axes.bar_label(bars, [f"{each:.2f} s" for each in seconds], padding=5)
        axes.axvline(limit, color=LEAF[0], linestyle="--", linewidth=1.2)
        axes.annotate(
            f"target: {limit:.2f} s",
            (limit, 1),
            (4, 5),
            xycoords=("data", "axes fraction"),
            textcoords="offset points",
            color=LEAF[0],
        )
        axes.invert_yaxis()
        axes.set_xlim(0, 1.12 * max(seconds))
        axes.set_xlabel("seconds from save to output")
        axes.spines[["top", "right", "bottom"]].set_visible(False)
        axes.tick_params(length=0)
        axes.set_axisbelow(True)
        axes.grid(axis="x", color=RULE[0], linewidth=0.8)
        drawn = io.StringIO()
        figure.savefig(drawn, format="svg", metadata=METADATA)
    return _for_both_screens(drawn.getvalue())


def _for_both_screens(svg: str) -> str:
    """Let each colour give way to its counterpart where the screen is dark."""
    rules = [
        f'[style*="{kind}: {light}"] {{ {kind}: {dark} !important }}'
        for light, dark in COLOURS
        for kind in ("fill", "stroke")
    ]
    svg = re.sub("font-family: [^;]*;", f"font-family: {FONTS};", svg)
    style = f"<style>@media (prefers-color-scheme: dark) {{ {' '.join(rules)} }}</style>"
    return svg.replace("</svg>", f"{style}\n</svg>")
