# %%
def _lines_of(command):
    import subprocess

    done = subprocess.run(command, shell=True, capture_output=True, text=True)
    return (done.stdout + done.stderr).splitlines()


class _Shown:
    def __init__(self, display_id):
        self.display_id = display_id

    def update(self, *values, **_):
        print(*values)

    display = update


def display(*values, display_id=None, **_):
    print(*values)
    return _Shown(display_id) if display_id else None


import asyncio

_loop = asyncio.new_event_loop()

# %% [markdown]
# # What a script has not

# %%
display("hello")

# %% [markdown]
# A loop is there, too:

# %%
async def _block():
    global asyncio, four, x
    import asyncio


    async def four():
        await asyncio.sleep(0)
        return 4


    x = await four()


_loop.run_until_complete(_block())

# %%
print(x)

# %% [markdown]
# Commands of a shell:

# %%
files = _lines_of('echo one')
print(len(files))

# %% [markdown]
# Magics that are given Python:

# %%
# %%time
y = x + 1

# %%
z = y + 1
print(z)

# %%
# %pip --version
