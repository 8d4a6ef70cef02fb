"""Checking a chart before it is drawn, and the checks that kinds have in common."""

from __future__ import annotations

from collections.abc import Iterable

from c6brief.documents.entries import Entry, validate_as
from c6brief.documents.problems import Problems, did_you_mean
from c6brief.evidence.base import Evidence
from c6brief.evidence.models import Chart
from c6brief.figures.kind import Options, kind_named, known_kinds
from c6brief.figures.refusals import REFUSED_KEYS, refused_kind


def check_chart(chart: Chart, evidence: Evidence, problems: Problems) -> Options | None:
    """The chart with the keys of its kind; ``None`` where a problem keeps it from being drawn.

    Problems: ``unknown-value`` (kind, country), ``unknown-id`` (event, source, scope, theme), ``refused-figure`` (what
    :mod:`c6brief.figures.refusals` names), and those of :func:`c6brief.documents.entries.validate`.
    """
    kind = kind_named(chart.kind)
    refusal = refused_kind(chart.kind) if kind is None else None
    if refusal is not None:
        problems.error(refusal.rule, f"no '{chart.kind}' here: {refusal.reason}", chart.place("kind"), refusal.hint)
        return None
    if kind is None:
        hint = did_you_mean(chart.kind, known_kinds())
        problems.error("unknown-value", f"no kind of chart is called '{chart.kind}'", chart.place("kind"), hint)
        return None
    refused = {**REFUSED_KEYS, **kind.options.refused}
    options = validate_as(kind.options, chart, problems, given={"id": chart.id}, refused=refused)
    if options is None:
        return None
    return options if kind.check(options, evidence, problems) else None


At = tuple[str | int, ...]
"""The way to a value of the chart: ``("events", 2)``."""


def known_id(id: str, kind: str, noun: str, at: At, options: Entry, evidence: Evidence, problems: Problems) -> bool:
    """Whether ``id``, written at ``at``, is in the evidence base. Problem: ``unknown-id``."""
    entries = evidence.kind(kind)
    if id not in entries and not evidence.excuses(id, kind):
        problems.error("unknown-id", f"no {noun} '{id}'", options.place(*at), did_you_mean(id, entries))
    return id in entries


def known_theme(
    theme: str, kinds: Iterable[str], noun: str, at: At, options: Entry, evidence: Evidence, problems: Problems
) -> bool:
    """Whether an entry of ``kinds`` (one ``noun`` or another) has the theme at ``at``. Problem: ``unknown-id``."""
    known = {word for kind in kinds for entry in evidence.kind(kind).values() for word in entry.themes}
    if theme not in known and not evidence.excuses(theme, *kinds):
        message = f"no {noun} has the theme '{theme}'"
        problems.error("unknown-id", message, options.place(*at), did_you_mean(theme, known))
    return theme in known


def no_repeats(values: Iterable[str], key: str, options: Entry, problems: Problems) -> bool:
    """Whether every value of the list ``key`` stands there once. Problem: ``bad-value``."""
    seen: set[str] = set()
    good = True
    for index, value in enumerate(values):
        if value in seen:
            problems.error("bad-value", f"{key}: '{value}' stands twice", options.place(key, index), "remove one")
            good = False
        seen.add(value)
    return good
