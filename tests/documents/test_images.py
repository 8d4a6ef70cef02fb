"""Files of images: looked at before they are decoded, and decoded to what a press prints."""

from __future__ import annotations

import base64
import struct
from functools import partial
from io import BytesIO

import pytest
from PIL import Image, ImageChops, ImageFile, TiffImagePlugin

from c6brief.documents.images.conversion import Box, convert_image
from c6brief.documents.images.drawing import clean_drawing
from c6brief.documents.images.facts import BadImage, ImageFacts
from c6brief.documents.images.inspection import inspect_image
from tests.support.pictures import (
    cmyk_profile,
    drawing,
    opened,
    picture,
    png_of_size,
    saved,
    webp_of_size,
    wide_profile,
)

JPEG, PNG = saved(picture()), saved(picture(), "PNG")


def printed(data: bytes, name: str, box: Box = Box(118)) -> Image.Image:
    return opened(convert_image(data, inspect_image(data, name), box).data)


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("x.jpg", JPEG),
        ("x.JPEG", JPEG),
        ("x.png", PNG),
        ("x.webp", saved(picture(), "WebP")),
        ("x.webp", saved(picture(), "WebP", lossless=True)),
        ("x.webp", saved(picture(mode="RGBA", colour=(9, 9, 9, 90)), "WebP")),
        ("x.tif", saved(picture(), "TIFF")),
        ("x.tiff", saved(picture(), "TIFF", compression="tiff_lzw")),
    ],
)
def test_formats_are_told_by_their_content(name: str, data: bytes) -> None:
    facts = inspect_image(data, name)
    assert (facts.width, facts.height) == (300, 200)
    assert printed(data, name).size == (300, 200)


def animated(format: str) -> bytes:
    frames = [picture(colour=(shade, 0, 0)) for shade in (10, 90, 200)]
    return saved(frames[0], format, save_all=True, append_images=frames[1:])


def unfolding() -> str:
    levels = "".join(f'<g id="l{level}">' + f'<use href="#l{level - 1}"/>' * 10 + "</g>" for level in range(1, 9))
    return f'<g id="l0"><rect width="1" height="1"/></g>{levels}'


HOSTILE = {
    "cut off JPEG": ("x.jpg", JPEG[:-40], "image-damaged"),
    "cut off PNG": ("x.png", PNG[:-40], "image-damaged"),
    "cut off WebP": ("x.webp", saved(picture(), "WebP")[:-9], "image-damaged"),
    "cut off TIFF": ("x.tif", saved(picture(), "TIFF")[:-4000], "image-damaged"),
    "TIFF without pages": ("x.tif", b"II*\0" + bytes(40), "image-damaged"),
    "PNG bomb": ("x.png", png_of_size(60_000, 60_000), "image-too-large"),
    "PNG of a long side": ("x.png", png_of_size(200_000, 2), "image-too-large"),
    "WebP bomb": ("x.webp", webp_of_size(16_000, 16_000), "image-too-large"),
    "no pixels": ("x.png", png_of_size(0, 5), "image-damaged"),
    "wrong ending": ("x.png", JPEG, "image-format"),
    "no ending": ("x", JPEG, "image-format"),
    "animated PNG": ("x.png", animated("PNG"), "image-format"),
    "animated WebP": ("x.webp", animated("WebP"), "image-format"),
    "pages of TIFF": ("x.tif", animated("TIFF"), "image-format"),
    "GIF": ("x.gif", saved(picture(), "GIF"), "image-format"),
    "floating point": ("x.tif", saved(Image.new("F", (9, 9)), "TIFF"), "image-format"),
    "PDF": ("x.pdf", b"%PDF-1.7\n", "image-format"),
    "text": ("x.png", b"a note", "image-format"),
    "nothing": ("x.png", b"", "image-format"),
    "script": ("x.svg", drawing("<script>1</script>"), "image-unsafe"),
    "event": ("x.svg", drawing('<rect onload="x()"/>'), "image-unsafe"),
    "HTML in SVG": ("x.svg", drawing("<foreignObject/>"), "image-unsafe"),
    "outside image": ("x.svg", drawing('<image href="https://example.org/x.png"/>'), "image-unsafe"),
    "outside use": ("x.svg", drawing('<use xlink:href="other.svg#a"/>'), "image-unsafe"),
    "outside paint": ("x.svg", drawing('<rect style="fill: url(file:///etc/passwd)"/>'), "image-unsafe"),
    "outside paint in a sheet": ("x.svg", drawing("<style>rect{fill:url(x.svg#a)}</style>"), "image-unsafe"),
    "imported sheet": ("x.svg", drawing("<style>@import 'x.css';</style>"), "image-unsafe"),
    "SVG in SVG": ("x.svg", drawing('<image href="data:image/svg+xml,&lt;svg/&gt;"/>'), "image-unsafe"),
    "entity": ("x.svg", b'<!DOCTYPE svg [<!ENTITY a "b">]>' + drawing(), "image-unsafe"),
    "entity in UTF-16": (
        "x.svg",
        '<?xml version="1.0" encoding="utf-16"?><!DOCTYPE svg [<!ENTITY a "b">]><svg/>'.encode("utf-16"),
        "image-unsafe",
    ),
    "outside entity": ("x.svg", b'<!DOCTYPE svg [<!ENTITY a SYSTEM "x.txt">]>' + drawing(), "image-unsafe"),
    "unfolds": ("x.svg", drawing(unfolding()), "drawing-unfolds"),
    "deep": ("x.svg", drawing("<g>" * 5_000 + "</g>" * 5_000), "image-too-large"),
    "not closed": ("x.svg", drawing("<g>"), "image-damaged"),
    "without size": ("x.svg", b'<svg xmlns="http://www.w3.org/2000/svg"><rect/></svg>', "image-format"),
    "endless size": ("x.svg", b'<svg xmlns="http://www.w3.org/2000/svg" width="1e300" height="1"/>', "image-format"),
    "bomb in SVG": (
        "x.svg",
        drawing(f'<image href="data:image/png;base64,{base64.b64encode(png_of_size(60_000, 60_000)).decode()}"/>'),
        "image-too-large",
    ),
}


@pytest.mark.parametrize("case", HOSTILE)
def test_hostile_files_end_as_problems(case: str) -> None:
    name, data, rule = HOSTILE[case]
    with pytest.raises(BadImage) as found:
        inspect_image(data, name)
    assert found.value.rule == rule
    assert str(found.value) and found.value.hint


def test_what_only_decoding_tells_is_told_then(monkeypatch: pytest.MonkeyPatch) -> None:
    """Its parts are whole, and its pixels are not there. WeasyPrint has Pillow pass over that."""
    monkeypatch.setattr(ImageFile, "LOAD_TRUNCATED_IMAGES", True)
    data = png_of_size(300, 200)
    facts = inspect_image(data, "x.png")
    with pytest.raises(BadImage, match="damaged") as found:
        convert_image(data, facts, Box(118))
    assert found.value.rule == "image-damaged"


# Colours -----------------------------------------------------------------------------------------------------------


def test_sixteen_bits_of_grey_are_grey() -> None:
    ramp = Image.new("I;16", (3, 1))
    for at, value in enumerate((0, 32896, 65535)):
        ramp.putpixel((at, 0), value)
    for format, name in (("PNG", "x.png"), ("TIFF", "x.tif")):
        image = printed(saved(ramp, format), name)
        assert (image.mode, [image.getpixel((at, 0)) for at in range(3)]) == ("L", [0, 128, 255])


def test_cmyk_is_converted_by_its_profile() -> None:
    cyan = picture(mode="CMYK")
    with_profile = convert_image(data := saved(cyan, icc_profile=cmyk_profile()), inspect_image(data, "x.jpg"), Box(50))
    without = convert_image(data := saved(cyan), inspect_image(data, "x.jpg"), Box(50))
    assert not with_profile.is_guessed and without.is_guessed
    red, green, blue = opened(with_profile.data).getpixel((9, 9))
    assert red < 60 < green < 140 < blue  # the deep blue of that press, not the screen's cyan
    assert opened(without.data).getpixel((9, 9))[1] > 240


def test_wide_colours_are_converted_and_transparency_stays() -> None:
    colour = (60, 180, 60)
    wide = printed(saved(picture(colour=colour), "PNG", icc_profile=wide_profile()), "x.png")
    assert wide.getpixel((1, 1)) != colour and wide.getpixel((1, 1))[0] < 40 and "icc_profile" not in wide.info
    clear = printed(saved(picture(mode="RGBA", colour=(*colour, 90)), "PNG", icc_profile=wide_profile()), "x.png")
    assert clear.getpixel((1, 1))[3] == 90 and clear.getpixel((1, 1))[:3] == wide.getpixel((1, 1))


def test_a_profile_that_is_none_is_passed_over() -> None:
    image = printed(saved(picture(colour=(60, 180, 60)), "PNG", icc_profile=b"no profile"), "x.png")
    assert image.getpixel((1, 1)) == (60, 180, 60)


# Size and direction ------------------------------------------------------------------------------------------------

TURNS = {
    1: lambda image: image,
    2: lambda image: image.transpose(Image.Transpose.FLIP_LEFT_RIGHT),
    3: lambda image: image.rotate(180),
    4: lambda image: image.transpose(Image.Transpose.FLIP_TOP_BOTTOM),
    5: lambda image: image.transpose(Image.Transpose.TRANSPOSE),
    6: lambda image: image.transpose(Image.Transpose.ROTATE_90),
    7: lambda image: image.transpose(Image.Transpose.TRANSVERSE),
    8: lambda image: image.transpose(Image.Transpose.ROTATE_270),
}
"""How the pixels are stored of an image that is to be shown upright (the inverse of what a reader does)."""


@pytest.mark.parametrize("orientation", TURNS)
def test_images_are_turned_and_their_data_stripped(orientation: int) -> None:
    shown = picture((60, 40))
    shown.paste((250, 250, 250), (0, 0, 10, 10))
    exif = Image.Exif()
    exif[274], exif[0x010E] = orientation, "a place that nobody should read"
    data = saved(TURNS[orientation](shown), "PNG", exif=exif)
    facts = inspect_image(data, "x.png")
    assert (facts.width, facts.height) == (60, 40)
    converted = convert_image(data, facts, Box(118))
    assert b"nobody" in data and b"nobody" not in converted.data
    assert ImageChops.difference(opened(converted.data).convert("RGB"), shown).getbbox() is None


@pytest.mark.parametrize(
    ("box", "size"),
    [
        (Box(50.8), (600, 400)),
        (Box(50.8, 16.9333), (300, 200)),
        (Box(50.8, 50.8, is_filled=True), (900, 600)),
        (Box(500), (3000, 2000)),
    ],
)
def test_images_are_scaled_to_300_pixels_an_inch_and_no_finer(box: Box, size: tuple[int, int]) -> None:
    image = printed(saved(picture((3000, 2000))), "x.jpg", box)
    assert all(abs(is_ - wanted) <= 1 for is_, wanted in zip(image.size, size, strict=True))


@pytest.mark.rest
def test_a_long_strip_that_is_cropped_has_no_more_pixels_than_are_laid_out() -> None:
    size = convert_image(saved(picture((20_000, 2_000))), ImageFacts("JPEG", 20_000, 2_000), Box(216, 297, True))
    assert 17_000_000 < size.width * size.height < 20_000_000


def test_the_resolution_is_that_of_the_part_that_is_seen() -> None:
    assert Box(25.4, 25.4).dpi(300, 600) == 600  # whole: its height fills the box
    assert Box(25.4, 25.4, is_filled=True).dpi(300, 600) == 300  # cropped: its width does


def test_the_same_image_gives_the_same_bytes() -> None:
    for data, name in ((saved(picture((900, 500)).effect_spread(9)), "x.jpg"), (PNG, "x.png")):
        convert = partial(convert_image, data, inspect_image(data, name), Box(30))
        assert convert().data == convert().data


def test_photographs_become_jpeg_and_charts_png() -> None:
    noise = Image.effect_noise((400, 300), 90)
    colours = Image.merge("RGB", (noise, noise.rotate(90).resize(noise.size), noise.rotate(180)))
    facts = ImageFacts("PNG", 400, 300)
    assert convert_image(saved(colours, "PNG"), facts, Box(118)).media_type == "image/jpeg"
    assert convert_image(PNG, ImageFacts("PNG", 300, 200), Box(118)).media_type == "image/png"


# Drawings ----------------------------------------------------------------------------------------------------------


def test_texts_of_drawings_are_read() -> None:
    inside = '<text x="1">One <tspan>tw</tspan>o</text><text><tspan x="1">a</tspan><tspan x="1" dy="9">b</tspan></text>'
    assert inspect_image(drawing(inside), "x.svg").words == ("One two", "a b")


def test_drawings_are_cleaned() -> None:
    inside = """
      <title>Plan</title><metadata>who</metadata>
      <style>.a, #b { fill: red; font: italic 700 12px "House Sans" } .a { stroke: blue !important }</style>
      <defs><linearGradient id="g"/></defs>
      <a xlink:href="https://example.org"><text class="a" style="font-family: Elsewhere; fill: url('#g')">Gate</text></a>
      <use xlink:href="#g"/>
    """
    clean = clean_drawing(drawing(inside), "f-", "Brief Sans")
    text = clean.to_file().decode()
    assert clean.view_box == "0 0 300 120" and (clean.width, clean.height) == (300, 120)
    for gone in ("Plan", "who", "<style", "class=", "House", "Elsewhere", "example.org", " style="):
        assert gone not in text
    for kept in (
        'id="f-g"',
        'href="#f-g"',
        'fill="url(#f-g)"',
        'stroke="blue"',
        'font-style="italic"',
        'font-size="12px"',
    ):
        assert kept in text
    assert inspect_image(clean.to_file(), "x.svg").words == ("Gate",)


def test_a_drawing_without_a_namespace_is_one() -> None:
    assert inspect_image(b'<svg width="10mm" height="5mm"><rect/></svg>', "x.svg").width == pytest.approx(37.8, abs=0.1)


def test_a_drawing_whose_names_have_prefixes_is_one() -> None:
    data = b'<s:svg xmlns:s="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><s:text>Hi</s:text></s:svg>'
    assert inspect_image(data, "x.svg").words == ("Hi",)
    assert b"<text>Hi</text>" in clean_drawing(data, "", "Brief Sans").to_file()


def test_a_tiff_whose_strips_say_nothing_is_damaged() -> None:
    data = bytearray(saved(picture(), "TIFF"))
    with Image.open(BytesIO(data)) as image:
        assert isinstance(image, TiffImagePlugin.TiffImageFile)
    at = struct.unpack_from("<I", data, 4)[0]
    for entry in range(struct.unpack_from("<H", data, at)[0]):
        place = at + 2 + 12 * entry
        if struct.unpack_from("<H", data, place)[0] == 273:
            struct.pack_into("<I", data, place + 8, 0xFFFFFF)
    with pytest.raises(BadImage):
        inspect_image(bytes(data), "x.tif")


def test_data_about_an_image_that_are_wrong_do_no_harm() -> None:
    for garbage in (b"Exif\0\0MM\0*\xff\xff\xff\xff", b"Exif\0\0nonsense", b"Exif\0\0II*\0\x08\0\0\0\xff\xff"):
        for format, name in (("JPEG", "x.jpg"), ("PNG", "x.png"), ("WebP", "x.webp")):
            assert inspect_image(saved(picture(), format, exif=garbage), name).width == 300


def test_the_views_of_one_picture_that_phones_write_are_one() -> None:
    data = saved(picture(), "MPO", save_all=True, append_images=[picture(colour=(1, 1, 1))])
    assert printed(data, "x.jpg").getpixel((290, 9))[0] > 150
