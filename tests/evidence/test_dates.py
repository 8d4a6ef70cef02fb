"""Dates that are read without the edtf package: to the days that it gives, and none that it refuses."""

from edtf import parse_edtf
from edtf.parser.edtf_exceptions import EDTFParseException
from hypothesis import example, given
from hypothesis import strategies as st

from c6brief.evidence.dates import _plain_interval

PARTS = st.from_regex(r"[0-9]{4}(-[0-3][0-9](-[0-3][0-9])?)?[~?%]?", fullmatch=True)


@given(PARTS)
@example("2024-02-29%")
@example("2023-02-29")
@example("2024-03-31~")
@example("2024-21")
@example("1000~")
@example("8999-12-31%")
def test_a_date_is_the_packages(text):
    assert_same(text)


@given(PARTS, PARTS)
@example("2025", "2024")
@example("2024-02~", "2025-03-04?")
def test_two_dates_with_a_stroke_between_are_the_packages(one, other):
    assert_same(f"{one}/{other}")


def test_what_is_not_read_here():
    for text in ("", "..", "/", "2024/", "2024/..", "2024/2025/2026", "2024-1", "20240101", "１９９９", "2024~~"):
        assert _plain_interval(text) is None, text


def assert_same(text):
    """That our reading is the package's; what we leave to it is its affair."""
    found = _plain_interval(text)
    if found is None:
        return
    try:
        date = parse_edtf(text)
    except EDTFParseException:
        raise AssertionError(f"{text} is refused by the package") from None
    assert (found.first, found.last) == (tuple(date.lower_fuzzy()[:3]), tuple(date.upper_fuzzy()[:3]))
