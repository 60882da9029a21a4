"""A module.

>>> 1 + 1
2
>>> print("a\\nb")
a
b
"""

def f():
    """One.

    ```python
    print(1)
    #> 1
    ```"""
