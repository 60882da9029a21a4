# %% [markdown]
# # Title
#
# Text <!-- inside --> more.

# %%
if True:
	print(1)

# %% [markdown]
#     indented = code
