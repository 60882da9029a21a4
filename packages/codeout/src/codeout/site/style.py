"""The style sheet of outputs, which a site loads beside its own."""

from __future__ import annotations

from pathlib import Path
from typing import Final

NAME: Final = "assets/stylesheets/codeout.css"
"""Where it is on the site."""

SOURCE: Final = Path(__file__).with_name("codeout.css")
"""The file that is copied there."""
