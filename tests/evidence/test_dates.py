"""EDTF dates: those read without the edtf package are the package's, and all admit the days that they should."""

import calendar
import datetime

import pytest
from edtf import parse_edtf
from edtf.parser.edtf_exceptions import EDTFParseException
from hypothesis import example, given, settings
from hypothesis import strategies as st

from c6brief.brief.wording import Wording
from c6brief.evidence.dates import _plain_interval, allowed, can_all_hold, interval
from c6brief.evidence.written_dates import suggest_edtf

PARTS = st.from_regex(r"[0-9]{4}(-[0-3][0-9](-[0-3][0-9])?)?[~?%]?", fullmatch=True)


@settings(deadline=None)
@given(PARTS)
@example("2024-02-29%")
@example("2023-02-29")
@example("2024-03-31~")
@example("2024-21")
@example("1000~")
@example("8999-12-31%")
def test_a_date_is_the_packages(text):
    assert_same(text)


@settings(deadline=None)
@given(PARTS, PARTS)
@example("2025", "2024")
@example("2024-02~", "2025-03-04?")
def test_two_dates_with_a_stroke_between_are_the_packages(one, other):
    assert_same(f"{one}/{other}")


def test_what_is_not_read_here():
    for text in ("", "..", "/", "2024/", "2024/..", "2024/2025/2026", "2024-1", "20240101", "１９９９", "2024~~"):
        assert _plain_interval(text) is None, text


def assert_same(text):
    """That our reading is the package's but for the margins of doubt; what we leave to it is its affair."""
    found = _plain_interval(text)
    if found is None:
        return
    try:
        date = parse_edtf(text)
    except EDTFParseException:
        raise AssertionError(f"{text} is refused by the package") from None
    without = _plain_interval(text.translate(str.maketrans("", "", "~?%")))
    assert without is not None
    assert (without.first, without.last) == (tuple(date.lower_strict()[:3]), tuple(date.upper_strict()[:3]))
    assert found.first <= without.first and without.last <= found.last


# The days that a date allows ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2024?", "2023-01-01", "2025-12-31"),
        ("2024%", "2022-01-01", "2026-12-31"),
        ("2024-05?", "2024-04-01", "2024-06-30"),
        ("2024-01~", "2023-12-01", "2024-02-29"),
        ("2024-05%", "2024-03-01", "2024-07-31"),
        ("2024-05-10?", "2024-05-09", "2024-05-11"),
        ("2024-05~/2024-08?", "2024-04-01", "2024-09-30"),
        ("2001-21", "2001-03-01", "2001-05-31"),
        ("2001-22", "2001-06-01", "2001-08-31"),
        ("2001-23", "2001-09-01", "2001-11-30"),
        ("2001-24", "2001-12-01", "2002-02-28"),
        ("2003-24", "2003-12-01", "2004-02-29"),
        ("2001-28", "2001-12-01", "2002-02-28"),
        ("2001-30", "2001-12-01", "2002-02-28"),
        ("2001-29", "2001-09-01", "2001-11-30"),
        ("2001-34", "2001-04-01", "2001-06-30"),
        ("2001-41", "2001-07-01", "2001-12-31"),
        ("2001-24/2002-21", "2001-12-01", "2002-05-31"),
        ("2001-05/2001-24", "2001-05-01", "2002-02-28"),
        ("[1667,1668,1670..1672]", "1667-01-01", "1672-12-31"),
        ("[1667,1760-12]", "1667-01-01", "1760-12-31"),
        ("{1960,1961-12}", "1960-01-01", "1961-12-31"),
    ],
)
def test_the_first_day_and_the_last(text, first, last):
    found = interval(text)
    assert [datetime.date(*found.first).isoformat(), datetime.date(*found.last).isoformat()] == [first, last]


@pytest.mark.parametrize(
    ("text", "within", "outside"),
    [
        (
            "2024-24",
            ["2024-12", "2025-01", "2025-02-28", "2024-01", "2024/2025"],
            ["2024-03", "2024-06", "2024-11", "2025-03", "2023"],
        ),
        ("[2022,2024]", ["2022", "2024-07", "2021/2022"], ["2023", "2023-06-01", "2021", "2025"]),
        ("{2022,2024}", ["2022", "2024"], ["2023"]),
        ("[1667,1668,1670..1672]", ["1667", "1671", "1672-12-31"], ["1669", "1673"]),
        ("[..1760-12-03]", ["1500", "1760-12-03"], ["1760-12-04"]),
        ("[1760-12..]", ["1760-12", "2024"], ["1760-11"]),
        ("{..1984}", ["1984", "0900"], ["1985"]),
        ("2024-05?", ["2024-06", "2024-04"], ["2025-06", "2024-07", "2023-05"]),
        ("2024-05-10~", ["2024-05-11"], ["2024-05-12", "2024-06"]),
    ],
)
def test_a_date_admits_its_days_and_no_others(text, within, outside):
    assert [other for other in within if not can_all_hold([text, other])] == []
    assert [other for other in outside if can_all_hold([text, other])] == []


def test_sets_may_agree_two_by_two_and_not_together():
    dates = ["[2021,2022]", "[2022,2023]", "[2021,2023]"]
    assert all(can_all_hold(pair) for pair in zip(dates, dates[1:] + dates[:1], strict=True))
    assert not can_all_hold(dates)


@settings(deadline=None)
@given(st.integers(min_value=1000, max_value=8999), st.integers(min_value=1, max_value=12))
def test_a_month_in_doubt_reaches_its_neighbours_and_no_further(year, month):
    [found] = allowed(f"{year}-{month:02}~")
    before, after = divmod(year * 12 + month - 2, 12), divmod(year * 12 + month, 12)
    assert found.first == (before[0], before[1] + 1, 1)
    assert found.last == (after[0], after[1] + 1, calendar.monthrange(after[0], after[1] + 1)[1])


@pytest.mark.parametrize(
    ("edtf", "words"),
    [
        ("2024-24", "winter 2024"),
        ("2024-22", "summer 2024"),
        ("2024-27", "autumn 2024"),
        ("[2022,2024]", "2022 or 2024"),
        ("{2022,2023-05,2024}", "2022, May 2023, and 2024"),
        ("2024-34", "2024-34"),
    ],
)
def test_seasons_and_sets_in_words(edtf, words):
    assert Wording("en").date(edtf) == words


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("3.5.2024", ["2024-05-03"]),
        ("03/05/2024", ["2024-05-03", "2024-03-05"]),
        ("13/05/2024", ["2024-05-13"]),
        ("05/05/2024", ["2024-05-05"]),
        ("2024/5/3", ["2024-05-03"]),
        ("3 May 2024", ["2024-05-03"]),
        ("May 3rd, 2024", ["2024-05-03"]),
        ("Sept. 2021", ["2021-09"]),
        ("3. März 2024", ["2024-03-03"]),
        ("1er août 2023", ["2023-08-01"]),
        ("3 мая 2024", ["2024-05-03"]),
        ("c. 1850", ["1850~"]),
        ("2020–2021", ["2020/2021"]),
        ("31.2.2024", []),
        ("May", []),
        ("1.5", []),
        ("3.5.24", []),
        ("x" * 1000, []),
    ],
)
def test_a_date_as_people_write_it_has_a_hint(written, meant):
    assert suggest_edtf(written) == meant
