def raw():
    r"""Quotes.

    >>> print("'''", '"' * 3)
    """


def closed():
    r'''>>> print(chr(92))'''


def drawn():
    """A figure.

    <!-- codeout: out -->
    ```python
    from IPython.display import SVG

    SVG("<svg xmlns='http://www.w3.org/2000/svg'/>")
    ```
    """
