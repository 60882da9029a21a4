"""Codeout inside Sphinx, for pages that MyST-Parser reads."""
