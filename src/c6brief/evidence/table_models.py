"""Tables and charts as the analyst writes them: fields as Frictionless Table Schema says them, rows, and how they are printed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, Any, Literal, Self

from pydantic import BeforeValidator, ConfigDict, Discriminator, Field, PrivateAttr, Tag, model_validator
from pydantic_core import PydanticCustomError

from c6brief.documents.entries import ScalarText, SourceId, Strict
from c6brief.documents.grid import Origin
from c6brief.documents.problems import Place
from c6brief.evidence.models import EvidenceEntry, Themes, Value


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


def _as_tuple(value: Any) -> Any:
    return value if isinstance(value, (list, tuple)) else (value,)


class PlaceKeys(Strict):
    """Where in a data file the rows of a table stand.

    What lies above, below or beside is left out because somebody says so, never by a guess.
    """

    sheet: str | None = Field(None, description="of the XLSX file; by default the first")
    skip_rows: int | None = Field(None, alias="skipRows", ge=0, description="rows above the heading that are left out")
    header_rows: int | None = Field(None, alias="headerRows", ge=1, le=9, description="rows of the heading, joined; 1")
    footer_rows: int | None = Field(None, alias="footerRows", ge=0, description="rows below the data that are left out")
    hidden: bool | None = Field(None, description="whether hidden rows and columns of a sheet are read")
    fill_merged_cells: bool | None = Field(
        None, alias="fillMergedCells", description="true: each of the merged cells has the value of the first"
    )
    where: dict[str, Annotated[tuple[ScalarText, ...], BeforeValidator(_as_tuple), Field(min_length=1)]] | None = Field(
        None, description="rows to read, by what stands in their columns: {geo: [KZ, UZ]}"
    )


class DataFile(PlaceKeys):
    """A data file and the cells of it that are meant, in one map."""

    file: str = Field(description="a CSV or XLSX file beside the table")
    range: str | None = Field(None, description="the cells of heading and data: B4:F20; by default all")


def _form_of_data(value: Any) -> str:
    return "[map]" if isinstance(value, (dict, DataFile)) else "[file]"  # in brackets: no part of a problem's place


Data = Annotated[Annotated[str, Tag("[file]")] | Annotated[DataFile, Tag("[map]")], Discriminator(_form_of_data)]


class DataKeys(PlaceKeys):
    """Keys of what may have its rows in a data file."""

    data: Data | None = Field(
        None, description="a CSV or XLSX file beside it, in place of rows; or a map: {file, sheet, range, …}"
    )


OF_FILES = {
    "sheet": "sheet",
    "range": "range",
    "skipRows": "skip_rows",
    "headerRows": "header_rows",
    "footerRows": "footer_rows",
    "hidden": "hidden",
    "fillMergedCells": "fill_merged_cells",
    "where": "where",
}
"""The keys that only a data file has, as they are written, and the attributes that hold them."""


class Table(DataKeys, EvidenceEntry):
    """Rows of a source, written in the table itself or in a data file."""

    title: str
    subtitle: str | None = None
    source: SourceId | None = None
    themes: Themes = ()
    note: str | None = None
    derived: str | None = Field(None, min_length=1, description="how its numbers were computed, if no source has them")
    fields: tuple[TableField, ...] = Field(
        (), description="the columns; those of a file that has a heading may be left out"
    )
    rows: tuple[Any, ...] | None = Field(None, description="lists in field order, or maps")
    range: str | None = Field(None, description="the cells of heading and data in the file: B4:F20; by default all")
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

    def of_file(self, key: str) -> Any:
        """What the table says under ``key`` of :data:`OF_FILES`, beside ``data`` or in its map."""
        attribute = OF_FILES[key]
        within = getattr(self.data, attribute) if isinstance(self.data, DataFile) else None
        return getattr(self, attribute) if within is None else within

    def of_file_place(self, key: str, *steps: str | int, of_key: bool = False) -> Place:
        """Where :meth:`of_file` was written."""
        within = isinstance(self.data, DataFile) and getattr(self.data, OF_FILES.get(key, key)) is not None
        return self.place(*(("data", key) if within else (key,)), *steps, key=of_key)

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

    @property
    def extent(self) -> tuple[Place, Place]:
        """The places of the first and the last cell of the file that were read; those of the table where it has no rows."""
        rows = len(self.rows or ())
        if self._origin is None or not rows:
            return self.place(), self.place()
        places = [
            self._origin.cell(row, column)
            for row in (0, rows - 1)
            for column in (min(self._columns), max(self._columns))
        ]
        return min(places, key=lambda place: place.span), max(places, key=lambda place: place.span)


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

    @model_validator(mode="before")
    @classmethod
    def _leave_out_range(cls, data: Any) -> Any:
        """Of a chart, ``range`` is a key of its kind; that of cells stands in the map of ``data``."""
        return {key: value for key, value in data.items() if key != "range"} if isinstance(data, dict) else data


class Chart(EvidenceEntry):
    """A figure to draw. Keys beyond these belong to its ``kind``, which checks them."""

    model_config = ConfigDict(extra="allow", frozen=True)

    kind: str = Field(description="bar, line, map, timeline, …")
    title: str = Field(description="the takeaway, a sentence")
    subtitle: str = Field(description="what is shown, unit, period")
    alt: str = Field(min_length=1, description="what a reader who cannot see it must know")
    note: str | None = Field(None, description="what a reader must know of the data, printed below")
    derived: str | None = Field(None, min_length=1, description="how its numbers were computed, if no source has them")
    source: SourceId | None = Field(None, description="a source's id, where the rows have none of their own")
    width: Literal["full", "column", "margin"] | None = Field(
        None, description="text and margin, text only, or margin only"
    )
