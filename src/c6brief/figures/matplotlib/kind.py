"""The kind of chart ``matplotlib``: its keys, checks and data."""

from __future__ import annotations

import hashlib
import json
import os
import sys
from contextlib import suppress
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from c6brief.documents.problems import Place, Problems
from c6brief.evidence.base import Evidence
from c6brief.figures.data import ChartData
from c6brief.figures.kinds import DrawContext
from c6brief.figures.matplotlib.code_file import CodeFile, check_code, check_trust, read_code
from c6brief.figures.matplotlib.options import MatplotlibOptions
from c6brief.figures.registry import chart_kind
from c6brief.figures.rows.checking import TableCheck
from c6brief.figures.rows.tabular import TabularKind, check_table, rows_as_data, table_of

if TYPE_CHECKING:
    from c6brief.figures.drawing.canvas import Canvas

MOST_ROWS = 100_000
"""Rows that are handed to code. Of more, what is drawn is better computed beforehand."""


@chart_kind("matplotlib", width="column")
class MatplotlibChart(TabularKind[MatplotlibOptions]):
    """``matplotlib``: a figure that code of yours draws, with ordinary Axes of Matplotlib, seaborn or plotnine.

    The code has a function ``draw(figure, table, style)``. [docs/own-figures.md](own-figures.md) shows one and says what it
    is given. Its texts are set in the brief's faces and stay texts; words in quotation marks in them are verified. It runs
    only where its reader has said ``c6brief trust``, when the brief is rendered: a check never runs it.
    """

    options = MatplotlibOptions

    def check(self, options: MatplotlibOptions, evidence: Evidence, problems: Problems) -> bool:
        """Whether there are rows, and code that can be read as Python and has the function. It is not run.

        Problems: those of :func:`~c6brief.figures.rows.tabular.check_table`, ``outside-project``, ``no-such-file``,
        ``bad-value``, ``figure-code``.
        """
        table = check_table(options, evidence, problems)
        code = read_code(options, options.code, problems)
        sound = code is not None and check_code(code, problems)
        if table is None:
            return False
        check = TableCheck(options, table, problems)
        check.right_count(1, MOST_ROWS, "rows")
        return check.good and sound

    def permit(self, options: MatplotlibOptions, problems: Problems) -> bool:
        """Whether the code is trusted. Problem: ``code-not-trusted``."""
        code = read_code(options, options.code, problems)
        return code is not None and check_trust(code, options, problems)

    def draw(self, options: MatplotlibOptions, context: DrawContext) -> Canvas:
        from c6brief.figures.matplotlib.drawing import draw_by_code  # here: it imports Matplotlib

        return draw_by_code(options, context)

    def verify(self, options: MatplotlibOptions, canvas: Canvas, context: DrawContext, problems: Problems) -> bool:
        from c6brief.figures.matplotlib.drawing import verify_texts

        return verify_texts(options, canvas, context, self.sources(options, context.evidence), problems)

    def digest(self, options: MatplotlibOptions) -> str:
        code = self._code(options)
        whole = json.dumps([code.sha256 if code else "", _installed()])
        return hashlib.sha256(whole.encode()).hexdigest()

    def files(self, options: MatplotlibOptions) -> tuple[Path, ...]:
        code = self._code(options)
        return (code.path,) if code else ()

    def find(self, options: MatplotlibOptions, words: str) -> Place | None:
        code = self._code(options)
        return code.find(words) if code else None

    def data(self, options: MatplotlibOptions, evidence: Evidence) -> ChartData:
        """The whole table, which the code is given."""
        table = table_of(options, evidence)
        return rows_as_data(table, range(len(table.fields)), ())

    def _code(self, options: MatplotlibOptions) -> CodeFile | None:
        return read_code(options, options.code, Problems())


@lru_cache(maxsize=1)
def _installed() -> tuple[str, ...]:
    """The packages that code may import, with their versions, as the names of their folders have them."""
    found: set[str] = set()
    for folder in filter(None, sys.path):
        with suppress(OSError):
            found.update(name for name in os.listdir(folder) if name.endswith((".dist-info", ".egg-info")))
    return tuple(sorted(found))
