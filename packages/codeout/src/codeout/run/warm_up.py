"""What the server does once, so that no page that is forked from it has to do it again."""

from __future__ import annotations

import hashlib  # noqa: F401  # IPython's first block loads it, and OpenSSL with it
import sysconfig

sysconfig.get_config_vars()  # the first call reads files
