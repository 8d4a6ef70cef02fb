"""What a ladder draws: formats as rungs, each with the countries that it is said to include."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from c6brief.documents.countries import Country
from c6brief.documents.entries import Identifier, SourceId, Strict
from c6brief.evidence.base import Evidence
from c6brief.evidence.models import Claim, Event, Scope, sources_of
from c6brief.figures.kinds import ChartOptions

MOST = 40
"""Formats, and countries, that can still be read."""


SCOPED = ("events", "claims")
"""Kinds of entries that have a scope: they are said of somebody."""


class Format(Strict):
    """A format and whom it includes, as somebody says."""

    name: str = Field(min_length=1, description="as printed")
    scope: Identifier | None = Field(None, description="id of a scope: its members are included")
    members: tuple[Country, ...] | None = Field(None, min_length=1, description="ISO 3166 codes, in place of a scope")
    unstated: bool = Field(False, description="true where the source does not say whom the format includes")
    source: SourceId | None = Field(None, description="id of the source that says so")
    entries: tuple[Identifier, ...] = Field((), description="ids of events and claims that are told of this group")

    @model_validator(mode="after")
    def _one_group(self) -> Format:
        if sum((self.scope is not None, self.members is not None, self.unstated)) > 1:
            raise PydanticCustomError("bad-value", "a format has one of 'scope', 'members' and 'unstated'")
        return self


class LadderOptions(ChartOptions):
    """The keys of a ladder."""

    formats: tuple[Format, ...] = Field(
        (), max_length=MOST, description="{name, scope or members or unstated, entries}"
    )
    events: tuple[Identifier, ...] = Field((), max_length=MOST, description="ids of events, in place of formats")
    claims: tuple[Identifier, ...] = Field((), max_length=MOST, description="ids of claims, in place of formats")
    countries: tuple[Country, ...] | None = Field(
        None, min_length=1, description="ISO 3166 codes: the columns, in order"
    )
    sort: Literal["size", "given"] = Field("size", description="the smallest group first, or as listed")

    @model_validator(mode="after")
    def _one_list(self) -> LadderOptions:
        if bool(self.formats) == bool(self.events or self.claims):
            raise PydanticCustomError("missing-key", "a ladder has either 'formats' or 'events' and 'claims'")
        return self


@dataclass(frozen=True)
class Rung:
    """A row: its name, the name of its group (empty without), whom it includes (``None``: not said), who says so."""

    name: str
    group: str
    members: frozenset[str] | None
    sources: tuple[str, ...]
    entries: tuple[str, ...] = ()


@dataclass(frozen=True)
class Ladder:
    """Rungs from top to bottom, countries from left to right: those that most rungs include come first."""

    rungs: tuple[Rung, ...]
    countries: tuple[str, ...]


def scopes_of(options: LadderOptions, evidence: Evidence) -> list[Scope]:
    """The scopes of formats, of their entries, and of the events and claims listed; each once."""
    named = [each.scope for each in options.formats if each.scope]
    entries = [id for each in options.formats for id in each.entries] + [*options.events, *options.claims]
    named += [entry.scope for id in entries if isinstance(entry := evidence.entry(id), (Event, Claim))]
    return [evidence.scopes[id] for id in dict.fromkeys(named) if id in evidence.scopes]


def members_of(each: Format, evidence: Evidence) -> frozenset[str] | None:
    """The codes of the countries that the format includes; ``None`` where nobody says."""
    if each.members is not None:
        return frozenset(each.members)
    scope = _scope_of(each, evidence)
    return (frozenset(evidence.scopes[scope].members) or None) if scope else None


def _scope_of(each: Format, evidence: Evidence) -> str | None:
    """The scope that the format names, else that of its first entry."""
    if each.scope is not None or each.members is not None or each.unstated or not each.entries:
        return each.scope
    return getattr(evidence.entry(each.entries[0]), "scope", None)


def ladder_of(options: LadderOptions, evidence: Evidence) -> Ladder:
    """What the chart shows: rungs by size (those that say nothing last), countries by how many rungs include them."""
    rungs = [_rung(each, evidence) for each in options.formats]
    for id in (*options.events, *options.claims):
        entry = evidence.entry(id)
        if isinstance(entry, (Event, Claim)):
            scope = evidence.scopes[entry.scope]
            name = entry.title if isinstance(entry, Event) else entry.statement
            rungs.append(Rung(name, scope.name, frozenset(scope.members) or None, sources_of(entry), (id,)))
    listed = [code for rung in rungs for code in _in_order(rung, options, evidence)]
    countries = options.countries or tuple(
        sorted(dict.fromkeys(listed), key=lambda code: -sum(code in (rung.members or ()) for rung in rungs))
    )
    if options.sort == "size":
        groups = list(dict.fromkeys(rung.members for rung in rungs))
        rungs.sort(key=lambda rung: (rung.members is None, len(rung.members or ()), groups.index(rung.members)))
    return Ladder(tuple(rungs), tuple(countries))


def _rung(each: Format, evidence: Evidence) -> Rung:
    entries = [evidence.entry(id) for id in each.entries]
    sources = [each.source] if each.source else []
    sources += [source for entry in entries if entry is not None for source in sources_of(entry)]
    scope = _scope_of(each, evidence)
    group = evidence.scopes[scope].name if scope else ""
    return Rung(each.name, group, members_of(each, evidence), tuple(dict.fromkeys(sources)), each.entries)


def _in_order(rung: Rung, options: LadderOptions, evidence: Evidence) -> list[str]:
    """The members in the order in which they are written."""
    written = [code for each in options.formats for code in each.members or ()]
    written += [code for scope in scopes_of(options, evidence) for code in scope.members]
    return [code for code in dict.fromkeys(written) if code in (rung.members or ())]
