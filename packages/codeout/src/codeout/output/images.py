"""Comparison of pictures."""

from __future__ import annotations

import warnings
from functools import reduce
from io import BytesIO
from typing import Final

from codeout.output.compare import agrees

_FORMATS: Final = ("PNG", "JPEG")
"""The formats of figures. For others, Pillow may start programs such as Ghostscript."""

_MOST_PIXELS: Final = 25_000_000


def same_picture(old: bytes, new: bytes) -> bool:
    """Whether two image files look the same.

    Pixels may differ by 1/255 on average, and one in a thousand by more than 32/255, because
    anti-aliased edges differ between builds of FreeType. SVG is compared as text. Files that are
    neither PNG nor JPEG, are broken, animated or larger than 25 megapixels must be identical.
    """
    if old == new:
        return True
    if b"<svg" in old[:1000] and b"<svg" in new[:1000]:
        return agrees(old.decode(errors="surrogateescape"), new.decode(errors="surrogateescape"))
    return _same_pixels(old, new)


def _same_pixels(old: bytes, new: bytes) -> bool:
    # Loaded here, because ``codeout status`` compares no pictures and must start fast.
    from PIL import Image, ImageChops

    try:
        with warnings.catch_warnings(action="ignore"):
            images = [Image.open(BytesIO(data), formats=_FORMATS) for data in (old, new)]
        one, other = images
        if one.size != other.size or one.width * one.height > _MOST_PIXELS:
            return False
        if any(getattr(image, "is_animated", False) for image in images):
            return False
        # Colours are multiplied by opacity ("a"), because transparent pixels look the same.
        a, b = (image.convert("RGBA").convert("RGBa") for image in images)
    except Exception:  # noqa: BLE001  # any error of a decoder
        return False
    bands = ImageChops.difference(a, b).split()
    total = sum(at * count for band in bands for at, count in enumerate(band.histogram()))
    largest = reduce(ImageChops.lighter, bands).histogram()
    pixels = a.width * a.height
    return total <= pixels * len(bands) and sum(largest[33:]) * 1000 <= pixels
