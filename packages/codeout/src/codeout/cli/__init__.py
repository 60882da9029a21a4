"""The command ``codeout``: the only package that prints."""
