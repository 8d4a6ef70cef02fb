"""What figures cost: ``python benchmarks/figures.py [PROJECT...]``.

Draws every chart of this repository and of its gallery (or of the projects named), each kind in a process of its own,
and prints milliseconds: cold (imports and all, as the first figure of a brief costs), warm (the median of many), and from
the cache (in a process that imports nothing to draw with). Beside them stands a plain bar chart as ``pyplot`` saves it
to SVG, measured in the same run: machines differ, ratios do not.
"""

from __future__ import annotations

import json
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

from twin import own_cache

REPOSITORY = Path(__file__).resolve().parent.parent
PROJECTS = (REPOSITORY / "docs" / "gallery", REPOSITORY)

RUNS = 15
TARGET, BAR_TARGET = 60.0, 25.0
"""ms: what a figure of any kind, and an ordinary bar chart, may cost warm."""

COMMON = """
import json, sys, time
start = time.perf_counter()
from pathlib import Path
"""

FIGURE = (
    COMMON
    + """
from c6brief.documents.problems import Problems
from c6brief.documents.cache import ProjectCache
from c6brief.documents.project import Project
from c6brief.evidence.seeds import load_evidence
from c6brief.figures import check_chart, draw_chart, width_of
from c6brief.figures.cache import FigureCache
from c6brief.pages.page_style import WIDTHS_MM
project, id, folder, runs = Path(sys.argv[1]), sys.argv[2], Path(sys.argv[3]), int(sys.argv[4])
evidence = load_evidence(Project(project), Problems())
chart = evidence.charts[id]
options = check_chart(chart, evidence, Problems())
width = WIDTHS_MM[width_of(chart)]

def draw(cache=None):
    start = time.perf_counter()
    draw_chart(chart, options, evidence, {}, width_mm=width, cache=cache)
    return (time.perf_counter() - start) * 1000

cold = draw(FigureCache(ProjectCache(folder)))
print(json.dumps([cold, [draw() for _ in range(runs)], "matplotlib" in sys.modules]))
"""
)

LIST = (
    COMMON
    + """
from c6brief.documents.problems import Problems
from c6brief.documents.project import Project
from c6brief.evidence.seeds import load_evidence
from c6brief.figures import check_chart
evidence = load_evidence(Project(Path(sys.argv[1])), Problems())
charts = {id: chart.kind for id, chart in evidence.charts.items() if check_chart(chart, evidence, Problems())}
print(json.dumps(charts))
"""
)

PYPLOT = (
    COMMON
    + """
import io
import matplotlib
matplotlib.use("svg")
import matplotlib.pyplot as plt

def draw():
    start = time.perf_counter()
    figure, axes = plt.subplots(figsize=(4.6, 2.4))
    axes.bar(["Aktau", "Baku", "Kuryk", "Alat", "Turkmenbashi"], [540, 410, 120, 33, 12])
    axes.set_title("Two ports carry the freight")
    figure.savefig(io.BytesIO(), format="svg")
    plt.close(figure)
    return (time.perf_counter() - start) * 1000

draw()
cold = (time.perf_counter() - start) * 1000
print(json.dumps([cold, [draw() for _ in range(int(sys.argv[1]))]]))
"""
)


def measure(program: str, *arguments: object) -> list:
    """What ``program`` prints, in a fresh process."""
    command = [sys.executable, "-c", program, *map(str, arguments)]
    return json.loads(subprocess.run(command, capture_output=True, text=True, check=True).stdout)


def main() -> int:
    """Measure and print a table. Returns 1 where a kind misses its target."""
    projects = [Path(name) for name in sys.argv[1:]] or [path for path in PROJECTS if (path / "seeds").is_dir()]
    plain_cold, plain_runs = measure(PYPLOT, RUNS)
    plain = statistics.median(plain_runs)
    print(f"{'chart':32}{'kind':18}{'cold':>8}{'warm':>8}{'ratio':>8}{'cached':>8}")
    print(f"{'plain bar, pyplot':32}{'':18}{plain_cold:8.0f}{plain:8.1f}{1:8.2f}")
    slow = []
    for project in projects:
        charts = measure(LIST, project)
        for id, kind in sorted(charts.items(), key=lambda item: (item[1], item[0])):
            with tempfile.TemporaryDirectory() as folder, own_cache():
                cold, runs, _ = measure(FIGURE, project, id, folder, RUNS)
                cached, _, imported = measure(FIGURE, project, id, folder, 0)
            warm = statistics.median(runs)
            print(f"{id[:31]:32}{kind[:17]:18}{cold:8.0f}{warm:8.1f}{warm / plain:8.2f}{cached:8.1f}{' !' * imported}")
            if warm > (BAR_TARGET if kind == "bar" else TARGET):
                slow.append(f"{id} {warm:.0f} ms")
    print(
        f"milliseconds; warm: medians of {RUNS}. Over {TARGET:.0f} ms (bar {BAR_TARGET:.0f}): {', '.join(slow) or 'none'}"
    )
    return 1 if slow else 0


if __name__ == "__main__":
    sys.exit(main())
