"""The values of PDF (ISO 32000-1, 7.3), read strictly: what two readers could understand differently is refused.

Names are ``str`` without the solidus, strings are ``bytes``, numbers ``int`` or ``float``, arrays ``list``, dictionaries
``dict``, references :class:`Ref`; streams are dictionaries with bytes (:class:`Stream`).
"""

from __future__ import annotations

import io
import re
import struct
import zlib
from contextlib import suppress
from dataclasses import dataclass
from typing import Any, NamedTuple

from c6brief.documents.problems import quote

DEEPEST = 60
"""Values within values that are read."""

MOST_DECODED = 60_000_000
"""Bytes that one stream may unpack to. Ours have a few million at most; a photograph over a whole page has 26 million."""

MOST_FILTERS = 3

MOST_PREDICTED = 10_000_000
"""Bytes of a cross-reference: half a million objects."""

MOST_VALUES = 4_000_000
"""Values of a file that are read. A brief of a hundred pages has under a million."""

_SPACE = rb"[\0\t\n\f\r ]"
_END = rb"(?=[\0\t\n\f\r ()<>\[\]{}/%]|\Z)"
_TOKEN = re.compile(
    _SPACE + rb"*(?:"
    rb"(?P<ref>(\d{1,7})" + _SPACE + rb"+0" + _SPACE + rb"+R" + _END + rb")"
    rb"|(?P<number>[+-]?(?:\d{1,10}(?:\.\d{0,20})?|\.\d{1,20}))"
    + _END
    + rb"|/(?P<name>[!-$&'*-.0-;=?-Z\\^-z|~\x80-\xff]*)"
    rb"|(?P<open><<|\[)"
    rb"|(?P<close>>>|\])"
    rb"|<(?P<hex>[0-9A-Fa-f\0\t\n\f\r ]*)>"
    rb"|(?P<literal>\()"
    rb"|(?P<word>true|false|null)" + _END + rb")"
)
_ESCAPED_NAME = re.compile(r"#([0-9A-Fa-f]{2})")
_LITERAL = re.compile(rb"\\.|[()]", re.S)
_ESCAPE = re.compile(rb"\\(?:([0-7]{1,3})|(\r\n|[\r\n])|(.))|\r\n?", re.S)
_ESCAPED = {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"b": b"\b", b"f": b"\f"}
_STREAM = re.compile(_SPACE + rb"*stream(?:\r\n|\n)")
_WORDS = {b"true": True, b"false": False, b"null": None}

# PDFDocEncoding (ISO 32000-1, annex D.2), where it differs from Latin-1.
_DOC_ENCODING = {
    **dict(zip(range(0x18, 0x20), "˘ˇˆ˙˝˛˚˜", strict=True)),
    **dict(zip(range(0x80, 0x9F), "•†‡…—–ƒ⁄‹›−‰„“”‘’‚™ﬁﬂŁŒŠŸŽıłœšž", strict=True)),
    0xA0: "€",
}


class ForeignSyntax(ValueError):
    """Something that no file of ours has; its text says what, for people."""


class EncryptedFile(ForeignSyntax):
    """The file is encrypted."""


@dataclass
class Budget:
    """What is left of the values that are read of one file."""

    values: int = MOST_VALUES


class Ref(NamedTuple):
    """A reference to an indirect object. Its generation is 0: files with one revision have no other."""

    number: int


class Stream(dict[str, Any]):
    """A stream: its dictionary, and its bytes as they stand in the file."""

    raw: bytes = b""

    def decode(self, most: int = MOST_DECODED) -> bytes:
        """The bytes unpacked, ``most`` of them. What images are packed with stays. Raises :class:`ForeignSyntax`."""
        data = self.raw
        if len(self.filters) > MOST_FILTERS:
            raise ForeignSyntax(f"a stream packed {len(self.filters):,} times")
        for name, parameters in self.filters:
            if name == "FlateDecode" and parameters.get("Predictor", 1) != 1 and self.get("Subtype") == "Image":
                data = _read_png(data, self, parameters)
            elif name == "FlateDecode":
                data = _inflate(data, most)
                if parameters.get("Predictor", 1) != 1:
                    if self.get("Type") != "XRef":
                        raise ForeignSyntax("a prediction in a stream that is neither an image nor a cross-reference")
                    data = _undo_prediction(data, parameters)
            elif name == "ASCIIHexDecode":  # what MuPDF writes for who wants a file of letters and digits
                data = _read_hexadecimal(data)
            elif name not in ("DCTDecode", "JPXDecode", "CCITTFaxDecode"):
                raise ForeignSyntax(f"a stream packed by {show_name(name)}")
        return data

    @property
    def filters(self) -> list[tuple[str, dict[str, Any]]]:
        """What unpacks the bytes, first to last, each with its parameters. Raises :class:`ForeignSyntax`."""
        names, parameters = self.get("Filter") or [], self.get("DecodeParms") or []
        names = names if isinstance(names, list) else [names]
        parameters = [each or {} for each in (parameters if isinstance(parameters, list) else [parameters])]
        parameters += [{}] * (len(names) - len(parameters))
        known = all(isinstance(each, str) for each in names) and all(isinstance(each, dict) for each in parameters)
        whole = known and all(type(value) is int for each in parameters for value in each.values())
        if not whole or len(names) != len(parameters):
            raise ForeignSyntax("a stream that does not say how it is packed")
        return list(zip(names, parameters, strict=True))


def parse_value(data: bytes, at: int, budget: Budget | None = None) -> tuple[Any, int]:
    """The value that begins in ``data`` at this place, and where it ends. What it holds is taken from ``budget``.
    Raises :class:`ForeignSyntax`.
    """
    budget = budget or Budget()
    left = budget.values
    # Open arrays and dictionaries, each a list of what stands in it.
    stack: list[tuple[bytes, list[Any]]] = []
    match_token, position = _TOKEN.match, at
    while True:
        match = match_token(data, position)
        if match is None:
            raise ForeignSyntax(f"what is no value of PDF's, {show(data, position)}, at byte {position:,}")
        left -= 1
        if left < 0:
            raise ForeignSyntax(f"more than {MOST_VALUES:,} values")
        position, kind = match.end(), match.lastgroup
        value: Any
        if kind == "number":
            digits = match["number"]
            value = float(digits) if b"." in digits else int(digits)
        elif kind == "name":
            value = match["name"].decode("latin-1")
            if "#" in value:
                value = _ESCAPED_NAME.sub(lambda found: chr(int(found[1], 16)), value)
        elif kind == "ref":
            value = Ref(int(match[2]))
        elif kind == "open":
            if len(stack) >= DEEPEST:
                raise ForeignSyntax("values nested too deeply")
            stack.append((match["open"], []))
            continue
        elif kind == "close":
            opening, items = stack.pop() if stack else (b"", [])
            if match["close"] == b"]" and opening == b"[":
                value = items
            elif match["close"] == b">>" and opening == b"<<":
                value = _make_dictionary(items, position)
            else:
                raise ForeignSyntax(f"a bracket without its fellow at byte {position:,}")
        elif kind == "hex":
            digits = b"".join(match["hex"].split()).replace(b"\0", b"")
            value = bytes.fromhex((digits + b"0" * (len(digits) % 2)).decode())
        elif kind == "literal":
            position = _find_literal_end(data, position)
            value = data[match.end() : position - 1]
            if b"\\" in value or b"\r" in value:
                value = _ESCAPE.sub(_unescape, value)
        else:
            value = _WORDS[match["word"]]
        if not stack:
            budget.values = left
            return value, position
        stack[-1][1].append(value)


def show(data: bytes, at: int) -> str:
    """The first bytes at this place, for people."""
    return "“" + re.sub(r"[^ -~]", "·", data[at : at + 30].decode("latin-1")) + "”"


def show_name(name: object) -> str:
    """A name that a file gives to a key or a value, for people: a word as it is, /Desc, anything else in quotation marks."""
    return f"/{name}" if re.fullmatch(r"[A-Za-z0-9_.#+-]{1,40}", str(name)) else f"/{quote(name)}"


def find_stream(data: bytes, at: int) -> int | None:
    """Where the bytes of a stream begin whose dictionary ends ``at`` this place; ``None`` for no stream."""
    match = _STREAM.match(data, at)
    return match.end() if match else None


def decode_text(value: bytes) -> str:
    """A text string (ISO 32000-1, 7.9.2.2) as text."""
    with suppress(UnicodeDecodeError):
        if value[:2] == b"\xfe\xff":
            return value[2:].decode("utf-16-be", "surrogatepass")
        if value[:3] == b"\xef\xbb\xbf":
            return value[3:].decode("utf-8")
    return value.decode("latin-1").translate(_DOC_ENCODING)


def _make_dictionary(items: list[Any], position: int) -> dict[str, Any]:
    keys = items[::2]
    if len(items) % 2 or not all(isinstance(key, str) for key in keys):
        raise ForeignSyntax(f"a dictionary with a key that is no name before byte {position:,}")
    made = dict(zip(keys, items[1::2], strict=True))
    if len(made) != len(keys):
        twice = next(key for at, key in enumerate(keys) if key in keys[:at])
        raise ForeignSyntax(
            f"/{twice[:40]} twice in one dictionary before byte {position:,}: readers differ in which they take"
        )
    return made


def _find_literal_end(data: bytes, at: int) -> int:
    depth = 1
    for match in _LITERAL.finditer(data, at):
        depth += {b"(": 1, b")": -1}.get(match.group(), 0)
        if depth == 0:
            return match.end()
    raise ForeignSyntax(f"a text without an end at byte {at:,}")


def _unescape(match: re.Match[bytes]) -> bytes:
    if match[0][:1] == b"\r":
        return b"\n"
    if match[1]:
        return bytes([int(match[1], 8) & 255])
    return b"" if match[2] else _ESCAPED.get(match[3], match[3])


def _inflate(data: bytes, most: int) -> bytes:
    unpacking = zlib.decompressobj()
    try:
        found = unpacking.decompress(data, most)
    except zlib.error:
        raise ForeignSyntax("a stream that does not unpack: readers differ in what they make of it") from None
    if len(found) == most and not unpacking.eof:
        raise ForeignSyntax(f"a stream that unpacks to more than {most / 1_000_000:.0f} MB")
    if not unpacking.eof or unpacking.unused_data.strip(b"\r\n"):
        raise ForeignSyntax("a stream with an end missing or bytes after its end: readers differ in what they take")
    return found


def _read_hexadecimal(data: bytes) -> bytes:
    """ISO 32000-1, 7.4.2, whole pairs of digits and the mark of the end."""
    digits, end, after = data.partition(b">")
    try:
        if not end or after.strip(b"\0\t\n\f\r "):
            raise ValueError
        return bytes.fromhex(b"".join(digits.split()).decode("ascii"))
    except ValueError:
        raise ForeignSyntax("a stream of hexadecimal digits that is not well formed") from None


def _undo_prediction(data: bytes, parameters: dict[str, Any]) -> bytes:
    """PNG's prediction undone (ISO 32000-1, 7.4.4.4), of rows without it and of those predicted from the row above:
    what cross-references are written with."""
    width = parameters.get("Columns", 1)
    if len(data) > MOST_PREDICTED:
        raise ForeignSyntax("a cross-reference without end")
    if parameters.get("Predictor", 1) < 10 or not isinstance(width, int) or width < 1 or "Colors" in parameters:
        raise ForeignSyntax("a stream with a prediction that c6brief does not know")
    above, found = bytes(width), []
    for at in range(0, len(data), width + 1):
        row = data[at + 1 : at + width + 1]
        if data[at] not in (0, 2) or len(row) != width:
            raise ForeignSyntax("a stream with a prediction that c6brief does not know")
        above = bytes(a + b & 255 for a, b in zip(row, above, strict=True)) if data[at] == 2 else row
        found.append(above)
    return b"".join(found)


def _read_png(data: bytes, image: dict[str, Any], parameters: dict[str, Any]) -> bytes:
    """The pixels of an image that is packed as in PNG (ISO 32000-1, 7.4.4.4), read by the library that knows PNG best."""
    from PIL import Image

    width, height, colours = image.get("Width"), image.get("Height"), parameters.get("Colors", 1)
    kinds = {1: 0, 3: 2}  # PNG's colour types: grey, and red, green, blue
    sound = all(type(each) is int and 0 < each < 60_000 for each in (width, height))
    if not sound or colours not in kinds or parameters.get("Columns") != width or image.get("BitsPerComponent") != 8:
        raise ForeignSyntax("an image that is packed in a way that c6brief does not know")
    if len(_inflate(data, MOST_DECODED)) != height * (width * colours + 1):
        raise ForeignSyntax("an image that has not as many pixels as it says")
    head = struct.pack(">IIBBBBB", width, height, 8, kinds[colours], 0, 0, 0)
    chunks = ((b"IHDR", head), (b"IDAT", data), (b"IEND", b""))
    written = b"".join(
        struct.pack(">I", len(content)) + name + content + struct.pack(">I", zlib.crc32(name + content))
        for name, content in chunks
    )
    try:
        with Image.open(io.BytesIO(b"\x89PNG\r\n\x1a\n" + written), formats=["PNG"]) as opened:
            return opened.tobytes()
    except (OSError, ValueError, SyntaxError) as reason:
        raise ForeignSyntax(f"an image that cannot be unpacked ({reason})") from None
