"""IPython's shell in two steps, of which the first needs no page: the server takes it for all."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from IPython.core.interactiveshell import InteractiveShell
from IPython.core.profiledir import ProfileDir
from traitlets import default


class StartedShell(InteractiveShell):
    """A shell that is made before its page, and reads nothing of the process that makes it."""

    def enter(self, folder: Path) -> None:
        """Take what IPython reads of a process, in that of the page.

        Args:
            folder: Where IPython keeps files.
        """
        base: Any = super()
        self.ipython_dir = str(folder)
        self.starting_dir = str(Path.cwd())
        self.history_manager.dir_hist[:] = [Path.cwd()]  # type: ignore[union-attr]
        base.init_virtualenv()
        base.save_sys_module_state()
        base.init_sys_modules()
        base.init_encoding()
        base.init_pushd_popd_magic()

    def init_ipython_dir(self, ipython_dir: object) -> None:
        """Skip it: there is no page yet, as in the following."""

    def init_profile_dir(self, profile_dir: object) -> None:
        """Likewise."""

    def init_virtualenv(self) -> None:
        """Likewise."""

    def init_sys_modules(self) -> None:
        """Likewise."""

    @default("profile_dir")
    def _make_profile_dir(self) -> ProfileDir:
        """A folder that few pages ever ask for."""
        make: Any = ProfileDir.create_profile_dir_by_name
        profile: ProfileDir = make(self.ipython_dir)
        return profile
