"""What is refused on purpose: kinds and keys that people ask for, why they are not here, and what to use instead.

Everybody can see that a word is unknown; a reason helps. Each refusal ends in the problem ``refused-figure`` at the
word.
"""

from __future__ import annotations

from collections.abc import Mapping

from c6brief.documents.entries import Refusal

RULE = "refused-figure"

_ROUND = Refusal(RULE, "angles are hard to compare", "parts of a whole: 'bar' with 'arrange: share', or 'waffle'")
_DEEP = Refusal(RULE, "depth changes lengths that ought to be compared", "the same numbers as 'bar'")
_TWO_SCALES = Refusal(RULE, "two scales in one figure can be made to say anything", "one scale each: 'small-multiples'")

REFUSED_KINDS: Mapping[str, Refusal] = {
    "pie": _ROUND,
    "donut": _ROUND,
    "doughnut": _ROUND,
    "3d": _DEEP,
    "bar3d": _DEEP,
    "pie3d": _DEEP,
    "radar": Refusal(
        RULE, "its shape depends on the order of its spokes, its area on nothing", "'dot' or 'heatmap', or 'table'"
    ),
    "gauge": Refusal(
        RULE, "a dial takes a figure to say one number", "write the number; with others of its kind: 'bar'"
    ),
    "wordcloud": Refusal(
        RULE, "long words look important, and counts cannot be read", "counts as 'bar'; words in 'table'"
    ),
    "bubble": Refusal(
        RULE, "areas are hard to compare", "'scatter' for two numbers, 'bar' or 'dot' for one; the third in a panel"
    ),
}
"""By the name of the kind asked for, in small letters without hyphens."""

REFUSED_KEYS: Mapping[str, Refusal] = {
    **dict.fromkeys(("y2", "secondary", "secondary_y", "right_axis", "twin"), _TWO_SCALES),
    "depth": _DEEP,
    "explode": Refusal(RULE, "a part that is moved cannot be compared", "'highlight' marks a part"),
}
"""By the name of the key, in a chart of any kind that has no such key of its own."""


def refused_kind(name: str) -> Refusal | None:
    """Why there is no kind called ``name``, however it is spelled: ``Pie``, ``word-cloud``, ``bar_3d``."""
    plain = name.casefold()
    for mark in "-_ ":
        plain = plain.replace(mark, "")
    return REFUSED_KINDS.get(plain)
