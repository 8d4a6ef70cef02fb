"""What the evidence base holds: one model for each kind of entry, as the analyst writes it.

Positions, paragraphs and strengths are computed; nobody writes them.
"""

from __future__ import annotations

import re
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BeforeValidator, ConfigDict, Field, model_validator
from pydantic_core import PydanticCustomError

from c6brief.documents.countries import Country
from c6brief.documents.entries import Entry, Identifier, ScalarText, SourceId, Strict
from c6brief.evidence.atoms import count_words
from c6brief.evidence.csl import UNDATED, CslName, CslText, Doi, Issued, Names, read_variables
from c6brief.evidence.dates import check_edtf

Stance = Literal["supports", "disputes", "qualifies"]
Basis = Literal["stated", "derived"]

Themes = tuple[Identifier, ...]
Date = Annotated[ScalarText, AfterValidator(check_edtf)]
"""An EDTF string (ISO 8601-2, https://www.loc.gov/standards/datetime/)."""

Value = str | int | float | bool | None
"""The value of a cell. Dates are ISO texts; a missing value is ``None``."""

UNSTATED = "unstated"
"""The scope of what a source says without saying of whom. It always exists."""


def _check_grade(value: Any) -> Any:
    if isinstance(value, str) and not (len(value) == 2 and value[0] in "ABCDEF" and value[1] in "123456"):
        raise PydanticCustomError(
            "bad-grade",
            f"'{value}' is no Admiralty code",
            {"hint": "A-F for the source, then 1-6 for the information: B2"},
        )
    return value


class EvidenceEntry(Entry):
    """The base of all entries of the evidence base. Ids are unique over all kinds."""

    id: Identifier


ADDRESS = re.compile(r"https?://[^\s/]+\.[^\s/]+")
"""How an address of the web begins that can be followed."""

FEWEST_REASON_WORDS = 3
"""Words of a reason, each counted once, letters alone not at all."""


def _check_reason(value: str) -> str:
    words = " ".join(dict.fromkeys(re.findall(r"\w{2,}", value.casefold())))
    if count_words(words) < FEWEST_REASON_WORDS:
        message = f"a reason has {FEWEST_REASON_WORDS} words or more: '{value}' tells a reader nothing"
        hint = "say how the two came by what they say: each sent a reporter of its own"
        raise PydanticCustomError("bad-value", "{message}", {"message": message, "hint": hint})
    return value


class Independence(Strict):
    """Why two sources that look like one voice are two."""

    of: SourceId = Field(description="the id of the other source")
    because: Annotated[str, AfterValidator(_check_reason)] = Field(
        description="the reason, in three words or more, which is printed in the list of sources"
    )


def _check_archived(value: str) -> str:
    if not ADDRESS.match(value):
        raise PydanticCustomError("bad-value", f"'{value}' is no address", {"hint": "begin with https://"})
    return value


class SourceNotes(Strict):
    """Our own keys of a source, under ``custom``, which CSL leaves to applications, or in ``seeds/readings.yaml``."""

    text: str | None = Field(None, description="file below seeds/ with the words as read")
    grade: Annotated[str, BeforeValidator(_check_grade)] | None = Field(None, description="Admiralty code, B3")
    voice: Identifier | None = Field(None, description="who really speaks: the id of a person or an organisation")
    independent: tuple[Independence, ...] = Field(
        (), description="sources that look like this one's voice and are not: [{of: ID, because: …}]"
    )
    note: str | None = Field(None, description="what a reader must know of this source")
    sha256: str | None = Field(None, description="hash of the text when it was recorded")
    pages: bool | Annotated[int, Field(ge=0)] | None = Field(
        None,
        description="number of the text's first page, its pages being parted by form feeds; true is 1, false counts none",
    )
    archived: Annotated[str, AfterValidator(_check_archived)] | None = Field(
        None, description="address of an archived copy"
    )

    @property
    def first_page(self) -> int | None:
        """The number of the text's first page; ``None`` where its pages do not count."""
        if self.pages is None or self.pages is True:
            return 1
        return None if self.pages is False else self.pages


class Reading(Entry, SourceNotes):
    """Our own keys of a source that stands in the export of a library."""

    id: SourceId = Field(description="the id or the citation-key of a source")


class Source(EvidenceEntry):
    """A source in CSL (https://docs.citationstyles.org): what Zotero exports and Pandoc reads.

    Variables that have no field here are kept as extra ones: names as :class:`~c6brief.evidence.csl.CslName`, dates as EDTF.
    """

    model_config = ConfigDict(extra="allow", frozen=True, populate_by_name=True)

    id: SourceId = Field(description="how it is cited")
    type: str = Field("document", description="CSL type")
    title: CslText = Field(description="as it stands on the source; [in brackets] where it has none")
    title_short: CslText | None = Field(None, alias="title-short", description="its name in repeat notes")
    publisher: CslText | None = None
    container_title: CslText | None = Field(None, alias="container-title")
    author: Names = ()
    editor: Names = ()
    translator: Names = ()
    issued: Issued = None
    undated: str | None = Field(None, alias=UNDATED, description="words in place of a date: n.d.", exclude=True)
    accessed: Issued = None
    URL: str | None = None
    DOI: Doi | None = None
    custom: SourceNotes = SourceNotes()

    @model_validator(mode="before")
    @classmethod
    def _read_variables(cls, data: Any) -> Any:
        return read_variables(data)

    def names(self, variable: str) -> tuple[CslName, ...]:
        """The names that a variable of CSL holds; none where the source has none."""
        found: tuple[CslName, ...] = self._variable(variable) or ()
        return found

    def text(self, variable: str) -> str:
        """The text or date that a variable of CSL holds; empty where the source has none."""
        found = self._variable(variable)
        return found if isinstance(found, str) and found.strip() else ""

    def _variable(self, variable: str) -> Any:
        if variable in _FIELDS:
            return getattr(self, _FIELDS[variable])
        return (self.model_extra or {}).get(variable)

    @property
    def has_text(self) -> bool:
        """Whether its words are said to be held."""
        return self.custom.text is not None

    @property
    def short(self) -> str:
        """The name in repeated notes: ``title-short``, else the first author, the publisher, the first editor or the title."""
        author = self.author[0].short if self.author else None
        editor = self.editor[0].short if self.editor else None
        return (
            self.title_short or author or (editor if self.is_edited else None) or self.publisher or editor or self.title
        )

    @property
    def is_edited(self) -> bool:
        """Whether its editors stand for it, and not its publisher: it has no author."""
        return bool(self.editor) and not self.author


_FIELDS = {field.alias or name: name for name, field in Source.model_fields.items()}
"""The fields of a source by the variables of CSL."""


class Person(EvidenceEntry):
    """Somebody who speaks in a source."""

    name: str
    role: str | None = None
    organisation: str | None = Field(None, description="an organisation's id, or its name")
    source: SourceId | None = Field(None, description="id of the source that gives the role, where the texts do not")


class Organisation(EvidenceEntry):
    """A body named in the evidence."""

    name: str
    acronym: str | None = None
    country: str | None = None
    note: str | None = None


class Scope(EvidenceEntry):
    """Of whom something is said: a named group of countries."""

    name: str
    members: tuple[Country, ...] = Field((), description="ISO 3166 alpha-2 codes")


class Account(Strict):
    """What one source says of an event or a claim.

    ``exact``, ``prefix`` and ``suffix`` are W3C Web Annotation's TextQuoteSelector
    (https://www.w3.org/TR/annotation-model/#text-quote-selector).
    """

    source: SourceId = Field(description="a source's id")
    exact: str = Field(min_length=1, description="the source's own words")
    prefix: str | None = Field(None, description="words just before, where the passage occurs twice")
    suffix: str | None = Field(None, description="words just after, where the passage occurs twice")
    voice: Identifier | None = Field(None, description="who says so here; by default the source's voice")
    note: str | None = None
    stance: Stance = "supports"


class EventAccount(Account):
    """What one source says of an event."""

    date: Date | None = Field(None, description="EDTF: 2022~, 2024/2025")
    basis: Basis = Field("stated", description="stated, or derived (and `note` says from what)")


class ClaimAccount(Account):
    """What one source says of a claim."""


class Quote(EvidenceEntry):
    """Somebody's words, verbatim."""

    text: str = Field(min_length=1, description="the words")
    speaker: Identifier = Field(description="a person's id")
    source: SourceId = Field(description="a source's id")
    voice: Identifier | None = Field(None, description="whose word it is, where that is not the speaker")
    themes: Themes = ()
    prefix: str | None = None
    suffix: str | None = None
    note: str | None = None


class Event(EvidenceEntry):
    """Something that happened or is planned, as its accounts say, which may disagree."""

    title: str = Field(min_length=1)
    accounts: tuple[EventAccount, ...] = Field(min_length=1, description="who tells it")
    place_name: str | None = Field(None, alias="place")
    scope: Identifier = UNSTATED
    themes: Themes = ()
    planned: bool = Field(False, description="true for what lies ahead in the sources")
    note: str | None = None

    @property
    def words(self) -> str:
        """What it states: its title."""
        return self.title


class Claim(EvidenceEntry):
    """A statement in our words, and who backs it."""

    statement: str = Field(min_length=1)
    accounts: tuple[ClaimAccount, ...] = Field(min_length=1, description="who backs it")
    scope: Identifier = UNSTATED
    themes: Themes = ()
    note: str | None = None

    @property
    def words(self) -> str:
        """What it states."""
        return self.statement


Statement = Event | Claim
"""What sources back by their accounts. How well is its strength (:mod:`c6brief.evidence.strength`)."""

Citable = Source | Quote | Statement
"""What a brief may cite."""


def sources_of(entry: Entry) -> tuple[str, ...]:
    """The ids of the sources that ``entry`` rests on, each once; of a source, its own id."""
    if isinstance(entry, Source):
        return (entry.id,)
    if isinstance(entry, Quote):
        return (entry.source,)
    if isinstance(entry, Statement):
        return tuple(dict.fromkeys(account.source for account in entry.accounts))
    return ()


FOCUS_WORDS = ("left", "center", "right", "top", "bottom")

_FOCUS = re.compile(rf"(?:{'|'.join(FOCUS_WORDS)}|100%|\d{{1,2}}(?:\.\d{{1,3}})?%)")


def _check_focus(value: str) -> str:
    parts = value.split()
    columns = [part for part in parts if part in ("left", "right")]
    rows = [part for part in parts if part in ("top", "bottom")]
    is_turned = len(parts) == 2 and (parts[0] in ("top", "bottom") or parts[1] in ("left", "right"))
    is_mixed = is_turned and any(part.endswith("%") for part in parts)
    if (
        not 1 <= len(parts) <= 2
        or not all(map(_FOCUS.fullmatch, parts))
        or max(len(columns), len(rows)) > 1
        or is_mixed
    ):
        message = f"focus: '{value}' is no place in an image"
        hint = "a place from the left and one from the top: 50% 30%, right top"
        raise PydanticCustomError("bad-value", "{message}", {"message": message, "hint": hint})
    return " ".join(parts)


def _check_not_blank(value: str) -> str:
    if not value.strip():
        raise PydanticCustomError("bad-value", "it is empty", {"hint": "say it in words"})
    return value


class Image(EvidenceEntry):
    """A photograph or a drawing, with who made it."""

    file: str = Field(description="JPEG, PNG, WebP, TIFF or SVG, beside the file that names it")
    alt: Annotated[str, AfterValidator(_check_not_blank)] = Field(
        description="what a reader who cannot see it must know"
    )
    credit: Annotated[str, AfterValidator(_check_not_blank)] = Field(description="who made it, printed beside it")
    licence: str | None = Field(None, description="under which it may be printed: CC BY 4.0")
    source: Identifier | None = Field(None, description="id of the source that it was taken from")
    focus: Annotated[str, AfterValidator(_check_focus)] | None = Field(
        None, description="what stays in view where it is cropped, as CSS `object-position` has it: 50% 30%"
    )


class Section(EvidenceEntry):
    """Prose for briefs to use."""

    title: str
    themes: Themes = ()
    text: str
