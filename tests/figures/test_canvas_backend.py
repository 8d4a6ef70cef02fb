"""Our Matplotlib backend: what ordinary axes draw stands on the sheet as they mean it, as text, paths and images."""

from __future__ import annotations

import base64
import io
import re
from pathlib import Path

import numpy as np
import pytest
from matplotlib.figure import Figure
from matplotlib.patches import Circle, Rectangle
from PIL import Image

from c6brief.figures.drawing.canvas import Canvas, ImageLayer, PathLayer, TextLayer
from c6brief.figures.drawing.canvas_backend import draw_figure, know_faces
from c6brief.figures.drawing.canvas_renderer import NotDrawable
from c6brief.figures.drawing.fonts import Face, drawing_settings, width
from c6brief.figures.drawing.mathtext import plain_math
from c6brief.figures.drawing.matplotlib_font_list import matplotlib
from c6brief.figures.drawing.style import STYLE
from c6brief.figures.drawing.svg import inline_svg, standalone_svg
from c6brief.figures.matplotlib.transfer import canvas_from_json, canvas_to_json
from tests.support.charts import assert_prints_as_it_did


@pytest.fixture(autouse=True)
def _settings():
    with drawing_settings("test"), matplotlib.rc_context({"font.family": [know_faces(STYLE)], "text.parse_math": True}):
        yield


def figure_of(**kwargs: object) -> Figure:
    return Figure(figsize=(300 / 72, 200 / 72), facecolor="none", **kwargs)


def sheet(figure: Figure) -> Canvas:
    return draw_figure(figure, STYLE).canvas


def paths(canvas: Canvas) -> list[PathLayer]:
    return [layer for layer in canvas.layers if isinstance(layer, PathLayer)]


def extent(layer: PathLayer) -> list[float]:
    points = np.asarray(layer.path.vertices)
    return [round(float(value), 2) for value in (*points.min(axis=0), *points.max(axis=0))]


def test_a_path_stands_where_the_figure_has_it_y_downwards() -> None:
    figure = figure_of()
    figure.add_artist(Rectangle((0.1, 0.2), 0.3, 0.4, facecolor="#ff0000", edgecolor="#0000ff", linewidth=2))
    [layer] = paths(sheet(figure))
    assert (layer.fill, layer.edge, layer.width, layer.join) == ("#ff0000", "#0000ff", 2.0, "miter")
    assert extent(layer) == [30, 80, 120, 160]


def test_a_text_stays_text_and_is_measured_as_it_is_printed() -> None:
    figure = figure_of()
    figure.text(1, 0.5, "Stations & <lifts>", ha="right", va="baseline", fontsize=9, color="#123456", weight="bold")
    [text] = sheet(figure).texts.values()
    assert (text.words, text.face, text.colour) == ("Stations & <lifts>", Face(9.0, 700), "#123456")
    assert text.x == pytest.approx(300 - width("Stations & <lifts>", Face(9.0, 700)), abs=0.01)
    assert text.y == pytest.approx(100, abs=0.01)
    assert "Stations &amp; &lt;lifts&gt;</text>" in inline_svg(sheet(figure), "x", "alt")


def test_a_family_that_code_asks_for_is_that_of_the_brief_all_the_same() -> None:
    figure = figure_of()
    figure.text(0, 0, "words", family="monospace", style="italic")
    assert next(iter(sheet(figure).texts.values())).face.italic
    assert inline_svg(sheet(figure), "x", "alt").count("font-family") == 1


@pytest.mark.parametrize("angle", [90, 45, -30])
def test_a_text_is_turned_around_its_beginning(angle: int) -> None:
    figure = figure_of()
    figure.text(0.5, 0.5, "turned", rotation=angle, rotation_mode="anchor", va="baseline")
    [text] = sheet(figure).texts.values()
    assert (text.angle, round(text.x, 1), round(text.y, 1)) == (angle % 360, 150.0, 100.0)
    svg = inline_svg(sheet(figure), "x", "alt")
    assert f'transform="rotate({-(angle % 360)} 150 100)"' in svg


def test_lines_of_a_text_are_said_as_one() -> None:
    renderer = draw_figure(figure_of(), STYLE)
    assert renderer.said == []
    figure = figure_of()
    figure.text(0.5, 0.5, "two\nlines")
    figure.text(0.5, 0.2, "x$^2$ in m$^2$")
    renderer = draw_figure(figure, STYLE)
    assert renderer.said == ["two lines", "x² in m²"]
    assert [text.words for text in renderer.canvas.texts.values()] == ["two", "lines", "x² in m²"]


@pytest.mark.parametrize(
    ("formula", "plain"),
    [
        (r"$\mathdefault{10^{-3}}$", "10⁻³"),
        (r"$\mathdefault{2\times10^{4}}$", "2×10⁴"),
        ("CO$_2$ in 10$^3$ t", "CO₂ in 10³ t"),
        (r"30$^\circ$C", "30°C"),
        (r"from \$5 to \$10", "from $5 to $10"),
        ("$5 a day", "$5 a day"),
        (r"$\frac{1}{2}$", None),
        ("$a_{ij}$", None),
        ("$x^$", None),
        ("$}$", None),
        ("${x$", None),
    ],
)
def test_formulas_are_plain_text_or_none(formula: str, plain: str | None) -> None:
    assert plain_math(formula) == plain


def test_a_logarithmic_axis_has_words_that_can_be_found() -> None:
    figure = figure_of()
    axes = figure.subplots()
    axes.plot([1, 2], [1, 1000])
    axes.set_yscale("log")
    assert {"10⁰", "10³"} <= {text.words for text in sheet(figure).texts.values()}


@pytest.mark.parametrize("draws", ["formula", "gouraud"])
def test_what_cannot_be_printed_is_refused(draws: str) -> None:
    figure = figure_of()
    axes = figure.subplots()
    if draws == "formula":
        axes.set_title(r"$\sqrt{2}$")
    else:
        axes.pcolormesh(np.arange(9.0).reshape(3, 3), shading="gouraud")
    with pytest.raises(NotDrawable, match=r"cannot be set as text|gouraud"):
        sheet(figure)


def test_markers_of_one_colour_are_one_path_and_outlined_ones_lie_upon_each_other() -> None:
    figure = figure_of()
    axes = figure.add_axes((0, 0, 1, 1))
    axes.set_axis_off()
    axes.set(xlim=(0, 1), ylim=(0, 1))
    axes.plot([0.25, 0.5], [0.5, 0.75], "s", markersize=10, markeredgewidth=0)
    [one] = paths(sheet(figure))
    assert extent(one) == [70, 45, 155, 105]
    axes.lines[0].set(markeredgewidth=1, markeredgecolor="#000000")
    assert len(paths(sheet(figure))) == 2


def test_a_marker_points_up_where_the_figure_has_it_so() -> None:
    figure = figure_of()
    axes = figure.add_axes((0, 0, 1, 1))
    axes.set_axis_off()
    axes.set(xlim=(0, 1), ylim=(0, 1))
    axes.plot([0.5], [0.5], "^", markersize=20, markeredgewidth=0)
    [layer] = paths(sheet(figure))
    points = np.asarray(layer.path.vertices)
    assert sum(np.isclose(points[:, 1], points[:, 1].min())) < sum(np.isclose(points[:, 1], points[:, 1].max()))


def test_opacity_dashes_and_caps_are_kept() -> None:
    figure = figure_of()
    axes = figure.add_axes((0, 0, 1, 1))
    axes.set_axis_off()
    axes.plot([0, 1], [0, 1], color=(1, 0, 0, 0.5), dashes=(4, 2, 1, 2), linewidth=1, dash_capstyle="round")
    axes.add_patch(Rectangle((0.2, 0.2), 0.1, 0.1, facecolor="k", alpha=0.25, edgecolor="none"))
    shape, line = sorted(paths(sheet(figure)), key=lambda layer: layer.edge != "none")
    assert (line.dashes, line.cap, line.edge_opacity) == ((4, 2, 1, 2), "round", 0.5)
    assert (shape.fill_opacity, shape.edge) == (0.25, "none")
    svg = inline_svg(sheet(figure), "x", "alt")
    assert 'stroke-dasharray="4 2 1 2"' in svg and 'stroke-opacity="0.5"' in svg and 'fill-opacity="0.25"' in svg


def test_what_is_within_its_axes_is_not_clipped_and_what_leads_out_is() -> None:
    figure = figure_of()
    axes = figure.add_axes((0.1, 0.1, 0.8, 0.8))
    axes.set_axis_off()
    axes.set(xlim=(0, 1), ylim=(0, 1))
    axes.plot([0.2, 0.8], [0.2, 0.8])
    assert "clip" not in inline_svg(sheet(figure), "chart-a", "alt")
    axes.plot([0.2, 5], [0.2, 0.8])
    axes.plot([0.2, 6], [0.3, 0.8])
    svg = inline_svg(sheet(figure), "chart-a", "alt")
    assert svg.count("<clipPath id=") == svg.count("<g ") == 1 and 'clip-path="url(#chart-a-clip0)"' in svg
    assert paths(sheet(figure))[-1].clip is not None


def test_an_image_is_the_right_way_up_and_the_same_bytes_each_time() -> None:
    figure = figure_of()
    axes = figure.add_axes((0, 0, 1, 1))
    axes.set_axis_off()
    axes.imshow(np.array([[0.0, 0.0], [1.0, 1.0]]), cmap="gray", aspect="auto", interpolation="nearest")
    [image] = [layer for layer in sheet(figure).layers if isinstance(layer, ImageLayer)]
    pixels = np.asarray(Image.open(io.BytesIO(image.png)).convert("L"))
    assert pixels[0].max() == 0 and pixels[-1].min() == 255, "the first row is at the top"
    assert (image.x, round(image.y), round(image.width), round(image.height)) == (0, 0, 300, 200)
    assert round(pixels.shape[1] / image.width * 72) == 300, "dots an inch"
    again = next(layer for layer in sheet(figure).layers if isinstance(layer, ImageLayer))
    assert again.png == image.png
    assert base64.b64encode(image.png).decode() in inline_svg(sheet(figure), "x", "alt")


def test_a_text_outside_of_its_axes_that_is_clipped_is_not_printed() -> None:
    figure = figure_of()
    axes = figure.add_axes((0.1, 0.1, 0.8, 0.8))
    axes.set_axis_off()
    axes.set(xlim=(0, 1), ylim=(0, 1))
    axes.text(3, 0.5, "gone", clip_on=True)
    axes.text(0.5, 0.5, "here", clip_on=True)
    assert [text.words for text in sheet(figure).texts.values()] == ["here"]


@pytest.fixture(scope="module")
def everything() -> Canvas:
    """Axes with most of what Matplotlib has."""
    with drawing_settings("test"), matplotlib.rc_context({"font.family": [know_faces(STYLE)], "text.parse_math": True}):
        return draw_everything()


def draw_everything() -> Canvas:
    random = np.random.default_rng(1)
    figure = Figure(figsize=(480 / 72, 340 / 72), layout="constrained", facecolor="none")
    bars, line, image, dots, mesh, area = figure.subplots(2, 3).flat
    bars.bar(["a", "b", "c"], [1, 3, 2], hatch=["//", "..", "xx"], edgecolor="k", facecolor="#dddddd")
    bars.set_title("Hatched")
    line.plot([0, 1, 2, 3], [1, 10, 100, 1000], "o--", label="a line")
    line.set(yscale="log", ylim=(5, 500), ylabel="turned label")
    line.legend()
    image.imshow(np.arange(12).reshape(3, 4)).set_clip_path(Circle((1.5, 1), 1.4, transform=image.transData))
    dots.scatter(*random.random((2, 30)), c=random.random(30), s=random.random(30) * 100, alpha=0.5, marker="^")
    dots.tick_params(axis="x", rotation=45)
    mesh.pcolormesh(random.random((5, 5)))
    mesh.contour(random.random((5, 5)), colors="w")
    area.fill_between([0, 1, 2], [1, 2, 1], alpha=0.3)
    area.annotate("peak", (1, 2), (1.3, 1.7), arrowprops={"arrowstyle": "->"})
    area.text(0.2, 0.3, "slanting", rotation=30, style="italic")
    return sheet(figure)


def test_axes_print_as_they_did(everything: Canvas, tmp_path: Path) -> None:
    svg = inline_svg(everything, "chart-x", "alt")
    assert_prints_as_it_did(svg, "canvas-backend", tmp_path, words=("a line", "10²", "turned label", "slanting"))


def test_slides_show_what_the_page_shows(everything: Canvas) -> None:
    """The files for slides go through Matplotlib's own backends: the same pixels, but for smoothed edges."""
    from c6brief.figures.drawing.export import standalone_png

    canvas = everything
    names = set(re.findall(r"<(\w+)", standalone_svg(canvas, "x", "t", "alt")))
    assert names == {"svg", "title", "desc", "path", "clipPath", "g", "image"}, "outlines, no texts"
    pixels = np.asarray(Image.open(io.BytesIO(standalone_png(canvas, "t", "alt", 72))).convert("RGBA"))
    [first, *_] = [layer for layer in canvas.layers if isinstance(layer, ImageLayer)]
    kept = np.asarray(Image.open(io.BytesIO(first.png)).convert("RGB"))
    at = int(first.x + first.width / 2), int(first.y + first.height * 0.2)
    assert np.abs(pixels[at[1], at[0], :3].astype(int) - kept[int(kept.shape[0] * 0.2), kept.shape[1] // 2]).max() < 8


def test_a_sheet_goes_to_another_process_and_comes_back_whole(everything: Canvas) -> None:
    canvas = everything
    again = canvas_from_json(canvas_to_json(canvas), STYLE)
    assert inline_svg(again, "x", "alt") == inline_svg(canvas, "x", "alt")


@pytest.mark.parametrize(
    "layer",
    [
        ["text", "w", 0, 0, [7, 400, False], "#12345", 0, 1],
        ["text", "w", 0, 0, [7, 400, False], '"/><script>', 0, 1],
        ["text", "w", float("nan"), 0, [7, 400, False], "#123456", 0, 1],
        ["path", [[[0, 0]], [99]], "none", "none", 1, "butt", None, "round", 1, 1, None],
        ["path", [[[0, 0]], [1]], "none", "none", 1, 'x"', None, "round", 1, 1, None],
        ["path", [[[0, 0]], [1]], "none", "none", 1, "butt", None, "round", 1, 1, 3],
        ["image", "no base 64!", 0, 0, 1, 1, 1, None],
        ["circle", 1],
        [],
        None,
    ],
)
def test_what_is_no_sheet_is_refused(layer: object) -> None:
    with pytest.raises(ValueError):
        canvas_from_json({"width": 1, "height": 1, "clips": [], "layers": [layer]}, STYLE)


def test_a_sheet_with_such_layers_can_be_pasted(everything: Canvas) -> None:
    canvas = everything
    larger = Canvas(600, 500, STYLE)
    larger.paste(canvas, 10, 20)
    for old, new in zip(canvas.layers, larger.layers, strict=True):
        if isinstance(old, PathLayer) and isinstance(new, PathLayer):
            assert np.allclose(np.add(old.path.vertices, (10, 20)), new.path.vertices)
        elif not isinstance(old, PathLayer) and not isinstance(new, PathLayer):
            assert (old.x + 10, old.y + 20) == (new.x, new.y)
        if not isinstance(old, TextLayer) and old.clip is not None:
            assert not isinstance(new, TextLayer) and new.clip is not None
            assert np.allclose(np.add(old.clip.vertices, (10, 20)), new.clip.vertices)
