# %%
def _lines_of(command):
    import subprocess

    done = subprocess.run(command, shell=True, capture_output=True, text=True)
    return (done.stdout + done.stderr).splitlines()


def _shell(command, program="sh"):
    import subprocess

    pipe, together = subprocess.PIPE, subprocess.STDOUT
    done = subprocess.run([program, "-c", command], stdout=pipe, stderr=together, text=True)
    print(done.stdout, end="")


import asyncio

_loop = asyncio.new_event_loop()

# %%
_shell('ls')
names = _lines_of('ls')
# %matplotlib inline
# len?
x = 7 % 2

# %%
# %%time
x += 1

# %%
async def _block():
    global asyncio
    import asyncio

    await asyncio.sleep(0)


_loop.run_until_complete(_block())
