"""The colours of a template, as its CSS says them under ``:root``: figures are drawn in them too."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import tinycss2
import tinycss2.color4


def root_colours(styles: Iterable[Path]) -> dict[str, str]:
    """The custom properties of ``:root`` that are solid colours: ``{"brand": "#1f5a62"}``, names without dashes.

    ``styles`` are read in order, and the last word counts, as in CSS. What is no solid colour is left out.
    """
    colours: dict[str, str] = {}
    for path in styles:
        sheet = tinycss2.parse_stylesheet(path.read_text(encoding="utf-8", errors="replace"), True, True)
        for rule in sheet:
            if rule.type != "qualified-rule" or tinycss2.serialize(rule.prelude).strip() != ":root":
                continue
            for declaration in tinycss2.parse_blocks_contents(rule.content, True, True):
                if declaration.type == "declaration" and declaration.name.startswith("--"):
                    colour = _hex(tinycss2.serialize(declaration.value).strip())
                    if colour:
                        colours[declaration.name.removeprefix("--")] = colour
    return colours


def _hex(value: str) -> str | None:
    """``value`` as ``#rrggbb``, if CSS reads it as a colour of sRGB without transparency."""
    try:
        colour = tinycss2.color4.parse_color(value)
    except (ValueError, OverflowError):
        return None
    if colour is None or colour == "currentcolor" or colour.alpha != 1:
        return None
    if colour.space not in ("srgb", "hsl", "hwb"):
        return None
    channels = colour.to("srgb").coordinates
    return "#" + "".join(f"{round(min(max(channel, 0), 1) * 255):02x}" for channel in channels)
