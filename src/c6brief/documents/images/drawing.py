"""SVG drawings that were made elsewhere: looked at, and made fit to stand in a page.

A drawing is refused that runs scripts, names other files or addresses, declares entities, or unfolds. What is left is
cleaned: elements and attributes of other vocabularies go, rules of style sheets become styles of the elements that they
match, ids get a prefix so that they meet no others of the page, and texts get the family of the page's figures.
"""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from typing import Any
from urllib.parse import unquote_to_bytes
from xml.etree.ElementTree import Element, ParseError, fromstring, tostring
from xml.parsers import expat

from c6brief.documents.drawing_size import MOST_DRAWN, find_multiplied
from c6brief.documents.images.facts import RASTER, BadImage, ImageFacts, format_of
from c6brief.documents.images.pixels import inspect_pixels

LARGEST_DRAWING = 5_000_000
"""Bytes of the file of a drawing. What is larger is better a picture of pixels."""

DEEPEST = 200
"""Elements within one another."""

_SVG = "{http://www.w3.org/2000/svg}"
_HREFS = ("href", "{http://www.w3.org/1999/xlink}href")
_ACTIVE = frozenset(("script", "foreignObject", "iframe", "audio", "video", "object", "embed", "handler", "listener"))
_DROPPED = frozenset(
    ("title", "desc", "metadata", "style", "animate", "animateTransform", "animateMotion", "animateColor", "set")
)
"""Elements that draw nothing on paper; ``alt`` stands for the title."""

_URL = re.compile(r"url\(\s*[\"']?\s*([^\"')\s]*)", re.I)
_LENGTH = re.compile(r"\s*([+]?(?:\d+(?:\.\d+)?|\.\d+)(?:e[+-]?\d+)?)\s*(px|pt|pc|mm|cm|in|)\s*\Z", re.I)
_PIXELS = {"": 1, "px": 1, "pt": 4 / 3, "pc": 16, "mm": 96 / 25.4, "cm": 96 / 2.54, "in": 96}
_NUMBER = re.compile(r"[+-]?(?:\d+(?:\.\d+)?|\.\d+)(?:e[+-]?\d+)?", re.I)
_DATA = re.compile(r"data:(image/[\w.+-]+)((?:;[\w=-]+)*),", re.I)


@dataclass(frozen=True)
class Drawing:
    """A drawing, ready to stand in a page or to be a file of its own."""

    width: float
    """CSS px, as is the height."""
    height: float
    view_box: str
    markup: str
    """What is in its ``svg`` element, as XML without prefixes of namespaces."""
    family: str = ""

    def to_file(self) -> bytes:
        """The drawing as a file."""
        named = f' font-family="{self.family}"' if self.family else ""
        head = f'<svg xmlns="http://www.w3.org/2000/svg" width="{self.width:g}" height="{self.height:g}"'
        return f'{head} viewBox="{self.view_box}"{named}>{self.markup}</svg>'.encode()


def inspect_drawing(data: bytes) -> ImageFacts:
    """What is known of an SVG drawing, its texts among it. Raises :class:`BadImage`."""
    root = _parse(data)
    _check(root)
    width, height, _ = _size(root)
    return ImageFacts("SVG", width, height, tuple(filter(None, (_words(each) for each in root.iter(f"{_SVG}text")))))


def clean_drawing(data: bytes, prefix: str, family: str) -> Drawing:
    """The drawing in ``data``, whose ids then begin with ``prefix``, and whose texts are set in ``family``.

    Raises :class:`BadImage`.
    """
    root = _parse(data)
    _check(root)
    width, height, view_box = _size(root)
    _apply_styles(root)
    _clean(root, prefix)
    markup = "".join(_write(child) for child in root)
    inherited = {
        name: value for name, value in root.items() if name in _PROPERTIES and name not in ("overflow", "display")
    }
    if inherited:  # by all that is in it
        head = tostring(Element("g", inherited), encoding="unicode", short_empty_elements=False)
        markup = f"{head.removesuffix('</g>')}{markup}</g>"
    return Drawing(width, height, view_box, markup, family)


_PROPERTIES = frozenset((
    "alignment-baseline", "baseline-shift", "clip-path", "clip-rule", "color", "display", "dominant-baseline", "fill",
    "fill-opacity", "fill-rule", "filter", "flood-color", "flood-opacity", "font-size", "font-stretch", "font-style",
    "font-variant", "font-weight", "letter-spacing", "marker-end", "marker-mid", "marker-start", "mask", "opacity",
    "overflow", "stop-color", "stop-opacity", "stroke", "stroke-dasharray", "stroke-dashoffset", "stroke-linecap",
    "stroke-linejoin", "stroke-miterlimit", "stroke-opacity", "stroke-width", "text-anchor", "text-decoration",
    "transform", "visibility", "word-spacing",
))  # fmt: skip
"""The properties of CSS that are attributes too (SVG 2, 6.6), but for the family of fonts."""


def _parse(data: bytes) -> Element:
    if len(data) > LARGEST_DRAWING:
        message = f"the drawing has {len(data) / 1_000_000:.1f} MB"
        hint = f"at most {LARGEST_DRAWING // 1_000_000} MB are read: simplify it, or export it as PNG"
        raise BadImage("image-too-large", message, hint)
    _refuse_entities(data)
    try:
        root = fromstring(data)
    except (ParseError, ValueError, LookupError) as reason:
        raise BadImage("image-damaged", f"the drawing is no well-formed XML: {reason}", "export it again") from reason
    if root.tag == "svg":  # of no namespace, as people write it by hand
        for element in root.iter():
            if isinstance(element.tag, str) and not element.tag.startswith("{"):
                element.tag = _SVG + element.tag
    if root.tag != f"{_SVG}svg":
        raise BadImage("image-format", "the file is no SVG drawing", "its outermost element is not 'svg'")
    return root


def _refuse_entities(data: bytes) -> None:
    """Raise :class:`BadImage` for declared entities, before they are put in, and for elements too deep in one another."""
    parser = expat.ParserCreate()
    depth = 0

    def declared(name: str, *_: object) -> None:
        hint = "export it as plain SVG, or take the declaration out"
        raise BadImage("image-unsafe", f"the drawing declares the entity '{name}'", hint)

    def begin(name: str, _: object) -> None:
        nonlocal depth
        depth += 1
        if depth > DEEPEST:
            message = f"the drawing has more than {DEEPEST} elements within one another"
            raise BadImage("image-too-large", message, "ungroup it, or export it as PNG")

    def end(name: str) -> None:
        nonlocal depth
        depth -= 1

    parser.EntityDeclHandler, parser.StartElementHandler, parser.EndElementHandler = declared, begin, end
    try:
        parser.Parse(data, True)
    except (expat.ExpatError, ValueError, LookupError) as reason:
        if isinstance(reason, BadImage):
            raise
        raise BadImage("image-damaged", f"the drawing is no well-formed XML: {reason}", "export it again") from reason


def _check(root: Element) -> None:
    """Raise :class:`BadImage` for what a drawing may not have."""
    for element in root.iter():
        tag = _tag(element)
        if tag in _ACTIVE:
            raise BadImage("image-unsafe", f"the drawing has an element '{tag}'", "export it as plain SVG, without it")
        for name, value in element.items():
            local = name.rpartition("}")[2]
            if local.lower().startswith("on"):
                raise BadImage("image-unsafe", f"the drawing runs a script: '{local}'", "export it as plain SVG")
            if name in _HREFS and tag != "a":
                _check_reference(value)
            if "url(" in value.lower():
                _check_urls(value)
        if tag == "style" and element.text:
            _check_urls(element.text)
            if "@import" in element.text.lower() or "@font-face" in element.text.lower():
                raise BadImage(
                    "image-unsafe",
                    "the style sheet of the drawing names other files or fonts",
                    "export it without them: texts are set in the brief's own fonts",
                )
    found = find_multiplied(root)
    if found is not None:
        message = f"the drawing unfolds into {found.shapes:,} shapes or more; '#{found.id}' is used most"
        raise BadImage("drawing-unfolds", message, f"at most {MOST_DRAWN:,} are drawn")


def _check_urls(text: str) -> None:
    for match in _URL.finditer(text):
        if not match[1].startswith("#"):
            _check_reference(match[1])


def _check_reference(address: str) -> None:
    """Raise :class:`BadImage` unless an address is one in the drawing, or a small picture of pixels in place."""
    address = address.strip()
    if not address or address.startswith("#"):
        return
    match = _DATA.match(address)
    if match is None:
        hint = "embed the picture in the drawing, or take it out: nothing else is read"
        raise BadImage("image-unsafe", f"the drawing names another file: '{address[:60]}'", hint)
    try:
        rest = address[match.end() :]
        data = base64.b64decode(rest, validate=False) if "base64" in match[2].lower() else unquote_to_bytes(rest)
    except (binascii.Error, ValueError) as reason:
        raise BadImage("image-damaged", "a picture in the drawing is damaged", "export it again") from reason
    format = format_of(data)
    if format not in RASTER:
        raise BadImage("image-unsafe", f"the drawing holds a file that is no picture: {match[1]}", "take it out")
    inspect_pixels(data, format)


def _size(root: Element) -> tuple[float, float, str]:
    """Width and height of a drawing in CSS px, and its ``viewBox``."""
    box = [float(number) for number in _NUMBER.findall(root.get("viewBox", ""))]
    width, height = (_length(root.get(name, "")) for name in ("width", "height"))
    if len(box) != 4 or box[2] <= 0 or box[3] <= 0:
        if width is None or height is None:
            raise BadImage("image-format", "the drawing does not say its size", "give it a viewBox: 0 0 WIDTH HEIGHT")
        box = [0, 0, width, height]
    ratio = box[3] / box[2]
    width = width or (height / ratio if height else box[2])
    height = height or width * ratio
    if not (0.01 < ratio < 100 and 0 < width < 1e6 and 0 < height < 1e6):
        raise BadImage("image-format", f"the drawing is {width:g} × {height:g} px", "give it a width and a height")
    return width, height, " ".join(f"{number:g}" for number in box)


def _length(text: str) -> float | None:
    match = _LENGTH.match(text)
    value = float(match[1]) * _PIXELS[match[2].lower()] if match else 0.0
    return value or None


def _tag(element: Element) -> str:
    return str(element.tag).rpartition("}")[2]


def _words(text: Element) -> str:
    """The words of a ``text`` element; parts that are placed anew are parted by a space."""

    def read(element: Element) -> Iterator[str]:
        if element is not text and any(element.get(name) for name in ("x", "y", "dx", "dy")):
            yield " "
        yield element.text or ""
        for child in element:
            if _tag(child) not in _DROPPED:
                yield from read(child)
            yield child.tail or ""

    return " ".join("".join(read(text)).split())


# Cleaning ----------------------------------------------------------------------------------------------------------


def _apply_styles(root: Element) -> None:
    """Write the rules of the style sheets of a drawing into the elements that they match."""
    sheets = [element.text for element in root.iter(f"{_SVG}style") if element.text]
    if not sheets:
        return
    import cssselect2
    import tinycss2

    matcher: Any = cssselect2.Matcher()
    for sheet in sheets:
        for rule in tinycss2.parse_stylesheet(sheet, skip_comments=True, skip_whitespace=True):
            if rule.type != "qualified-rule":
                continue
            declared = [
                each
                for each in tinycss2.parse_blocks_contents(rule.content, skip_comments=True, skip_whitespace=True)
                if each.type == "declaration"
            ]
            text = "; ".join(f"{each.name}: {tinycss2.serialize(each.value).strip()}" for each in declared)
            try:
                selectors = cssselect2.compile_selector_list(rule.prelude)
            except cssselect2.SelectorError:
                continue
            for selector in selectors:
                if selector.pseudo_element is None and not selector.never_matches:
                    matcher.add_selector(selector, text)
    for wrapped in cssselect2.ElementWrapper.from_xml_root(root).iter_subtree():
        found = [payload for *_, payload in sorted(matcher.match(wrapped), key=lambda match: match[:2])]
        if found:
            element = wrapped.etree_element
            element.set("style", "; ".join(filter(None, (*found, element.get("style", "")))))


def _clean(root: Element, prefix: str) -> None:
    """Take out of ``root`` what does not draw, and make ids its own. It is changed in place."""
    for element in root.iter():
        for child in list(element):
            if not isinstance(child.tag, str) or not child.tag.startswith(_SVG) or _tag(child) in _DROPPED:
                element.remove(child)
        is_link = _tag(element) == "a"
        styled: dict[str, str] = {}
        for name, value in list(element.items()):
            del element.attrib[name]
            if name in _HREFS:
                name = "href"
            if name.startswith("{") or name in ("class", "font-family", "tabindex", "role") or name.startswith("aria-"):
                continue
            if name == "href" and is_link:
                continue
            if name == "id":
                value = prefix + value
            elif name == "href" and value.strip().startswith("#"):
                value = f"#{prefix}{value.strip()[1:]}"
            elif "url(" in value:
                value = re.sub(r"url\(\s*[\"']?#([^\"')]*)[\"']?\s*\)", rf"url(#{prefix}\1)", value)
            if name == "style":
                styled.update(_declarations(value))
            elif value:
                element.set(name, value)
        for name, value in styled.items():
            element.set(name, value)
        if is_link:
            element.tag = f"{_SVG}g"


def _declarations(style: str) -> Iterator[tuple[str, str]]:
    """The declarations of a style that draw, as attributes: a page's own CSS knows none of these properties.

    The family of a font is left out: a font that is not the brief's would be exchanged without a word.
    """
    for declaration in style.split(";"):
        name, _, value = declaration.partition(":")
        name, value = name.strip().lower(), value.replace("!important", "").strip()
        if name == "font":
            yield from _longhands(value)
        elif name in _PROPERTIES and value:
            yield name, value


def _longhands(font: str) -> Iterator[tuple[str, str]]:
    """The size, weight and slant that the shorthand ``font`` of CSS gives."""
    for word in font.split():
        if word in ("bold", "bolder", "lighter") or (word.isdigit() and len(word) == 3):
            yield "font-weight", word
        elif word in ("italic", "oblique"):
            yield "font-style", word
        elif match := re.match(r"[\d.]+(?:px|pt|mm|em|rem|%)", word):
            yield "font-size", match[0]
            return  # what follows is the family


def _write(element: Element) -> str:
    """``element`` as XML, its names without prefixes."""
    for each in element.iter():
        each.tag = _tag(each)
    element.tail = None
    text = BytesIO()
    text.write(tostring(element, encoding="utf-8", xml_declaration=False, short_empty_elements=False))
    return text.getvalue().decode()
