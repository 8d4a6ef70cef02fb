"""Checks that kinds of chart have in common: of ids, themes and lists."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from c6brief.documents.entries import Entry
from c6brief.documents.problems import Problems, did_you_mean, name_rule
from c6brief.evidence.base import Evidence
from c6brief.evidence.models import Claim, Event, Quote

FIGURE_TEXT = name_rule(
    "figure-text",
    "warning",
    """a text of a figure of own code is cut off, too small, or lies upon another one

    Figures of the other kinds place their texts themselves. Those that code of yours draws
    ([own-figures.md](own-figures.md)) are looked at when they are drawn, so `render` tells it and `check` cannot.
    """,
)

At = tuple[str | int, ...]
"""The way to a value of the chart: ``("events", 2)``."""


ThemedEntry = Quote | Event | Claim


def themed_entries(kind: str, evidence: Evidence) -> Mapping[str, ThemedEntry]:
    """The ``quotes``, ``events`` or ``claims`` of the evidence base: what speaks of themes."""
    kinds: dict[str, Mapping[str, ThemedEntry]] = {
        "quotes": evidence.quotes,
        "events": evidence.events,
        "claims": evidence.claims,
    }
    return kinds[kind]


def known_id(id: str, kind: str, noun: str, at: At, options: Entry, evidence: Evidence, problems: Problems) -> bool:
    """Whether ``id``, written at ``at``, is in the evidence base. Problem: ``unknown-id``."""
    entries = evidence.kind(kind)
    if id not in entries and not evidence.excuses(id, kind):
        problems.error("unknown-id", f"no {noun} '{id}'", options.place(*at), did_you_mean(id, entries))
    return id in entries


def known_theme(
    theme: str, kinds: Iterable[str], noun: str, at: At, options: Entry, evidence: Evidence, problems: Problems
) -> bool:
    """Whether an entry of ``kinds`` (one ``noun`` or another) has the theme at ``at``. Problem: ``unknown-id``.

    ``kinds`` are those of :func:`themed_entries`.
    """
    known = {word for kind in kinds for entry in themed_entries(kind, evidence).values() for word in entry.themes}
    if theme not in known and not evidence.excuses(theme, *kinds):
        message = f"no {noun} has the theme '{theme}'"
        problems.error("unknown-id", message, options.place(*at), did_you_mean(theme, known))
    return theme in known


def no_repeats(values: Iterable[str], key: str, options: Entry, problems: Problems) -> bool:
    """Whether every value of the list ``key`` stands there once. Problem: ``bad-value``."""
    written = list(values)
    first = {value: index for index, value in reversed(list(enumerate(written)))}
    again = [(index, value) for index, value in enumerate(written) if first[value] != index]
    for index, value in again:
        problems.error("bad-value", f"{key}: '{value}' stands twice", options.place(key, index), "remove one")
    return not again
