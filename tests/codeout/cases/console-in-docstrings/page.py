"""A module with a command.

<!-- codeout: exit=3 -->
```console
$ name=one; cd /; (exit 3)
$ echo "<$name> $?"
```
"""


def second():
    r"""Each docstring has a shell of its own.

    <!-- codeout: exit=4 -->
    ```console
    $ echo "<$name> \o/" \
    >   "$(basename "$PWD")"
    old
    $ (exit 4)
    $ true
    ```
    """


def third():
    """Not raw.

    ```console
    $ printf 'a\\n\\\\b'
    ```
    """
