"""What a block left behind as text, for people who read it elsewhere than on the page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from codeout.formats import MARKDOWN
from codeout.output.model import Figure, Html, Interactive
from codeout.output.normalize import normalize
from codeout.text.width import expand_tabs

if TYPE_CHECKING:
    from codeout.engine.transcript import Transcript
    from codeout.output.model import Output


def text_of(transcript: Transcript, at: int) -> str:
    """What a block printed and showed, normalized; a figure is named by its kind.

    Args:
        transcript: Of the run.
        at: The index of the block, among those that ran.
    """
    ran = transcript.runs[at] if at < len(transcript.runs) else None
    texts = map(_plain, MARKDOWN.join(ran.outputs if ran else ()))
    shown = (normalize(expand_tabs(text), transcript.places).rstrip("\n") for text in texts)
    return "\n".join(filter(None, shown))


def _plain(output: Output) -> str:
    match output:
        case Figure(_, ending):
            return f"[{ending}]"
        case Interactive(library=library):
            return f"[{library}]"
        case Html(plain=plain):
            return plain or "[html]"
        case _:
            return output.text
