"""The figure cache: the same bytes as drawing, and drawn anew whenever anything that is drawn has changed."""

import os
import subprocess
import sys
from dataclasses import fields, replace
from pathlib import Path

import pytest

from c6brief.documents.cache import ProjectCache
from c6brief.documents.problems import Problems
from c6brief.figures import STYLE, cache, draw_chart
from c6brief.figures.cache import FigureCache, code_digest, key_of
from c6brief.figures.drawing.style import FontFile
from c6brief.figures.kinds import DrawContext
from c6brief.figures.words import FigureWords
from tests.support.charts import LABELS, SEEDS, TIMELINE, base, checked
from tests.support.paths import REPOSITORY

BAR = """
    kind: bar
    title: Two ports carry the freight
    subtitle: Freight by port
    alt: Bar chart of freight.
    table: freight
    x: port
    y: tonnes
    """
FREIGHT = "{title: Freight, fields: [{name: port}, {name: tonnes, type: number}], rows: [[Aktau, 40], [Baku, 60]]}"
COVERAGE = """
    kind: coverage
    title: One theme has two voices
    subtitle: Themes by source
    alt: Matrix of themes and sources.
    themes: [security, trade]
    sources: [alpha, beta, gamma]
    """


def evidence_of(folder, **changed):
    """The evidence of test_figures with two more charts; ``changed`` are files to write otherwise."""
    charts = {"bar": BAR, "timeline": TIMELINE, "coverage": COVERAGE}
    for name in ("seeds/tables/freight.yaml",):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(changed.get("freight", FREIGHT), encoding="utf-8")
    return base(folder, **{name: changed.get(name, text) for name, text in charts.items()})


@pytest.fixture
def evidence(tmp_path):
    return evidence_of(tmp_path)


def draw(store, evidence, name, **how):
    """A drawing through the cache. Sets ``store.drawn``: whether it had to be drawn."""
    before = store.misses
    svg = draw_chart(
        evidence.charts[name],
        checked(evidence, name),
        evidence,
        how.pop("labels", LABELS),
        **{"width_mm": 118.0, "cache": store} | how,
    )
    store.drawn = store.misses > before
    return svg


@pytest.fixture
def store(tmp_path):
    return FigureCache(ProjectCache(tmp_path))


def kept(store):
    return sorted(Path(store.cache.folder).glob("*"))


# The same as drawing ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["bar", "timeline", "coverage"])
def test_cached_and_drawn_are_the_same_bytes(store, evidence, name):
    plain = draw_chart(evidence.charts[name], checked(evidence, name), evidence, LABELS, width_mm=118.0)
    assert draw(store, evidence, name) == plain and store.drawn
    assert draw(store, evidence, name) == plain and not store.drawn
    assert draw(FigureCache(store.cache), evidence, name) == plain
    assert len(kept(store)) == 1


# Everything that a drawing reads counts ---------------------------------------------------------------------------

ARGUMENTS = {
    "width": {"width_mm": 117.0},
    "language": {"language": "ru"},
    "labels": {"labels": LABELS | {"alpha": "S7"}},
    "colour": {"style": replace(STYLE, brand="#7a1f3d")},
    "size": {"style": replace(STYLE, text=9.0)},
    "family": {"style": replace(STYLE, family="House Sans")},
    "font weight": {"style": replace(STYLE, faces=STYLE.faces[:1])},
    "font content": {"style": replace(STYLE, faces=tuple(replace(face, sha256="1") for face in STYLE.faces))},
}


@pytest.mark.parametrize("what", ARGUMENTS)
def test_each_argument_makes_another_key(store, evidence, what):
    draw(store, evidence, "timeline")
    svg = draw(store, evidence, "timeline", **ARGUMENTS[what])
    assert store.drawn and len(kept(store)) == 2
    assert draw(store, evidence, "timeline", **ARGUMENTS[what]) == svg and not store.drawn


def test_every_field_of_the_style_is_in_the_key(evidence):
    options = checked(evidence, "bar")
    keys = {key_of(options, context_of(evidence, STYLE))}
    for field in fields(STYLE):
        value = getattr(STYLE, field.name)
        other = value + 1 if isinstance(value, float) else value[:1] if isinstance(value, tuple) else "#000001"
        keys.add(key_of(options, context_of(evidence, replace(STYLE, **{field.name: other}))))
    keys.add(key_of(options, replace(context_of(evidence, STYLE), extent=(0.0, 1.0))))
    assert len(keys) == len(fields(STYLE)) + 2


def context_of(evidence, style):
    return DrawContext(evidence, LABELS, 118.0, FigureWords("en"), style)


def test_a_project_that_moved_keeps_its_figures(evidence):
    options = checked(evidence, "bar")
    faces = [(FontFile(f"{folder}/A.ttf", 400, False, "abc"),) for folder in ("/one", "/two")]
    assert len({key_of(options, context_of(evidence, replace(STYLE, faces=face))) for face in faces}) == 1


@pytest.mark.parametrize(
    "what", ["bar/drawing.py", "bar/kind.py", "style.py", "assets/fonts/SourceSans3-Regular.ttf", "matplotlib"]
)
def test_other_code_fonts_or_packages_make_another_key(store, evidence, monkeypatch, what):
    draw(store, evidence, "bar")
    code_digest.cache_clear()
    read, version = Path.read_bytes, cache.importlib.metadata.version
    monkeypatch.setattr(Path, "read_bytes", lambda path: read(path) + b" " * path.as_posix().endswith(what))
    monkeypatch.setattr(cache.importlib.metadata, "version", lambda name: version(name) + "+" * (name == what))
    try:
        draw(store, evidence, "bar")
        assert store.drawn and len(kept(store)) == 2
    finally:
        code_digest.cache_clear()


CHANGES = {
    "a cell": ("bar", {"freight": FREIGHT.replace("60", "61")}),
    "a column's unit": ("bar", {"freight": FREIGHT.replace("type: number", "type: number, unit: tonnes")}),
    "another row": ("bar", {"freight": FREIGHT.replace("[[", "[[Turkmenbashi, 3], [")}),
    "an option": ("bar", {"bar": BAR + "highlight: [Baku]\n"}),
    "the alternative text": ("bar", {"bar": BAR.replace("Bar chart of freight.", "Bar chart of much freight.")}),
    "an event's title": ("timeline", {"events.yaml": ("Second meeting, in Samarkand", "Second meeting")}),
    "an event's date": ("timeline", {"events.yaml": ("date: 2025,", "date: 2026,")}),
    "an event's basis": ("timeline", {"events.yaml": ("date: 2025, basis: derived", "date: 2025")}),
    "a new quotation of a theme": (
        "coverage",
        {"quotes.yaml": ("", "- {id: more, text: some words, speaker: speaker, source: gamma, themes: [trade]}\n")},
    ),
    "a voice's name": ("coverage", {"people.yaml": ("Anna Karim", "Anna Karimova")}),
    "who is the voice": (
        "coverage",
        {"sources.yaml": ("voice: writer", "voice: speaker")},
    ),
    "a source's short title": ("coverage", {"sources.yaml": ("Daily Alpha", "Weekly Alpha")}),
}
"""What is changed in the evidence, and the chart that must be drawn anew and look otherwise."""


@pytest.mark.parametrize("what", CHANGES)
def test_each_thing_read_is_looked_at_again(store, evidence, tmp_path, monkeypatch, what):
    name, changed = CHANGES[what]
    before = draw(store, evidence, name)
    charts = {}
    for file, new in changed.items():
        if isinstance(new, tuple):
            assert new[0] in SEEDS[file]
            text = SEEDS[file] if not new[0] else SEEDS[file].replace(*new)
            monkeypatch.setitem(SEEDS, file, text + "\n" + new[1] if not new[0] else text)
        else:
            charts[file] = new
    other = evidence_of(tmp_path, **charts)
    after = draw(store, other, name)
    assert store.drawn and after != before
    assert draw(store, other, name) == after and not store.drawn


def test_what_is_not_drawn_redraws_nothing(store, evidence, tmp_path, monkeypatch):
    for name in ("bar", "timeline"):
        draw(store, evidence, name)
    monkeypatch.setitem(SEEDS, "quotes.yaml", SEEDS["quotes.yaml"].replace("themes: [security]", "themes: [trade]"))
    monkeypatch.setitem(SEEDS, "claims.yaml", SEEDS["claims.yaml"].replace("It holds.", "It holds well."))
    other = evidence_of(tmp_path, coverage=COVERAGE.replace("One theme", "No theme"))
    for name in ("bar", "timeline"):
        draw(store, other, name)
        assert not store.drawn, name
    monkeypatch.setitem(SEEDS, "events.yaml", SEEDS["events.yaml"].replace("Joint exercises", "Exercises"))
    other = evidence_of(tmp_path)
    draw(store, other, "bar")
    assert not store.drawn
    draw(store, other, "timeline")
    assert store.drawn


# The store ------------------------------------------------------------------------------------------------------


def test_the_oldest_go_when_there_are_too_many(store, evidence, monkeypatch):
    monkeypatch.setattr(cache, "DRAWINGS", cache.DRAWINGS._replace(most_files=3))
    for count in range(5):
        draw(store, evidence, "bar", width_mm=100.0 + count)
        for age, path in enumerate(sorted(kept(store), key=lambda path: path.stat().st_mtime_ns, reverse=True)):
            os.utime(path, (1000 - age, 1000 - age))
    assert len(kept(store)) == 3
    draw(store, evidence, "bar", width_mm=104.0)
    assert not store.drawn
    draw(store, evidence, "bar", width_mm=100.0)
    assert store.drawn


def test_the_oldest_go_when_they_are_too_large(store, evidence, monkeypatch):
    draw(store, evidence, "bar")
    size = kept(store)[0].stat().st_size
    monkeypatch.setattr(cache, "DRAWINGS", cache.DRAWINGS._replace(most_bytes=int(size * 2.5)))
    for count in range(4):
        draw(store, evidence, "bar", width_mm=100.0 + count)
    assert len(kept(store)) == 2


def test_what_has_a_missing_letter_is_not_kept(store, tmp_path):
    evidence = evidence_of(tmp_path, freight=FREIGHT.replace("Aktau", "アクタウ"))
    for _ in range(2):
        problems = Problems()
        assert draw(store, evidence, "bar", problems=problems) and store.drawn
        assert [problem.rule for problem in problems] == ["missing-glyph"] * 4
    assert not kept(store)


SCRIPT = """
import sys
sys.path.insert(0, sys.argv[1])
from tests.figures import test_figure_cache as t
from pathlib import Path
from c6brief.documents.problems import Problems
from c6brief.documents.project import Project
from c6brief.evidence.seeds import load_evidence
from c6brief.documents.cache import ProjectCache
from c6brief.figures.cache import FigureCache
folder = Path(sys.argv[2])
evidence = load_evidence(Project(folder), Problems())
store = FigureCache(ProjectCache(folder))
for _ in range(int(sys.argv[3])):
    for name in ("bar", "timeline", "coverage"):
        for width in (118.0, 170.0):
            t.draw(store, evidence, name, width_mm=width)
print(store.hits, store.misses, [name for name in ("matplotlib", "numpy", "shapely", "coloraide") if name in sys.modules])
"""


def run(folder, rounds, environment=None):
    command = [sys.executable, "-c", SCRIPT, str(REPOSITORY), str(folder), str(rounds)]
    return subprocess.Popen(
        command, env=os.environ | (environment or {}), stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )


def ended(process):
    out, errors = process.communicate(timeout=120)
    assert process.returncode == 0, errors
    return out


@pytest.mark.rest
def test_two_processes_share_a_folder(tmp_path, evidence):
    for process in [run(tmp_path, 5), run(tmp_path, 5)]:
        hits, misses = map(int, ended(process).split(" [")[0].split())
        assert hits + misses == 30 and misses <= 6
    store = FigureCache(ProjectCache(tmp_path))
    assert len(kept(store)) == 6


def test_with_all_figures_cached_nothing_that_draws_is_imported(tmp_path, evidence):
    store = FigureCache(ProjectCache(tmp_path))
    for name in ("bar", "timeline", "coverage"):
        for width in (118.0, 170.0):
            draw(store, evidence, name, width_mm=width)
    program = SCRIPT.replace("from tests.figures import test_figure_cache as t\n", LIGHT)
    command = [sys.executable, "-c", program, str(REPOSITORY), str(tmp_path), "1"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.stdout == "6 0 []\n", done.stdout + done.stderr


LIGHT = """
class t:
    def draw(store, evidence, name, width_mm):
        from c6brief.figures import check_chart, draw_chart
        chart = evidence.charts[name]
        options = check_chart(chart, evidence, Problems())
        labels = {"alpha": "S1", "beta": "S2", "gamma": "S3"}
        draw_chart(chart, options, evidence, labels, width_mm=width_mm, cache=store)
"""


@pytest.mark.rest
def test_no_list_of_fonts_is_made(tmp_path, folder):
    """In a fresh home: nothing of Matplotlib is written anywhere, and no font of the system is opened."""
    home = tmp_path / "home"
    home.mkdir()
    names = ("HOME", "XDG_CACHE_HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME", "TMPDIR")
    environment = {name: str(home / name.lower()) for name in names}
    for name in environment.values():
        Path(name).mkdir()
    before = {key: value for key, value in os.environ.items() if key != "MPLCONFIGDIR"}
    program = """
import os, sys
opened = []
sys.addaudithook(lambda event, arguments: opened.append(str(arguments[0])) if event in ("open", "os.scandir") else None)
from c6brief.cli import main
sys.argv = ["c6brief", "render", "briefs/lifts.yaml", "--figures", sys.argv[1]]
try: main()
except SystemExit as stop: assert not stop.code, stop.code
import matplotlib.font_manager as manager
assert "matplotlib.pyplot" not in sys.modules
assert not manager.fontManager.ttflist and not manager.fontManager.afmlist
assert "MPLCONFIGDIR" not in os.environ
ours = ("c6brief/assets/fonts", "LastResort")  # the latter Matplotlib takes where a letter has no font at all
fonts = [name for name in opened if name.endswith((".ttf", ".otf", ".ttc", ".afm")) or "share/fonts" in name]
print([name for name in fonts if not any(each in name for each in ours)])
"""
    command = [sys.executable, "-c", program, str(tmp_path / "out")]
    done = subprocess.run(
        command, cwd=folder.root, env=before | environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.splitlines()[-1] == "[]" and len(list((tmp_path / "out").iterdir())) == 4
    assert [path for path in home.rglob("*") if path.is_file()] == []


@pytest.mark.rest
def test_another_list_of_fonts_draws_the_same(tmp_path):
    """With a Matplotlib whose list of fonts we do not know, it makes its own, in a folder that is gone afterwards."""
    program = """
import importlib.util, os, sys
if sys.argv[1] == "unknown":
    find = importlib.util.find_spec
    importlib.util.find_spec = lambda name: None if name == "matplotlib.font_manager" else find(name)
from c6brief.figures.drawing import fonts
from matplotlib.font_manager import fontManager
assert "MPLCONFIGDIR" not in os.environ
print(bool(fontManager.ttflist), file=sys.stderr)
face = fonts.Face(8.5)
print(fonts.width("Bishkek, 2024", face), fonts.outlines("Ashgabat", face)[0].sum(), fonts.missing_characters("aア", face))
"""
    found = []
    for known in ("known", "unknown"):
        environment = {key: value for key, value in os.environ.items() if key != "MPLCONFIGDIR"}
        environment |= {"HOME": str(tmp_path), "XDG_CACHE_HOME": str(tmp_path), "XDG_CONFIG_HOME": str(tmp_path)}
        command = [sys.executable, "-c", program, known]
        done = subprocess.run(command, env=environment, capture_output=True, text=True, check=True)
        assert done.stderr.splitlines()[-1] == str(known == "unknown")
        found.append(done.stdout)
    assert found[0] == found[1]
    assert not list(tmp_path.rglob("fontlist*"))
