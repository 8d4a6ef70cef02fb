"""What a row of a timeline says: an event's dates, who gives them, and where they part."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from c6brief.evidence.base import Evidence
from c6brief.evidence.dates import interval, is_approximate
from c6brief.evidence.models import Event, EventAccount
from c6brief.evidence.strength import strength
from c6brief.figures.accounts.timescale import When, when

ABOUT = "≈"
"""The sign of an approximate date. EDTF's own ``~`` is the brief's mark of a derived one."""


@dataclass(frozen=True)
class Mark:
    """A date as told. ``about``: no source gives it without doubt."""

    moment: When
    stated: bool
    about: bool
    sources: tuple[str, ...]


@dataclass(frozen=True)
class Row:
    """An event on the line.

    ``sides`` are the sources that agree with each other, by date: more than one where dates conflict or an account
    disputes the event. ``silent`` tell the event without dating it, where others conflict about the date.
    """

    event: Event
    marks: tuple[Mark, ...]
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


def row_of(event: Event, evidence: Evidence) -> Row:
    """The row of ``event``."""
    verdict = strength(event, evidence)
    dated = [account for account in event.accounts if account.date]
    silent: tuple[str, ...] = ()
    if verdict.conflict:
        sides = _agreeing(dated)
        told = {source for side in sides for source in side}
        silent = _distinct(account.source for account in event.accounts if account.source not in told)
    else:
        disputing = _distinct(account.source for account in event.accounts if account.stance == "disputes")
        telling = _distinct(account.source for account in event.accounts if account.stance != "disputes")
        sides = tuple(side for side in (telling, disputing) if side)
        if disputing and not telling:
            sides = ((), disputing)
    return Row(event, _marks(dated), sides, silent, verdict.conflict)


def _marks(dated: list[EventAccount]) -> tuple[Mark, ...]:
    """One mark for each time told, stated where any account states it."""
    found: dict[When, list[EventAccount]] = {}
    for account in dated:
        found.setdefault(when(account.date), []).append(account)
    marks = [
        Mark(
            moment,
            any(account.basis == "stated" for account in accounts),
            all(is_approximate(account.date) for account in accounts),
            _distinct(account.source for account in accounts),
        )
        for moment, accounts in found.items()
    ]
    return tuple(sorted(marks, key=lambda mark: (mark.moment.anchor, -mark.moment.length)))


def _agreeing(dated: list[EventAccount]) -> tuple[tuple[str, ...], ...]:
    """The sources in groups whose dates can all hold, earliest first."""
    groups: list[list[EventAccount]] = []
    for account in sorted(dated, key=lambda account: interval(account.date)):
        if groups and all(interval(account.date).meets(interval(other.date)) for other in groups[-1]):
            groups[-1].append(account)
        else:
            groups.append([account])
    return tuple(_distinct(account.source for account in group) for group in groups)


def _distinct(words: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(words))
