"""Builds a site with Zensical, again and again: it reads a line, builds, and writes how it went.

A process that stays has parsed the pages before, and of those that are the same that still holds.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import traceback
from pathlib import Path


def main() -> None:
    """Build for each line that comes; standard output is for replies alone."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)  # Ctrl-C ends the watch, which says so
    replies = os.fdopen(os.dup(1), "w")
    os.dup2(2, 1)
    for _ in sys.stdin:
        built = _build(Path.cwd(), sys.argv[1:])
        print("built" if built else "failed", file=replies, flush=True)


def _build(root: Path, then: list[str]) -> bool:
    import zensical

    from codeout.config.mkdocs import FILES
    from codeout.errors import CodeoutError
    from codeout.site.complete import complete

    name = next(name for name in FILES if (root / name).is_file())
    try:
        # Its cache does not know what extensions read, such as a glossary or our lock.
        zensical.build(str(root / name), {"clean": True, "strict": False})
        complete(root)
        if then:
            subprocess.run(then, cwd=root, check=True)  # noqa: S603  # the author's own command
    except subprocess.CalledProcessError as error:
        sys.stderr.write(f"codeout: `{then[0]}` ended with status {error.returncode}\n")
        return False
    except CodeoutError as error:
        sys.stderr.write(f"codeout: {error}\n")
        return False
    except (Exception, SystemExit):  # noqa: BLE001  # the next save may mend it
        traceback.print_exc()
        return False
    return True


if __name__ == "__main__":
    main()
