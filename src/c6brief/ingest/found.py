"""What is proposed from a text: people, quotations, events, claims and tables, before they have ids and become YAML."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True)
class FoundPerson:
    """Somebody who is given words. ``id`` is that of the base, empty for one who is new."""

    name: str
    role: str = ""
    id: str = ""


@dataclass(frozen=True)
class FoundQuote:
    """Words that somebody says; ``doubt`` says why they may not be that person's, for a person to look at."""

    text: str
    person: FoundPerson
    start: int
    prefix: str = ""
    doubt: str = ""


@dataclass(frozen=True)
class FoundEvent:
    """A dated statement, in the source's words. ``date`` is EDTF; ``note`` says what it is counted from, if it is derived."""

    exact: str
    start: int
    date: str = ""
    is_derived: bool = False
    note: str = ""
    is_planned: bool = False
    prefix: str = ""
    title: str = ""


@dataclass(frozen=True)
class FoundClaim:
    """A statement with numbers, in the source's words."""

    exact: str
    start: int
    prefix: str = ""


@dataclass(frozen=True)
class FoundField:
    """A column: its heading, and the type that all of its cells have."""

    title: str
    type: str = "string"
    group_char: str = ""


@dataclass(frozen=True)
class FoundTable:
    """A table, or a list, which has one column. ``is_headed``: its columns have headings, or words lead to the list."""

    title: str
    fields: tuple[FoundField, ...]
    rows: tuple[tuple[str, ...], ...]
    start: int
    is_headed: bool = True


@dataclass(frozen=True)
class Findings:
    """All that is proposed from one text, in the order of the text."""

    people: tuple[FoundPerson, ...] = ()
    quotes: tuple[FoundQuote, ...] = ()
    events: tuple[FoundEvent, ...] = ()
    claims: tuple[FoundClaim, ...] = ()
    tables: tuple[FoundTable, ...] = field(default=())
