"""The raw HTML of a page, taken out of the text before its blocks are understood.

Python-Markdown does so too, and the rules are its own: a block-level tag or a comment is raw when
it starts a line (three blanks before it at most), wherever that line stands; a tag with the
attribute ``markdown`` holds Markdown of its own.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

MARK = re.compile("\x02([a-z])([0-9]+)\x03")

_TOKEN = re.compile(
    r"""
    (?P<comment><!--.*?--!?>)
    |<(?P<close>/?)(?P<tag>[a-zA-Z][^`\s/>]*)(?P<attributes>(?:"[^"]*"|'[^']*'|[^"'<>`])*)>
    """,
    re.VERBOSE | re.DOTALL,
)
_MARKDOWN = re.compile(r"""\smarkdown(?:\s*=\s*["']?(\w+)["']?)?(?=[\s/>]|$)""")
_BLANK_AFTER = re.compile(r"(?: *\n){2}")
_SPAN_TAG = re.compile("address|d[dt]|h[1-6]|legend|li|p|summary|t[dh]")
_RAW_TAG = re.compile("canvas|math|option|pre|script|style|textarea|hr")
_BLOCK_TAG = re.compile(
    f"{_SPAN_TAG.pattern}|{_RAW_TAG.pattern}|"
    "article|aside|blockquote|body|center|colgroup|details|div|dl|fieldset|figcaption|figure|footer|"
    "form|group|header|hgroup|html|iframe|main|map|menu|nav|noscript|object|ol|output|progress|"
    "section|table|tbody|tfoot|thead|tr|ul|video"
)


@dataclass(slots=True)
class Raw:
    """A piece of HTML; where ``kind`` is ``block`` its text is Markdown, where ``span`` inline."""

    text: str
    kind: str = "off"
    tag: str = ""


@dataclass(slots=True)
class _Extractor:
    source: str
    stash: list[Raw] = field(default_factory=list)
    out: list[str] = field(default_factory=list)
    raw: list[str] = field(default_factory=list)
    raw_tags: list[str] = field(default_factory=list)
    opened: list[Raw] = field(default_factory=list)
    in_raw: bool = False
    in_tail: bool = False
    just_opened: bool = False

    def run(self) -> str:
        position = 0
        while match := _TOKEN.search(self.source, position):
            self.data(self.source[position : match.start()])
            position = match.end()
            if match["comment"]:
                self.empty(match)
            elif match["close"]:
                self.end(match, match["tag"].lower())
            elif match["attributes"].endswith("/"):
                self.empty(match)
            else:
                tag = match["tag"].lower()
                self.start(match, tag)
                if self.in_raw and tag in {"script", "style"}:
                    closing = re.compile(rf"</{tag}\s*>", re.IGNORECASE)
                    found = closing.search(self.source, position)
                    body_end = found.start() if found else len(self.source)
                    self.data(self.source[position:body_end])
                    position = body_end
        self.data(self.source[position:])
        if self.raw:
            self.out.append(self.keep(Raw("".join(self.raw))))
        outermost = self.opened[0].tag if self.opened else ""
        while self.opened and self.close() != outermost:
            pass  # what encloses an equal tag stays unclosed, and is lost
        return "".join(self.out)

    def keep(self, raw: Raw) -> str:
        self.stash.append(raw)
        return f"\x02h{len(self.stash) - 1}\x03"

    def starts_line(self, position: int) -> bool:
        line = self.source.rfind("\n", 0, position) + 1
        return position - line <= 3 and not self.source[line:position].strip()  # noqa: PLR2004

    def data(self, text: str) -> None:
        if self.in_tail and "\n" in text:
            self.in_tail = False
        if self.in_raw:
            self.raw.append(text)
        elif self.opened:
            self.just_opened = self.just_opened and not text
            self.opened[-1].text += text
        else:
            self.out.append(text)

    def empty(self, match: re.Match[str]) -> None:
        """Take a comment, or a tag that closes itself."""
        text, position = match[0], match.start()
        block = match["comment"] or _BLOCK_TAG.fullmatch(match["tag"].lower())
        alone = block and self.starts_line(position)
        if self.in_raw or (self.in_tail and not self.opened):
            self.raw.append(text)
        elif not alone:
            self.data(text)
        elif self.opened:
            self.data("\n" + self.keep(Raw(text)) + "\n\n")
        else:
            self.in_tail = not _BLANK_AFTER.match(self.source, match.end())
            last = self.out[-1] if self.out else ""
            if last.endswith("\n") and not last.endswith("\n\n"):
                self.out.append("\n")
            self.out += [self.keep(Raw(text)), "\n\n"]

    def start(self, match: re.Match[str], tag: str) -> None:
        free = self.starts_line(match.start()) or self.in_tail
        if tag == "hr" and free:
            self.empty(match)
            return
        kind = self.kind(tag, match["attributes"])
        block = _BLOCK_TAG.fullmatch(tag) and (free or (bool(self.opened) and self.just_opened))
        if block and not self.in_raw and (self.opened or kind != "off"):
            self.opened.append(Raw("", kind, tag))
            self.just_opened = True
            return
        if block and not self.in_raw:
            self.in_raw = True
            self.out.append("\n")
        if self.in_raw:
            self.raw_tags.append(tag)
        self.data(match[0])

    def kind(self, tag: str, attributes: str) -> str:
        match = _MARKDOWN.search(attributes)
        value = ((match[1] or "1") if match else "0").replace("markdown", "1")
        outer = self.opened[-1].kind if self.opened else "block"
        if outer == "off" or value == "0" or _RAW_TAG.fullmatch(tag):
            return "off"
        if outer == "span" or value == "span" or (value == "1" and _SPAN_TAG.fullmatch(tag)):
            return "span"
        return "block"

    def end(self, match: re.Match[str], tag: str) -> None:
        if self.in_raw:
            self.raw.append(match[0])
            if tag in self.raw_tags:
                del self.raw_tags[len(self.raw_tags) - 1 - self.raw_tags[::-1].index(tag) :]
            if not self.raw_tags:
                self.in_raw = False
                self.in_tail = not _BLANK_AFTER.match(self.source, match.end())
                self.out += [self.keep(Raw("".join(self.raw))), "\n\n"]
                self.raw = []
        elif _BLOCK_TAG.fullmatch(tag) and any(raw.tag == tag for raw in self.opened):
            while self.opened and self.close() != tag:
                pass
            if not self.opened:
                self.in_tail = not _BLANK_AFTER.match(self.source, match.end())
        else:
            self.data(match[0])

    def close(self) -> str:
        """Close the innermost element that holds Markdown and return its tag."""
        raw = self.opened.pop()
        if _RAW_TAG.fullmatch(raw.tag):
            raw.text = f"<{raw.tag}>{raw.text}</{raw.tag}>"
        self.just_opened = False
        if self.opened:
            outer = self.opened[-1]
            outer.text = outer.text.rstrip("\n") + "\n\n" + self.keep(raw) + "\n"
        else:
            last = self.out[-1] if self.out else ""
            if last.endswith("\n") and not last.endswith("\n\n"):
                self.out.append("\n")
            self.out += [self.keep(raw), "\n\n"]
        return raw.tag


def extract(source: str) -> tuple[str, list[Raw]]:
    """Put a mark (``h`` and an index into the list returned) in the place of raw HTML."""
    if "<" not in source:
        return source, []
    extractor = _Extractor(source)
    return extractor.run(), extractor.stash
