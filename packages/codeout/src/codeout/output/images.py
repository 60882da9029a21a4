"""Whether two pictures look the same."""

from __future__ import annotations

import warnings
from functools import reduce
from io import BytesIO
from typing import Final

from codeout.output.compare import agrees

_FORMATS: Final = ("PNG", "JPEG")
"""What pages hold. For others Pillow would start programs, Ghostscript for one."""

_MOST_PIXELS: Final = 25_000_000


def same_picture(old: bytes, new: bytes) -> bool:
    """Tell whether two image files look the same.

    Pixels may differ by 1/255 on average, and one in a thousand of them by more than 32/255:
    anti-aliased edges do between builds of FreeType. SVG is compared as text. What is neither
    PNG nor JPEG, or broken, or of more than 25 megapixels, and a moving picture, is the same only
    to the byte.
    """
    if old == new:
        return True
    if b"<svg" in old[:1000] and b"<svg" in new[:1000]:
        return agrees(old.decode(errors="surrogateescape"), new.decode(errors="surrogateescape"))
    return _same_pixels(old, new)


def _same_pixels(old: bytes, new: bytes) -> bool:
    # Here, for ``codeout status`` compares no pictures and must start fast.
    from PIL import Image, ImageChops

    try:
        with warnings.catch_warnings(action="ignore"):
            images = [Image.open(BytesIO(data), formats=_FORMATS) for data in (old, new)]
        one, other = images
        if one.size != other.size or one.width * one.height > _MOST_PIXELS:
            return False
        if any(getattr(image, "is_animated", False) for image in images):
            return False
        # Colours times opacity ("a" for "A"), as two transparent pixels look the same.
        a, b = (image.convert("RGBA").convert("RGBa") for image in images)
    except Exception:  # noqa: BLE001  # whatever a page makes a decoder stumble over
        return False
    bands = ImageChops.difference(a, b).split()
    total = sum(at * count for band in bands for at, count in enumerate(band.histogram()))
    largest = reduce(ImageChops.lighter, bands).histogram()
    pixels = a.width * a.height
    return total <= pixels * len(bands) and sum(largest[33:]) * 1000 <= pixels
