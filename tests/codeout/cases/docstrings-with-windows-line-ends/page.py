"""A module.

>>> 1 + 1
3
>>> print("a\\nb")
"""

def f():
    """One.

    ```python
    print(1)
    #> 2
    ```"""
