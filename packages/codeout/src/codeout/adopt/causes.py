"""Why a block of a page failed, in the terms in which an author can act on it."""

from __future__ import annotations

import importlib.util
import re
from enum import Enum
from typing import TYPE_CHECKING, Final

from codeout.run.interrupt import TooSlow
from codeout.run.magics import syntax_tree
from codeout.run.names import missing_module, names_bound, undefined_name

if TYPE_CHECKING:
    from collections.abc import Sequence

    from codeout.output.model import Error, Ran


class Cause(Enum):
    """The kind of a failure: what is said of one block, and of several."""

    NETWORK = ("needs the network", "need the network")
    SERVICE = ("needs a service", "need a service")
    MODULE = ("needs a module", "need a module")
    FILE = ("needs a file", "need a file")
    INPUT = ("needs somebody who types", "need somebody who types")
    FOLLOWS = ("needs a block that failed", "need a block that failed")
    FRAGMENT = ("is a fragment", "are fragments")
    DRIFT = ("does not fit the library", "do not fit the library")
    STOPPED = ("was stopped", "were stopped")
    SLOW = ("takes too long", "take too long")
    OUTPUT = ("shows what it does not print", "show what they do not print")
    UNSTABLE = ("shows something else each time", "show something else each time")
    ERROR = ("raises an error", "raise an error")
    PAGE = ("cannot run as it is", "cannot run as they are")

    def of(self, number: int) -> str:
        """What is said of a number of blocks: ``2 are fragments``."""
        one, several = self.value
        return f"{number} {one if number == 1 else several}"


_NETWORK: Final = frozenset(
    {
        *("socket.gaierror", "urllib.error.URLError", "httpx.ConnectError", "ssl.SSLError"),
        *("requests.exceptions.ConnectionError", "httpcore.ConnectError", "aiohttp.ClientError"),
        *("urllib3.exceptions.HTTPError", "httpx.TransportError"),
    }
)
_SERVICE: Final = frozenset(
    {
        *("builtins.ConnectionRefusedError", "sqlalchemy.exc.OperationalError"),
        *("redis.exceptions.ConnectionError", "pymongo.errors.ConnectionFailure"),
        *("psycopg.OperationalError", "psycopg2.OperationalError"),
    }
)
_SLOW: Final = f"{TooSlow.__module__}.{TooSlow.__qualname__}"
_ELLIPSIS: Final = re.compile(r"(?i)\bellipsis\b")
# An interface that the installed version of a library has not.
_DRIFTED: Final = re.compile(
    r"^(?:AttributeError: (?:module|type object) '.*has no attribute"
    r"|ImportError: cannot import name"
    r"|TypeError: .*(?:unexpected keyword argument|takes .* positional arguments? but)"
    r"|\w*(?:Deprecat|Removed)\w*(?:Error|Warning)?: )"
)


def cause_of(codes: Sequence[str], at: int, ran: Ran | None, before: Sequence[int]) -> Cause:
    """Why a block failed.

    Args:
        codes: The code of each block that runs.
        at: The index of the block.
        ran: The result of its run; None if the page was ended in it.
        before: The indexes of the blocks before it that failed.
    """
    if ran is None:
        return Cause.STOPPED
    if ran.refused:
        return Cause.NETWORK
    error = ran.error
    if error is not None and _SLOW in error.names:
        return Cause.SLOW
    if error is None:
        return Cause.ERROR if ran.statuses else Cause.OUTPUT
    return _by_class(error) or _by_name(codes, at, error, before) or _by_message(codes[at], error)


def _by_class(error: Error) -> Cause | None:
    """The cause that the class of an exception tells."""
    names = {*error.names}
    if names & _SERVICE:
        return Cause.SERVICE
    if names & _NETWORK:
        return Cause.NETWORK
    if "builtins.ModuleNotFoundError" in names:
        moved = _is_within_installed(missing_module(error.summary))
        return Cause.DRIFT if moved else Cause.MODULE
    if "builtins.FileNotFoundError" in names:
        return Cause.FILE
    if "builtins.EOFError" in names:
        return Cause.INPUT
    return Cause.FRAGMENT if "builtins.SyntaxError" in names else None


def _by_name(codes: Sequence[str], at: int, error: Error, before: Sequence[int]) -> Cause | None:
    """The cause of a name that is not defined: an earlier failure, or code that is not there."""
    name = undefined_name(error.summary) if "builtins.NameError" in error.names else ""
    if not name:
        return None
    failed = (syntax_tree(codes[index]) for index in before if index < at)
    lost = any(name in names_bound(tree) for tree in failed if tree)
    return Cause.FOLLOWS if lost else Cause.FRAGMENT


def _by_message(code: str, error: Error) -> Cause:
    """The cause that the message of an exception tells."""
    if "..." in code and _ELLIPSIS.search(error.summary):
        return Cause.FRAGMENT
    return Cause.DRIFT if _DRIFTED.match(error.summary) else Cause.ERROR


def _is_within_installed(module: str) -> bool:
    """Whether a missing module belongs to a package that is installed, so it has moved."""
    package, dot, _ = module.partition(".")
    try:
        return bool(dot) and importlib.util.find_spec(package) is not None
    except (ImportError, ValueError):
        return False
