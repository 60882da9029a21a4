"""The command ``codeout``: the only part that talks to people at a terminal."""
