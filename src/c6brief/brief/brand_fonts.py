"""The ``typography`` of a brand file: families of fonts, and their files."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from c6brief.brief.brand_reader import BrandReader
from c6brief.documents.boundary import TooLarge, read_file
from c6brief.documents.document import Node, NodePath
from c6brief.documents.files import report_outside
from c6brief.documents.fontfile import font_facts
from c6brief.documents.problems import did_you_mean
from c6brief.documents.project import inside, leads_out

OURS: NodePath = ("defaults", "c6brief", "typography")

_TYPOGRAPHY = ("fonts", "base", "headings", "monospace", "monospace-inline", "monospace-block", "link", "emphasis")
_OPTIONS = ("family", "size", "line-height", "weight", "style", "color", "background-color", "decoration")
_FONT = ("family", "source", "files", "weight", "style", "display", "google")
_FILE = ("path", "weight", "style")

WEIGHTS = {
    "thin": 100,
    "extra-light": 200,
    "ultra-light": 200,
    "light": 300,
    "normal": 400,
    "regular": 400,
    "medium": 500,
    "semi-bold": 600,
    "demi-bold": 600,
    "bold": 700,
    "extra-bold": 800,
    "ultra-bold": 800,
    "black": 900,
}
"""Weights of fonts by their words in the format."""

LARGEST_FONT = 20_000_000
"""Bytes. A font of all Chinese characters has about as many; the shipped ones have 300,000."""

_WEB = re.compile(r"(?:[a-z]+:)?//", re.I)


@dataclass(frozen=True)
class BrandFont:
    """One font file of a family."""

    family: str
    path: str
    """From the folder of the brand file."""
    weight: int
    """1 to 1000."""
    italic: bool
    sha256: str
    """Of the file, in hexadecimal."""


def read_faces(reader: BrandReader) -> tuple[Mapping[str, str], tuple[BrandFont, ...]]:
    """The families for ``serif``, ``display`` and ``sans`` that have files, by these names, and their files.

    Titles have the family of the text where the brand file names no other, as on a web page.

    Problems: ``unknown-key``, ``font-not-local`` (warnings), ``font-format``, ``no-such-file``, ``not-readable``,
    ``wrong-type``, ``missing-key``, ``unknown-value``.
    """
    for root in (("typography",), OURS):
        listed = reader.node(*root, "fonts")
        for index, _ in enumerate(listed.value if listed and isinstance(listed.value, list) else ()):
            reader.check_keys((*root, "fonts", index), _FONT)
        reader.check_keys(root, (*_TYPOGRAPHY, "figures") if root == OURS else _TYPOGRAPHY)
        for name in ("base", "headings", "figures", *_TYPOGRAPHY[3:]):
            reader.check_keys((*root, name), _OPTIONS)
    base = _family(reader, "base")
    headings = _family(reader, "headings") or base
    figures = _family(reader, "figures")
    faces: dict[str, str] = {}
    fonts: dict[str, tuple[BrandFont, ...]] = {}
    for name, found in (("serif", base), ("display", headings), ("sans", figures)):
        if found is None:
            continue
        family, at = found
        if family not in fonts:
            fonts[family] = tuple(_fonts(reader, family, at))
        if fonts[family]:
            faces[name] = family
    return faces, tuple(font for files in fonts.values() for font in files)


def _family(reader: BrandReader, name: str) -> tuple[str, NodePath] | None:
    """The family for ``name`` and where it was written: first under our own keys, then under those of the format."""
    for root in (OURS, ("typography",)):
        node = reader.node(*root, name)
        if node is None or (name == "figures" and root != OURS):
            continue
        at = (*root, name, "family") if isinstance(node.value, dict) else (*root, name)
        family = reader.text(reader.node(*at), at)
        if family:
            return family, at
    return None


def _fonts(reader: BrandReader, family: str, at: NodePath) -> Iterator[BrandFont]:
    """The files of ``family``, which the brand file names at ``at``."""
    elsewhere = "is not in `fonts`"
    for root in ((*OURS, "fonts"), ("typography", "fonts")):
        node = reader.node(*root)
        if node is not None and not isinstance(node.value, list):
            reader.problems.error("wrong-type", "fonts: expected a list", reader.document.place(root))
            continue
        for index, font in enumerate(node.value if node else ()):
            here = (*root, index)
            if _text_of(font, "family") != family:
                continue
            files = font.child("files")
            source = _text_of(font, "source") or ("file" if files else "google")
            if source not in ("file", "google", "bunny", "system"):
                place = reader.document.place((*here, "source"))
                known = ("file", "google", "bunny", "system")
                reader.problems.error(
                    "unknown-value", f"source: unknown value '{source}'", place, did_you_mean(source, known)
                )
                return
            if source != "file":
                elsewhere = f"comes from {'the system' if source == 'system' else source.title()}"
                continue
            if files is None:
                message = f"font '{family}' has no 'files'"
                reader.problems.error(
                    "missing-key", message, reader.document.place(here), "add 'files: [fonts/NAME.ttf]'"
                )
                return
            listed = files.value if isinstance(files.value, list) else [files]
            way = (*here, "files")
            found = [
                _file(reader, family, each, (*way, n) if listed is files.value else way)
                for n, each in enumerate(listed)
            ]
            yield from (font for font in found if font is not None)
            return
    message = f"font '{family}' {elsewhere}, and nothing is fetched or taken from the system: the template's face stays"
    hint = "put its TTF files into the project: source: file, files: [fonts/NAME-Regular.ttf, …]"
    reader.problems.warning("font-not-local", message, reader.document.place(at), hint)


def _text_of(node: Node, key: str) -> str | None:
    child = node.child(key)
    return child.value if child is not None and isinstance(child.value, str) else None


def _file(reader: BrandReader, family: str, node: Node, at: NodePath) -> BrandFont | None:
    """The font of one entry of ``files``: a path, or a path with weight and style, which else are the font's own.

    ``None`` after problems.
    """
    reader.check_keys(at, _FILE)
    if isinstance(node.value, dict):
        at = (*at, "path")
    name = reader.text(reader.node(*at), at)
    place = reader.document.place(at)
    if name is None:
        return None
    if _WEB.match(name):
        message = f"font '{family}': '{name}' is on the network, and nothing is ever fetched"
        reader.problems.warning("font-not-local", message, place, "put the file into the project and name its path")
        return None
    folder = reader.document.path.parent
    path = folder / name
    try:
        if leads_out(path, folder):
            report_outside(path, reader.problems, place)
            return None
        if Path(name).is_absolute() or not inside(path, folder) or not path.is_file():
            hint = f"a path from the folder of {reader.document.path.name}, and below it"
            reader.problems.error("no-such-file", f"no font file '{name}'", place, hint)
            return None
        data = read_file(path, LARGEST_FONT)
        facts = font_facts(data)
    except TooLarge:
        reader.problems.error("file-too-large", f"font '{name}' has more than 20 MB", place)
        return None
    except OSError as reason:
        reader.problems.error("not-readable", f"font '{name}' cannot be read: {reason.strerror}", place)
        return None
    except ValueError as reason:
        reader.problems.error("font-format", f"'{name}' {reason}", place, "use static TTF or OTF files")
        return None
    weight, style = node.child("weight"), node.child("style")
    return BrandFont(
        family,
        Path(name).as_posix().removeprefix("./"),
        _weight(weight, facts.weight),
        style.value == "italic" if style is not None and isinstance(style.value, str) else facts.italic,
        hashlib.sha256(data).hexdigest(),
    )


def _weight(node: Node | None, own: int) -> int:
    """The weight as it is written (``600``, ``semi-bold``); the font's ``own`` where none is written."""
    value = node.value if node is not None else None
    if isinstance(value, str):
        value = int(value) if value.isdecimal() else WEIGHTS.get(value)
    return value if isinstance(value, int) and 1 <= value <= 1000 else own
