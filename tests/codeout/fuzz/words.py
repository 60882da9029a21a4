"""What random pages are made of."""

from __future__ import annotations

NEWLINES = ("\n", "\n", "\n", "\r\n", "\r")
STEPS = ("    ", "    ", "    ", "    ", "\t")
INDENTS = (
    "", " ", "  ", "   ", "     ", "      ", "        ", "\t", " \t", "\t\t", "> ", "\xa0",
    "\u3000",
)  # fmt: skip
ODD = (
    " ", "   ", "    ", ">", "\t", "-", "`", "```", "~~~", "<", "<!--", "-->", "*", "|", "\\",
    "\x0b", "\x0c", "\x1c", "\x85", "\u2028", "\u200b", "\ufeff", "\xa0", "\x00", "\x02", "\x03",
    "///", '=== "Code"', "<div>", "</div>", "<pre>", "</pre>", "{", "}", "[^a]:", ":", "글", "🎈",
    "$$", "#",
)  # fmt: skip
TEXTS = (
    "text", "more `code` text", "글 한 줄", "한글 **굵게** 🎈", "a < b & c > d", "a\\*b", "x | y",
    ":smile: $x^2$", "[link](a.md) ![i](i.png)", "a *b _c", "`unclosed", "``a ` b``", "--8<-- no",
    "*[HTML]: text", "end  ", "<b>bold</b>", "<span>", "<!-- in --> line", "http://a.b",
    "{ .class }", "1) x", "-", "# h", "<br>", "[^a]",
)  # fmt: skip
PLAIN = (
    ["text"], ["more `code` text"], ["글 한 줄"], ["한글 **굵게** 🎈"], ["a < b & c > d"],
    ["a\\*b"],
    ["x | y"], [":smile: $x^2$"], ["[link](a.md) ![i](i.png)"], ["a *b _c"], ["`unclosed"],
    ["``a ` b``"], ["--8<-- no"], ["*[HTML]: text"], ["end  "], ["<b>bold</b>"], ["<span>"],
    ["<!-- in --> line"], ["http://a.b"], ["{ .class }"], ["1) x"], ["-"], ["# h"], ["<br>"],
    ["[^a]"], ["# Heading"], ["## 제목 { #id .c }"], ["Heading", "==="], ["Heading",
    "---"], ["---"],
    ["***"], ["* * *"], ["a | b", "- | -", "1 | 2"], ["| a |", "| --- |", "| `x|y` |"],
    ["    indented = code"], ["    ```python", "    indented", "    ```"], ["\tx", "\ty"],
    ["[link]: https://example.org"], ['[a]: <b> "title"'], ["[a]:", "    b"], ["*[HTML]: Markup"],
    ["{: .x }"], ["text", "{: .x }"], ["$$", "x", "$$"], ["\\[ x \\]"], ['--8<-- "file.md"'],
    [":   lost definition"], ["===", "==="], ["``", "x ``` y"], ["first", "second"],
    ["line  ", "broken"], ["`span", "ends`"], ["<p>text"], ["</div>"], ["<hr>"], ["&lt;pre>"],
    ["\x0c"], ["\xa0"], [" "], ["\t"], ["\u2028"], ["> lazy", "text"], ["- a", "b"],
    ["1. a", "2. b"], ["- [ ] x"], ["- a", "    - b", "        - c"], ["Term", ": Definition"],
    ["///"], ["!!! note"], ['=== "Code"'], ["[^1]: Note."], ["<https://a.b>"], ["<!DOCTYPE html>"],
    ["<?php echo ?>"], ["<![CDATA[ x ]]>"], ["%%%"],
    ["--8<--", "--8<--"], ["--8<--", "a.md", "", "b.md", "--8<--"], ["--8<-- [start:a]"],
    ["--8<--"], ["<!-- --8<-- [end:a] -->"],
)  # fmt: skip
CODE = (
    "x = 1", "x = 1", "print('글 🎈')", "", "", "  y", "\tz", "    w", "# c", '=== "Code"', "- a",
    "<!-- c -->", "``` `", "`", "``", "~~~~~", "````", "> q", "<div>", "</pre>", "a  ", "\x0c",
    "\xe9\u2028", '"""', "---", "!!! note", "///", "x = '\\x02'", "$$", "-->", "<!--", "    ", "\t",
    '--8<-- "f.py"', ";--8<--", "# --8<-- [start:a]", ">>> x", ">>> x  # doctest: +SKIP",
    ">>> x\n1\n\n>>> y\n... z", "print(1)",
    "print(x)\n#> 2", "#> 1", "f(\n1)\n#> 3", 'print(1)\n"""\n1\n"""',
    "<!-- codeout: out -->", "if x:\n    print(1)\n    #> 2",
    ":tags: [raises-exception]\n\nx", "---\ntags: a\n---", "#| eval: false", ":tags: [a\nx",
    "... y", "In [1]: x", "Out[1]: 1", "%matplotlib inline", "!ls", "$ ls",
    "$ ls\nout\n# no\n$ echo \\\n> a\n> b", "$ cat <<E\n> x\nE", "  $ 'a\n  > b'", "$", "> x",
)  # fmt: skip
SHELLS = ("console", "console", "shell-session", "bash", "sh", "Console", "shell", "text")
COMMANDS = (
    ["$ ls"], ["$ ls"], ["$ echo 'a", "> b'"], ["$ cat <<E", "> x", "> E"], ["$ cat <<E", "x", "E"],
    ["$ a \\", "> b"], ["$ a \\", "b"], ["$"], ["$ "], ["  $ ls"], ["# no"], ["$ 'open"],
    ["$ for x in a; do", "> ls", "> done"], ["> x"], ["$ ls  # c"], ["$\tls"], ["$ echo '글 🎈'"],
)  # fmt: skip
ANSWERS = (
    [], [], ["1"], ["1"], ["a b", "c"], ["a", "", "b"], ["..."], ["<BLANKLINE>"], ["# no"], ["$x"],
    ["  $ x"], ["a  "], ["\ta"], ["`"], ["- a"], ["글 🎈"], ["\\"], ["...", "b"], ["Note: b"],
    ["Traceback (most recent call last):", "    ...", "ValueError: a"], ["::", "  b"],
)  # fmt: skip
STATEMENTS = (
    [">>> x"], [">>> x"], [">>> print(1)"], [">>> if x:", "...     y", "..."], [">>>"], ["  >>> x"],
    [">>> def f():", "...     1"], [">>> x  # doctest: +SKIP"], [">>> x # doctest: +ELLIPSIS"],
    [">>> f(", "... 1)"], [">>> x = '\\n'"], [">>> x = '''", "... y'''"], [">>>x"],
    ["... x"], [">>> 'a\\x00'"], ["In [1]: x"], [">>> '''a'''"],
)  # fmt: skip
SECTIONS = (
    [], [], [], ["Examples:"], ["Examples:"], ["Example: the first"], ["Examples", "--------"],
    ["Examples", "~~~~~~~~"], ["Args:", "    x: A.", "", "Returns:"], [".. code-block:: pycon", ""],
    ["Text::", ""], ["Example", "======="], [":Example:", ""], ["Note:", "    Args:"],
)  # fmt: skip
INFO = (
    "", "", "text", "py", "python3", " python", ".python", "  py ", '{ .python title="a" }',
    "{.python}", "{ .py #id }", 'python title="a b" hl_lines="1-2" linenums="1"',
    'python hl_lines="one"', "python title", "{ .py #id linenums }", "Python", "python {.x}",
    "python{.x}", "pycon", "python { .x hl_lines='1 2' }", "python3.11", "{python}", "{ python }",
    "{code-cell} ipython3", "{code-cell}",
    "py thon", "python,x", 'python title="`"', "{: .python }", "{ .x .python }", "python\t",
    "\tpython", "python title='a'", "python title=a", "py linenums", 'py linenums="1 2 3"', "bash",
    "{ .python data-x=y }", "c++", "python#", "mermaid", "PYTHON", "Py", "Python3", "{.Python}",
    "ipython", "IPython", "python-repl", "pycon3", "console", "{code-cell} python", "{code-cell}",
    "console", "shell-session", "shell",
    "{.python .cell}", "python exec='1'", 'python exec="on" source="tabbed-left"', "pyodide",
    "python test", "{python echo=False}", "sage", "jupyter", "python repl", "out", "{ .text .out }",
)  # fmt: skip
COMMENTS = (
    "<!-- codeout: skip -->", "<!-- codeout: volatile -->", "<!-- codeout: raises=ValueError -->",
    "<!-- codeout: timeout=3 -->", "<!-- codeout: rtol=1e-2 -->", "<!-- codeout: typo -->",
    "<!--pytest.mark.skip-->", "<!-- codeout: skip -->", "<!-- other -->", "<!---->",
    "<!-- a --><!-- b -->", "text <!-- codeout: skip -->", "<!-- codeout: skip -->\ttext",
    " <!-- codeout: skip -->", "<!-- codeout: hidden -->", "<!-- a -- b -->", "<!-- codeout: skip",
    "<!-->", "<!--->", "<!-- x --!>", "`<!-- codeout: skip -->`",
)  # fmt: skip
LABELS = (
    "Code", "Out", "결과", "코드", "Other", 'a "b"', "`Code`", "", "C | d", "Code ", "Python",
    "Result", "Output", "code", "OUT",
)  # fmt: skip
BOXES = (
    "!!! note", '!!! tip "T"', "!!! note inline end", '??? info "T"', "???+ note", "!!!note",
    "??? tip", '!!! "T"', '!!! note ""', '???+ "T"', "!!! 노트", "!!! note  ",
)  # fmt: skip
ITEMS = (
    "- ", "- ", "*   ", "+ ", "1. ", "1.  ", "10. ", "-   ", " - ", "  * ", "   1. ", "1) ", "#. ",
    "-\t",
)  # fmt: skip
HTML = (
    ("<!--", "-->"), ("<!-- a", "b -->"), ("text <!-- a", "b --> text"),
    ("<!-- codeout: hidden", "-->"), ("<!-- codeout: hidden skip", "-->"), ("<!-- unclosed", ""),
    ("<pre>", "</pre>"), ("<pre><code>", "</code></pre>"), ("<div>", "</div>"),
    ("<div markdown>", "</div>"), ('<div markdown="1" class="grid cards">', "</div>"),
    ("<div markdown='block'>", "</div>"), ('<div markdown="span">', "</div>"),
    ("<div><div markdown>", "</div></div>"),
    ("<details markdown><summary>s</summary>", "</details>"),
    ("<details><summary>s</summary>", "</details>"), ("<p markdown>", "</p>"),
    ("<span>", "</span>"), ("<b>", "</b>"), ("a <span markdown>", "</span>"),
    ("<table markdown><tr><td markdown>", "</td></tr></table>"), ("<ul><li>", "</li></ul>"),
    ("<script>", "</script>"), ("<style>", "</style>"), ("<textarea>", "</textarea>"),
    ("<figure markdown='span'>", "</figure>"), ("<br/>", ""), ("<div", ">"), ("<div></div>", ""),
    ("<center>", "</center>"), ("<iframe>", "</iframe>"), ("<a href='x'>", "</a>"),
    ("<DIV Markdown>", "</DIV>"), ("<section markdown>", ""), ("</div>", "<div>"),
    ("<math>", "</math>"), ("<code>", "</code>"), ("<?x", "?>"), ("<![CDATA[", "]]>"), ("<!X", ">"),
    ("{% raw %}", "{% endraw %}"), ("<custom-tag>", "</custom-tag>"), ("<hr/>", "<hr>"),
    ("  <div>", "  </div>"), ("    <div>", "    </div>"),
)  # fmt: skip
BLOCKS = (
    "note", "note | Title", "tip", "admonition | T", "details | Sum", "tab | Code", "tab | Out",
    "html | div", "html | div.a#b", "html | p", "html | pre", "html | span", "definition",
    "caption", "figure-caption", "Note", "unknown", "note |", "table-caption",
)  # fmt: skip
FRONT = (
    ["---", "title: a", "---"], ["---", "title: a", "---", ""], ["title: a", ""], ["---"],
    ["---", "a: |", "  ```python", "---"], ["---", "", "title: 글", "..."], ["---", "- a", "---"],
    ["title: a", "    b", "k: v", ""], ["", "---", "title: a", "---"], ["--- ", "title: a", "---"],
    ["---", "{a: b}", "---"], ["---", "a: [", "---"], ["title:a"], ["http://a.b"],
    ["---", "title: a", "---", "text"], ["---", "# c", "title: a", "---"],
    ["<!-- pytest-codeblocks:skipfile -->"],
)  # fmt: skip
OUTPUTS = (
    ["```", "1", "```"], ["```text", "1", "", "2", "```"], ["~~~~", "a", "~~~~"], [], ["1"],
    ["![f](f.png)"], ['<div class="codeout-html"><b>x</b></div>'], ["````", "```", "````"],
    ["```", "unclosed"],
    ["<!-- {% raw %} -->", "", "```", "{{ x }}", "```", "", "<!-- {% endraw %} -->"],
    ["```python", "out", "```"], ["> ```", "> q", "> ```"], ["- ```", "  x", "  ```"],
    ["<pre>", "1", "</pre>"], ["```", "1", "```", "", "```", "2", "```"],
    ["text", "", "```", "```"], ["```mermaid", "graph", "```"], ['```text title="a"', "1", "```"],
    ['--8<-- "f.txt"'], ["```", '--8<-- "f.txt"', "```"], ["![f](other/f.svg){ width=3 }"],
    ['<pre class="codeout-text">1&#10;2</pre>'], ['<div class="codeout-html"></div>'],
)  # fmt: skip
