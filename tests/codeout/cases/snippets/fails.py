"""A piece that fails."""

raise ValueError("from the piece")
