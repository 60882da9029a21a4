"""``python -m codeout`` is the command ``codeout``."""

from codeout.cli.main import main

main(prog_name="codeout")
