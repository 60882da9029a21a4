# %%
import os

os.environ["STEP"] = "1"

# %%
step = int(os.environ["STEP"])

# %% [markdown]
# The word assert in a text is no assertion:

# %%
text = "assert"

# %%
text

# %%
try:
    step / 0
except ZeroDivisionError:
    pass
else:
    raise AssertionError("no error")

# %%
assert True
