"""What is refused on purpose says why, and what to use instead."""

import pytest

from c6brief.figures.refusals import REFUSED_KEYS, REFUSED_KINDS, refused_kind
from c6brief.figures.registry import known_kinds
from tests.support.bar_charts import STACKED, TABLE, project
from tests.support.charts import TIMELINE, assert_told, problems_of

KINDS = {
    **dict.fromkeys(("pie", "donut", "doughnut", "Pie"), "waffle"),
    **dict.fromkeys(("3d", "bar3d", "bar-3d"), "bar"),
    "radar": "dot",
    "gauge": "bar",
    "wordcloud": "bar",
    "word-cloud": "bar",
    "bubble": "scatter",
}


@pytest.mark.parametrize("kind", KINDS)
def test_kinds_are_refused_with_a_reason(kind, tmp_path):
    [problem] = problems_of(project, tmp_path, TABLE.replace("kind: bar", f'kind: "{kind}"'))
    assert_told(problem, "refused-figure", f'"{kind}"', KINDS[kind])
    assert len(problem.message) > len(f"no '{kind}' here: "), "the reason"


@pytest.mark.parametrize("key", ["y2", "secondary", "secondary_y", "right_axis", "twin"])
@pytest.mark.parametrize("chart", [TABLE, STACKED, TIMELINE.rstrip() + "\n    "], ids=["bar", "stacked", "timeline"])
def test_second_scales_are_refused_whatever_the_kind(chart, key, tmp_path):
    [problem] = problems_of(project, tmp_path, chart + f"{key}: state\n")
    assert_told(problem, "refused-figure", key, "small-multiples")


@pytest.mark.parametrize("key", ["depth", "explode"])
def test_decoration_is_refused(key, tmp_path):
    [problem] = problems_of(project, tmp_path, TABLE + f"{key}: 3\n")
    assert_told(problem, "refused-figure", key, "")


def test_refusals_come_with_all_other_problems(tmp_path):
    found = problems_of(project, tmp_path, TABLE.replace("x: state", "") + "y2: share\n    min: 3\n    hint: 3\n")
    assert sorted(problem.rule for problem in found) == [
        "bars-not-from-zero",
        "missing-key",
        "refused-figure",
        "unknown-key",
    ]


def test_nothing_is_refused_that_is_there():
    assert not set(REFUSED_KINDS) & set(known_kinds())
    for kind in known_kinds().values():
        assert not set(REFUSED_KEYS) & set(kind.options.model_fields)
        assert refused_kind(kind.name) is None
    for refusal in (*REFUSED_KINDS.values(), *REFUSED_KEYS.values()):
        assert refusal.reason and refusal.hint
