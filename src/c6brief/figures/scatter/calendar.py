"""Round times on a scale of years: years, months or days, with their words."""

from __future__ import annotations

import math
from dataclasses import replace
from datetime import date, timedelta

from babel.dates import format_skeleton

from c6brief.figures.drawing.scale import Scale
from c6brief.figures.time.times import moment
from c6brief.figures.words import FigureWords

YEARS = (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000)


def calendar_ticks(scale: Scale, most: int, words: FigureWords) -> tuple[Scale, list[str]]:
    """``scale`` (in years) with at most ``most`` ticks at round times, and their words.

    Years in digits; months and days as the language writes them, where the scale is no longer than a few years or
    months.
    """
    low, high = scale.low, scale.high
    if high - low >= 2 or not low >= 1 or not high < 9999:
        step = next((step for step in YEARS if (high - low) / step < most), 5000)
        years = range(math.ceil(low / step) * step, math.floor(high) + 1, step)
        return replace(scale, ticks=tuple(map(float, years))), [str(year) for year in years]
    months = high - low >= 0.25
    days = _months(low, high, most) if months else _days(low, high, most)
    skeleton = "yMMM" if months else "MMMd"
    named = [format_skeleton(skeleton, day, locale=words.locale) for day in days]
    return replace(scale, ticks=tuple(moment(day.isoformat(), "date") for day in days)), named


def _months(low: float, high: float, most: int) -> list[date]:
    first, last = math.ceil(low * 12 - 1e-6), math.floor(high * 12)
    step = next((step for step in (1, 2, 3, 6) if (last - first) / step < most), 12)
    starts = (divmod(month, 12) for month in range(first, last + 1) if month % step == 0)
    return [
        day for year, month in starts if low <= moment((day := date(year, month + 1, 1)).isoformat(), "date") <= high
    ]


def _days(low: float, high: float, most: int) -> list[date]:
    first = date(int(low), 1, 1) + timedelta(days=math.ceil((low % 1) * 365.25 - 1))
    days = [first + timedelta(days=number) for number in range(math.ceil((high - low) * 366) + 3)]
    inside = [day for day in days if low <= moment(day.isoformat(), "date") <= high]
    return inside[:: max(1, -(-len(inside) // most))]
