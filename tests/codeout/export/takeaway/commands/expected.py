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


class _Captured:
    def __enter__(self):
        from contextlib import ExitStack, redirect_stderr, redirect_stdout
        from io import StringIO

        self._streams = StringIO(), StringIO()
        self._stack = ExitStack()
        self._stack.enter_context(redirect_stdout(self._streams[0]))
        self._stack.enter_context(redirect_stderr(self._streams[1]))
        return self

    def __exit__(self, *_):
        self._stack.close()
        self.stdout, self.stderr = (stream.getvalue() for stream in self._streams)
        self.outputs = []

    def show(self):
        print(self.stdout, end="")

    __call__ = show


def _timeit(statement, loops=0, repeat=7):
    import statistics
    import timeit
    from types import SimpleNamespace

    timer = timeit.Timer(statement, globals=globals())
    loops = loops or timer.autorange()[0]
    runs = timer.repeat(repeat, loops)
    each = [seconds / loops for seconds in runs]
    return SimpleNamespace(
        loops=loops,
        repeat=repeat,
        all_runs=runs,
        timings=each,
        best=min(each),
        worst=max(each),
        average=statistics.mean(each),
        stdev=statistics.pstdev(each),
    )


def _cd(folder):
    import os

    os.chdir(os.path.expanduser(folder))


def _set_env(name, value):
    import os

    os.environ[name] = value


import sys

from IPython.core.interactiveshell import InteractiveShell

InteractiveShell.instance(user_module=sys.modules["__main__"])

import asyncio

_loop = asyncio.new_event_loop()

# %% [markdown]
# # Commands that bind names

# %%
# %%capture captured
with _Captured() as captured:
    print("inside")

# %%
captured.show()
assert captured.stdout == "inside\n"

# %%
def f():
    return 1


timed = _timeit('f()', loops=3, repeat=2)
assert (timed.loops, timed.repeat) == (3, 2)
f()

# %%
# %%timeit -n 1 -r 1 start = 1
start = 1
start + 1

# %% [markdown]
# Of a shell:

# %%
name = "World"
_shell(f"echo {name} {name.lower()} '$name' $HOME")
_shell('for each in {1..2}; do echo $each; done')
lines = _lines_of(f'echo {name}')
assert lines == ["World"]
first, second = _lines_of(f'echo one; echo {name}')
assert second == "World"

# %%
# %%bash
_shell("""\
for each in one two; do echo "$each\\\\"; done
""", 'bash')

# %%
_set_env('CODEOUT_GREETING', f'Hello, {name}')
_cd('.')
if name:
    pass  # %matplotlib inline
    _shell('echo $CODEOUT_GREETING')
# !pip install nothing

# %%
# %%writefile note.txt
with open('note.txt', 'w') as _file:
    _file.write("""\
\"\"\"A \\ and {name}\"\"\"
""")

# %%
assert open("note.txt").read() == '"""A \\ and {name}"""\n'

# %% [markdown]
# With `await`:

# %%
async def _block():
    global asyncio, g, x, y, z
    import asyncio


    async def g(x: int):
        return x


    x = await g(1)
    if x:
        y = await g({}); pass
    assert (x, y) == (1, {})


_loop.run_until_complete(_block())

# %% [markdown]
# What only IPython has:

# %%
profile = None  # profile = %prun -q -r f(): only IPython has it
# %who

# %%
from IPython.display import display

handle = display("old", display_id=True)
handle.update("new")
