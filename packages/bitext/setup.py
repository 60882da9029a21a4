# noqa: INP001  # run by setuptools alone
"""The links of the package on an index, made from the setting of the site: ``REPO_URL``.

Everything else is in ``pyproject.toml``.
"""

import os

from setuptools import setup

repository = os.environ.get("REPO_URL", "").rstrip("/")
links = {
    "Source": repository,
    "Documentation": f"{repository}/tree/HEAD/docs/engine",
    "Changelog": f"{repository}/blob/HEAD/packages/bitext/CHANGELOG.md",
    "Issues": f"{repository}/issues",
}
setup(project_urls=links if repository else {})
