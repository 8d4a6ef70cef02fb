"""Evidence as data: events or claims counted by who tells them, of whom, when, and how well they are backed.

A tabular chart may name ``events`` or ``claims`` in place of a table, and ``by`` what they are counted. The counts are
then a table like any other: a field called as ``by``, one as ``split`` if there is a second, and ``count``.

An entry of two themes, or given by two sources or voices, counts once under each. Sources and voices count whatever
their account's stance is: they speak of the entry.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Discriminator, Field, PrivateAttr, Tag, model_validator
from pydantic_core import PydanticCustomError

from c6brief.documents.entries import Identifier, Strict
from c6brief.documents.grid import Origin
from c6brief.documents.problems import Problems
from c6brief.evidence.base import Evidence
from c6brief.evidence.dates import FIRST, LAST, interval
from c6brief.evidence.models import Claim, Event, Source, sources_of
from c6brief.evidence.strength import Backing, strength
from c6brief.evidence.table_models import Table, TableField
from c6brief.figures.checks import known_id, known_theme, no_repeats
from c6brief.figures.kinds import ChartOptions
from c6brief.figures.words import FigureWords, theme_name

By = Literal["theme", "source", "voice", "scope", "strength", "year"]
CountedEntry = Event | Claim

COUNT = "count"
"""The field with the numbers."""

_DOUBT = str.maketrans("", "", "~?%")


class WithTheme(Strict):
    """Every entry with a theme."""

    theme: Identifier = Field(description="a theme of the evidence base")


def _form(value: Any) -> str:
    if value == "all":
        return "[all]"
    return "[theme]" if isinstance(value, (dict, WithTheme)) else "[ids]"  # in brackets: no part of a problem's place


def _as_tuple(value: Any) -> Any:
    return (value,) if isinstance(value, str) else value


EntryChoice = Annotated[
    Annotated[Literal["all"], Tag("[all]")]
    | Annotated[WithTheme, Tag("[theme]")]
    | Annotated[tuple[Identifier, ...], BeforeValidator(_as_tuple), Field(min_length=1), Tag("[ids]")],
    Discriminator(_form),
]


class CountedOptions(ChartOptions):
    """The keys of a chart that may count evidence."""

    events: EntryChoice | None = Field(
        None, description="events to count, in place of a table: all, ids, or {theme: …}"
    )
    claims: EntryChoice | None = Field(
        None, description="claims to count, in place of a table: all, ids, or {theme: …}"
    )
    by: By | None = Field(None, description="what events or claims are counted by")
    split: By | None = Field(None, description="what each count is split by: makes a second field of names")
    _words: FigureWords | None = PrivateAttr(default=None)

    @model_validator(mode="before")
    @classmethod
    def _fields_of_counts(cls, data: Any) -> Any:
        """Where evidence is counted, the fields that a chart draws need not be named: there are no others."""
        if isinstance(data, dict) and isinstance(data.get("by"), str):
            given = {"x": data["by"], "y": COUNT} | ({"series": data["split"]} if data.get("split") else {})
            return {key: value for key, value in given.items() if key in cls.model_fields} | data
        return data

    @model_validator(mode="after")
    def _whole(self) -> CountedOptions:
        if self.counts and self.by is None:
            hint = "one of theme, source, voice, scope, strength, year"
            raise PydanticCustomError("missing-key", f"{self.counts} are counted 'by' something", {"hint": hint})
        if self.by is not None and not self.counts:
            raise PydanticCustomError("missing-key", "'by' counts 'events' or 'claims'", {"hint": "add one of them"})
        if self.split is not None and self.split == self.by:
            message = "'split' and 'by' are the same"
            raise PydanticCustomError("bad-value", message, {"hint": "each wants its own"})
        if "year" in (self.by, self.split) and self.claims is not None:
            raise PydanticCustomError("bad-value", "claims have no year; events have", {"hint": "count by another"})
        return self

    @property
    def counts(self) -> str:
        """What is counted, ``events`` or ``claims``; empty where the rows come from a table."""
        return "events" if self.events is not None else "claims" if self.claims is not None else ""

    @property
    def words(self) -> FigureWords:
        """The fixed names of what is counted ("two voices"), in the language of the drawing."""
        return self._words or FigureWords("en")


def known_entries(options: CountedOptions, evidence: Evidence, problems: Problems) -> bool:
    """Whether there is something to count, and everything named exists. Problems: ``unknown-id``, ``bad-value``."""
    kind = options.counts
    chosen, noun = getattr(options, kind), kind.removesuffix("s")
    if isinstance(chosen, WithTheme):
        return known_theme(chosen.theme, (kind,), noun, (kind, "theme"), options, evidence, problems)
    if chosen == "all":
        if not evidence.kind(kind) and kind not in evidence.unread:
            problems.error("bad-value", f"the evidence base has no {kind}", options.place(kind))
        return bool(evidence.kind(kind))
    known = [known_id(id, kind, noun, (kind, at), options, evidence, problems) for at, id in enumerate(chosen)]
    return no_repeats(chosen, kind, options, problems) and all(known)


def entries_of(options: CountedOptions, evidence: Evidence) -> list[CountedEntry]:
    """What a checked chart counts, in the order of the evidence base."""
    if not options.counts:
        return []
    counted: Mapping[str, CountedEntry] = evidence.events if options.events is not None else evidence.claims
    chosen = options.events if options.events is not None else options.claims
    entries = list(counted.values())
    if isinstance(chosen, WithTheme):
        return [entry for entry in entries if chosen.theme in entry.themes]
    return entries if chosen == "all" else [entry for entry in entries if entry.id in (chosen or ())]


def sources_counted(options: CountedOptions, evidence: Evidence) -> tuple[str, ...]:
    """The sources of everything counted, each once."""
    return tuple(dict.fromkeys(id for entry in entries_of(options, evidence) for id in sources_of(entry)))


def count_table(options: CountedOptions, evidence: Evidence) -> Table:
    """The table of counts of a checked chart, every name with every other, in the order of :func:`_known`."""
    words = options.words
    entries = entries_of(options, evidence)
    groups = [by for by in (options.by, options.split) if by is not None]
    names = [{entry.id: _names(entry, by, evidence, words) for entry in entries} for by in groups]
    known = [_known(by, given, evidence, words) for by, given in zip(groups, names, strict=True)]
    tally: dict[tuple[str, ...], int] = {}
    for entry in entries:
        for name in names[0][entry.id]:
            for other in names[1][entry.id] if len(names) > 1 else [None]:
                key = (name,) if other is None else (name, other)
                tally[key] = tally.get(key, 0) + 1
    keys = [(one,) for one in known[0]] if len(known) == 1 else [(one, two) for one in known[0] for two in known[1]]
    fields = [TableField(name=by) for by in groups]
    fields.append(TableField(name=COUNT, type="integer", unit=words[f"unit-{options.counts}"]))
    table = Table(id=options.id, title=options.title, fields=tuple(fields), rows=())
    place = options.place("by")
    origin = Origin(None, "", lambda row, column: place)
    return table.with_rows(fields, [(*key, tally.get(key, 0)) for key in keys], origin, range(len(fields)))


def in_words(options: ChartOptions, words: FigureWords) -> ChartOptions:
    """``options`` for a drawing whose fixed names ("two voices") are those of ``words``."""
    if not isinstance(options, CountedOptions) or not options.counts:
        return options
    english = FigureWords("en")
    names = {english[key]: words[key] for key in _FIXED}
    update = {}
    if isinstance(highlighted := getattr(options, "highlight", None), tuple):
        update["highlight"] = tuple(names.get(name, name) for name in highlighted)
    local = options.model_copy(update=update)
    local._words = words
    return local


# Names and their order ---------------------------------------------------------------------------------------------

_BACKINGS: Mapping[Backing, str] = {
    "corroborated": "two-voices",
    "single voice": "one-voice",
    "voice not stated": "voice-not-stated",
    "unsupported": "unsupported",
}
_STRENGTHS = (*_BACKINGS.values(), "accounts-differ")
_SELDOM = ("voice-not-stated", "unsupported")
_FIXED = (*_STRENGTHS, "several-years", "no-date-many", "scope-unstated")


def _names(entry: CountedEntry, by: By, evidence: Evidence, words: FigureWords) -> Sequence[str]:
    """Under which names an entry counts."""
    if by == "theme":
        return [theme_name(theme) for theme in dict.fromkeys(entry.themes)]
    if by == "source":
        return [_short(evidence.sources[id], evidence) for id in sources_of(entry)]
    if by == "voice":
        voices = dict.fromkeys(evidence.voice_of_account(account) for account in entry.accounts)
        return [evidence.voice_name(voice) or words["voice-not-stated"] for voice in voices]
    if by == "scope":
        return [evidence.scopes[entry.scope].name or words["scope-unstated"]]
    if by == "strength":
        found = strength(entry, evidence)
        return [words["accounts-differ" if found.differs else _BACKINGS[found.backing]]]
    return [_year(entry, evidence, words)] if isinstance(entry, Event) else []  # claims have no dates


def _short(source: Source, evidence: Evidence) -> str:
    """A source's short name; its title where another one is called the same."""
    alike = [other for other in evidence.sources.values() if other.short == source.short and other.has_text]
    return source.short if len(alike) == 1 else source.title


def _year(event: Event, evidence: Evidence, words: FigureWords) -> str:
    """The year that the accounts allow together; words where there is none, or more than one."""
    found = strength(event, evidence)
    dates = [account.date for account in event.accounts if account.date]
    if found.conflict:
        return words["accounts-differ"]
    if not dates:
        return words["no-date-many"]
    allowed = [interval(date.translate(_DOUBT)) for date in dates]
    first, last = max(each.first for each in allowed), min(each.last for each in allowed)
    if first == FIRST or last == LAST or first[0] != last[0]:
        return words["several-years"]
    return str(first[0])


def _known(by: By, given: Mapping[str, Sequence[str]], evidence: Evidence, words: FigureWords) -> list[str]:
    """All names in a fixed order.

    Strengths: two voices, one and differing accounts, and the others if there are any, the best first. Years: those
    that have events, then what has no single year (years between them would fill a page where one horizon lies in
    2040). Sources and voices: as the evidence base lists its sources; scopes likewise. Themes: by name.
    """
    occurring = {name for names in given.values() for name in names}
    if by == "strength":
        return [words[key] for key in _STRENGTHS if key not in _SELDOM or words[key] in occurring]
    if by == "year":
        years = sorted(int(name) for name in occurring if name.lstrip("-").isdigit())
        others = [words[key] for key in ("several-years", "accounts-differ", "no-date-many")]
        return [str(year) for year in years] + [name for name in others if name in occurring]
    order: Iterable[str] = sorted(occurring)
    if by == "source":
        order = (_short(source, evidence) for source in evidence.sources.values())
    elif by == "voice":
        first = [evidence.voice_name(evidence.voice_of(id)) for id in evidence.sources]
        order = [*first, *sorted(occurring - {words["voice-not-stated"]}), words["voice-not-stated"]]
    elif by == "scope":
        order = (scope.name or words["scope-unstated"] for scope in evidence.scopes.values())
    return [name for name in dict.fromkeys(order) if name in occurring]
