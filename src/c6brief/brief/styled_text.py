"""Texts of CSL as HTML: their markup kept, everything else escaped.

Tags go through the setting of quotation marks and spaces as characters of Unicode's private use, which no text has after
:func:`marked`, so that these rules see the words as a reader does.
"""

from __future__ import annotations

import re

from markupsafe import Markup, escape

from c6brief.brief.prose import smarten
from c6brief.evidence.csl import StyledText, split_markup

_TAGS = {
    "i": ("<i>", "</i>"),
    "b": ("<b>", "</b>"),
    "sub": ("<sub>", "</sub>"),
    "sup": ("<sup>", "</sup>"),
    "small-caps": ('<span style="font-variant-caps: small-caps">', "</span>"),
    "roman": ('<i style="font-style: normal">', "</i>"),
    "nocase": ("", ""),
    "cite": ("<cite>", "</cite>"),
}
_CODES = {name: (chr(0xE000 + 2 * at), chr(0xE001 + 2 * at)) for at, name in enumerate(_TAGS)}
_HTML = {code: tag for name in _TAGS for code, tag in zip(_CODES[name], _TAGS[name], strict=True)}
_LINK, _LINK_END = "\ue020", "\ue021"
_PRIVATE = re.compile("[\ue000-\uf8ff]")
_MADE_PRIVATE = re.compile("[\ue000-\ue0ff]")
_INITIAL = re.compile(r"\w\.")
_FINAL = re.compile(r"[.!?…][\ue000-\uf8ff]*\Z")


def marked(text: str) -> str:
    """``text`` with its markup as private characters, and without any of its own."""
    if not isinstance(text, StyledText):
        return _PRIVATE.sub("", text) if not text.isascii() else text
    pieces = []
    for kind, words in split_markup(text.markup):
        name = kind.removeprefix("/")
        pieces.append(_PRIVATE.sub("", words) if kind == "text" else _CODES[name][kind != name])
    return "".join(pieces)


def in_italics(text: str) -> str:
    """A :func:`marked` title as the name of a work; what is in italics in it stands upright."""
    for upright, slanted in zip(_CODES["roman"], _CODES["i"], strict=True):
        text = text.replace(slanted, upright)
    return text.join(_CODES["cite"])


def linked(text: str, address: str, links: list[str]) -> str:
    """A :func:`marked` text as a link to ``address``, which is added to ``links``; itself where one of the two is empty."""
    if not address or not text:
        return text
    links.append(address)
    return f"{_LINK}{text}{_LINK_END}"


def plain(text: str) -> str:
    """A :func:`marked` text without its private characters."""
    return _MADE_PRIVATE.sub("", text)


def to_html(text: str, links: list[str] | None = None) -> Markup:
    """The HTML of a :func:`marked` text, with typographic marks and spaces. ``links`` are the addresses of its links, in order."""
    addresses = iter(links or ())

    def tag(code: str) -> str:
        if code == _LINK:
            return f'<a href="{escape(next(addresses))}">'
        return "</a>" if code == _LINK_END else _HTML.get(code, "")

    html = str(escape(smarten(text)))
    return Markup(_MADE_PRIVATE.sub(lambda found: tag(found.group()), html))


def ended(text: str) -> str:
    """A :func:`marked` text with a full stop, unless it ends as a sentence or an abbreviation does: never ``?.`` or ``..``."""
    return text if _FINAL.search(text) else f"{text}."


def capitalised(text: str) -> str:
    """A :func:`marked` text whose first letter is a capital; not that of ``n.d.`` or ``c. 1850``."""
    if _INITIAL.match(text):
        return text
    return re.sub("[^\ue000-\ue0ff]", lambda found: found.group().upper(), text, count=1)
