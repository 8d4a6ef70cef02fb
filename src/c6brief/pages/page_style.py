"""The house style of a page, for its figures: the colours, faces and widths that its style sheets end up with."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from c6brief.documents.colours import AA, AA_GRAPHICS, contrast, mix
from c6brief.documents.contrast import readable
from c6brief.figures.style import Style, coloured
from c6brief.pages.page import Page
from c6brief.pages.properties import faces_of, millimetres, root_colours, root_properties

WIDTHS_MM = {"full": 170.0, "column": 118.0, "margin": 42.0}
"""How wide figures are drawn where a template's grid says nothing: that of the shipped one on A4."""

LEAST_MM, MOST_MM = 30.0, 500.0
"""What a column may measure; anything else is no column, and the width above is taken."""


@dataclass(frozen=True)
class PageStyle:
    """What figures are drawn with: a style, and the width in mm of each place that a figure can take."""

    style: Style
    widths_mm: Mapping[str, float]


def page_style_of(page: Page) -> PageStyle:
    """The house style of ``page``.

    Colours and ``--sans`` come from ``:root``, the files of the face from ``@font-face``. Marks in the brand's colours
    must be seen: one with less contrast than 3:1 on the paper is made stronger. Widths are the properties
    ``--text-column`` and ``--margin-column``, and for full width ``--indent`` beside the text column.
    """
    styles, more = page.styles(), page.brand_css
    style = coloured(root_colours(styles, more))
    strong = {name: readable(getattr(style, name), style.paper, AA_GRAPHICS) for name in ("brand", "second", "alarm")}
    style = replace(style, **strong)
    if contrast(style.ink, style.land) < AA:  # names would not be read on a map made for white paper
        brand, paper = style.brand, style.paper
        ground = {
            "sea": mix(brand, paper, 0.2),
            "land": mix(style.ink, paper, 0.08),
            "coast": mix(style.grey, paper, 0.5),
        }
        style = replace(style, **ground)
    properties = root_properties(styles, more)
    faces = faces_of(properties.get("sans", ""), styles, more, page.resolve)
    if faces is not None:
        style = replace(style, family=faces[0], faces=faces[1])
    return PageStyle(style, _widths(properties))


def _widths(properties: Mapping[str, str]) -> dict[str, float]:
    column, margin, indent = (
        millimetres(properties.get(name, "")) for name in ("text-column", "margin-column", "indent")
    )
    found = {"column": column, "margin": margin, "full": column + indent if column and indent is not None else None}
    return {
        name: width if (width := found[name]) is not None and LEAST_MM <= width <= MOST_MM else usual
        for name, usual in WIDTHS_MM.items()
    }
