"""A generator of files made to hurt whoever reads them: damaged, endless, huge when unpacked, or no PDF at all.

:func:`hostile_files` gives as many as asked for, the same for the same seed. Some are small files of their own; some are a
printed brief with one part made to hurt, so that everything before that part is read.
"""

from __future__ import annotations

import io
import random
import zlib
from collections.abc import Callable, Iterator, Sequence
from functools import cache

import pikepdf
from pikepdf import Array, Dictionary, Name, Pdf, String
from pypdf import PdfReader, PdfWriter

from tests.support.small_pdf import CATALOG, PAGE, PAGES, TAGS, packed, written

Make = Callable[[bytes, random.Random], bytes]
KINDS: dict[str, Make] = {}


def hostile_files(printed: bytes, count: int, names: Sequence[str] = (), seed: int = 1) -> Iterator[tuple[str, bytes]]:
    """``count`` files with their names, each kind in turn, or those of ``names``; ``printed`` is a printed brief."""
    chance, names = random.Random(seed), names or sorted(KINDS)
    for at in range(count):
        name = names[at % len(names)]
        yield f"{at:03} {name}", KINDS[name](printed, chance)


@cache
def bomb(unit: bytes, count: int, times: int) -> bytes:
    """A ``unit`` written ``count`` times and packed ``times``."""
    content = unit * count
    for _ in range(times):
        content = zlib.compress(content, 9)
    return content


def kind(name: str) -> Callable[[Make], Make]:
    def register(make: Make) -> Make:
        KINDS[name] = make
        return make

    return register


def in_brief(name: str) -> Callable[[Callable[[Pdf, random.Random], object]], None]:
    """Register a change of the objects of a printed brief."""

    def register(change: Callable[[Pdf, random.Random], object]) -> None:
        def make(printed: bytes, chance: random.Random) -> bytes:
            made = io.BytesIO()
            with pikepdf.open(io.BytesIO(printed)) as pdf:
                change(pdf, chance)
                pdf.save(made, deterministic_id=True, fix_metadata_version=False)
            return made.getvalue()

        KINDS[name] = make

    return register


# Damaged

kind("cut off")(lambda data, chance: data[: chance.randrange(len(data))])
kind("without its beginning")(lambda data, chance: data[chance.randrange(1, len(data)) :])
kind("of no bytes")(lambda data, chance: b"")
kind("noise")(lambda data, chance: b"%PDF-1.7\n" + chance.randbytes(chance.randrange(1, 9_000)))
kind("another format")(lambda data, chance: chance.choice([b"PK\3\4", b"\x89PNG\r\n\x1a\n", b"<html>"]) + data[20:900])
kind("a file within a file")(lambda data, chance: b"MZ" + b"\0" * chance.randrange(1, 1000) + data)
kind("zeros")(lambda data, chance: data[:9] + b"\0" * chance.randrange(10_000_000))


@kind("bits turned over")
def _(data: bytes, chance: random.Random) -> bytes:
    made = bytearray(data)
    for _ in range(chance.choice([1, 3, 30, 3000])):
        made[chance.randrange(20, len(made))] ^= 1 << chance.randrange(8)
    return bytes(made)


@kind("a piece twice, or elsewhere")
def _(data: bytes, chance: random.Random) -> bytes:
    first, last = sorted(chance.sample(range(len(data)), 2))
    at = chance.randrange(len(data))
    return data[:at] + data[first:last] + data[at:]


@kind("encrypted")
def _(data: bytes, chance: random.Random) -> bytes:
    writer, made = PdfWriter(clone_from=PdfReader(io.BytesIO(data))), io.BytesIO()
    writer.encrypt(
        chance.choice(["", "secret"]), owner_password="owner", algorithm=chance.choice(["RC4-40", "RC4-128"])
    )
    writer.write(made)
    return made.getvalue()


# Without end


@kind("values nested deeply")
def _(data: bytes, chance: random.Random) -> bytes:
    opening, closing = chance.choice([(b"[", b"]"), (b"<</A", b">>"), (b"(", b")"), (b"[<</A[", b"]>>]")])
    depth = chance.choice([61, 1_000, 300_000])
    return written(opening * depth + b"1" + closing * depth, PAGES)


kind("pages that hold themselves")(lambda data, chance: written(CATALOG, b"<</Type/Pages/Kids[2 0 R]/Count 1>>", TAGS))
kind("pages in a ring")(
    lambda data, chance: written(
        CATALOG, b"<</Type/Pages/Kids[4 0 R]/Count 1>>", TAGS, b"<</Type/Pages/Parent 2 0 R/Kids[2 0 R]/Count 1>>"
    )
)
kind("pages in pages")(
    lambda data, chance: written(
        CATALOG,
        *(b"<</Type/Pages/Kids[%d 0 R]/Count 1/Parent %d 0 R>>" % (n + 1, n - 1) for n in range(2, 5_000)),
        PAGE,
    )
)
kind("a page a million times")(
    lambda data, chance: written(
        CATALOG, b"<</Type/Pages/Kids[" + b"4 0 R " * 1_000_000 + b"]/Count 1000000>>", TAGS, PAGE, packed(b"q")
    )
)
kind("bookmarks in a ring")(
    lambda data, chance: written(
        b"<</Type/Catalog/Pages 2 0 R/Outlines 6 0 R>>", PAGES, b"null", PAGE, packed(b"q"),
        b"<</First 7 0 R/Last 7 0 R>>", b"<</Title(a)/Parent 6 0 R/Next 7 0 R/First 7 0 R>>",
    )
)  # fmt: skip
kind("many values")(
    lambda data, chance: written(b"[" + chance.choice([b"[]", b"<<>>", b"()", b"1.5 "]) * 9_000_000 + b"]")
)
kind("many objects")(lambda data, chance: written(CATALOG, PAGES, *[b"<< >>"] * 200_000))


@kind("numbers that are huge")
def _(data: bytes, chance: random.Random) -> bytes:
    huge = chance.choice([b"99999999999999999999", b"-1", b"2147483647", b"9999999999", b"1" * 5_000, b"4294967296"])
    key = chance.choice(
        [b"Length", b"Size", b"Count", b"N", b"First", b"W", b"MCID", b"startxref", b"Index", b"Columns"]
    )
    value = b"[1 %s 1]" % huge if key == b"W" else b"[0 %s]" % huge if key == b"Index" else huge
    stream = b"<</Type/%s/Length 3/%s %s>>stream\nabc\nendstream" % (chance.choice([b"XRef", b"ObjStm"]), key, value)
    return written(CATALOG, PAGES, TAGS, PAGE, stream).replace(b"/Count 1", b"/Count " + huge)


@in_brief("a list of names that holds itself")
def _(pdf: Pdf, chance: random.Random) -> None:
    tree = pdf.make_indirect(pdf.Root.Names[chance.choice(["/EmbeddedFiles", "/Dests"])])
    pdf.Root.Names.EmbeddedFiles = tree
    tree.Kids = Array([tree] * 50)


@in_brief("a list of numbers that holds itself")
def _(pdf: Pdf, chance: random.Random) -> None:
    tree = pdf.make_indirect(pdf.Root.StructTreeRoot.ParentTree)
    pdf.Root.StructTreeRoot.ParentTree = tree
    tree.Kids = Array([tree])


@in_brief("tags that share their kids")
def _(pdf: Pdf, chance: random.Random) -> None:
    tags = pdf.Root.StructTreeRoot
    for _ in range(40):
        tags.K = Array([pdf.make_indirect(Dictionary(Type=Name.StructElem, S=Name.Div, P=tags, K=tags.K))] * 2)


@in_brief("tags in tags")
def _(pdf: Pdf, chance: random.Random) -> None:
    inner = pdf.make_indirect(Dictionary(Type=Name.StructElem, S=Name.Div))
    for _ in range(chance.choice([600, 20_000])):
        inner = pdf.make_indirect(Dictionary(Type=Name.StructElem, S=Name.Div, K=inner))
    pdf.Root.StructTreeRoot.K = Array([inner])


@in_brief("drawings that draw one another")
def _(pdf: Pdf, chance: random.Random) -> None:
    form = pdf.make_stream(b"BT ET", Type=Name.XObject, Subtype=Name.Form, BBox=Array([0, 0, 9, 9]))
    for _ in range(chance.choice([5, 11, 40])):
        form = pdf.make_stream(
            b"/F Do " * 10, Type=Name.XObject, Subtype=Name.Form, BBox=Array([0, 0, 9, 9]),
            Resources=Dictionary(XObject=Dictionary(F=form)),
        )  # fmt: skip
    pdf.pages[0].Resources.XObject = Dictionary(F=form)
    pdf.pages[0].Contents = pdf.make_stream(b"/F Do")


@in_brief("a drawing that draws itself")
def _(pdf: Pdf, chance: random.Random) -> None:
    form = pdf.make_stream(b"/F Do /F Do", Type=Name.XObject, Subtype=Name.Form, BBox=Array([0, 0, 9, 9]))
    form.Resources = Dictionary(XObject=Dictionary(F=form))
    pdf.pages[0].Resources.XObject = Dictionary(F=form)
    pdf.pages[0].Contents = pdf.make_stream(b"/F Do")


# Huge when unpacked


@kind("a stream of gigabytes")
def _(data: bytes, chance: random.Random) -> bytes:
    content = bomb(chance.choice([b"\0", b" ", b"q "]), 70_000_000, chance.choice([1, 2, 3]))
    filters = b"/FlateDecode" * chance.choice([1, 2, 3, 400])
    return written(
        CATALOG,
        PAGES,
        TAGS,
        PAGE,
        b"<</Length %d/Filter[%s]>>stream\n" % (len(content), filters) + content + b"\nendstream",
    )


kind("packed by LZW")(
    lambda data, chance: written(
        CATALOG,
        PAGES,
        TAGS,
        PAGE,
        b"<</Length 900000/Filter/LZWDecode>>stream\n" + b"\x80\x0b" * 450_000 + b"\nendstream",
    )
)
kind("streams of objects of gigabytes")(
    lambda data, chance: written(
        CATALOG, PAGES, TAGS, *[packed(b"1 0 " * 15_000_000, b"/Type/ObjStm/N 1/First 59000000")] * 20
    )
)
kind("a cross-reference of gigabytes")(
    lambda data, chance: written(CATALOG, packed(b"\1" * 50_000_000, b"/Type/XRef/W[1 0 0]/Size 50000000/Root 1 0 R"))
)


@in_brief("pages of gigabytes")
def _(pdf: Pdf, chance: random.Random) -> None:
    shown = chance.choice([b"BT /F0 9 Tf (a) Tj ET ", b"q Q ", b"[(a)] TJ ", b"(", b"[", b"<</A "])
    for page in pdf.pages:
        page.Contents = pdf.make_stream(shown * chance.choice([100_000, 900_000, 3_000_000]))


@in_brief("a character map without end")
def _(pdf: Pdf, chance: random.Random) -> None:
    one = chance.choice(
        [b"1 beginbfrange <0000> <ffff> <0041> endbfrange ", b"beginbfrange ", b"1 beginbfchar <00> <41> endbfchar "]
    )
    for font in dict(pdf.pages[0].Resources.Font).values():
        font.ToUnicode = pdf.make_stream(one * 100_000)


@in_brief("an image of gigabytes")
def _(pdf: Pdf, chance: random.Random) -> None:
    image = pdf.make_stream(
        bomb(b"\0", 50_000_000, 1), Type=Name.XObject, Subtype=Name.Image, Width=59_999, Height=59_999, BitsPerComponent=8,
        ColorSpace=Name.DeviceRGB, Filter=Name.FlateDecode,
    )  # fmt: skip
    if chance.random() < 0.5:
        image.DecodeParms = Dictionary(Predictor=15, Colors=3, Columns=59_999)
    pdf.pages[0].Resources.XObject = Dictionary(I=image)


@in_brief("a manifest made to hurt")
def _(pdf: Pdf, chance: random.Random) -> None:
    content = chance.choice(
        [b"[" * 3_000_000, b'{"a":' * 900_000, b"[" + b"[]," * 3_000_000 + b"[]]", b"1" * 9_000_000, b" " * 50_000_000]
    )
    for each in pdf.Root.AF:
        if str(each.UF) == "manifest.json":
            each.EF.F.write(content)


@in_brief("attachments without number")
def _(pdf: Pdf, chance: random.Random) -> None:
    names = pdf.Root.Names.EmbeddedFiles.Names
    for number in range(3_000):
        names.extend([String(f"a{number}"), names[1]])


@in_brief("metadata without end")
def _(pdf: Pdf, chance: random.Random) -> None:
    head, tail = b'<?xpacket begin=""?><x:xmpmeta xmlns:x="a">', b'</x:xmpmeta><?xpacket end="r"?>'
    inside = chance.choice([b"<a>" * 200_000 + b"</a>" * 200_000, b"<a>" * 900_000, b" " * 30_000_000])
    pdf.Root.Metadata.write(head + inside + tail)
