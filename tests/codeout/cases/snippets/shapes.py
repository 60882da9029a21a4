"""What the cases include."""


def area(width: float, height: float) -> float:
    """Of a rectangle."""
    return width * height


# --8<-- [start:perimeter]
def perimeter(width: float, height: float) -> float:
    """Of a rectangle."""
    return 2 * (width + height)


# --8<-- [end:perimeter]
