"""Tables and lists of a text, as tables of the evidence base."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from c6brief.evidence.matching import SourceText
from c6brief.ingest.found import FoundField, FoundTable
from c6brief.ingest.segments import Segment, items_of
from c6brief.ingest.statements import tables_with_segments

FEWEST_ITEMS = 2
MOST_COLUMNS = 20
LONGEST_TITLE = 90
"""Characters."""

_RULE = re.compile(r"[\s|:+-]+")


def find_tables(text: SourceText) -> Iterator[tuple[FoundTable, Segment]]:
    """The tables and the lists of two items and more, in order, each with where it stands."""
    for segment, before in tables_with_segments(text):
        if segment.kind == "table":
            table = _table(segment, before)
        else:
            table = _list(segment, before)
        if table is not None:
            yield table, segment


def _table(segment: Segment, before: str) -> FoundTable | None:
    rows = [_cells(line) for _, line in segment.lines if not _RULE.fullmatch(line)]
    if len(rows) < 2 or not 1 <= len(rows[0]) <= MOST_COLUMNS:
        return None
    head, *body = rows
    body = [row[: len(head)] + [""] * (len(head) - len(row)) for row in body]
    fields = tuple(_field(title, [row[at] for row in body]) for at, title in enumerate(head))
    title = (
        short(before) if before and len(before) <= LONGEST_TITLE else " and ".join(filter(None, (head[0], head[-1])))
    )
    return FoundTable(title, fields, tuple(map(tuple, body)), segment.lines[0][0], all(head))


def _list(segment: Segment, before: str) -> FoundTable | None:
    items = items_of(segment)
    if len(items) < FEWEST_ITEMS:
        return None
    lead = re.split(r"(?<=[.!?])\s+", before)[-1].rstrip(":").strip() if before else ""
    is_headed = before.endswith(":") or 0 < len(before) <= LONGEST_TITLE
    title = short(lead) or "List"
    return FoundTable(title, (FoundField(title),), tuple((item,) for item in items), segment.lines[0][0], is_headed)


def _cells(line: str) -> list[str]:
    return [" ".join(cell.replace("\\|", "|").split()) for cell in re.split(r"(?<!\\)\|", line.strip()[1:].rstrip("|"))]


def _field(title: str, cells: Sequence[str]) -> FoundField:
    known = [cell for cell in cells if cell]
    if known and all(re.fullmatch(r"(?:1[5-9]|2[01])\d\d", cell) for cell in known):
        return FoundField(
            title, "year" if re.search(r"(?i)year|jahr|année|год|since|joined|founded", title) else "integer"
        )
    if known and all(re.fullmatch(r"\d{4}-\d\d-\d\d", cell) for cell in known):
        return FoundField(title, "date")
    if known and all(re.fullmatch(r"[-−]?(?:0|[1-9]\d*)", cell) for cell in known):
        return FoundField(title, "integer")
    if known and all(re.fullmatch(r"[-−]?(?:0|[1-9]\d*)\.\d+|[-−]?(?:0|[1-9]\d*)", cell) for cell in known):
        return FoundField(title, "number")
    if known and all(re.fullmatch(r"(?:0|[1-9]\d{0,2})(?:,\d{3})*", cell) for cell in known):
        return FoundField(title, "integer", ",")
    return FoundField(title)


def short(words: str, longest: int = LONGEST_TITLE) -> str:
    """``words`` as a title: without marks of quotation, markup and full stop, cut behind a word."""
    words = re.sub(r"[\"“”„«»]", "", " ".join(words.split())).strip(" .,;:")
    if len(words) <= longest:
        return words
    return words[:longest].rsplit(" ", 1)[0].rstrip(" ,;:–—-") + " …"
