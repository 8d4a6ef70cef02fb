"""The colours of bars: by series, by what is highlighted, and how a value looks that its source is uncertain of."""

from __future__ import annotations

from c6brief.documents.colours import mix
from c6brief.figures.bar.bars import Bars
from c6brief.figures.drawing.palette import quiet_colour, text_colour_on, tones
from c6brief.figures.drawing.style import Style

LIGHTEST = 0.34
"""Of a colour on paper: less than that is no bar any more."""


class BarColours:
    """The colour of each bar. Series differ in lightness first: they are told apart when printed grey."""

    def __init__(self, bars: Bars, style: Style) -> None:
        self.bars, self.style = bars, style
        count = len(bars.series)
        rights = [index for index in range(count) if index not in bars.left]
        self.bright = [style.brand] * count
        if bars.strong_series:
            self._spread(sorted(bars.strong_series), style.brand)
        else:
            # On two sides of zero the strongest answers stand outermost, and darkest.
            # Of times, the last counts most.
            backwards = bars.left or all(name.isdigit() for name in bars.series)
            self._spread(rights[::-1] if backwards else rights, style.brand)
            self._spread(sorted(bars.left), style.second)
        self.dull = tones(count, style, quiet_colour(style) if count == 1 else mix(style.grey, style.paper, 0.62), 0.4)
        if count > 1 and len(bars.strong_series) == 1:
            self.dull = [(quiet_colour(style), mix(style.grey, style.paper, 0.28))[index % 2] for index in range(count)]

    def _spread(self, series: list[int], colour: str) -> None:
        for index, tone in zip(series, tones(len(series), self.style, colour, LIGHTEST), strict=True):
            self.bright[index] = tone

    def of(self, row: int, series: int) -> str:
        """The colour of a series in a row: grey where something else is highlighted."""
        bars = self.bars
        if bars.strong_rows or bars.strong_series:
            strong = row in bars.strong_rows or series in bars.strong_series
            return self.bright[series] if strong else self.dull[series]
        return self.bright[series]

    def key(self, series: int) -> str:
        """The colour of a series in a key."""
        quieted = self.bars.strong_series and series not in self.bars.strong_series
        return self.dull[series] if quieted else self.bright[series]


def number_colour(colour: str, uncertain: bool, style: Style) -> str:
    """The colour of a number within a bar."""
    return style.ink if uncertain else text_colour_on(colour, style)
