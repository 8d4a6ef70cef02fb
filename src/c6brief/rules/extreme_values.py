"""Values of style sheets that no page needs, and that keep the layout busy until a limit ends it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import tinycss2

from c6brief.rules.review.rule import Finding, rule
from c6brief.rules.review.template import TemplateUnderReview

LONGEST = 100_000
"""CSS pixels of a length: 26 m."""

LARGEST = 1_000_000
"""Numbers and percentages of any kind."""

MOST = 1_000
"""Columns, tracks of a grid, lines that stay together, spaces of a tabulator."""

FINEST = 0.05
"""CSS pixels, or per cent, after which a gradient may begin again: finer than any press."""

_PIXELS = {"px": 1.0, "pt": 4 / 3, "pc": 16.0, "in": 96.0, "cm": 37.8, "mm": 3.78, "q": 0.945, "em": 16.0, "rem": 16.0}
"""CSS pixels of a unit (CSS Values 4, 6); a letter's size is taken as that of a browser."""

_COUNTS = ("column-count", "columns", "grid", "orphans", "tab-size", "widows")
_FREE = ("z-index", "order", "unicode-range")
"""Properties whose numbers cost nothing, however large."""


@rule("extreme-value", severity="error", chapter="craft")
def extreme_value(template: TemplateUnderReview) -> Iterator[Finding]:
    """a style sheet sets a value that no page needs: a length over {LONGEST} px, a count over {MOST}

    Laying it out would take all the memory or all the time there is. Counts are those of columns, of tracks of a grid and
    `repeat()`, of `orphans` and `widows`, and `tab-size`. A gradient that repeats within {FINEST} px counts too. What only `calc()` or `var()` makes extreme is not seen: that ends
    at a limit.
    """
    for each in template.declarations:
        if words := find_extreme(each.name, each.value):
            yield Finding(
                f"'{each.name}: {_shorten(each.value)}' has {words}", each.place, "use a value that fits on paper"
            )


def find_extreme(name: str, value: str) -> str | None:
    """What is extreme about ``value`` of the property ``name``, in words; ``None`` where nothing is."""
    if name.startswith(_FREE) or name.endswith("-radius"):  # a radius is cut down to the box
        return None
    counts = name.startswith(_COUNTS)
    waiting: list[tuple[Any, bool]] = [(each, counts) for each in tinycss2.parse_component_value_list(value)]
    while waiting:
        token, is_count = waiting.pop()
        if token.type in ("function", "() block", "[] block", "{} block"):
            inner = token.arguments if token.type == "function" else token.content
            repeats = token.type == "function" and token.lower_name == "repeat"
            if token.type == "function" and token.lower_name.startswith("repeating-") and _is_fine(inner):
                return "a gradient that repeats more often than can be seen"
            waiting += [(each, is_count or repeats) for each in inner]
        elif token.type == "number":
            if is_count and abs(token.value) > MOST:
                return f"a count over {MOST:,}"
            if abs(token.value) > LARGEST and not name.startswith("--"):
                return f"a number over {LARGEST:,}"
        elif token.type == "percentage" and abs(token.value) > LARGEST:
            return f"a percentage over {LARGEST:,}"
        elif token.type == "dimension" and abs(token.value) * _PIXELS.get(token.lower_unit, 1.0) > LONGEST:
            return f"a length over {LONGEST:,} px"
    return None


def _is_fine(arguments: Any) -> bool:
    """Whether a gradient begins again within :data:`FINEST`: its last stop says where."""
    places: list[float] = []
    for each in arguments:
        if each.type == "literal" and each.value == ",":
            places = []
        elif each.type == "percentage":
            places.append(abs(each.value))
        elif each.type == "dimension":
            places.append(abs(each.value) * _PIXELS.get(each.lower_unit, 1.0))
    return 0 < max(places, default=0) < FINEST


def _shorten(value: str) -> str:
    return value if len(value) <= 40 else f"{value[:39]}…"
