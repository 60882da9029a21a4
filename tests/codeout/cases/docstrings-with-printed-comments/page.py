"""Outputs in comments and strings, in docstrings."""


def shown():
    """What is printed must not end the docstring.

    ```python
    print("first")
    #> old
    print("a\\nb")
    print('\"\"\"\\nb')
    '''
    old
    '''
    print("'''\\nb")
    '''
    old
    '''
    print("'''\\n" + '\"\"\"')
    ```
    """


def raw():
    r"""A raw one has no escapes.

    ```python
    print("first\nsecond")
    '''
    old
    '''
    print("'''\nb")
    '''
    old
    '''
    print()
    #>
    ```
    """


def beside():
    '''Other quotes outside, as pytest-examples never writes them.

    ```python
    print("a\\nb")
    """
    old
    """
    print('"""\\nb')
    """
    old
    """
    print({"key": list(range(12)), "other": "word " * 9})
    """
    {
        'key': [1],
        'other': '',
    }
    """
    ```
    '''
