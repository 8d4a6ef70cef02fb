"""Events and claims counted: the numbers are those of the evidence base, and the figure says what it rests on."""

from __future__ import annotations

import json
from collections import Counter
from hashlib import sha256
from xml.etree import ElementTree

import pypdf
import pytest

from c6brief.build.project_state import load_project
from c6brief.documents.problems import Problems
from c6brief.documents.project import Project
from c6brief.evidence.seeds import load_evidence
from c6brief.evidence.strength import strength
from c6brief.figures import check_chart, draw_chart, sources_of
from c6brief.figures.charts import data_of
from c6brief.figures.rows.series import SeriesOptions
from c6brief.figures.rows.tabular import table_of
from c6brief.figures.words import FigureWords
from tests.support.charts import SVG
from tests.support.paths import REPOSITORY
from tests.support.project import Folder

HEAD = "kind: bar\ntitle: Half is contested\nsubtitle: Claims by strength\nalt: Bar chart of claims.\n"

EVENTS = """\
- {id: plain, title: A, themes: [lifts], accounts: [{source: transit-2024, date: 2018, exact: We began in 2018.}]}
- {id: spread, title: B, themes: [lifts, works], accounts: [{source: transit-2024, date: 2019/2020, exact: We began in 2018.}]}
- {id: about, title: C, scope: nordic, accounts: [{source: transit-2024, date: 2021~, exact: We began in 2018.}]}
- {id: open, title: D, accounts: [{source: transit-2024, date: 2021/.., exact: We began in 2018.}]}
- {id: never, title: E, themes: [works], accounts: [{source: riders-2024, exact: The first lift opened in 2021.}]}
- id: narrowed
  title: F
  accounts:
    - {source: transit-2024, date: 2021/2022, exact: We began in 2018.}
    - {source: riders-2024, date: 2021-05, exact: The first lift opened in 2021.}
- id: apart
  title: G
  themes: [lifts]
  accounts:
    - {source: transit-2024, date: 2019, exact: The first lift opened in 2019.}
    - {source: riders-2024, date: 2021, exact: The first lift opened in 2021.}
"""


def counts(folder: Folder, keys: str, kind: str = "bar") -> tuple:
    """Columns, rows, entries and sources of a chart with these keys."""
    folder.write("seeds/charts/counted.yaml", HEAD.replace("bar", kind, 1) + keys)
    base = load_project(Project(folder.root))
    assert "counted" in base.charts, "\n".join(map(str, base.problems))
    chart, options = base.evidence.charts["counted"], base.charts["counted"]
    found = data_of(chart, options, base.evidence)
    return found.columns, found.rows, found.entries, sources_of(chart, options, base.evidence)


def test_claims_by_strength(folder: Folder) -> None:
    columns, rows, entries, sources = counts(folder, "claims: all\nby: strength\nx: strength\ny: count\n")
    assert columns == ("strength", "count (claims)")
    assert rows == (("two voices", 1), ("one voice", 0), ("accounts differ", 1))
    assert entries == ("step-free", "plan-2030") and sources == ("transit-2024", "riders-2024")


def test_x_and_y_need_not_be_named(folder: Folder) -> None:
    assert counts(folder, "claims: all\nby: strength\n") == counts(
        folder, "claims: all\nby: strength\nx: strength\ny: count\n"
    )


def test_events_by_year(folder: Folder) -> None:
    folder.write("seeds/events.yaml", EVENTS)
    folder.write("seeds/sections/lifts.md", "---\ntitle: Lifts\n---\nNothing.\n")
    (folder.root / "seeds/charts/lifts.yaml").unlink()
    _, rows, entries, _ = counts(folder, "events: all\nby: year\n")
    assert rows == (
        ("2018", 1),
        ("2021", 2),  # about 2021, and what two accounts narrow down to it
        ("over several years", 2),
        ("accounts differ", 1),
        ("no date in the sources", 1),
    )
    assert sum(count for _, count in rows) == len(entries) == 7


def test_names_are_those_that_readers_see(folder: Folder) -> None:
    folder.write("seeds/events.yaml", EVENTS)
    folder.write("seeds/sections/lifts.md", "---\ntitle: Lifts\n---\nNothing.\n")
    (folder.root / "seeds/charts/lifts.yaml").unlink()
    assert counts(folder, "events: all\nby: source\n")[1] == (("Transit", 6), ("Riders' Union", 3))
    assert counts(folder, "events: all\nby: voice\n")[1] == (("City Transit", 6), ("Riders' Union", 3))
    assert counts(folder, "events: all\nby: scope\n")[1] == (("Nordic states", 1), ("not said of whom", 6))
    assert counts(folder, "events: all\nby: theme\n")[1] == (("Lifts", 3), ("Works", 2))
    assert counts(folder, "events: {theme: works}\nby: theme\n")[1:3] == (
        (("Lifts", 1), ("Works", 2)),
        ("spread", "never"),
    )
    assert counts(folder, "events: [never, plain]\nby: source\n")[1:] == (
        (("Transit", 1), ("Riders' Union", 1)),
        ("plain", "never"),
        ("transit-2024", "riders-2024"),
    )


def test_two_sources_of_one_name_are_told_apart(folder: Folder) -> None:
    folder.change(
        "seeds/sources.yaml", "publisher: Riders' Union", "publisher: Riders' Union\n    title-short: Transit"
    )
    assert counts(folder, "claims: all\nby: source\n")[1] == (("Getting on board", 2), ("Waiting for the lift", 2))


def test_split_makes_a_field_of_series(folder: Folder) -> None:
    evidence = load_evidence(Project(folder.root), Problems())
    given = {"kind": "x", "id": "x", "title": "x", "subtitle": "x", "alt": "x", "claims": "all", "by": "theme"}
    options = SeriesOptions.model_validate({**given, "split": "strength"})
    assert (options.x, options.y, options.series) == ("theme", ("count",), "strength")
    table = table_of(options, evidence)
    assert [(field.name, field.type, field.unit) for field in table.fields] == [
        ("theme", "string", None),
        ("strength", "string", None),
        ("count", "integer", "claims"),
    ]
    assert table.rows == (
        ("Access", "two voices", 1),
        ("Access", "one voice", 0),
        ("Access", "accounts differ", 0),
        ("Lifts", "two voices", 0),
        ("Lifts", "one voice", 0),
        ("Lifts", "accounts differ", 1),
    )


def test_a_drawing_has_the_words_of_its_language(folder: Folder) -> None:
    folder.write("seeds/charts/counted.yaml", HEAD + "claims: all\nby: strength\nhighlight: [accounts differ]\n")
    evidence = load_evidence(Project(folder.root), Problems())
    chart = evidence.charts["counted"]
    options = check_chart(chart, evidence, Problems())
    drawings = {
        language: draw_chart(chart, options, evidence, {}, width_mm=118, language=language) for language in ("en", "ru")
    }
    for language, drawing in drawings.items():
        words = FigureWords(language)
        assert all(words[key] in drawing for key in ("two-voices", "one-voice", "accounts-differ", "unit-claims"))
        assert _bold(drawing) == [words["accounts-differ"], "1"], "highlighted in English, drawn in another language"
    assert "accounts differ" not in drawings["ru"]


def _bold(drawing: str) -> list[str]:
    return [
        element.text
        for element in ElementTree.fromstring(drawing).iter(f"{SVG}text")
        if any("600" in value for key, value in element.attrib.items() if key.startswith("font"))
    ]


@pytest.mark.rest
def test_the_manifest_says_what_the_figure_rests_on(folder: Folder) -> None:
    folder.write("seeds/charts/counted.yaml", HEAD + "claims: all\nby: strength\n")
    folder.write("seeds/tables/access.csv", "access,stations\nStreet,94\n")
    folder.change(
        "seeds/tables/access.yaml", "rows: [[Street to train, 94], [Street to platform, 1061]]", "data: access.csv"
    )
    folder.change("briefs/lifts.yaml", "claims: [plan-2030]", "charts: [counted]")
    result = folder.render()
    assert result.status == 0, result.err
    pdf = pypdf.PdfReader(folder.root / "output/lifts.pdf")
    manifest = json.loads(pdf.attachments["manifest.json"][0])
    [figure] = [each for each in manifest["figures"] if each["id"] == "counted"]
    assert figure["sources"] == ["transit-2024", "riders-2024"]
    assert {"step-free", "plan-2030"} <= {each["id"] for each in manifest["record"]["statements"]}
    assert pdf.attachments[figure["data"]][0] == (
        b"strength,count (claims)\r\ntwo voices,1\r\none voice,0\r\naccounts differ,1\r\n"
    )
    inputs = {each["path"]: each["sha256"] for each in manifest["inputs"]}
    data = (folder.root / "seeds/tables/access.csv").read_bytes()
    assert inputs["seeds/tables/access.csv"] == sha256(data).hexdigest()


BAD = {
    "counted by nothing": ("claims: all\nx: a\ny: b\n", "missing-key", "1:1", "one of theme"),
    "counted by what is not there": ("claims: all\nby: strenght\n", "unknown-value", "6:5", "did you mean 'strength'?"),
    "nothing counted": ("table: access\nx: access\ny: stations\nby: theme\n", "missing-key", "1:1", "add one of them"),
    "claims have no years": ("claims: all\nby: year\n", "bad-value", "1:1", "count by another"),
    "split by the same": ("claims: all\nby: theme\nsplit: theme\n", "bad-value", "1:1", "each wants its own"),
    "claims and events": ("claims: all\nevents: all\nby: theme\n", "bad-value", "5:1", "remove one"),
    "claims and a table": ("claims: all\ntable: access\nby: theme\n", "bad-value", "5:1", "remove one"),
    "claims and rows": ("claims: all\nby: theme\nfields: [{name: a}]\nrows: [[b]]\n", "bad-value", "8:1", "remove one"),
    "unknown claim": ("claims: [step-fre]\nby: theme\n", "unknown-id", "5:10", "did you mean 'step-free'?"),
    "unknown theme": ("claims: {theme: lift}\nby: theme\n", "unknown-id", "5:17", "did you mean 'lifts'?"),
    "claim twice": ("claims: [step-free, step-free]\nby: theme\n", "bad-value", "5:21", "remove one"),
    "unknown field": ("claims: all\nby: theme\nx: scope\n", "unknown-value", "7:4", "known: count, theme"),
    "unknown name": ("claims: all\nby: strength\nhighlight: [two voice]\n", "unknown-value", "7:13", "'two voices'?"),
}


@pytest.mark.sample(5)
@pytest.mark.parametrize("case", BAD)
def test_what_cannot_be_counted_is_told_at_the_key(folder: Folder, case: str) -> None:
    keys, rule, place, hint = BAD[case]
    folder.write("seeds/charts/counted.yaml", HEAD + keys)
    found = [line for line in folder.run("check").err.split("\n") if ": error[" in line]
    assert len(found) == 1 and found[0].startswith(f"seeds/charts/counted.yaml:{place}: error[{rule}]"), found
    assert hint in folder.run("check", "briefs/lifts.yaml").err


def test_a_waffle_has_a_square_for_each_claim_and_its_colour_for_those_that_differ(folder: Folder) -> None:
    from c6brief.figures import STYLE
    from c6brief.figures.charts import data_of
    from tests.support.charts import checked, drawn, texts

    folder.write("seeds/charts/counted.yaml", HEAD.replace("bar", "waffle") + "claims: all\nby: strength\n")
    evidence = load_evidence(Project(folder.root), Problems())
    data = data_of(evidence.charts["counted"], checked(evidence, "counted"), evidence)
    assert data.columns[-1] == "squares of 2" and [row[2] for row in data.rows] == [1, 0, 1]
    svg = drawn(evidence, "counted", 118)
    assert svg.count(STYLE.alarm) >= 1 and "one square: 1 claim" in texts(svg)


def test_an_evidence_base_without_claims(folder: Folder) -> None:
    (folder.root / "seeds/claims.yaml").unlink()
    folder.write("seeds/charts/counted.yaml", HEAD + "claims: all\nby: strength\n")
    assert "counted.yaml:5:9: error[bad-value]: the evidence base has no claims" in folder.run("check").err


def test_counts_are_those_of_this_repository() -> None:
    """Held against a count in another way, on real evidence."""
    evidence = load_evidence(Project(REPOSITORY), Problems())
    found = Counter()
    for claim in evidence.claims.values():
        verdict = strength(claim, evidence)
        voices = {evidence.voice_of_account(a) for a in claim.accounts if a.stance == "supports"} - {""}
        backing = "two voices" if len(voices) > 1 else "one voice" if voices else "voice not stated"
        found["accounts differ" if verdict.differs else backing] += 1
    given = {"kind": "x", "id": "x", "title": "x", "subtitle": "x", "alt": "x", "claims": "all", "by": "strength"}
    rows = table_of(SeriesOptions.model_validate(given), evidence).rows
    assert dict(rows) == {
        name: found[name] for name in ("two voices", "one voice", "voice not stated", "accounts differ")
    }
    assert sum(found.values()) == len(evidence.claims) > 20
