# %% [markdown]
# > **한국어 · English**
# >
# > 한국어 문단과 `code`.
# >
# > > An English one.
# >
# > - a list
#
# > **Warning**
# >
# > Without a title of its own.
#
# > Without any title.
#
# <details>
# <summary><code>a &lt; b</code>를 풀어 보세요 · Solve <code>a &lt; b</code></summary>
#
# Try it.
#
# > **Inside**
# >
# > A hint.
#
# </details>
#
# **풀이 · Solution**
#
# So:

# %%
a, b = 1, 2
a < b

# %% [markdown]
# That was it.
#
# After.
#
# !!! not a box, but words
#
# - An item.
#
#     > **In a list**
#     >
#     > Its words.
