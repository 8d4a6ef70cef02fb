"""JSON is read with a place for every value, and a text that is none is told where it goes wrong."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from c6brief.documents.document import Document
from c6brief.documents.jsontext import ItemNode, compose_json
from c6brief.documents.problems import Problems

VALUES = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(10**17), 10**17)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=20,
)


def read(text: str) -> tuple[Document | None, list[str]]:
    problems = Problems()
    document = compose_json(text, Path("sources.json"), problems)
    return document, [str(problem) for problem in problems]


@given(VALUES, st.sampled_from([None, 2, "\t"]), st.booleans())
def test_what_another_program_writes_is_read(value: object, indent: str | int | None, ascii: bool) -> None:
    document, problems = read(json.dumps(value, indent=indent, ensure_ascii=ascii))
    assert document is not None and not problems
    assert document.root.to_plain() == value
    for node in document.root.value if isinstance(document.root.value, list) else []:
        assert node.value is not None or node.to_plain() is None  # positions found when they are asked for
    assert document.root.to_plain() == value


def test_places_are_those_in_the_file() -> None:
    document, _ = read('[\n\t{"id": "a", "issued": {"date-parts": [[2019, 4]]}},\n\t{"title": "\\ud83d\\ude80 x"}\n]')
    assert document is not None
    assert isinstance(document.root.value[0], ItemNode)
    place = document.place((0, "issued", "date-parts", 0, 1))
    assert (place.span.line, place.line_text[place.span.column - 1 : place.span.end_column - 1]) == (2, "4")
    place = document.place((1, "title"), key=True)
    assert (place.span.line, place.span.column) == (3, 3)
    title = document.root.find((1, "title"))
    assert title is not None and title.value == "🚀 x"


@pytest.mark.parametrize(
    ("text", "place", "rule", "words"),
    [
        ("[", "1:2", "json-syntax", "was it cut?"),
        ('[{"a": 1,}]', "1:9", "json-syntax", "leave it out"),
        ('[{"a": 1 "b": 2}]', "1:10", "json-syntax", "a comma is missing"),
        ('[\n{"a": 1, "a": 2}]', "2:10", "duplicate-key", "first on line 2"),
        ('[{"a": NaN}]', "1:8", "json-syntax", "quotation marks"),
        ("['a']", "1:2", "json-syntax", "double ones"),
        ("[{a: 1}]", "1:3", "json-syntax", '"key": …'),
        ('["a', "1:2", "json-syntax", "not closed"),
        ('["\\x"]', "1:3", "json-syntax", "\\\\ for a backslash"),
        ('[{"a": "\\ud83d"}]', "1:8", "json-syntax", "half of a \\u pair"),
        ("{} {}", "1:4", "json-syntax", "one list"),
        ("[// x\n1]", "1:2", "json-syntax", "JSON has none"),
        ("[" * 100_000, "1:41", "json-depth", "40 levels"),
        ('[{"a": ' * 100_000, "1:", "json-depth", "40 levels"),
        ("", "1:1", "json-syntax", "a value is missing"),
    ],
)
def test_what_is_no_json_is_told_where_it_stands(text: str, place: str, rule: str, words: str) -> None:
    document, problems = read(text)
    assert document is None
    assert len(problems) == 1
    assert problems[0].startswith(f"sources.json:{place}") and f"error[{rule}]" in problems[0] and words in problems[0]
