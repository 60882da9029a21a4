"""``python -m bitext``."""

from bitext.cli import main

main(prog_name="bitext")
