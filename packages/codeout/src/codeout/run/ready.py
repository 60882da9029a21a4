"""What the server does last, once it has loaded all modules; each page begins with it."""

from __future__ import annotations

import gc

from codeout.run import audit
from codeout.run.shell import Shell

audit.look_ahead()
Shell.make_ready()
gc.collect()
gc.freeze()  # no collection of a page looks at what all pages share
