"""The check of annotations: what they say stands on the plot, and is as short as words on a plot are."""

from __future__ import annotations

from typing import TypeVar

from c6brief.documents.problems import did_you_mean
from c6brief.figures.annotations.axes import Axis
from c6brief.figures.annotations.options import AnnotatedOptions, Annotation, Period
from c6brief.figures.checks import At
from c6brief.figures.rows.checking import TableCheck

LONGEST = 120
"""Characters of words on a plot, at most."""
SMALLEST_ON_LOG = 1e-300
"""Floats below are not exact; nothing that is measured is so small."""
ARTICLES = {"integer": "an integer"}


A = TypeVar("A", bound=AnnotatedOptions)


def check_annotations(check: TableCheck[A], x: Axis, y: Axis, *, poles: bool = True) -> None:
    """Everything that is said of a plot stands on it. ``x`` and ``y`` are its axes.

    ``poles``: whether words can stand above the plot. Problems, each at the value: ``bad-value``, ``unknown-value``,
    ``missing-key``.
    """
    options = check.options
    for index, reference in enumerate(options.references):
        _words(check, reference.label, ("references", index, "label"), 0)
        place = options.place("references", index, "value")
        if not y.grows and not y.holds(reference.value):
            check.bad(f"value: {reference.value:g} is not within what is drawn", place, _range(y))
        if y.log and reference.value < SMALLEST_ON_LOG:
            check.bad(f"{reference.value:g} has no place on a logarithmic scale", place, "remove it, or 'log'")
    for index, annotation in enumerate(options.annotate):
        _annotation(check, annotation, index, x, y, poles)
    for index, period in enumerate(options.periods):
        _period(check, period, index, x, y)


def _annotation(check: TableCheck[A], annotation: Annotation, index: int, x: Axis, y: Axis, poles: bool) -> None:
    at, options = ("annotate", index), check.options
    _words(check, annotation.text, (*at, "text"), LONGEST)
    across = _place(check, x, annotation.x, (*at, "x"), beyond=annotation.y is not None)
    if annotation.y is not None:
        _number(check, y, annotation.y, (*at, "y"), beyond=True)
    elif annotation.to is not None or not poles:
        why = "an arrow begins at words on the plot" if poles else "words stand beside a row, at a number"
        check.bad(f"y: missing; {why}", options.place(*at), "add 'y: …'", "missing-key")
    if annotation.to is None:
        return
    end = _place(check, x, annotation.to.x, (*at, "to", "x"))
    _number(check, y, annotation.to.y, (*at, "to", "y"))
    if across is not None and across == end and annotation.y == annotation.to.y:
        place = options.place(*at, "to", key=True)
        check.bad("to: the arrow ends where its words stand", place, "let the words stand beside what they are about")


def _period(check: TableCheck[A], period: Period, index: int, x: Axis, y: Axis) -> None:
    at, options = ("periods", index), check.options
    axis, name = (x, "x") if period in options.bands("x") else (y, "y")
    _words(check, period.label, (*at, "label"), LONGEST)
    if axis.type == "string" and name != options.level:
        other = "y" if name == "x" else "x"
        check.bad("axis: a band runs along numbers or times", options.place(*at, "axis"), f"axis: {other}")
        return
    first = _place(check, axis, period.from_, (*at, "from"), beyond=True)
    last = _place(check, axis, period.to, (*at, "to"), beyond=True)
    if first is not None and last is not None and first >= last:
        message = f"'{period.to}' does not come after '{period.from_}'"
        check.bad(f"to: {message}", options.place(*at, "to"), "the earlier or lower end stands under 'from'")


def _words(check: TableCheck[A], words: str, at: At, longest: int) -> None:
    place, key, count = check.options.place(*at), at[-1], len(" ".join(words.split()))
    if not count:
        check.bad(f"{key}: no words", place, "say what it is")
    elif longest and count > longest:
        hint = "a few words are read on a plot; 'note' under the figure has room for more"
        check.bad(f"{key}: {count} characters; at most {longest} stand on a plot", place, hint)


def _place(check: TableCheck[A], axis: Axis, words: str, at: At, *, beyond: bool = False) -> float | None:
    """Where ``words``, which are written at ``at``, stand on ``axis``; ``None`` after a problem."""
    written_at, key = check.options.place(*at), at[-1]
    try:
        place = axis.place(words)
    except KeyError:
        check.bad(f"{key}: no '{words}'", written_at, did_you_mean(words, axis.names), "unknown-value")
        return None
    except (ValueError, OverflowError):
        hint = "as in 2026-03-02" if axis.type == "date" else ""
        check.bad(f"{key}: '{words}' is not {ARTICLES.get(axis.type, f'a {axis.type}')}", written_at, hint)
        return None
    if axis.holds(place, beyond=beyond):
        return place
    check.bad(f"{key}: '{words}' is not within what is drawn", written_at, _range(axis))
    return None


def _number(check: TableCheck[A], axis: Axis, value: float, at: At, *, beyond: bool = False) -> None:
    """``value``, which is written at ``at``, stands on ``axis``."""
    place, key = check.options.place(*at), at[-1]
    if axis.log and value < SMALLEST_ON_LOG:
        check.bad(f"{key}: {value:g} has no place on a logarithmic scale", place, "a number above zero")
    elif not axis.holds(value, beyond=beyond):
        check.bad(f"{key}: {value:g} is not within what is drawn", place, _range(axis))


def _range(axis: Axis) -> str:
    return f"the data run from {axis.ends[0]} to {axis.ends[1]}"
