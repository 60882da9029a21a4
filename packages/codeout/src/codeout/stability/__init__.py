"""Runs a page under other seeds, hash seeds and thread counts, and says what moves."""
