"""A module.

>>> 1 + 1
3
"""

def broken(:
    pass
