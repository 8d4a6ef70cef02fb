"""Images of pixels: their size, and whether they are whole. No pixel is decoded before it is asked for."""

from __future__ import annotations

import struct
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from typing import TYPE_CHECKING

from c6brief.documents.images.facts import RASTER, BadImage, Format, ImageFacts, check_size
from c6brief.documents.picturefile import check_picture, png_parts

if TYPE_CHECKING:
    from PIL.Image import Image

SIDEWAYS = (5, 6, 7, 8)
"""The orientations of EXIF in which width and height are exchanged (CIPA DC-008, 4.6.4)."""

_ORIENTATION = 274
"""Its tag."""

_DAMAGED = "get the file again, or export it again"


def inspect_pixels(data: bytes, format: Format) -> ImageFacts:
    """What is known of the image of ``format`` in ``data``.

    Raises :class:`BadImage`: ``image-damaged``, ``image-too-large``, and ``image-format`` for several frames or pages, and for
    pixels that are no colours.
    """
    try:
        check_picture(data)
    except ValueError as reason:
        raise BadImage("image-damaged", str(reason), _DAMAGED) from reason
    if format == "WebP":  # Pillow would reserve memory for all its pixels
        check_size(*_size_of_webp(data))
    with open_image(data, format) as image:
        check_size(*image.size)
        if getattr(image, "n_frames", 1) > 1 and image.format != "MPO":  # as phones write them: views of one picture
            what = "pages" if format == "TIFF" else "frames"
            hint = "paper shows one: save that as a file of its own"
            raise BadImage("image-format", f"the image has {image.n_frames} {what}", hint)  # type: ignore[attr-defined]
        if format == "TIFF":
            _check_tiff(image, data)
        if image.mode in ("F", "LAB", "HSV"):
            kind = {"F": "floating-point numbers", "LAB": "Lab colours"}.get(image.mode, image.mode)
            raise BadImage("image-format", f"its pixels are {kind}", "save it as RGB of 8 or 16 bits")
        turn = read_orientation(image, data)
        width, height = image.size[::-1] if turn in SIDEWAYS else image.size
        has_profile = bool(image.info.get("icc_profile"))
        return ImageFacts(format, width, height, (), image.mode, has_profile, is_turned=turn != 1)


def read_orientation(image: Image, data: bytes) -> int:
    """How ``image``, which is in ``data``, is turned: 1 to 8, as EXIF data say it; 1 is upright. No pixel is decoded."""
    from PIL import Image as Images

    try:
        if image.format == "PNG":  # Pillow would decode all pixels to look for it
            exif = Images.Exif()
            exif.load(next((part for name, part in png_parts(data) if name == b"eXIf"), b""))
        else:
            exif = image.getexif()
        found = exif.get(_ORIENTATION, 1)
    except Exception:  # data about an image may be wrong where the image is right: cameras and programs cut them short
        return 1
    return found if found in range(1, 9) else 1


@contextmanager
def open_image(data: bytes, format: Format) -> Iterator[Image]:
    """While open, the image in ``data``, of which no pixel is decoded yet, by the reader of ``format`` alone.

    Raises :class:`BadImage` (``image-damaged``) for what Pillow cannot read, then and as long as it is open.
    """
    from PIL import Image, ImageFile  # here: few projects have images

    assert format in RASTER
    most, Image.MAX_IMAGE_PIXELS = Image.MAX_IMAGE_PIXELS, None  # check_size has a limit of its own
    is_lenient, ImageFile.LOAD_TRUNCATED_IMAGES = ImageFile.LOAD_TRUNCATED_IMAGES, False  # WeasyPrint makes it so
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of metadata that are odd
            with Image.open(BytesIO(data), formats=(format.upper(),)) as image:
                yield image
    except (BadImage, MemoryError):
        raise
    except Exception as reason:  # its readers raise whatever they like at a file that is wrong
        why = str(reason).split("\n")[0][:120] or type(reason).__name__
        raise BadImage("image-damaged", f"the image is damaged: {why}", _DAMAGED) from reason
    finally:
        Image.MAX_IMAGE_PIXELS, ImageFile.LOAD_TRUNCATED_IMAGES = most, is_lenient


def _size_of_webp(data: bytes) -> tuple[int, int]:
    """The size of the canvas of a WebP file (RFC 9649), which is whole. Raises :class:`BadImage`."""
    length = struct.unpack_from("<I", data, 4)[0] + 8
    kind = data[12:16]
    if len(data) < max(length, 30):
        raise BadImage("image-damaged", "the image is damaged: it ends too early", _DAMAGED)
    if kind == b"VP8X":
        return 1 + int.from_bytes(data[24:27], "little"), 1 + int.from_bytes(data[27:30], "little")
    if kind == b"VP8L":
        bits = int.from_bytes(data[21:25], "little")
        return 1 + (bits & 0x3FFF), 1 + (bits >> 14 & 0x3FFF)
    if kind == b"VP8 ":
        width, height = struct.unpack_from("<HH", data, 26)
        return width & 0x3FFF, height & 0x3FFF
    raise BadImage("image-damaged", "the image is damaged: it begins with no picture", _DAMAGED)


def _check_tiff(image: Image, data: bytes) -> None:
    """Raise :class:`BadImage` for a TIFF file whose pixels would lie beyond its end (TIFF 6.0, StripOffsets)."""
    tags = getattr(image, "tag_v2", {})
    for offsets, counts in ((273, 279), (324, 325)):
        starts, sizes = tags.get(offsets, ()), tags.get(counts, ())
        starts, sizes = (each if isinstance(each, tuple) else (each,) for each in (starts, sizes))
        if any(start + size > len(data) for start, size in zip(starts, sizes, strict=False)):
            raise BadImage("image-damaged", "the image is damaged: it ends too early", _DAMAGED)
