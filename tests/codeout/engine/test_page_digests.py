"""Digests: they change with what decides the outputs of a page, and with nothing else."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from codeout.config.folders import Setup
from codeout.config.settings import Config
from codeout.data.assets import Asset
from codeout.engine.page_digests import digest_inputs, digest_outputs
from codeout.formats import parse
from codeout.output.figures import EmbeddedPictures

from tests.support.folder import tabs

if TYPE_CHECKING:
    from tests.support.folder import Folder


def test_inputs_change_with_code_environment_includes_and_data(folder: Folder) -> None:
    config = Config(folder.root)
    include = folder.write("x.py", "x = 1\n")
    page = parse(tabs("x", "1").encode(), "a.md")
    inputs = digest_inputs(config, page, [include])
    assert inputs == digest_inputs(replace(config, rtol=0.5), page, [include])
    assert inputs == digest_inputs(config, parse(tabs("x", "2").encode(), "a.md"), [include])
    assert (list(inputs.includes), inputs.data) == (["x.py"], "")

    assert inputs.code != digest_inputs(config, parse(tabs("y", "1").encode()), []).code
    assert inputs.code != digest_inputs(replace(config, environment={"A": "1"}), page, []).code
    setup = Setup("import y", "pyproject.toml:1", ("a.md",))
    prepared = digest_inputs(replace(config, setup=(setup,)), page, [include])
    assert prepared.code != inputs.code
    moved = replace(setup, place="pyproject.toml:2")
    assert prepared == digest_inputs(replace(config, setup=(moved,)), page, [include])
    for_others = replace(setup, pages=("b.md",))
    assert inputs == digest_inputs(replace(config, setup=(for_others,)), page, [include])
    assert inputs == digest_inputs(config, page, [include], [(0, 1)]), "one session"
    assert inputs.code != digest_inputs(config, page, [include], [(0,), (1,)]).code
    folder.write("x.py", "x = 2\n")
    assert inputs.includes != digest_inputs(config, page, [include]).includes
    asset = Asset("data/x", "0" * 64, ())
    assert digest_inputs(replace(config, assets=(asset,)), page, []).data
    elsewhere = replace(asset, pages=("b.md",))
    assert not digest_inputs(replace(config, assets=(elsewhere,)), page, []).data


def test_outputs_change_with_the_text_in_slots_but_not_with_line_endings() -> None:
    def outputs(source: str) -> str:
        return digest_outputs(parse(source.encode()), (), EmbeddedPictures())

    page = tabs("x", "1\n2")
    assert outputs(page) == outputs(page.replace("\n", "\r\n"))
    assert outputs(page) == outputs("Prose.\n\n" + tabs("y", "1\n2"))
    assert outputs(page) != outputs(tabs("x", "1\n3"))
