"""The versions of what pages import."""

from __future__ import annotations

from importlib import metadata

import pytest
from codeout.lock.versions import importable, installed_version, versions_of


def test_modules_are_told_by_the_distribution_that_provides_them() -> None:
    found = versions_of(["PIL", "rich", "os", "no_such_module"])
    assert found == {name: metadata.version(name) for name in ("pillow", "rich")}


def test_a_build_is_no_version(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(metadata, "version", lambda _: "2.14.1+cpu")
    assert installed_version("a package with a build") == "2.14.1"


def test_what_is_not_installed_has_no_version() -> None:
    assert not installed_version("no-such-distribution")


@pytest.mark.parametrize(
    ("module", "there"),
    [
        ("os", True),
        ("os.path", False),  # it is no package: what is in it, Python has put there
        ("json.decoder", True),
        ("json.late", False),
        ("late", False),
        ("late.below", False),
        ("", False),
        ("json..decoder", False),
        ("__main__", False),
        ("a\x00b", False),
    ],
)
def test_modules_that_can_be_imported(module: str, there: bool) -> None:
    assert importable(module) == there
