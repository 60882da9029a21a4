# %% [raw]
# raw before all else

# %% [markdown]
# # Title
#
# ![pic](attachment:a.png)

# %% [markdown]
# <img src="https://example.org/docs/local.png" width=3>
#
# ![l](https://example.org/docs/local.png)

# %% [raw]
# raw *text* <b>x</b>

# %%
print('hi')
