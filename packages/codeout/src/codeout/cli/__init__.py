"""The command ``codeout``: the only package that prints."""

import gc

gc.set_threshold(100_000)  # modules leave no garbage when they load, and to look for it takes long
