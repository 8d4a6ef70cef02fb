"""The custom properties and the font faces in the style sheets of a page, from which figures have their style."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

import tinycss2

from c6brief.documents.boundary import read_file, read_page_text
from c6brief.documents.colours import as_hex
from c6brief.documents.files import display_name
from c6brief.documents.fontfile import font_facts
from c6brief.documents.problems import Place, Span
from c6brief.documents.stylesheet import parse_stylesheet
from c6brief.figures.drawing.style import SOURCE_SANS, FontFile

MM_PER_UNIT = {"mm": 1.0, "cm": 10.0, "q": 0.25, "in": 25.4, "pt": 25.4 / 72, "pc": 25.4 / 6, "px": 25.4 / 96}

_LENGTH = re.compile(r"\+?(\d+(?:\.\d*)?|\.\d+)([a-z]+)\Z")
_WEIGHTS = {"normal": 400, "bold": 700}


def root_colours(styles: Iterable[Path], more: str = "") -> dict[str, str]:
    """The custom properties of ``:root`` that are solid colours: ``{"brand": "#1f5a62"}``, names without dashes."""
    found = ((name, as_hex(value)) for name, value in root_properties(styles, more).items())
    return {name: colour for name, colour in found if colour}


def root_properties(styles: Iterable[Path], more: str = "") -> dict[str, str]:
    """The values of the custom properties of ``:root``, by their names without dashes.

    ``styles`` are style sheets in their order, ``more`` is the CSS in the page itself, which comes after them. The last
    declaration counts, one that is ``!important`` before all others. A value that is ``var()`` is that of the property
    named.
    """
    properties: dict[str, str] = {}
    important: dict[str, str] = {}
    for found in _root_declarations(styles, more):
        target = important if found.important else properties
        target[found.name.removeprefix("--")] = tinycss2.serialize(found.value).strip()
    properties |= important
    return {name: _follow_var(value, properties) for name, value in properties.items()}


def root_places(styles: Iterable[Path]) -> dict[str, Place]:
    """The place of the last declaration of each custom property of ``:root``, by its name without dashes."""
    places: dict[str, Place] = {}
    for path in styles:
        lines = read_page_text(path).split("\n")
        for found in _root_declarations([path]):
            line, column = found.source_line, found.source_column
            end = column + len(f"{found.name}:{tinycss2.serialize(found.value)}")
            place = Place(display_name(path), Span(line, column, line, end), lines[line - 1])
            places[found.name.removeprefix("--")] = place
    return places


def _root_declarations(styles: Iterable[Path], more: str = "") -> Iterator[Any]:
    """The declarations of custom properties in all rules of ``:root``."""
    for rule in _rules(styles, more, ":root"):
        if rule.type == "qualified-rule" and tinycss2.serialize(rule.prelude).strip() == ":root":
            for found in tinycss2.parse_blocks_contents(rule.content, True, True):
                if found.type == "declaration" and found.name.startswith("--"):
                    yield found


def _follow_var(value: str, properties: Mapping[str, str]) -> str:
    """``value``, or that of the property that it names with ``var()``."""
    for _ in range(8):  # a circle of names ends here
        named = re.fullmatch(r"var\(\s*--([\w-]+)\s*(?:,(.*))?\)", value, re.S)
        if not named:
            break
        value = properties.get(named[1], (named[2] or "").strip())
    return value


def millimetres(value: str) -> float | None:
    """A length of CSS in mm; ``None`` for any other value (``calc()``, per cent)."""
    found = _LENGTH.match(value.strip().lower())
    return float(found[1]) * MM_PER_UNIT[found[2]] if found and found[2] in MM_PER_UNIT else None


def faces_of(
    families: str, styles: Iterable[Path], more: str, resolve: Callable[[str], Path | None]
) -> tuple[str, tuple[FontFile, ...]] | None:
    """The first of ``families`` (the value of a ``font-family``) that has ``@font-face`` rules, with its files.

    ``styles`` and ``more`` are those of :func:`root_properties`; ``resolve`` finds the file behind an address. Files
    that no figure can be drawn with are left out; ``None`` where no family has another one. The shipped sans has all
    its weights, even where a page declares some of them only.
    """
    declared: dict[str, list[FontFile]] = {}
    for rule in _rules(styles, more):
        if rule.type == "at-rule" and rule.lower_at_keyword == "font-face" and rule.content:
            given = dict(_declarations(rule))
            path = _source(given.get("src", ""), resolve)
            if path is not None and (file := _font_file(path, given)) is not None:
                declared.setdefault(_names(given.get("font-family", ""))[0], []).append(file)
    family = next((name for name in _names(families) if name in declared), None)
    if family is None:
        return None
    shipped = {Path(face.path).resolve() for face in SOURCE_SANS}
    if all(Path(face.path).resolve() in shipped for face in declared[family]):
        return family, SOURCE_SANS
    return family, tuple(declared[family])


def _font_file(path: Path, given: Mapping[str, str]) -> FontFile | None:
    """The font at ``path``, as the declarations ``given`` describe it; ``None`` where it cannot be drawn with."""
    weight = given.get("font-weight", "normal").lower()
    with suppress(OSError, ValueError):
        data = read_file(path)
        facts = font_facts(data)
        number = _WEIGHTS.get(weight) or (int(weight) if weight.isdecimal() else facts.weight)
        italic = given.get("font-style", "normal").lower().startswith(("italic", "oblique"))
        return FontFile(str(path), number, italic, hashlib.sha256(data).hexdigest())
    return None


def _source(value: str, resolve: Callable[[str], Path | None]) -> Path | None:
    """The first file that exists of those that the value of ``src`` names."""
    for token in tinycss2.parse_component_value_list(value):
        address = getattr(token, "value", None) if token.type == "url" else None
        if token.type == "function" and token.lower_name == "url":
            address = next((inner.value for inner in token.arguments if inner.type == "string"), None)
        if address and (path := resolve(address)) is not None:
            return path
    return None


def _names(families: str) -> list[str]:
    """The families that a ``font-family`` names, quoted or not."""
    names = [""]
    for token in tinycss2.parse_component_value_list(families):
        if token.type == "literal" and token.value == ",":
            names.append("")
        elif token.type == "string":
            names[-1] = token.value
        elif token.type == "ident":
            names[-1] = f"{names[-1]} {token.value}".strip()
    return names


def _rules(styles: Iterable[Path], more: str, word: str = "") -> Iterator[Any]:
    """The rules of all sheets that hold ``word``. Most sheets have no ``:root``, and are not parsed for it."""
    for text in (*(read_page_text(path) for path in styles), more):
        if word in text:
            yield from parse_stylesheet(text)


def _declarations(rule: Any) -> Iterator[tuple[str, str]]:
    """The name and the value of each declaration in ``rule``."""
    for declaration in tinycss2.parse_blocks_contents(rule.content, True, True):
        if declaration.type == "declaration":
            yield declaration.lower_name, tinycss2.serialize(declaration.value).strip()
