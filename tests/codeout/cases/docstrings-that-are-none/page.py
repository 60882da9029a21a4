def bytes_():
    b""">>> 1 + 1
    3
    """


def formatted():
    f"""Of a value: {bytes_}

    >>> 1 + 1
    3
    """


def several():
    (
        "Two strings.\n"
        "\n"
        ">>> 1 + 1\n3\n"
    )


def unescaped():
    """Not escaped.

    >>> print("a\rb")
    """


def without_code():
    """Text.

    >>>
    3
    """


SIDES = 4
"""An attribute.

>>> SIDES
5
"""


def plain():
    b"No prompt."
    f"No prompt."
