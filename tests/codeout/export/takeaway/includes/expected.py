# %%
def double(x):
    return 2 * x


double(2)

# %% [markdown]
# ## Shared Words · 함께 쓰는 말
#
# From a [piece](https://example.org/docs/other.md).
#
#
# Done.
