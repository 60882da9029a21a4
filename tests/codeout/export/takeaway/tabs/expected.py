# %% [markdown]
# Before.

# %%
1 + 1

# %% [markdown]
# Between.

# %%
x = """
  a
"""

# %%
print(x)

# %% [markdown]
# **Shell**
#
# ```shell
# # no heading
# python x.py
# ```
#
# **결과**
#
# text
#
# After.
#
# **Note**

# %%
3
