"""The style of a page that its figures are drawn in: the colours, faces and widths that its style sheets give."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from c6brief.documents.colours import AA, AA_GRAPHICS, contrast, mix
from c6brief.documents.contrast import with_contrast
from c6brief.figures.drawing.style import Style, style_with_colours
from c6brief.pages.page import Page
from c6brief.pages.properties import faces_of, millimetres, root_colours, root_properties

WIDTHS_MM = {"full": 170.0, "column": 118.0, "margin": 42.0}
"""The widths of figures where a template has no grid: those of the shipped template on A4."""

LEAST_MM, MOST_MM = 30.0, 500.0
"""The least and the greatest width of a column. For another width that of :data:`WIDTHS_MM` is taken."""


@dataclass(frozen=True)
class PageStyle:
    """What figures are drawn with: a style, and the width in mm of each place that a figure can have."""

    style: Style
    widths_mm: Mapping[str, float]


def page_style_of(page: Page) -> PageStyle:
    """The style of the figures of ``page``.

    Colours, and the face ``--sans``, are custom properties of ``:root``; the files of the face are those of
    ``@font-face``. A colour of the brand with less contrast than 3:1 on the paper is made stronger. Widths are the
    custom properties ``--text-column`` and ``--margin-column``; full width is ``--indent`` and the text column.
    """
    styles, more = page.styles(), page.brand_css
    style = style_with_colours(root_colours(styles, more))
    brand, second, alarm = (
        with_contrast(colour, style.paper, AA_GRAPHICS) for colour in (style.brand, style.second, style.alarm)
    )
    style = replace(style, brand=brand, second=second, alarm=alarm)
    if contrast(style.ink, style.land) < AA:  # names would not be read on a map made for white paper
        style = replace(
            style,
            sea=mix(style.brand, style.paper, 0.2),
            land=mix(style.ink, style.paper, 0.08),
            coast=mix(style.grey, style.paper, 0.5),
        )
    properties = root_properties(styles, more)
    faces = faces_of(properties.get("sans", ""), styles, more, page.resolve)
    if faces is not None:
        style = replace(style, family=faces[0], faces=faces[1])
    return PageStyle(style, _widths(properties))


def _widths(properties: Mapping[str, str]) -> dict[str, float]:
    """The widths in mm of the places of figures, by the custom properties of a page."""
    column, margin, indent = (
        millimetres(properties.get(name, "")) for name in ("text-column", "margin-column", "indent")
    )
    found = {"column": column, "margin": margin, "full": column + indent if column and indent is not None else None}
    return {
        name: width if (width := found[name]) is not None and LEAST_MM <= width <= MOST_MM else usual
        for name, usual in WIDTHS_MM.items()
    }
