"""A damaged picture is refused before it is printed in part, or put into the file as it is."""

from __future__ import annotations

import io

import pytest
from PIL import Image

from c6brief.documents.picturefile import check_picture


def picture(kind: str) -> bytes:
    made = io.BytesIO()
    Image.effect_noise((40, 30), 50).save(made, kind)
    return made.getvalue()


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "GIF", "WEBP"])
def test_a_whole_picture_is_taken(kind: str) -> None:
    check_picture(picture(kind))
    check_picture(picture(kind) + b"more")


@pytest.mark.parametrize("kind", ["PNG", "JPEG"])
def test_one_that_is_cut_off_is_not(kind: str) -> None:
    data = picture(kind)
    for end in range(40, len(data) - 2, 97):
        if kind == "PNG" or b"\xff\xda" in data[:end]:  # where the picture itself has begun
            with pytest.raises(ValueError, match="ends too early"):
                check_picture(data[:end])


def test_one_with_a_turned_bit_is_not() -> None:
    data = bytearray(picture("PNG"))
    data[data.index(b"IDAT") + 50] ^= 1
    with pytest.raises(ValueError, match="part IDAT"):
        check_picture(bytes(data))


def test_parts_that_may_be_left_out_may_be_damaged() -> None:
    data = picture("PNG")
    at = data.index(b"IDAT") - 4
    check_picture(data[:at] + b"\0\0\0\2tEXtab\0\0\0\0" + data[at:])
