"""A site of Sphinx whose pages have run."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest

from tests.codeout.integrations.mkdocs.test_plugin import codeout_run
from tests.support.folder import Folder
from tests.support.sphinx_site import write_site

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(scope="package")
def ran(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a site whose pages have run."""
    folder = Folder(tmp_path_factory.mktemp("site"))
    write_site(folder)
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(folder.root)
        codeout_run()
    return folder.root


@pytest.fixture
def site(ran: Path, folder: Folder) -> Folder:
    """A copy of it, in the current folder."""
    shutil.copytree(ran, folder.root, dirs_exist_ok=True)
    return folder
