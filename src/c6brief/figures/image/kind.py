"""The kind of chart ``image``: its keys, checks and data."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pydantic import Field

from c6brief.documents.problems import Problems
from c6brief.evidence.base import Evidence
from c6brief.evidence.image_files import PAGE_AS_PIXELS
from c6brief.figures.data import ChartData
from c6brief.figures.kinds import DrawContext
from c6brief.figures.registry import chart_kind
from c6brief.figures.rows.tabular import TabularKind, TabularOptions, check_table, rows_as_data, table_of

if TYPE_CHECKING:
    from c6brief.figures.drawing.canvas import Canvas


class ImageOptions(TabularOptions):
    """The keys of a chart that was made elsewhere."""

    file: str = Field(description="SVG, PNG, JPEG, WebP, TIFF, or a PDF, beside the chart's file")
    page: int | None = Field(None, ge=1, description="which page of a PDF; by default the first")


@chart_kind("image", width="column")
class ImageChart(TabularKind[ImageOptions]):
    """``image``: a chart that was made elsewhere, with the data that it shows.

    Best as SVG: its texts are set in the face of figures, and words in marks among them are verified like any others. In a
    picture of pixels, and in letters that are drawn as outlines, no words can be read: there the alternative text and the
    data stand for them. The data are attached to the PDF as those of every figure; a chart without them is refused. A page of
    a PDF is drawn at 300 pixels an inch, and that is told (`page-as-pixels`). Pixels that are too few are told too
    (`image-coarse`).
    """

    options = ImageOptions

    def check(self, options: ImageOptions, evidence: Evidence, problems: Problems) -> bool:
        """Whether there are data, and the file, which was looked at when it was read, has the page that is named.

        Problems: those of :func:`~c6brief.figures.rows.tabular.check_table`, ``bad-value``, the note ``page-as-pixels``.
        """
        table = check_table(options, evidence, problems)
        file = evidence.image_files.get(options.id)
        if table is None or file is None:  # which is reported already
            return False
        if file.facts.format == "PDF":
            number = f"page {options.page or 1}" if file.facts.pages > 1 else "the page"
            message = f"{number} of {options.file} is printed as a picture of pixels"
            hint = "export the chart as SVG to keep its texts"
            problems.report(PAGE_AS_PIXELS, message, options.place("file"), hint)
        elif options.page is not None:
            message = f"page: {options.file} is {file.facts.format}, and only a PDF has pages"
            problems.error("bad-value", message, options.place("page", key=True), "remove it")
            return False
        return True

    def draw(self, options: ImageOptions, context: DrawContext) -> Canvas:
        from c6brief.figures.image.drawing import draw_image  # here: it imports Matplotlib

        return draw_image(options.id, options.page or 1, context)

    def data(self, options: ImageOptions, evidence: Evidence) -> ChartData:
        """All rows in their order; units stand in the headings."""
        table = table_of(options, evidence)
        return rows_as_data(table, range(len(table.fields)), ())
