"""Declared data files: their sources, their verification and their cache."""
