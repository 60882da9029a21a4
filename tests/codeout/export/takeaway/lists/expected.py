# %% [markdown]
# 1. One.

# %%
1

# %% [markdown]
# More of one.
#
# > In English.
#
# 2. Two.
#
#     ```shell
#     ls
#     ```
#
# > A quote:

# %%
2

# %% [markdown]
# > and its end.
