"""Where the lines of a paragraph end, chosen for all of them at once.

Knuth and Plass, "Breaking Paragraphs into Lines" (Software: Practice and Experience 11, 1981): each way to break a
paragraph costs something, and dynamic programming finds the one that costs least. CSS Text 4 calls it
``text-wrap: pretty``, and ``balance`` where lines are to be of one length. Nothing here knows of fonts or pages: lengths
are CSS pixels that the caller has measured.

Costs are numbers without a unit. A line that falls a tenth of the measure short costs 1, and twice that much 4.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from math import inf
from typing import Literal

Wrap = Literal["pretty", "balance", "justify"]

SHORTEST_LINE = 0.8
"""Of the measure: what every ragged line but the last should reach."""

SHORTEST_LAST = 1 / 3
"""Of the measure: what the last line should reach."""

FEWEST_LAST = 8
"""Characters of a last line, below which it is a runt; so is a single word."""

WIDEST_SPACE = 0.5
"""Of the type size: what justification may add to a space before a hyphen is cheaper."""

ZONE = 0.14
"""Of the measure: the white at a line's end from which on a greedy breaker hyphenates."""

SHORT, RUNT, HYPHEN, LADDER, STACK, OVERFULL = 6.0, 40.0, 12.0, 400.0, 1.5, 10_000.0
"""What is added for a line that is a tenth of the measure too short, a runt, a hyphen, two hyphens in a row, lines that
begin or end with the same word, and a line that does not fit.
"""

EACH_LINE = 25.0
"""What every line costs where the cheapest way to break a paragraph takes more lines than filling them."""


@dataclass
class Opportunities:
    """Where a stretch of text may be broken. The last entry is its end.

    The line from opportunity ``i`` to ``j`` is ``ends[j] - starts[i]`` wide. Entry 0 of ``starts`` is the beginning.
    """

    starts: list[float] = field(default_factory=lambda: [0.0])
    """Where the text behind each begins, in px from the beginning; spaces that a line's end swallows are left out."""
    ends: list[float] = field(default_factory=lambda: [0.0])
    """Where the text before each ends, with the hyphen that is set there."""
    penalties: list[float] = field(default_factory=lambda: [0.0])
    """What a break there costs beside the line's length."""
    hyphens: list[bool] = field(default_factory=lambda: [False])
    """Whether a hyphen is set there that was not typed."""
    heads: list[str] = field(default_factory=lambda: [""])
    """The words behind."""
    tails: list[str] = field(default_factory=lambda: [""])
    """The words before."""
    letters: list[int] = field(default_factory=lambda: [0])
    """How many characters stand before each."""
    words: list[int] = field(default_factory=lambda: [0])
    """How many spaces stand before each."""
    forced: list[bool] = field(default_factory=lambda: [False])
    """Whether a line must end there."""

    def add(
        self, end: float, start: float, penalty: float, hyphen: bool, tail: str, head: str, letters: int, words: int,
        forced: bool = False,
    ) -> None:  # fmt: skip
        """Add an opportunity behind the last one."""
        self.forced.append(forced)
        self.ends.append(end)
        self.starts.append(start)
        self.penalties.append(penalty)
        self.hyphens.append(hyphen)
        self.tails.append(tail)
        self.heads.append(head)
        self.letters.append(letters)
        self.words.append(words)

    def __len__(self) -> int:
        return len(self.ends)


def break_lines(
    text: Opportunities, begin: int, first: float, rest: float, wrap: Wrap = "pretty", em: float = 16.0
) -> list[int]:
    """The opportunities at which the lines of ``text`` end that begin at the opportunity ``begin``; the last is the end.

    ``first`` and ``rest`` are the widths that the first of these lines and all others may have, in px. There are no
    more lines than filling each would give, unless that mends a runt or two hyphens in a row. ``em`` is the type size.
    """
    greedy = fill_lines(text, begin, first, rest)
    if len(greedy) == 1 or min(first, rest) <= 0:  # where there is no room, no line is better than another
        return greedy
    if wrap == "balance":
        return _balance(text, begin, first, rest, greedy)
    chosen = _choose(text, begin, first, rest, wrap, em, 0.0)
    if len(chosen) > len(greedy):
        fewer = _choose(text, begin, first, rest, wrap, em, EACH_LINE)
        fewer = fewer if len(fewer) <= len(greedy) else greedy
        if _count_flaws(text, chosen) >= _count_flaws(text, fewer):
            chosen = fewer
    return chosen


def fill_lines(text: Opportunities, begin: int, first: float, rest: float) -> list[int]:
    """As above, each line filled with as much as it holds: a hyphen is set where much white would be left."""
    ends, starts, hyphens, forced, last = text.ends, text.starts, text.hyphens, text.forced, len(text) - 1
    found: list[int] = []
    at, width = begin, first
    while at < last:
        limit = starts[at] + width
        to = hyphenated = 0
        for each in range(at + 1, last + 1):
            if ends[each] > limit and each > at + 1:
                break
            if hyphens[each]:
                hyphenated = each
            else:
                to = each
            if ends[each] > limit or forced[each]:
                break
        to = to or at + 1
        if hyphenated > to and limit - ends[to] > ZONE * width:
            to = hyphenated
        found.append(to)
        at, width = to, rest
    return found


def _count_flaws(text: Opportunities, lines: Sequence[int]) -> int:
    """How often two hyphens follow one another in ``lines``, doubled, and whether they end in a runt."""
    ladders = sum(text.hyphens[one] and text.hyphens[other] for one, other in pairwise(lines))
    return 2 * ladders + (len(lines) > 1 and _is_runt(text, lines[-2], lines[-1]))


def _is_runt(text: Opportunities, since: int, to: int) -> bool:
    """Whether what stands between two opportunities is a single word, or very short."""
    return text.words[to] == text.words[since] or text.letters[to] - text.letters[since] < FEWEST_LAST


def _choose(
    text: Opportunities, begin: int, first: float, rest: float, wrap: Wrap, em: float, each_line: float
) -> list[int]:
    """The lines that cost least, where each costs ``each_line`` besides."""
    starts, ends, penalties, hyphens = text.starts, text.ends, text.penalties, text.hyphens
    heads, tails, words = text.heads, text.tails, text.words
    last = len(text) - 1
    best = [inf] * (last + 1)
    before = [begin] * (last + 1)
    best[begin] = 0.0
    oldest = begin
    for to in range(begin + 1, last + 1):
        if text.forced[to - 1] and to - 1 > begin:
            oldest = to - 1
        end = ends[to]
        widest = max(first, rest)
        while oldest < to - 1 and end - starts[oldest] > widest + 0.01:
            oldest += 1
        lowest, came = inf, to - 1
        for since in range(oldest, to):
            cost = best[since]
            if cost >= lowest:
                continue
            measure = first if since == begin else rest
            width = end - starts[since]
            if width > measure + 0.01:
                if since < to - 1:
                    continue
                cost += OVERFULL
            elif to == last or text.forced[to]:
                cost += _weigh_last(text, since, to, width / measure if measure > 0 else 1.0)
            elif wrap == "justify":
                spaces = words[to] - words[since]
                cost += _weigh_stretch(measure - width, spaces, em)
            else:
                short = 1 - width / measure
                cost += 100 * short * short
                if short > 1 - SHORTEST_LINE:
                    over = (short - 1 + SHORTEST_LINE) * 10
                    cost += SHORT * over * over + 1
            if to < last:
                cost += penalties[to]
                if hyphens[to]:
                    cost += LADDER if hyphens[since] else HYPHEN / 4 if wrap == "justify" else HYPHEN
                elif heads[since] == heads[to]:
                    cost += STACK
            if tails[since] and tails[since] == tails[to]:
                cost += STACK
            cost += each_line
            if cost < lowest:
                lowest, came = cost, since
        best[to], before[to] = lowest, came
    found = [last]
    while before[found[-1]] > begin:
        found.append(before[found[-1]])
    return found[::-1]


def _weigh_last(text: Opportunities, since: int, to: int, share: float) -> float:
    """What a last line costs that takes a ``share`` of the measure. One that is the only one costs nothing."""
    if since == 0 or text.forced[since]:
        return 0.0
    short = max(0.0, SHORTEST_LAST - share)
    return 90 * short * short + (RUNT if _is_runt(text, since, to) else 0.0)


def _weigh_stretch(white: float, spaces: int, em: float) -> float:
    """What a justified line costs whose ``white`` px are shared out among its spaces."""
    if not spaces:
        return OVERFULL / 10
    ratio = white / spaces / (WIDEST_SPACE * em)
    return 4 * ratio * ratio + (50 * (ratio - 1) if ratio > 1 else 0.0)


def _balance(text: Opportunities, begin: int, first: float, rest: float, greedy: list[int]) -> list[int]:
    """Lines of about one length, as many as ``greedy`` has: those of the narrowest measure that needs no more."""
    indent = rest - first
    whole = text.ends[-1] - text.starts[begin] + indent
    widths = sorted({whole / len(greedy) * (1 + step / 100) for step in range(0, 101)} | {rest})
    widths = [width for width in widths if width <= rest] or [rest]
    at = bisect_left(
        widths, True, key=lambda width: len(_fill_whole(text, begin, width - indent, width)) <= len(greedy)
    )
    narrowest = widths[min(at, len(widths) - 1)]
    found = _fill_whole(text, begin, narrowest - indent, narrowest)
    fits = all(text.ends[to] - text.starts[since] <= rest + 0.01 for since, to in pairwise([begin, *found]))
    return found if len(found) <= len(greedy) and fits else greedy


def _fill_whole(text: Opportunities, begin: int, first: float, rest: float) -> list[int]:
    """As :func:`fill_lines`, without hyphens and, where that can be, without a break that has a penalty."""
    found: list[int] = []
    at, width, last = begin, first, len(text) - 1
    while at < last:
        limit, enough = text.starts[at] + width + 0.01, text.starts[at] + 0.6 * width
        to = good = 0
        for each in range(at + 1, last + 1):
            if text.hyphens[each]:
                continue
            if to and text.ends[each] > limit:
                break
            to = each
            good = each if not text.penalties[each] and text.ends[each] > enough else good
            if text.forced[each] or text.ends[each] > limit:
                break
        to = good if text.penalties[to] and not text.forced[to] and to < last and good else to
        found.append(to)
        at, width = to, rest
    return found
