"""Runs a page with other seeds, hash seeds and thread counts, and finds outputs that move."""
