"""The kind of chart ``heatmap``, ``matrix``: its keys, checks and data."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from c6brief.documents.problems import Problems, did_you_mean
from c6brief.evidence.base import Evidence
from c6brief.figures.data import CellValue, ChartData
from c6brief.figures.heatmap.matrix import HeatmapOptions, MatrixColumns, cell_word, columns_of, matrix_of
from c6brief.figures.kinds import DrawContext
from c6brief.figures.registry import chart_kind
from c6brief.figures.rows.checking import UNCERTAIN, TableCheck
from c6brief.figures.rows.tabular import NAMES, NUMBERS, TabularKind, check_table, headings, one_line, table_of

if TYPE_CHECKING:
    from c6brief.figures.drawing.canvas import Canvas

MOST_ROWS, MOST_COLUMNS = 40, 24
"""What fits on a page and can still be followed with the eye."""
MOST_IN_MARGIN = 12
"""Columns of words, or of the letters that stand for them, that fit into the margin."""


def _suits(check: TableCheck[HeatmapOptions]) -> None:
    """Names, values and keys go together. Problems: ``bad-value``, ``unknown-value``."""
    options, table = check.options, check.table
    at = columns_of(options, table)
    _one_sort(check, at)
    check.distinct([at.y] if at.x is None else [at.y, at.x], "y", "row" if at.x is None else "cell")
    check.finite([column for column in at.value if table.fields[column].type in NUMBERS])
    check.no_repeats("highlight")
    check.no_repeats("order")
    if not check.good:
        return
    matrix = matrix_of(options, table)
    if len(matrix.columns) > MOST_COLUMNS:
        key = "x" if options.x else "value"
        check.bad_key(f"too many columns; at most {MOST_COLUMNS}", key, f"there are {len(matrix.columns)}")
    elif len(matrix.rows) > MOST_ROWS:
        check.bad_key(f"too many rows; at most {MOST_ROWS}", "y", f"there are {len(matrix.rows)}")
    elif matrix.words and options.width == "margin" and len(matrix.columns) > MOST_IN_MARGIN:
        message = f"too many columns of words for a margin; at most {MOST_IN_MARGIN}"
        check.bad_key(message, "width", "'width: column' has room")
    else:
        check.known_values("highlight", [*matrix.rows, *matrix.columns], "row or column")


def _one_sort(check: TableCheck[HeatmapOptions], at: MatrixColumns) -> None:
    """All values are numbers of one unit, or all words of the order. Problems: ``bad-value``, ``unknown-value``."""
    options = check.options
    fields = [check.table.fields[column] for column in at.value]
    words = [field.type == "string" for field in fields]
    units = [field.unit or "" for field in fields]
    titles = [field.title or field.name for field in fields]
    for index in range(len(fields)):
        if words[index] != words[0] or units[index] != units[0]:
            what = "numbers and words are" if words[index] != words[0] else f"'{units[0]}' and '{units[index]}' are"
            check.bad(f"value: {what} not toned on one scale", options.place("value", index), "a figure each")
            return
    for index, title in enumerate(titles):
        if at.x is None and title in titles[:index]:
            place, hint = options.place("value", index), "give the field a title of its own"
            check.bad(f"value: two columns are called '{title}'", place, hint)
            return
    if words[0] and options.diverging:
        check.bad("diverging: words have no zero", options.place("diverging", key=True), "use 'order: […]'")
    elif not words[0] and options.order:
        check.bad("order: numbers have an order of their own", options.place("order", key=True), "remove it")
    elif options.order:
        _of_the_order(check, at)


def _of_the_order(check: TableCheck[HeatmapOptions], at: MatrixColumns) -> None:
    """All words are levels of the order. Problem: ``unknown-value``."""
    levels = list(map(one_line, check.options.order))
    for row, cells in enumerate(check.table.rows or ()):
        for column in at.value:
            word = cell_word(cells[column])
            if word is not None and word not in levels:
                place, hint = check.table.cell_place(row, column), did_you_mean(word, levels)
                check.bad(f"order: '{word}' is none of the levels", place, hint, "unknown-value")


@chart_kind("heatmap", "matrix", width="column")
class HeatmapChart(TabularKind[HeatmapOptions]):
    """``heatmap``, also called ``matrix``: rows by columns, a number or a word in each cell.

    Numbers are toned from light to dark, or to both sides of zero (``diverging: true``), and written in their cells
    where there is room; where not, a scale says what a tone means. Words are written; with ``order`` (their levels,
    from little to much) they are toned too. The table is long (``x`` and ``y`` name column and row of each value) or
    wide (``y`` names the rows, each field under ``value`` is a column). What the source does not give is hatched, never
    toned.
    """

    options = HeatmapOptions

    def check(self, options: HeatmapOptions, evidence: Evidence, problems: Problems) -> bool:
        """Whether the fields exist and suit, every cell is named once, and words are levels of the ``order``.

        Problems: ``missing-key``, ``unknown-id``, ``unknown-value``, ``bad-value``.
        """
        table = check_table(options, evidence, problems)
        if table is None:
            return False
        if (options.x is None) == (len(options.value) == 1):
            message = "either 'x' names the columns, or several fields under 'value' do"
            at = ("value",) if options.x is None else ("x",)
            hint = "add 'x: …'" if options.x is None else "keep one"
            problems.error("bad-value", message, options.place(*at, key=True), hint)
            return False
        check = TableCheck(options, table, problems)
        check.known_columns(
            {
                "y": (NAMES, "names no rows"),
                "x": (NAMES, "names no columns"),
                "value": ((*NUMBERS, "string"), "holds neither numbers nor words"),
                **UNCERTAIN,
            }
        )
        most = MOST_ROWS if options.x is None else MOST_ROWS * MOST_COLUMNS
        return check.in_turn(
            partial(check.no_repeats, "value"), partial(check.right_count, 1, most, "rows"), partial(_suits, check)
        )

    def draw(self, options: HeatmapOptions, context: DrawContext) -> Canvas:
        from c6brief.figures.heatmap.drawing import HeatmapDrawing  # here: it imports Matplotlib

        return HeatmapDrawing(matrix_of(options, table_of(options, context.evidence)), context).canvas

    def data(self, options: HeatmapOptions, evidence: Evidence) -> ChartData:
        """The matrix as drawn: a row for each row, its columns under their names with the unit."""
        table = table_of(options, evidence)
        matrix = matrix_of(options, table)
        [rows] = headings([table.fields[columns_of(options, table).y]])
        cells: list[tuple[CellValue, ...]] = [(name, *row) for name, row in zip(matrix.rows, matrix.cells, strict=True)]
        heads = (f"{name} ({matrix.unit})" if matrix.unit else name for name in matrix.columns)
        return ChartData((rows, *heads), tuple(cells))
