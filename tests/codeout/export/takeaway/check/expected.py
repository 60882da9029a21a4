# %% [markdown]
# <details>
# <summary>1. Sum</summary>
#
# What is the sum of the numbers from 1 to 100?
#
# </details>

# %%
# Call check_1 with your answer.
def check_1(answer):
    assert answer == sum(range(101)), "Did you count the 100?"
    print("Correct!")

# %% [markdown]
# **1. Solution**

# %%
answer = 100 * 101 // 2
answer

# %%
check_1(answer)
