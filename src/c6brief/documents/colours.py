"""Colours as CSS writes them, as ``#rrggbb``, and their contrast as WCAG 2.2 defines it."""

from __future__ import annotations

import tinycss2.color4

AA = 4.5
"""The contrast ratio that text must have at least (WCAG 2.2, success criterion 1.4.3)."""
AA_GRAPHICS = 3.0
"""The contrast ratio that marks which mean something must have at least (WCAG 2.2, success criterion 1.4.11)."""


def as_hex(value: str) -> str | None:
    """A colour of CSS as ``#rrggbb``; ``None`` where ``value`` is no opaque colour of sRGB."""
    try:
        colour = tinycss2.color4.parse_color(value)
    except (ValueError, OverflowError):
        return None
    if colour is None or colour == "currentcolor" or colour.alpha != 1:
        return None
    if colour.space not in ("srgb", "hsl", "hwb"):
        return None
    return from_channels(colour.to("srgb").coordinates)


def from_channels(values: tuple[float, ...]) -> str:
    """Red, green and blue, each 0 to 1, as ``#rrggbb``; values beyond these bounds become the bound."""
    return "#" + "".join(f"{round(min(max(value, 0), 1) * 255):02x}" for value in values)


def channels(colour: str) -> tuple[float, ...]:
    """Red, green and blue of ``#rrggbb``, each 0 to 1."""
    return tuple(int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5))


def mix(colour: str, other: str, share: float) -> str:
    """The solid colour that ``share`` (0 to 1) of ``colour`` gives on ``other``. All are ``#rrggbb``."""
    pairs = zip(channels(colour), channels(other), strict=True)
    return from_channels(tuple(a * share + b * (1 - share) for a, b in pairs))


def contrast(one: str, other: str) -> float:
    """The contrast ratio of two colours (``#rrggbb``), 1 to 21, as WCAG 2.2 defines it."""
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour: str) -> float:
    linear = [value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4 for value in channels(colour)]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
