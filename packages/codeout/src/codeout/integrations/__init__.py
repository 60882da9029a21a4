"""Codeout inside other tools."""
