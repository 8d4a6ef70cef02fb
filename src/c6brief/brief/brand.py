"""Colours and faces of ``_brand.yml``, as posit's brand.yml writes them (https://posit-dev.github.io/brand-yml/).

A file made for Quarto works as it is: keys of the published format that mean nothing in print are passed over, and
what it leaves to the network is told as a warning. What no version of the format knows is told too, since it is most
likely misspelt. Our own additions stand under ``defaults: c6brief:``: ``typography`` (its ``base``, ``headings`` and
``fonts`` count before the file's own; ``figures`` is the face of captions and figures) and ``color`` (the colours of
the template by their own names).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from c6brief.brief.brand_fonts import BrandFont, read_faces
from c6brief.brief.brand_nodes import BrandReader
from c6brief.documents.colours import as_hex
from c6brief.documents.problems import Place, Problems
from c6brief.documents.yamltext import Document, Node, NodePath

ROLES = (
    *("foreground", "background", "primary", "secondary", "tertiary", "success", "info", "warning", "danger"),
    *("light", "dark", "emphasis", "link"),
)
"""The names that the format gives to colours by their use."""

PROPERTIES = (
    "ink",
    "paper",
    "grey",
    "hair",
    "brand",
    "brand-light",
    "brand-text",
    "on-brand",
    "tint",
    "alarm",
    "second",
)
"""The colours of a template that ``defaults: c6brief: color:`` may set."""

_KEYS = ("meta", "logo", "color", "typography", "defaults")


@dataclass(frozen=True)
class Colour:
    """A colour as ``#rrggbb``, and where it was written."""

    value: str
    place: Place


@dataclass(frozen=True)
class Brand:
    """What a brand file says of looks; empty where it says nothing.

    ``roles`` are colours by the format's names for their use, ``ours`` by the names of a template's custom properties.
    ``faces`` are families for ``serif`` (text), ``display`` (titles) and ``sans`` (captions, figures); ``fonts`` their
    files, in ``folder``, the brand file's own.
    """

    folder: Path | None = None
    roles: Mapping[str, Colour] = field(default_factory=dict)
    ours: Mapping[str, Colour] = field(default_factory=dict)
    faces: Mapping[str, str] = field(default_factory=dict)
    fonts: tuple[BrandFont, ...] = ()


def read_brand(document: Document, problems: Problems) -> Brand:
    """The looks that ``document`` describes.

    Problems: ``unknown-key`` (a warning), ``wrong-type``, ``bad-value`` (a colour), and those of
    :func:`~c6brief.brief.brand_fonts.read_faces`.
    """
    reader = BrandReader(document, problems)
    reader.known((), _KEYS)
    reader.known(("color",), ("palette", *ROLES))
    roles = dict(_colours(reader, ("color",), ROLES))
    ours = dict(_colours(reader, ("defaults", "c6brief", "color"), PROPERTIES))
    faces, fonts = read_faces(reader)
    return Brand(document.path.parent, roles, ours, faces, fonts)


def _colours(reader: BrandReader, at: NodePath, names: tuple[str, ...]) -> Iterator[tuple[str, Colour]]:
    for name in names:
        node = reader.node(*at, name)
        if node is not None and node.value is not None:
            value = _colour(reader, (*at, name), ())
            if value:
                yield name, Colour(value, reader.document.place((*at, name)))


def _colour(reader: BrandReader, at: NodePath, passed: tuple[str, ...]) -> str | None:
    """The colour at ``at``: a colour of CSS, or the name of a palette entry or another colour of the file.

    Where a colour is given for light and for dark grounds, paper is light.
    """
    node = reader.node(*at)
    light = node.child("light") if node else None
    if light is not None:
        node, at = light, (*at, "light")
    words = reader.words(node, at)
    if words is None:
        return None
    for home in (("color", "palette", words), ("color", words)):
        if words not in ("palette", at[-1]) and reader.node(*home) is not None:
            if words in passed:
                reader.problems.error("bad-value", f"color: '{words}' is named by itself", reader.document.place(at))
                return None
            return _colour(reader, home, (*passed, words))
    value = as_hex(words)
    if value is None:
        names = [*_children(reader.node("color", "palette")), *_children(reader.node("color"))]
        hint = reader.hint(words, names) if words.isidentifier() else "for example '#1f5a62', or a name of the palette"
        reader.problems.error("bad-value", f"{at[-1]}: '{words}' is no solid colour", reader.document.place(at), hint)
    return value


def _children(node: Node | None) -> list[str]:
    return [name for name in node.value if name != "palette"] if node and isinstance(node.value, dict) else []
