"""The laws of the layers: who imports whom, and what from outside.

Every import statement counts: in a function, and under ``TYPE_CHECKING`` as well.
"""

from __future__ import annotations

import ast
from dataclasses import dataclass
from functools import cache
from graphlib import TopologicalSorter
from typing import TYPE_CHECKING

import bitext
import codeout
import pytest

from tests.support.paths import ROOT

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from pathlib import Path

LAYERS = """
    text < errors < fs < plugins < page < data < config < output < formats < run < sandbox
    < resident < live
    < lock < cluster < engine < cached < watch, stability, export, init, adopt, matrix < lsp < site
    < serve < cli, integrations < codeout
"""
RANKS = {
    package: rank
    for rank, packages in enumerate(LAYERS.replace(",", " ").split("<"))
    for package in packages.split()
}
USES = {"watch", "stability", "export", "init", "adopt", "matrix"}
STRANGERS = {  # pairs that the order of the layers does not keep apart
    **{package: {"page", "config", "lock"} for package in ("run", "sandbox", "live")},
    "page": {"data", "output"},
    "data": {"page", "output"},
    **{package: USES - {package} for package in USES},
    "cli": {"integrations"},
    "integrations": {"cli"},
}
LIBRARIES = {
    "IPython": (
        *("codeout.run.shell", "codeout.run.shell_displays", "codeout.run.shell_start"),
        "codeout.run.magics",
    ),
    "markdown": ("codeout.page", "codeout.integrations"),
    "pymdownx": ("codeout.page",),
    "click": ("codeout.cli",),
    "uv": ("codeout.matrix",),
    "rich": ("codeout.cli",),
    "mkdocs": ("codeout.integrations",),
    "sphinx": ("codeout.integrations.sphinx",),
    "docutils": ("codeout.integrations.sphinx",),
    "pytest": ("codeout.integrations",),
    "distributed": ("codeout.cluster",),
    "lsprotocol": ("codeout.lsp",),
    "pygls": ("codeout.lsp",),
}
PURE = [
    "errors",
    "site.myst",
    "site.myst_lines",
    "site.myst_outputs",
    "site.myst_syntax",
    "site.notes",
    "site.verification",
    "output.compare",
    "output.counting",
    "output.coverage",
    "output.diff",
    "output.images",
    "output.normalize",
    "page.directives",
    "page.document",
    "page.notebook_parser",
    "run.slow_notice",
    "stability.analysis",
    "stability.variants",
    "text.terminal",
]
WORLD = {"os", "subprocess", "sys", "tempfile", "shutil", "time"}


@dataclass(frozen=True)
class Import:
    """One name that a file imports.

    Attributes:
        by: The module that imports, or the path of a file that belongs to none of our packages.
        line: Of the statement.
        module: The module that is loaded.
        name: What is taken out of it; empty for the module itself.
    """

    by: str
    line: int
    module: str
    name: str

    def __str__(self) -> str:
        return f"{self.by}, line {self.line}: {self.module} {self.name}".rstrip()

    @property
    def of(self) -> str:
        """The package that imports: ``run`` for ``codeout.run.pool``."""
        return package_of(self.by)

    @property
    def package(self) -> str:
        """The package that is imported."""
        return package_of(self.module)


def package_of(module: str) -> str:
    """The first name after ``codeout``; ``codeout`` for what stands above all packages."""
    inner = module.removeprefix("codeout").removeprefix(".").partition(".")[0]
    return "codeout" if inner in {"", "__main__", "markdown", "sphinx"} else inner


def module_of(file: Path, source: Path) -> str:
    """The name of a module by its file."""
    return ".".join(file.relative_to(source).with_suffix("").parts).removesuffix(".__init__")


def imports(file: Path, by: str) -> Iterator[Import]:
    """What a file imports, wherever in it."""
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (Import(by, node.lineno, alias.name, "") for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.module, f"{by}, line {node.lineno}: a relative import"
            for alias in node.names:
                inner = f"{node.module}.{alias.name}"
                inside = inner in SOURCES
                module, name = (inner, "") if inside else (node.module, alias.name)
                yield Import(by, node.lineno, module, name)


def imports_below(*folders: str) -> list[Import]:
    """What the files below some folders of the repository import."""
    files = (file for folder in folders for file in sorted((ROOT / folder).rglob("*.py")))
    return [each for file in files for each in imports(file, file.relative_to(ROOT).as_posix())]


SOURCES = {
    module_of(file, source): file
    for source in (ROOT / "packages" / name / "src" for name in ("bitext", "codeout"))
    for file in sorted(source.rglob("*.py"))
}


@cache
def inside() -> list[Import]:
    """What both packages import."""
    return [each for module, file in SOURCES.items() for each in imports(file, module)]


def of_engine() -> list[Import]:
    """What the engine imports."""
    return [each for each in inside() if each.by.startswith("codeout")]


def of_engine_from_itself() -> list[Import]:
    """What the engine imports from its own packages."""
    return [each for each in of_engine() if each.module.partition(".")[0] == "codeout"]


@cache
def of_others() -> list[Import]:
    """What the benchmarks and the theme import."""
    return imports_below("bench", "theme")


@cache
def outside() -> list[Import]:
    """The same, and what their tests import."""
    return [*of_others(), *imports_below("tests/bench", "tests/site")]


def none_of(found: Iterable[Import], broken: Callable[[Import], bool], law: str) -> None:
    """Fail with the imports that break a law."""
    if wrong := [str(each) for each in found if broken(each)]:
        pytest.fail("\n  ".join([law, *wrong]), pytrace=False)


def test_every_package_has_its_layer() -> None:
    packages = {package_of(module) for module in SOURCES if module.startswith("codeout")}
    assert packages == RANKS.keys()


def test_law_1_packages_import_only_packages_below() -> None:
    none_of(
        of_engine_from_itself(),
        lambda each: each.of != each.package and RANKS[each.of] <= RANKS[each.package],
        f"a package imports only packages before it in: {' '.join(LAYERS.split())}",
    )


def test_law_1_modules_form_no_cycle() -> None:
    graph = {module: {each.module for each in inside() if each.by == module} for module in SOURCES}
    assert [*TopologicalSorter(graph).static_order()]


def test_laws_2_3_4_strangers_do_not_know_each_other() -> None:
    none_of(
        of_engine_from_itself(),
        lambda each: each.package in STRANGERS.get(each.of, set()),
        "these packages do not know each other",
    )


def test_law_5_each_library_has_its_place() -> None:
    def misplaced(each: Import) -> bool:
        homes = LIBRARIES.get(each.module.partition(".")[0])
        return homes is not None and not any(
            each.by == home or each.by.startswith(f"{home}.") for home in homes
        )

    none_of(of_engine(), misplaced, f"libraries are imported only in: {LIBRARIES}")


def test_law_6_others_take_public_names_alone() -> None:
    """The benchmarks and the theme import from the top of a package, as any other project would."""
    none_of(
        of_others(),
        lambda each: each.module.startswith(("bitext.", "codeout.")) and not is_public(each),
        "import these from `codeout` or `bitext`, or export them there",
    )


def test_law_6_tests_take_what_is_exported_from_the_top() -> None:
    """What is not exported they take from its module."""
    none_of(
        [*outside(), *inside()],
        lambda each: (
            not each.by.startswith("codeout")
            and each.name in codeout.__all__
            and each.module == getattr(getattr(codeout, each.name), "__module__", "")
        ),
        "import these from `codeout`",
    )


def is_public(each: Import) -> bool:
    """Whether a whole module is imported that its package exports."""
    package, _, name = each.module.partition(".")
    return not each.name and name in {"bitext": bitext, "codeout": codeout}[package].__all__


def test_private_names_stay_in_their_module() -> None:
    none_of(
        [*inside(), *outside()],
        lambda each: (
            each.module.partition(".")[0] in {"bitext", "codeout"}
            and any(
                name.startswith("_") and not name.startswith("__")
                for name in (*each.module.split("."), each.name)
            )
        ),
        "private names are imported",
    )


def test_the_engine_and_the_pairs_of_languages_do_not_know_each_other() -> None:
    none_of(
        inside(),
        lambda each: (
            {each.by.partition(".")[0], each.module.partition(".")[0]} == {"bitext", "codeout"}
        ),
        "`codeout` and `bitext` are products of their own",
    )


def test_nobody_knows_the_adapters() -> None:
    """Nor the doors, which are for others: they load whatever is behind them."""
    adapters = {"bitext", "bitext.cli", "codeout", "codeout.cli.main"}
    adapters |= {"codeout.integrations.mkdocs.plugin", "codeout.integrations.pytest"}
    none_of(
        inside(),
        lambda each: each.module in adapters and not each.by.endswith(".__main__"),
        "nobody imports a command, a plugin or the whole package",
    )


def test_pure_modules_touch_neither_files_nor_processes() -> None:
    pure = {f"codeout.{name}" for name in PURE}
    assert pure <= SOURCES.keys()
    none_of(
        of_engine(),
        lambda each: each.by in pure and each.module.partition(".")[0] in WORLD and not each.name,
        "text in, data out",
    )
