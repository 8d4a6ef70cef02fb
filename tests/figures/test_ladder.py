"""Ladders: who is told to be included, by whom, and nobody made a member whom no source names."""

import re
import textwrap
from xml.etree import ElementTree

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from c6brief.documents.problems import Problems
from c6brief.evidence.base import Evidence
from c6brief.figures import STYLE, check_chart, known_kinds, sources_of, width_of
from c6brief.figures.charts import data_of
from c6brief.figures.drawing.fonts import drawing_settings
from c6brief.figures.kinds import DrawContext
from c6brief.figures.ladder.rungs import Ladder, Rung, ladder_of
from c6brief.figures.words import FigureWords
from tests.support.charts import (
    LABELS,
    SVG,
    assert_prints_as_it_did,
    assert_readable,
    assert_told,
    base,
    boxes,
    checked,
    drawn,
    problems_of,
    random_names,
    texts,
)
from tests.support.sampling import examples

HEAD = """
    kind: ladder
    title: Most formats are told of five
    subtitle: Formats by whom they include
    alt: Matrix of formats & countries.
    """
FORMATS = """formats:
      - {name: Summit of six, entries: [six-meet]}
      - {name: Papers of five, scope: five, entries: [five-agree, five-sign]}
      - {name: Exercises, unstated: true, entries: [launched]}
      - {name: Border talks, members: [KG, UZ], source: gamma}
      - {name: Secretaries, entries: [first-meeting]}
    """
FULL = HEAD + FORMATS
EXTRA = {
    "events.yaml": """
        - {id: six-meet, title: Six meet, scope: c6, accounts: [{source: alpha, exact: words}]}
        - {id: five-sign, title: Five sign, scope: five, accounts: [{source: alpha, exact: words}, {source: beta, exact: words}]}
        """,
    "claims.yaml": "- {id: five-agree, statement: Five agree., scope: five, accounts: [{source: gamma, exact: words}]}",
    "scopes.yaml": "- {id: five, name: Central Asia, members: [KZ, KG, TJ, TM, UZ]}",
}


def project(folder, problems=None, **charts):
    for name, text in EXTRA.items():  # a folder's entries come beside those of the file
        path = folder / "seeds" / name.removesuffix(".yaml") / "more.yaml"
        path.parent.mkdir(parents=True)
        path.write_text(textwrap.dedent(text).strip() + "\n", encoding="utf-8")
    return base(folder, problems, **charts)


@pytest.fixture(scope="module")
def evidence(tmp_path_factory):
    charts = {
        "ladder": FULL,
        "given": FULL + "sort: given\n",
        "entries": HEAD + "events: [six-meet, five-sign, launched]\n    claims: [five-agree]\n",
        "some": FULL + "countries: [UZ, AZ]\n",
    }
    return project(tmp_path_factory.mktemp("project"), **charts)


def shown(evidence, name):
    return ladder_of(checked(evidence, name), evidence)


# What is shown --------------------------------------------------------------------------------------------------


def test_the_smallest_group_comes_first_and_silence_last(evidence):
    found = shown(evidence, "ladder")
    assert [rung.name for rung in found.rungs] == [
        "Border talks",
        "Papers of five",
        "Summit of six",
        "Exercises",
        "Secretaries",
    ]
    assert found.countries == ("KG", "UZ", "KZ", "TJ", "TM", "AZ"), "those that most formats include come first"
    assert [rung.members is None for rung in found.rungs] == [False] * 3 + [True] * 2
    assert [rung.name for rung in shown(evidence, "given").rungs][:2] == ["Summit of six", "Papers of five"]
    assert shown(evidence, "some").countries == ("UZ", "AZ")


def test_the_group_is_that_of_the_entries(evidence):
    found = {rung.name: rung for rung in shown(evidence, "ladder").rungs}
    assert (
        found["Summit of six"].members == frozenset(["KZ", "KG", "TJ", "TM", "UZ", "AZ"])
        and found["Summit of six"].group == "Six"
    )
    assert found["Papers of five"].sources == ("gamma", "alpha", "beta")
    assert found["Border talks"].members == {"KG", "UZ"} and found["Border talks"].sources == ("gamma",)


def test_entries_alone_make_a_ladder(evidence):
    found = shown(evidence, "entries")
    assert [rung.name for rung in found.rungs] == [
        "Five sign",
        "Five agree.",
        "Six meet",
        "Meetings of heads of state launched",
    ]
    assert sources_of(evidence.charts["entries"], checked(evidence, "entries"), evidence) == ("alpha", "beta", "gamma")


def circles(svg):
    """The full dots of the rows: (x, y) of each, without the key's."""
    found = []
    for path in ElementTree.fromstring(svg).iter(f"{SVG}path"):
        start = re.match(r"M(\S+) (\S+)c", path.get("d"))
        if start and path.get("fill") == STYLE.brand:
            found.append((float(start[1]), float(start[2])))
    return found


def test_a_dot_for_each_member_and_none_for_others(evidence):
    dots = circles(drawn(evidence, "ladder"))
    by_row = {}
    for x, y in dots:
        by_row.setdefault(y, []).append(x)
    assert [len(row) for _, row in sorted(by_row.items())] == [2, 5, 6]
    rows = [sorted(row) for _, row in sorted(by_row.items())]
    assert rows[0] == rows[1][:2] == rows[2][:2] and rows[1] == rows[2][:5], "the steps stand one under another"


def test_silence_is_said_in_words(evidence):
    words = texts(drawn(evidence, "ladder"))
    assert words.count("the sources do not say whom") == 2, "two sources each, of the exercises and the secretaries"
    assert {"included", "not included", "S1 S2", "5 states", "6 states", "Central Asia"} <= set(words)
    assert "источники не говорят, кого" in texts(drawn(evidence, "ladder", language="ru"))
    assert "5 государств" in texts(drawn(evidence, "ladder", language="ru"))


def test_narrow_sheets_have_codes_that_are_explained(evidence):
    words = texts(drawn(evidence, "ladder", 42))
    assert {"KG", "UZ"} <= set(words) and "Kyrgyzstan" in " ".join(words).replace("\u00a0", " ")
    assert {"Kyrgyzstan", "Azerbaijan"} <= set(texts(drawn(evidence, "ladder", 118)))


def test_the_data_say_who_says_so(evidence):
    data = data_of(evidence.charts["ladder"], checked(evidence, "ladder"), evidence)
    assert data.rows[0] == ("Border talks", "", "KG", "Kyrgyzstan", "yes", "gamma", "")
    assert (
        "Papers of five",
        "Central Asia",
        "AZ",
        "Azerbaijan",
        "no",
        "gamma alpha beta",
        "five-agree five-sign",
    ) in data.rows
    assert data.rows[-1][2:5] == (None, None, "not stated") and len(data.rows) == 3 * 6 + 2
    assert set(data.entries) == {"six-meet", "five-agree", "five-sign", "launched", "first-meeting"}


def test_width():
    assert known_kinds()["ladder"].width == "full"


# What can be read -----------------------------------------------------------------------------------------------

CODES = [
    "KZ", "KG", "TJ", "TM", "UZ", "AZ", "AF", "AL", "AM", "AT", "BE", "BG", "BY", "CH", "CN", "CY", "CZ", "DE", "DK",
    "EE", "ES", "FI", "FR", "GB", "GE", "GR", "HR", "HU", "IE", "IN", "IR", "IS", "IT", "LT", "LU", "LV",
]  # fmt: skip
NAMES = random_names(110)


def canvas_of(found, width_mm, language="en"):
    from c6brief.figures.ladder.drawing import LadderDrawing

    with drawing_settings("test"):
        return LadderDrawing(found, DrawContext(Evidence(), LABELS, width_mm, FigureWords(language), STYLE)).canvas


@st.composite
def ladders(draw):
    codes = tuple(CODES[: draw(st.integers(1, len(CODES)))])
    members = st.one_of(st.none(), st.frozensets(st.sampled_from(codes), min_size=1))
    rungs = [
        Rung(draw(NAMES), draw(st.sampled_from(["", "A", "A long name of a group of states"])), draw(members), ("alpha", "beta")[: draw(st.integers(1, 2))])
        for _ in range(draw(st.integers(1, 25)))
    ]  # fmt: skip
    return Ladder(tuple(rungs), codes)


@pytest.mark.thorough
@settings(max_examples=examples(30), deadline=None, derandomize=True)
@given(
    found=ladders(),
    width_mm=st.sampled_from([170.0, 118.0, 42.0]),
    language=st.sampled_from(["en", "ru", "az", "kk", "ky", "tg", "tk", "uz"]),
)
def test_any_ladder_can_be_read(found, width_mm, language):
    assert_readable(canvas_of(found, width_mm, language))


@pytest.mark.sample(3)
@pytest.mark.parametrize("width_mm", [170.0, 118.0, 42.0])
@pytest.mark.parametrize("count", [1, 6, 36])
def test_forty_rungs_can_be_read(count, width_mm):
    many = ("alpha", "beta", "gamma")
    rungs = tuple(Rung(f"Format {n}", "", frozenset(CODES[: n % count + 1]), many[: n % 3 + 1]) for n in range(40))
    canvas = canvas_of(Ladder(rungs, tuple(CODES[:count])), width_mm)
    assert_readable(canvas)
    assert sum(words.startswith("Format ") for words, *_ in boxes(canvas)) == 40


def test_same_input_same_bytes(evidence):
    assert drawn(evidence, "ladder") == drawn(evidence, "ladder")


def test_prints_as_it_did(evidence, tmp_path):
    assert width_of(evidence.charts["ladder"]) == "full"
    assert_prints_as_it_did(
        drawn(evidence, "ladder"), "ladder", tmp_path, words=("Border talks", "Kyrgyzstan", "5 states")
    )


# What goes wrong ------------------------------------------------------------------------------------------------

BAD = {
    "membership without a source": (FULL.replace(", source: gamma", ""), "membership-unsourced", "Border talks", "source: ID"),
    "scope without a source": (
        HEAD + "formats: [{name: Bloc, scope: c6}]\n", "membership-unsourced", "Bloc", "entries",
    ),
    "silence without a source": (
        HEAD + "formats: [{name: Bloc, unstated: true}]\n", "membership-unsourced", "Bloc", "entries",
    ),
    "entries told of others": (
        FULL.replace("scope: five, entries: [five-agree", "scope: c6, entries: [five-agree"), "membership-unsourced", "five-agree", "scope",
    ),
    "entries told of nobody named": (
        FULL.replace("unstated: true, entries: [launched]", "scope: c6, entries: [launched]"), "membership-unsourced", "launched", "scope",
    ),
    "entries of two groups": (
        FULL.replace("entries: [six-meet]", "entries: [six-meet, five-sign]"), "membership-unsourced", "five-sign", "",
    ),
    "a source, but of whom": (HEAD + "formats: [{name: Bloc, source: gamma}]\n", "missing-key", "Bloc", "includes"),
    "scope and members": (FULL.replace("members: [KG, UZ]", "members: [KG, UZ], scope: c6"), "bad-value", None, ""),
    "unknown country": (FULL.replace("[KG, UZ]", "[KG, UX]"), "unknown-value", "UX", "two capital letters"),
    "country of three letters": (FULL.replace("[KG, UZ]", "[KG, UZB]"), "unknown-value", "UZB", "'UZ'"),
    "country by name": (FULL.replace("[KG, UZ]", "[KG, Uzbekistan]"), "unknown-value", "Uzbekistan", "'UZ'"),
    "unknown scope": (FULL.replace("scope: five", "scope: fife"), "unknown-id", "fife", "five"),
    "unknown source": (FULL.replace("source: gamma", "source: gama"), "unknown-id", "gama", "gamma"),
    "unknown entry": (FULL.replace("[six-meet]", "[six-met]"), "unknown-id", "six-met", "six-meet"),
    "a quotation as entry": (FULL.replace("[six-meet]", "[word]"), "unknown-id", "word", ""),
    "format twice": (FULL.replace("name: Exercises", "name: Secretaries"), "bad-value", None, "remove one"),
    "formats and events": (FULL + "events: [six-meet]\n", "missing-key", None, ""),
    "neither": (HEAD, "missing-key", None, ""),
    "unknown event": (HEAD + "events: [six-met]\n", "unknown-id", "six-met", "six-meet"),
    "event twice": (HEAD + "events: [six-meet, six-meet]\n", "bad-value", "six-meet", "remove one"),
    "claim as event": (HEAD + "events: [five-agree]\n", "unknown-id", "five-agree", ""),
    "only silence": (HEAD + "events: [launched]\n", "bad-value", "ladder", "countries"),
    "unknown column": (FULL + "countries: [KZ, XX]\n", "unknown-value", "XX", ""),
    "unknown sort": (FULL + "sort: sise\n", "unknown-value", "sise", "size"),
    "wrong key": (FULL + "format: []\n", "unknown-key", "format", "formats"),
}  # fmt: skip


@pytest.mark.parametrize("case", BAD)
def test_problems_stand_where_the_mistake_is(case, tmp_path):
    text, rule, words, hint = BAD[case]
    [problem] = problems_of(project, tmp_path, text)
    assert_told(problem, rule, words, hint)


def test_only_silence_may_be_shown_over_named_countries(tmp_path):
    evidence = project(tmp_path, quiet=HEAD + "events: [launched]\n    countries: [KZ, UZ]\n")
    assert_readable(canvas_of(shown(evidence, "quiet"), 170.0))


def test_a_wrong_country_in_a_scope_is_told_there(tmp_path):
    evidence = project(tmp_path, bad=HEAD + "formats: [{name: Bloc, scope: wrong, source: alpha}]\n")
    problems = Problems()
    assert check_chart(evidence.charts["bad"], evidence, problems) is None
    [problem] = problems
    assert problem.place.file.endswith("scopes.yaml") and "'KG'" in problem.hint
