"""A badge that says how many outputs of a project are true: for a README or the foot of a site."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING, Any, Final

from codeout.output.coverage import Coverage
from codeout.site.elsewhere import holds_with, of_all
from codeout.text.plural import plural
from codeout.text.width import display_width

if TYPE_CHECKING:
    from collections.abc import Sequence

    from codeout.engine.status import Status

_COLOURS: Final = {"brightgreen": "#1e7b34", "orange": "#9a5b00", "lightgrey": "#5f6368"}
"""The colours by their names at shields.io, dark enough for white text."""

_PER_COLUMN: Final = 6.6  # the width of a letter of 11 px, on average
_MARGIN: Final = 12


@dataclass(frozen=True, slots=True)
class Badge:
    """What a badge says.

    Attributes:
        label: On the left.
        message: On the right.
        colour: Of the right half, by its name at shields.io.
    """

    label: str
    message: str
    colour: str


def badge_of(
    found: Sequence[Status], package: str = "", label: str = "docs", *, matrix: bool = False
) -> Badge:
    """The badge for the pages of a project.

    Args:
        found: Their statuses.
        package: A distribution whose version is told as well, as the newest record has it.
        label: What stands on the left.
        matrix: Whether to tell in which environments of the matrix all pages hold that were
            checked in any.
    """
    stale = sum(not status.fresh for status in found)
    coverage = sum((status.coverage for status in found), Coverage())
    if stale:
        return Badge(label, f"{plural(stale, 'page')} stale", "orange")
    if not coverage.compared:
        return Badge(label, "no output compared", "lightgrey")
    records = [status.record for status in found if status.record]
    dated = sorted((each.date, each.versions.get(package, "")) for each in records)
    version = next((version for _, version in reversed(dated) if version), "")
    told = [f"{plural(coverage.compared, 'output line')} true"]
    told += [f"{package} {version}"] if version else []
    also = holds_with(of_all([each.matrix for each in records])) if matrix else ()
    told += [f"also with {', '.join(map(str, also))}"] if also else []
    return Badge(label, ", ".join(told), "brightgreen")


def as_endpoint(badge: Badge) -> dict[str, Any]:
    """The badge as shields.io reads it from an endpoint, by version 1 of its schema."""
    return {
        "schemaVersion": 1,
        "label": badge.label,
        "message": badge.message,
        "color": badge.colour,
    }


def as_svg(badge: Badge) -> str:
    """The badge as a picture, with its words for those who do not see it."""
    left, right = (_width(text) for text in (badge.label, badge.message))
    words = escape(f"{badge.label}: {badge.message}")
    middle = f"{left / 2:.1f}", f"{left + right / 2:.1f}"
    return f"""\
<svg xmlns="http://www.w3.org/2000/svg" width="{left + right}" height="20"
 role="img" aria-label="{words}">
<title>{words}</title>
<clipPath id="round"><rect width="{left + right}" height="20" rx="3"/></clipPath>
<g clip-path="url(#round)">
<rect width="{left}" height="20" fill="#444"/>
<rect x="{left}" width="{right}" height="20" fill="{_COLOURS[badge.colour]}"/>
</g>
<g fill="#fff" text-anchor="middle" font-family="Verdana,DejaVu Sans,sans-serif" font-size="11">
<text x="{middle[0]}" y="14">{escape(badge.label)}</text>
<text x="{middle[1]}" y="14">{escape(badge.message)}</text>
</g>
</svg>
"""


def _width(text: str) -> int:
    return round(display_width(text) * _PER_COLUMN) + _MARGIN
