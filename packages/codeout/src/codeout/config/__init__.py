"""What the project asks for in ``[tool.codeout]``."""
