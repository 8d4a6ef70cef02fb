"""What is copied from a printed page is what was typed: three readers are asked for every letter of the shipped faces.

The readers know nothing of one another: Poppler (``pdftotext``), PDFium and pypdf. Without Poppler its part is left out;
where ``NEED_POPPLER`` is set (``.ci/run`` does) the tests fail.
"""

from __future__ import annotations

import html
import io
import os
import shutil
import subprocess
import unicodedata
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
from fontTools.ttLib import TTFont
from pypdf import PdfReader

from c6brief.print.fonts import use_bundled_fonts
from tests.support.paths import REPOSITORY
from tests.support.project import Folder

use_bundled_fonts()

import weasyprint  # noqa: E402
from weasyprint.pdf.fonts import Font  # noqa: E402

from c6brief.print.weasyprint_characters import copy_as_typed  # noqa: E402

FACES = sorted((REPOSITORY / "src/c6brief/assets/fonts").glob("*.ttf"))

SAMPLE = ("SourceSans3-It", "SourceSerif4-Regular")
"""Faces of the ordinary run: one of each alphabet that the faces have."""

INVISIBLE = "\u034f"
"""COMBINING GRAPHEME JOINER, which shows nothing and is not drawn."""


def copy_by_poppler(data: bytes) -> str:
    if shutil.which("pdftotext") is None:
        if os.environ.get("NEED_POPPLER"):
            pytest.fail("NOT READ BY Poppler: no pdftotext here")
        pytest.skip("NOT READ BY Poppler: no pdftotext here (make setup installs it where it may)")
    return subprocess.run(["pdftotext", "-", "-"], input=data, capture_output=True, check=True).stdout.decode()


def copy_by_pdfium(data: bytes) -> str:
    with pypdfium2.PdfDocument(data) as document:
        return " ".join(page.get_textpage().get_text_range() for page in document)


def copy_by_pypdf(data: bytes) -> str:
    return " ".join(page.extract_text() for page in PdfReader(io.BytesIO(data)).pages)


READERS = [copy_by_poppler, copy_by_pdfium, copy_by_pypdf]

read_by_each = pytest.mark.parametrize("copy", READERS, ids=lambda copy: copy.__name__.removeprefix("copy_by_"))


def print_page(body: str, css: str = "", family: str = "Source Serif 4") -> bytes:
    style = f"@page {{ size: A4 }} body {{ font: 10pt '{family}' }} {css}"
    text = f"<html lang=en><title>x</title><style>{style}</style>{body}"
    with copy_as_typed() as typed:
        written: bytes = weasyprint.HTML(string=text, base_url="/").write_pdf(finisher=lambda _, pdf: typed.write(pdf))
    return written


def as_written(char: str, copy: Callable[[bytes], str]) -> str:
    """What ``copy`` makes of a character: PDFium gives the letters of ligatures that have a number of their own."""
    if copy is copy_by_pdfium and "\ufb00" <= char <= "\ufb06":
        return unicodedata.normalize("NFKC", char)
    return "" if char in INVISIBLE else char


@read_by_each
@pytest.mark.parametrize(
    "face",
    [pytest.param(face, marks=[] if face.stem in SAMPLE else pytest.mark.rest, id=face.stem) for face in FACES],
)
def test_every_letter_is_copied_as_typed(face: Path, copy: Callable[[bytes], str]) -> None:
    chars = [chr(code) for code in sorted(TTFont(face)["cmap"].getBestCmap())]
    chars = [char for char in chars if unicodedata.category(char)[0] in "LMNPS"]
    assert len(chars) > 900
    words = [f"a{char}b" for char in chars]
    lines = [" ".join(words[at : at + 12]) for at in range(0, len(words), 12)]
    css = f"@font-face {{ font-family: Tried; src: url({face.as_uri()}) }}"
    data = print_page("".join(f"<p>{html.escape(line)}</p>" for line in lines), css, "Tried")
    assert copy(data).split() == [f"a{as_written(char, copy)}b" for char in chars]


WORDS = (
    "a-b c\u2011d e\u2010f O\u02bbzbekiston \u2018quoted\u2019 don\u2019t va\u02bcda \u00b5m \u03bcm \u2206x \u0394x "
    "5\u2126 \u03a9 office fluffy affine e\u0301t\u00e9 \u0435\u0301 за\u0301мок q\u0301\u0323ed q\u0323\u0301ed "
    "x\u0302y m\u0304\u0303n \u212bngstro\u0308m \u00c5 \u2026 ... ½ 1\u20442 m\u00b2 m2 \u25cf \u25cb \u2260 =\u0338"
)
"""Characters that share glyphs in Source Serif and Source Sans, ligatures, and letters with marks typed apart."""

SET = {
    "plain": "",
    "letterspaced": "letter-spacing: 0.5px",
    "justified": "text-align: justify; width: 200px",
    "small capitals": "font-variant-caps: small-caps",
    "old numerals": "font-variant-numeric: oldstyle-nums proportional-nums",
    "without ligatures": "font-variant-ligatures: none",
    "bold italic": "font-weight: 700; font-style: italic",
}


@read_by_each
@pytest.mark.parametrize("family", ["Source Serif 4", "Source Sans 3"])
def test_characters_that_share_a_glyph_are_told_apart(family: str, copy: Callable[[bytes], str]) -> None:
    """All on one page, however they are set, so that each has another one's glyph before it."""
    data = print_page("".join(f"<p style='{css}'>{WORDS}</p>" for css in SET.values()), family=family)
    assert copy(data).split() == WORDS.split() * len(SET)


@read_by_each
def test_spaces_are_copied_as_spaces(copy: Callable[[bytes], str]) -> None:
    """Poppler makes plain spaces of all; the others keep them."""
    typed = "1\u00a0000 a b 2\u202f000 3\u2009000 c d"
    copied = copy(print_page(f"<p>{typed}</p>")).strip()
    assert copied.split() == typed.split()
    if copy is not copy_by_poppler:
        assert copied == typed


@read_by_each
def test_an_ellipsis_that_hides_words_is_an_ellipsis(copy: Callable[[bytes], str]) -> None:
    css = ".h { width: 90px; overflow: hidden; white-space: nowrap; text-overflow: ellipsis }"
    copied = copy(print_page("<p class=h>a running head that hides much</p><p>so it goes … on</p>", css))
    assert "hides" not in copied
    assert copied.count("…") == 2 and "goes … on" in copied


@read_by_each
def test_words_that_were_hyphenated_end_in_a_hyphen(copy: Callable[[bytes], str]) -> None:
    css = "p { width: 60px; hyphens: auto }"
    copied = copy(print_page("<p>well-being internationalisation mass\u00adacre</p>", css))
    parts = copied.split()
    typed = "".join(part.rstrip("\u2010\u00ad") for part in parts)
    assert len(parts) > 4
    assert (
        typed.replace("\ufffe", "-") == "well-beinginternationalisationmassacre"
    )  # U+FFFE: PDFium's own, for a hyphen


@pytest.mark.sample(1)
@read_by_each
def test_fonts_with_outlines_of_the_other_form_are_copied_too(tmp_path: Path, copy: Callable[[bytes], str]) -> None:
    """OpenType fonts with CFF outlines have no map from codes to glyphs: theirs are repeated."""
    path = tmp_path / "cff.otf"
    make_cff(next(face for face in FACES if face.stem == "SourceSerif4-Regular"), path)
    css = f"@font-face {{ font-family: Cff; src: url({path.as_uri()}) }}"
    data = print_page(f"<p>{WORDS}</p><p>{WORDS}</p>", css, "Cff")
    assert copy(data).split() == WORDS.split() * 2
    fonts = PdfReader(io.BytesIO(data)).pages[0]["/Resources"]["/Font"].values()
    assert "/CIDFontType0" in [font.get_object()["/DescendantFonts"][0]["/Subtype"] for font in fonts]


def make_cff(face: Path, path: Path) -> None:
    """The letters of a font, with their outlines in the form of CFF."""
    from fontTools.fontBuilder import FontBuilder
    from fontTools.pens.t2CharStringPen import T2CharStringPen

    font: Any = TTFont(face)
    outlines, charstrings = font.getGlyphSet(), {}
    for name in font.getGlyphOrder():
        pen = T2CharStringPen(font["hmtx"][name][0], outlines)
        outlines[name].draw(pen)
        charstrings[name] = pen.getCharString()
    for table in ("glyf", "loca", "fpgm", "prep", "cvt ", "gasp"):
        if table in font:
            del font[table]
    builder = FontBuilder(font=font)
    font.sfntVersion, font["maxp"].tableVersion, builder.isTTF = "OTTO", 0x00005000, False
    builder.setupCFF("Cff", {}, charstrings, {})
    font.save(path)


def test_the_page_looks_as_it_would_without() -> None:
    """Letters with marks are glyphs of ours: they stand where those they are made of would.

    Left out are letters with two marks above, which WeasyPrint sets beside one another.
    """
    from PIL import ImageChops

    words = WORDS.replace("m\u0304\u0303n", "")
    body = "".join(f"<p style='{css}'>{words}</p>" for css in SET.values())
    ours = print_page(body)
    style = "<style>@page { size: A4 } body { font: 10pt 'Source Serif 4' }</style>"
    plain = weasyprint.HTML(string=f"<html lang=en><title>x</title>{style}{body}").write_pdf()
    pictures = [pypdfium2.PdfDocument(data)[0].render(scale=3).to_pil().convert("L") for data in (ours, plain)]
    histogram = ImageChops.difference(*pictures).histogram()
    assert sum(histogram[128:]) < 200  # edges of marks may differ by a shade: WeasyPrint rounds their places
    assert sum(pictures[0].histogram()[:60]) > 5_000


def test_a_font_whose_glyphs_stand_for_one_text_each_is_written_as_ever() -> None:
    body = "<p>Plain words, set once more; 1234.</p>"
    style = "<style>@page { size: A4 } body { font: 10pt 'Source Serif 4' } </style>"
    plain = weasyprint.HTML(string=f"<html lang=en><title>x</title>{style}{body}", base_url="/").write_pdf()
    assert print_page(body) == plain


def test_the_same_text_gives_the_same_bytes() -> None:
    assert print_page(f"<p>{WORDS}</p>") == print_page(f"<p>{WORDS}</p>")


def test_fonts_of_weasyprint_are_as_they_are_used() -> None:
    """On an upgrade, look at ``weasyprint_characters`` where this fails."""
    seen: list[Any] = []
    original = Font.clean

    def clean(font: Any, *others: Any) -> None:
        seen.append(font)
        original(font, *others)

    Font.clean = clean
    try:
        print_page("<p>a\u00a0b c</p>")
    finally:
        Font.clean = original
    [font] = seen
    for name in ("bitmap", "png", "svg", "colr", "used_in_forms"):
        assert not getattr(font, name), name
    assert (font.type, font.upem) == ("ttf", 1000) and font.glyph_count > 1_000
    assert sorted(font.to_unicode.values()) == sorted(["a", " ", "b", "\u00a0", "c"])
    assert set(font.widths) == set(font.to_unicode)


def test_a_brief_is_copied_as_typed_and_its_manifest_says_so(folder: Folder) -> None:
    """The whole way: seeds, template, pages, the words that the manifest records."""
    said = "O\u02bbzbekiston has 12\u00a0stations, \u2018some\u2019 of them old."
    folder.change("briefs/lifts.yaml", "Some stations are step-free.", said + " Some stations are step-free.")
    assert folder.render().status == 0
    data = (folder.root / "output/lifts.pdf").read_bytes()
    for copy in (copy_by_pdfium, copy_by_pypdf):
        assert "O\u02bbzbekiston" in copy(data), copy
    manifest = PdfReader(io.BytesIO(data)).attachments["manifest.json"][0].decode()
    assert "O\u02bbzbekiston has" in manifest
