"""How well is a statement backed? Computed from its accounts, never written by hand.

Independence is counted by voice: two sources that report one speaker are one witness.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from c6brief.evidence.base import Evidence
from c6brief.evidence.dates import interval
from c6brief.evidence.models import Claim, Event, EventAccount

Backing = Literal["corroborated", "single voice"]


@dataclass(frozen=True)
class Strength:
    """The strength of a claim or event.

    ``voices`` are those that support it. ``conflict``: the dates of its accounts cannot all hold. ``contested``:
    an account disputes it. ``qualified``: an account qualifies it. ``undated``: no account gives a date.
    ``derived``: a date was worked out rather than stated.
    """

    voices: tuple[str, ...]
    contested: bool = False
    qualified: bool = False
    conflict: bool = False
    undated: bool = False
    derived: bool = False

    @property
    def backing(self) -> Backing:
        return "corroborated" if len(self.voices) > 1 else "single voice"

    @property
    def differs(self) -> bool:
        """Whether its accounts differ: in their dates or in what they say."""
        return self.contested or self.conflict


def strength(entry: Claim | Event, evidence: Evidence) -> Strength:
    """The strength of ``entry``, by the voices of its accounts' sources."""
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
    """Whether the dates cannot all hold. Intervals on a line all meet where each two of them meet (Helly)."""
    intervals = [interval(account.date) for account in accounts if account.date]
    return any(not one.meets(other) for index, one in enumerate(intervals) for other in intervals[:index])
