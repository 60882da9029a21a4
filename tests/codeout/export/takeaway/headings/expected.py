# %% [markdown]
# # 1. A Title · 제목

# %% [markdown]
# ## Same

# %% [markdown]
# ### Others · 작은 "제목"

# %% [markdown]
# ## Plain

# %% [markdown]
# ## `code` and { braces } in it · code
#
# A paragraph.
#
# ```text
# ## in a fence { data-ko="그대로" }
# ```
