"""The kind of chart ``timeline``: its keys, checks and data."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any, Literal

from pydantic import Discriminator, Field, Tag, model_validator
from pydantic_core import PydanticCustomError

from c6brief.documents.entries import Identifier, Strict
from c6brief.documents.problems import Problems
from c6brief.evidence.base import Evidence
from c6brief.evidence.models import Event
from c6brief.evidence.strength import strength
from c6brief.figures.checks import known_id, known_theme, no_repeats
from c6brief.figures.data import CellValue, ChartData
from c6brief.figures.kinds import ChartKind, ChartOptions, DrawContext
from c6brief.figures.registry import chart_kind
from c6brief.figures.timeline.rows import row_of

if TYPE_CHECKING:
    from c6brief.figures.drawing.canvas import Canvas


COLUMNS = (
    *("event", "title", "planned", "passage", "source", "date", "basis", "stance"),
    *("backing", "contested", "conflict"),
)
"""Of the data: dates are EDTF, ``passage`` is an id in the brief's manifest."""


class ByTheme(Strict):
    """Every event with a theme."""

    theme: Identifier = Field(description="a theme of events")


def _form(value: Any) -> str:
    return "[theme]" if isinstance(value, (dict, ByTheme)) else "[ids]"  # in brackets: no part of a problem's place


Listed = Annotated[tuple[Identifier, ...], Field(min_length=1)]


class TimelineOptions(ChartOptions):
    """The keys of a timeline."""

    events: Annotated[
        Annotated[Listed, Tag("[ids]")] | Annotated[ByTheme, Tag("[theme]")],
        Discriminator(_form),
        Field(description="ids of events, or {theme: …}"),
    ]
    sort: Literal["date", "given"] | None = Field(
        None, description="by the earliest date, or as listed; a list is drawn as given, a theme by date"
    )

    @model_validator(mode="after")
    def _given_wants_a_list(self) -> TimelineOptions:
        if self.sort == "given" and isinstance(self.events, ByTheme):
            hint = "a theme has no order of its own"
            raise PydanticCustomError("bad-value", "'sort: given' wants a list of events", {"hint": hint})
        return self


def _events(options: TimelineOptions, evidence: Evidence) -> list[Event]:
    """The events in the order drawn. Those of a theme come by date: the order of seeds means nothing."""
    if isinstance(options.events, ByTheme):
        chosen = [event for event in evidence.events.values() if options.events.theme in event.themes]
    else:
        chosen = [evidence.events[id] for id in options.events]
    if options.sort == "date" or isinstance(options.events, ByTheme):
        chosen.sort(key=lambda event: row_of(event, evidence).order)
    return chosen


def _word(value: CellValue) -> CellValue:
    return ("yes" if value else "no") if isinstance(value, bool) else value


@chart_kind("timeline", width="full")
class TimelineChart(ChartKind[TimelineOptions]):
    """``timeline``: events as rows, dots on a line of time.

    A row says when its accounts put the event: ● stated, ○ derived, ▷ planned, a bar with ≠ between accounts that
    cannot both hold, words where no source gives a date. At the right stand the sources that tell it.
    """

    options = TimelineOptions

    def check(self, options: TimelineOptions, evidence: Evidence, problems: Problems) -> bool:
        """Whether the events exist, each once."""
        if isinstance(options.events, ByTheme):
            at = ("events", "theme")
            return known_theme(options.events.theme, ("events",), "event", at, options, evidence, problems)
        known = [
            known_id(id, "events", "event", ("events", index), options, evidence, problems)
            for index, id in enumerate(options.events)
        ]
        return no_repeats(options.events, "events", options, problems) and all(known)

    def sources(self, options: TimelineOptions, evidence: Evidence) -> tuple[str, ...]:
        return tuple(
            dict.fromkeys(account.source for event in _events(options, evidence) for account in event.accounts)
        )

    def draw(self, options: TimelineOptions, context: DrawContext) -> Canvas:
        from c6brief.figures.timeline.drawing import TimelineDrawing  # here: it imports Matplotlib

        rows = [row_of(event, context.evidence) for event in _events(options, context.evidence)]
        return TimelineDrawing(rows, context).canvas

    def data(self, options: TimelineOptions, evidence: Evidence) -> ChartData:
        """A row for each account of each event, in the order drawn."""
        rows = []
        events = _events(options, evidence)
        for event in events:
            found = strength(event, evidence)
            verdict = (found.backing, found.contested, found.conflict)
            for number, account in enumerate(event.accounts, 1):
                account_cells = (account.source, account.date, account.basis if account.date else None, account.stance)
                cells = (event.id, event.title, event.planned, f"{event.id}/{number}", *account_cells, *verdict)
                rows.append(tuple(_word(cell) for cell in cells))
        return ChartData(COLUMNS, tuple(rows), tuple(event.id for event in events))
