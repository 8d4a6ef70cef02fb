"""From Matplotlib's SVG file to one element that can stand in a page beside others."""

from __future__ import annotations

import io
import re
from functools import lru_cache
from xml.etree import ElementTree

from c6brief.figures.canvas import Canvas, Lettering
from c6brief.figures.style import POINTS_PER_MM

_STEP = re.compile(r"([MLQCz])([^MLQCz]*)")
_REFERENCE = re.compile(r"url\(#([^)]+)\)")
_OF_THE_WHOLE = frozenset(("font-family", "text-anchor"))
_DROPPED = frozenset(("metadata", "style", "title"))


def inline_svg(canvas: Canvas, id: str, alt: str) -> str:
    """The drawing as an ``<svg>`` element: width and height in mm, viewBox in pt, ``alt`` as its first child.

    Every id in it starts with ``id``. Must be called within the settings that the canvas was made in.
    """
    file = io.BytesIO()
    canvas.figure.savefig(file, format="svg", metadata={"Date": None, "Creator": None}, transparent=False)
    drawn = ElementTree.fromstring(file.getvalue())
    root = ElementTree.Element(
        "svg",
        {
            "xmlns": "http://www.w3.org/2000/svg",
            "id": id,
            "role": "img",
            "width": f"{_short(canvas.width / POINTS_PER_MM)}mm",
            "height": f"{_short(canvas.height / POINTS_PER_MM)}mm",
            "viewBox": f"0 0 {_short(canvas.width)} {_short(canvas.height)}",
            "font-family": canvas.style.family,
            "stroke-linejoin": "round",  # what Matplotlib's style sheet says; a sheet would reach the whole page
            "stroke-linecap": "butt",
        },
    )
    ElementTree.SubElement(root, "title").text = alt
    _copy(drawn, root, canvas.letterings, id)
    return ElementTree.tostring(root, encoding="unicode", short_empty_elements=True)


def _copy(source: ElementTree.Element, target: ElementTree.Element, texts: dict[str, Lettering], prefix: str) -> None:
    """The children of ``source`` below ``target``, without groups that say nothing."""
    for child in source:
        name = _local(child.tag)
        if name in _DROPPED or (name == "defs" and all(_local(below.tag) in _DROPPED for below in child)):
            continue
        if name == "g" and set(child.attrib) <= {"id"}:
            lettering = texts.get(child.get("id", ""))
            if lettering:
                _text(child[0], target, lettering)
            else:
                _copy(child, target, texts, prefix)
            continue
        copied = ElementTree.SubElement(target, name, _attributes(child, prefix))
        copied.text = child.text if child.text and child.text.strip() else None
        _copy(child, copied, texts, prefix)


def _text(source: ElementTree.Element, target: ElementTree.Element, lettering: Lettering) -> None:
    """A text with a place for every letter: WeasyPrint sets the letters of an SVG one by one, without kerning."""
    places = [lettering.x + offset for offset in lettering.line.offsets] or [lettering.x]
    attributes = {"x": " ".join(_short(place) for place in places), "y": _short(lettering.y)}
    attributes |= {
        key: value for key, value in _properties(source.get("style", "")).items() if key not in _OF_THE_WHOLE
    }
    ElementTree.SubElement(target, "text", attributes).text = lettering.words


def _attributes(element: ElementTree.Element, prefix: str) -> dict[str, str]:
    kept = {}
    for key, value in element.attrib.items():
        key = _local(key)
        if key == "id":
            value = f"{prefix}-{value}"
        elif key == "href" and value.startswith("#"):
            value = f"#{prefix}-{value[1:]}"
        elif key == "d":
            value = _path(value)
        elif key == "style":
            kept |= _properties(value)
            continue
        else:
            value = _REFERENCE.sub(rf"url(#{prefix}-\1)", value)
        kept[key] = value
    return kept


def _properties(style: str) -> dict[str, str]:
    """A style as attributes: in a style attribute, WeasyPrint reports SVG's properties as unknown CSS."""
    pairs = (declaration.split(":", 1) for declaration in style.split(";") if ":" in declaration)
    return {key.strip(): value.strip().removesuffix("px") for key, value in pairs}


def _path(data: str) -> str:
    """Path data in steps from point to point, which take half the letters. Errors of rounding do not add up."""
    written: list[str] = []
    last = (0, 0)
    drawn_from = last
    command = ""
    for token in _STEP.finditer(data):
        kind = token[1]
        if kind == "z":
            written.append("z")
            last, command = drawn_from, "z"
            continue
        numbers = [round(float(number) * 100) for number in token[2].split()]
        letter = "M" if kind == "M" else kind.lower()
        left, top = (0, 0) if kind == "M" else last
        steps = " ".join(_hundredths(number - (top if index % 2 else left)) for index, number in enumerate(numbers))
        written.append(f" {steps}" if letter == command != "M" else letter + steps)
        last, command = (numbers[-2], numbers[-1]), letter
        if kind == "M":
            drawn_from = last
    return "".join(written)


@lru_cache(maxsize=1 << 16)
def _hundredths(number: int) -> str:
    """Cached: the steps along a coast are small, and the same few thousand come again and again."""
    return _short(number / 100)


def _local(tag: str) -> str:
    return tag.rsplit("}", 1)[-1]


def _short(number: float) -> str:
    """Hundredths of a point (3.5 µm): finer than any press."""
    text = f"{number:.2f}".rstrip("0").rstrip(".")
    return "0" if text == "-0" else text
