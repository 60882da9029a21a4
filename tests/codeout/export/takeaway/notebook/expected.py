# %% [markdown]
# # Title · 제목
#
# See [a page](https://example.org/other.md).

# %% [markdown]
# ## Two
#
# text

# %%
1 + 1

# %%
x = 1

# %% tags=["raises-exception"]
try:
    1 / 0
except Exception as _error:
    print(f"{type(_error).__name__}: {_error}")

# %% [markdown]
# ```python
# !rm
# ```
#
# End.

# %%
x

# %% [raw]
# raw
