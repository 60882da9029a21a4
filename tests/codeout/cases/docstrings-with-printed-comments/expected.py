"""Outputs in comments and strings, in docstrings."""


def shown():
    """What is printed must not end the docstring.

    ```python
    print("first")
    #> first
    print("a\\nb")
    '''
    a
    b
    '''
    print('\"\"\"\\nb')
    '''
    \"\"\"
    b
    '''
    print("'''\\nb")
    #> '''
    #> b
    print("'''\\n" + '\"\"\"')
    #> '''
    #> \"\"\"
    ```
    """


def raw():
    r"""A raw one has no escapes.

    ```python
    print("first\nsecond")
    '''
    first
    second
    '''
    print("'''\nb")
    #> '''
    #> b
    print()
    #>
    ```
    """


def beside():
    '''Other quotes outside, as pytest-examples never writes them.

    ```python
    print("a\\nb")
    """
    a
    b
    """
    print('"""\\nb')
    #> """
    #> b
    print({"key": list(range(12)), "other": "word " * 9})
    """
    {
        'key': [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11],
        'other': 'word word word word word word word word word ',
    }
    """
    ```
    '''
