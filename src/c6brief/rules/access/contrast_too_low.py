"""Two colours of a template are too much alike for text."""

from __future__ import annotations

from collections.abc import Iterator

from c6brief.documents.colours import as_hex, contrast
from c6brief.rules.design import Declaration, Design
from c6brief.rules.rule import Finding, Rule, register

LEAST = 4.5
"""WCAG 2.1, success criterion 1.4.3, level AA, for text smaller than 18 pt: https://www.w3.org/TR/WCAG21/#contrast-minimum"""

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


def _check(design: Design) -> Iterator[Finding]:
    for text, ground in PAIRS:
        over, under = design.colours.get(text), design.colours.get(ground)
        named = over or under
        if named is None or (over is None and text != "white") or (under is None and ground != "paper"):
            continue
        ratio = _contrast(_value(over), _value(under))
        if ratio is not None and ratio < LEAST:
            shown = int(ratio * 10) / 10  # rounded down: 4.49 is not enough
            message = f"{text} on {ground} has a contrast of {shown} to 1, at least {LEAST} are needed to read it"
            place = (over if over is not None else named).place
            yield Finding(message, place, "make the darker of the two darker, or the lighter one lighter")


def _value(colour: Declaration | None) -> str:
    return colour.value if colour is not None else WHITE


def _contrast(one: str, other: str) -> float | None:
    """The ratio by WCAG 2.1; ``None`` for what is no colour."""
    plain = as_hex(one), as_hex(other)
    if all(plain):
        return contrast(*plain)
    from coloraide import Color  # here: it takes a tenth of a second, and few houses write colours in other spaces

    try:
        return Color(one).contrast(Color(other), method="wcag21")
    except ValueError:
        return None


register(
    Rule(
        name="contrast-too-low",
        severity="warning",
        about="template",
        line="a colour of the brand is too pale on what it stands on, by WCAG 2.1 AA",
        why=(
            "Looked at are the custom properties of `:root`: ink, grey, brand and alarm on paper (white where there is no "
            f"`--paper`), white and brand-light on brand. Text needs {LEAST} to 1; most of it is small print."
        ),
        check=_check,
    )
)
