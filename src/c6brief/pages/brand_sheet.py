"""The brand file as a style sheet, which takes precedence over the sheets of a template.

``templates/policy-brief/README.md`` lists which colour of brand.yml becomes which custom property. Colours that the
file leaves out (of small text on the brand colour, of tints and hairlines) are made of those that it has, so that they
go together. Text that would be too faint on its ground is darkened or lightened until it meets WCAG's AA; its hue
stays. A file without colours and faces gives no sheet, and the page is as the template has it.
"""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import quote

from c6brief.brief.brand import Brand
from c6brief.documents.colours import AA, AA_GRAPHICS, channels, contrast, mix
from c6brief.documents.contrast import LEAST_DIFFERENCE, smallest_difference, with_contrast
from c6brief.figures.drawing.style import STYLE

FOLDER = "@brand/"
"""The prefix of addresses of files beside the brand file, for ``@font-face``."""

NEUTRAL = 0.16
"""How far the channels of a grey differ at most, 0 to 1."""


def brand_sheet(brand: Brand) -> str:
    """The style sheet of ``brand``; empty where it has no colours and faces."""
    properties = {**_colours(brand), **{name: colour.value for name, colour in brand.properties.items()}}
    properties |= {name: _string(family) for name, family in brand.faces.items()}
    rules = [
        f"@font-face {{ font-family: {_string(font.family)}; font-weight: {font.weight};"
        f" font-style: {'italic' if font.italic else 'normal'}; src: url({FOLDER}{quote(font.path)}) }}"
        for font in brand.fonts
    ]
    if properties:
        rules.append(":root { " + "; ".join(f"--{name}: {value}" for name, value in properties.items()) + " }")
    if properties.get("paper", STYLE.paper) != STYLE.paper:
        rules.append(f"@page {{ background: {properties['paper']} }}")
    return "\n".join(rules)


def _colours(brand: Brand) -> dict[str, str]:
    """The colours of custom properties, by their names without dashes, that differ from the template's."""
    given = {name: colour.value for name, colour in brand.roles.items()}
    own = {name: colour.value for name, colour in brand.properties.items()}
    if not given and not own:
        return {}
    paper = own.get("paper") or given.get("background", STYLE.paper)
    ink = own.get("ink") or _ink(given.get("foreground") or given.get("dark"), paper)
    found: dict[str, str] = {}
    if paper != STYLE.paper:
        found["paper"] = paper
    if ink != STYLE.ink:
        found["ink"] = ink
    grounds = bool(found)
    grey = given.get("secondary", "")
    if grey and _is_neutral(grey) and contrast(grey, paper) >= AA:
        found["grey"] = grey
    elif grounds:
        found["grey"] = next(
            tone
            for share in (0.66, 0.75, 0.85, 1)
            if contrast(tone := mix(ink, paper, share), paper) >= AA or share == 1
        )
    if "grey" in found:
        found["hair"] = mix(found["grey"], paper, 0.33)
    main = own.get("brand") or given.get("primary", STYLE.brand)
    if main != STYLE.brand or grounds:
        found |= _brand_colours(main, paper, ink)
    light = given.get("light", "")
    if light and light != paper and contrast(light, ink) >= 7 and contrast(light, paper) < 1.5:
        found["tint"] = light
    alarm = with_contrast(given.get("danger", STYLE.alarm), paper, AA)
    if alarm != STYLE.alarm:
        found["alarm"] = alarm
    second = next(_second_colours(given, main, paper), STYLE.second)
    if second != STYLE.second:
        found["second"] = second
    return found


def _ink(wanted: str | None, paper: str) -> str:
    """The colour of text on ``paper``: the one ``wanted``, made readable, or else black or white."""
    ink = wanted or STYLE.ink
    if contrast(ink, paper) >= AA:
        return ink
    return (
        with_contrast(ink, paper, 7) if wanted else max(("#1b1f22", "#ffffff"), key=lambda each: contrast(each, paper))
    )


def _brand_colours(main: str, paper: str, ink: str) -> dict[str, str]:
    """The brand's colour, and what stands on it and beside it."""
    on = paper if contrast(paper, main) >= AA else max((paper, ink), key=lambda each: contrast(each, main))
    shares = (0.78, 0.85, 0.92, 1)
    faint = next(tone for share in shares if contrast(tone := mix(on, main, share), main) >= AA or share == 1)
    return {
        "brand": main,
        "brand-text": with_contrast(main, paper, AA),
        "on-brand": on,
        "brand-light": faint,
        "tint": mix(main, paper, 0.07),
    }


def _second_colours(given: dict[str, str], main: str, paper: str) -> Iterator[str]:
    """Candidates for the second colour of figures, the best first: distinct from paper and from the brand's colour."""
    named = [given[name] for name in ("secondary", "tertiary", "warning", "info", "success") if name in given]
    for colour in [*(each for each in named if not _is_neutral(each)), STYLE.second, STYLE.brand, "#5b4a8a"]:
        if contrast(colour, paper) >= AA_GRAPHICS and smallest_difference(colour, main)[0] >= 2 * LEAST_DIFFERENCE:
            yield colour


def _is_neutral(colour: str) -> bool:
    values = channels(colour)
    return max(values) - min(values) <= NEUTRAL


def _string(words: str) -> str:
    """A text of CSS, written so that it ends neither the text nor the element that the sheet stands in."""
    return '"' + "".join(char if char.isalnum() or char in " -_." else f"\\{ord(char):x} " for char in words) + '"'
