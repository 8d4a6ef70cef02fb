"""The kind of chart ``table``: its keys, checks and data."""

from __future__ import annotations

from typing import TYPE_CHECKING

from c6brief.brief.table_layout import TableWording, lay_out_table
from c6brief.documents.problems import Problems
from c6brief.evidence.base import Evidence
from c6brief.evidence.design import arrangement, design_holds
from c6brief.evidence.table_models import DesignedTable, TableDesign
from c6brief.figures.data import ChartData, cell_value
from c6brief.figures.kinds import DrawContext
from c6brief.figures.registry import chart_kind
from c6brief.figures.rows.checking import TableCheck
from c6brief.figures.rows.tabular import TabularKind, TabularOptions, check_table, headings, table_of

if TYPE_CHECKING:
    from c6brief.figures.drawing.canvas import Canvas

MOST = 100
"""Rows of a chart. What is longer belongs into an annex, or is a table of the evidence base."""
WIDEST = 12
"""Columns that can be read beside each other."""


class TableOptions(TabularOptions, TableDesign):
    """The keys of a table."""


def _own_design(options: TableOptions) -> bool:
    return bool(set(TableDesign.model_fields) & options.model_fields_set)


@chart_kind("table", width="full")
class TableChart(TabularKind[TableOptions]):
    """``table``: a designed table. Decimal points in line, units once, row groups, bars or tints in cells, notes by
    sign.

    A page prints it as a table proper, which can be read aloud and copied, and counts it among the tables. Drawn alone,
    for a slide, it has the same design. The design keys are those of the tables of the evidence base; a chart that
    gives none takes those of its table.
    """

    options = TableOptions

    def check(self, options: TableOptions, evidence: Evidence, problems: Problems) -> bool:
        """Whether there are rows, not too many, and the design fits them."""
        table = check_table(options, evidence, problems)
        if table is None:
            return False
        check = TableCheck(options, table, problems)
        check.right_count(1, MOST, "rows")
        design = options if _own_design(options) or not isinstance(table, DesignedTable) else table
        count = len(design.columns or table.fields)
        if check.good and count > WIDEST:
            key = "columns" if options.columns else "fields" if options.fields else "table"
            check.bad_key(f"too many columns; at most {WIDEST}", key, "choose some: columns: [...]")
        return check.good and (design is table or design_holds(options, options, table, problems))

    def draw(self, options: TableOptions, context: DrawContext) -> Canvas:
        from c6brief.figures.table.drawing import TableDrawing  # here: it imports Matplotlib

        words = context.words
        wording = TableWording(words.locale, words["no-data"], words["table-sum"])
        return TableDrawing(lay_out_table(self.table(options, context.evidence), wording), context).canvas

    def data(self, options: TableOptions, evidence: Evidence) -> ChartData:
        """The rows in the order printed, the group first. A total that is a row comes last; sums are left out."""
        whole = self.table(options, evidence)
        order = arrangement(whole, whole)
        names = [field.name for field in whole.fields]
        columns = [*([names.index(whole.group)] if whole.group else []), *order.columns]
        numbers = [row for _, rows in order.groups for row in rows] + ([] if order.total is None else [order.total])
        rows = tuple(tuple(cell_value((whole.rows or ())[row][column]) for column in columns) for row in numbers)
        return ChartData(headings(whole.fields[column] for column in columns), rows)

    def table(self, options: TableOptions, evidence: Evidence) -> DesignedTable:
        """The table to print: the rows, under the words and with the design of the chart."""
        rows = table_of(options, evidence)
        design = options if _own_design(options) or not isinstance(rows, DesignedTable) else rows
        return DesignedTable(
            id=options.id,
            title=options.title,
            subtitle=options.subtitle,
            source=options.source or rows.source,
            note=options.note,
            fields=rows.fields,
            rows=rows.rows,
            **{name: getattr(design, name) for name in TableDesign.model_fields},
        )
