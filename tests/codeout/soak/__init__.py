"""A long watch over many pages: what it takes at the end is what it took after a minute."""
