"""When two pictures look the same."""

from __future__ import annotations

import os
import subprocess
import sys
import zlib
from io import BytesIO
from typing import TYPE_CHECKING, Any

import pytest
from codeout.output.images import same_picture
from PIL import Image

if TYPE_CHECKING:
    from pathlib import Path


def picture(*, size: tuple[int, int] = (100, 100), dots: int = 0, **save: int) -> bytes:
    """Draw a grey PNG with some white pixels."""
    image = Image.new("L", size, 100)
    for dot in range(dots):
        image.putpixel((dot, 0), 255)
    return encoded(image, **save)


def encoded(image: Image.Image, **save: Any) -> bytes:
    data = BytesIO()
    image.save(data, **{"format": "PNG"} | save)
    return data.getvalue()


def test_the_same_pixels_otherwise_compressed_look_the_same() -> None:
    assert picture(compress_level=0) != picture()
    assert same_picture(picture(compress_level=0), picture())


def test_one_pixel_in_a_thousand_may_differ() -> None:
    assert same_picture(picture(), picture(dots=10))
    assert not same_picture(picture(), picture(dots=11))


@pytest.mark.parametrize(("grey", "same"), [(101, True), (102, False)])
def test_all_pixels_may_differ_by_a_shade(grey: int, same: bool) -> None:
    assert same_picture(picture(), encoded(Image.new("L", (100, 100), grey))) is same


def test_a_picture_of_another_size_looks_different() -> None:
    assert not same_picture(picture(), picture(size=(100, 101)))


def test_a_colour_that_cannot_be_seen_makes_no_difference() -> None:
    red, blue = (
        encoded(Image.new("RGBA", (9, 9), hue)) for hue in ((255, 0, 0, 0), (0, 0, 255, 0))
    )
    assert same_picture(red, blue)
    assert not same_picture(red, encoded(Image.new("RGBA", (9, 9), (255, 0, 0, 255))))


def test_what_cannot_be_read_is_the_same_only_to_the_byte() -> None:
    broken = picture()[:60]
    assert same_picture(broken, broken)
    assert not same_picture(broken, picture())
    assert not same_picture(picture(), b"not a picture")


def test_a_picture_beyond_bounds_is_the_same_only_to_the_byte() -> None:
    large, other = (encoded(Image.new("1", (5001, 5000), shade)) for shade in (0, 1))
    assert same_picture(large, large)
    assert not same_picture(large, other)
    bomb = bytearray(picture())
    bomb[16:24] = (60_000).to_bytes(4, "big") * 2
    bomb[29:33] = zlib.crc32(bomb[12:29]).to_bytes(4, "big")
    assert not same_picture(bytes(bomb), picture())


def test_no_program_is_started_for_a_picture(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """Pillow reads EPS by Ghostscript, whatever the name of the file."""
    started = tmp_path / "started"
    program = tmp_path / "gs"
    program.write_text(f"#!/bin/sh\ntouch {started}\n")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path), prepend=os.pathsep)
    eps = b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 10 10\n%%EndComments\n%%EOF\n"
    assert not same_picture(eps, eps + b"\n")
    assert not started.exists()


def test_a_moving_picture_is_the_same_only_to_the_byte() -> None:
    still, other = Image.new("L", (9, 9), 0), Image.new("L", (9, 9), 255)
    first = encoded(still, format="GIF", save_all=True, append_images=[other, still])
    second = encoded(still, format="GIF", save_all=True, append_images=[other])
    assert same_picture(first, first)
    assert not same_picture(first, second)


def test_vector_graphics_are_compared_as_text() -> None:
    drawing = b'<?xml version="1.0"?>\n<svg><path d="M 10.50000 20"/></svg>\n'
    assert same_picture(drawing, drawing.replace(b"10.50000", b"10.50001"))
    assert not same_picture(drawing, drawing.replace(b"20", b"21"))
    assert not same_picture(drawing, picture())


def test_pillow_is_loaded_only_for_pictures() -> None:
    code = "import sys, codeout.output.images; sys.exit('PIL' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
