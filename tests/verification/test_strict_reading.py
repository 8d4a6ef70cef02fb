"""Reading PDF strictly: every file that we print is read, and what could be read in two ways is not."""

from __future__ import annotations

import time
from itertools import product
from pathlib import Path

import pytest

from c6brief.manifest.document_parts import PARTS, read_parts
from c6brief.manifest.model import MANIFEST
from c6brief.manifest.pdf_file import read_strictly
from c6brief.manifest.pdf_syntax import ForeignSyntax, Ref, decode_text, parse_value
from c6brief.print.standards import STANDARDS
from c6brief.verification.verify import verify
from tests.support.crafted import print_crafted
from tests.support.forgeries import HONEST
from tests.support.house_briefs import TEMPLATES, in_template
from tests.support.sampling import sampled
from tests.support.small_pdf import CATALOG, PAGE, PAGES, TAGS, packed, written

RICH = """<!doctype html><html lang="en"><head><title>All that paints</title><link rel="stylesheet" href="crafted.css">
<link rel="attachment" href="crafted.css" title="A style sheet">
<style>p, div, h1 { font-family: "Source Serif 4" } .linear { background: linear-gradient(red, blue); height: 9mm }
.radial { background: repeating-radial-gradient(red, blue 9px, lime 20px); height: 9mm } .pale { opacity: .5 }
.turned { transform: rotate(40deg) } .clear { color: transparent } .wide { letter-spacing: 3px; font-variant: small-caps }
.cut { width: 20mm; overflow: hidden; white-space: nowrap; text-overflow: ellipsis } .columns { columns: 3 }
.tiles { background: url("data:image/svg+xml,<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'><circle r='4'/></svg>");
height: 9mm }</style></head><body><h1>All that paints: office, ﬁnd</h1>
<div class="linear">linear</div><div class="radial">radial</div><div class="pale">pale <b>bold</b></div>
<div class="turned">turned</div><p class="clear">clear</p><p class="wide">wide office</p>
<p class="cut">Words that are cut where the box ends.</p><div class="tiles">tiles</div><div class="columns">COLUMNS</div>
<p>Привет Ўзбекистон Oʻzbekiston Azərbaycan Қазақстан ½ ² H<sub>2</sub>O µm Ω № … é
<a href="https://example.org/ü?x=1">elsewhere</a> <a href="#below">below</a></p><p id="below">IMAGES</p>
<svg width="200" height="90" viewBox="0 0 200 90" role="img" aria-label="A drawing."><defs>
<linearGradient id="a"><stop offset="0" stop-color="red"/><stop offset="1" stop-color="blue" stop-opacity=".3"/></linearGradient>
<mask id="m"><rect width="50" height="50" fill="white"/></mask><clipPath id="c"><circle cx="50" cy="50" r="40"/></clipPath>
<pattern id="p" width="9" height="9" patternUnits="userSpaceOnUse"><circle cx="5" cy="5" r="3"/></pattern></defs>
<rect width="99" height="50" fill="url(#a)"/><rect width="60" height="60" fill="url(#p)" mask="url(#m)"/>
<g clip-path="url(#c)" opacity=".5"><text x="20" y="50" font-family="Source Sans 3">drawn 123</text></g></svg>
</body></html>"""


def images() -> str:
    """Pictures of every kind of pixel, as HTML."""
    import base64
    import io

    from PIL import Image

    found = []
    for mode, form in (("RGB", "PNG"), ("L", "PNG"), ("RGBA", "PNG"), ("LA", "PNG"), ("RGB", "JPEG"), ("L", "JPEG")):
        written = io.BytesIO()
        Image.linear_gradient("L").resize((30, 20)).convert(mode).save(written, form)
        code = base64.b64encode(written.getvalue()).decode()
        found.append(f'<img src="data:image/{form.lower()};base64,{code}" alt="A field.">')
    return " ".join(found)


def assert_whole(path: Path, *programs: str) -> None:
    """``path`` is verified, as printed and as each of the ``programs`` saves it."""
    document = read_parts(read_strictly(path.read_bytes()), MANIFEST)
    assert (document.foreign, set(document.parts)) == ((), set(PARTS))
    result = verify(path)
    assert result.is_whole, [str(each) for each in result.problems]
    for program in programs:
        saved = path.with_name("saved.pdf")
        saved.write_bytes(HONEST[program](path.read_bytes()))
        result = verify(saved)
        assert result.is_whole, (program, [str(each) for each in result.problems])


@pytest.mark.rest
@pytest.mark.parametrize("template", sampled(TEMPLATES, "memo"))
@pytest.mark.parametrize("paper", ["a4"])
def test_what_our_templates_print_is_all_allowed(
    tmp_path_factory: pytest.TempPathFactory, template: str, paper: str
) -> None:
    for path in in_template(tmp_path_factory, template, paper).values():
        assert_whole(path)


@pytest.mark.rest
@pytest.mark.parametrize(("standard", "page"), sampled(product(STANDARDS, ["crafted", "rich"]), ("pdf-2", "rich")))
def test_what_any_template_may_print_is_all_allowed(tmp_path: Path, standard: str, page: str) -> None:
    words = " ".join(str(number * 7919) for number in range(150))
    template = {"template": RICH.replace("COLUMNS", words).replace("IMAGES", images())} if page == "rich" else {}
    path = print_crafted(tmp_path, standard, **template)
    assert_whole(path, "qpdf, packed again", "qpdf, unpacked", "PDFium", "pypdf, packed")


@pytest.mark.parametrize(
    ("written", "value"),
    [
        (b"<</A/B/C[1 0 R 2.50 -.5]/D(x\\(y\\051)>>", {"A": "B", "C": [Ref(1), 2.5, -0.5], "D": b"x(y)"}),
        (b"/A#20B ", "A B"),
        (b"<48 4>", b"H@"),
        (b"(a\\\nb\\101\r\nc)", b"abA\nc"),
        (b"[true false null]", [True, False, None]),
    ],
)
def test_values(written: bytes, value: object) -> None:
    assert parse_value(written, 0) == (value, len(written.rstrip()))


@pytest.mark.parametrize(
    "written",
    [
        b"<</A 1/A 2>>", b"<</A 1/#41 2>>", b"<</A>>", b"<<(A) 1>>", b"[1", b"]", b"(x", b"--5 ", b"5- ", b"1.2.3 ", b"[1 1 R]",
        b"<4x>", b"[" * 100 + b"]" * 100, b"1e5 ", b"% comment\n1", b"TRUE", b"",
    ],
)  # fmt: skip
def test_what_readers_understand_differently_is_no_value(written: bytes) -> None:
    with pytest.raises(ForeignSyntax):
        parse_value(written, 0)


def test_texts() -> None:
    assert decode_text(b"\xfe\xff\x04\x1f") == decode_text(b"\xef\xbb\xbf\xd0\x9f") == "П"
    assert decode_text(b"\x93\xa0\xe9") == "ﬁ€é"
    assert decode_text(b"\xfe\xff\x04") == "þÿ\x04"


def test_a_small_file_is_read() -> None:
    tag = b"<</Type/StructElem/S/P/P 3 0 R/K 0>>"
    found = read_parts(read_strictly(written(CATALOG, PAGES, TAGS, PAGE, packed(b"q Q"), tag)), MANIFEST)
    assert (found.foreign, len(found.pages)) == ((), 1)


HURTING = {
    "pages that hold themselves": (CATALOG, b"<</Type/Pages/Kids[2 0 R]/Count 1>>", TAGS),
    "a page a million times": (CATALOG, b"<</Type/Pages/Kids[" + b"4 0 R " * 1_000_000 + b"]/Count 1>>", TAGS, PAGE, packed(b"q")),
    "a stream of gigabytes": (CATALOG, PAGES, TAGS, PAGE, packed(b" " * 160_000_000)),
    "tags that hold themselves": (CATALOG, PAGES, TAGS, PAGE, packed(b"q"), b"<</S/P/P 3 0 R/K 6 0 R>>"),
    "tags that share their kids": (
        CATALOG, PAGES, b"<</Type/StructTreeRoot/K 7 0 R>>", PAGE, packed(b"q"), b"[" + b"0 " * 50_000 + b"]",
        b"[" + b" ".join(b"%d 0 R" % n for n in range(8, 508)) + b"]", *[b"<</S/P/P 3 0 R/K 6 0 R>>"] * 500,
    ),
    "bookmarks in a ring": (
        b"<</Type/Catalog/Pages 2 0 R/Outlines 6 0 R>>", PAGES, b"null", PAGE, packed(b"q"),
        b"<</First 7 0 R/Last 7 0 R>>", b"<</Title(a)/Parent 6 0 R/Next 7 0 R>>",
    ),
    "no catalog": (b"<<>>",),
    "numbers in place of everything": (b"<</Type/Catalog/Pages 1/Names 2/Outlines 3/StructTreeRoot 4/AF 5/Metadata 6>>",),
}  # fmt: skip


@pytest.mark.sample(3)
@pytest.mark.parametrize("name", HURTING)
def test_files_made_to_hurt_end_soon_and_are_not_ours(name: str) -> None:
    begin = time.process_time()
    try:
        assert read_parts(read_strictly(written(*HURTING[name])), MANIFEST).foreign
    except (ForeignSyntax, AttributeError) as reason:
        assert str(reason)
    assert time.process_time() - begin < 10
