"""What the server does once, so that no page that is forked from it has to do it again."""

from __future__ import annotations

import hashlib  # noqa: F401  # IPython's first block loads it, and OpenSSL with it
import io
import sysconfig
import tokenize
from typing import Final

_ALL_TOKENS: Final = "x = 'a' + \"b\"\n'''\n''' + \"\"\"\n\"\"\"\n"
"""Code that makes ``tokenize`` compile all its patterns, as IPython's first block would."""

sysconfig.get_config_vars()  # the first call reads files
for _ in tokenize.generate_tokens(io.StringIO(_ALL_TOKENS).readline):
    pass
