"""Hypothesis strategies for outputs: text that would be something else if a renderer let it."""

from __future__ import annotations

import re

from codeout.output.markdown import printed, rich
from codeout.output.normalize import Places, normalize
from codeout.output.shown import Picture
from hypothesis import strategies as st


def as_printed(text: str) -> str:
    """Text as a run leaves it: normalized, without newlines at the end."""
    return normalize(text.expandtabs(), Places("/work", "/home")).rstrip("\n")


# Parted by two blanks.
PIECES = re.split(
    r"\s{2,}",
    r"""
    ```  ````  ~~~  ~~~~  `  ```python  --8<--  -8<-  ;--8<--  ---8<---  secret.txt  "secret.txt"
    --8<-- "secret.txt"  ;--8<-- "secret.txt"  --8<-- 'secret.txt:1:1'  -8<-- [start:a]  [end:a]
    === "Tab"  ===!  !!! note  ???+ note "Title"  > quote  # heading  - item  1. item  : definition
    {{ 1 + 1 }}  {{  }}  {% raw %}  {% endraw %}  {%- endraw -%}  {%  %}  {# gone #}  {#  {: .x }
    <b>  </b>  </div>  <div markdown>  <pre>  </pre>  <script>  <!--  -->  <!-- gone -->  &amp;
    <  >  ---  a | b  [^1]: note  [a]: b  *[text]: b  ![a](b.png)  <https://a.b>  $x$  ==x==  \
    \`  한글
    """.strip(),
)
BLANKS = st.sampled_from(["", "", " ", "  ", "    ", "\t", "\n", "\n", "\n\n", "\n    "])
HOSTILE = st.lists(
    st.tuples(BLANKS, st.sampled_from(PIECES) | st.text(max_size=5)), max_size=12
).map(lambda pairs: "".join(blank + piece for blank, piece in pairs))
SHOWN = st.lists(
    HOSTILE.map(as_printed).filter(bool).map(printed)
    | HOSTILE.map(rich)
    | st.builds(Picture, st.just("page/1.png"), st.sampled_from(["", "a [b]"]), st.just("")),
    max_size=3,
)
