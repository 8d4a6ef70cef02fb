"""The kind of chart ``ladder``: its keys, checks and data."""

from __future__ import annotations

from typing import TYPE_CHECKING

from c6brief.documents.problems import Problems, did_you_mean
from c6brief.evidence.base import Evidence
from c6brief.evidence.models import UNSTATED, Claim, Event
from c6brief.figures.atlas import known_country
from c6brief.figures.checks import At, known_id, no_repeats
from c6brief.figures.data import CellValue, ChartData
from c6brief.figures.kinds import ChartKind, DrawContext
from c6brief.figures.ladder.rungs import MOST, SCOPED, Format, LadderOptions, ladder_of, members_of, scopes_of
from c6brief.figures.registry import chart_kind
from c6brief.figures.words import FigureWords

if TYPE_CHECKING:
    from c6brief.figures.drawing.canvas import Canvas


def _can_be_shown(options: LadderOptions, evidence: Evidence, problems: Problems) -> bool:
    """Whether there are countries to show, not too many, and every one has a code that exists."""
    found = ladder_of(options, evidence)
    if not found.countries:
        hint = "name them: countries: [KZ, …]"
        problems.error("bad-value", "no format says whom it includes", options.place("kind"), hint)
    elif len(found.countries) > MOST:
        message = f"too many countries; at most {MOST}"
        problems.error("bad-value", message, options.place("kind"), "choose some: countries: [KZ, …]")
    places = [(scope, index) for scope in scopes_of(options, evidence) for index in range(len(scope.members))]
    known = [known_country(scope.members[index], scope.place("members", index), problems) for scope, index in places]
    return all(known) and 0 < len(found.countries) <= MOST


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
    if id not in known and not evidence.excuses(id, *SCOPED):
        problems.error("unknown-id", f"no event or claim '{id}'", options.place(*at), did_you_mean(id, known))
    return id in known


def _entries_agree(each: Format, at: At, options: LadderOptions, evidence: Evidence, problems: Problems) -> bool:
    """Whether the entries are told of the very countries that the format is said to include."""
    if each.scope is None and each.members is None and not each.unstated and not each.entries:
        message = f"'{each.name}' has neither 'scope', 'members', 'unstated' nor 'entries'"
        problems.error("missing-key", message, options.place(*at, "name"), "say whom the source says it includes")
        return False
    claimed = members_of(each, evidence)
    for number, id in enumerate(each.entries):
        entry = evidence.entry(id)
        if not isinstance(entry, (Event, Claim)):
            continue
        scope = evidence.scopes[entry.scope]
        if (frozenset(scope.members) or None) != claimed:
            whom = f"of '{scope.id}'" if scope.id != UNSTATED else "without saying of whom"
            message = f"'{id}' is told {whom}, which is not whom '{each.name}' is said to include"
            place = options.place(*at, "entries", number)
            problems.error("membership-unsourced", message, place, "take the entry's scope, or name other entries")
            return False
    return True


@chart_kind("ladder", width="full")
class LadderChart(ChartKind[LadderOptions]):
    """``ladder``: which formats include whom.

    Rows are formats, columns countries: ● included, – not included; where the sources do not say whom, the row says so.
    Nobody is made a member of anything here: each format names the entries that are told of its group, or a source; a
    format that does neither is refused. Instead of formats, events and claims may be listed: their scopes say of whom
    they are told.
    """

    options = LadderOptions

    def check(self, options: LadderOptions, evidence: Evidence, problems: Problems) -> bool:
        """Whether countries, scopes, sources and entries exist, and whether somebody says who is a member.

        Problems: ``membership-unsourced`` beside the usual ones.
        """
        good = []
        for key in SCOPED:
            good.append(no_repeats(getattr(options, key), key, options, problems))
            for index, id in enumerate(getattr(options, key)):
                good.append(known_id(id, key, key[:-1], (key, index), options, evidence, problems))
        good.append(no_repeats([each.name for each in options.formats], "formats", options, problems))
        good += [_format_holds(index, options, evidence, problems) for index in range(len(options.formats))]
        codes = options.countries or ()
        good += [known_country(code, options.place("countries", index), problems) for index, code in enumerate(codes)]
        good.append(no_repeats(codes, "countries", options, problems))
        return all(good) and _can_be_shown(options, evidence, problems)

    def sources(self, options: LadderOptions, evidence: Evidence) -> tuple[str, ...]:
        return tuple(dict.fromkeys(source for rung in ladder_of(options, evidence).rungs for source in rung.sources))

    def draw(self, options: LadderOptions, context: DrawContext) -> Canvas:
        from c6brief.figures.ladder.drawing import LadderDrawing  # here: it imports Matplotlib

        return LadderDrawing(ladder_of(options, context.evidence), context).canvas

    def data(self, options: LadderOptions, evidence: Evidence) -> ChartData:
        """A row for each format and country; one alone for a format of which nobody says whom it includes."""
        found = ladder_of(options, evidence)
        names = FigureWords("en")
        rows: list[tuple[CellValue, ...]] = []
        for rung in found.rungs:
            who = (" ".join(rung.sources), " ".join(rung.entries))
            if rung.members is None:
                rows.append((rung.name, rung.group, None, None, "not stated", *who))
                continue
            for code in found.countries:
                included = "yes" if code in rung.members else "no"
                rows.append((rung.name, rung.group, code, names.country(code), included, *who))
        entries = tuple(dict.fromkeys(id for rung in found.rungs for id in rung.entries))
        return ChartData(("format", "group", "code", "country", "included", "sources", "entries"), tuple(rows), entries)
