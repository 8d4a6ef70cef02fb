"""The kind of chart ``heatmap``, ``matrix``: its keys, checks and data."""

from __future__ import annotations

from typing import TYPE_CHECKING

from c6brief.documents.problems import Problems, did_you_mean
from c6brief.evidence.base import Evidence
from c6brief.evidence.models import Table
from c6brief.figures.checks import BadValues, no_repeats
from c6brief.figures.data import CellValue, ChartData
from c6brief.figures.heatmap.matrix import HeatmapOptions, MatrixColumns, cell_word, columns_of, matrix_of
from c6brief.figures.kinds import DrawContext
from c6brief.figures.registry import chart_kind
from c6brief.figures.rows.tabular import (
    NAMES,
    NUMBERS,
    UNCERTAIN,
    FieldUse,
    TabularKind,
    check_table,
    distinct,
    finite,
    headings,
    known_columns,
    known_values,
    one_line,
    right_count,
    table_of,
)

if TYPE_CHECKING:
    from c6brief.figures.drawing.canvas import Canvas

MOST_ROWS, MOST_COLUMNS = 40, 24
"""What fits on a page and can still be followed with the eye."""
MOST_IN_MARGIN = 12
"""Columns of words, or of the letters that stand for them, that fit into the margin."""


def _suits(options: HeatmapOptions, table: Table, problems: Problems) -> bool:
    """Whether names, values and keys go together."""
    at = columns_of(options, table)
    named = [at.y] if at.x is None else [at.y, at.x]
    good = [
        distinct(table, named, "y", "row" if at.x is None else "cell", problems),
        finite(table, [column for column in at.value if table.fields[column].type in NUMBERS], problems),
        no_repeats(options.highlight, "highlight", options, problems),
        no_repeats(options.order, "order", options, problems),
        _one_sort(options, table, at, problems),
    ]
    if not all(good):
        return False
    matrix = matrix_of(options, table)
    if len(matrix.rows) > MOST_ROWS or len(matrix.columns) > MOST_COLUMNS:
        key, most, count = "y", MOST_ROWS, len(matrix.rows)
        if len(matrix.columns) > MOST_COLUMNS:
            key, most, count = ("x" if options.x else "value"), MOST_COLUMNS, len(matrix.columns)
        what = "rows" if key == "y" else "columns"
        problems.error("bad-value", f"too many {what}; at most {most}", options.place(key), f"there are {count}")
        return False
    if matrix.words and options.width == "margin" and len(matrix.columns) > MOST_IN_MARGIN:
        message = f"too many columns of words for a margin; at most {MOST_IN_MARGIN}"
        problems.error("bad-value", message, options.place("width"), "'width: column' has room")
        return False
    return known_values(
        options.highlight, "highlight", [*matrix.rows, *matrix.columns], "row or column", options, problems
    )


def _one_sort(options: HeatmapOptions, table: Table, at: MatrixColumns, problems: Problems) -> bool:
    """Whether all values are numbers of one unit, or all words of the order.

    Problems: ``bad-value``, ``unknown-value``.
    """
    fields = [table.fields[column] for column in at.value]
    words = [field.type == "string" for field in fields]
    units = [field.unit or "" for field in fields]
    for index in range(len(fields)):
        if words[index] != words[0] or units[index] != units[0]:
            what = "numbers and words are" if words[index] != words[0] else f"'{units[0]}' and '{units[index]}' are"
            message = f"value: {what} not toned on one scale"
            problems.error("bad-value", message, options.place("value", index), "a figure each")
            return False
    titles = [field.title or field.name for field in fields]
    for index, title in enumerate(titles):
        if at.x is None and title in titles[:index]:
            message = f"value: two columns are called '{title}'"
            problems.error("bad-value", message, options.place("value", index), "give the field a title of its own")
            return False
    if words[0] and options.diverging:
        message = "diverging: words have no zero"
        problems.error("bad-value", message, options.place("diverging", key=True), "use 'order: […]'")
        return False
    if not words[0] and options.order:
        message = "order: numbers have an order of their own"
        problems.error("bad-value", message, options.place("order", key=True), "remove it")
        return False
    levels = list(map(one_line, options.order))
    bad = BadValues(problems)
    for row, cells in enumerate(table.rows or ()):
        for column in at.value if options.order else ():
            word = cell_word(cells[column])
            if word is not None and word not in levels:
                place, hint = table.cell_place(row, column), did_you_mean(word, levels)
                bad.add(f"order: '{word}' is none of the levels", place, hint, rule="unknown-value")
    return not bad.count


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
        uses: dict[str, FieldUse] = {
            "y": (NAMES, "names no rows"),
            "x": (NAMES, "names no columns"),
            "value": ((*NUMBERS, "string"), "holds neither numbers nor words"),
            **UNCERTAIN,
        }
        known = known_columns(uses, table, options, problems)
        if not known or not no_repeats(options.value, "value", options, problems):
            return False
        most = MOST_ROWS if options.x is None else MOST_ROWS * MOST_COLUMNS
        return right_count(table, 1, most, "rows", options, problems) and _suits(options, table, problems)

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
