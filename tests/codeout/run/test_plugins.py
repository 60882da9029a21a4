"""What plugins may do wrong, each told in one message that names the plugin."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

import pytest
from codeout.output.model import Error, Figure, Html, Stream, Value
from codeout.run.plugins import Part, PluginError, Plugins, load

if TYPE_CHECKING:
    from pathlib import Path

TITLE = "the normalizer n of the plugin p"


def install(folder: Path, group: str, entry: str, source: str) -> None:
    """Make a package as pip leaves it."""
    (folder / "odd_plugin.py").write_text(source, encoding="utf-8")
    info = folder / "odd-1.0.dist-info"
    info.mkdir()
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: odd\nVersion: 1.0\n")
    (info / "entry_points.txt").write_text(f"[codeout.{group}]\nX = odd_plugin{entry}\n")


@pytest.mark.parametrize(
    ("group", "entry", "source", "message"),
    [
        ("normalizers", ":f", "f = 3", "the normalizer X of the plugin odd cannot be called"),
        (
            "normalizers",
            ":f",
            "",
            (
                "the normalizer X of the plugin odd cannot be loaded: it raised AttributeError: "
                "module 'odd_plugin' has no attribute 'f'"
            ),
        ),
        (
            "normalizers",
            "",
            "import sys\nsys.exit()",
            "the normalizer X of the plugin odd cannot be loaded: it raised SystemExit",
        ),
        (
            "renderers",
            "",
            "mime = 1\ndef render(data): ...",
            "the renderer X of the plugin odd has no `mime`, the MIME type that it takes",
        ),
        (
            "renderers",
            "",
            "mime = 'a/b'",
            "the renderer X of the plugin odd has no method `render`",
        ),
        ("languages", ":L", "class L: ...", "the language X of the plugin odd has no method `run`"),
        (
            "languages",
            ":L",
            "class L:\n    def __init__(self, a): ...",
            (
                "the language X of the plugin odd cannot be loaded: it raised TypeError: "
                "L.__init__() missing 1 required positional argument: 'a'"
            ),
        ),
    ],
)
def test_what_is_no_plugin_is_named(  # noqa: PLR0913, PLR0917  # fixtures
    group: str,
    entry: str,
    source: str,
    message: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    install(tmp_path, group, entry, source)
    monkeypatch.syspath_prepend(str(tmp_path))
    monkeypatch.delitem(sys.modules, "odd_plugin", raising=False)
    with pytest.raises(PluginError) as told:
        load(["odd"])
    assert str(told.value) == message


def test_one_that_is_gone_is_named() -> None:
    with pytest.raises(PluginError, match="the plugin odd-one is not installed"):
        load(["odd-one"])


def failing(text: str) -> str:
    raise ValueError(f"not {text}")


@pytest.mark.parametrize(
    ("made", "message"),
    [
        (failing, f"{TITLE} raised ValueError: not a"),
        (len, f"{TITLE} returned int, not str"),
        (lambda _: None, f"{TITLE} returned NoneType, not str"),
    ],
)
def test_a_normalizer_that_fails_is_named(made: Any, message: str) -> None:
    with pytest.raises(PluginError) as told:
        Plugins((Part(TITLE, made),)).normalized(Stream("a"))
    assert str(told.value) == message


def test_normalizers_follow_each_other_on_every_text() -> None:
    plugins = Plugins((Part("", str.upper), Part("", lambda text: text + "!")))
    assert plugins.normalized(Stream("a", 3)) == Stream("A!", 3)
    assert plugins.normalized(Value("a", result=True)) == Value("A!", result=True)
    assert plugins.normalized(Html("<b>a", plain="a")) == Html("<b>a", plain="A!")
    error = plugins.normalized(Error(("builtins.E",), 1, "E: a"))
    assert isinstance(error, Error)
    assert error.text == "E: A!"
    figure = Figure(b"a", "png")
    assert plugins.normalized(figure) is figure


class Renderer:
    """Gives what it was made with."""

    mime = "a/b"

    def __init__(self, made: object) -> None:
        self.made = made

    def render(self, data: object) -> object:
        """Give it, or raise it."""
        if isinstance(self.made, Exception):
            raise self.made
        return data if self.made is None else self.made


FORMS = {"text/plain": "plain", "text/html": "<i>", "a/b": {"text/html": "<b>"}}


@pytest.mark.parametrize(
    ("made", "message"),
    [
        (KeyError("rows"), "R raised KeyError: 'rows'"),
        ("<b>", "R returned str, not a dict"),
        ({"text/html": 3}, "R returned int for text/html"),
        ({"image/png": None}, "R returned NoneType for image/png"),
        ({"a/c": ""}, "R returned 'a/c', which no page can show, but application/geo+json, "),
        ({3: ""}, "R returned 3, which no page can show, but application/geo+json, "),
    ],
)
def test_a_renderer_that_fails_is_named(made: object, message: str) -> None:
    plugins = Plugins(renderers={"a/b": Part("R", Renderer(made))})
    with pytest.raises(PluginError) as told:
        plugins.rendered(FORMS)
    assert str(told.value).startswith(message)


def test_a_renderer_replaces_all_forms_but_the_plain_one() -> None:
    plugins = Plugins(renderers={"a/b": Part("R", Renderer(None))})
    assert plugins.rendered(FORMS) == {"text/plain": "plain", "text/html": "<b>"}
    others = {"text/html": "<i>"}
    assert plugins.rendered(others) == others
