# %% [markdown]
# A [page](https://example.org/other.md), a [place in it](https://example.org/other.md#there "a title"), a [place here](https://example.org/docs/page.md#here), and the
# [`code[0]`](https://example.org/code.md) of another. Also [the web](https://example.org/a_(b).md), [mail](mailto:a@b.c).
#
# Not links: `[a](b.md)`, ``[a](b.md) ` ``, \[a](b.md), [a] (b.md).
#
# ![a diagram](https://example.org/a.svg) and ![far](https://example.org/far.png).
#
# [![badge](https://example.org/docs/badge.svg)](https://example.org/index.md)
#
# ```markdown
# [a](b.md)
# ```
#
# A [reference][There], another to a [page][], and a note.[^1]
#
# [page]: https://example.org/docs/page.md
# [there]: https://example.org/other.md "its title"

# %% [markdown]
# # Apart
#
# [page]: https://example.org/docs/page.md
# [there]: https://example.org/other.md "its title"
# [^1]: A note.
