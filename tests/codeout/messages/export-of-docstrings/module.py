"""A module.

>>> 1 + 1
2
"""
