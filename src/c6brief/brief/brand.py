"""Colours and faces of ``_brand.yml``, as posit's brand.yml writes them (https://posit-dev.github.io/brand-yml/).

A file that was made for Quarto works as it is: keys of the format that mean nothing in print are passed over, and files
on the network are warned of. So are keys that no version of the format has, since they are most likely misspelt. Our
own keys stand under ``defaults: c6brief:``: ``typography`` (its ``base``, ``headings`` and ``fonts`` take precedence
over the file's own; ``figures`` is the face of captions and figures) and ``color`` (the colours of a template by their
own names).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from c6brief.brief.brand_fonts import BrandFont, read_faces
from c6brief.brief.brand_reader import BrandReader
from c6brief.documents.colours import as_hex
from c6brief.documents.document import Document, Node, NodePath
from c6brief.documents.problems import Place, Problems, did_you_mean

ROLES = (
    *("foreground", "background", "primary", "secondary", "tertiary", "success", "info", "warning", "danger"),
    *("light", "dark", "emphasis", "link"),
)
"""The names of colours by their use, in the format."""

PROPERTIES = (
    "ink", "paper", "grey", "hair", "brand", "brand-light", "brand-text", "on-brand", "tint", "alarm", "second",
)  # fmt: skip
"""The colours of a template that ``defaults: c6brief: color:`` may set."""

_KEYS = ("meta", "logo", "color", "typography", "defaults")


@dataclass(frozen=True)
class Colour:
    """A colour as ``#rrggbb``, and where it was written."""

    value: str
    place: Place


@dataclass(frozen=True)
class Brand:
    """The colours and faces of a brand file; empty where it has none."""

    folder: Path | None = None
    """The folder of the brand file."""
    roles: Mapping[str, Colour] = field(default_factory=dict)
    """Colours by their use, as the format names it."""
    properties: Mapping[str, Colour] = field(default_factory=dict)
    """Colours by the names of a template's custom properties."""
    faces: Mapping[str, str] = field(default_factory=dict)
    """Families of fonts for ``serif`` (text), ``display`` (titles) and ``sans`` (captions and figures)."""
    fonts: tuple[BrandFont, ...] = ()
    """The font files of these families."""


def read_brand(document: Document, problems: Problems) -> Brand:
    """The colours and faces in a brand file.

    Problems: ``unknown-key`` (a warning), ``wrong-type`` (also of the whole file), ``bad-value`` (a colour), and those of
    :func:`~c6brief.brief.brand_fonts.read_faces`.
    """
    reader = BrandReader(document, problems)
    for at in ((), ("meta",), ("color",), ("color", "palette"), ("typography",), ("defaults",), ("logo", "images")):
        reader.check_map(*at)
    for at in (("logo",), ("meta", "name")):
        reader.check_map(*at, or_text=True)
    reader.check_keys((), _KEYS)
    reader.check_keys(("color",), ("palette", *ROLES))
    roles = dict(_colours(reader, ("color",), ROLES))
    properties = dict(_colours(reader, ("defaults", "c6brief", "color"), PROPERTIES))
    faces, fonts = read_faces(reader)
    return Brand(document.path.parent, roles, properties, faces, fonts)


def _colours(reader: BrandReader, at: NodePath, names: tuple[str, ...]) -> Iterator[tuple[str, Colour]]:
    """The colours of these ``names`` in the map at ``at``, by name."""
    for name in names:
        node = reader.node(*at, name)
        if node is not None and node.value is not None:
            value = _colour(reader, (*at, name), ())
            if value:
                yield name, Colour(value, reader.document.place((*at, name)))


def _colour(reader: BrandReader, at: NodePath, visited: tuple[str, ...]) -> str | None:
    """The colour at ``at`` as ``#rrggbb``; ``None`` where there is none, or after the problem ``bad-value``.

    It is written as a colour of CSS, or as the name of another colour of the file (``visited`` are the names on the way
    to this one). Of colours for light and for dark grounds, the one for light counts: paper is light.
    """
    node = reader.node(*at)
    light = node.child("light") if node else None
    if light is not None:
        node, at = light, (*at, "light")
    words = reader.text(node, at)
    if words is None:
        return None
    for home in (("color", "palette", words), ("color", words)):
        if words not in ("palette", at[-1]) and reader.node(*home) is not None:
            if words in visited:
                reader.problems.error("bad-value", f"color: '{words}' is named by itself", reader.document.place(at))
                return None
            return _colour(reader, home, (*visited, words))
    value = as_hex(words)
    if value is None:
        names = [*_children(reader.node("color", "palette")), *_children(reader.node("color"))]
        hint = did_you_mean(words, names) if words.isidentifier() else "for example '#1f5a62', or a name of the palette"
        reader.problems.error("bad-value", f"{at[-1]}: '{words}' is no solid colour", reader.document.place(at), hint)
    return value


def _children(node: Node | None) -> list[str]:
    return [name for name in node.value if name != "palette"] if node and isinstance(node.value, dict) else []
