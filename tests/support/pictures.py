"""Small files of images, right and wrong, made anew for each test."""

from __future__ import annotations

import struct
import zlib
from io import BytesIO
from typing import Any

import pytest
from PIL import Image, ImageCms

from tests.support.project import Folder

SVG = (
    '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" viewBox="0 0 300 120">{}</svg>'
)


def picture(size: tuple[int, int] = (300, 200), mode: str = "RGB", colour: Any = None) -> Image.Image:
    """A picture whose left half is darker than its right one."""
    image = Image.new(
        mode, size, colour if colour is not None else {"RGB": (180, 60, 40), "CMYK": (255, 0, 0, 0)}.get(mode)
    )
    if mode == "RGB" and colour is None:
        image.paste((20, 60, 120), (0, 0, size[0] // 2, size[1]))
    return image


def saved(image: Image.Image, format: str = "JPEG", **options: Any) -> bytes:
    whole = BytesIO()
    image.save(whole, format, **options)
    return whole.getvalue()


def opened(data: bytes) -> Image.Image:
    return Image.open(BytesIO(data))


def drawing(inside: str = '<rect width="20" height="20"/>') -> bytes:
    return SVG.format(inside).encode()


def png_of_size(width: int, height: int) -> bytes:
    """A PNG whose head says this size, of a few bytes: its pixels are not there."""

    def chunk(name: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(b"")) + chunk(b"IEND", b"")


def webp_of_size(width: int, height: int) -> bytes:
    """A WebP whose head says this size of a canvas (RFC 9649), and no more."""
    head = b"VP8X" + struct.pack("<I", 10) + b"\0\0\0\0" + (width - 1).to_bytes(3, "little")
    head += (height - 1).to_bytes(3, "little")
    return b"RIFF" + struct.pack("<I", 4 + len(head)) + b"WEBP" + head


def wide_profile() -> bytes:
    """The profile of a space that is wider than sRGB: its primaries lie outside (ISO 15076-1, a matrix profile)."""
    plain = bytearray(ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes())
    count = struct.unpack_from(">I", plain, 128)[0]
    for number in range(count):
        name, offset, _ = struct.unpack_from(">4sII", plain, 132 + 12 * number)
        if name == b"rXYZ":
            struct.pack_into(">3i", plain, offset + 8, *(round(value * 65536) for value in (0.60974, 0.31111, 0.01947)))
        elif name == b"gXYZ":
            struct.pack_into(">3i", plain, offset + 8, *(round(value * 65536) for value in (0.20528, 0.62567, 0.06087)))
        elif name == b"bXYZ":
            struct.pack_into(">3i", plain, offset + 8, *(round(value * 65536) for value in (0.14919, 0.06322, 0.74457)))
    return bytes(plain).replace(b"sRGB", b"wide").replace("sRGB".encode("utf-16-be"), "wide".encode("utf-16-be"))


def cmyk_profile() -> bytes:
    """The profile of a press on which cyan is a deep blue: a table of the sixteen corners (ISO 15076-1, `mft1`)."""
    table = bytearray()
    for corner in range(16):
        cyan, magenta, yellow, black = (corner >> shift & 1 for shift in (3, 2, 1, 0))
        light = 255 - 150 * cyan - 60 * magenta - 20 * yellow
        light = 0 if black else max(light, 0)
        table += bytes(
            (light, 128 + (60 * magenta - 10 * cyan) * (not black), 128 + (90 * yellow - 80 * cyan) * (not black))
        )
    ramp = bytes(range(256))
    identity = struct.pack(">9i", 65536, 0, 0, 0, 65536, 0, 0, 0, 65536)
    lut = b"mft1\0\0\0\0" + bytes((4, 3, 2, 0)) + identity + ramp * 4 + bytes(table) + ramp * 3
    white = b"XYZ \0\0\0\0" + struct.pack(">3i", 63190, 65536, 54061)
    text = b"text\0\0\0\0a press\0"
    desc = b"desc\0\0\0\0" + struct.pack(">I", 8) + b"a press\0" + bytes(78)
    tags = [(b"desc", desc), (b"cprt", text), (b"wtpt", white), (b"A2B0", lut)]
    body, entries, at = b"", b"", 128 + 4 + 12 * len(tags)
    for name, data in tags:
        data += bytes(-len(data) % 4)
        entries += struct.pack(">4sII", name, at + len(body), len(data))
        body += data
    head = struct.pack(">I4sI4s4s4s", at + len(body), b"lcms", 0x02400000, b"prtr", b"CMYK", b"Lab ")
    head += struct.pack(">6H", 2026, 1, 1, 0, 0, 0) + b"acsp" + bytes(40 - 12 - 4 + 0)
    head = head.ljust(68, b"\0") + struct.pack(">3i", 63190, 65536, 54061)
    return head.ljust(128, b"\0") + struct.pack(">I", len(tags)) + entries + body


IMAGES = """\
- {id: hall, file: images/hall.jpg, alt: A hall with a lift., credit: "Photograph: Ada Line", licence: CC BY 4.0}
- {id: plan, file: images/plan.svg, alt: Plan of a station., credit: City Transit, source: transit-2024, focus: 50% 20%}
"""
CHART = """\
kind: image
file: shares.svg
title: Few stations are step-free
subtitle: Stations by access, number, 2024
alt: Bar chart of 94 stations from street to train.
table: access
"""


@pytest.fixture
def pictured(folder: Folder) -> Folder:
    """The project about buses, with two images and a chart that was made elsewhere."""
    folder.write("seeds/images.yaml", IMAGES)
    folder.write("seeds/images/hall.jpg", saved(picture((1600, 1000))))
    folder.write("seeds/images/plan.svg", drawing('<text x="9" y="30">North gate</text>'))
    folder.write("seeds/charts/shares.yaml", CHART)
    folder.write("seeds/charts/shares.svg", drawing())
    folder.change("seeds/sections/lifts.md", "When the", "::: image hall\n:::\n\nWhen the")
    folder.change(
        "briefs/lifts.yaml", "    tables: [access]", "    images: [plan]\n    charts: [shares]\n    tables: [access]"
    )
    return folder
