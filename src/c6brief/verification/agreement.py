"""What a printed file says twice, held against each other.

Whoever changes a file can compute every hash and the seal anew. What is left to find then is where the file contradicts
itself: the manifest's rows and the attached data, its prose and the pages, its record and the strength that follows from
it, the properties and the metadata. All is told as ``file-disagrees``, with the two places that do not agree.
"""

from __future__ import annotations

import csv
import hashlib
import io
from collections.abc import Iterator
from itertools import pairwise
from xml.etree import ElementTree

from c6brief.brief.record import Record, UsedStatement
from c6brief.documents.problems import Problems, quote, quote_name
from c6brief.evidence.dates import can_all_hold
from c6brief.evidence.folding import fold
from c6brief.evidence.strength import Strength
from c6brief.manifest.embedded_files import EmbeddedFile
from c6brief.manifest.model import MOST_ROWS, Manifest
from c6brief.manifest.package import find_prose, find_rows
from c6brief.verification.printed_file import PrintedFile

MOST_REPORTED = 12

_STRENGTH = ("backing", "contested", "qualified", "conflict", "undated", "derived")
"""What the record states of a statement's strength."""

_DUBLIN_CORE = "{http://purl.org/dc/elements/1.1/}"
_PDF = "{http://ns.adobe.com/pdf/1.3/}"
_LISTED = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}li"


def check_agreement(manifest: Manifest, file: PrintedFile, problems: Problems) -> None:
    """Check that what the file says twice agrees. Problem: ``file-disagrees``."""
    hint = "one of the two was changed after printing"
    found = list(dict.fromkeys(_find_disagreements(manifest, file)))
    for what in found[:MOST_REPORTED]:
        problems.error("file-disagrees", f"the file contradicts itself: {what}", file.place(), hint)
    if len(found) > MOST_REPORTED:
        message = f"the file contradicts itself in {len(found) - MOST_REPORTED} more places"
        problems.error("file-disagrees", message, file.place(), hint)


def _find_disagreements(manifest: Manifest, file: PrintedFile) -> Iterator[str]:
    yield from _compare_attachments(manifest, {each.name: each for each in file.files})
    yield from _compare_pages(manifest, file)
    yield from _compare_record(manifest.record)
    yield from _compare_sources(manifest.record)
    yield from _compare_properties(manifest, file)


def _compare_attachments(manifest: Manifest, files: dict[str, EmbeddedFile]) -> Iterator[str]:
    own = {figure.data for figure in manifest.figures} | {table.data for table in manifest.tables}
    own.add(f"{manifest.brief.id}.yaml")
    for attached in manifest.attachments:
        each = files.get(attached.name)
        if each is None or each.name not in own:
            continue  # told as missing; or attached by a template, through WeasyPrint, which describes it as it likes
        measured = (len(each.data), hashlib.md5(each.data, usedforsecurity=False).digest())
        if (each.size, each.checksum) != measured or attached.size != len(each.data):
            yield f"size or checksum of attachment {quote_name(each.name)} are not its own"
        if (attached.description, attached.media_type) != (each.description, each.media_type):
            yield f"attachment {quote_name(each.name)} is described otherwise than in the manifest"
    for figure in manifest.figures:
        each = files.get(figure.data)
        if figure.data and each is None:
            yield f"figure {quote_name(figure.number)} names the data {quote_name(figure.data)}, which is not attached"
        if each is None:
            continue
        columns, *rows = _read_csv(each.data) or [()]
        if columns != figure.columns or (rows != list(figure.rows) and not (len(rows) > MOST_ROWS and not figure.rows)):
            yield f"figure {quote_name(figure.number)}: its rows in the manifest are not those of {quote_name(each.name)}"
        if each.figure != figure.tied or (figure.tied and fold(each.alt).text != fold(figure.alt).text):
            yield f"figure {quote_name(figure.number)}: its alternative text in the manifest is not the one that is read aloud"
        if not each.description.endswith(f"figure {figure.number}: {figure.title}"):
            yield f"figure {quote_name(figure.number)}: its title is not the one that {quote_name(each.name)} is described by"
    specification = files.get(f"{manifest.brief.id}.yaml")
    digests = {each.sha256 for each in manifest.inputs}
    if specification is not None and hashlib.sha256(specification.data).hexdigest() not in digests:
        yield f"the attached specification {quote_name(specification.name)} is not among the files that the printing read"


def _compare_pages(manifest: Manifest, file: PrintedFile) -> Iterator[str]:
    letters = [page.letters for page in file.pages]
    if [page.number for page in manifest.pages] != list(range(1, len(manifest.pages) + 1)):
        yield "pages are numbered otherwise in the manifest"
    if manifest.prose is not None:
        for block, on in zip(manifest.prose, find_prose(manifest.prose, letters), strict=True):
            if block.pages is not None and block.pages != on:
                yield f"{quote(block.text)} does not stand on the pages as the manifest says"
    for table in manifest.tables:
        if table.pages is None:
            continue
        found = find_rows(table, letters)
        for number, row in enumerate(table.rows):
            if table.pages[number : number + 1] != found[number : number + 1]:
                yield f"row {number + 1} of table {table.number}, {quote(' '.join(row))}, does not stand on the pages"


def _compare_record(record: Record) -> Iterator[str]:
    sources = {source.id: source for source in record.sources}
    passages = {passage.id: passage for passage in record.passages}
    for passage in record.passages:
        source = sources.get(passage.source)
        if source is not None and passage.grade != source.grade:
            was, own = (quote_name(each.grade) if each.grade else "none" for each in (passage, source))
            yield f"passage {quote_name(passage.id)} has the grade {was}, its source {own}"
    for statement in record.statements:
        for account in statement.accounts:
            rests_on = passages.get(account.passage)
            if rests_on is not None and rests_on.source != account.source:
                taken = quote_name(account.passage)
                yield f"{quote_name(statement.id)} takes passage {taken} from another source than it stands in"
        speak = {
            passages[each.passage].voice
            for each in statement.accounts
            if each.stance == "supports" and each.passage in passages
        }
        if all(each.passage in passages for each in statement.accounts) and not set(statement.voices) <= speak:
            yield f"{quote_name(statement.id)} has voices that none of its accounts has"
        found = _strength_of(statement)
        if any(getattr(found, name) != getattr(statement, name) for name in _STRENGTH):
            yield f"the strength of {quote_name(statement.id)} is not the one that follows from its accounts"


def _strength_of(statement: UsedStatement) -> Strength:
    """The strength that follows from the accounts of a statement."""
    stances = {account.stance for account in statement.accounts}
    dated = [account for account in statement.accounts if account.date]
    return Strength(
        voices=statement.voices,
        is_supported="supports" in stances,
        contested="disputes" in stances,
        qualified="qualifies" in stances,
        conflict=not can_all_hold(account.date for account in dated),
        undated=statement.kind == "event" and not dated,
        derived=any(account.basis == "derived" for account in dated),
    )


def _compare_sources(record: Record) -> Iterator[str]:
    """Passages of one source: what they say of its text, character by character."""
    for source in record.sources:
        characters, in_source = dict[int, str](), quote_name(source.id)
        passages = sorted(
            (each for each in record.passages if each.source == source.id), key=lambda each: each.selector[1].start
        )
        for passage in passages:
            (quoted, position), name = passage.selector, quote_name(passage.id)
            if position.end - position.start != len(quoted.exact) or position.end > source.text_characters:
                yield f"passage {name} is not as long as its place in {in_source}"
                continue
            text = quoted.prefix + quoted.exact + quoted.suffix
            begin = position.start - len(quoted.prefix)
            if any(characters.setdefault(at, char) != char for at, char in enumerate(text, begin)):
                yield f"passage {name} has other words of {in_source} than a passage beside it"
        for one, other in pairwise(passages):
            if one.paragraph > other.paragraph:
                both = f"{quote_name(one.id)} and {quote_name(other.id)}"
                yield f"passages {both} stand in paragraphs of another order than in {in_source}"


def _compare_properties(manifest: Manifest, file: PrintedFile) -> Iterator[str]:
    stated, packet = file.properties, _read_metadata(file.metadata)
    for key, name in (("/Title", "title"), ("/Author", "authors"), ("/Subject", "subject"), ("/Keywords", "keywords")):
        if packet is not None and key in stated and stated[key].split() != packet[name].split():
            yield f"the document's properties have another {name} than its metadata (XMP)"
    if any(each.path.startswith("templates/") for each in manifest.inputs):
        return  # a template of the project's own may give another title
    for words, key, name in (
        (manifest.brief.title, "/Title", "title"),
        (manifest.brief.subtitle, "/Subject", "subtitle"),
        (manifest.brief.language, "/Lang", "language"),
    ):
        if words and key in stated and fold(stated[key]).text != fold(words).text:
            yield f"the document's properties have another {name} than the manifest"


def _read_metadata(packet: bytes) -> dict[str, str] | None:
    """What XMP says of a document, as its properties would; ``None`` where it cannot be read."""
    try:
        root = ElementTree.fromstring(packet.decode("utf-8")) if b"<!" not in packet else None
    except (ElementTree.ParseError, UnicodeError):
        root = None
    if root is None:
        return None

    def items(tag: str) -> list[str]:
        return [each.text or "" for found in root.iter(tag) for each in found.iter(_LISTED)]

    return {
        "title": "".join(items(f"{_DUBLIN_CORE}title")),
        "authors": ", ".join(items(f"{_DUBLIN_CORE}creator")),
        "subject": "".join(items(f"{_DUBLIN_CORE}description")),
        "keywords": "".join(each.text or "" for each in root.iter(f"{_PDF}Keywords")),
    }


def _read_csv(data: bytes) -> list[tuple[str, ...]]:
    try:
        return [tuple(row) for row in csv.reader(io.StringIO(data.decode("utf-8"), newline=""), strict=True)]
    except (UnicodeError, csv.Error):
        return []
