"""What a row of a timeline says: an event's dates, who gives them, and where they part."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from c6brief.evidence.base import Evidence
from c6brief.evidence.dates import can_all_hold, interval, is_approximate
from c6brief.evidence.models import Event, EventAccount
from c6brief.evidence.strength import strength
from c6brief.figures.timeline.timescale import TimeSpan, time_span

ABOUT = "≈"
"""The sign of an approximate date. EDTF's own ``~`` is the brief's mark of a derived one."""


Dated = tuple[str, EventAccount]
"""An account with its date."""


@dataclass(frozen=True)
class DateMark:
    """A date that sources give. ``about``: no source gives it without doubt."""

    moment: TimeSpan
    stated: bool
    about: bool
    sources: tuple[str, ...]


@dataclass(frozen=True)
class TimelineRow:
    """An event on the line.

    ``sides`` are the sources that agree with each other, by date: more than one where dates conflict or an account
    disputes the event. ``silent`` are the sources that give the event no
    date, where others conflict about it.
    """

    event: Event
    marks: tuple[DateMark, ...]
    sides: tuple[tuple[str, ...], ...]
    silent: tuple[str, ...]
    conflict: bool

    @property
    def differs(self) -> bool:
        """Whether the accounts differ, in dates or in what they say."""
        return len(self.sides) > 1

    @property
    def order(self) -> tuple[bool, float, str]:
        """By the earliest date; events without one last; else by id."""
        return not self.marks, min((mark.moment.anchor for mark in self.marks), default=0.0), self.event.id


def row_of(event: Event, evidence: Evidence) -> TimelineRow:
    """The row of ``event``."""
    verdict = strength(event, evidence)
    dated = [(account.date, account) for account in event.accounts if account.date]
    silent: tuple[str, ...] = ()
    if verdict.conflict:
        sides = _agreeing(dated)
        dated_by = {source for side in sides for source in side}
        silent = _distinct(account.source for account in event.accounts if account.source not in dated_by)
    else:
        disputing = _distinct(account.source for account in event.accounts if account.stance == "disputes")
        supporting = _distinct(account.source for account in event.accounts if account.stance != "disputes")
        sides = tuple(side for side in (supporting, disputing) if side)
        if disputing and not supporting:
            sides = ((), disputing)
    return TimelineRow(event, _marks(dated), sides, silent, verdict.conflict)


def _marks(dated: list[Dated]) -> tuple[DateMark, ...]:
    """One mark for each time given, stated where any account states it."""
    found: dict[TimeSpan, list[Dated]] = {}
    for date, account in dated:
        found.setdefault(time_span(date), []).append((date, account))
    marks = [
        DateMark(
            moment,
            any(account.basis == "stated" for _, account in accounts),
            all(is_approximate(date) for date, _ in accounts),
            _distinct(account.source for _, account in accounts),
        )
        for moment, accounts in found.items()
    ]
    return tuple(sorted(marks, key=lambda mark: (mark.moment.anchor, -mark.moment.length)))


def _agreeing(dated: list[Dated]) -> tuple[tuple[str, ...], ...]:
    """The sources in groups whose dates can all hold, earliest first."""
    groups: list[list[Dated]] = []
    for date, account in sorted(dated, key=lambda pair: interval(pair[0])):
        if groups and can_all_hold([date, *(other for other, _ in groups[-1])]):
            groups[-1].append((date, account))
        else:
            groups.append([(date, account)])
    return tuple(_distinct(account.source for _, account in group) for group in groups)


def _distinct(words: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(words))
