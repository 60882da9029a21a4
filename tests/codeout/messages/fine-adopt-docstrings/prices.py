"""Prices of a shop.

>>> double(2)
4
>>> double(price)
8
"""


def double(number):
    """Twice a number.

    Examples:
        >>> double(3)
        6
        >>> [double(number)
        ...  for number in (1, 2)]
        [2, 4]
        >>> open("prices.txt")  # doctest: +ELLIPSIS
        <_io.TextIOWrapper ...>
        >>> double(5)
        10
    """
    return 2 * number
