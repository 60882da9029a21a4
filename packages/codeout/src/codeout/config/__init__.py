"""The settings in ``[tool.codeout]``."""
