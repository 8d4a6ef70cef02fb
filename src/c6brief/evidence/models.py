"""What the evidence base holds: one model a kind of entry, as the analyst writes it.

Positions, paragraphs and strengths are computed, never written.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, PrivateAttr, model_validator
from pydantic_core import PydanticCustomError

from c6brief.documents.entries import Entry, Identifier, ScalarText, Strict
from c6brief.documents.grid import Origin
from c6brief.documents.problems import Place
from c6brief.evidence.csl import Issued, check_variables
from c6brief.evidence.dates import checked_edtf

Stance = Literal["supports", "disputes", "qualifies"]
Basis = Literal["stated", "derived"]

Themes = tuple[Identifier, ...]
Date = Annotated[ScalarText, AfterValidator(checked_edtf)]
"""An EDTF string (ISO 8601-2, https://www.loc.gov/standards/datetime/)."""

UNSTATED = "unstated"
"""The scope that always exists: the source does not say of whom."""


def _grade(value: Any) -> Any:
    if isinstance(value, str) and not (len(value) == 2 and value[0] in "ABCDEF" and value[1] in "123456"):
        raise PydanticCustomError(
            "bad-grade",
            f"'{value}' is no Admiralty code",
            {"hint": "A-F for the source, then 1-6 for the information: B2"},
        )
    return value


class SourceNotes(Strict):
    """What CSL leaves to applications, under ``custom``."""

    text: str | None = Field(None, description="file below seeds/ with the words as read")
    grade: Annotated[str, BeforeValidator(_grade)] | None = Field(None, description="Admiralty code, B3")
    voice: Identifier | None = Field(None, description="who really speaks; by default the source itself")
    note: str | None = Field(None, description="what a reader must know of this source")
    sha256: str | None = Field(None, description="hash of the text when it was recorded")


class Name(BaseModel):
    """A CSL name: family and given, or literal."""

    model_config = ConfigDict(extra="ignore", frozen=True)

    family: str | None = None
    given: str | None = None
    literal: str | None = None

    def __str__(self) -> str:
        return self.literal or " ".join(part for part in (self.given, self.family) if part)


class Source(Entry):
    """A source in CSL-YAML (https://docs.citationstyles.org): what Zotero exports and Pandoc reads."""

    model_config = ConfigDict(extra="allow", frozen=True, populate_by_name=True)

    id: Identifier = Field(description="how it is cited")
    type: str = Field("document", description="CSL type")
    title: str = Field(description="as it stands on the source; [in brackets] where it has none")
    title_short: str | None = Field(None, alias="title-short", description="its name in repeat notes")
    publisher: str | None = None
    container_title: str | None = Field(None, alias="container-title")
    author: tuple[Name, ...] = ()
    issued: Issued = None
    accessed: Issued = None
    URL: str | None = None
    DOI: str | None = None
    custom: SourceNotes = SourceNotes()

    @model_validator(mode="before")
    @classmethod
    def _only_csl(cls, data: Any) -> Any:
        return check_variables(data)

    @property
    def voice(self) -> str:
        """Who really speaks. Two sources with one voice are one witness."""
        return self.custom.voice or self.id

    @property
    def short(self) -> str:
        """The name for repeat notes: ``title-short``, else author, publisher or title."""
        author = (self.author[0].family or str(self.author[0])) if self.author else None
        return self.title_short or author or self.publisher or self.title


class Person(Entry):
    """Somebody who speaks in a source."""

    id: Identifier
    name: str
    role: str | None = None
    organisation: str | None = Field(None, description="an organisation's id, or its name")


class Organisation(Entry):
    """A body named in the evidence."""

    id: Identifier
    name: str
    acronym: str | None = None
    country: str | None = None
    note: str | None = None


class Scope(Entry):
    """Whom something is said of: a named group of countries."""

    id: Identifier
    name: str
    members: tuple[str, ...] = Field((), description="ISO 3166 alpha-2 codes")


class Selector(Strict):
    """Words in a source: W3C Web Annotation's TextQuoteSelector, as ``exact``, ``prefix``, ``suffix``."""

    source: Identifier = Field(description="a source's id")
    exact: str = Field(min_length=1, description="the source's own words")
    prefix: str | None = Field(None, description="words just before, where the passage occurs twice")
    suffix: str | None = Field(None, description="words just after, where the passage occurs twice")
    note: str | None = None


class EventAccount(Selector):
    """One source's telling of an event."""

    date: Date | None = Field(None, description="EDTF: 2022~, 2024/2025")
    basis: Basis = Field("stated", description="stated, or derived (and `note` says from what)")
    stance: Stance = "supports"


class ClaimAccount(Selector):
    """One source's word on a claim."""

    stance: Stance = "supports"


class Quote(Entry):
    """Somebody's words, verbatim."""

    id: Identifier
    text: str = Field(min_length=1, description="the words")
    speaker: Identifier = Field(description="a person's id")
    source: Identifier = Field(description="a source's id")
    themes: Themes = ()
    prefix: str | None = None
    suffix: str | None = None
    note: str | None = None


class Event(Entry):
    """Something that happened or is planned. It is what its accounts say; they may disagree."""

    id: Identifier
    title: str = Field(min_length=1)
    accounts: tuple[EventAccount, ...] = Field(min_length=1, description="who tells it")
    place_name: str | None = Field(None, alias="place")
    scope: Identifier = UNSTATED
    themes: Themes = ()
    planned: bool = Field(False, description="true for what lies ahead in the sources")
    note: str | None = None


class Claim(Entry):
    """A statement in our words, and who backs it."""

    id: Identifier
    statement: str = Field(min_length=1)
    accounts: tuple[ClaimAccount, ...] = Field(min_length=1, description="who backs it")
    scope: Identifier = UNSTATED
    themes: Themes = ()
    note: str | None = None


def sources_of(entry: Entry) -> tuple[str, ...]:
    """The ids of the sources that an entry rests on: a source on itself."""
    if isinstance(entry, Source):
        return (entry.id,)
    if isinstance(entry, Quote):
        return (entry.source,)
    if isinstance(entry, (Event, Claim)):
        return tuple(dict.fromkeys(account.source for account in entry.accounts))
    return ()


class Constraints(Strict):
    """What every value of a column must keep, as Frictionless Table Schema has it."""

    required: bool = Field(False, description="no cell may be missing")
    unique: bool = Field(False, description="no value stands twice")
    minimum: str | int | float | None = Field(None, description="of numbers, years and dates")
    maximum: str | int | float | None = Field(None, description="of numbers, years and dates")
    enum: tuple[str | int | float | bool, ...] | None = Field(None, min_length=1, description="the values allowed")
    pattern: str | None = Field(None, description="a regular expression that the whole of a text fits")


class TableField(Strict):
    """A column, as Frictionless Table Schema (v1, https://specs.frictionlessdata.io/table-schema/) has it.

    ``unit`` is ours.
    """

    name: str
    type: Literal["string", "integer", "number", "boolean", "date", "year"] = "string"
    format: Literal["default"] = "default"
    title: str | None = None
    unit: str | None = None
    description: str | None = None
    constraints: Constraints = Constraints()
    decimal_char: str = Field(".", alias="decimalChar", min_length=1, max_length=1, description="3,5 has a comma")
    group_char: str = Field("", alias="groupChar", max_length=1, description="what groups thousands: 1,140")
    bare_number: bool = Field(True, alias="bareNumber", description="false: signs around the number are left out")
    true_values: tuple[ScalarText, ...] = Field(("true", "True", "TRUE", "1"), alias="trueValues", min_length=1)
    false_values: tuple[ScalarText, ...] = Field(("false", "False", "FALSE", "0"), alias="falseValues", min_length=1)


class Table(Entry):
    """Rows of a source: written in place, or in a file of their own."""

    id: Identifier
    title: str
    subtitle: str | None = None
    source: Identifier | None = None
    themes: Themes = ()
    note: str | None = None
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
    def _one_origin(self) -> Table:
        if (self.rows is None) == (self.data is None):
            raise PydanticCustomError("missing-key", "a table has either 'rows' or 'data'")
        if not self.fields and (self.data is None or "fields" in self.model_fields_set):
            hint = "add fields: [{name: …, type: …}]"
            raise PydanticCustomError("missing-key", "a table of 'rows' wants 'fields'", {"hint": hint})
        return self

    @property
    def origin(self) -> Origin | None:
        """The data file that the rows were read from."""
        return self._origin

    def read(self, fields: Sequence[TableField], rows: Sequence[tuple], origin: Origin | None, columns: Sequence[int]):
        """This table with its rows as read: of ``origin`` (``None``: of the table itself), whose ``columns`` they are."""
        whole = self.model_copy(update={"fields": tuple(fields), "rows": tuple(rows)})
        whole._origin, whole._columns = origin, tuple(columns)
        return whole

    def cell_place(self, row: int, column: int) -> Place:
        """Where a cell was written: in a list, in a map, or in the data file."""
        if self._origin is not None:
            return self._origin.cell(row, self._columns[column])
        named = self.place("rows", row, self.fields[column].name)
        return named if named != self.place("rows", row) else self.place("rows", row, column)


class SortKey(Strict):
    """The order of rows."""

    by: str = Field(description="a field's name")
    descending: bool = Field(False, description="the largest, or the last of the alphabet, first")


class TableNote(Strict):
    """A note tied to a cell (``row`` and ``column``), a row, or a column's heading."""

    row: ScalarText | None = Field(None, description="the row's heading: its first cell printed")
    column: str | None = Field(None, description="a field's name")
    text: str = Field(min_length=1, description="what a reader must know of it")

    @model_validator(mode="after")
    def _tied(self) -> TableNote:
        if self.row is None and self.column is None:
            hint = "a note on the whole table stands under 'note'"
            raise PydanticCustomError("missing-key", "a note names a 'row', a 'column' or both", {"hint": hint})
        return self


class Total(Strict):
    """A last row, set apart: one of the rows, or sums that c6brief computes and labels as computed."""

    row: ScalarText | None = Field(None, description="the heading of the row that is the total")
    sum: tuple[str, ...] | None = Field(None, min_length=1, description="the fields to add up")

    @model_validator(mode="before")
    @classmethod
    def _short(cls, value: Any) -> Any:
        return {} if value == "sum" else value

    @model_validator(mode="after")
    def _one_way(self) -> Total:
        if self.row is not None and self.sum is not None:
            raise PydanticCustomError("bad-value", "a total is a 'row' or a 'sum', not both")
        return self


class Design(Strict):
    """How the rows of a table are printed. Shared by tables of the evidence base and by charts of kind ``table``.

    What the keys name is held against the fields and rows by :func:`c6brief.evidence.design.design_holds`.
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


class DesignedTable(Design, Table):
    """A table of the evidence base, and how it is printed."""


class ChartRows(Table):
    """The rows that a chart brings along, as a table. What else the chart says is read with its kind."""

    model_config = ConfigDict(extra="ignore", frozen=True)


class Chart(Entry):
    """A figure to draw. Keys beyond these belong to its ``kind``, which checks them."""

    model_config = ConfigDict(extra="allow", frozen=True)

    id: Identifier
    kind: str = Field(description="bar, line, map, timeline, …")
    title: str = Field(description="the takeaway, a sentence")
    subtitle: str = Field(description="what is shown, unit, period")
    alt: str = Field(min_length=1, description="what a reader who cannot see it must know")
    note: str | None = Field(None, description="what a reader must know of the data, printed below")
    source: Identifier | None = Field(None, description="a source's id, where the rows have none of their own")
    width: Literal["full", "column", "margin"] | None = Field(
        None, description="text and margin, text only, or margin only"
    )


class Section(Entry):
    """Prose for briefs to use."""

    id: Identifier
    title: str
    themes: Themes = ()
    text: str
