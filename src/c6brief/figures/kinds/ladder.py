"""``ladder``: which formats include whom.

Rows are formats, columns countries: ● included, – not included; where the sources do not say whom, the row says so.
Nobody is made a member of anything here: each format names the entries that are told of its group, or a source; a format
that does neither is refused. Instead of formats, events and claims may be listed: their scopes say of whom they are
told.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from c6brief.documents.entries import Identifier, Strict
from c6brief.documents.problems import Problems, did_you_mean
from c6brief.evidence.base import Evidence
from c6brief.evidence.models import UNSTATED, Claim, Event, sources_of
from c6brief.figures.checking import At, known_id, no_repeats
from c6brief.figures.data import Cell, Data
from c6brief.figures.kind import DrawContext, Kind, Options, register
from c6brief.figures.maps.countries import known_country
from c6brief.figures.words import Words

if TYPE_CHECKING:
    from c6brief.figures.canvas import Canvas

MOST = 40
"""Formats, and countries, that can still be read."""
TOLD = ("events", "claims")
"""Kinds of entries that have a scope: they are told of somebody."""


class Format(Strict):
    """A format and whom it includes, as somebody says."""

    name: str = Field(min_length=1, description="as printed")
    scope: Identifier | None = Field(None, description="id of a scope: its members are included")
    members: tuple[str, ...] | None = Field(None, min_length=1, description="ISO 3166 codes, in place of a scope")
    unstated: bool = Field(False, description="true where the source does not say whom the format includes")
    source: Identifier | None = Field(None, description="id of the source that says so")
    entries: tuple[Identifier, ...] = Field((), description="ids of events and claims that are told of this group")

    @model_validator(mode="after")
    def _one_group(self) -> Format:
        if sum((self.scope is not None, self.members is not None, self.unstated)) > 1:
            raise PydanticCustomError("bad-value", "a format has one of 'scope', 'members' and 'unstated'")
        return self


class LadderOptions(Options):
    """The keys of a ladder."""

    formats: tuple[Format, ...] = Field(
        (), max_length=MOST, description="{name, scope or members or unstated, entries}"
    )
    events: tuple[Identifier, ...] = Field((), max_length=MOST, description="ids of events, in place of formats")
    claims: tuple[Identifier, ...] = Field((), max_length=MOST, description="ids of claims, in place of formats")
    countries: tuple[str, ...] | None = Field(None, min_length=1, description="ISO 3166 codes: the columns, in order")
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


def check(options: LadderOptions, evidence: Evidence, problems: Problems) -> bool:
    """Whether countries, scopes, sources and entries exist, and whether somebody says who is a member.

    Problems: ``membership-unsourced`` beside the usual ones.
    """
    good = []
    for key in TOLD:
        good.append(no_repeats(getattr(options, key), key, options, problems))
        for index, id in enumerate(getattr(options, key)):
            good.append(known_id(id, key, key[:-1], (key, index), options, evidence, problems))
    good.append(no_repeats([each.name for each in options.formats], "formats", options, problems))
    good += [_format_holds(index, options, evidence, problems) for index in range(len(options.formats))]
    codes = options.countries or ()
    good += [known_country(code, options.place("countries", index), problems) for index, code in enumerate(codes)]
    good.append(no_repeats(codes, "countries", options, problems))
    return all(good) and _shown(options, evidence, problems)


def _shown(options: LadderOptions, evidence: Evidence, problems: Problems) -> bool:
    """Whether there are countries to show, not too many, and every one has a code that exists."""
    found = ladder(options, evidence)
    if not found.countries:
        hint = "name them: countries: [KZ, …]"
        problems.error("bad-value", "no format says whom it includes", options.place("kind"), hint)
    elif len(found.countries) > MOST:
        message = f"too many countries; at most {MOST}"
        problems.error("bad-value", message, options.place("kind"), "choose some: countries: [KZ, …]")
    places = [(scope, index) for scope in _scopes(options, evidence) for index in range(len(scope.members))]
    known = [known_country(scope.members[index], scope.place("members", index), problems) for scope, index in places]
    return all(known) and 0 < len(found.countries) <= MOST


def _scopes(options: LadderOptions, evidence: Evidence) -> list:
    named = [each.scope for each in options.formats if each.scope]
    entries = [id for each in options.formats for id in each.entries] + [*options.events, *options.claims]
    named += [entry.scope for id in entries if isinstance(entry := evidence.entry(id), (Event, Claim))]
    return [evidence.scopes[id] for id in dict.fromkeys(named) if id in evidence.scopes]


def _format_holds(index: int, options: LadderOptions, evidence: Evidence, problems: Problems) -> bool:
    each = options.formats[index]
    at: At = ("formats", index)
    good = []
    for number, code in enumerate(each.members or ()):
        good.append(known_country(code, options.place(*at, "members", number), problems))
    if each.scope is not None:
        good.append(known_id(each.scope, "scopes", "scope", (*at, "scope"), options, evidence, problems))
    if each.source is not None:
        good.append(known_id(each.source, "sources", "source", (*at, "source"), options, evidence, problems))
    for number, id in enumerate(each.entries):
        good.append(_known_entry(id, (*at, "entries", number), options, evidence, problems))
    if not all(good):
        return False
    if each.source is None and not each.entries:
        message = f"nobody is named who says whom '{each.name}' includes"
        hint = "add 'entries: [ID]' (events or claims told of this group) or 'source: ID'"
        problems.error("membership-unsourced", message, options.place(*at, "name"), hint)
        return False
    return _entries_agree(each, at, options, evidence, problems)


def _known_entry(id: str, at: At, options: LadderOptions, evidence: Evidence, problems: Problems) -> bool:
    known = [*evidence.events, *evidence.claims]
    if id not in known and not evidence.excuses(id, *TOLD):
        problems.error("unknown-id", f"no event or claim '{id}'", options.place(*at), did_you_mean(id, known))
    return id in known


def _entries_agree(each: Format, at: At, options: LadderOptions, evidence: Evidence, problems: Problems) -> bool:
    """Whether the entries are told of the very countries that the format is said to include."""
    if each.scope is None and each.members is None and not each.unstated and not each.entries:
        message = f"'{each.name}' has neither 'scope', 'members', 'unstated' nor 'entries'"
        problems.error("missing-key", message, options.place(*at, "name"), "say whom the source says it includes")
        return False
    claimed = _members(each, evidence)
    for number, id in enumerate(each.entries):
        scope = evidence.scopes[evidence.entry(id).scope]  # type: ignore[union-attr]
        if (frozenset(scope.members) or None) != claimed:
            told = f"of '{scope.id}'" if scope.id != UNSTATED else "without saying of whom"
            message = f"'{id}' is told {told}, which is not whom '{each.name}' is said to include"
            place = options.place(*at, "entries", number)
            problems.error("membership-unsourced", message, place, "take the entry's scope, or name other entries")
            return False
    return True


def _members(each: Format, evidence: Evidence) -> frozenset[str] | None:
    if each.members is not None:
        return frozenset(each.members)
    scope = _scope(each, evidence)
    return (frozenset(evidence.scopes[scope].members) or None) if scope else None


def _scope(each: Format, evidence: Evidence) -> str | None:
    """The scope that the format names, else that of its first entry."""
    if each.scope is not None or each.members is not None or each.unstated or not each.entries:
        return each.scope
    return getattr(evidence.entry(each.entries[0]), "scope", None)


def ladder(options: LadderOptions, evidence: Evidence) -> Ladder:
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
    scope = _scope(each, evidence)
    group = evidence.scopes[scope].name if scope else ""
    return Rung(each.name, group, _members(each, evidence), tuple(dict.fromkeys(sources)), each.entries)


def _in_order(rung: Rung, options: LadderOptions, evidence: Evidence) -> list[str]:
    """The members in the order in which they are written."""
    written = [code for each in options.formats for code in each.members or ()]
    written += [code for scope in _scopes(options, evidence) for code in scope.members]
    return [code for code in dict.fromkeys(written) if code in (rung.members or ())]


def sources(options: LadderOptions, evidence: Evidence) -> tuple[str, ...]:
    return tuple(dict.fromkeys(source for rung in ladder(options, evidence).rungs for source in rung.sources))


def draw(options: LadderOptions, setting: DrawContext) -> Canvas:
    from c6brief.figures.accounts.ladder_drawing import LadderDrawing  # here: it imports Matplotlib

    return LadderDrawing(ladder(options, setting.evidence), setting).canvas


def data(options: LadderOptions, evidence: Evidence) -> Data:
    """A row for each format and country; one alone for a format of which nobody says whom it includes."""
    found = ladder(options, evidence)
    names = Words("en")
    rows: list[tuple[Cell, ...]] = []
    for rung in found.rungs:
        who = (" ".join(rung.sources), " ".join(rung.entries))
        if rung.members is None:
            rows.append((rung.name, rung.group, None, None, "not stated", *who))
            continue
        for code in found.countries:
            included = "yes" if code in rung.members else "no"
            rows.append((rung.name, rung.group, code, names.country(code), included, *who))
    entries = tuple(dict.fromkeys(id for rung in found.rungs for id in rung.entries))
    return Data(("format", "group", "code", "country", "included", "sources", "entries"), tuple(rows), entries)


register(Kind("ladder", LadderOptions, "full", check, sources, draw, data))
