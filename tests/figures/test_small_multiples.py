"""Small multiples: one panel for each value of a field, all on one scale, all readable."""

from __future__ import annotations

import re
import textwrap
from dataclasses import replace
from types import MappingProxyType
from xml.etree import ElementTree

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from c6brief.figures import sources_of
from c6brief.figures.charts import data_of
from tests.support.charts import (
    SVG,
    assert_prints_as_it_did,
    assert_readable,
    assert_told,
    canvas_of,
    checked,
    drawn,
    problems_of,
    texts,
)
from tests.support.charts import base as base_of
from tests.support.sampling import examples

FREIGHT = """
    title: Freight by state
    source: beta
    fields:
      - {name: state, type: string}
      - {name: year, type: year}
      - {name: rail, type: number, title: Rail, unit: million tonnes}
      - {name: road, type: number, title: Road, unit: million tonnes}
    rows:
      - [Kazakhstan, 2019, 40, 20]
      - [Kazakhstan, 2020, 45, 25]
      - [Kazakhstan, 2021, 60, 30]
      - [The Kyrgyz Republic and its neighbours, 2019, 4, 2]
      - [The Kyrgyz Republic and its neighbours, 2020, null, 3]
      - [The Kyrgyz Republic and its neighbours, 2021, 6, 3]
      - [Uzbekistan, 2019, 20, 12]
      - [Uzbekistan, 2020, 22, 14]
      - [Uzbekistan, 2021, 30, 15]
    """
HEAD = """
    kind: small-multiples
    title: One state carries most
    subtitle: Freight by state, million tonnes, 2019 to 2021
    alt: Small multiples of the freight of three states.
    table: freight
    facet: state
    x: year
    y: rail
    """
LINE = HEAD + "panel: line\n    "


def base(folder, problems=None, **charts):
    (folder / "seeds/tables").mkdir(parents=True)
    (folder / "seeds/tables/freight.yaml").write_text(textwrap.dedent(FREIGHT).strip() + "\n", encoding="utf-8")
    return base_of(folder, problems, **charts)


PANELS = {
    "line": LINE,
    "bar": HEAD + "panel: bar\n    ",
    "dot": HEAD + "panel: dot\n    ",
    "slope": HEAD.replace("y: rail", "y: road") + "panel: slope\n    ",
    "area": HEAD.replace("y: rail", "y: road") + "panel: area\n    ",
    "stacked": HEAD.replace("y: rail", "y: [rail, road]") + "panel: bar\n    arrange: stacked\n    ",
    "two": HEAD + "panel: bar\n    columns: 2\n    order: value\n    ",
}


@pytest.fixture(scope="module")
def evidence(tmp_path_factory):
    return base(tmp_path_factory.mktemp("project"), **PANELS)


@pytest.mark.parametrize("language", ["en", "ru", "kk"])
@pytest.mark.parametrize("width_mm", [170.0, 118.0, 42.0])
@pytest.mark.parametrize("name", PANELS)
def test_panels_can_be_read(evidence, name, width_mm, language):
    assert_readable(canvas_of(checked(evidence, name), evidence, width_mm, language))


@pytest.mark.parametrize("name", PANELS)
def test_every_panel_has_its_name_and_the_unit_is_said_once(evidence, name):
    words = texts(drawn(evidence, name))
    assert words.count("Kazakhstan") == words.count("Uzbekistan") == 1
    assert "The Kyrgyz Republic and its neighbours" in " ".join(words)
    assert words.count("million tonnes") == 1


def bars(svg):
    """Left, top and width of each bar in the brand's colour."""
    found = []
    for path in ElementTree.fromstring(svg).iter(f"{SVG}path"):
        step = re.fullmatch(r"M(\S+) (\S+)l(\S+) 0 0 (\S+) \S+ 0z", path.get("d"))
        if step and float(step[4]) < 40:
            found.append((float(step[1]), float(step[2]), float(step[3])))
    return found


def test_all_panels_share_one_scale(evidence):
    widths = [width for *_, width in bars(drawn(evidence, "bar"))]
    values = [40, 45, 60, 4, 6, 20, 22, 30]  # the missing one has no bar
    assert [width / widths[2] for width in widths] == pytest.approx([value / 60 for value in values], abs=0.005)


def test_a_stack_is_measured_by_its_sum(evidence):
    """The longest stack of any panel, 90, decides the scale of all."""
    svg = drawn(evidence, "stacked")
    assert {"90", "45", "9"} <= set(texts(svg))
    by_row: dict[tuple[int, float], float] = {}
    for left, top, width in bars(svg):
        by_row[int(left // 170), top] = by_row.get((int(left // 170), top), 0.0) + width
    lengths = sorted(by_row.values())
    assert lengths[-1] / lengths[0] > 9


def test_columns_and_order(evidence):
    words = texts(drawn(evidence, "two"))
    assert [words.index(name) for name in ("Kazakhstan", "Uzbekistan")] == sorted(
        words.index(name) for name in ("Kazakhstan", "Uzbekistan")
    )
    assert words.index("Uzbekistan") < next(at for at, each in enumerate(words) if each.startswith("The Kyrgyz"))
    narrow, wide = (canvas_of(checked(evidence, "bar"), evidence, width).height for width in (42.0, 170.0))
    assert narrow > 2 * wide, "in the margin the panels stand one below the other"


def test_data_and_sources(evidence):
    data = data_of(evidence.charts["line"], checked(evidence, "line"), evidence)
    assert data.columns == ("state", "year", "rail (million tonnes)")
    assert len(data.rows) == 9 and data.rows[0] == ("Kazakhstan", "2019", 40)
    assert data.rows[4][2] is None
    assert sources_of(evidence.charts["line"], checked(evidence, "line"), evidence) == ("beta",)


NAMES = st.text(st.sampled_from("abcdefghij klmno WÄƏқ"), min_size=1, max_size=60).map(str.strip).filter(bool)
VALUES = st.one_of(st.none(), st.integers(-1000, 1000), st.floats(-1e9, 1e9), st.just(0))


@pytest.mark.thorough
@settings(max_examples=examples(25), deadline=None, derandomize=True)
@given(
    names=st.lists(NAMES, min_size=2, max_size=9, unique_by=lambda name: " ".join(name.split())),
    values=st.lists(VALUES, min_size=3, max_size=3),
    panel=st.sampled_from(["bar", "dot"]),
    width_mm=st.sampled_from([170.0, 118.0, 42.0]),
)
def test_any_panels_can_be_read(evidence, names, values, panel, width_mm):
    table = evidence.tables["freight"]
    rows = tuple((name, 2019 + at, value, 1) for name in names for at, value in enumerate(values))
    other = table.model_copy(update={"rows": rows})
    changed = replace(evidence, tables=MappingProxyType({**evidence.tables, "freight": other}))
    assert_readable(canvas_of(checked(evidence, panel), changed, width_mm))


BAD = {
    "no facet": (LINE.replace("facet: state", ""), "missing-key", None, "panels"),
    "unknown facet": (LINE.replace("facet: state", "facet: sate"), "unknown-value", "sate", "state"),
    "numbers name no panels": (LINE.replace("facet: state", "facet: road"), "bad-value", "road", "string"),
    "no panel": (LINE.replace("panel: line", ""), "missing-key", None, "kind of each panel"),
    "unknown panel": (LINE.replace("panel: line", "panel: lime"), "unknown-value", "lime", "line"),
    "map in panels": (LINE.replace("panel: line", "panel: map"), "unknown-value", "map", "known"),
    "unknown key of the panel": (LINE + "arange: stacked\n", "unknown-key", "arange", ""),
    "unknown y": (LINE.replace("y: rail", "y: rial"), "unknown-value", "rial", "rail"),
    "too many columns": (LINE + "columns: 9\n", "bad-value", "9", ""),
    "table and rows": (LINE + "rows: [[a]]\n    fields: [{name: a}]\n", "bad-value", "rows", "remove"),
    "one panel": (
        LINE.replace("table: freight", "fields: [{name: state}, {name: year, type: year}, {name: rail, type: number}]")
        + "rows: [[a, 2019, 1], [a, 2020, 2]]\n",
        "bad-value",
        "state",
        "1 different",
    ),
    "row without its panel": (
        LINE.replace("table: freight", "fields: [{name: state}, {name: year, type: year}, {name: rail, type: number}]")
        + "rows: [[a, 2019, 1], [a, 2020, 1], [null, 2020, 2], [b, 2019, 1], [b, 2020, 1]]\n",
        "bad-value",
        "null",
        "name of its panel",
    ),
    "a year twice in one panel": (
        LINE.replace("table: freight", "fields: [{name: state}, {name: year, type: year}, {name: rail, type: number}]")
        + "rows: [[a, 2019, 1], [a, 2020, 1], [b, 2019, 2], [b, 2019, 1], [b, 2020, 3]]\n",
        "bad-value",
        "2019",
        "",
    ),
}


@pytest.mark.parametrize("case", BAD)
def test_problems_stand_where_the_mistake_is(case, tmp_path):
    text, rule, words, hint = BAD[case]
    found = problems_of(base, tmp_path, text)
    assert len(found) == 1, "\n".join(map(str, found))
    assert_told(found[0], rule, words, hint)


def test_a_mistake_in_one_panel_names_it(tmp_path):
    [problem] = problems_of(base, tmp_path, BAD["a year twice in one panel"][0])
    assert problem.message.startswith("panel 'b': ")


def test_same_input_same_bytes(evidence):
    assert drawn(evidence, "line") == drawn(evidence, "line")


def test_prints_as_it_did(evidence, tmp_path):
    assert_prints_as_it_did(drawn(evidence, "line"), "small-multiples", tmp_path, words=("Kazakhstan", "60"))
