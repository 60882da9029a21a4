"""A module.

>>> 1 + 1
3
"""

SIDES = 4
"""An attribute.

>>> SIDES
5
"""
