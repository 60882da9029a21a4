# %% [markdown]
# # Only assertions go

# %%
# %matplotlib inline
print("assert nothing")
greeting = "hello"

# %%
print(greeting)

# %%
n = 3
if n:
    pass
else:
    n = 4

# %%
print(n)
