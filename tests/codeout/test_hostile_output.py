"""Printed text that wants to be more, in the site's own Markdown: it is seen, to the letter."""

from __future__ import annotations

import pytest
from codeout.output.markdown import printed

from tests.support.hostile import as_printed
from tests.support.rendered import rendered

TEXTS = {
    "an include of a file": '--8<-- "device.py"',
    "an include, as a block": "--8<--\ndevice.py\n--8<--",
    "an include of an address": '--8<-- "https://example.org/x.md"',
    "a fence longer than ours": "``````````\n\n# Heading\n\n``````````",
    "a fence that closes ours": "```\n\n<script>alert(1)</script>\n\n```python\nimport os",
    "fences of tildes": "~~~~\n~~~~",
    "tabs": '=== "Code"\n\n    ```python\n    evil()\n    ```\n\n=== "Out"',
    "an admonition": '!!! danger "Read this"\n\n    Pay here.',
    "a block": "/// note | Title\nText\n///",
    "raw HTML": '<img src="https://example.org/x.png"><iframe src="//example.org">',
    "script": "<script>alert(1)</script>",
    "the end of our element": "</code></pre></div><script>alert(1)</script>",
    "comments": "<!-- codeout: skip -->\n--><script>alert(1)</script><!--",
    "Jinja": "{{ config.site_name }} {% raw %} {# gone #} {{ '%}' }}",
    "links": "[here](https://example.org) <https://example.org> https://example.org [a]: b",
    "a picture": "![alt](https://example.org/x.png)",
    "a footnote and an abbreviation": "[^1]: note\n\n*[HTML]: Hyper",
    "attributes": "{: .danger #id onclick=alert(1) }",
    "front matter": "---\ntitle: Other\n---",
    "references": "&lt;b&gt; &#60; &amp;",
    "marks of Markdown processors": "\x02wzxhzdk:0\x03 \x02amp\x03",
    "letters that look like others": "раураl.com Αррlе",  # noqa: RUF001
    "emoji": "👩\u200d👧 :smile: ❤\ufe0f",
    "Korean": "모델을 저장합니다",
}


@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS)
def test_printed_text_is_shown_and_nothing_else(text: str) -> None:
    text = as_printed(text)
    seen, plain = rendered(printed(text)), rendered(printed("plain"))
    assert seen.last.removesuffix("\n") == text
    assert seen.shape() == plain.shape()


def test_a_line_cannot_be_turned_around() -> None:
    text = as_printed("if access:\u202e \u2066// admin\u2069\u2066 ok\u200b \U000e0041\ufeff")
    seen = rendered(printed(text))
    assert seen.last.removesuffix("\n") == text
    assert text == (r"if access:\u202e \u2066// admin\u2069\u2066 ok\u200b \U000e0041\ufeff")
