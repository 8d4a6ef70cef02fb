"""Figures: what they show, that it can be read, and that the same input gives the same bytes."""

import os
import re
import subprocess
import sys
from dataclasses import replace
from xml.etree import ElementTree

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from c6brief.documents.colours import mix
from c6brief.documents.problems import Problems
from c6brief.evidence.models import Event, EventAccount
from c6brief.figures import STYLE, check_chart, draw_chart, known_kinds, sources_of, width_of
from c6brief.figures.words import FigureWords
from tests.support.charts import (
    COVERAGE,
    KINDS,
    LABELS,
    MAP,
    SVG,
    TIMELINE,
    assert_prints_as_it_did,
    assert_readable,
    base,
    boxes,
    canvas_of,
    checked,
    drawn,
    page,
    random_names,
    texts,
    with_events_as,
)
from tests.support.paths import REPOSITORY
from tests.support.sampling import examples


@pytest.fixture(scope="module")
def evidence(tmp_path_factory):
    return base(tmp_path_factory.mktemp("project"), **KINDS)


# What can be read -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", ["en", "ru", "xx-none"])
@pytest.mark.parametrize("name", KINDS)
@pytest.mark.parametrize("width_mm", [170.0, 118.0])
def test_nothing_overlaps_and_nothing_leaves_the_sheet(evidence, name, language, width_mm):
    assert_readable(canvas_of(checked(evidence, name), evidence, width_mm, language), with_marks=name == "timeline")


YEARS = st.integers(1890, 2090)
DATES = st.one_of(
    st.none(),
    st.integers(2015, 2028).map(str),
    YEARS.map(str),
    YEARS.map(lambda year: f"{year}~"),
    st.tuples(st.integers(2010, 2024), st.integers(1, 9)).map(lambda pair: f"{pair[0]}/{pair[0] + pair[1]}"),
    st.tuples(st.integers(2020, 2026), st.integers(1, 12), st.integers(1, 28)).map(
        lambda d: "{}-{:02}-{:02}".format(*d)
    ),
    st.sampled_from(["2024/..", "../2019", "199X", "2024-22", "-0044", "2026-02"]),
)
TITLES = random_names(120)
ACCOUNTS = st.lists(
    st.builds(
        EventAccount,
        source=st.sampled_from(sorted(LABELS)),
        date=DATES,
        basis=st.sampled_from(["stated", "derived"]),
        exact=st.just("words"),
        stance=st.sampled_from(["supports", "supports", "supports", "disputes"]),
    ),
    min_size=1,
    max_size=4,
)
ROWS = st.lists(st.tuples(TITLES, ACCOUNTS, st.booleans()), min_size=1, max_size=25)


def with_events(evidence, rows):
    """The evidence with these events only, and a timeline of them all."""
    events = {
        f"e{number}": Event(id=f"e{number}", title=title, accounts=tuple(accounts), planned=planned)
        for number, (title, accounts, planned) in enumerate(rows)
    }
    options = checked(evidence, "timeline").model_copy(update={"events": tuple(events)})
    return options, replace(evidence, events=events)


@pytest.mark.thorough
@settings(
    max_examples=examples(60),
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(rows=ROWS, width_mm=st.sampled_from([170.0, 118.0]))
def test_any_timeline_can_be_read(evidence, rows, width_mm):
    options, other = with_events(evidence, rows)
    assert_readable(canvas_of(options, other, width_mm), with_marks=True)


def told(*dates, planned=False, title="An event"):
    return title, [EventAccount(source="alpha", date=date, exact="words") for date in dates], planned


@pytest.mark.parametrize(
    "rows",
    [
        [told(None)] * 25,
        [told("2024")],
        [told("2024")] * 3,
        [told(str(year)) for year in range(1900, 2051, 10)],
        [told("2018"), told("2028"), told("2020"), told("2140")],
        [told("1000"), told("2018"), told("2019"), told("2020"), told("2021"), told("3000")],
        [told(f"2026-02-{day:02}") for day in range(1, 20, 3)],
        [told(f"2026-{month:02}") for month in range(1, 13)],
        [told("2025-11"), told("2026"), told("2026-03-04")],
        [told("2018", "2040"), told("2019"), told("2020")],
        [told("2022", "2023", "2024", "2025")],
        [told("2024", title="Unbreakable" * 12)],
    ],
    ids=[
        "undated",
        "one",
        "one-year",
        "150-years",
        "far-horizon",
        "far-both",
        "days",
        "months",
        "mixed",
        "far-conflict",
        "crowd",
        "long-word",
    ],
)
@pytest.mark.parametrize("width_mm", [170.0, 118.0])
def test_special_timelines_can_be_read(evidence, rows, width_mm):
    options, other = with_events(evidence, rows)
    assert_readable(canvas_of(options, other, width_mm), with_marks=True)


def test_a_far_year_does_not_squash_the_others(evidence):
    options, other = with_events(evidence, [told(str(year)) for year in (2018, 2020, 2022, 2024, 2026, 2040)])
    found = {words: left for words, left, *_ in boxes(canvas_of(options, other))}
    assert "2040" in found and "later" in found
    assert found["2024"] - found["2018"] > 100  # pt: the eight years keep their room
    assert not {"2030", "2032", "2035"} & set(found)


def test_ticks_follow_the_range(evidence):
    def labels(*dates):
        options, other = with_events(evidence, [told(date) for date in dates])
        return {words for words, *_ in boxes(canvas_of(options, other))}

    assert {"2018", "2019", "2020", "2021"} <= labels("2018", "2021")
    assert {"1900", "1950", "2050"} <= labels("1900", "1930", "1960", "1990", "2020", "2050")
    assert {"Jan", "Mar", "2026"} <= labels("2026-01", "2026-03", "2026-05")
    assert {"Feb 2026", "3"} <= labels("2026-02-03", "2026-02-05")


@pytest.mark.sample(4)
@pytest.mark.parametrize(
    "codes",
    [
        "FR DE",
        "FJ NZ",
        "US CA",
        "EG SD",
        "RU",
        "KZ KG TJ TM UZ AZ",
        "CN BR ZA",
        "ID SG",
        "LU BE NL",
        "AQ",
        "VA",
        "KI",
        "EC",
        "NO",
    ],
)
def test_any_group_of_countries_has_a_map(evidence, codes):
    codes = tuple(codes.split())
    options = checked(evidence, "map").model_copy(
        update={"scope": None, "countries": codes, "highlight": codes[:1], "places": (), "seas": ()}
    )
    canvas = canvas_of(options, evidence)
    assert_readable(canvas)
    shown = {words for words, *_ in boxes(canvas)}
    for code in codes:
        assert set(FigureWords("en").country(code).split()) <= set(" ".join(shown).split()), f"{code} has no name"
    assert canvas.height <= 0.75 * canvas.width


# What is shown --------------------------------------------------------------------------------------------------


def test_the_timeline_says_what_the_accounts_say(evidence):
    words = texts(drawn(evidence, "timeline"))
    assert "no date in the source" in words
    assert "S1 ≠ S2" in words, "accounts whose dates conflict"
    assert "S1 ≠ S3" in words, "an account that disputes"
    assert words.count("≠") == 2, "on the bar, and in the key"
    assert "2040" in words and "later" in words
    for meaning in ("stated", "derived", "planned", "about", "accounts conflict"):
        assert meaning in words
    assert "Horizon of the Strategy for $100 & more" in words


def test_a_key_wraps_a_meaning_that_is_longer_than_its_sheet():
    from c6brief.figures.drawing.canvas import Canvas
    from c6brief.figures.drawing.fonts import Face, drawing_settings
    from c6brief.figures.drawing.marks import draw_key, key_height

    with drawing_settings("test"):
        face, entries = (
            Face(7.0),
            [("●", 5.0, "short"), ("○", 5.0, "a meaning that goes on and on " * 4), ("–", 5.0, "last")],
        )
        canvas = Canvas(119.0, key_height(entries, 119.0, face) + 3, STYLE)
        draw_key(canvas, 0, 0, 119.0, entries, face)
        assert_readable(canvas)
        assert {"●", "○", "–", "short", "last"} <= {words for words, *_ in boxes(canvas)}


def test_the_key_names_only_signs_in_use(evidence):
    options, other = with_events(evidence, [told("2024"), told("2025")])
    words = {words for words, *_ in boxes(canvas_of(options, other))}
    assert "stated" in words
    assert not words & {"derived", "planned", "about", "accounts conflict", "≠"}


def test_events_of_a_theme_come_by_date_and_undated_ones_last(tmp_path):
    theme = with_events_as("{theme: security}")
    evidence = base(tmp_path, theme=theme)
    words = [word for word in texts(drawn(evidence, "theme")) if word]
    order = [words.index(start) for start in words if start.startswith(("Meetings", "First", "Second", "Joint"))]
    assert order == sorted(order) and len(order) == 4
    assert [w.split()[0] for w in words if w.startswith(("Meetings", "First", "Second", "Joint"))] == [
        "Meetings",
        "First",
        "Second",
        "Joint",
    ]
    assert sources_of(evidence.charts["theme"], checked(evidence, "theme"), evidence) == ("alpha", "beta", "gamma")


def test_the_matrix_counts_voices_not_sources(evidence):
    words = texts(drawn(evidence, "coverage", 118))
    assert "one voice: Anna Karim" in words
    assert "2 voices" in words and "1 voice" in words
    assert [word for word in words if re.fullmatch(r"S\d", word)] == ["S1", "S2", "S3"]
    assert {"quoted", "reported", "absent"} <= set(words)
    assert sources_of(evidence.charts["coverage"], checked(evidence, "coverage"), evidence) == (
        "alpha",
        "beta",
        "gamma",
    )


def test_many_sources_keep_their_labels(evidence):
    sources = {f"s{n}": evidence.sources["gamma"].model_copy(update={"id": f"s{n}"}) for n in range(12)}
    options = checked(evidence, "coverage").model_copy(update={"sources": tuple(sources)})
    canvas = canvas_of(options, replace(evidence, sources=sources), 118.0)
    assert_readable(canvas)
    assert {f"s{n}" for n in range(12)} <= {words for words, *_ in boxes(canvas)}


def test_the_map_names_countries_places_and_its_limits(evidence):
    words = texts(drawn(evidence, "map"))
    assert {"Kazakhstan", "Azerbaijan", "Baku", "Tashkent", "Russia", "500 km"} <= set(words)
    assert {"Caspian", "Sea"} <= set(words)
    assert "Boundaries and names shown do not imply endorsement. Natural Earth." in words
    assert "Казахстан" in texts(drawn(evidence, "map", language="ru"))


def test_every_sign_is_told_without_colour():
    """Tones of what has to be told apart differ when printed grey."""

    def grey(colour):
        r, g, b = (int(colour[i : i + 2], 16) for i in (1, 3, 5))
        return 0.299 * r + 0.587 * g + 0.114 * b

    assert grey(STYLE.land) - grey(mix(STYLE.brand, STYLE.paper, 0.40)) > 40
    for text in (STYLE.ink, STYLE.grey, STYLE.alarm):
        assert grey(STYLE.paper) - grey(text) > 128


def test_a_chart_may_ask_for_another_width(tmp_path):
    evidence = base(tmp_path, narrow=TIMELINE.rstrip() + "\n    width: column\n", plain=TIMELINE)
    assert checked(evidence, "narrow")
    assert width_of(evidence.charts["narrow"]) == "column" and width_of(evidence.charts["plain"]) == "full"


def test_widths_and_kinds():
    """Every folder with a ``kind.py`` is a kind of its name; those of this file are as wide as the page expects."""
    folder = REPOSITORY / "src/c6brief/figures"
    folders = {path.parent.name.replace("_", "-") for path in folder.glob("*/kind.py")}
    assert (
        len(folders) == 17
        and folders <= set(known_kinds())
        and all(name == kind.name for name, kind in known_kinds().items())
    )
    assert all(kind.width in ("full", "column", "margin") for kind in known_kinds().values())
    assert [known_kinds()[name].width for name in KINDS] == ["full", "column", "full"]


# The SVG --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", KINDS)
def test_the_svg_stands_in_a_page(evidence, name):
    svg = drawn(evidence, name)
    root = ElementTree.fromstring(svg)
    assert svg.startswith("<svg ") and root.get("role") == "img"
    assert root[0].tag.endswith("title") and root[0].text == evidence.charts[name].alt
    assert root.get("width") == "170mm" and root.get("height").endswith("mm")
    assert root.get("viewBox").startswith("0 0 481.89 ")
    assert len(svg) < 250_000
    for forbidden in (
        "opacity",
        " style=",
        "<style",
        "<metadata",
        "<use",
        "clip-path",
        "DOCTYPE",
        "http://www.w3.org/1999/xlink",
        "rgba",
    ):
        assert forbidden not in svg
    assert root.get("font-family") == "Brief Sans" and svg.count("font-family") == 1
    assert all(value.startswith(f"chart-{name}") for value in re.findall(r'\bid="([^"]*)"', svg))
    assert texts(svg)


def test_letters_have_their_places(evidence):
    root = ElementTree.fromstring(drawn(evidence, "coverage"))
    for element in root.iter(f"{SVG}text"):
        places = [float(place) for place in element.get("x").split()]
        assert len(places) in (1, len(element.text)) and places == sorted(places)


def test_a_restyled_drawing_takes_the_colours(evidence):
    style = replace(STYLE, brand="#123456")
    chart = evidence.charts["timeline"]
    svg = draw_chart(chart, checked(evidence, "timeline"), evidence, LABELS, width_mm=170, style=style)
    assert "#123456" in svg and STYLE.brand not in svg


def test_settings_do_not_leak(evidence):
    import matplotlib

    before = dict(matplotlib.rcParams)
    drawn(evidence, "timeline")
    assert dict(matplotlib.rcParams) == before


SCRIPT = """
import hashlib, sys
sys.path.insert(0, sys.argv[1])
from tests.support import charts as t
from pathlib import Path
from c6brief.documents.problems import Problems
from c6brief.documents.project import Project
from c6brief.evidence.seeds import load_evidence
evidence = load_evidence(Project(Path(sys.argv[2])), Problems())
for name in t.KINDS:
    t.checked(evidence, name)
assert "matplotlib" not in sys.modules and "shapely" not in sys.modules, "checking pays for drawing"
hashes = ([hashlib.sha256(t.drawn(evidence, name).encode()).hexdigest() for name in t.KINDS])
assert "matplotlib.pyplot" not in sys.modules
print(hashes)
"""


@pytest.mark.rest
def test_same_input_same_bytes(evidence, tmp_path):
    base(tmp_path / "project", **KINDS)
    (tmp_path / "matplotlibrc").write_text(
        "font.size: 30\nsvg.fonttype: path\nlines.linewidth: 9\npath.sketch: 3, 10, 2\n"
    )
    running = []
    for seed, zone, folder in (("1", "UTC", REPOSITORY), ("77", "Asia/Tashkent", tmp_path)):
        environment = os.environ | {"PYTHONHASHSEED": seed, "TZ": zone, "PYTHONPATH": str(REPOSITORY / "src")}
        command = [sys.executable, "-c", SCRIPT, str(REPOSITORY), str(tmp_path / "project")]
        running.append(
            subprocess.Popen(
                command, cwd=folder, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
            )
        )
    results = [process.communicate(timeout=60) for process in running]
    for process, (_, errors) in zip(running, results, strict=True):
        assert process.returncode == 0, errors
    assert results[0][0] == results[1][0] and len(results[0][0]) > 190


# What goes wrong ------------------------------------------------------------------------------------------------

BAD = {
    "unknown kind": (TIMELINE.replace("kind: timeline", "kind: timelime"), "unknown-value", "timelime", "timeline"),
    "unknown event": (TIMELINE.replace("samarkand,", "samarkant,"), "unknown-id", "samarkant", "samarkand"),
    "event twice": (TIMELINE.replace("samarkand,", "launched,"), "bad-value", "launched", "remove one"),
    "unknown theme of events": (with_events_as("{theme: secrity}"), "unknown-id", "secrity", "security"),
    "wrong key below events": (with_events_as("{them: security}"), "unknown-key", "them", "theme"),
    "no events": (with_events_as("[]"), "bad-value", "[]", ""),
    "events as text": (with_events_as("launched"), "wrong-type", "launched", ""),
    "event as number": (TIMELINE.replace("samarkand,", "7,"), "wrong-type", "7", "quotes"),
    "missing events": (re.sub(r"\n *events:.*", "", TIMELINE), "missing-key", None, "events"),
    "unknown key": (TIMELINE + "sorted: date\n", "unknown-key", "sorted", "sort"),
    "unknown sort": (TIMELINE + "sort: dat\n", "unknown-value", "dat", "date"),
    "sort given by theme": (with_events_as("{theme: security}") + "sort: given\n", "bad-value", None, "no order"),
    "unknown theme": (COVERAGE.replace("[security,", "[securty,"), "unknown-id", "securty", "security"),
    "unknown theme in a map": (COVERAGE.replace("theme: trade", "theme: trad"), "unknown-id", "trad", "trade"),
    "unknown source": (COVERAGE.replace("beta,", "betta,"), "unknown-id", "betta", "beta"),
    "no themes": (re.sub(r"themes: .*", "themes: []", COVERAGE), "bad-value", "[]", ""),
    "unknown country": (MAP.replace("scope: c6", "countries: [AZ, KX]"), "unknown-value", "KX", "two capital letters"),
    "country by name": (MAP.replace("scope: c6", "countries: [AZ, Kazakhstan]"), "unknown-value", "Kazakhstan", "'KZ'"),
    "country in small letters": (MAP.replace("scope: c6", "countries: [AZ, kz]"), "unknown-value", "kz", "'KZ'"),
    "unknown scope": (MAP.replace("scope: c6", "scope: c7"), "unknown-id", "c7", ""),
    "empty scope": (MAP.replace("scope: c6", "scope: nobody"), "bad-value", "nobody", "members"),
    "scope and countries": (MAP.replace("scope: c6", "scope: c6\n    countries: [KZ]"), "missing-key", None, ""),
    "neither scope nor countries": (MAP.replace("    scope: c6\n", ""), "missing-key", None, ""),
    "highlight elsewhere": (MAP.replace("[AZ]", "[DE]"), "unknown-value", "DE", "known"),
    "label elsewhere": (MAP + "labels: {DE: {lon: 10, lat: 50}}\n", "unknown-value", "DE", "known"),
    "impossible latitude": (MAP.replace("lat: 40.41", "lat: 140.41"), "bad-value", "140.41", ""),
    "impossible longitude": (MAP.replace("lon: 76.89", "lon: -181"), "bad-value", "-181", ""),
    "longitude without end": (MAP.replace("lon: 76.89", "lon: .inf"), "bad-value", ".inf", ""),
    "longitude as text": (MAP.replace("lon: 76.89", "lon: east"), "wrong-type", "east", ""),
    "place without name": (MAP.replace("name: Almaty, ", ""), "missing-key", None, "name"),
}


@pytest.mark.parametrize("case", BAD)
def test_problems_stand_where_the_mistake_is(case, tmp_path):
    text, rule, words, hint = BAD[case]
    evidence = base(tmp_path, bad=text)
    problems = Problems()
    assert check_chart(evidence.charts["bad"], evidence, problems) is None
    problem = next((problem for problem in problems if problem.rule == rule), None)
    assert problem and len(problems) <= (2 if case == "wrong key below events" else 1), "\n".join(map(str, problems))
    assert hint in problem.hint, str(problem)
    assert problem.place.file.endswith("bad.yaml")
    if words is not None:
        span = problem.place.span
        assert problem.place.line_text[span.column - 1 : span.end_column - 1] == words, str(problem)


def test_a_wrong_country_in_a_scope_is_told_there(tmp_path):
    evidence = base(tmp_path, bad=MAP.replace("scope: c6", "scope: wrong").replace("[AZ]", "[KZ]"))
    problems = Problems()
    assert check_chart(evidence.charts["bad"], evidence, problems) is None
    [problem] = problems
    assert problem.place.file.endswith("scopes.yaml") and "Kyrgyzstan" in problem.message and "'KG'" in problem.hint


def test_all_mistakes_come_together(tmp_path):
    evidence = base(tmp_path, bad=TIMELINE.replace("samarkand,", "samarkant,").replace("horizon,", "horizn,"))
    problems = Problems()
    assert check_chart(evidence.charts["bad"], evidence, problems) is None
    assert len(problems) == 2


def test_what_is_broken_already_is_no_second_problem(tmp_path):
    evidence = replace(base(tmp_path, chart=TIMELINE.replace("samarkand,", "ruined,")), broken=frozenset({"ruined"}))
    problems = Problems()
    assert check_chart(evidence.charts["chart"], evidence, problems) is None
    assert not len(problems)


# As printed -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", KINDS)
def test_prints_as_it_did(evidence, name, tmp_path):
    svg = drawn(evidence, name, 170 if width_of(evidence.charts[name]) == "full" else 118)
    words = ("S1" if name != "map" else "Kazakhstan", texts(svg)[0])
    assert_prints_as_it_did(svg, name, tmp_path, words=words)


def test_words_are_as_wide_as_their_letters_are_far():
    """Of letters with marks of their own and of letters that the font lacks, too."""
    from c6brief.figures.drawing.fonts import Face, outlines, width

    face = Face(40.0)
    for words in ("Bishkek", "AVAVA", "2,5 % – ≠", "Ўзбекистон"):
        shapes, codes = outlines(words + "|", face)
        assert len(shapes) == len(codes)
        stem = shapes[codes != 79][-4:, 0].min() - outlines("|", face)[0][:4, 0].min()  # 79 closes a path
        assert abs(stem - width(words, face)) < 0.05, words
    assert width("слова\u0301", face) == pytest.approx(width("слова", face), abs=0.05)
    assert width("アク", face) == pytest.approx(2 * width("ア", face)) and width("aア", face) > width("ア", face) > 10


def test_texts_of_a_drawing_are_kerned_unless_they_place_their_letters():
    import pypdfium2
    import weasyprint

    from c6brief.figures.drawing.fonts import Face, width
    from c6brief.print.weasyprint_svg_text import draw_svg_texts_whole

    words, size = "AVAVA", 40.0
    texts = ('x="10"', 'x="10 60 110 160 210"', 'x="10" letter-spacing="9"')
    drawn = "".join(
        f'<text {each} y="{50 + 60 * at}" font-size="{size}">{words}</text>' for at, each in enumerate(texts)
    )
    svg = f'<svg width="400" height="200" viewBox="0 0 400 200" font-family="Brief Sans">{drawn}</svg>'
    with draw_svg_texts_whole():
        pdf = pypdfium2.PdfDocument(weasyprint.HTML(string=page(svg)).write_pdf())
    text = pdf[0].get_textpage()
    assert "".join(text.get_text_range().split()) == words * 3
    letters = [
        text.get_charbox(at, loose=True) for at in range(text.count_chars()) if text.get_text_range(at, 1).strip()
    ]
    whole, placed, spaced = ([(box[0] - letters[0][0]) * 96 / 72 for box in letters[at : at + 5]] for at in (0, 5, 10))
    last = width(words, Face(size)) - width("A", Face(size))
    assert whole[-1] == pytest.approx(last, abs=0.3) and last < sum(width(each, Face(size)) for each in words[:4]) - 1.5
    assert placed == pytest.approx([0, 50, 100, 150, 200], abs=0.3)
    assert spaced[-1] > last + 4 * 9 - 1
