"""The house style as code of a figure is given it: Matplotlib's settings, colours, sizes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from c6brief.figures.drawing.style import REGULAR, SEMIBOLD


@dataclass(frozen=True)
class HouseStyle:
    """What ``draw(figure, table, style)`` is given as ``style``. Colours are ``#rrggbb``, sizes and lengths pt as printed."""

    width: float
    """The width of the figure."""
    height: float
    """The height of the figure, as its chart gives it or in a common proportion; another one may be set."""
    language: str
    """The language of the brief, as a tag: ``en``, ``kk``."""
    series: tuple[str, ...]
    """Colours for up to six series, which can be told apart in grey and by the colour blind; Matplotlib's cycle has them."""
    paper: str
    ink: str
    """Of words that matter."""
    grey: str
    """Of other words, and of lines that are read."""
    hair: str
    """Of axes and grids."""
    brand: str
    """Of what the title is about."""
    tint: str
    """Of areas behind others."""
    alarm: str
    second: str
    text: float
    """The size of names."""
    label: float
    """The size of numbers and labels."""
    small: float
    tiny: float
    """The smallest size that is printed."""
    hairline: float
    rule: float
    outline: float
    """Widths of lines: of grids, of axes, of data."""
    dot: float
    """The radius of a point."""
    rcParams: Mapping[str, Any] = field(default_factory=dict)
    """Matplotlib's settings, which hold while ``draw`` runs; for ``seaborn.set_theme(rc=style.rcParams)`` and the like."""


def house_settings(plain: Mapping[str, Any], family: str) -> dict[str, Any]:
    """Matplotlib's settings for a style with these values and for fonts of this ``family``."""
    from matplotlib.rcsetup import cycler  # here: it takes its time

    ink, grey, hair = plain["ink"], plain["grey"], plain["hair"]
    label, text, hairline = plain["label"], plain["text"], plain["hairline"]
    return {
        "font.family": [family],
        "font.size": label,
        "text.color": ink,
        "text.parse_math": True,
        "axes.titlesize": text,
        "axes.titleweight": SEMIBOLD,
        "axes.titlecolor": ink,
        "axes.titlelocation": "left",
        "axes.labelsize": label,
        "axes.labelcolor": grey,
        "axes.labelweight": REGULAR,
        "axes.edgecolor": hair,
        "axes.facecolor": "none",
        "axes.linewidth": plain["rule"],
        "axes.spines.top": False,
        "axes.spines.right": False,
        "axes.axisbelow": True,
        "axes.prop_cycle": cycler(color=list(plain["series"])),
        "axes.unicode_minus": True,
        "figure.facecolor": "none",
        "figure.dpi": 72,
        "figure.figsize": (plain["width"] / 72, plain["height"] / 72),
        "figure.titlesize": text,
        "figure.titleweight": SEMIBOLD,
        "figure.labelsize": label,
        "figure.constrained_layout.use": True,
        "figure.constrained_layout.w_pad": 0.5 / 72,
        "figure.constrained_layout.h_pad": 0.5 / 72,
        "figure.max_open_warning": 0,
        "grid.color": hair,
        "grid.linewidth": hairline,
        "hatch.linewidth": plain["rule"],
        "legend.fontsize": label,
        "legend.title_fontsize": label,
        "legend.frameon": False,
        "legend.labelcolor": ink,
        "lines.linewidth": plain["outline"],
        "lines.markersize": 2 * plain["dot"],
        "patch.linewidth": plain["rule"],
        "path.simplify": True,
        "savefig.facecolor": "none",
        **{f"{axis}tick.{key}": value for axis in "xy" for key, value in {
            "color": hair, "labelcolor": grey, "labelsize": label, "major.width": plain["rule"],
            "major.size": 2.5, "minor.width": hairline, "minor.size": 1.5,
        }.items()},
    }  # fmt: skip
