"""Where words stand: paragraphs, and lines where a paragraph is made of them."""

from __future__ import annotations

import textwrap

import pytest

from c6brief.evidence.locators import Locator, locator_of
from c6brief.evidence.matching import SourceText
from tests.support.paths import REPOSITORY
from tests.support.project import Folder

LIST = """\
The city has announced what riders have long been asking for, and it has done so in one page.
Key points
- A lift at every station.
- Longer hours on the night lines.
| Year | Lifts |
| 2024 | 12 |

One line alone.
"""

WRAPPED = """\
Every station will have a lift by 2030, the city
announced on Monday. The first one opened in 2019,
and the union has not seen a plan for the others.

A second paragraph.
"""


def place(text: str, words: str) -> Locator:
    source = SourceText(text)
    (match,) = source.find(words)
    return locator_of(source, match)


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("what riders have long been asking for", Locator(1, (1, 1))),
        ("A lift at every station.", Locator(1, (3, 3))),
        ("2024 | 12", Locator(1, (6, 6))),
        ("Key points - A lift at every station", Locator(1, (2, 3))),
        ("A lift […] Year | Lifts", Locator(1, (3, 5))),
        ("One line alone.", Locator(2)),
    ],
)
def test_lines_count_in_a_paragraph_of_items_and_rows(words: str, expected: Locator) -> None:
    assert place(LIST, words) == expected


def test_the_last_character_of_a_line_is_on_that_line() -> None:
    assert place(LIST.replace("points\n- A", "points.\n- A"), "Key points.") == Locator(1, (2, 2))


@pytest.mark.parametrize("words", ["Every station", "the city announced", "a plan for the others"])
def test_lines_that_are_only_wrapped_do_not_count(words: str) -> None:
    assert place(WRAPPED, words) == Locator(1)


@pytest.mark.parametrize("width", [24, 40, 72, 100])
@pytest.mark.parametrize("name", ["trend-2026", "isrs-2026"])
def test_a_text_wrapped_at_any_width_has_no_lines(name: str, width: int) -> None:
    text = (REPOSITORY / f"seeds/texts/{name}.txt").read_text(encoding="utf-8")
    paragraphs = SourceText(text).paragraphs
    wrapped = "\n\n".join(textwrap.fill(each.text, width, break_on_hyphens=False) for each in paragraphs)
    for paragraph in SourceText(wrapped).paragraphs:
        words = " ".join(paragraph.text.split()[:4])
        for match in SourceText(wrapped).find(words):
            assert locator_of(SourceText(wrapped), match).lines is None


def test_scripts_without_spaces_have_no_lines() -> None:
    text = "全ての駅に昇降機ができる\nと市は発表した。\n"
    assert place(text, "昇降機") == Locator(1)


def test_a_place_named_twice_is_told_with_its_lines(folder: Folder) -> None:
    text = "The plan of the city for the years to come, as it was read out.\nLifts open.\nDoors shut.\nLifts open.\n"
    folder.write("seeds/texts/transit.txt", text)
    folder.write("seeds/quotes.yaml", "[]\n")
    folder.write("seeds/events.yaml", "[]\n")
    claim = "- id: lifts\n  statement: Lifts open.\n  accounts:\n    - {source: transit-2024, exact: Lifts open.}\n"
    folder.write("seeds/claims.yaml", claim)
    error = folder.run("check").err
    assert "stand 2 times in 'transit-2024' (paragraphs 1 line 2, 1 line 4)" in error
