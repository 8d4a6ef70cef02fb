"""One reader of numbers: values by the language of their text, dates apart, and the same for rules and manifest."""

from __future__ import annotations

from decimal import Decimal

import pytest
from pypdf import PdfReader

from c6brief.evidence.numbers import dates_as_numbers, is_among, numbers_in
from c6brief.manifest.model import Manifest
from tests.support.project import Folder


@pytest.mark.parametrize(
    ("printed", "language", "text", "other", "same"),
    [
        ("3,480", "en", "3 480", "ru", True),
        ("3,480", "en", "3\u00a0480", "en", True),
        ("3,480", "en", "3\u202f480", None, True),
        ("3,480", "en", "3.480", "de", True),
        ("3,480", "en", "3.480", None, True),
        ("3,480", "en", "3.480", "en", False),
        ("3,480", "en", "3,480", "fr", False),
        ("3,480", "en", "3’480", "de", True),
        ("3,480", "en", "3480", "en", True),
        ("3,480", "en", "3481", "en", False),
        ("3 480", "en", "3,480", "en", True),
        ("3.48 million", "en", "3,48 Millionen", "de", True),
        ("3.48 million", "en", "3 480 000", "ru", True),
        ("3.5", "en", "3,5", "ru", True),
        ("1,234,567", "en", "1.234.567", "es", True),
        ("12,34,567", "en", "1234567", None, True),
        ("1,234.5", "en", "1.234,5", "de", True),
        ("25%", "en", "25 Prozent", "de", True),
        ("25%", "en", "25 процентов", "ru", True),
        ("25%", "en", "25", "en", False),
        ("ninety-four", "en", "94", "en", True),
    ],
)
def test_a_number_is_one_however_it_is_written(printed, language, text, other, same):
    [number] = numbers_in(printed, language)
    assert is_among(number, numbers_in(f"about {text} of them", other)) is same


def test_a_plain_space_may_part_two_numbers():
    [both] = numbers_in("94 480", "en")
    assert is_among(both, numbers_in("94 and 480", "en")) and is_among(both, numbers_in("94480", "en"))
    assert not is_among(both, numbers_in("94", "en"))


def test_days_are_days_and_years_are_years():
    assert [number.values for number in dates_as_numbers("2026-02-18~")] == [(Decimal(2026),)]
    assert [number.is_day for number in dates_as_numbers("2026-02-18", with_days=True)] == [False, True, True]
    assert [number.is_dated for number in numbers_in("18 February, February 18, the 18th of May, 18 states", "en")] == [
        True,
        True,
        True,
        False,
    ]


def test_the_day_of_a_source_backs_no_count(folder: Folder) -> None:
    """The source is of 6 May 2024; six of something is another matter."""
    folder.change(
        "briefs/lifts.yaml", "Some stations are step-free.", "On 6 May 2024 some stations, 6 of them, were step-free."
    )
    result = folder.run("check", "briefs/lifts.yaml")
    assert result.rules == ["untraced-number"] and "'6': nothing" in result.err and ":43:" not in result.err


def test_rules_and_manifest_read_the_same(folder: Folder) -> None:
    folder.change(
        "seeds/texts/transit.txt", "Another 1,061 platforms are.", "Another 1 061 platforms are, and 3.480 seats."
    )
    folder.change(
        "briefs/lifts.yaml",
        "Some stations are step-free. [@step-free]",
        "Now 1,061 platforms and 3,480 seats are. [@transit-2024]",
    )
    assert folder.run("check", "briefs/lifts.yaml").rules == []
    assert folder.render().status == 0
    manifest = Manifest.model_validate_json(PdfReader(folder.root / "output/lifts.pdf").attachments["manifest.json"][0])
    verdicts = {number.text: number.verdict for number in manifest.record.numbers if number.where == "section Access"}
    assert verdicts == {"1,061": "in-source-text", "3,480": "in-source-text"}


@pytest.mark.parametrize(
    "words",
    ["In May the plan stopped", "A source of the works is known", "The city holds the plan", "The plan of 5 May 2030"],
)
def test_months_and_nouns_attribute_nothing(folder: Folder, words: str) -> None:
    folder.change(
        "briefs/lifts.yaml",
        "Some stations are step-free. [@step-free]",
        f"{words}, and it is there for all to see now. [@plan-2030]",
    )
    assert "contested-stated-flat" in folder.run("check", "briefs/lifts.yaml").rules


@pytest.mark.parametrize(
    "words", ["The plan may have stopped", "The city says that it has a plan", "Riders doubt the plan"]
)
def test_doubt_and_attribution_still_do(folder: Folder, words: str) -> None:
    folder.change("briefs/lifts.yaml", "Some stations are step-free. [@step-free]", f"{words}. [@plan-2030]")
    assert "contested-stated-flat" not in folder.run("check", "briefs/lifts.yaml").rules


@pytest.mark.parametrize("at", ["the table", "a field"])
def test_how_numbers_were_computed_is_printed(folder: Folder, at: str) -> None:
    folder.change("seeds/tables/access.yaml", "1061]", "1062]")
    assert folder.run("check", "briefs/lifts.yaml").rules == ["unsourced-number"]
    if at == "the table":
        folder.change(
            "seeds/tables/access.yaml", "source: transit-2024", "source: transit-2024\nderived: counted by us."
        )
        printed = "Computed: counted by us."
    else:
        folder.change("seeds/tables/access.yaml", "unit: number", "unit: number, derived: counted by us")
        printed = "Computed: Stations: counted by us."
    assert folder.run("check", "briefs/lifts.yaml").rules == []
    assert folder.render("briefs/lifts.yaml", "--format", "html").status == 0
    assert printed in (folder.root / "output/lifts.html").read_text(encoding="utf-8")


def test_one_warning_a_table_names_its_numbers(folder: Folder) -> None:
    folder.change(
        "seeds/tables/access.yaml", "[Street to train, 94]", "[Street to train, 95], [Nothing 7, 96], [Sum, 97]"
    )
    folder.change("seeds/tables/access.yaml", "1061]", "1062]")
    result = folder.run("check", "briefs/lifts.yaml")
    assert result.rules == ["unsourced-number"]
    assert "'95', '7', '96', '97', '1062' do not stand in 'transit-2024'" in result.err


@pytest.mark.parametrize(
    "text",
    [
        "It meets ISO 9001 and EN 81-70.",
        "Regulation (EU) 2019/881 and Directive 2014/33 hold.",
        "See Article 5(2), § 7, No. 12 and version 2.1.",
        "Ring phone 112 at 14:30; DOI 10.1234/abcd.",
    ],
)
def test_numbers_of_norms_laws_and_clocks_count_nothing(text: str) -> None:
    assert numbers_in(text, "en") == ()


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("under the law 25 states leave", 25),
        ("GDP 5.2 per cent", Decimal("5.2")),
        ("a ratio of 10:15", 10),
        ("Law 5 % of all", 5),
    ],
)
def test_other_numbers_count(text: str, value: Decimal) -> None:
    assert numbers_in(text, "en")[0].value == value
