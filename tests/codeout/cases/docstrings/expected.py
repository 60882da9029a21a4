"""A module whose docstrings are a page.

>>> area(2, 3)
6
>>> SIDES
4
"""

from collections.abc import Iterator

SIDES = 4


def area(width, height=1):
    """The area of a rectangle.

    Args:
        width: Its width:
            as a number.
        height: Its height.

    Returns:
        A number.

    Examples:
        >>> area(2)
        2
        >>> for side in (1, 2):
        ...     area(side, side)
        1
        4
        >>> SIDES = 5
        >>> area("a", "b")
        Traceback (most recent call last):
            ...
        TypeError: can't multiply sequence by non-int of type 'str'

        Text between them, and an empty output:

        >>> None
    """
    return width * height


class Shape:
    """A shape, in the style of NumPy.

    Examples
    --------
    Names of the other docstrings are not here:

    >>> SIDES, [name for name in ("Shape", "area") if name in globals()]
    (4, ['Shape', 'area'])
    >>> Shape().name
    'shape'
    >>> _
    'shape'
    """

    name = "shape"

    def __repr__(self):
        r"""Tell it.

        ```pycon
        >>> Shape()
        <Shape>
        >>> print(f"{Shape()}\n\n{Shape()}")
        <Shape>
        <BLANKLINE>
        <Shape>
        ```

        - In a list:

            <!-- codeout: out -->
            ```python
            print(Shape())
            ```

            ```
            <Shape>
            ```

        Example:
            ```python
            for shape in [Shape(), Shape()]:
                print(shape)
                #> <Shape>
                #> <Shape>
            ```

            === "Code"

                ```python
                Shape
                ```

            === "Out"

                ```
                page.Shape
                ```
        """
        return "<Shape>"

    def sides(self) -> Iterator[int]:
        """>>> [*Shape().sides()]
        [0, 1, 2, 3]"""
        yield from range(SIDES)

    def corners(self):
        '''
        Corners in Markdown.

        >>> Shape().corners()
        <function Shape.corners.<locals>.inner at 0x...>

        >>> def double(x):
        ...     """Twice.
        ...
        ...     >>> double(1)
        ...     2
        ...     """
        ...     return 2 * x
          >>> double(2)
          4
        text that is not indented as far is none of it
        '''

        def inner():
            "A function in it.\n\n>>> SIDES\n4\n\n"

        return inner


def skipped():
    """Options of doctest.

    >>> 1 / 0  # doctest: +SKIP
    3
    >>> list(range(20))  # doctest: +ELLIPSIS
    [0, 1, ..., 19]
    """


def alone():
    """Programs of their own, with the names of the module.

    ```python
    x = SIDES
    ```

    <!-- codeout: fresh -->
    ```pycon
    >>> SIDES
    4
    >>> x
    Traceback (most recent call last):
        ...
    NameError: name 'x' is not defined
    ```
    """
