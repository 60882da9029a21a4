# %% [markdown]
# ````python
# def double(x):
#     return 2 * x
#
# print("```")
# ````

# %%
1
