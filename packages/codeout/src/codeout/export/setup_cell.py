"""The first cell of an exported page, which prepares the machine of a reader for the page's code.

It installs missing distributions, and downloads the data files that the page opens by name. What a
library downloads by itself, such as a data set, is left to the library.
"""

from __future__ import annotations

import json
import re
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable

    from codeout.data.assets import Asset

_OWN: Final = "codeout"  # pages about the engine: readers have it, or cannot install it by name

_HEAD: Final = """\
# Run this first: it adds what this machine lacks.
def _prepare():
"""
_INSTALL: Final = """\
    import subprocess
    import sys
    from importlib.metadata import PackageNotFoundError, version

    missing = []
    for name in {names}:
        try:
            version(name)
        except PackageNotFoundError:
            missing.append(name)
    if missing:
        subprocess.run([sys.executable, "-m", "pip", "install", "--quiet", *missing])
"""
_FETCH: Final = """\
    import gzip
    import hashlib
    from pathlib import Path
    from urllib.request import urlopen

    files = [
{files}
    ]
    for path, checksum, source in files:
        if Path(path).exists():
            continue
        try:
            data = urlopen(source, timeout=30).read()
            if source.endswith(".gz") and not path.endswith(".gz"):
                data = gzip.decompress(data)
        except (OSError, EOFError) as error:
            print(f"{{path}}: {{error}}")
            continue
        if hashlib.sha256(data).hexdigest() == checksum:
            Path(path).parent.mkdir(parents=True, exist_ok=True)
            Path(path).write_bytes(data)
        else:
            print(f"{{path}}: wrong checksum from {{source}}")
"""
_TAIL: Final = """\

_prepare()
del _prepare"""


def setup_cell(
    distributions: Iterable[str],
    assets: Iterable[Asset],
    code: str,
) -> str:
    """Write the code of the first cell; empty if nothing has to be prepared.

    Args:
        distributions: Names of what the page imports.
        assets: Data files that the page finds when codeout runs it.
        code: The exported code of the page.
    """
    names = sorted(set(distributions) - {_OWN})
    files = [
        f"        {_python([asset.path, asset.sha256, source])},"
        for asset in assets
        if _opened(asset.path, code)
        for source in asset.sources
        if source.startswith("http")
    ]
    parts: list[str] = []
    if names:
        parts.append(_INSTALL.format(names=_python(names)))
    if files:
        parts.append(_FETCH.format(files="\n".join(files)))
    return _HEAD + "\n".join(parts) + "\n" + _TAIL if parts else ""


def _opened(path: str, code: str) -> bool:
    """Whether code names a file, or the folder of its own that holds it."""
    file = PurePosixPath(path)
    names = {file.name, *(str(folder) for folder in file.parents if len(folder.parts) > 1)}
    return any(re.search(rf"(?<![\w.-]){re.escape(name)}(?![\w-])", code) for name in names)


def _python(value: object) -> str:
    """A literal of strings, lists and dicts of strings, which Python writes as JSON does."""
    return json.dumps(value, ensure_ascii=False)
