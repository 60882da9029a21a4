"""The lock as a JSON Schema, for programs that read it."""

from __future__ import annotations

from typing import Any

from codeout.config.json_schema import DRAFT
from codeout.config.kinds import SCHEMAS
from codeout.lock.file_text import FORM
from codeout.lock.table import is_record


def schema() -> dict[str, Any]:
    """The schema of ``codeout.lock``, with days as strings; it takes what codeout takes."""
    return {
        "$schema": DRAFT,
        "title": "codeout.lock: what the outputs of each page were made with",
        "type": "object",
        "properties": {"version": {"const": FORM}},
        "additionalProperties": SCHEMAS[is_record],
    }
