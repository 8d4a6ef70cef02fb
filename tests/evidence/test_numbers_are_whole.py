"""A number is one word with its sign, grouping, decimals, currency, scale, unit, ratio, range and bound."""

from __future__ import annotations

import pytest

from c6brief.evidence.matching import SourceText

CUT: list[tuple[str, list[str]]] = [
    ("It grew by 25 per cent in May", ["grew by 25", "It grew by 25."]),
    ("It cost $5 million then", ["5 million then", "It cost $5", "million then"]),
    ("It cost US$5.2bn then", ["It cost US$5", "5.2bn", "It cost US$5.2", "S$5.2bn", "$5.2bn"]),
    ("It cost 5.2 billion dollars then", ["It cost 5.2", "It cost 5.2 billion"]),
    ("It cost EUR 5,000,000 then", ["It cost EUR 5", "EUR 5,000", "5,000,000"]),
    ("It cost 5 000 000 then", ["It cost 5", "5 000", "000 000"]),
    ("It cost 5\u202f000 then", ["It cost 5"]),
    ("It is 1'000'000 now", ["It is 1"]),
    ("rose by 1.5–2 per cent today", ["rose by 1.5", "2 per cent", "rose by 1.5–2"]),
    ("from 5 to 10 per cent today", ["from 5 to 10"]),
    ("between 5 and 10 per cent", ["between 5 and 10"]),
    ("up to −3 °C at night", ["3 °C at night", "3 °C"]),
    ("a −5 % fall", ["5 % fall"]),
    ("about ±3 points", ["3 points"]),
    ("over >50 firms", ["50 firms"]),
    ("about ~50 firms", ["50 firms"]),
    ("10–12 March 2024", ["10", "12 March 2024"]),
    ("10:30 on Monday", ["10", "It is 10", "30 on Monday"]),
    ("on 3/4 of roads", ["3", "on 3"]),
    ("2½ hours passed", ["2", "hours passed 2"]),
    ("an area of 10² km", ["an area of 10"]),
    ("by 3x more", ["by 3"]),
    ("it is 5-fold", ["it is 5", "it is 5-"]),
    ("a 40-year plan", ["a 40", "year plan"]),
    ("at No. 5a there", ["at No. 5"]),
    ("the G20 met", ["the G", "20 met"]),
    ("the COVID-19 wave", ["the COVID", "19 wave"]),
    ("his 1990s plan", ["his 1990"]),
    ("the 5th plan", ["the 5"]),
    ("5,5 млн тонн зерна", ["5,5 млн", "5,5"]),
    ("выросли на 40 % за год", ["выросли на 40"]),
    ("на 40 процентов", ["на 40"]),
    ("на 40-50 процентов", ["на 40", "на 40-50", "50 процентов"]),
    ("1,2 mlrd. so'm ajratildi", ["1,2", "1,2 mlrd."]),
    ("40 faiz artdı", ["40"]),
    ("yüzde 40 arttı", ["40 arttı"]),
    ("% 40 arttı", ["40 arttı"]),
    ("%40 arttı", ["40 arttı"]),
    ("40%-ке өсті", ["40"]),
    ("40 пайызға өсті", ["40"]),
    ("5 Mrd. Euro kostete es", ["5", "5 Mrd.", "5 Mrd"]),
    ("5,5 Millionen Euro", ["5,5", "5,5 Millionen"]),
    ("no 5 million and no 6", ["no 5"]),
    ("number is 1.234,56 now", ["number is 1.234", "1.234", "234,56 now"]),
    ("version 3.11.7 is", ["version 3.11", "version 3"]),
    ("tel. 7 (495) 123-45", ["tel. 7 (495) 123"]),
    ("£5m was paid", ["£5", "5m was paid"]),
    ("₸5 mln to‘landi", ["₸5"]),
    ("5€ each", ["5"]),
    ("5 € each", ["5"]),
    ("5 kWh each", ["5", "it 5"]),
    ("5 km/h each", ["5 km", "5"]),
    ("5 km² each", ["5 km", "5"]),
    ("5 sq. km each", ["5 sq"]),
    ("twenty-five people", ["twenty", "five people"]),
    ("3.5% of GDP", ["3.5", "3"]),
    ("3.5 percentage points", ["3.5", "3.5 percent", "3.5 percentage"]),
    ("5 degrees Celsius", ["5", "5 degrees"]),
    ("a 2:1 vote", ["a 2", "1 vote"]),
    ("5+ years", ["5"]),
    ("≥ 5 years old", ["5 years old"]),
    ("<= 5 years old", ["5 years old"]),
    (">= 5 years old", ["5 years old"]),
    ("H2O and CO2 are", ["H", "CO", "H2"]),
    ("$1–2 trillion", ["$1", "2 trillion", "$1–2"]),
    ("100 000–200 000 people", ["100 000", "200 000 people", "100"]),
    ("5 × 10⁶ units", ["5", "5 × 10"]),
    ("5 times as many", ["It 5", "5"]),
    ("5-6 раз больше", ["5-6", "6 раз"]),
    ("на 5,5 п.п. выше", ["на 5,5"]),
    ("3 млн 200 тыс. тонн", ["3 млн", "200 тыс. тонн", "3 млн 200"]),
    ("The C5+1 met", ["The C5", "1 met"]),
]

WHOLE: list[tuple[str, list[str]]] = [
    ("The plan of 2024 was made", ["The plan of 2024", "2024 was made", "The plan of 2024."]),
    ("In article 5 it says", ["In article 5", "article 5"]),
    ("We met on 3 March 2026 here", ["on 3 March 2026", "We met on 3 March 2026,"]),
    ("There are 94 stations in all", ["There are 94 stations"]),
    ("He has 5 dogs and 6 cats", ["5 dogs", "5 dogs and 6"]),
    ("In 2024, 5 states joined", ["In 2024", "5 states joined", "In 2024,"]),
    ("By 2030. The rest comes", ["By 2030.", "By 2030"]),
    ("Growth was 5 per cent. Then", ["Growth was 5 per cent.", "Growth was 5 per cent"]),
    ("from 2024 to 2025 it grew", ["from 2024 to 2025"]),
    ("see pages 5, 6 and 7 here", ["see pages 5, 6 and 7", "see pages 5, 6"]),
    ("the years 2024, 2025 and 2026", ["the years 2024", "2025 and 2026"]),
    ("In 1991 Kazakhstan", ["In 1991", "Kazakhstan"]),
    ("It is 5 p.m. now", ["It is 5 p.m. now"]),
    ("the 1990s were hard", ["the 1990s were hard", "the 1990s"]),
    ("5 m people live there", ["5 m people"]),
    ("Day 1 was long", ["Day 1"]),
    ("Chapter 3 tells", ["Chapter 3"]),
    ("The C5 and the C5+1 met", ["The C5 and", "the C5+1 met"]),
    ("the B5+1 forum", ["the B5+1 forum"]),
    ("(25%) of it", ["25%", "25%) of it", "(25%)"]),
    ("“25%” of it", ["25%"]),
    ("It rose 25 %", ["It rose 25 %", "It rose 25\u00a0%"]),
    ("in 1 200 towns", ["1 200 towns", "in 1\u00a0200 towns"]),
    ("It is 5, and more", ["It is 5,", "It is 5", "It is 5."]),
    ("Items: 1. a; 2. b", ["2. b"]),
    ("on 1 January 2024 5 states", ["on 1 January 2024"]),
    ("В 2024 году вырос", ["В 2024 году", "вырос"]),
    ("2024 жылы өсті", ["2024 жылы өсті"]),
    ("He said it in 2024 in May", ["He said it in 2024"]),
    ("there were 5 in all", ["there were 5", "5 in all"]),
    ("there were 5 a day", ["there were 5"]),
    ("there were 5 at the table", ["there were 5"]),
    ("there were 5 v. 6", ["there were 5"]),
    ("The 6 minus 5 rule", ["The 6"]),
]


@pytest.mark.parametrize(("text", "pieces"), CUT)
def test_no_number_is_cut(text: str, pieces: list[str]) -> None:
    source = SourceText(text)
    assert [piece for piece in pieces if source.find(piece)] == []
    assert len(source.find(text)) == 1


@pytest.mark.parametrize(("text", "pieces"), WHOLE)
def test_whole_numbers_and_what_is_counted_may_be_quoted(text: str, pieces: list[str]) -> None:
    source = SourceText(text)
    assert [piece for piece in pieces if len(source.find(piece)) != 1] == []


def test_the_refusal_names_the_number() -> None:
    hint = SourceText("It needs 40 % more.").explain("It needs 40")
    assert hint == "a quotation begins and ends with whole words and numbers: '40 %' is one"
