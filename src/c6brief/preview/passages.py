"""What the pages rest on: the sources and their words behind notes, quotations, claims, figures and tables.

All of it is in the manifest that the PDF carries, but for the paragraphs around the words of sources. These are taken
from the texts of the sources, where a text has the hash that is in the manifest.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import asdict
from typing import Any, TypedDict

from c6brief.brief.model import MarkName
from c6brief.brief.notes import MARKS, SIGNS
from c6brief.brief.record import UsedPassage, UsedSource, UsedStatement
from c6brief.evidence.matching import SourceText
from c6brief.evidence.strength import BACKINGS
from c6brief.manifest.model import Manifest
from c6brief.preview.places import Box

WORDS: dict[MarkName, str] = {
    "two-voices": "two voices",
    "one-voice": "one voice",
    "voice-not-stated": "voice not stated",
    "unsupported": "unsupported",
    "accounts-differ": "accounts differ",
    "derived-date": "derived date",
}
"""The words of marks. The preview is in English."""


class ItemEvidence(TypedDict):
    """What one item rests on, as plain values for JSON."""

    statements: list[dict[str, Any]]
    passages: list[dict[str, Any]]
    sources: list[dict[str, Any]]
    marks: list[MarkName]


def read_items(
    manifest: Manifest,
    cited: Mapping[str, Sequence[str]],
    texts: Mapping[str, SourceText],
    notes: Mapping[str, list[Box]],
    figures: Mapping[str, Box],
    printed: Sequence[list[Box]],
    tables: Mapping[str, list[Box]],
    anchors: Mapping[str, int],
) -> list[dict[str, Any]]:
    """The items of all pages in the order of reading, as plain values for JSON.

    ``cited`` are the ids of the entries that a note or figure rests on, by anchor. Boxes are given of ``notes`` by
    anchor, of ``figures`` by alternative text, of ``printed`` quotations in the order of the manifest, and of
    ``tables`` by id. ``anchors`` are the pages of figures, also of those whose box is not known.
    """
    index = _RecordIndex(manifest, texts)
    items = [
        _item(anchor, f"Note {anchor.removeprefix('note-')}", "note", index.of(cited.get(anchor, ())), boxes)
        for anchor, boxes in notes.items()
    ]
    claims: dict[str, list[Box]] = {}
    for number, (each, boxes) in enumerate(zip(manifest.printed, printed, strict=True)):
        passage = index.passages[each.passage]
        if each.form == "claim":
            claims.setdefault(passage.entry, []).extend(boxes or _boxes_at_end(each.pages))
            continue
        marks = _marks((), [passage.voice])
        evidence = ItemEvidence(statements=[], passages=[index.passage(passage)], sources=[], marks=marks)
        key = f"quotation-{number + 1}"
        items.append(_item(key, f"“{each.words}”", "quotation", evidence, boxes or _boxes_at_end(each.pages)))
    items += [
        _item(f"claim-{id}", index.statements[id].words, "claim", index.of([id]), boxes)
        for id, boxes in claims.items()
        if id in index.statements
    ]
    for figure in manifest.figures:
        anchor = f"figure-{figure.id}"
        evidence = index.of(cited.get(anchor, ()))
        if not evidence["statements"] and not evidence["passages"]:
            evidence = index.of(figure.sources)
        pages = [anchors[anchor]] if anchor in anchors else []
        at = [figures[figure.alt]] if figure.alt in figures else _boxes_at_end(pages)
        items.append(_item(anchor, f"Figure {figure.number}: {figure.title}", "figure", evidence, at))
    for table in manifest.tables:
        evidence = index.of([table.source] if table.source else [])
        title = f"Table {table.number}: {table.title}"
        items.append(_item(f"table-{table.id}", title, "table", evidence, tables.get(table.id, [])))
    items = [item for item in items if item["boxes"]]
    return sorted(items, key=lambda item: (item["boxes"][0]["page"], item["boxes"][0]["top"], item["boxes"][0]["left"]))


def _item(key: str, title: str, kind: str, evidence: ItemEvidence, boxes: list[Box]) -> dict[str, Any]:
    signs = [{"name": mark, "sign": SIGNS[mark], "word": WORDS[mark]} for mark in evidence["marks"]]
    return {
        "key": key,
        "title": title,
        "kind": kind,
        "marks": signs,
        "statements": evidence["statements"],
        "passages": evidence["passages"],
        "sources": evidence["sources"],
        "boxes": [asdict(box) for box in boxes],
    }


def _boxes_at_end(pages: Sequence[int]) -> list[Box]:
    """Boxes without size at the end of these ``pages``, for an item whose place on them is not known."""
    return [Box(page, 0, 100, 0, 0) for page in pages]


def _marks(statements: Sequence[UsedStatement], voices: Collection[str]) -> list[MarkName]:
    """The marks of what is cited together, as its note prints them: those of the weakest statement or quotation.

    ``voices`` are those of the quotations, empty where none is stated. Sources have no strength.
    """
    backings = [each.backing for each in statements]
    backings += ["single voice" if voice else "voice not stated" for voice in voices]
    if not backings:
        return []
    least = max(backings, key=BACKINGS.index)
    if least != "unsupported" and any(each.contested or each.conflict for each in statements):
        return ["accounts-differ"]
    marks = [MARKS[least]]
    return [*marks, "derived-date"] if any(each.derived for each in statements) else marks


class _RecordIndex:
    """The record of a manifest, by id."""

    def __init__(self, manifest: Manifest, texts: Mapping[str, SourceText]) -> None:
        record = manifest.record
        self.texts = texts
        self.sources: dict[str, UsedSource] = {source.id: source for source in record.sources}
        self.passages: dict[str, UsedPassage] = {passage.id: passage for passage in record.passages}
        self.statements: dict[str, UsedStatement] = {statement.id: statement for statement in record.statements}
        self._of_entry: dict[str, list[UsedPassage]] = {}
        for passage in record.passages:
            self._of_entry.setdefault(passage.entry, []).append(passage)

    def of(self, ids: Sequence[str]) -> ItemEvidence:
        """What the entries of these ids are: statements with their accounts, quotations, and sources."""
        statements = [self.statements[id] for id in ids if id in self.statements]
        quotations = [each for id in ids if id not in self.statements for each in self._of_entry.get(id, ())]
        sources = [self.sources[id] for id in ids if id in self.sources]
        voices = {passage.voice for passage in quotations}
        return ItemEvidence(
            statements=[self.statement(each) for each in statements],
            passages=[self.passage(each) for each in quotations],
            sources=[self.source(each) for each in sources],
            marks=_marks(statements, voices),
        )

    def statement(self, statement: UsedStatement) -> dict[str, Any]:
        """An event or claim with its marks and its accounts."""
        accounts = [
            {"stance": each.stance, "date": each.date, "basis": each.basis, **self.passage(self.passages[each.passage])}
            for each in statement.accounts
            if each.passage in self.passages
        ]
        return {
            "words": statement.words,
            "kind": statement.kind,
            "marks": _marks([statement], ()),
            "accounts": accounts,
        }

    def passage(self, passage: UsedPassage) -> dict[str, Any]:
        """Words of a source, with the rest of their paragraph before and after them."""
        source, (quote, position) = self.sources[passage.source], passage.selector
        before, after = f"…{quote.prefix}", f"{quote.suffix}…"
        text = self.texts.get(source.id)
        if text is not None and text.sha256 == source.text_sha256:
            paragraph = text.paragraphs[passage.paragraph - 1]
            begin, end = position.start - paragraph.start, position.end - paragraph.start
            before, after = paragraph.text[:begin], paragraph.text[end:]
        return {
            "source": self.source(source),
            "speaker": passage.speaker,
            "paragraph": passage.paragraph,
            "quoted": passage.quoted if passage.match != "verbatim" else "",
            "before": before,
            "exact": quote.exact,
            "after": after,
        }

    def source(self, source: UsedSource) -> dict[str, Any]:
        """What is shown of a source."""
        return {
            "label": source.label,
            "reference": source.reference or str(source.csl.get("title", source.id)),
            "grade": source.grade,
            "voice": source.voice_name,
        }
