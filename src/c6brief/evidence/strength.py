"""How well a statement is backed, computed from its accounts.

Strength is counted in independent voices. A voice is a person or an organisation that the evidence base states for a
source or an account; a source for which none is stated adds none. Voices that look like one
(:mod:`c6brief.evidence.likeness`) count once.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from c6brief.evidence.base import Evidence
from c6brief.evidence.dates import can_all_hold
from c6brief.evidence.likeness import Witness, independent_voices
from c6brief.evidence.models import Event, EventAccount, Quote, Statement

Backing = Literal["corroborated", "single voice", "voice not stated", "unsupported"]

BACKINGS: tuple[Backing, ...] = ("corroborated", "single voice", "voice not stated", "unsupported")
"""All of them, the strongest first."""


@dataclass(frozen=True)
class Strength:
    """How well an event, a claim or a quotation is backed."""

    voices: tuple[str, ...]
    """The stated and independent voices that support it."""
    is_supported: bool = True
    """Whether an account supports it, whoever speaks there."""
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
        if not self.is_supported:
            return "unsupported"
        return "corroborated" if len(self.voices) > 1 else "single voice" if self.voices else "voice not stated"

    @property
    def differs(self) -> bool:
        """Whether its accounts contradict one another, in their dates or in what they say.

        Where none supports it there is nothing that the others contradict.
        """
        return self.is_supported and (self.contested or self.conflict)


def strength(entry: Statement | Quote, evidence: Evidence) -> Strength:
    """The strength of ``entry``: of a quotation, one voice; of a statement, by the voices of its accounts."""
    if isinstance(entry, Quote):
        voice = evidence.voice_of_quote(entry)
        return Strength(voices=(voice,) if voice else ())
    witnesses = [
        Witness(evidence.voice_of_account(account), account.source, account.exact)
        for account in entry.accounts
        if account.stance == "supports" and account.source in evidence.sources
    ]
    stances = {account.stance for account in entry.accounts}
    dated = [account for account in entry.accounts if isinstance(account, EventAccount) and account.date]
    return Strength(
        voices=independent_voices(witnesses, evidence),
        is_supported=bool(witnesses),
        contested="disputes" in stances,
        qualified="qualifies" in stances,
        conflict=dates_conflict(dated),
        undated=isinstance(entry, Event) and not dated,
        derived=any(account.basis == "derived" for account in dated),
    )


def weakest(strengths: Iterable[Strength]) -> Strength:
    """The strength of what several statements say together: that of the weakest, and what differs in any of them.

    Two claims, each with another voice, are two claims of one voice. ``strengths`` has one at least.
    """
    found = list(strengths)
    least = max(found, key=lambda one: BACKINGS.index(one.backing))
    return Strength(
        voices=least.voices,
        is_supported=least.is_supported,
        contested=any(one.contested for one in found),
        qualified=any(one.qualified for one in found),
        conflict=any(one.conflict for one in found),
        derived=any(one.derived for one in found),
    )


def dates_conflict(accounts: list[EventAccount]) -> bool:
    """Whether the dates cannot all hold: no day is allowed by all of them."""
    return not can_all_hold(account.date for account in accounts if account.date)
