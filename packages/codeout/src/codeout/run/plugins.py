"""Loads plugins, and calls them: in the process of a page, with the rights of a page."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, Final

from codeout.output.bundle import MARKUP, PICTURES
from codeout.output.model import Error, Html, Stream, Value
from codeout.plugins.discovery import GROUPS, LANGUAGES, NORMALIZERS, RENDERERS

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from importlib.metadata import EntryPoint

    from codeout.output.model import Output

_SHOWN: Final = frozenset({*PICTURES, *MARKUP, "text/html", "text/plain"})
_BROKEN: Final = (Exception, SystemExit)
"""What a plugin may raise. Anything else ends the process, as from a page."""


class PluginError(Exception):
    """A plugin does not do what it has to; the message names it."""


@dataclass(frozen=True, slots=True)
class Part:
    """One thing that a plugin offers.

    Attributes:
        title: What messages call it.
        made: The thing itself.
    """

    title: str
    made: Any

    def broken(self, what: str) -> PluginError:
        """The error that it does not do what it has to."""
        return PluginError(f"{self.title} {what}")

    def raised(self, error: BaseException) -> PluginError:
        """The error that it has raised one."""
        said = f": {error}" if str(error) else ""
        return self.broken(f"raised {type(error).__name__}{said}")


@dataclass(frozen=True, slots=True)
class Plugins:
    """The plugins of a session.

    Attributes:
        normalizers: In the order of the settings.
        renderers: By the MIME type that each takes.
        languages: By their names.
    """

    normalizers: tuple[Part, ...] = ()
    renderers: Mapping[str, Part] = field(default_factory=dict)
    languages: Mapping[str, Part] = field(default_factory=dict)

    def normalized(self, output: Output) -> Output:
        """An output, its text as the normalizers leave it.

        Raises:
            PluginError: One does not do what it has to.
        """
        if not self.normalizers:
            return output
        match output:
            case Stream(text) | Value(text) | Error(text=text):
                return replace(output, text=self._normalized(text))
            case Html(plain=plain):
                return replace(output, plain=self._normalized(plain))
        return output

    def _normalized(self, text: str) -> str:
        for part in self.normalizers:
            try:
                new = part.made(text)
            except _BROKEN as error:
                raise part.raised(error) from error
            if type(new) is not str:
                raise part.broken(f"returned {_kind(new)}, not str")
            text = new
        return text

    def rendered(self, forms: Mapping[str, object]) -> Mapping[str, object]:
        """The forms of a value by MIME type, with those that a renderer makes before the others.

        Raises:
            PluginError: One does not do what it has to.
        """
        part = next((self.renderers[mime] for mime in forms if mime in self.renderers), None)
        if part is None:
            return forms
        try:
            made = part.made.render(forms[part.made.mime])
        except _BROKEN as error:
            raise part.raised(error) from error
        if not isinstance(made, dict):
            raise part.broken(f"returned {_kind(made)}, not a dict")
        if unknown := [mime for mime in made if mime not in _SHOWN]:
            known = ", ".join(sorted(_SHOWN))
            raise part.broken(f"returned {unknown[0]!r}, which no page can show, but {known}")
        if bad := [mime for mime, form in made.items() if not isinstance(form, _forms_of(mime))]:
            raise part.broken(f"returned {_kind(made[bad[0]])} for {bad[0]}")
        plain = {mime: form for mime, form in forms.items() if mime == "text/plain"}
        return {**plain, **made}

    def run(self, language: str, code: str, names: dict[str, object]) -> object:
        """Run a block in a language; returns the value to show, and raises what it raises."""
        return self.languages[language].made.run(code, names)


def load(names: Iterable[str]) -> Plugins:
    """Load the plugins with some names.

    Raises:
        PluginError: One is not there, cannot be loaded, or is not what it has to be.
    """
    from importlib import metadata

    found: dict[str, dict[str, Part]] = {group: {} for group in GROUPS}
    for name in names:
        try:
            entries = metadata.distribution(name).entry_points
        except metadata.PackageNotFoundError as error:
            raise PluginError(f"the plugin {name} is not installed") from error
        for entry in (entry for entry in entries if entry.group in GROUPS):
            part = _part(name, entry)
            key = part.made.mime if entry.group == RENDERERS else f"{name} {entry.name}"
            found[entry.group][entry.name.lower() if entry.group == LANGUAGES else key] = part
    return Plugins(tuple(found[NORMALIZERS].values()), found[RENDERERS], found[LANGUAGES])


def _part(plugin: str, entry: EntryPoint) -> Part:
    kind = entry.group.removeprefix("codeout.").removesuffix("s")
    title = f"the {kind} {entry.name} of the plugin {plugin}"
    try:
        thing = entry.load()
        part = Part(title, thing() if isinstance(thing, type) else thing)
    except _BROKEN as error:
        raise Part(f"{title} cannot be loaded: it", None).raised(error) from error
    if entry.group == NORMALIZERS and not callable(part.made):
        raise part.broken("cannot be called")
    if entry.group == RENDERERS and not isinstance(getattr(part.made, "mime", None), str):
        raise part.broken("has no `mime`, the MIME type that it takes")
    method = {RENDERERS: "render", LANGUAGES: "run"}.get(entry.group)
    if method and not callable(getattr(part.made, method, None)):
        raise part.broken(f"has no method `{method}`")
    return part


def _forms_of(mime: str) -> type | tuple[type, ...]:
    """The types that a form of a MIME type may have."""
    if mime.endswith("json"):
        return object
    return (bytes, str) if mime in PICTURES else str


def _kind(value: object) -> str:
    return type(value).__name__
