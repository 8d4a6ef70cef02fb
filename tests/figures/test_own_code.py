"""Figures drawn by a project's own code: run only where it is trusted, in a process of its own, and told of at its lines."""

from __future__ import annotations

import re
from dataclasses import fields
from pathlib import Path

import pytest

from c6brief.documents.cache import ProjectCache
from c6brief.figures.cache import FigureCache
from c6brief.figures.matplotlib import process
from c6brief.figures.matplotlib.house_style import HouseStyle
from tests.support.charts import texts
from tests.support.own_code import CHART, CODE, draw_own, trust_own, write_own
from tests.support.paths import REPOSITORY
from tests.support.project import Folder
from tests.support.verapdf import FLAVOURS, need_java, validate

DOCS = (REPOSITORY / "docs" / "own-figures.md").read_text(encoding="utf-8")

LEAVES_A_TRACE = """\
from pathlib import Path
Path(__file__).with_name("ran").touch()


def draw(figure, table, style):
    figure.text(0.5, 0.5, "run")
"""


def rules(problems: list) -> list[str]:
    return [problem.rule for problem in problems]


def told(folder: Folder, code: str, chart: str = CHART):
    """The one problem of a figure with this ``code``, which is trusted."""
    write_own(folder.root, code, chart)
    trust_own(folder.root)
    _, problems = draw_own(folder.root)
    assert len(problems) == 1, "\n".join(map(str, problems))
    return problems[0]


# Trust ----------------------------------------------------------------------------------------------------------------


def test_a_check_reads_the_code_and_never_runs_it(folder: Folder) -> None:
    code = write_own(folder.root, LEAVES_A_TRACE)
    trust_own(folder.root)
    assert folder.run("check").status == 0
    assert not code.with_name("ran").exists()


def test_it_runs_only_where_it_is_trusted_as_it_is(folder: Folder) -> None:
    code, cache = write_own(folder.root, LEAVES_A_TRACE), FigureCache(ProjectCache(folder.root))
    svg, [problem] = draw_own(folder.root, cache)
    assert (svg, problem.rule) == ("", "code-not-trusted") and "is not trusted here" in problem.message
    assert problem.place.file.endswith("own.yaml") and "c6brief trust" in problem.hint
    assert not code.with_name("ran").exists()

    assert folder.run("trust").status == 0
    svg, problems = draw_own(folder.root, cache)
    assert texts(svg) == ["run"] and not problems and code.with_name("ran").exists()
    assert draw_own(folder.root, cache) == (svg, []) and cache.hits == 1

    code.with_name("ran").unlink()
    code.write_text(LEAVES_A_TRACE + "\n# one more line\n")
    svg, [problem] = draw_own(folder.root, cache)
    assert (svg, problem.rule) == ("", "code-not-trusted") and "has changed since it was trusted" in problem.message
    code.write_text(LEAVES_A_TRACE)
    assert draw_own(folder.root, cache)[1] == []

    assert folder.run("trust", "--revoke").status == 0
    svg, [problem] = draw_own(folder.root, cache)
    assert (svg, problem.rule) == ("", "code-not-trusted"), "a drawing that is kept is not shown either"
    assert not code.with_name("ran").exists()


def test_trust_says_what_it_trusts_and_what_that_means(folder: Folder) -> None:
    assert "no figure of this project is drawn by code" in folder.run("trust").out
    write_own(folder.root)
    said = folder.run("trust").out
    assert "trusted: seeds/charts/own.py  7 lines, SHA-256" in said and "all your rights" in said
    assert "trusted before: seeds/charts/own.py" in folder.run("trust").out
    assert "no longer trusted: seeds/charts/own.py" in folder.run("trust", "--revoke").out
    assert "no code of this project is trusted" in folder.run("trust", "--revoke").out


@pytest.mark.rest
def test_a_project_elsewhere_is_named_and_a_folder_without_seeds_is_told(folder: Folder, tmp_path: Path) -> None:
    write_own(folder.root)
    assert folder.run("trust", str(folder.root / "seeds" / "charts")).status == 0
    assert draw_own(folder.root)[1] == []
    (tmp_path / "empty").mkdir()
    done = folder.run("trust", str(tmp_path / "empty"))
    assert done.status == 1 and "no-project" in done.err


def test_code_at_another_place_is_not_trusted_with_it(folder: Folder, tmp_path: Path) -> None:
    write_own(folder.root)
    trust_own(folder.root)
    other = folder.root / "seeds" / "charts" / "other.py"
    other.write_text(CODE)
    (folder.root / "seeds" / "charts" / "own.yaml").write_text(CHART.replace("own.py", "other.py"))
    assert rules(draw_own(folder.root)[1]) == ["code-not-trusted"]


@pytest.mark.sample(2)
@pytest.mark.parametrize(
    ("name", "rule"),
    [
        ("missing.py", "no-such-file"),
        ("own.txt", "bad-value"),
        ("../../../outside.py", "outside-project"),
        ("link.py", "outside-project"),
        ("..", "bad-value"),
    ],
)
def test_files_that_are_no_code_are_told_at_the_key(folder: Folder, name: str, rule: str) -> None:
    (folder.root.parent / "outside.py").write_text(CODE)
    write_own(folder.root, chart=CHART.replace("own.py", name))
    if name == "link.py":
        (folder.root / "seeds" / "charts" / name).symlink_to(folder.root.parent / "outside.py")
    [problem] = [each for each in draw_own(folder.root)[1] if each.place.file.endswith("own.yaml")]
    assert (problem.rule, problem.place.span.line) == (rule, 6), str(problem)


# Errors ---------------------------------------------------------------------------------------------------------------

NO_CODE = [
    ("def draw(figure, table, style)\n    pass\n", 1, "this is no Python"),
    ("def draw(figure, table):\n    pass\n", 1, "draw takes 2 arguments"),
    ("def plot(figure, table, style):\n    pass\n", 1, "there is none here"),
    ("x = 1\n\x00", 1, "this cannot be read as Python|this is no Python"),
    ("# -*- coding: latin-9 -*-\ndef draw(figure, table, style):\n    pass\n", 1, "this is no Python"),
]


@pytest.mark.parametrize(("code", "line", "words"), NO_CODE)
def test_code_that_cannot_be_run_is_told_by_check(folder: Folder, code: str, line: int, words: str) -> None:
    problem = told(folder, code)
    assert (problem.rule, problem.place.span.line) == ("figure-code", line) and re.search(words, problem.message)
    assert problem.place.file.endswith("own.py")


def drawing(body: str) -> str:
    return "def draw(figure, table, style):\n" + "".join(f"    {line}\n" for line in body.splitlines())


FAILS = [
    (drawing("axes = figure.subplots()\naxes.plot(table[7])"), 3, "IndexError", ""),
    ("import nonesuch\n" + CODE, 1, "No module named 'nonesuch'", "is nonesuch installed"),
    (drawing("pass"), 1, "nothing was drawn", "return one"),
    (drawing("return 7"), 1, "draw has returned a int", "return a Matplotlib figure"),
    (drawing("raise SystemExit(0)"), 2, "ends the process", ""),
    (drawing("figure.text(0, 0, r'$\\frac{1}{2}$')"), 2, "the formula", ""),
    (drawing("import random\nfigure.text(0, 0, str(random.SystemRandom().random()))"), 1, "something else", "seed"),
    (drawing("figure.set_figheight(30)\nfigure.text(0, 0, 'x')"), 1, "2160 pt high", "less high"),
    (drawing("figure.set_figwidth(30)\nfigure.text(0, 0, 'x')"), 1, "2160 pt wide", "height alone"),
    (drawing("import os\nos._exit(3)"), 1, "ended with status 3", ""),
    (drawing("import os, signal\nos.kill(os.getpid(), signal.SIGSEGV)"), 1, "SIGSEGV", ""),
    (drawing("def deep(): deep()\ndeep()"), 2, "RecursionError", ""),
]


@pytest.mark.sample(2)
@pytest.mark.parametrize(("code", "line", "words", "hint"), FAILS)
def test_errors_of_the_code_are_told_at_its_line(folder: Folder, code: str, line: int, words: str, hint: str) -> None:
    problem = told(folder, code)
    assert (problem.rule, problem.place.span.line) == ("figure-code", line), str(problem)
    assert words in problem.message and hint in problem.hint and problem.place.file.endswith("own.py")
    assert "Traceback" not in str(problem)


@pytest.mark.rest
def test_code_that_hangs_is_ended_and_told_at_its_line(folder: Folder, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(process, "SECONDS", 2.0)
    problem = told(folder, drawing("figure.text(0, 0, 'x')\nwhile True:\n    pass"))
    assert problem.rule == "limit-time" and "was not done after 2 s" in problem.message
    assert problem.place.span.line in (3, 4) and problem.place.file.endswith("own.py")


@pytest.mark.rest
def test_code_that_wants_all_memory_is_told(folder: Folder) -> None:
    problem = told(folder, drawing("raise MemoryError"))
    assert problem.rule == "limit-memory"


def test_a_row_too_few_and_a_key_too_many_are_told_like_those_of_other_kinds(folder: Folder) -> None:
    write_own(folder.root, chart=CHART.replace("table: access", "rows: []\nfields: [{name: a}]") + "colour: red\n")
    assert rules(draw_own(folder.root)[1]) == ["unknown-key"]
    write_own(folder.root, chart=CHART.replace("table: access", "rows: []\nfields: [{name: a}]"))
    assert rules(draw_own(folder.root)[1]) == ["bad-value"]
    write_own(folder.root, chart=CHART.replace("table: access\n", ""))
    assert rules(draw_own(folder.root)[1]) == ["missing-key"]


# What is drawn --------------------------------------------------------------------------------------------------------


def test_code_is_given_records_the_house_style_and_a_figure_of_the_printed_size(folder: Folder) -> None:
    chart = CHART.replace(
        "table: access",
        "height: 50\nrows: [[A, 1, 2024-05-06], [B, null, 2024-05-07]]\n"
        "fields: [{name: n}, {name: v, type: integer}, {name: d, type: date}]",
    )
    code = """\
        import datetime

        import matplotlib
        from matplotlib import pyplot as plt


        def draw(figure, table, style):
            assert table == [
                {"n": "A", "v": 1, "d": datetime.date(2024, 5, 6)},
                {"n": "B", "v": None, "d": datetime.date(2024, 5, 7)},
            ], table
            assert [round(side * 25.4) for side in figure.get_size_inches()] == [118, 50]
            assert (round(style.width), round(style.height), style.language) == (334, 142, "en")
            assert matplotlib.rcParams["axes.labelsize"] == style.label == style.rcParams["axes.labelsize"]
            assert len(style.series) == 6 and style.brand.startswith("#")
            print("what is printed goes to standard error")
            own, axes = plt.subplots(figsize=(8, 4))
            axes.set_title("Own figure")
            return own
        """
    write_own(folder.root, code, chart)
    trust_own(folder.root)
    svg, problems = draw_own(folder.root)
    assert not problems, "\n".join(map(str, problems))
    assert 'width="118mm" height="59mm"' in svg and "Own figure" in texts(svg)


@pytest.mark.rest
def test_only_the_file_that_is_trusted_is_run_and_files_that_it_reads_count(
    folder: Folder, capfd: pytest.CaptureFixture[str]
) -> None:
    charts = folder.root / "seeds" / "charts"
    (charts / "helper.py").write_text("WORDS = 'from beside'\n")
    beside = "import sys, os\nsys.path.insert(0, os.path.dirname(__file__))\nimport helper\n" + CODE
    problem = told(folder, beside)
    assert problem.rule == "figure-code" and problem.place.span.line == 3 and "not trusted" in problem.message

    (charts / "words.txt").write_text("first")
    code = """\
        from pathlib import Path


        def draw(figure, table, style):
            print("reading")
            figure.text(0.5, 0.5, Path(__file__).with_name("words.txt").read_text())
        """
    write_own(folder.root, code)
    trust_own(folder.root)
    cache = FigureCache(ProjectCache(folder.root))
    assert texts(draw_own(folder.root, cache)[0]) == ["first"]
    assert "own.py: reading" in capfd.readouterr().err
    (charts / "words.txt").write_text("second")
    assert texts(draw_own(folder.root, cache)[0]) == ["second"], "it is not kept"


# Words ----------------------------------------------------------------------------------------------------------------

SAID = "“Every station will have a lift by 2030”"
INVENTED = "“Every station has a lift today already”"


@pytest.mark.sample(2)
@pytest.mark.parametrize(
    ("body", "rule"),
    [
        (f"figure.text(0.5, 0.5, {SAID!r})", None),
        (f"figure.text(0.5, 0.5, {INVENTED!r})", "words-not-found"),
        ("figure.text(0, 0.5, '“Every station has'); figure.text(0.5, 0.5, 'a lift today already”')", "words-not-found"),
        ("figure.text(0.5, 0.5, '“Every station\\nhas a lift\\ntoday already”')", "words-not-found"),
        ("axes = figure.subplots(); axes.set_title('“Every station has a'); axes.set_xlabel('lift already”')", "words-not-found"),
        (f"figure.subplots().set_ylabel({INVENTED!r}, rotation=90)", "words-not-found"),
        ("figure.text(0.5, 0.5, 'the “step-free” ones, and the union’s')", None),
        ("figure.text(0.5, 0.5, 'Буква ꙮ')", "missing-glyph"),
        ("figure.text(0.95, 0.5, 'leads out of the figure')", "figure-text"),
        ("figure.text(0.5, 0.5, 'one'); figure.text(0.5, 0.5, 'other')", "figure-text"),
        ("figure.text(0.5, 0.5, 'small', fontsize=4)", "figure-text"),
        ("figure.text(0.5, 0.5, 'up', rotation=90); figure.text(0.5, 0.45, 'below'); figure.text(0, 0, 'edge')", None),
    ],
)  # fmt: skip
def test_words_in_marks_are_verified_and_glyphs_are_there(folder: Folder, body: str, rule: str | None) -> None:
    write_own(folder.root, drawing(body))
    trust_own(folder.root)
    _, problems = draw_own(folder.root)
    assert rules(problems)[:1] == ([rule] if rule else []), "\n".join(map(str, problems))
    if problems:
        assert problems[0].place.file.endswith("own.py") and problems[0].place.span.line == 2


def draw_that_of_the_docs(folder: Folder, field: str) -> tuple[str, list]:
    """The figure of docs/own-figures.md, whose code reads ``field``."""
    [chart] = re.findall(r"```yaml\n(.*?)```", DOCS, re.S)
    [code] = re.findall(r"```python\n(.*?)```", DOCS, re.S)
    charts = folder.root / "seeds" / "charts"
    (charts / "own.yaml").write_text(chart)
    (charts / "reach.py").write_text(code.replace('row["stations"]', f'row["{field}"]'))
    assert folder.run("trust").status == 0
    return draw_own(folder.root)


def test_the_figure_of_the_docs_is_drawn_as_they_say(folder: Folder) -> None:
    svg, problems = draw_that_of_the_docs(folder, "stations")
    assert not problems and {"Street to train", "94", "1061"} <= set(texts(svg))


@pytest.mark.rest
def test_the_error_of_the_docs_is_told_as_they_say(folder: Folder) -> None:
    [problem] = draw_that_of_the_docs(folder, "station")[1]
    shown = str(problem).replace(f"{folder.root}/", "").splitlines()
    assert all(line in DOCS for line in shown), str(problem)


def test_what_the_docs_say_of_the_style_is_what_there_is() -> None:
    [table] = re.findall(r"\| `style\.` \| \|\n\|---\|---\|\n((?:\|.*\n)+)", DOCS)
    said = {name for row in table.splitlines() for name in re.findall(r"`(\w+)`", row.split("|")[1])}
    assert said == {field.name for field in fields(HouseStyle)}


# The whole way --------------------------------------------------------------------------------------------------------


def place_own(folder: Folder) -> None:
    brief = folder.root / "briefs" / "lifts.yaml"
    brief.write_text(brief.read_text().replace("charts: [lifts]", "charts: [lifts, own]"))


def test_a_brief_with_it_prints_and_verifies_and_its_data_and_code_are_in_the_manifest(folder: Folder) -> None:
    write_own(folder.root)
    place_own(folder)
    refused = folder.run("render", "briefs/lifts.yaml")
    assert refused.status == 1 and refused.err.count("error[") == 1 and not folder.written
    trust_own(folder.root)
    assert folder.run("render", "briefs/lifts.yaml", "--strict").status == 0
    assert folder.run("verify", "output/lifts.pdf").status == 0

    import json

    import pypdf

    reader = pypdf.PdfReader(folder.root / "output" / "lifts.pdf")
    assert b"Street to train,94" in reader.attachments["figure-2-own.csv"][0]
    manifest = json.loads(next(data[0] for name, data in reader.attachments.items() if "manifest" in name))
    assert "seeds/charts/own.py" in {each["path"] for each in manifest["inputs"]}
    assert "Street to platform" in "".join(page.extract_text() for page in reader.pages)


@pytest.mark.rest
@pytest.mark.parametrize(
    "how", [("--jobs", "2", "--matrix", "template=memo,report"), ("--figures", "slides"), ("--format", "html")]
)
def test_workers_slides_and_html_hold_to_the_same_trust(folder: Folder, how: tuple[str, ...]) -> None:
    code = write_own(folder.root, LEAVES_A_TRACE)
    place_own(folder)
    refused = folder.run("render", "briefs/lifts.yaml", *how)
    assert refused.status == 1 and "code-not-trusted" in refused.err and not code.with_name("ran").exists()
    trust_own(folder.root)
    assert folder.run("render", "briefs/lifts.yaml", *how).status == 0
    assert code.with_name("ran").exists()


MOST_OF_MATPLOTLIB = """\
    import numpy as np
    from matplotlib.patches import Circle


    def draw(figure, table, style):
        random = np.random.default_rng(1)
        bars, line, image, dots = figure.subplots(2, 2).flat
        bars.bar(["a", "b", "c"], [1, 3, 2], hatch=["//", "..", "xx"], facecolor=style.tint, edgecolor=style.brand)
        line.plot([0, 1, 2, 3], [1, 10, 100, 1000], "o--", label="a line")
        line.set(yscale="log", ylim=(5, 500), ylabel="turned label")
        image.imshow(np.arange(12).reshape(3, 4)).set_clip_path(Circle((1.5, 1), 1.4, transform=image.transData))
        dots.scatter(*random.random((2, 30)), c=random.random(30), s=60, alpha=0.5, marker="^")
    """


@pytest.mark.rest
@pytest.mark.parametrize("standard", FLAVOURS)
def test_verapdf_has_nothing_to_say_of_opacity_clips_and_images(folder: Folder, standard: str) -> None:
    need_java()
    write_own(folder.root, MOST_OF_MATPLOTLIB)
    place_own(folder)
    trust_own(folder.root)
    assert folder.run("render", "briefs/lifts.yaml", "--standard", standard, "--strict").status == 0
    file = folder.root / "output" / "lifts.pdf"
    assert [verdict.failed for verdict in validate({file: FLAVOURS[standard]})] == [()] * len(FLAVOURS[standard])
