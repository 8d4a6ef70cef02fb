"""Two colours that have to be told apart are one to some readers."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

from c6brief.documents.colours import AA_GRAPHICS, contrast
from c6brief.figures.style import STYLE, coloured
from c6brief.rules.rule import Finding, Rule, register
from c6brief.rules.subject import Palette, ProjectUnderReview

MEANT = ("brand", "second", "alarm")
"""Colours that figures and marks use side by side."""

BLIND = {
    "": "",
    "protan": " to readers without red cones (protanopia)",
    "deutan": " to readers without green cones (deuteranopia)",
    "tritan": " to readers without blue cones (tritanopia)",
}


def _check(house: ProjectUnderReview) -> Iterator[Finding]:
    for palette in house.palettes:
        style = coloured({name: value for name, (value, _) in palette.items()})
        if all(getattr(style, name) == getattr(STYLE, name) for name in (*MEANT, "ink", "paper")):
            continue  # what c6brief ships is tested where it is made
        yield from _pairs(palette)


def _pairs(palette: Palette) -> Iterator[Finding]:
    from c6brief.documents.contrast import ALIKE, closest

    values = {name: palette[name][0] if name in palette else getattr(STYLE, name) for name in (*MEANT, "paper")}
    for one, other in combinations(MEANT, 2):
        place = next((palette[name][1] for name in (other, one) if name in palette), None)
        if place is None:
            continue
        least, view = closest(values[one], values[other])
        if least < ALIKE:
            message = f"'{one}' ({values[one]}) and '{other}' ({values[other]}) look alike{BLIND[view]}"
            yield Finding(
                message,
                place,
                f"make one of them lighter or darker: their difference is {least:.1f}, at least {ALIKE:.0f}",
            )
    for name in MEANT:
        if name in palette and contrast(values[name], values["paper"]) < AA_GRAPHICS:
            ratio = contrast(values[name], values["paper"])
            message = f"'{name}' ({values[name]}) is hardly seen on paper: {ratio:.1f} to 1"
            yield Finding(
                message, palette[name][1], f"marks want {AA_GRAPHICS:.0f} to 1; figures take a stronger one of its hue"
            )


register(
    Rule(
        name="colours-alike",
        severity="warning",
        about="house",
        line="A house's colours for the brand, a second series and conflict cannot be told apart by all readers",
        why=(
            "Looked at are `brand`, `second` and `alarm` of `_brand.yml` and of the project's templates, in pairs, as they "
            "are and as readers with each of the three kinds of colour blindness see them (about one man in twelve has one). "
            "A difference below 6 (CIEDE2000) is too small for marks that do not touch; so is a contrast below 3 to 1 on "
            "paper (WCAG 2.2, 1.4.11). Colours of series are made from these by c6brief, and keep clear of one another by "
            "themselves. Contrast of text is another rule's."
        ),
        check=_check,
    )
)
