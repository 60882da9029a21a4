"""Runs SQL in a database in memory, which each session of a page has for itself."""

import sqlite3


class Sql:
    """The database of a session."""

    def __init__(self) -> None:
        self._database = sqlite3.connect(":memory:")

    def run(self, code: str, names: dict[str, object]) -> object:
        """Run statements; print the rows of the last one, and leave them to Python as ``rows``."""
        *others, last = (part for part in code.split(";") if part.strip())
        for statement in others:
            self._database.execute(statement)
        rows = self._database.execute(last, {k: v for k, v in names.items() if f":{k}" in last})
        names["rows"] = rows.fetchall()
        for row in names["rows"]:
            print(*row, sep=" | ")  # noqa: T201  # the output of the block
        return None
