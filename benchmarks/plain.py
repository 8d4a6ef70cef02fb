"""What a plain script does of our job: YAML, pyplot charts, Jinja and WeasyPrint, and none of the proofs.

``python benchmarks/plain.py FOLDER OUT.pdf``. ``benchmarks/twin.py`` makes FOLDER: ``page.html.j2`` (our own page, with a
hole where each drawing was), ``brief.yaml``, ``seeds/`` and the fonts. The file has no tags, is no archive, carries no
evidence, and nothing in it was verified. It is the measure of :mod:`speed`: do not make it faster or slower.
"""

import sys
from pathlib import Path

import matplotlib

matplotlib.use("svg")

import jinja2
import matplotlib.pyplot as plt
import yaml
from weasyprint import HTML


def dates(axes):
    rows = [(f"Meeting of the ministers {number}", 2018 + number % 8) for number in range(9)]
    for place, (_, year) in enumerate(rows):
        axes.hlines(place, year - 0.6, year + 0.6, color="#1f5a62")
        axes.plot([year], [place], "o", color="#1f5a62")
        axes.annotate(f"said in {year}", (year, place), (6, 3), textcoords="offset points", fontsize=7)
    axes.set_yticks(range(len(rows)), [name for name, _ in rows])


def coverage(axes):
    for row in range(9):
        for column in range(6):
            axes.plot([column], [row], "o" if (row + column) % 3 else "x", color="#1f5a62", markersize=9)
    axes.set_yticks(range(9), [f"Theme number {row}" for row in range(9)])
    axes.set_xticks(range(6), [f"Source {column}" for column in range(6)])


def bars(axes):
    values = [3, 9, 14, 22, 8, 17, 11]
    axes.barh(range(7), values, color="#1f5a62")
    axes.set_yticks(range(7), [f"Country of the region {row}" for row in range(7)])
    for row, value in enumerate(values):
        axes.annotate(str(value), (value, row), (3, -3), textcoords="offset points")


def lines(axes):
    for series in range(6):
        axes.plot(
            range(2000, 2025), [(series + 2) * (year % 7 + year * 0.3) for year in range(25)], label=f"Line {series}"
        )
    axes.legend()


CHARTS = (dates, coverage, bars, lines)


def main(folder, out):
    brief = yaml.safe_load((folder / "brief.yaml").read_text(encoding="utf-8"))
    for path in sorted((folder / "seeds").rglob("*.yaml")):
        yaml.safe_load(path.read_text(encoding="utf-8"))
    drawings = []
    for number in range(brief["drawings"]):
        figure, axes = plt.subplots(figsize=(6.7, 3.4))
        CHARTS[number % len(CHARTS)](axes)
        axes.set_title(f"Figure {number + 1}")
        figure.savefig(folder / f"chart-{number}.svg", bbox_inches="tight")
        plt.close(figure)
        drawings.append(f'<img src="chart-{number}.svg" alt="" style="width: 100%">')
    template = jinja2.Environment().from_string((folder / "page.html.j2").read_text(encoding="utf-8"))
    HTML(string=template.render(drawings=drawings), base_url=str(folder) + "/").write_pdf(out)


main(Path(sys.argv[1]).resolve(), sys.argv[2])
