"""Decoding an image, and converting it for print: sRGB, 8 bits, turned, without metadata, no finer than is printed.

Colours are converted by the image's own profile (ISO 15076-1) through littleCMS. What comes out is written anew, so that
nothing of the file that came in is in it but its pixels. The same image gives the same bytes.
"""

from __future__ import annotations

from dataclasses import dataclass
from io import BytesIO
from math import ceil
from typing import TYPE_CHECKING

from c6brief.documents.images.facts import BadImage, Format, ImageFacts
from c6brief.documents.images.pixels import SIDEWAYS, open_image, read_orientation

if TYPE_CHECKING:
    from PIL.Image import Image

PRINT_DPI = 300
"""Pixels an inch that are printed at most: more cannot be seen."""

LEAST_DPI = 200
"""Pixels an inch below which a picture is seen to be coarse."""

MOST_PRINTED = 18_000_000
"""Pixels of an image that is printed: twice those of a full page. Only a long strip that is cropped to one would have more."""

MM_PER_INCH = 25.4

JPEG_QUALITY = 92
MOST_COLOURS = 4_096
"""Colours of an image beyond which it is taken for a photograph, which JPEG packs best."""


@dataclass(frozen=True)
class Box:
    """The room that an image has on paper, in mm. ``height`` 0: as high as its width makes it.

    ``is_filled``: the image fills it and is cropped, as CSS ``object-fit: cover`` has it; else it is shown whole.
    """

    width: float
    height: float = 0
    is_filled: bool = False

    def dpi(self, width: float, height: float) -> float:
        """Pixels an inch of an image of ``width`` × ``height`` pixels in this box."""
        sides = [self.width / width, *([self.height / height] if self.height else [])]
        return MM_PER_INCH / (max(sides) if self.is_filled else min(sides))


@dataclass(frozen=True)
class PrintImage:
    """An image as it is printed."""

    data: bytes
    media_type: str
    width: int
    """Pixels, as is the height."""
    height: int
    is_guessed: bool = False
    """Whether its colours are guessed: CMYK without a profile that can be used."""


def convert_image(data: bytes, facts: ImageFacts, box: Box) -> PrintImage:
    """The image in ``data``, which ``facts`` are of, as it is printed in ``box``.

    Raises :class:`BadImage` (``image-damaged``) for what cannot be decoded.
    """
    most = (MOST_PRINTED / (facts.width * facts.height)) ** 0.5
    scale = min(1.0, most, PRINT_DPI / box.dpi(facts.width, facts.height))
    size = (max(1, ceil(facts.width * scale)), max(1, ceil(facts.height * scale)))
    with open_image(data, facts.format) as image:
        orientation = read_orientation(image, data)
        stored = size[::-1] if orientation in SIDEWAYS else size
        image.draft(None, (2 * stored[0], 2 * stored[1]))  # JPEG alone: decoded at an eighth, a quarter or a half
        profile = image.info.get("icc_profile")
        printed = _eight_bits(image)
        printed = printed if printed.size == stored else printed.resize(stored, _lanczos())
        printed, is_guessed = _to_srgb(printed, profile)
        printed = _turn(printed, orientation)
    return write_image(printed, facts.format, is_guessed=is_guessed)


def write_image(image: Image, origin: Format, *, is_guessed: bool = False) -> PrintImage:
    """``image``, of 8 bits in sRGB or grey, as a file: JPEG for photographs, PNG for all else."""
    from PIL import Image as Images

    clean = Images.new(image.mode, image.size)  # without what the file said of itself
    clean.paste(image)
    whole = BytesIO()
    is_opaque = clean.mode in ("L", "RGB")
    if is_opaque and (origin == "JPEG" or clean.getcolors(MOST_COLOURS) is None):
        clean.save(
            whole, "JPEG", quality=JPEG_QUALITY, subsampling=0
        )  # `optimize` would want a larger buffer than Pillow gives it
        return PrintImage(whole.getvalue(), "image/jpeg", *clean.size, is_guessed)
    clean.save(whole, "PNG", compress_level=9)
    return PrintImage(whole.getvalue(), "image/png", *clean.size, is_guessed)


def _lanczos() -> int:
    from PIL import Image as Images

    return Images.Resampling.LANCZOS


def _eight_bits(image: Image) -> Image:
    """The pixels of ``image`` in 8 bits a channel: grey, RGB or CMYK, the first two with transparency where it has some."""
    mode = image.mode
    if mode.startswith("I"):  # 16 bits; Pillow's own conversion would cut them off at 255
        return image.convert("I").point(lambda value: value * (1 / 257) + 0.5).convert("L")
    has_alpha = mode in ("LA", "PA", "RGBA", "La", "RGBa") or "transparency" in image.info
    if mode in ("1", "L", "LA", "La"):
        return image.convert("LA" if has_alpha else "L")
    if mode == "CMYK":
        return image.copy()
    return image.convert("RGBA" if has_alpha else "RGB")


def _to_srgb(image: Image, profile: bytes | None) -> tuple[Image, bool]:
    """``image`` in sRGB, and whether its colours are guessed."""
    from PIL import ImageCms

    spaces = {"L": "GRAY", "LA": "GRAY", "RGB": "RGB", "RGBA": "RGB", "CMYK": "CMYK"}
    if profile:
        try:
            given = ImageCms.ImageCmsProfile(BytesIO(profile))
            if given.profile.xcolor_space.strip() == spaces[image.mode]:
                if image.mode != "CMYK" and "srgb" in (given.profile.profile_description or "").lower():
                    return image, False
                return _convert(image, given), False
        except (ImageCms.PyCMSError, OSError, ValueError):
            pass  # a profile that cannot be read says nothing
    return (image.convert("RGB"), True) if image.mode == "CMYK" else (image, False)


def _convert(image: Image, profile: object) -> Image:
    """``image`` from the colours of ``profile`` to sRGB, in relative colorimetry with black point compensation."""
    from PIL import ImageCms

    alpha = image.getchannel("A") if image.mode in ("LA", "RGBA") else None
    plain = image.convert("L" if image.mode == "LA" else "RGB") if alpha is not None else image
    converted = ImageCms.profileToProfile(
        plain,
        profile,  # type: ignore[arg-type]
        ImageCms.createProfile("sRGB"),
        renderingIntent=ImageCms.Intent.RELATIVE_COLORIMETRIC,
        outputMode="RGB",
        flags=ImageCms.Flags.BLACKPOINTCOMPENSATION,
    )
    if converted is None:
        raise BadImage("image-damaged", "its colours cannot be converted", "save it as sRGB")
    if image.mode in ("L", "LA"):
        converted = converted.convert("L")
    if alpha is not None:
        converted.putalpha(alpha)
    return converted


def _turn(image: Image, orientation: int) -> Image:
    """``image`` as it is to be shown (CIPA DC-008, 4.6.4)."""
    from PIL.Image import Transpose

    turns = {
        2: Transpose.FLIP_LEFT_RIGHT,
        3: Transpose.ROTATE_180,
        4: Transpose.FLIP_TOP_BOTTOM,
        5: Transpose.TRANSPOSE,
        6: Transpose.ROTATE_270,
        7: Transpose.TRANSVERSE,
        8: Transpose.ROTATE_90,
    }
    return image.transpose(turns[orientation]) if orientation in turns else image
