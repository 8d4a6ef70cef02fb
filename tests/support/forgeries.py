"""A generator of manipulated PDFs: ways in which somebody shows, says or hides something else than was printed.

Each takes a printed file and gives another; :data:`FORGED` holds them by name, the kind first. :data:`HONEST` are
programs that save a file again and change nothing. :func:`identify` makes the file's identifier right again, as whoever
has read our source would.
"""

from __future__ import annotations

import hashlib
import io
import re
import zlib
from collections.abc import Callable

import pikepdf
import pypdfium2
from pikepdf import Array, Dictionary, Name, ObjectStreamMode, Pdf, String
from pypdf import PdfReader, PdfWriter

from c6brief.manifest.file_identifier import BLANK

Change = Callable[[bytes], bytes]
FORGED: dict[str, Change] = {}
HONEST: dict[str, Change] = {}

HELLO = b"q 1 1 1 rg 30 30 500 700 re f Q BT /F0 12 Tf 60 400 Td (Every station has been closed.) Tj ET"


def identify(data: bytes) -> bytes:
    """``data`` with an identifier that says: nobody has saved this file since it was printed."""
    found = list(re.finditer(rb"/ID\s*\[\s*(?:\([^)]*\)|<[0-9a-fA-F]*>)\s*(?:\([^)]*\)|<[0-9a-fA-F]*>)\s*\]", data))
    if not found:
        return data
    old = found[-1]
    room = old.end() - old.start()
    blank = f"/ID[({BLANK})".encode()
    blank += b" " * (room - len(blank) - 3) + b"()]"
    if len(blank) != room:
        return data
    data = data[: old.start()] + blank + data[old.end() :]
    return data.replace(BLANK.encode(), hashlib.sha256(data).hexdigest()[:32].encode())


# Helpers


def edited(kind: str, name: str) -> Callable[[Callable[[Pdf], object]], None]:
    """Register a change that is made on the objects of the file, which is then written by qpdf."""

    def register(change: Callable[[Pdf], object]) -> None:
        def run(data: bytes) -> bytes:
            with pikepdf.open(io.BytesIO(data)) as pdf:
                before = serialize(pdf)
                change(pdf)
                after = serialize(pdf)
            assert before != after, f"{name} changes nothing"
            return after

        FORGED[f"{kind}: {name}"] = run

    return register


def raw(kind: str, name: str) -> Callable[[Change], Change]:
    """Register a change that is made on the bytes of the file, written with a plain table of its objects."""

    def register(change: Change) -> Change:
        def run(data: bytes) -> bytes:
            before = plain(data)
            after = change(before)
            assert before != after, f"{name} changes nothing"
            return after

        FORGED[f"{kind}: {name}"] = run
        return change

    return register


def serialize(pdf: Pdf, **options: object) -> bytes:
    written = io.BytesIO()
    pdf.save(written, **{"deterministic_id": True, "fix_metadata_version": False, **options})
    return written.getvalue()


def plain(data: bytes) -> bytes:
    """The file with one table and no object streams."""
    with pikepdf.open(io.BytesIO(data)) as pdf:
        return serialize(pdf, object_stream_mode=ObjectStreamMode.disable)


def renumber(data: bytes) -> bytes:
    """A file of :func:`plain`'s form whose bytes have moved, with its table right again."""
    start = data.rindex(b"\nxref\n") + 1
    body, rest = data[:start], data[start:]
    places = {int(match[1]): match.start(1) for match in re.finditer(rb"(?<![^\n])(\d+) 0 obj", body)}
    count = max(places) + 1
    lines = [b"0000000000 65535 f \n"]
    lines += [b"%010d 00000 n \n" % places[n] if n in places else b"0000000000 65535 f \n" for n in range(1, count)]
    trailer = rest[rest.index(b"trailer") : rest.index(b"startxref")]
    trailer = re.sub(rb"/Size \d+", b"/Size %d" % count, trailer)
    return body + b"xref\n0 %d\n" % count + b"".join(lines) + trailer + b"startxref\n%d\n%%%%EOF\n" % start


def page_object(data: bytes) -> tuple[int, re.Match[bytes]]:
    """The number of the first page's object, and the whole of it."""
    with pikepdf.open(io.BytesIO(data)) as pdf:
        number = pdf.pages[0].objgen[0]
    match = re.search(rb"(?<![^\n])%d 0 obj\n(<<.*?>>)\nendobj" % number, data, re.S)
    assert match
    return number, match


def with_object(data: bytes, content: bytes) -> tuple[bytes, int]:
    """A file of :func:`plain`'s form with one more object, and its number."""
    number = int(re.findall(rb"/Size (\d+)", data)[-1])
    at = data.rindex(b"\nxref\n") + 1
    return renumber(data[:at] + b"%d 0 obj\n" % number + content + b"\nendobj\n" + data[at:]), number


def a_stream(content: bytes = HELLO) -> bytes:
    return b"<< /Length %d >>\nstream\n" % len(content) + content + b"\nendstream"


def other_page(data: bytes, contents: int) -> bytes:
    """The dictionary of the first page, with other contents and a font that every reader has."""
    _, match = page_object(data)
    page = re.sub(rb"/Contents \d+ 0 R", b"/Contents %d 0 R" % contents, match[1])
    font = b"<< /Font << /F0 << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >> >>"
    return re.sub(rb"/Resources \d+ 0 R", b"/Resources " + font, page)


def updated(data: bytes, *, end: bytes = b"%%EOF\n", prev: bool = True, start: bool = True) -> bytes:
    """An incremental update that shows another first page."""
    number, _ = page_object(data)
    contents = int(re.findall(rb"/Size (\d+)", data)[-1])
    trailer = re.search(rb"trailer\s*<<(.*?)>>\s*startxref\s+(\d+)", data, re.S)
    assert trailer
    one = b"%d 0 obj\n" % contents + a_stream() + b"\nendobj\n"
    two = b"%d 0 obj\n" % number + other_page(data, contents) + b"\nendobj\n"
    places = (len(data), len(data) + len(one))
    table = len(data) + len(one) + len(two)
    entries = {contents: places[0], number: places[1]}
    xref = b"xref\n" + b"".join(b"%d 1\n%010d 00000 n \n" % each for each in sorted(entries.items()))
    inside = re.sub(rb"/Size \d+", b"/Size %d" % (contents + 1), trailer[1])
    inside += b" /Prev " + trailer[2] if prev else b""
    tail = b"trailer <<" + inside + b">>\n" + (b"startxref\n%d\n" % table if start else b"") + end
    return data + one + two + xref + tail


def draw(pdf: Pdf, content: bytes, page: int = 0, *, before: bool = False) -> None:
    pdf.pages[page].contents_add(content, prepend=before)


def replace_content(pdf: Pdf, pattern: bytes, new: bytes, page: int = 0) -> None:
    old = pdf.pages[page].Contents.read_bytes()
    made, count = re.subn(pattern, new, old, count=1)
    assert count, pattern
    pdf.pages[page].Contents = pdf.make_stream(made)


def font_of(pdf: Pdf) -> Dictionary:
    fonts = pdf.pages[0].Resources.Font
    return fonts[sorted(fonts.keys())[0]]


def tags(pdf: Pdf) -> list[Dictionary]:
    return [each for each in pdf.objects if isinstance(each, Dictionary) and each.get("/Type") == "/StructElem"]


def first_tag(pdf: Pdf, kind: str) -> Dictionary:
    return next(each for each in tags(pdf) if str(each.S) == kind)


def link(pdf: Pdf, key: str) -> Dictionary:
    return next(each for page in pdf.pages for each in page.get("/Annots", []) if key in each)


def annotation(pdf: Pdf, **values: object) -> None:
    page = pdf.pages[0]
    made = pdf.make_indirect(Dictionary(Type=Name.Annot, Rect=Array([50, 300, 400, 500]), F=4, **values))
    page.Annots = Array([*page.get("/Annots", []), made])


def specification(pdf: Pdf, ending: str = ".csv") -> Dictionary:
    return next(each for each in pdf.Root.AF if str(each.UF).endswith(ending))


def metadata(pdf: Pdf, old: bytes, new: bytes) -> None:
    packet = pdf.Root.Metadata.read_bytes()
    assert old in packet
    pdf.Root.Metadata.write(packet.replace(old, new))


# Honest programs


def honest(name: str) -> Callable[[Change], Change]:
    def register(change: Change) -> Change:
        HONEST[name] = change
        return change

    return register


def by_qpdf(name: str, **options: object) -> None:
    def run(data: bytes) -> bytes:
        with pikepdf.open(io.BytesIO(data)) as pdf:
            return serialize(pdf, **options)

    HONEST[name] = run


by_qpdf("qpdf")
by_qpdf("pikepdf as it comes", fix_metadata_version=True, deterministic_id=False)
by_qpdf("qpdf, a table", object_stream_mode=ObjectStreamMode.disable)
by_qpdf("qpdf, packed again", object_stream_mode=ObjectStreamMode.generate, recompress_flate=True)
by_qpdf("qpdf, unpacked", compress_streams=False, stream_decode_level=pikepdf.StreamDecodeLevel.generalized)
by_qpdf("qpdf, linearised", linearize=True)
by_qpdf("qpdf, linearised, a table", linearize=True, object_stream_mode=ObjectStreamMode.disable)
by_qpdf("qpdf, another version", min_version="2.0")


@honest("pypdf")
def by_pypdf(data: bytes) -> bytes:
    written = io.BytesIO()
    PdfWriter(clone_from=PdfReader(io.BytesIO(data))).write(written)
    return written.getvalue()


@honest("pypdf, packed")
def by_pypdf_packed(data: bytes) -> bytes:
    writer, written = PdfWriter(clone_from=PdfReader(io.BytesIO(data))), io.BytesIO()
    for page in writer.pages:
        page.compress_content_streams(level=1)
    writer.compress_identical_objects()
    writer.write(written)
    return written.getvalue()


@honest("PDFium")
def by_pdfium(data: bytes) -> bytes:
    written = io.BytesIO()
    pypdfium2.PdfDocument(data).save(written)
    return written.getvalue()


@honest("PDFium, then linearised")
def by_both(data: bytes) -> bytes:
    return HONEST["qpdf, linearised"](by_pdfium(data))


@honest("linearised, then PDFium")
def by_both_turned(data: bytes) -> bytes:
    return by_pdfium(HONEST["qpdf, linearised"](data))


@honest("a line feed at its end")
def with_line_feed(data: bytes) -> bytes:
    return data + b"\n"


@honest("as MuPDF saves")
def with_name_and_wish(data: bytes) -> bytes:
    """MuPDF names itself in a second comment and asks viewers to list the attachments."""
    with pikepdf.open(io.BytesIO(data)) as pdf:
        pdf.Root.PageMode = Name.UseAttachments
        saved = serialize(pdf, object_stream_mode=ObjectStreamMode.disable)
    return renumber(saved.replace(b"\n1 0 obj", b"\n% Written by MuPDF 1.28.5\n\n1 0 obj", 1))


@honest("in letters and digits")
def in_hexadecimal(data: bytes) -> bytes:
    with pikepdf.open(io.BytesIO(data)) as pdf:
        for each in pdf.objects:
            if isinstance(each, pikepdf.Stream) and "/Filter" not in each:
                each.write(each.read_raw_bytes().hex().encode() + b">", filter=Name.ASCIIHexDecode)
        return serialize(pdf, stream_decode_level=pikepdf.StreamDecodeLevel.none, compress_streams=False)


# Revisions, objects, bytes

raw("revision", "appended")(updated)
raw("revision", "without an end mark")(lambda data: updated(data, end=b""))
raw("revision", "without the way back")(lambda data: updated(data, prev=False))
raw("revision", "without startxref")(lambda data: updated(data, start=False, end=b""))
raw("revision", "in a comment")(lambda data: updated(data[: data.rindex(b"%%EOF")], end=b"%%EOF\n"))


@raw("revision", "on the file as it was printed")
def _(data: bytes) -> bytes:
    return updated(data).replace(b"%%EOF", b"%%EOG", 1)


# What a linearised file says of itself


def linearised(name: str, pattern: bytes, replacement: bytes) -> None:
    """Register a change of the same length in a linearised file, which readers take their pages from."""

    def run(data: bytes) -> bytes:
        before = HONEST["qpdf, linearised, a table"](data)
        after = re.sub(pattern, lambda found: found.expand(replacement).ljust(len(found[0])), before, count=1)
        assert before != after and len(before) == len(after), f"{name} changes nothing"
        return after

    FORGED[f"linearised: {name}"] = run


linearised("another first page", rb"/O \d+ ", rb"/O 1 ")
linearised("another number of pages", rb"/N \d+ ", rb"/N 9 ")
linearised("another place of its hints", rb"/H \[ \d+ \d+ \]", rb"/H [ 15 9 ]")
linearised("another place of its objects", rb"/T \d+ ", rb"/T 9 ")
linearised("another page opened first", rb"/E (\d+) /N (\d+) /T", rb"/P 1/N \2 /T")
linearised("keys of its own", rb"/E (\d+) /N", rb"/Q 1/E 9/N")


@raw("linearised", "parameters in a file that is not")
def _(data: bytes) -> bytes:
    head, rest = data[: data.index(b"1 0 obj")], data[data.index(b"1 0 obj") :]
    made = b"9999 0 obj\n<</Linearized 1/L 0000000000/H[9 9]/O 1/E 9/N 1/T 9>>\nendobj\n"
    whole = renumber(head + made + rest)
    return whole.replace(b"/L 0000000000", b"/L %010d" % len(whole))


FORGED["revision: behind a linearised file"] = lambda data: (
    HONEST["qpdf, linearised"](data) + b"9999 0 obj\n" + a_stream() + b"\nendobj\n"
)
FORGED["bytes: of another file in front"] = lambda data: b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\n" + data
FORGED["bytes: after the end"] = lambda data: data + b"<script>alert(1)</script>"
FORGED["bytes: spaces after the end"] = lambda data: data + b" " * 2000
FORGED["bytes: a whole file after the end"] = lambda data: data + data


# What some readers take, and others stumble at


def written(name: str, pattern: bytes, replacement: bytes) -> None:
    """Register a value written in another way, which readers understand differently."""

    def run(data: bytes) -> bytes:
        return renumber(re.sub(pattern, replacement, data, count=1))

    raw("written", name)(run)


written("content that is null", rb"/Contents (\d+ 0 R)", rb"/Contents [ null \1 ]")
written("content that is not there", rb"/Contents (\d+ 0 R)", rb"/Contents [ \1 9998 0 R ]")
written("widths from 1.0 on", rb"/W \[ (\d+) \[", rb"/W [ \1.0 [")
written("marked content 0.9999999", rb"/K \[ 1 ", rb"/K [ 0.9999999 ")
written("a count of 1.0", rb"(/Type /Pages\b[^>]*|/Count \d+)(?=[ >])", rb"\1.0")
written("flags of 4.0", rb"/F 4 ", rb"/F 4.0 ")
written("a null among the links", rb"/AF \[", rb"/AF [ null")


@raw("bytes", "between objects")
def _(data: bytes) -> bytes:
    return renumber(data.replace(b"endobj\n", b"endobj\n% words in a comment\n", 1))


@raw("bytes", "after a packed stream")
def _(data: bytes) -> bytes:
    match = re.search(rb"<<[^<>]*/FlateDecode[^<>]*/Length (\d+)[^<>]*>>\nstream\n", data)
    assert match
    length, end = int(match[1]), match.end() + int(match[1])
    made = data[:end] + zlib.compress(HELLO) + data[end:]
    new = b"/Length %d" % (length + len(zlib.compress(HELLO)))
    return renumber(made[: match.start()] + made[match.start() :].replace(b"/Length %d" % length, new, 1))


def twice(first: bool) -> Change:
    def change(data: bytes) -> bytes:
        data, contents = with_object(data, a_stream())
        _, match = page_object(data)
        more = b"/Contents %d 0 R " % contents
        made = b"<< " + more + match[1][2:] if first else match[1][:-2] + more + b">>"
        return renumber(data[: match.start(1)] + made + data[match.end(1) :])

    return change


raw("twice", "contents, ours last")(twice(True))
raw("twice", "contents, ours first")(twice(False))


@raw("twice", "contents, one spelled otherwise")
def _(data: bytes) -> bytes:
    data, contents = with_object(data, a_stream())
    _, match = page_object(data)
    made = match[1][:-2] + b"/C#6fntents %d 0 R >>" % contents
    return renumber(data[: match.start(1)] + made + data[match.end(1) :])


@raw("twice", "an object, the table leads to ours")
def _(data: bytes) -> bytes:
    number, _ = page_object(data)
    data, contents = with_object(data, a_stream())
    at = data.rindex(b"\nxref\n") + 1
    again = b"%d 0 obj\n" % number + other_page(data, contents) + b"\nendobj\n"
    start = re.sub(rb"startxref\n\d+", b"startxref\n%d" % (at + len(again)), data[at:])
    return data[:at] + again + start


@raw("twice", "an object, the table leads to the other")
def _(data: bytes) -> bytes:
    number, _ = page_object(data)
    data, contents = with_object(data, a_stream())
    at = data.rindex(b"\nxref\n") + 1
    return renumber(data[:at] + b"%d 0 obj\n" % number + other_page(data, contents) + b"\nendobj\n" + data[at:])


@raw("twice", "an object with a higher generation")
def _(data: bytes) -> bytes:
    number, _ = page_object(data)
    data, contents = with_object(data, a_stream())
    at = data.rindex(b"\nxref\n") + 1
    again = b"%d 1 obj\n" % number + other_page(data, contents) + b"\nendobj\n"
    return data[:at] + again + re.sub(rb"startxref\n\d+", b"startxref\n%d" % (at + len(again)), data[at:])


@raw("hidden", "an object that no table lists")
def _(data: bytes) -> bytes:
    at = data.rindex(b"\nxref\n") + 1
    hidden = b"99999 0 obj\n" + a_stream() + b"\nendobj\n"
    return data[:at] + hidden + re.sub(rb"startxref\n\d+", b"startxref\n%d" % (at + len(hidden)), data[at:])


@raw("hidden", "an object that nothing leads to")
def _(data: bytes) -> bytes:
    return with_object(data, a_stream())[0]


def loose(content: bytes, count: int) -> Change:
    """Objects that nothing leads to."""

    def change(data: bytes) -> bytes:
        first = int(re.findall(rb"/Size (\d+)", data)[-1])
        at = data.rindex(b"\nxref\n") + 1
        made = b"".join(b"%d 0 obj\n" % number + content + b"\nendobj\n" for number in range(first, first + count))
        return renumber(data[:at] + made + data[at:])

    return change


raw("hidden", "empty objects that nothing leads to")(loose(b"<< >>", 20_000))
raw("hidden", "an empty list that nothing leads to")(loose(b"[ ]", 1))
raw("hidden", "nothing, to which nothing leads")(loose(b"null", 1))
raw("hidden", "a parameter of a linearised file that nothing leads to")(loose(b"<</Linearized 1>>", 1))
raw("hidden", "hints that nothing leads to")(loose(b"<</S 36/Length 0>>\nstream\n\nendstream", 1))


@raw("hidden", "words of the file's form in a comment")
def _(data: bytes) -> bytes:
    return renumber(data.replace(b"\n1 0 obj", b"\n% 9 0 obj (Withdrawn) endobj\n1 0 obj", 1))


@raw("hidden", "a table that leads elsewhere")
def _(data: bytes) -> bytes:
    _, match = page_object(data)
    old = b"%010d 00000 n" % match.start()
    assert old in data
    return data.replace(old, b"%010d 00000 n" % (match.start() + 1))


@raw("hidden", "a second table for other readers")
def _(data: bytes) -> bytes:
    return data.replace(b"trailer << ", b"trailer << /XRefStm 15 ", 1).replace(
        b"trailer\n<<", b"trailer\n<< /XRefStm 15 "
    )


@raw("hidden", "a stream that is shorter than it says")
def _(data: bytes) -> bytes:
    data, number = with_object(data, a_stream())
    _, match = page_object(data)
    data = data.replace(b"/Length %d >>\nstream\n" % len(HELLO), b"/Length %d >>\nstream\n" % (len(HELLO) - 9))
    made = re.sub(rb"/Contents \d+ 0 R", b"/Contents %d 0 R" % number, match[1])
    return renumber(data.replace(match[1], made))


@raw("hidden", "a stream in another file")
def _(data: bytes) -> bytes:
    return renumber(re.sub(rb"/Length (\d+)", rb"/F (other.bin) /Length \1", data, count=1))


FORGED["hidden: an object stream with more than it lists"] = lambda data: _packed(data, extra=True)
FORGED["hidden: an object stream that extends another"] = lambda data: _packed(data, extra=False)


def _packed(data: bytes, *, extra: bool) -> bytes:
    """The file with all objects in a table but one stream of objects that is not as ours are."""
    with pikepdf.open(io.BytesIO(data)) as pdf:
        data = serialize(pdf, object_stream_mode=ObjectStreamMode.generate)
    match = re.search(rb"<<[^<>]*/Type /ObjStm[^<>]*>>\nstream\n", data)
    assert match
    length = int(re.findall(rb"/Length (\d+)", match[0])[0])
    content = zlib.decompress(data[match.end() : match.end() + length])
    new = zlib.compress(content + (b" << /Extra true >>" if extra else b""), 9)
    head = match[0] if extra else match[0].replace(b"/Type /ObjStm", b"/Type /ObjStm /Extends 1 0 R")
    head = head.replace(b"/Length %d" % length, b"/Length %d" % len(new))
    made = data[: match.start()] + head + new + data[match.end() + length :]
    # the cross-reference stream, its places moved
    shift = len(made) - len(data)
    at = int(re.findall(rb"startxref\n(\d+)", made)[-1])
    made = re.sub(rb"startxref\n\d+", b"startxref\n%d" % (at + shift), made)
    return _shift_references(made, at + shift, match.start(), shift)


def _shift_references(data: bytes, at: int, after: int, shift: int) -> bytes:
    from c6brief.manifest.pdf_syntax import Stream as OurStream
    from c6brief.manifest.pdf_syntax import find_stream, parse_value

    begin = data.index(b"obj", at) + 3
    values, end = parse_value(data, begin)
    inside = find_stream(data, end)
    assert inside is not None
    stream = OurStream(values)
    stream.raw = data[inside : inside + values["Length"]]
    rows, widths = stream.decode(), values["W"]
    moved = b""
    for place in range(0, len(rows), sum(widths)):
        row = rows[place : place + sum(widths)]
        second = int.from_bytes(row[widths[0] : widths[0] + widths[1]], "big")
        if row[0] == 1 and second > after:
            second += shift
        moved += row[: widths[0]] + second.to_bytes(widths[1], "big") + row[widths[0] + widths[1] :]
    packed = zlib.compress(moved)
    head = re.sub(rb"/DecodeParms <<.*?>>", b"", data[at:inside], flags=re.S)
    head = re.sub(rb"/Length \d+", b"/Length %d" % len(packed), head)
    return data[:at] + head + packed + data[inside + values["Length"] :]


@edited("hidden", "a second version of an attachment")
def _(pdf: Pdf) -> None:
    specification(pdf).EF.UF = pdf.make_stream(b"year,value\n2030,0\n", Type=Name.EmbeddedFile)


@edited("hidden", "a second version of the manifest")
def _(pdf: Pdf) -> None:
    specification(pdf, "manifest.json").EF.UF = pdf.make_stream(b"{}", Type=Name.EmbeddedFile)


# Pages and what is painted on them


@edited("paint", "a white box and other words")
def _(pdf: Pdf) -> None:
    pdf.pages[0].Resources.Font.F0 = Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica)
    draw(pdf, HELLO)


@edited("paint", "a white box")
def _(pdf: Pdf) -> None:
    draw(pdf, b"q 1 1 1 rg 50 50 300 300 re f Q")


@edited("paint", "under everything")
def _(pdf: Pdf) -> None:
    draw(pdf, b"q 1 0 0 rg 0 0 600 800 re f Q", before=True)


@edited("paint", "words off the page")
def _(pdf: Pdf) -> None:
    draw(pdf, re.sub(rb".*?(BT.*?ET).*", rb"q 1 0 0 1 9000 0 cm \1 Q", pdf.pages[0].Contents.read_bytes(), flags=re.S))


@edited("paint", "words taken out")
def _(pdf: Pdf) -> None:
    replace_content(pdf, rb"\[(<[0-9a-f]+>[-\d.]*)+\] TJ", b"[] TJ")


@edited("paint", "words moved")
def _(pdf: Pdf) -> None:
    replace_content(pdf, rb"1 0 0 -1 ([\d.]+) ([\d.]+) Tm", rb"1 0 0 -1 \1 9\2 Tm")


@edited("paint", "words made invisible")
def _(pdf: Pdf) -> None:
    replace_content(pdf, rb"BT\n", b"BT\n3 Tr\n")


@edited("paint", "a colour")
def _(pdf: Pdf) -> None:
    replace_content(pdf, rb"[\d.]+ [\d.]+ [\d.]+ rg", b"1 1 1 rg")


@edited("paint", "another text for who copies or listens")
def _(pdf: Pdf) -> None:
    replace_content(pdf, rb"<</MCID 0>>", b"<</MCID 0 /ActualText (No station)>>")


@edited("paint", "a clip that hides")
def _(pdf: Pdf) -> None:
    draw(pdf, b"0 0 10 10 re W n", before=True)


@edited("paint", "a picture on top")
def _(pdf: Pdf) -> None:
    image = pdf.make_stream(
        b"\xff" * 300, Type=Name.XObject, Subtype=Name.Image, Width=10, Height=10, ColorSpace=Name.DeviceRGB,
        BitsPerComponent=8,
    )  # fmt: skip
    pdf.pages[0].Resources.XObject = Dictionary(**dict(pdf.pages[0].Resources.get("/XObject", {})), Im0=image)
    draw(pdf, b"q 500 0 0 700 30 30 cm /Im0 Do Q")


@edited("paint", "a figure's bar made longer")
def _(pdf: Pdf) -> None:
    content = pdf.pages[0].Contents.read_bytes()
    last = list(re.finditer(rb"([\d.]+) ([\d.]+) l\n", content))[-1]
    made = content[: last.start()] + b"300 " + last[2] + b" l\n" + content[last.end() :]
    pdf.pages[0].Contents = pdf.make_stream(made)


@edited("paint", "a transparency")
def _(pdf: Pdf) -> None:
    states = pdf.pages[0].Resources.ExtGState
    states[sorted(states.keys())[0]] = Dictionary(ca=0, CA=0)


@edited("font", "letters copied as others")
def _(pdf: Pdf) -> None:
    cmap = font_of(pdf).ToUnicode
    content = cmap.read_bytes()
    one, two = re.findall(rb"<[0-9a-fA-F]{4}> (<[0-9a-fA-F]{4}>)", content)[:2]
    cmap.write(content.replace(one, b"<?>").replace(two, one).replace(b"<?>", two))


@edited("font", "glyphs swapped")
def _(pdf: Pdf) -> None:
    mapped = bytearray(b"".join(n.to_bytes(2, "big") for n in range(3000)))
    mapped[8:12] = mapped[10:12] + mapped[8:10]
    font_of(pdf).DescendantFonts[0].CIDToGIDMap = pdf.make_stream(bytes(mapped))


@edited("font", "another font's outlines")
def _(pdf: Pdf) -> None:
    fonts = pdf.pages[0].Resources.Font
    one, two = [fonts[key].DescendantFonts[0].FontDescriptor for key in sorted(fonts.keys())[:2]]
    key = next(each for each in one if str(each).startswith("/FontFile"))
    one[key], two[key] = two[key], one[key]


@edited("font", "widths")
def _(pdf: Pdf) -> None:
    font_of(pdf).DescendantFonts[0].W = Array([1, Array([0, 0, 0, 0, 0])])


@edited("font", "swapped for one another")
def _(pdf: Pdf) -> None:
    fonts = pdf.pages[0].Resources.Font
    one, two = sorted(fonts.keys())[:2]
    fonts[one], fonts[two] = fonts[two], fonts[one]


for key, box in {"CropBox": [0, 0, 300, 300], "MediaBox": [0, 0, 595, 300], "TrimBox": [0, 0, 9, 9]}.items():
    edited("frame", key)(lambda pdf, key=key, box=box: pdf.pages[0].obj.__setitem__(f"/{key}", Array(box)))
edited("frame", "turned")(lambda pdf: pdf.pages[0].obj.__setitem__("/Rotate", 180))
edited("frame", "turned for all pages")(lambda pdf: pdf.Root.Pages.__setitem__("/Rotate", 180))
edited("frame", "enlarged")(lambda pdf: pdf.pages[0].obj.__setitem__("/UserUnit", 40))
edited("frame", "order of tabs")(lambda pdf: pdf.pages[0].obj.__setitem__("/Tabs", Name.R))
edited("frame", "a transition")(lambda pdf: pdf.pages[0].obj.__setitem__("/Trans", Dictionary(S=Name.Dissolve)))
edited("frame", "shown for a second")(lambda pdf: pdf.pages[0].obj.__setitem__("/Dur", 1))
edited("frame", "a thumbnail")(lambda pdf: pdf.pages[0].obj.__setitem__("/Thumb", pdf.make_stream(b"x", Width=1)))
edited("frame", "a page's own metadata")(lambda pdf: pdf.pages[0].obj.__setitem__("/Metadata", pdf.Root.Metadata))
edited("frame", "an attachment on a page")(lambda pdf: pdf.pages[0].obj.__setitem__("/AF", Array([specification(pdf)])))
edited("pages", "turned round")(
    lambda pdf: pdf.Root.Pages.__setitem__("/Kids", Array(list(reversed(list(pdf.Root.Pages.Kids)))))
)
edited("pages", "the last one dropped")(lambda pdf: pdf.pages.__delitem__(-1))
edited("pages", "one twice")(lambda pdf: pdf.pages.append(pdf.pages[0]))
edited("pages", "a blank one added")(lambda pdf: pdf.add_blank_page())
edited("pages", "other labels")(
    lambda pdf: pdf.Root.__setitem__("/PageLabels", Dictionary(Nums=Array([0, Dictionary(P=String("Draft "))])))
)


@raw("pages", "a count that hides the last")
def _(data: bytes) -> bytes:
    match = re.search(rb"/Count (\d+)( /Kids \[[^]]*\] /Type /Pages)", data)
    assert match
    return data[: match.start()] + b"/Count %d" % (int(match[1]) - 1) + match[2] + data[match.end() :]


# Links and comments


@edited("link", "to another site")
def _(pdf: Pdf) -> None:
    link(pdf, "/A").A.URI = String("https://example.org/another")


edited("link", "to a script")(
    lambda pdf: link(pdf, "/A").__setitem__("/A", Dictionary(S=Name.JavaScript, JS=String("app.alert(1)")))
)
edited("link", "to a program")(
    lambda pdf: link(pdf, "/A").__setitem__("/A", Dictionary(S=Name.Launch, F=String("calc.exe")))
)


@edited("link", "to another place of the file")
def _(pdf: Pdf) -> None:
    link(pdf, "/Dest").Dest[3] = 5


edited("link", "to another page")(lambda pdf: link(pdf, "/Dest").Dest.__setitem__(0, pdf.pages[-1].obj))
edited("link", "said otherwise")(lambda pdf: link(pdf, "/Contents").__setitem__("/Contents", String("Note 99")))
edited("link", "moved")(lambda pdf: link(pdf, "/Rect").__setitem__("/Rect", Array([0, 0, 600, 800])))
edited("link", "taken out")(lambda pdf: pdf.pages[0].Annots.__delitem__(0))
edited("link", "with an action besides")(
    lambda pdf: link(pdf, "/Rect").__setitem__("/AA", Dictionary(E=Dictionary(S=Name.JavaScript, JS=String("1"))))
)
edited("link", "a name that leads elsewhere")(
    lambda pdf: pdf.Root.Names.Dests.Names.__setitem__(1, pdf.Root.Names.Dests.Names[-1])
)
edited("link", "an address that relative ones are joined to")(
    lambda pdf: pdf.Root.__setitem__("/URI", Dictionary(Base=String("https://example.org")))
)
edited("comment", "typed on the page")(
    lambda pdf: annotation(pdf, Subtype=Name.FreeText, Contents=String("Withdrawn"), DA=String("/Helv 12 Tf"))
)
edited("comment", "a note")(lambda pdf: annotation(pdf, Subtype=Name.Text, Contents=String("This was withdrawn.")))
edited("comment", "a stamp")(lambda pdf: annotation(pdf, Subtype=Name.Stamp, Name=Name.Draft))
edited("comment", "a line through words")(
    lambda pdf: annotation(pdf, Subtype=Name.StrikeOut, QuadPoints=Array([50, 500, 400, 500, 50, 480, 400, 480]))
)
edited("comment", "a file pinned to the page")(
    lambda pdf: annotation(pdf, Subtype=Name.FileAttachment, FS=specification(pdf))
)


@edited("comment", "a form's field with a value")
def _(pdf: Pdf) -> None:
    annotation(
        pdf, Subtype=Name.Widget, FT=Name.Tx, T=String("a"), V=String("Every lift is closed"), DA=String("/F 9 Tf")
    )
    pdf.Root.AcroForm = Dictionary(Fields=Array([pdf.pages[0].Annots[-1]]), NeedAppearances=True)


# What is read aloud


@edited("aloud", "an alternative text")
def _(pdf: Pdf) -> None:
    first_tag(pdf, "/Figure").Alt = String("Chart that shows nothing.")


edited("aloud", "an alternative text taken out")(lambda pdf: first_tag(pdf, "/Figure").__delitem__("/Alt"))
edited("aloud", "another text in place of words")(
    lambda pdf: first_tag(pdf, "/P").__setitem__("/ActualText", String("No station is step-free."))
)
edited("aloud", "an expansion")(lambda pdf: first_tag(pdf, "/P").__setitem__("/E", String("Other words")))
edited("aloud", "the language of a paragraph")(lambda pdf: first_tag(pdf, "/P").__setitem__("/Lang", String("fr")))
edited("aloud", "the language of the document")(lambda pdf: pdf.Root.__setitem__("/Lang", String("fr")))
edited("aloud", "a heading as a paragraph")(lambda pdf: first_tag(pdf, "/H2").__setitem__("/S", Name.P))
edited("aloud", "an order turned round")(
    lambda pdf: first_tag(pdf, "/Sect").__setitem__("/K", Array(list(reversed(list(first_tag(pdf, "/Sect").K)))))
)
edited("aloud", "roles mapped")(
    lambda pdf: pdf.Root.StructTreeRoot.__setitem__("/RoleMap", Dictionary(P=Name.Artifact))
)
edited("aloud", "a heading of a table")(
    lambda pdf: first_tag(pdf, "/TH").__setitem__("/A", Dictionary(O=Name.Table, Scope=Name.Row))
)
edited("aloud", "a paragraph left out")(lambda pdf: first_tag(pdf, "/P").__setitem__("/K", Array([])))
edited("aloud", "no tags")(lambda pdf: pdf.Root.__delitem__("/StructTreeRoot"))
edited("aloud", "tags in doubt")(lambda pdf: pdf.Root.MarkInfo.__setitem__("/Suspects", True))
edited("aloud", "parents swapped")(
    lambda pdf: pdf.Root.StructTreeRoot.ParentTree.Nums.__setitem__(-1, pdf.Root.StructTreeRoot.ParentTree.Nums[-3])
)
edited("bookmark", "renamed")(lambda pdf: pdf.Root.Outlines.First.__setitem__("/Title", String("Withdrawn")))
edited("bookmark", "to another page")(
    lambda pdf: pdf.Root.Outlines.First.__setitem__("/Dest", Array([pdf.pages[-1].obj, Name.Fit]))
)
edited("bookmark", "to a script")(
    lambda pdf: pdf.Root.Outlines.First.__setitem__("/A", Dictionary(S=Name.JavaScript, JS=String("app.alert(1)")))
)
edited("bookmark", "in red")(lambda pdf: pdf.Root.Outlines.First.__setitem__("/C", Array([1, 0, 0])))
edited("bookmark", "all taken out")(lambda pdf: pdf.Root.__delitem__("/Outlines"))

# What catalogues, viewers and archives are told

for key, words in {
    "Title": "Another title",
    "Author": "Somebody",
    "Subject": "x",
    "Keywords": "x",
    "Creator": "x",
}.items():
    edited("properties", key)(lambda pdf, key=key, words=words: pdf.docinfo.__setitem__(f"/{key}", String(words)))
edited("properties", "the day of making")(lambda pdf: pdf.docinfo.__setitem__("/CreationDate", String("D:20200101")))
edited("properties", "one more")(lambda pdf: pdf.docinfo.__setitem__("/Status", String("Withdrawn")))
edited("properties", "a long name of the program")(
    lambda pdf: pdf.docinfo.__setitem__("/Producer", String("Withdrawn. " * 50))
)
edited("metadata", "a title")(lambda pdf: metadata(pdf, b"Stations wait", b"Stations do not wait"))
edited("metadata", "a claim taken out")(lambda pdf: metadata(pdf, b'pdfuaid:part="1"', b'pdfuaid:part="9"'))
edited("metadata", "an entity")(lambda pdf: metadata(pdf, b"<x:xmpmeta", b'<!DOCTYPE x [<!ENTITY e "x">]><x:xmpmeta'))
edited("metadata", "taken out")(lambda pdf: pdf.Root.__delitem__("/Metadata"))


@edited("attachment", "changed")
def _(pdf: Pdf) -> None:
    specification(pdf).EF.F.write(specification(pdf).EF.F.read_bytes().replace(b"2019", b"2018"))


def renamed(pdf: Pdf, *keys: str) -> None:
    for key in keys:
        specification(pdf)[key] = String("other.csv")


edited("attachment", "renamed")(lambda pdf: renamed(pdf, "/UF", "/F"))
edited("attachment", "renamed for some readers")(lambda pdf: renamed(pdf, "/F"))
edited("attachment", "described otherwise")(
    lambda pdf: specification(pdf).__setitem__("/Desc", String("Withdrawn data"))
)
edited("attachment", "of another day")(
    lambda pdf: specification(pdf).EF.F.Params.__setitem__("/ModDate", String("D:2030"))
)
edited("attachment", "of another kind")(lambda pdf: specification(pdf).__setitem__("/AFRelationship", Name.Alternative))
edited("attachment", "added")(lambda pdf: pdf.attachments.__setitem__("more.txt", b"more"))
edited("attachment", "taken out")(lambda pdf: pdf.Root.Names.EmbeddedFiles.Names.__delitem__(slice(0, 2)))
edited("attachment", "cut loose")(lambda pdf: pdf.Root.__delitem__("/AF"))
edited("attachment", "cut loose from its figure")(lambda pdf: first_tag(pdf, "/Figure").__delitem__("/AF"))
edited("attachment", "listed under another name")(
    lambda pdf: pdf.Root.Names.EmbeddedFiles.Names.__setitem__(0, String("another.csv"))
)

SCRIPT = Dictionary(S=Name.JavaScript, JS=String("app.alert(1)"))
for key, value in {
    "OpenAction": SCRIPT,
    "AA": Dictionary(WC=SCRIPT),
    "PageMode": Name.FullScreen,
    "PageLayout": Name.TwoPageLeft,
    "Collection": Dictionary(View=Name.T),
    "AcroForm": Dictionary(Fields=Array([]), XFA=String("<xdp/>")),
    "Extensions": Dictionary(ADBE=Dictionary(BaseVersion=Name("/1.7"), ExtensionLevel=8)),
    "Version": Name("/2.0"),
    "Perms": Dictionary(),
    "Threads": Array([]),
    "Legal": Dictionary(),
    "Dests": Dictionary(),
    "NeedsRendering": True,
}.items():
    edited("catalog", key)(lambda pdf, key=key, value=value: pdf.Root.__setitem__(f"/{key}", value))
edited("catalog", "scripts")(
    lambda pdf: pdf.Root.Names.__setitem__("/JavaScript", Dictionary(Names=Array([String("a"), SCRIPT])))
)
edited("catalog", "how viewers show it")(lambda pdf: pdf.Root.ViewerPreferences.__setitem__("/ViewArea", Name.BleedBox))
edited("catalog", "the title hidden")(lambda pdf: pdf.Root.ViewerPreferences.__setitem__("/DisplayDocTitle", False))
edited("catalog", "the colour profile")(lambda pdf: pdf.Root.OutputIntents[0].__setitem__("/Info", String("grey")))


@edited("catalog", "layers")
def _(pdf: Pdf) -> None:
    layer = pdf.make_indirect(Dictionary(Type=Name.OCG, Name=String("Words")))
    pdf.Root.OCProperties = Dictionary(OCGs=Array([layer]), D=Dictionary(OFF=Array([layer])))
    pdf.pages[0].Resources.Properties = Dictionary(L0=layer)
    draw(pdf, b"/OC /L0 BDC", before=True)
    draw(pdf, b"EMC")
