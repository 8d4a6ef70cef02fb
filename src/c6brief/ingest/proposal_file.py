"""``proposals/NAME.yaml``: what is proposed from a source, in sections named as in ``seeds/``, for a person to edit."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field

import yaml

from c6brief.ingest.found import Findings, FoundClaim, FoundEvent, FoundPerson, FoundQuote, FoundTable
from c6brief.ingest.read_file import Metadata
from c6brief.ingest.tables import short

LONGEST_ID = 48
"""Characters of an id that is made from words."""

_SMALL = frozenset([
    "a", "an", "the", "of", "to", "in", "on", "at", "by", "for", "from", "with", "and", "or", "but", "is", "are", "was",
    "were", "be", "been", "has", "have", "had", "it", "its", "this", "that", "these", "those", "we", "i", "they", "he", "she",
    "our", "their", "not", "will", "would", "as", "than",
])  # fmt: skip

KEYS = {
    "title": "title",
    "author": "authors",
    "issued": "issued",
    "publisher": "publisher",
    "URL": "url",
    "language": "language",
}
"""Keys of CSL that an entry has, and the metadata that they come from."""


def slug(words: str, longest: int = LONGEST_ID) -> str:
    """An id made from ``words``: small letters and digits of whatever script, hyphens between."""
    plain = unicodedata.normalize("NFKD", words.casefold())
    plain = "".join(char for char in plain if not unicodedata.combining(char))
    plain = re.sub(r"['’‘ʼ]", "", unicodedata.normalize("NFC", plain))
    made = re.sub(r"[\W_]+", "-", plain).strip("-")
    return made if len(made) <= longest else made[:longest].rsplit("-", 1)[0].strip("-") or made[:longest].strip("-")


@dataclass
class Ids:
    """Ids that are free in an evidence base; each is given once."""

    taken: set[str] = field(default_factory=set)

    def new(self, words: str) -> str:
        """A free id made from ``words``; with a number where it is taken."""
        base = slug(words) or "item"
        made, number = base, 1
        while made in self.taken:
            number += 1
            made = f"{base}-{number}"
        self.taken.add(made)
        return made


@dataclass(frozen=True)
class Origin:
    """What proposals come from: the source's id, the name of the added file, the text below ``seeds/``, and its hash."""

    id: str
    file: str
    text: str
    sha256: str
    is_known: bool = False
    """Whether the base has a source of that id: then no entry for it is proposed."""


def write_proposals(origin: Origin, metadata: Metadata, found: Findings, taken: Collection[str]) -> str:
    """The YAML text of all proposals from one file. Ids are none of those ``taken``.

    Taken over as they are (``accept: true``) are the source, and quotations and tables without doubt; what wants words of
    our own (titles of events, statements) has ``accept: false``.
    """
    ids = Ids({*taken, origin.id})
    people = {person.name: person.id or ids.new(person.name) for person in found.people}
    lines = [
        f"# Proposed from {_comment(origin.file)}, whose text is seeds/{origin.text}. Nothing of it is evidence yet.",
        "# Edit it, set `accept: true` at what is right, and then: c6brief accept proposals/NAME.yaml",
        "# What is unsure says so. Titles and statements are the source's words: put them into yours.",
    ]
    if origin.is_known:
        lines += [
            f"# The base has the source '{origin.id}': give it custom: {{text: {origin.text}, sha256: {origin.sha256}}}"
        ]
    else:
        lines += ["", "sources:", *_item(_source(origin, metadata))]
    clear = {quote.person.name for quote in found.quotes if not quote.doubt}
    lines += _section("people", (_person(each, people, each.name in clear) for each in found.people if not each.id))
    lines += _section("quotes", (_quote(each, people, origin, ids) for each in found.quotes))
    lines += _section("events", (_event(each, origin, ids) for each in found.events))
    lines += _section("claims", (_claim(each, origin, ids) for each in found.claims))
    lines += _section("tables", (_table(each, origin, ids) for each in found.tables))
    return "\n".join(lines) + "\n"


def _section(kind: str, items: Iterator[list[str]]) -> list[str]:
    listed = [line for item in items for line in _item(item)]
    return ["", f"{kind}:", *listed] if listed else []


def _item(lines: Sequence[str]) -> list[str]:
    return [("  - " if number == 0 else "    ") + line for number, line in enumerate(lines)]


def _accept(is_accepted: bool) -> str:
    return f"accept: {'true' if is_accepted else 'false'}"


def _source(origin: Origin, metadata: Metadata) -> list[str]:
    unsure = "  # unsure: guessed"
    title = metadata.title or f"[Text of {origin.id}]"
    has_title = "title" not in metadata.unsure and metadata.title
    lines = [
        _accept(True),
        f"id: {scalar(origin.id)}",
        f"type: {metadata.type}" + (unsure if "type" in metadata.unsure else ""),
    ]
    lines.append(
        f"title: {scalar(title)}"
        + ("" if has_title else "  # unsure: the file does not say it" if not metadata.title else unsure)
    )
    for key, name in KEYS.items():
        value = getattr(metadata, name)
        if key == "title" or not value:
            continue
        mark = unsure if key in metadata.unsure or name in metadata.unsure else ""
        if key == "author":
            lines.append("author:")
            lines += [f"  - {{literal: {scalar(each)}}}{mark}" for each in value]
        else:
            lines.append(f"{key}: {scalar(value)}{mark}")
    missing = [key for key in ("author", "issued", "publisher", "URL") if not getattr(metadata, KEYS[key])]
    if missing:
        lines.append(f"# not found: {', '.join(missing)}")
    lines += ["custom:", f"  text: {scalar(origin.text)}", f"  sha256: {origin.sha256}"]
    return lines


def _person(person: FoundPerson, people: dict[str, str], is_clear: bool) -> list[str]:
    lines = [_accept(is_clear), f"id: {people[person.name]}", f"name: {scalar(person.name)}"]
    if person.role:
        lines.append(f"role: {scalar(person.role)}  # unsure: the words beside the name")
    return lines


def _quote(quote: FoundQuote, people: dict[str, str], origin: Origin, ids: Ids) -> list[str]:
    family = slug(quote.person.name.split()[-1])
    lines = [
        _accept(not quote.doubt),
        f"id: {ids.new(f'{family} {_key_words(quote.text)}')}",
        f"text: {scalar(quote.text)}",
    ]
    lines += [f"prefix: {scalar(quote.prefix)}"] if quote.prefix else []
    lines += [f"speaker: {people[quote.person.name]}" + (f"  # unsure: {_comment(quote.doubt)}" if quote.doubt else "")]
    return [*lines, f"source: {scalar(origin.id)}"]


def _event(event: FoundEvent, origin: Origin, ids: Ids) -> list[str]:
    title = short(event.title or event.exact)
    lines = [_accept(False), f"id: {ids.new(_key_words(title))}", f"title: {scalar(title)}"]
    lines += ["planned: true"] if event.is_planned else []
    lines += ["accounts:", f"  - source: {scalar(origin.id)}"]
    if event.date:
        lines.append(f"    date: {scalar(event.date)}")
    if event.is_derived and event.date:
        lines += ["    basis: derived", f"    note: {scalar(_sentence(event.note))}"]
    elif event.note:
        lines.append(f"    # no date: {_comment(event.note)}")
    lines += [f"    prefix: {scalar(event.prefix)}"] if event.prefix else []
    return [*lines, f"    exact: {scalar(event.exact)}"]


def _claim(claim: FoundClaim, origin: Origin, ids: Ids) -> list[str]:
    statement = re.sub(r"[\"“”„«»]", "", claim.exact)
    lines = [_accept(False), f"id: {ids.new(_key_words(statement))}", f"statement: {scalar(statement)}"]
    lines += ["accounts:", f"  - source: {scalar(origin.id)}"]
    lines += [f"    prefix: {scalar(claim.prefix)}"] if claim.prefix else []
    return [*lines, f"    exact: {scalar(claim.exact)}"]


def _table(table: FoundTable, origin: Origin, ids: Ids) -> list[str]:
    names = Ids()
    lines = [_accept(table.is_headed), f"id: {ids.new(_key_words(table.title))}", f"title: {scalar(table.title)}"]
    lines += [f"source: {scalar(origin.id)}", "fields:"]
    for each in table.fields:
        name = names.new(slug(each.title, 24) or "column")
        group = f", groupChar: {scalar(each.group_char)}" if each.group_char else ""
        lines.append(f"  - {{name: {scalar(name)}, type: {each.type}, title: {scalar(each.title or name)}{group}}}")
    return [*lines, "rows:", *(f"  - [{', '.join(map(scalar, row))}]" for row in table.rows)]


def _key_words(words: str) -> str:
    """The first words that mean something, for an id."""
    found = [word for word in re.findall(r"\w[\w'’-]*", words) if word.casefold() not in _SMALL]
    return " ".join(found[:4] or words.split()[:4])


def _sentence(words: str) -> str:
    return words[:1].upper() + words[1:].rstrip(".") + "."


def _comment(words: str) -> str:
    return "".join(char if char.isprintable() else " " for char in words)


def scalar(text: str) -> str:
    """``text`` as a scalar of YAML, in double quotation marks."""
    return str(yaml.dump(text, default_style='"', allow_unicode=True, width=10**9)).rstrip("\n")
