"""Prose for readers outside of its site: without attribute lists, and with absolute links."""

from __future__ import annotations

import re
from collections.abc import Callable
from posixpath import dirname, join, normpath
from typing import TYPE_CHECKING, Final
from urllib.parse import urljoin

from codeout.page.attributes import read_attributes
from codeout.page.fences import find_fences
from codeout.page.unfenced import find_unfenced

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

Address = Callable[[str], str]
"""Gives the absolute address of a relative link in the page; empty if it is not known."""

_HEADING: Final = re.compile(r"(?P<title>#{1,6} .*?) +\{:? *(?P<attributes>[^{}\n]+)\} *#*$")
_ATTRIBUTES: Final = re.compile(r"[> ]*\{:[^{}\n]*\} *$")
_LABEL: Final = r"(?:`++[^`]*`++|\\.|[^\[\]`\\]|\[[^\[\]]*\])*+"
_INLINE: Final = re.compile(
    rf"""
    (?<![\\`]) (?P<run>`+) (?!`) .+? (?<!`) (?P=run) (?!`)
    | (?<!\\) (?P<image>!?) \[ (?P<label>{_LABEL}) \]
      \( \s* (?: <(?P<pointed>[^<>\n]+)> | (?P<target> (?: [^()<>\s] | \([^()\s]*\) )+ ) )
      (?P<title>\s+(?:"[^"]*"|'[^']*'))? \s* \)
      (?: \{{ [^{{}}\n]* \}} )?
    | (?P<tag> <(?:a|img)\s[^<>]*? (?<=\s)(?:href|src)\s*=\s* )
      (?P<quote>["']) (?P<place>[^"'<>]+) (?P=quote)
    """,
    re.VERBOSE | re.DOTALL,
)
_DEFINITION: Final = re.compile(
    r" {0,3}\[(?P<label>[^\]^][^\]]*)\]: *"
    r"(?:<(?P<pointed>[^<>]+)>|(?P<target>[^\s<>]+))(?P<rest>.*)"
)
_ELSEWHERE: Final = re.compile(r"[a-zA-Z][a-zA-Z0-9+.-]*:|//")


def plain(
    text: str, address: Address, translations: Sequence[str] = (), *, whole: bool = False
) -> str:
    """Remove from Markdown what only its site understands.

    Args:
        text: A stretch of a page; its fences are left alone.
        address: Gives the address of a relative link. A link without one becomes its label, a
            picture its description.
        translations: Attributes of headings that hold the title in other languages, such as
            ``data-ko``: they follow the title. Other attributes are left out.
        whole: Whether the text is a whole page. Of a piece, which may have been in a list, nobody
            knows whether what is indented is code.
    """
    parts: list[str] = []
    for is_code, lines in stretches(text.split("\n"), whole=whole):
        if is_code:
            parts += lines
            continue
        kept = (line for line in lines if not _ATTRIBUTES.match(line))
        titled = [_definition(_heading(line, translations), address) for line in kept]
        parts.append(_INLINE.sub(lambda found: _link(found, address), "\n".join(titled)))
    return "\n".join(parts)


def sections(text: str) -> Iterator[str]:
    """Split Markdown before each of its headings."""
    section: list[str] = []
    for fenced, lines in stretches(text.split("\n")):
        for line in lines:
            if section and not fenced and re.match("#{1,6} ", line):
                yield "\n".join(section)
                section = []
            section.append(line)
    yield "\n".join(section)


def definitions(text: str) -> dict[str, str]:
    """The definitions of links by reference: label in brackets, in lower case, to line."""
    outside = (
        line for fenced, lines in stretches(text.split("\n")) if not fenced for line in lines
    )
    found = (_DEFINITION.fullmatch(line) for line in outside)
    return {f"[{match['label'].lower()}]": match[0] for match in found if match}


def beside(base: str) -> Address:
    """Addresses of the links of a page that is at ``base``; none are known if that is empty."""

    def address(target: str) -> str:
        return urljoin(base, target) if base else ""

    return address


def on_site(site: str, page: str, addresses: Mapping[str, str]) -> Address:
    """Addresses of the links of a page of a site.

    Args:
        site: The address of the site; if it is empty, no address is known.
        page: The page: its source, relative to the folder of sources.
        addresses: The address, relative to the site's, of each source.
    """

    def address(target: str) -> str:
        path, mark, anchor = target.partition("#")
        source = normpath(join(dirname(page), path)) if path else page
        known = addresses.get(source)
        return "" if not site or known is None else urljoin(site, known) + mark + anchor

    return address


def stretches(lines: list[str], *, whole: bool = False) -> Iterator[tuple[bool, list[str]]]:
    """Split lines into those of a fence, with True, and those outside of fences, with False.

    Args:
        lines: The lines.
        whole: Whether they are a whole page, of which indented code is like a fence.
    """
    expanded = [line.expandtabs(4) for line in lines]
    fences = find_fences(expanded)
    spans = [(fence.start, fence.end + 1) for fence in fences]
    unfenced = [code for code in find_unfenced(expanded, fences) if code.indented] if whole else []
    spans += [(code.start, code.start + code.text.count("\n") + 1) for code in unfenced]
    at = 0
    for start, end in sorted(spans):
        if at < start:
            yield False, lines[at:start]
        yield True, lines[max(at, start) : end]
        at = end
    if at < len(lines):
        yield False, lines[at:]


def _heading(line: str, translations: Sequence[str]) -> str:
    found = _HEADING.match(line)
    if found is None:
        return line
    attributes = read_attributes(found["attributes"])
    words = [attributes[name] for name in translations if attributes.get(name)]
    title = found["title"].rstrip()
    known = title.lstrip("# ")
    return " · ".join([title, *(word for word in words if word != known)])


def _definition(line: str, address: Address) -> str:
    """The definition of a link by reference, with its absolute address if that is known."""
    found = _DEFINITION.fullmatch(line)
    target = (found["pointed"] or found["target"]) if found else ""
    if found is None or _ELSEWHERE.match(target):
        return line
    return f"[{found['label']}]: {_target(address(target) or target)}{found['rest']}"


def _link(found: re.Match[str], address: Address) -> str:
    if found["run"]:
        return found[0]
    if found["tag"]:
        place = found["place"]
        known = place if _ELSEWHERE.match(place) else address(place) or place
        return f"{found['tag']}{found['quote']}{known}{found['quote']}"
    image, label, target = found["image"], found["label"], found["pointed"] or found["target"]
    if not image:  # a picture may stand in a link
        label = _INLINE.sub(lambda inner: _link(inner, address), label)
    if not _ELSEWHERE.match(target):
        target = address(target)
    if not target:
        return f"*{label}*" if image else label
    return f"{image}[{label}]({_target(target)}{found['title'] or ''})"


def _target(address: str) -> str:
    """An address as the target of a link."""
    return f"<{address}>" if " " in address else address
