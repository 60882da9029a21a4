"""Whether a file is a notebook that can run: JSON, of the format that codeout reads."""

from __future__ import annotations

import json
from typing import Any, Final

from codeout.errors import Problem
from codeout.page.json_spans import JsonText

_FORMAT, _MINOR = 4, 5
_FIX: Final = "fix the file, or save the notebook again in Jupyter"
_LONGEST: Final = 100
_VAGUE: Final = {"anyOf", "oneOf"}


def find_problem(text: str, path: str) -> Problem | None:
    """Find why a text is not a notebook that can run.

    Args:
        text: The text of the file.
        path: The name of the page, for the problem.

    Returns:
        None if it is one.
    """
    try:
        book = json.loads(text)
    except json.JSONDecodeError as error:
        line = JsonText(text).line(error.pos)
        message = f"not JSON: {error.msg[:1].lower()}{error.msg[1:]}"
        return Problem(path, line, message, _FIX)
    except (ValueError, RecursionError):  # limits of Python that JSON does not have
        return Problem(path, 0, "JSON with a number or a nesting beyond all bounds", _FIX)
    match book:
        case {"nbformat": int(version)} if version != _FORMAT:
            message = f"a notebook of format {version}; codeout reads format {_FORMAT}"
            return Problem(path, 0, message, "open it in Jupyter and save it")
        case {"nbformat": 4, "nbformat_minor": int(), "metadata": dict(), "cells": [*cells]}:
            if all(map(_is_cell, cells)):
                return None
    return _problem_by_nbformat(book, text, path)


def _is_cell(cell: object) -> bool:
    """Whether a cell has all fields that are needed to run it, or is no code cell."""
    match cell:
        case {"cell_type": "code", "source": source, "metadata": dict(data), "outputs": list()}:
            tags = data.get("tags", [])
            return (isinstance(source, str) or _are_texts(source)) and _are_texts(tags)
        case {"cell_type": str(kind)}:
            return kind != "code"
    return False


def _are_texts(values: object) -> bool:
    return isinstance(values, list) and all(isinstance(value, str) for value in values)


def _problem_by_nbformat(book: object, text: str, path: str) -> Problem:
    error = _first_error(book)
    where = list(error.relative_path) if error else []
    key = next((f"`{each}`: " for each in reversed(where[1:]) if isinstance(each, str)), "")
    plain = error and error.validator not in _VAGUE and len(error.message) <= _LONGEST
    why = f"{key}{error.message if plain else 'not as nbformat has it'}"
    match where:
        case ["cells", int(at), *_]:
            places = JsonText(text)
            cell = places.elements(places.members(places.whole)["cells"])[at]
            return Problem(path, places.line(cell.start), f"cell {at + 1}: {why}", _FIX)
    return Problem(path, 0, f"not a notebook: {why}", _FIX)


def _first_error(book: object) -> Any:
    """The first error that nbformat finds; None if there is none."""
    # Loaded here: it takes longer than to read most notebooks, and few have an error.
    from nbformat.validator import iter_validate

    minor = book.get("nbformat_minor") if isinstance(book, dict) else None
    minor = minor if minor in range(_MINOR) else _MINOR
    try:
        return next(iter_validate(book, version=_FORMAT, version_minor=minor), None)  # type: ignore[no-untyped-call]
    except TypeError:  # it fails if the type of a cell is no text
        return None
