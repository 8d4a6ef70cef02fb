"""Rules on colours: text is read on its ground, and colours that mean different things look different."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

from c6brief.documents.colours import AA, AA_GRAPHICS, as_hex, contrast
from c6brief.figures.drawing.style import STYLE, style_with_colours
from c6brief.rules.review.brief import Palette, ProjectUnderReview
from c6brief.rules.review.rule import Finding, rule
from c6brief.rules.review.template import Declaration, TemplateUnderReview

MEANT = ("brand", "second", "alarm")
"""Colours that figures and marks use side by side."""

BLIND = {
    "": "",
    "protan": " to readers without red cones (protanopia)",
    "deutan": " to readers without green cones (deuteranopia)",
    "tritan": " to readers without blue cones (tritanopia)",
}

WHITE = "#ffffff"

PAIRS = (
    ("ink", "paper"),
    ("grey", "paper"),
    ("brand", "paper"),
    ("alarm", "paper"),
    ("white", "brand"),
    ("brand-light", "brand"),
)
"""Text and what it stands on, by custom property; ``paper`` is white where a template does not name it."""


@rule("colours-alike", chapter="craft")
def colours_alike(project: ProjectUnderReview) -> Iterator[Finding]:
    """A house's colours for the brand, a second series and conflict cannot be told apart by all readers

    Looked at are `brand`, `second` and `alarm` of `_brand.yml` and of the project's templates, in pairs, as they are
    and as readers with each of the three kinds of colour blindness see them (about one man in twelve has one). A
    difference below 6 (CIEDE2000) is too small for marks that do not touch; so is a contrast below 3 to 1 on paper
    (WCAG 2.2, 1.4.11). Colours of series are made from these by c6brief, and keep clear of one another by themselves.
    Contrast of text is another rule's.
    """
    for palette in project.palettes:
        style = style_with_colours({name: value for name, (value, _) in palette.items()})
        if all(getattr(style, name) == getattr(STYLE, name) for name in (*MEANT, "ink", "paper")):
            continue  # what c6brief ships is tested where it is made
        yield from _alike(palette)


def _alike(palette: Palette) -> Iterator[Finding]:
    from c6brief.documents.contrast import LEAST_DIFFERENCE, smallest_difference

    values = {name: palette[name][0] if name in palette else getattr(STYLE, name) for name in (*MEANT, "paper")}
    for one, other in combinations(MEANT, 2):
        place = next((palette[name][1] for name in (other, one) if name in palette), None)
        if place is None:
            continue
        least, view = smallest_difference(values[one], values[other])
        if least < LEAST_DIFFERENCE:
            message = f"'{one}' ({values[one]}) and '{other}' ({values[other]}) look alike{BLIND[view]}"
            hint = (
                f"make one of them lighter or darker: their difference is {least:.1f}, at least {LEAST_DIFFERENCE:.0f}"
            )
            yield Finding(message, place, hint)
    for name in MEANT:
        if name in palette and contrast(values[name], values["paper"]) < AA_GRAPHICS:
            ratio = contrast(values[name], values["paper"])
            message = f"'{name}' ({values[name]}) is hardly seen on paper: {ratio:.1f} to 1"
            hint = f"marks want {AA_GRAPHICS:.0f} to 1; figures take a stronger one of its hue"
            yield Finding(message, palette[name][1], hint)


@rule("contrast-too-low", chapter="access")
def contrast_too_low(template: TemplateUnderReview) -> Iterator[Finding]:
    """a colour of the brand is too pale on what it stands on, by WCAG 2.1 AA

    Looked at are the custom properties of `:root`: ink, grey, brand and alarm on paper (white where there is no
    `--paper`), white and brand-light on brand. Text needs {AA} to 1; most of it is small print.
    """
    for text, ground in PAIRS:
        over, under = template.colours.get(text), template.colours.get(ground)
        named = over or under
        if named is None or (over is None and text != "white") or (under is None and ground != "paper"):
            continue
        ratio = _contrast(_value(over), _value(under))
        if ratio is not None and ratio < AA:
            shown = int(ratio * 10) / 10  # rounded down: 4.49 is not enough
            message = f"{text} on {ground} has a contrast of {shown} to 1, at least {AA} are needed to read it"
            yield Finding(message, named.place, "make the darker of the two darker, or the lighter one lighter")


def _value(colour: Declaration | None) -> str:
    return colour.value if colour is not None else WHITE


def _contrast(one: str, other: str) -> float | None:
    """The ratio by WCAG 2.1; ``None`` for what is no colour."""
    first, second = as_hex(one), as_hex(other)
    if first and second:
        return contrast(first, second)
    from coloraide import Color  # here: it takes a tenth of a second, and few houses write colours in other spaces

    try:
        return Color(one).contrast(Color(other), method="wcag21")
    except ValueError:
        return None
