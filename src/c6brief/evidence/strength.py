"""How well a statement is backed, computed from its accounts.

Independence is counted by voices: two sources that report one speaker are one witness.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from c6brief.evidence.base import Evidence
from c6brief.evidence.dates import interval
from c6brief.evidence.models import Event, EventAccount, Statement

Backing = Literal["corroborated", "single voice"]


@dataclass(frozen=True)
class Strength:
    """How well an event or a claim is backed."""

    voices: tuple[str, ...]
    """The voices that support it."""
    contested: bool = False
    """Whether an account disputes it."""
    qualified: bool = False
    """Whether an account qualifies it."""
    conflict: bool = False
    """Whether the dates of its accounts cannot all hold."""
    undated: bool = False
    """Whether it is an event without a date in any account."""
    derived: bool = False
    """Whether a date was derived and is not stated."""

    @property
    def backing(self) -> Backing:
        """Corroborated where two voices or more support it."""
        return "corroborated" if len(self.voices) > 1 else "single voice"

    @property
    def differs(self) -> bool:
        """Whether its accounts contradict one another, in their dates or in what they say."""
        return self.contested or self.conflict


def strength(entry: Statement, evidence: Evidence) -> Strength:
    """The strength of ``entry``, whose accounts are counted by the voices of their sources."""
    voices: dict[str, None] = {}
    for account in entry.accounts:
        if account.stance == "supports" and account.source in evidence.sources:
            voices[evidence.sources[account.source].voice] = None
    stances = {account.stance for account in entry.accounts}
    dated = [account for account in entry.accounts if isinstance(account, EventAccount) and account.date]
    return Strength(
        voices=tuple(voices),
        contested="disputes" in stances,
        qualified="qualifies" in stances,
        conflict=dates_conflict(dated),
        undated=isinstance(entry, Event) and not dated,
        derived=any(account.basis == "derived" for account in dated),
    )


def dates_conflict(accounts: list[EventAccount]) -> bool:
    """Whether the dates cannot all hold: intervals have a common day if each two of them have one (Helly)."""
    intervals = [interval(account.date) for account in accounts if account.date]
    return any(not one.meets(other) for index, one in enumerate(intervals) for other in intervals[:index])
