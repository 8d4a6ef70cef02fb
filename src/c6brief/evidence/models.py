"""What the evidence base holds: one model for each kind of entry, as the analyst writes it.

Positions, paragraphs and strengths are computed; nobody writes them.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Annotated, Any, Literal, Self

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, PrivateAttr, model_validator
from pydantic_core import PydanticCustomError

from c6brief.documents.entries import Entry, Identifier, ScalarText, Strict
from c6brief.documents.grid import Origin
from c6brief.documents.problems import Place
from c6brief.evidence.atoms import count_words
from c6brief.evidence.csl import Issued, check_variables
from c6brief.evidence.dates import check_edtf

Stance = Literal["supports", "disputes", "qualifies"]
Basis = Literal["stated", "derived"]

Themes = tuple[Identifier, ...]
Date = Annotated[ScalarText, AfterValidator(check_edtf)]
"""An EDTF string (ISO 8601-2, https://www.loc.gov/standards/datetime/)."""

Value = str | int | float | bool | None
"""The value of a cell. Dates are ISO texts; a missing value is ``None``."""

UNSTATED = "unstated"
"""The scope of what a source says without saying of whom. It always exists."""


def _check_grade(value: Any) -> Any:
    if isinstance(value, str) and not (len(value) == 2 and value[0] in "ABCDEF" and value[1] in "123456"):
        raise PydanticCustomError(
            "bad-grade",
            f"'{value}' is no Admiralty code",
            {"hint": "A-F for the source, then 1-6 for the information: B2"},
        )
    return value


class EvidenceEntry(Entry):
    """The base of all entries of the evidence base. Ids are unique over all kinds."""

    id: Identifier


FEWEST_REASON_WORDS = 3
"""Words of a reason, each counted once, letters alone not at all."""


def _check_reason(value: str) -> str:
    words = " ".join(dict.fromkeys(re.findall(r"\w{2,}", value.casefold())))
    if count_words(words) < FEWEST_REASON_WORDS:
        message = f"a reason has {FEWEST_REASON_WORDS} words or more: '{value}' tells a reader nothing"
        hint = "say how the two came by what they say: each sent a reporter of its own"
        raise PydanticCustomError("bad-value", "{message}", {"message": message, "hint": hint})
    return value


class Independence(Strict):
    """Why two sources that look like one voice are two."""

    of: Identifier = Field(description="the id of the other source")
    because: Annotated[str, AfterValidator(_check_reason)] = Field(
        description="the reason, in three words or more, which is printed in the list of sources"
    )


class SourceNotes(Strict):
    """Our own keys of a source, under ``custom``, which CSL leaves to applications."""

    text: str | None = Field(None, description="file below seeds/ with the words as read")
    grade: Annotated[str, BeforeValidator(_check_grade)] | None = Field(None, description="Admiralty code, B3")
    voice: Identifier | None = Field(None, description="who really speaks: the id of a person or an organisation")
    independent: tuple[Independence, ...] = Field(
        (), description="sources that look like this one's voice and are not: [{of: ID, because: …}]"
    )
    note: str | None = Field(None, description="what a reader must know of this source")
    sha256: str | None = Field(None, description="hash of the text when it was recorded")


class CslName(BaseModel):
    """The name of a person or a body in CSL: ``family`` and ``given``, or ``literal``."""

    model_config = ConfigDict(extra="ignore", frozen=True)

    family: str | None = None
    given: str | None = None
    literal: str | None = None

    def __str__(self) -> str:
        return self.literal or " ".join(part for part in (self.given, self.family) if part)


class Source(EvidenceEntry):
    """A source in CSL-YAML (https://docs.citationstyles.org): what Zotero exports and Pandoc reads."""

    model_config = ConfigDict(extra="allow", frozen=True, populate_by_name=True)

    id: Identifier = Field(description="how it is cited")
    type: str = Field("document", description="CSL type")
    title: str = Field(description="as it stands on the source; [in brackets] where it has none")
    title_short: str | None = Field(None, alias="title-short", description="its name in repeat notes")
    publisher: str | None = None
    container_title: str | None = Field(None, alias="container-title")
    author: tuple[CslName, ...] = ()
    issued: Issued = None
    accessed: Issued = None
    URL: str | None = None
    DOI: str | None = None
    custom: SourceNotes = SourceNotes()

    @model_validator(mode="before")
    @classmethod
    def _check_variables(cls, data: Any) -> Any:
        return check_variables(data)

    @property
    def short(self) -> str:
        """The name in repeated notes: ``title-short``, else the first author, the publisher or the title."""
        author = (self.author[0].family or str(self.author[0])) if self.author else None
        return self.title_short or author or self.publisher or self.title


class Person(EvidenceEntry):
    """Somebody who speaks in a source."""

    name: str
    role: str | None = None
    organisation: str | None = Field(None, description="an organisation's id, or its name")
    source: Identifier | None = Field(None, description="id of the source that gives the role, where the texts do not")


class Organisation(EvidenceEntry):
    """A body named in the evidence."""

    name: str
    acronym: str | None = None
    country: str | None = None
    note: str | None = None


class Scope(EvidenceEntry):
    """Of whom something is said: a named group of countries."""

    name: str
    members: tuple[str, ...] = Field((), description="ISO 3166 alpha-2 codes")


class Account(Strict):
    """What one source says of an event or a claim.

    ``exact``, ``prefix`` and ``suffix`` are W3C Web Annotation's TextQuoteSelector
    (https://www.w3.org/TR/annotation-model/#text-quote-selector).
    """

    source: Identifier = Field(description="a source's id")
    exact: str = Field(min_length=1, description="the source's own words")
    prefix: str | None = Field(None, description="words just before, where the passage occurs twice")
    suffix: str | None = Field(None, description="words just after, where the passage occurs twice")
    voice: Identifier | None = Field(None, description="who says so here; by default the source's voice")
    note: str | None = None
    stance: Stance = "supports"


class EventAccount(Account):
    """What one source says of an event."""

    date: Date | None = Field(None, description="EDTF: 2022~, 2024/2025")
    basis: Basis = Field("stated", description="stated, or derived (and `note` says from what)")


class ClaimAccount(Account):
    """What one source says of a claim."""


class Quote(EvidenceEntry):
    """Somebody's words, verbatim."""

    text: str = Field(min_length=1, description="the words")
    speaker: Identifier = Field(description="a person's id")
    source: Identifier = Field(description="a source's id")
    voice: Identifier | None = Field(None, description="whose word it is, where that is not the speaker")
    themes: Themes = ()
    prefix: str | None = None
    suffix: str | None = None
    note: str | None = None


class Event(EvidenceEntry):
    """Something that happened or is planned, as its accounts say, which may disagree."""

    title: str = Field(min_length=1)
    accounts: tuple[EventAccount, ...] = Field(min_length=1, description="who tells it")
    place_name: str | None = Field(None, alias="place")
    scope: Identifier = UNSTATED
    themes: Themes = ()
    planned: bool = Field(False, description="true for what lies ahead in the sources")
    note: str | None = None

    @property
    def words(self) -> str:
        """What it states: its title."""
        return self.title


class Claim(EvidenceEntry):
    """A statement in our words, and who backs it."""

    statement: str = Field(min_length=1)
    accounts: tuple[ClaimAccount, ...] = Field(min_length=1, description="who backs it")
    scope: Identifier = UNSTATED
    themes: Themes = ()
    note: str | None = None

    @property
    def words(self) -> str:
        """What it states."""
        return self.statement


Statement = Event | Claim
"""What sources back by their accounts. How well is its strength (:mod:`c6brief.evidence.strength`)."""

Citable = Source | Quote | Statement
"""What a brief may cite."""


def sources_of(entry: Entry) -> tuple[str, ...]:
    """The ids of the sources that ``entry`` rests on, each once; of a source, its own id."""
    if isinstance(entry, Source):
        return (entry.id,)
    if isinstance(entry, Quote):
        return (entry.source,)
    if isinstance(entry, Statement):
        return tuple(dict.fromkeys(account.source for account in entry.accounts))
    return ()


def themes_of(entry: Entry) -> Themes:
    """The themes of ``entry``; none where its kind has none."""
    return entry.themes if isinstance(entry, (Quote, Event, Claim, Table, Section)) else ()


class Constraints(Strict):
    """What the values of a column must be, as Frictionless Table Schema says it."""

    required: bool = Field(False, description="no cell may be missing")
    unique: bool = Field(False, description="no value stands twice")
    minimum: str | int | float | None = Field(None, description="of numbers, years and dates")
    maximum: str | int | float | None = Field(None, description="of numbers, years and dates")
    enum: tuple[str | int | float | bool, ...] | None = Field(None, min_length=1, description="the values allowed")
    pattern: str | None = Field(None, description="a regular expression that the whole of a text fits")


class TableField(Strict):
    """A column, as Frictionless Table Schema says it (v1, https://specs.frictionlessdata.io/table-schema/).

    ``unit`` is a key of ours.
    """

    name: str
    type: Literal["string", "integer", "number", "boolean", "date", "year"] = "string"
    format: Literal["default"] = "default"
    title: str | None = None
    unit: str | None = None
    derived: str | None = Field(None, min_length=1, description="how its numbers were computed, if no source has them")
    description: str | None = None
    constraints: Constraints = Constraints()
    decimal_char: str = Field(".", alias="decimalChar", min_length=1, max_length=1, description="3,5 has a comma")
    group_char: str = Field("", alias="groupChar", max_length=1, description="what groups thousands: 1,140")
    bare_number: bool = Field(True, alias="bareNumber", description="false: signs around the number are left out")
    true_values: tuple[ScalarText, ...] = Field(("true", "True", "TRUE", "1"), alias="trueValues", min_length=1)
    false_values: tuple[ScalarText, ...] = Field(("false", "False", "FALSE", "0"), alias="falseValues", min_length=1)


class Table(EvidenceEntry):
    """Rows of a source, written in the table itself or in a data file."""

    title: str
    subtitle: str | None = None
    source: Identifier | None = None
    themes: Themes = ()
    note: str | None = None
    derived: str | None = Field(None, min_length=1, description="how its numbers were computed, if no source has them")
    fields: tuple[TableField, ...] = Field(
        (), description="the columns; those of a file that has a heading may be left out"
    )
    rows: tuple[Any, ...] | None = Field(None, description="lists in field order, or maps")
    data: str | None = Field(None, description="a CSV or XLSX file beside the table, in place of rows")
    sheet: str | None = Field(None, description="of the XLSX file; by default the first")
    missing_values: tuple[ScalarText, ...] = Field(
        ("",), alias="missingValues", description='cells that mean "not known"'
    )
    _origin: Origin | None = PrivateAttr(default=None)
    _columns: tuple[int, ...] = PrivateAttr(default=())

    @model_validator(mode="after")
    def _check_rows_or_data(self) -> Table:
        if (self.rows is None) == (self.data is None):
            raise PydanticCustomError("missing-key", "a table has either 'rows' or 'data'")
        if not self.fields and (self.data is None or "fields" in self.model_fields_set):
            hint = "add fields: [{name: …, type: …}]"
            raise PydanticCustomError("missing-key", "a table of 'rows' wants 'fields'", {"hint": hint})
        return self

    @property
    def origin(self) -> Origin | None:
        """The data file that the rows were read from; ``None`` where they are written in the table."""
        return self._origin

    def with_rows(
        self,
        fields: Sequence[TableField],
        rows: Sequence[tuple[Value, ...]],
        origin: Origin | None = None,
        columns: Sequence[int] = (),
    ) -> Self:
        """A copy of this table with its rows as read, in the order of ``fields``.

        ``origin`` is the data file that they were read from; ``columns`` are the numbers of its columns, from 0, in the
        order of the fields.
        """
        whole = self.model_copy(update={"fields": tuple(fields), "rows": tuple(rows)})
        whole._origin, whole._columns = origin, tuple(columns)
        return whole

    def cell_place(self, row: int, column: int) -> Place:
        """Where a cell was written, in the table or in its data file. ``row`` and ``column`` count from 0."""
        if self._origin is not None:
            return self._origin.cell(row, self._columns[column])
        named = self.place("rows", row, self.fields[column].name)
        return named if named != self.place("rows", row) else self.place("rows", row, column)


class SortKey(Strict):
    """The field that rows are sorted by."""

    by: str = Field(description="a field's name")
    descending: bool = Field(False, description="the largest, or the last of the alphabet, first")


class TableNote(Strict):
    """A note tied to a cell (``row`` and ``column``), a row, or a column's heading."""

    row: ScalarText | None = Field(None, description="the row's heading: its first cell printed")
    column: str | None = Field(None, description="a field's name")
    text: str = Field(min_length=1, description="what a reader must know of it")

    @model_validator(mode="after")
    def _check_target(self) -> TableNote:
        if self.row is None and self.column is None:
            hint = "a note on the whole table stands under 'note'"
            raise PydanticCustomError("missing-key", "a note names a 'row', a 'column' or both", {"hint": hint})
        return self


class Total(Strict):
    """A last row that is set apart: one of the rows, or sums that c6brief computes and labels as computed."""

    row: ScalarText | None = Field(None, description="the heading of the row that is the total")
    sum: tuple[str, ...] | None = Field(None, min_length=1, description="the fields to add up")

    @model_validator(mode="before")
    @classmethod
    def _expand_sum(cls, value: Any) -> Any:
        return {} if value == "sum" else value

    @model_validator(mode="after")
    def _check_row_or_sum(self) -> Total:
        if self.row is not None and self.sum is not None:
            raise PydanticCustomError("bad-value", "a total is a 'row' or a 'sum', not both")
        return self


class TableDesign(Strict):
    """How the rows of a table are printed: keys of tables of the evidence base and of charts of the kind ``table``.

    Whether the fields and rows that they name exist is checked by :func:`c6brief.evidence.design.design_holds`.
    """

    columns: tuple[str, ...] | None = Field(None, min_length=1, description="the fields printed, in order; else all")
    group: str | None = Field(None, description="the field whose values head groups of rows, in place of a column")
    bars: tuple[str, ...] = Field((), description="number fields that have a bar beside each number, from zero")
    heat: tuple[str, ...] = Field((), description="number fields whose cells are tinted, the darker the larger")
    sort: SortKey | None = Field(None, description="{by: field, descending: true}; groups and rows keep it")
    notes: tuple[TableNote, ...] = Field((), max_length=26, description="notes tied to cells: {row, column, text}")
    total: Total | None = Field(
        None, description="`sum` (all number fields), {sum: [fields]}, or {row: heading} for a row that is the total"
    )


class DesignedTable(TableDesign, Table):
    """A table of the evidence base, and how it is printed."""


class ChartRows(Table):
    """The rows that a chart has, or a data file that it names. Other keys of the chart are passed over."""

    model_config = ConfigDict(extra="ignore", frozen=True)


class Chart(EvidenceEntry):
    """A figure to draw. Keys beyond these belong to its ``kind``, which checks them."""

    model_config = ConfigDict(extra="allow", frozen=True)

    kind: str = Field(description="bar, line, map, timeline, …")
    title: str = Field(description="the takeaway, a sentence")
    subtitle: str = Field(description="what is shown, unit, period")
    alt: str = Field(min_length=1, description="what a reader who cannot see it must know")
    note: str | None = Field(None, description="what a reader must know of the data, printed below")
    derived: str | None = Field(None, min_length=1, description="how its numbers were computed, if no source has them")
    source: Identifier | None = Field(None, description="a source's id, where the rows have none of their own")
    width: Literal["full", "column", "margin"] | None = Field(
        None, description="text and margin, text only, or margin only"
    )


class Section(EvidenceEntry):
    """Prose for briefs to use."""

    title: str
    themes: Themes = ()
    text: str
