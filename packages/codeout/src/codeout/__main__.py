"""``python -m codeout`` is the command ``codeout``."""

import sys

if not sys.flags.safe_path:  # Python has put the current folder first; its modules are not ours
    del sys.path[0]

from codeout.cli.main import main

main(prog_name="codeout")
