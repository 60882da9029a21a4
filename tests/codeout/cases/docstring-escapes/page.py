def triple():
    """Quotes.

    >>> '"' * 7
    >>> print('"' * 3)
    >>> print("a\\b", "\\t|", chr(0))
    old \\
    >>> print('\\\\"')
    """


def single():
    'Prints. \n\n>>> triple.__name__ + chr(39)\n'


def continued():
    """\
    Lines that go on, \
    and on.

    >>> print(1, \
    2, chr(92))
    1
    >>> "\N{BULLET}\u20ac"
    """


def closed():
    """>>> print('"' * 2)"""


def raw():
    r"""Backslashes.

    >>> print("a\nb", "\\", '"' * 2, chr(92) + "d")
    >>> "\d"
    ""
    """
