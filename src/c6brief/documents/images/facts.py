"""What is known of the file of an image before a pixel of it is decoded."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

Format = Literal["JPEG", "PNG", "WebP", "TIFF", "SVG", "PDF"]

ENDINGS: dict[Format, tuple[str, ...]] = {
    "JPEG": (".jpg", ".jpeg"),
    "PNG": (".png",),
    "WebP": (".webp",),
    "TIFF": (".tif", ".tiff"),
    "SVG": (".svg",),
    "PDF": (".pdf",),
}
"""The endings of the names of files of each format, in lower case."""

RASTER: tuple[Format, ...] = ("JPEG", "PNG", "WebP", "TIFF")
"""The formats that consist of pixels."""

PRINTED: tuple[Format, ...] = (*RASTER, "SVG")
"""The formats of images. A page of a PDF may be a figure."""

LARGEST_FILE = 100_000_000
"""Bytes of the file of an image."""

MOST_PIXELS = 100_000_000
"""Pixels of an image: decoding takes up to eight bytes for each."""

LONGEST_SIDE = 30_000
"""Pixels of the longer side of an image."""

_SVG_START = re.compile(rb"<(?:[A-Za-z][\w.-]{0,30}:)?svg[\s>/]")


class BadImage(ValueError):
    """A file that cannot be printed as an image: the ``rule`` that it breaks, a message, and a ``hint``."""

    def __init__(self, rule: str, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.rule, self.hint = rule, hint


@dataclass(frozen=True)
class ImageFacts:
    """The format and the size of an image, as it is shown."""

    format: Format
    width: float
    """Pixels, once the image is turned as its EXIF data say (CIPA DC-008, tag 274); of a drawing, CSS px; of a PDF, pt."""
    height: float
    words: tuple[str, ...] = ()
    """The texts of a drawing; pixels have none that can be read."""
    colours: str = ""
    """The mode of its pixels, as Pillow calls it: ``RGB``, ``CMYK``, ``I;16``."""
    has_profile: bool = False
    """Whether it has a colour profile (ISO 15076-1)."""
    is_turned: bool = False
    """Whether its pixels are stored in another direction than they are shown in."""
    pages: int = 1
    """How many pages a PDF has."""


def check_size(width: float, height: float) -> None:
    """Raise :class:`BadImage` (``image-too-large``) for more pixels than are decoded."""
    if width < 1 or height < 1:
        raise BadImage("image-damaged", "the image has no pixels", "export it again")
    if width * height > MOST_PIXELS or max(width, height) > LONGEST_SIDE:
        message = f"the image has {width:,.0f} × {height:,.0f} pixels"
        hint = (
            f"at most {MOST_PIXELS // 1_000_000} million are read, {LONGEST_SIDE:,} a side; "
            "a full page at 300 dpi has 2,480 × 3,508"
        )
        raise BadImage("image-too-large", message, hint)


def format_of(data: bytes) -> Format | None:
    """The format of a file by its first bytes; ``None`` for any other than ours."""
    if data.startswith(b"\xff\xd8\xff"):
        return "JPEG"
    if data.startswith(b"\x89PNG\r\n\x1a\n"):
        return "PNG"
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return "WebP"
    if data[:4] in (b"II*\0", b"MM\0*"):
        return "TIFF"
    if data[:5] == b"%PDF-":
        return "PDF"
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        data = data[:100_000].decode("utf-16", "ignore").encode()
    start = data[:1024].removeprefix(b"\xef\xbb\xbf").lstrip()
    return "SVG" if start.startswith(b"<") and _SVG_START.search(data) else None


def media_type_of(data: bytes) -> str:
    """The media type of an image that is printed (IANA)."""
    return {"JPEG": "image/jpeg", "PNG": "image/png"}.get(format_of(data) or "", "image/svg+xml")
