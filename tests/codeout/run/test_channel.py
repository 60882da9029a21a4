"""A channel: messages come out whole and in order, and part of one keeps nobody waiting."""

from __future__ import annotations

import os
import time
from multiprocessing import Pipe
from typing import TYPE_CHECKING

import pytest
from codeout.run.channel import Channel
from codeout.run.events import Started
from codeout.run.protocol import to_line
from hypothesis import given
from hypothesis import strategies as st

if TYPE_CHECKING:
    from collections.abc import Iterator
    from multiprocessing.connection import Connection

FIRST, SECOND = Started("page.md", 0), Started("p" * 100_000, 1)


@pytest.fixture
def ends() -> Iterator[tuple[Channel, Connection]]:
    """Where we hear, and where a page speaks."""
    ours, theirs = Pipe()
    yield Channel(ours), theirs
    theirs.close()
    ours.close()


def test_messages_come_in_order_and_then_an_end(ends: tuple[Channel, Connection]) -> None:
    channel, page = ends
    page.send_bytes(to_line(FIRST))
    page.send_bytes(to_line(SECOND))
    page.close()
    for message in (FIRST, SECOND):
        assert channel.poll()
        assert channel.receive() == message
    assert channel.poll()
    with pytest.raises(EOFError):
        channel.receive()


@given(st.lists(st.integers(1, 70), max_size=6))
def test_a_message_may_come_in_parts(cuts: list[int]) -> None:
    ours, theirs = Pipe()
    with ours, theirs:
        channel = Channel(ours)
        line = to_line(FIRST)
        told = len(line).to_bytes(4, "big") + line
        places = sorted({cut for cut in cuts if cut < len(told)})
        for start, end in zip([0, *places], [*places, len(told)], strict=True):
            assert not channel.poll()
            os.write(theirs.fileno(), told[start:end])
        assert channel.poll()
        assert channel.receive() == FIRST
        assert not channel.poll()


@pytest.mark.parametrize("part", [b"", b"\0", b"\0\0\0\x20", b'\0\0\0\x20{"Started"'])
def test_it_is_waited_for_so_long_and_no_longer(
    ends: tuple[Channel, Connection], part: bytes
) -> None:
    channel, page = ends
    os.write(page.fileno(), part)
    began = time.monotonic()
    assert not channel.poll(0.1)
    assert time.monotonic() - began >= 0.1


def test_a_message_that_breaks_off_is_none(ends: tuple[Channel, Connection]) -> None:
    channel, page = ends
    os.write(page.fileno(), b'\0\0\0\x20{"Started"')
    page.close()
    assert channel.poll()
    with pytest.raises(EOFError):
        channel.receive()


@pytest.mark.parametrize("told", [b"\xff\xff\xff\xff", b"xxxx", b"\x10\0\0\x01", b"\0\0\0\x02[]"])
def test_what_no_page_says_is_refused_at_once(
    ends: tuple[Channel, Connection], told: bytes
) -> None:
    channel, page = ends
    os.write(page.fileno(), told)
    assert channel.poll()
    with pytest.raises(ValueError, match=r"message"):
        channel.receive()


def test_a_closed_channel_says_that_it_is_over(ends: tuple[Channel, Connection]) -> None:
    channel, _ = ends
    channel.close()
    assert channel.poll()
    with pytest.raises(EOFError):
        channel.receive()
