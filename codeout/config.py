"""The settings: ``[tool.codeout]`` in ``pyproject.toml``, every key optional."""
