"""Kinds of chart: found without a list, each imported alone, brought by other packages, and reported when broken."""

from __future__ import annotations

import ast
import json
import os
import subprocess
import sys
import textwrap
from pathlib import Path

import pypdf
import pytest

from c6brief.figures import registry
from c6brief.figures.kinds import ChartKind
from c6brief.figures.registry import built_in_kinds, chart_kind, kind_named, known_kinds
from tests.support.project import Folder

FIGURES = Path(registry.__file__).parent

LOLLIPOP = '''\
"""Dots on stems."""

from __future__ import annotations

from typing import TYPE_CHECKING

from c6brief.extend import (
    DrawContext,
    Evidence,
    Problems,
    SeriesKind,
    SeriesOptions,
    chart_kind,
    check_series,
    format_number,
    series_of,
    table_of,
)

if TYPE_CHECKING:
    from c6brief.extend import Canvas


class LollipopOptions(SeriesOptions):
    """The keys of a lollipop chart."""


@chart_kind("lollipop", width="column")
class LollipopChart(SeriesKind[LollipopOptions]):
    """``lollipop``: numbers of categories as dots on stems from zero."""

    options = LollipopOptions

    def check(self, options: LollipopOptions, evidence: Evidence, problems: Problems) -> bool:
        """Whether there is one series, of twenty stems at most."""
        table = check_series(options, evidence, problems, least=1, most=20, what="stems")
        if table is not None and len(series_of(options, table)) > 1:
            problems.error("bad-value", "y: a lollipop chart has one series", options.place("y"), "use 'kind: dot'")
            return False
        return table is not None

    def draw(self, options: LollipopOptions, context: DrawContext) -> Canvas:
        """Names at the left, stems from zero, numbers at the dots."""
        from c6brief.extend import Canvas, fonts, scale_of  # here: they import Matplotlib

        [series] = series_of(options, table_of(options, context.evidence))
        style, face = context.style, fonts.Face(context.style.text)
        left = max(fonts.width(point.x, face) for point in series.points) + 9
        scale = scale_of([point.value for point in series.points], left, context.width - 40, zero=True)
        canvas = Canvas(context.width, 2 * face.size * len(series.points), style)
        for row, point in enumerate(series.points):
            y = (2 * row + 1) * face.size
            base = y + fonts.MIDDLE * face.size
            canvas.text(0, base, point.x, face, style.ink)
            if point.value is not None:
                x = scale.at(point.value)
                canvas.line([(scale.at(0), y), (x, y)], style.brand, style.outline)
                canvas.capsule(x, x, y, style.dot, style.brand)
                canvas.text(x + 6, base, format_number(point.value, context.words.locale), face, style.ink)
        return canvas
'''
"""A kind of chart in one file, as another package brings it."""

CHART = """\
kind: lollipop
title: Most stations have stairs
subtitle: Stations by access, number
alt: Lollipop chart of two kinds of access.
table: access
x: access
y: stations
"""


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """A folder for packages, as ``pip install --target`` leaves them."""
    folder = tmp_path / "site"
    folder.mkdir()
    return folder


def install(site: Path, name: str, code: str, value: str | None = None) -> Path:
    """Install a package of one module, which names itself (or ``value``) under the entry point; its module."""
    module = name.replace("-", "_")
    (site / f"{module}.py").write_text(textwrap.dedent(code), encoding="utf-8")
    info = site / f"{module}-1.0.dist-info"
    info.mkdir()
    (info / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {name}\nVersion: 1.0\n", encoding="utf-8")
    (info / "entry_points.txt").write_text(
        f"[{registry.ENTRY_POINTS}]\n{module} = {value or module}\n", encoding="utf-8"
    )
    return site / f"{module}.py"


def run(site: Path, *arguments: str, cwd: Path | None = None) -> subprocess.CompletedProcess[str]:
    """Python with these arguments, and with the packages of ``site``."""
    environment = os.environ | {"PYTHONPATH": str(site)}
    command = [sys.executable, *arguments]
    return subprocess.run(command, cwd=cwd, env=environment, capture_output=True, text=True, check=False, timeout=120)


def python(site: Path, code: str) -> str:
    """What a program prints that succeeds."""
    done = run(site, "-c", textwrap.dedent(code))
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


# Ours -----------------------------------------------------------------------------------------------------------


def test_a_kind_is_imported_alone_and_draws_nothing_in_with_it(tmp_path: Path) -> None:
    code = """
        import sys
        from c6brief.figures import registry
        assert registry.kind_named("small-multiples").name == "small-multiples"
        own = "c6brief.figures."
        print([name.split(".")[2] for name in sys.modules if name.startswith(own) and name.endswith(".kind")])
        print([name for name in ("matplotlib", "numpy", "shapely") if name in sys.modules])
        """
    assert python(tmp_path, code) == "['small_multiples']\n[]"


def test_all_kinds_together_import_nothing_that_draws(tmp_path: Path) -> None:
    code = """
        import sys
        from c6brief.figures.registry import built_in_kinds
        kinds = built_in_kinds()
        print(len(kinds), [name for name in ("matplotlib", "numpy", "shapely") if name in sys.modules])
        """
    assert python(tmp_path, code) == "18 []"


def test_names_that_mean_the_same_are_kinds_of_one_class() -> None:
    heatmap, matrix = kind_named("heatmap"), kind_named("matrix")
    assert type(heatmap) is type(matrix) and (heatmap.name, matrix.name) == ("heatmap", "matrix")
    assert {name for name, kind in built_in_kinds().items() if kind.name != name} == set()


def test_a_name_belongs_to_one_kind() -> None:
    with pytest.raises(ValueError, match=r"two kinds of chart are called 'bar': in c6brief\.figures\.bar\.kind and "):
        chart_kind("bar", width="column")(type(kind_named("bar")))


def test_a_kind_has_all_that_a_kind_must_have() -> None:
    class Bare(ChartKind):
        pass

    with pytest.raises(TypeError, match="Bare has no 'options'"):
        chart_kind("bare", width="column")(Bare)
    Bare.options = kind_named("bar").options
    with pytest.raises(TypeError, match=r"abstract methods? .*check.*draw.*sources"):
        chart_kind("bare", width="column")(Bare)
    assert kind_named("bare") is None


def test_no_kind_imports_another_one() -> None:
    """Imports within functions count, and those for types."""
    kinds = {path.parent.name for path in FIGURES.glob("*/kind.py")}
    for path in FIGURES.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("c6brief.figures."):
                room = (node.module or "").split(".")[2]
                assert room == path.parent.name or room not in kinds, f"{path.relative_to(FIGURES)} imports from {room}"


# Those of others ------------------------------------------------------------------------------------------------


@pytest.mark.rest
def test_a_package_brings_a_kind(folder: Folder, site: Path) -> None:
    install(site, "c6brief-lollipop", LOLLIPOP)
    folder.write("seeds/charts/lifts.yaml", CHART)
    done = run(site, "-m", "c6brief", "render", "briefs/lifts.yaml", cwd=folder.root)
    assert done.returncode == 0, done.stderr
    [path] = (folder.root / "output").glob("*.pdf")
    text = "\n".join(page.extract_text() for page in pypdf.PdfReader(path).pages)
    assert "Street to platform" in text and "1,061" in text
    folder.change("seeds/charts/lifts.yaml", "y: stations", "y: station")
    done = run(site, "-m", "c6brief", "check", cwd=folder.root)
    assert done.returncode == 1 and "lifts.yaml:7:4: error[unknown-value]: y: no field 'station'" in done.stderr


def test_packages_are_imported_only_for_kinds_that_are_not_ours(site: Path) -> None:
    install(site, "c6brief-lollipop", LOLLIPOP)
    code = """
        import sys
        from c6brief.figures.registry import built_in_kinds, kind_named, known_kinds
        assert kind_named("bar") and kind_named("matrix") and "lollipop" not in built_in_kinds()
        assert "c6brief_lollipop" not in sys.modules
        assert kind_named("lollipop").name == "lollipop" and "c6brief_lollipop" in sys.modules
        print("lollipop" in known_kinds(), "lollipop" in built_in_kinds(), kind_named("lollypop"))
        """
    assert python(site, code) == "True False None"


def test_a_drawing_is_kept_for_the_code_of_its_kind(site: Path) -> None:
    module = install(site, "c6brief-lollipop", LOLLIPOP)
    code = """
        from c6brief.figures.cache import _digest_of_extension
        print(_digest_of_extension("bar"), _digest_of_extension("lollipop"))
        """
    first, again = python(site, code), python(site, code)
    module.write_text(module.read_text(encoding="utf-8").replace("style.dot", "2 * style.dot"), encoding="utf-8")
    other = python(site, code)
    assert first == again != other and len(first) == 64


BROKEN = {
    "does not import": (
        "import nothing_that_there_is\n",
        "ModuleNotFoundError: No module named 'nothing_that_there_is'",
    ),
    "is no Python": ("def :\n", "SyntaxError: invalid syntax"),
    "takes our name": (LOLLIPOP.replace('"lollipop"', '"bar"'), "ValueError: two kinds of chart are called 'bar': in "),
    "takes our second name": (LOLLIPOP.replace('"lollipop"', '"matrix"'), "two kinds of chart are called 'matrix'"),
    "lacks a method": (LOLLIPOP.replace("def draw(", "def paint("), "TypeError: Can't instantiate abstract class"),
}
"""What is wrong with a module, and what the problem calls it."""


@pytest.mark.sample(2)
@pytest.mark.parametrize("how", BROKEN)
def test_a_broken_package_is_a_problem_that_names_it(folder: Folder, site: Path, how: str) -> None:
    code, reason = BROKEN[how]
    install(site, "c6brief-lollipop", code)
    folder.write("seeds/charts/lifts.yaml", CHART)
    done = run(site, "-m", "c6brief", "check", "--format", "json", cwd=folder.root)
    assert done.returncode == 1 and "Traceback" not in done.stderr
    broken, unknown = [
        each for each in json.loads(done.stdout) if each["rule"] in ("broken-extension", "unknown-value")
    ]
    assert broken["rule"] == "broken-extension" and broken["file"] == "c6brief-lollipop 1.0", broken
    assert broken["message"].startswith("'c6brief_lollipop', which it adds to c6brief.charts, "), broken
    assert reason in broken["message"] and "uninstall" in broken["hint"], broken
    assert (unknown["file"], unknown["line"]) == ("seeds/charts/lifts.yaml", 1)


def test_a_broken_package_is_nothing_to_kinds_of_ours(folder: Folder, site: Path) -> None:
    install(site, "c6brief-lollipop", "import nothing_that_there_is\n")
    done = run(site, "-m", "c6brief", "check", cwd=folder.root)
    assert done.returncode == 0, done.stderr


def test_packages_that_work_are_known_beside_broken_ones(site: Path) -> None:
    install(site, "c6brief-aaa", "import nothing_that_there_is\n")
    install(site, "c6brief-lollipop", LOLLIPOP)
    install(site, "c6brief-zzz", LOLLIPOP)
    code = """
        from c6brief.figures.registry import extension_problems, kind_named, known_kinds
        assert type(kind_named("lollipop")).__module__ == "c6brief_lollipop" and "lollipop" in known_kinds()
        print(*(f"{problem.place.file}: {problem.message}" for problem in extension_problems()), sep="\\n")
        """
    first, second = python(site, code).splitlines()
    assert first.startswith("c6brief-aaa 1.0: ") and second.startswith("c6brief-zzz 1.0: ")
    assert "two kinds of chart are called 'lollipop': in c6brief_lollipop and c6brief_zzz" in second


def test_known_kinds_are_sorted_and_ours_alone_here() -> None:
    assert list(known_kinds()) == sorted(known_kinds()) == list(built_in_kinds())
