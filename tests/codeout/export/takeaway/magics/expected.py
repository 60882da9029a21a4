# %%
# !ls
# names = !ls
# %matplotlib inline
# len?
x = 7 % 2

# %%
# %%time
# x += 1

# %%
# await asyncio.sleep(0)
