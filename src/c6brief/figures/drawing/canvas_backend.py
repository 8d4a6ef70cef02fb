"""The canvas that Matplotlib's figures are drawn with: a backend that fills our sheet.

From the sheet on, the one way to the page is :mod:`c6brief.figures.drawing.svg`. A figure is drawn at 72 dots an inch, so
that a dot is a point. As ``module://`` of this module's name it is pyplot's backend too: figures made there are drawn the
same way.
"""

from __future__ import annotations

from matplotlib.backend_bases import FigureCanvasBase, FigureManagerBase
from matplotlib.figure import Figure

from c6brief.figures.drawing.canvas_renderer import DOTS_PER_INCH, CanvasRenderer
from c6brief.figures.drawing.matplotlib_font_list import FT2Font, fontManager
from c6brief.figures.drawing.style import REGULAR, STYLE, Style, nearest_face


class FigureCanvas(FigureCanvasBase):
    """The canvas of figures, which draws them on a sheet. ``style`` has the faces and colours of its layers."""

    style = STYLE
    manager_class = FigureManagerBase
    fixed_dpi = DOTS_PER_INCH

    def get_renderer(self) -> CanvasRenderer:
        """A renderer of the figure's size, as layout engines and seaborn ask for one to measure with."""
        width, height = self.figure.get_size_inches() * DOTS_PER_INCH
        return CanvasRenderer(float(width), float(height), self.style)

    def draw(self) -> None:
        """Lay out and draw the figure, and keep nothing of it."""
        self.render()

    def render(self) -> CanvasRenderer:
        """The figure, drawn."""
        self.figure.set_dpi(DOTS_PER_INCH)
        renderer = self.get_renderer()
        self.figure.draw(renderer)
        return renderer


FigureManager = FigureManagerBase


def know_faces(style: Style) -> str:
    """Make the faces of ``style`` known to Matplotlib, which asks one for the height of lines. Returns their family's name."""
    known = {font.fname for font in fontManager.ttflist}
    for face in style.faces:
        if face.path not in known:
            fontManager.addfont(face.path)
    family = FT2Font(nearest_face(style.faces, REGULAR, False).path).family_name
    fontManager.defaultFamily["ttf"] = family
    return family


def draw_figure(figure: Figure, style: Style) -> CanvasRenderer:
    """``figure`` drawn in ``style``: its sheet, and what its texts say. Raises ``NotDrawable``."""
    canvas = FigureCanvas(figure)
    canvas.style = style
    return canvas.render()
