"""A module.

>>> 1 + 1
3
"""

print("printed on import")
import no_such_module


def second():
    """A second docstring.

    >>> 1 + 1
    3
    """
