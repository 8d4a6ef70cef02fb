"""What a drawn plot of lines holds, and that its words can be read."""

import re
from itertools import pairwise
from xml.etree import ElementTree

from c6brief.figures import STYLE
from c6brief.figures.drawing.export import matplotlib_figure
from tests.support.charts import SVG, assert_readable, boxes


def paths(svg):
    """Open and closed paths as (points, attributes), curves left out."""
    found = []
    for path in ElementTree.fromstring(svg).iter(f"{SVG}path"):
        if "c" in path.get("d"):
            continue
        points = []
        for command, numbers in re.findall(r"([Ml])([^Mlz]*)", path.get("d")):
            values = [float(number) for number in numbers.split()]
            for x, y in zip(values[::2], values[1::2], strict=True):
                points.append((x, y) if command == "M" else (points[-1][0] + x, points[-1][1] + y))
        found.append((points, path.attrib))
    return found


def lines(svg, colour, width=None):
    """The points of the lines of this colour that are as wide as a line of data."""
    return [
        points
        for points, attributes in paths(svg)
        if attributes.get("stroke") == colour and float(attributes.get("stroke-width", 1)) >= (width or 0.9)
    ]


def dots(svg):
    """The middles of all dots: (x, y, fill, stroke)."""
    found = []
    for path in ElementTree.fromstring(svg).iter(f"{SVG}path"):
        step = re.match(r"M(\S+) (\S+?)c(\S+) 0 (\S+) ", path.get("d"))
        if step:
            radius = float(step[4])
            found.append((float(step[1]), float(step[2]) + radius, path.get("fill"), path.get("stroke")))
    return found


def assert_plot_readable(canvas):
    """No text meets another, leaves the sheet, or is crossed by a line of data."""
    assert_readable(canvas)
    from matplotlib.colors import to_hex
    from matplotlib.patches import PathPatch

    words = boxes(canvas)
    for patch in matplotlib_figure(canvas).findobj(PathPatch):
        if patch.get_linewidth() < 0.9 or to_hex(patch.get_edgecolor()) == STYLE.paper or patch.get_facecolor()[3]:
            continue
        vertices = patch.get_transform().transform(patch.get_path().vertices)
        if len(vertices) > 400:
            continue
        for text, left, bottom, right, top in words:
            for (x0, y0), (x1, y1) in pairwise(vertices):
                if max(x0, x1) <= left + 0.5 or min(x0, x1) >= right - 0.5:
                    continue
                assert not _crosses((x0, y0, x1, y1), (left + 0.6, bottom + 0.6, right - 0.6, top - 0.6)), text


def _crosses(segment, box):
    """Whether a segment passes through a box (Liang and Barsky)."""
    x0, y0, x1, y1 = segment
    start, end = 0.0, 1.0
    for delta, low, high in ((x1 - x0, box[0] - x0, box[2] - x0), (y1 - y0, box[1] - y0, box[3] - y0)):
        if abs(delta) < 1e-9:
            if low > 0 or high < 0:
                return False
            continue
        first, last = sorted((low / delta, high / delta))
        start, end = max(start, first), min(end, last)
    return start < end
