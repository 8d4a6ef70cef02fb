"""What may be said along an axis of a plot: names, times or numbers, from where to where."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from c6brief.figures.rows.tabular import one_line
from c6brief.figures.time.times import Times, place_of

BEYOND = 0.25
"""Words may stand so far beyond the data, in parts of their range: the scale is made to hold them."""


@dataclass(frozen=True)
class Axis:
    """An axis from ``low`` to ``high``, the range of what is drawn.

    ``type`` is that of the field: ``string`` for names, which have their places in ``names``. ``ends`` are the two
    limits as they are written. ``grows``: whether the scale can be made to hold what lies a little beyond.
    """

    type: str
    low: float
    high: float
    ends: tuple[str, str]
    names: Mapping[str, float] = field(default_factory=dict)
    log: bool = False
    grows: bool = False

    def place(self, words: str) -> float:
        """The place of what is written. Raises ``KeyError`` for an unknown name, else ``ValueError``."""
        return self.names[one_line(words)] if self.type == "string" else place_of(words, self.type)

    def holds(self, place: float, *, beyond: bool = False) -> bool:
        """Whether ``place`` lies within what is drawn; ``beyond``: or so near to it that the scale can hold it."""
        low, high = self.low, self.high
        if beyond and self.grows:
            if self.log:
                room = (high / low) ** BEYOND if high > low else 2.0
                return place > 0 and low / room <= place <= high * room
            room = BEYOND * (high - low) or abs(high) * BEYOND or 1.0
            low, high = low - room, high + room
        return low <= place <= high


def names_axis(names: Iterable[str]) -> Axis:
    """An axis of categories in their order."""
    places = {name: float(turn) for turn, name in enumerate(names)}
    return Axis("string", 0.0, float(max(len(places) - 1, 0)), ("", ""), places)


def time_axis(times: Times) -> Axis:
    """The axis along which lines and areas run."""
    first, *_, last = times.ordered()
    names = times.places if times.type == "string" else {}
    return Axis(times.type, times.places[first], times.places[last], (first, last), names)


def number_axis(values: Iterable[float | None], *, log: bool = False, grows: bool = True) -> Axis:
    """An axis of numbers that shows these ``values``; ``None`` counts for nothing."""
    known = [float(value) for value in values if value is not None] or [0.0]
    low, high = min(known), max(known)
    return Axis("number", low, high, (f"{low:.12g}", f"{high:.12g}"), log=log, grows=grows)
