"""The visible words of a page: what its content streams show, in the order in which they show it.

This is a small reader of our own rather than a library's text extraction: what counts as a page's words must be the
same in ten years, and libraries guess at lines, columns and spaces, each release a little better. Here nothing is
guessed. Every text-showing operator (ISO 32000-1, 9.4.3: ``Tj``, ``TJ``, ``'``, ``"``) gives its glyphs' characters by
the font's ToUnicode map; a new text object, or a move off the line, begins a new piece; a form drawn by ``Do`` stands
where it is drawn.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from pypdf import PageObject
from pypdf.generic import DictionaryObject, StreamObject

from c6brief.manifest.resolved_values import as_dictionary

DEEPEST_FORM = 12
"""Forms drawn within forms that are followed."""

MOST_CODES = 200_000
"""Entries of a font's ToUnicode map that are read: three times what two bytes can say."""

MOST_CONTENT = 20_000_000
"""Bytes of content read for the pages of one file, forms as often as they are drawn. Ours have 130,000 a page at most."""

_TOKEN = re.compile(
    rb"%[^\r\n]*"
    rb"|(?P<literal>\()"
    rb"|<<|>>"
    rb"|<(?P<hex>[0-9A-Fa-f\s]*)>"
    rb"|/(?P<name>[^\s()<>\[\]{}/%]*)"
    rb"|(?<![^\s\]>)])(?P<operator>BI|BT|T[fjJdDm*]|Do|[qQ]|['\"])(?![^\s\[<(/%])"
)
_HEX_IN_NAME = re.compile(rb"#([0-9A-Fa-f]{2})")
_IMAGE_END = re.compile(rb"\sEI(?=\s|\Z)")
_ESCAPE = re.compile(rb"\\(?:([0-7]{1,3})|(\r\n|[\r\n])|(.))", re.S)
_ESCAPED = {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"b": b"\b", b"f": b"\f"}
_INVISIBLE = re.compile("[\u00ad\u200b\u2060\ufeff]")


def read_visible_pieces(page: PageObject, fonts: PdfFonts) -> tuple[str, ...]:
    """The pieces of text that ``page`` shows, in the order painted: lines, or parts of them set in a type of their own.

    ``fonts`` are those of its file, which other pages share.

    Raises what pypdf raises on broken objects, and ``ValueError`` for a page without end.
    """
    reader = _TextReader(fonts)
    contents = page.get_contents()
    if contents is not None:
        reader.read(contents.get_data(), as_dictionary(page.get("/Resources")), 0)
    return tuple(text for piece in reader.pieces if (text := "".join(piece).strip()))


def join_pieces(pieces: tuple[str, ...]) -> str:
    """The ``pieces`` of a page as one text. Runs of white space are one space; soft hyphens and zero-width characters
    are left out.
    """
    return " ".join(_INVISIBLE.sub("", " ".join(pieces)).split())


@dataclass
class _FontDecoder:
    """How the codes of a font become characters."""

    width: int
    """Bytes of one code: 2 in composite fonts (Type 0), else 1."""
    characters: dict[int, str]

    def decode(self, codes: bytes) -> str:
        if self.width == 1:
            return "".join([self.characters.get(code) or _decode_western(code) for code in codes])
        pairs = zip(codes[::2], codes[1::2], strict=False)
        return "".join([self.characters.get(high << 8 | low, "\ufffd") for high, low in pairs])


class PdfFonts:
    """The fonts of one file, each read once, and how much of the file's content has been read."""

    def __init__(self) -> None:
        self.read_bytes = 0
        self._known: dict[int, tuple[DictionaryObject, _FontDecoder]] = {}

    def decoder(self, font: Any) -> _FontDecoder | None:
        """How to decode text in the font that has this dictionary; ``None`` for one that is no font."""
        font = as_dictionary(font)
        if not font:
            return None
        if id(font) not in self._known:
            width = 2 if font.get("/Subtype") == "/Type0" else 1
            unicode_map = font.get("/ToUnicode")
            unicode_map = unicode_map.get_object() if unicode_map is not None else None
            mapped = _read_unicode_map(unicode_map.get_data()) if isinstance(unicode_map, StreamObject) else {}
            self._known[id(font)] = font, _FontDecoder(width, mapped)
        return self._known[id(font)][1]


@dataclass
class _TextReader:
    fonts: PdfFonts
    pieces: list[list[str]] = field(default_factory=list)

    def read(self, content: bytes, resources: DictionaryObject, depth: int) -> None:
        self.fonts.read_bytes += len(content) + 100
        if self.fonts.read_bytes > MOST_CONTENT or depth > DEEPEST_FORM:
            raise ValueError("a page draws more than can be read")
        fonts = as_dictionary(resources.get("/Font"))
        font: _FontDecoder | None = None
        name = ""
        saved: list[_FontDecoder | None] = []
        line: tuple[bytes, ...] = ()
        strings: list[bytes] = []
        for kind, value, operands in _tokenize(content):
            if kind == "string":
                strings.append(value)
            elif kind == "name":
                name = value
            else:
                if value == b"Tf":
                    font = self.fonts.decoder(fonts.get(f"/{name}"))
                elif value == b"q":
                    saved.append(font)
                elif value == b"Q":
                    font = saved.pop() if saved else None
                elif value == b"Do":
                    self._read_form(resources, name, depth)
                elif value in (b"Tj", b"TJ", b"'", b'"'):
                    if value in (b"'", b'"'):
                        self.pieces.append([])
                    self._show(font, strings)
                elif (place := _line_of(value, operands)) is None or (place and place != line):
                    self.pieces.append([])
                    line = place or ()
                strings = []

    def _show(self, font: _FontDecoder | None, strings: list[bytes]) -> None:
        if not self.pieces:
            self.pieces.append([])
        self.pieces[-1] += [font.decode(codes) if font else "\ufffd" * len(codes) for codes in strings]

    def _read_form(self, resources: DictionaryObject, name: str, depth: int) -> None:
        form = as_dictionary(resources.get("/XObject")).get(f"/{name}")
        form = form.get_object() if form is not None else None
        if isinstance(form, StreamObject) and form.get("/Subtype") == "/Form":
            self.pieces.append([])
            self.read(form.get_data(), as_dictionary(form.get("/Resources")) or resources, depth + 1)
            self.pieces.append([])


def _line_of(operator: bytes, operands: bytes) -> tuple[bytes, ...] | None:
    """The line that a text position lies on, ``()`` for the same one; ``None`` where a new one begins for certain."""
    numbers = operands.split()
    if operator == b"Tm" and len(numbers) >= 6:
        return (*numbers[-6:-2], numbers[-1])  # all but the way along the line
    if operator in (b"Td", b"TD") and len(numbers) >= 2 and not numbers[-1].strip(b"+-0."):
        return ()
    return None


def _tokenize(content: bytes) -> Iterator[tuple[str, Any, bytes]]:
    """Strings, names and the operators that matter, these with what stands before them; the rest is passed over."""
    at = 0
    while match := _TOKEN.search(content, at):
        at = match.end()
        if match.lastgroup == "hex":
            digits = b"".join(match["hex"].split()).decode()
            yield "string", bytes.fromhex(digits + "0" * (len(digits) % 2)), b""
        elif match.lastgroup == "name":
            yield "name", _HEX_IN_NAME.sub(lambda m: bytes([int(m[1], 16)]), match["name"]).decode("latin-1"), b""
        elif match.lastgroup == "literal":
            at = _find_literal_end(content, at)
            yield "string", _ESCAPE.sub(_unescape, content[match.end() : at - 1]), b""
        elif match.lastgroup == "operator":
            if match["operator"] == b"BI":
                end = _IMAGE_END.search(content, at)
                at = end.end() if end else len(content)
            else:
                yield "operator", match["operator"], content[max(0, match.start() - 120) : match.start()]


def _find_literal_end(content: bytes, at: int) -> int:
    depth = 1
    for match in re.compile(rb"\\.|[()]", re.S).finditer(content, at):
        depth += {b"(": 1, b")": -1}.get(match.group(), 0)
        if depth == 0:
            return match.end()
    return len(content) + 1


def _unescape(match: re.Match[bytes]) -> bytes:
    if match[1]:
        return bytes([int(match[1], 8) & 255])
    return b"" if match[2] else _ESCAPED.get(match[3], match[3])


_CMAP = re.compile(rb"begin(bfchar|bfrange)")
_CODE = re.compile(rb"<([0-9A-Fa-f\s]*)>|(\[)|(\])")


def _read_unicode_map(cmap: bytes) -> dict[int, str]:
    """A ToUnicode map (ISO 32000-1, 9.10.3): from code to characters."""
    found: dict[int, str] = {}
    at = 0
    while match := _CMAP.search(cmap, at):
        at = cmap.find(b"end" + match[1], match.end())
        if at < 0:
            break
        section = cmap[match.end() : at]
        codes = [None if code[1] else "]" if code[2] else b"".join(code[0].split()) for code in _CODE.findall(section)]
        if match[1] == b"bfchar":
            for code, text in zip(codes[::2], codes[1::2], strict=False):
                if isinstance(code, bytes) and isinstance(text, bytes):
                    found[int(code or b"0", 16)] = _decode_utf16(text)
        else:
            _read_ranges(codes, found)
    return found


def _read_ranges(codes: list[Any], found: dict[int, str]) -> None:
    at = read = 0
    while at + 2 < len(codes) and read < MOST_CODES:
        first, last, start = codes[at : at + 3]
        if not isinstance(first, bytes) or not isinstance(last, bytes):
            at += 1
            continue
        span = range(int(first or b"0", 16), min(int(last or b"0", 16), int(first or b"0", 16) + 65_535) + 1)
        read += len(span)
        if start is None:  # a list with the characters of each code
            end = next((place for place in range(at, len(codes)) if codes[place] == "]"), len(codes))
            for code, text in zip(span, codes[at + 3 : end], strict=False):
                found[code] = _decode_utf16(text)
            at = end + 1
        else:
            text = _decode_utf16(start) if isinstance(start, bytes) else ""
            for step, code in enumerate(span):
                found[code] = text[:-1] + chr(min(ord(text[-1]) + step, 0x10FFFF)) if text else ""
            at += 3


def _decode_utf16(digits: bytes) -> str:
    return bytes.fromhex((digits + b"0" * (len(digits) % 2)).decode()).decode("utf-16-be", "replace")


def _decode_western(code: int) -> str:
    return bytes([code]).decode("cp1252", "replace")
