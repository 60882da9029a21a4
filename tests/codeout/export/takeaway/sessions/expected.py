# %%
class _Shown:
    def __init__(self, display_id):
        self.display_id = display_id

    def update(self, *values, **_):
        print(*values)

    display = update


def display(*values, display_id=None, **_):
    print(*values)
    return _Shown(display_id) if display_id else None


def _reset(names):
    for name in [name for name in names if not name.startswith("_") and name != "display"]:
        del names[name]


# %% [markdown]
# # Two programs
#
# The first one:

# %%
x = 1
display(x)

# %% [markdown]
# The second one:

# %%
_reset(globals())

# %%
print("x" in globals())
display("shown")
