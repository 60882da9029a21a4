"""Whatever is edited, and whenever: a live page comes out as a clean run of its text does.

A hundred sequences of edits; ``make edits`` runs a thousand.
"""

from __future__ import annotations

import os
import shutil
import tempfile
from dataclasses import replace
from multiprocessing import connection
from pathlib import Path
from typing import TYPE_CHECKING

from codeout.config.settings import Config
from codeout.engine.execute import execute
from codeout.engine.planning import plan_page
from codeout.engine.project import Project
from codeout.engine.update import Update
from codeout.lock.lockfile import Lock
from codeout.watch.page_runner import PageRunner
from codeout.watch.rerun import Rerun
from hypothesis import HealthCheck, Phase, note, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule

if TYPE_CHECKING:
    from collections.abc import Iterable

SEQUENCES = int(os.environ.get("CODEOUT_SEQUENCES", "100"))

BLOCKS = (
    "x = 1",
    "x += 1\nprint(x)",
    "x",
    "_",
    "print(In[-1], len(Out))",
    "names = []",
    "names.append(len(names))\nnames",
    "del x",
    "1 / 0",
    "raise SystemExit(1)",
    # chance
    "import random\nrandom.seed(1)\nseeded = True",
    "print(random.random() if seeded else 0)",
    "from random import Random\ndice = Random(7)",
    "print(dice.random())",
    # files of the page, and those that stay open
    "open('file', 'w').write('one')",
    "open('file', 'a').write('two')",
    "with open('file', 'r+') as file: file.write('X')",
    "print(open('file').read())",
    "import os\nos.remove('file')",
    "import os\nos.makedirs('folder/below')\nopen('folder/below/file', 'w').write('deep')",
    "import os\nprint([sorted(files) for _, _, files in os.walk('.')])",
    "import os\nos.rename('file', 'moved')",
    "log = open('log', 'w+')",
    "log.write('line\\n')\nlog.tell()",
    "log.flush()\nlog.seek(0)\nlog.read()",
    "import tempfile\nkept = tempfile.TemporaryFile()\nkept.write(b'kept')",
    "kept.seek(0)\nkept.read()",
    "open('map', 'wb').write(b'abcd')",
    "import mmap\nmapped = mmap.mmap(open('map', 'r+b').fileno(), 4)",
    "mapped[0] += 1\nprint(mapped[:])",
    # the rest of a process
    "import os\nos.chdir('folder')",
    "import os\nprint(os.path.basename(os.getcwd()))",
    "import os\nos.environ['LIVE'] = os.environ.get('LIVE', '') + 'x'",
    "import os\nprint(os.environ.get('LIVE'))",
    "open('helper.py', 'w').write('value = 5')\nimport helper\nprint(helper.value)",
    "import helper\nprint(helper.value)",
    "import sys\nprint('to stderr', file=sys.stderr)",
    "print('no newline', end='')",
    "import subprocess\nsubprocess.run(['echo', 'from a child'])",
    "import os\nprint(open(os.environ['DATA']).read())",
    "steps = iter(range(100))",
    "print(next(steps))",
    "import signal\nsignal.signal(signal.SIGUSR1, lambda *_: print('caught'))",
    "import os, signal\nos.kill(os.getpid(), signal.SIGUSR1)",
    "from IPython.display import display\nhandle = display('shown', display_id='it')",
    "handle.update('shown anew')",
    # what a fork cannot take along
    "import threading\nevent = threading.Event()",
    "threading.Thread(target=event.wait, daemon=True).start()",
    "event.set()",
    "import asyncio\nawait asyncio.sleep(0)\nprint('awaited')",
    "import subprocess\nchild = subprocess.Popen(['cat'], stdin=-1, stdout=-1)",
    "print(child.communicate(b'through a pipe'))",
    "import mmap\nshared = mmap.mmap(-1, 4)\nshared[0] = 1",
    "shared[0] += 1\nprint(shared[0])",
    # what ends a process, or takes its time
    "import os\nos._exit(3)",
    "import time\ntime.sleep(0.03)\nprint('slept')",
    "import os, time\nif os.fork() == 0:\n    time.sleep(5)\n    os._exit(0)",
    "import subprocess\nsubprocess.Popen(['sleep', '5'], start_new_session=True)",
)
COMMENTS = ("", "", "", "raises=ZeroDivisionError", "may-fail", "timeout=20", "skip", "hide")
PLACES = st.integers(0, 7)
Block = tuple[str, str]


def written(blocks: Iterable[Block], prose: str) -> str:
    """A page with these blocks."""
    comments = (f"<!-- codeout: {comment} -->\n" if comment else "" for _, comment in blocks)
    fences = (f"```python\n{code}\n```" for code, _ in blocks)
    pieces = (
        "\n".join(f"    {line}" if line else "" for line in f"{comment}{fence}".split("\n"))
        for comment, fence in zip(comments, fences, strict=True)
    )
    return "\n".join([f"# {prose}\n", *(f'=== "Code"\n\n{piece}\n' for piece in pieces)])


class AnyEdits(RuleBasedStateMachine):
    """An author who saves at any moment, whatever runs."""

    def __init__(self) -> None:
        super().__init__()
        self.root = Path(tempfile.mkdtemp()).resolve()
        self.file = self.root / "page.md"
        self.data = self.root / "data.txt"
        self.data.write_text("0")
        self.config = Config(self.root, environment={"DATA": str(self.data)}, jobs=1)
        self.runner = PageRunner()
        self.blocks: list[Block] = []
        self.prose = "Page"
        self.came: Update | None = None

    def teardown(self) -> None:
        """Compare once more, and end all."""
        try:
            self.wait()
        finally:
            self.runner.close()
            shutil.rmtree(self.root)

    @initialize(blocks=st.lists(st.sampled_from(BLOCKS), min_size=2, max_size=6))
    def begin(self, blocks: list[str]) -> None:
        """Write the first version."""
        self.blocks = [(block, "") for block in blocks]
        self.save()

    @rule(at=PLACES, block=st.sampled_from(BLOCKS), comment=st.sampled_from(COMMENTS))
    def insert(self, at: int, block: str, comment: str) -> None:
        """Put in a block."""
        self.blocks.insert(at, (block, comment))
        self.save()

    @rule(at=PLACES, block=st.sampled_from(BLOCKS))
    def change(self, at: int, block: str) -> None:
        """Write other code into a block."""
        if at < len(self.blocks):
            self.blocks[at] = block, self.blocks[at][1]
            self.save()

    @rule(at=PLACES, comment=st.sampled_from(COMMENTS))
    def comment(self, at: int, comment: str) -> None:
        """Write another comment above a block."""
        if at < len(self.blocks):
            self.blocks[at] = self.blocks[at][0], comment
            self.save()

    @rule(at=PLACES)
    def delete(self, at: int) -> None:
        """Take out a block."""
        del self.blocks[at : at + 1]
        self.save()

    @rule(at=PLACES, to=PLACES)
    def move(self, at: int, to: int) -> None:
        """Move a block."""
        moved = self.blocks[at : at + 1]
        del self.blocks[at : at + 1]
        self.blocks[to:to] = moved
        self.save()

    @rule(prose=st.sampled_from(["Page", "Another", "Third"]))
    def write_prose(self, prose: str) -> None:
        """Change no block."""
        self.prose = prose
        self.save()

    @rule(data=st.sampled_from("01"))
    def change_data(self, data: str) -> None:
        """Change a file that a block may read."""
        self.data.write_text(data)
        self.save()

    @rule(at=PLACES)
    def lose_checkpoint(self, at: int) -> None:
        """Let go of a checkpoint, as bounds do."""
        if at in self.runner.checkpoints:
            self.runner.discard(at)

    @rule()
    def look_in_between(self) -> None:
        """Take what there is of news, and do not wait for more."""
        self.take(self.runner.poll())

    @rule(times=st.integers(0, 1))
    def wait_often(self, times: int) -> None:
        """Wait half of the time."""
        if times:
            self.wait()

    @rule()
    def wait(self) -> None:
        """Wait until all has run, and compare."""
        while self.runner.busy:
            connection.wait(self.runner.waitables, 0.2)
            self.take(self.runner.poll())
        assert self.came is not None
        (clean,) = [each for each in self.run_anew() if isinstance(each, Update)]
        assert told(self.came) == told(clean)

    def save(self) -> None:
        """Save the page."""
        self.file.write_text(written(self.blocks, self.prose))
        note(self.file.read_text())
        self.came = None
        self.take(self.runner.update(Project(self.config, Lock.read(None)), self.plan))

    @property
    def plan(self) -> object:
        """The page as it is now."""
        return plan_page(self.config, self.file)

    def run_anew(self) -> Iterable[object]:
        """Run the page as it is now in a process of its own."""
        return execute(self.config, [self.plan], Lock.read(None))

    def take(self, events: Iterable[object]) -> None:
        """Keep what comes of the last change."""
        for event in events:
            if isinstance(event, Rerun):
                self.came = event.update


def told(update: Update) -> object:
    """All of an update but its times."""
    record = update.record and replace(update.record, seconds=0.0)
    return update.after, update.problems, update.pictures, record


AnyEdits.TestCase.settings = settings(
    deadline=None,
    max_examples=SEQUENCES,
    stateful_step_count=20,
    report_multiple_bugs=False,
    phases=[Phase.explicit, Phase.reuse, Phase.generate],  # to make one smaller takes minutes
    suppress_health_check=[*HealthCheck],
)
TestAnyEdits = AnyEdits.TestCase
