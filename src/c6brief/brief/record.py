"""The record of a brief: every passage that it prints or rests on, in a form that others can check without c6brief.

The record is a part of the manifest that the printed file carries. It says whose words stand in which source, paragraph
and characters, how they match, and how well each statement is backed. Selectors are those of W3C Web Annotation
(https://www.w3.org/TR/annotation-model/#selectors), sources are CSL items (https://docs.citationstyles.org), dates are
EDTF. The descriptions of the fields become ``docs/manifest.schema.json``.
"""

from __future__ import annotations

import base64
import hashlib
import json
from typing import Any, Literal

from pydantic import Field, SerializerFunctionWrapHandler, model_serializer

from c6brief.documents.entries import Strict
from c6brief.evidence.models import Basis, Stance
from c6brief.evidence.named_words import NameKind
from c6brief.evidence.strength import Backing

MatchKind = Literal["verbatim", "with-ellipsis", "with-additions"]
"""How words match their source, by the rule of :mod:`c6brief.evidence.matching`."""

Form = Literal["pull-quote", "claim", "run-in"]
"""How words from a source are printed: set large, in a claim's box, or inside quotation marks in a sentence."""

NumberVerdict = Literal["in-cited-words", "in-source-text", "in-source-data", "not-found"]
"""Where a number stands: in the passages cited beside it (or their dates), elsewhere in the text of a source cited, in a cell of
a data file of one, or in none of these.
Then it is the author's own, a count or a date of the house."""


class TextQuoteSelector(Strict):
    """The source's own words."""

    type: Literal["TextQuoteSelector"] = "TextQuoteSelector"
    exact: str = Field(description="the words as they stand in the source, from the first matched to the last")
    prefix: str = Field(description="up to 32 characters before them")
    suffix: str = Field(description="up to 32 characters after them")


class TextPositionSelector(Strict):
    """Where they stand in the source's text."""

    type: Literal["TextPositionSelector"] = "TextPositionSelector"
    start: int = Field(ge=0, description="characters before the first one")
    end: int = Field(ge=0, description="characters up to and with the last one")


class UsedData(Strict):
    """A data file of a source, which counts as its text. The rows printed are attached; the file is not."""

    file: str = Field(description="below the project's folder")
    sha256: str = Field(description="SHA-256 of the file, byte for byte")
    sheet: str = Field(default="", description="the sheet of a workbook; empty for CSV")
    cells: str = Field(
        default="", description="the first and the last cell of the columns read: Data!B4:F20; of CSV the lines"
    )
    table: str = Field(description="id of the table, or of the chart, that reads it")


class UsedSource(Strict):
    """A source that the brief uses. Its text is not attached (rights); its hash is here."""

    id: str = Field(description="its id in the evidence base")
    label: str = Field(description="S1, S2, …, as figures name it")
    csl: dict[str, Any] = Field(description="its CSL variables, dates as EDTF strings")
    reference: str = Field(description="as printed in the list of sources")
    grade: str = Field(description="Admiralty code, B3; may be empty")
    voice: str = Field(description="who really speaks, an id: sources of one voice are one witness; empty: not stated")
    voice_name: str = Field(description="the voice as a name; may be empty")
    note: str = Field(description="what a reader must know of it; may be empty")
    text_sha256: str = Field(description="SHA-256 of its text, UTF-8, lines ended by LF")
    text_characters: int = Field(ge=0, description="length of its text in characters (Unicode code points)")
    data: tuple[UsedData, ...] = Field(default=(), description="its data files; left out where there are none")

    @model_serializer(mode="wrap")
    def _leave_out_no_data(self, handler: SerializerFunctionWrapHandler) -> dict[str, Any]:
        """Files that were printed before data files were recorded have the same fingerprint."""
        written: dict[str, Any] = handler(self)
        return written if self.data else {key: value for key, value in written.items() if key != "data"}


class UsedPassage(Strict):
    """Words that were found once, and only once, in their source's text."""

    id: str = Field(description="a quotation's id; ENTRY/1, ENTRY/2 for the accounts of an event or claim; run-in/1 …")
    entry: str = Field(description="id of the quotation, event or claim; empty for a quotation in running prose")
    source: str = Field(description="the source's id")
    speaker: str = Field(description="who says them; empty where the source itself does")
    quoted: str = Field(
        description="the words as the evidence base or the prose writes them, with [...] and [additions]"
    )
    selector: tuple[TextQuoteSelector, TextPositionSelector]
    paragraph: int = Field(ge=1, description="paragraph of the source, counted from 1 between blank lines")
    match: MatchKind = Field(description="how the words match; nothing fuzzy ever passes")
    grade: str = Field(description="the source's Admiralty code")
    voice: str = Field(description="whose word it is, an id; empty where it is not stated")


class UsedAccount(Strict):
    """One source's word on an event or claim."""

    passage: str = Field(description="id of the passage")
    source: str = Field(description="the source's id")
    stance: Stance = Field(description="whether it supports, disputes or qualifies")
    date: str = Field(description="EDTF; empty where it gives none, and for claims")
    basis: Basis = Field(description="whether the date is stated there or derived from it")


class UsedStatement(Strict):
    """An event or a claim that the brief rests on, and how well it is backed."""

    id: str
    kind: Literal["event", "claim"]
    words: str = Field(description="the event's title or the claim's statement, in the house's words")
    scope: str = Field(description="whom it is said of: a scope's id")
    accounts: tuple[UsedAccount, ...]
    backing: Backing = Field(description="by independent voices")
    voices: tuple[str, ...] = Field(description="the voices that support it")
    contested: bool = Field(description="an account disputes it")
    qualified: bool = Field(description="an account qualifies it")
    conflict: bool = Field(description="the dates of its accounts cannot all hold")
    undated: bool = Field(description="an event without a date in any account")
    derived: bool = Field(description="a date was worked out rather than stated")


class UsedNumber(Strict):
    """A number in figures, in running prose or in a table's column of numbers. Numbers in words are not listed."""

    text: str = Field(description="as printed")
    where: str = Field(description="'section TITLE', 'key message 1', 'recommendation 1', 'table ID, row 2, COLUMN'")
    sources: tuple[str, ...] = Field(description="sources cited in the same paragraph, or the table's")
    cites: tuple[str, ...] = Field(description="ids cited in the same paragraph; empty for tables")
    verdict: NumberVerdict
    cells: tuple[str, ...] = Field(
        default=(), description="the cells of data files that hold it, the first three; left out where there are none"
    )

    @model_serializer(mode="wrap")
    def _leave_out_no_cells(self, handler: SerializerFunctionWrapHandler) -> dict[str, Any]:
        """Files that were printed before cells were recorded have the same fingerprint."""
        written: dict[str, Any] = handler(self)
        return written if self.cells else {key: value for key, value in written.items() if key != "cells"}


class PrintedName(Strict):
    """A term or a title that the author marked as nobody's words."""

    kind: NameKind = Field(description="a term is printed in marks, a title in marks or in italics")
    words: str


class UsedImage(Strict):
    """An image that the brief prints, converted and scaled."""

    id: str = Field(description="its id in the evidence base")
    sha256: str = Field(description="SHA-256 of its file, before it is converted")
    alt: str = Field(description="what a reader is told who cannot see it")
    credit: str = Field(description="who made it")
    licence: str = Field(description="under which it is printed; may be empty")
    source: str = Field(description="id of the source that it was taken from; may be empty")


class Record(Strict):
    """Everything of the evidence base that a brief prints or rests on, as it was on the day of printing."""

    sources: tuple[UsedSource, ...]
    passages: tuple[UsedPassage, ...]
    statements: tuple[UsedStatement, ...]
    numbers: tuple[UsedNumber, ...]
    names: tuple[PrintedName, ...] = Field(default=(), description="terms and titles; left out where there are none")
    images: tuple[UsedImage, ...] = Field(default=(), description="those printed; left out where there are none")

    @model_serializer(mode="wrap")
    def _leave_out_empty(self, handler: SerializerFunctionWrapHandler) -> dict[str, Any]:
        """Files that were printed before there were names and images have the same fingerprint."""
        written: dict[str, Any] = handler(self)
        return {key: value for key, value in written.items() if value or key not in ("names", "images")}

    @property
    def fingerprint(self) -> str:
        """Sixteen letters and digits that stand for the whole record, short enough to print: ``ABCD-EFGH-IJKL-MNOP``.

        The first 80 bits of the SHA-256 of :func:`canonical_json`, in Base32 (RFC 4648). Computed before typesetting,
        so that the brief can print it.
        """
        return short_form(sha256(canonical_json(self.model_dump(mode="json"))))


class PrintedWords(Strict):
    """Words of a source that the brief means to print, exactly so."""

    passage: str = Field(description="id of the passage")
    form: Form
    words: str = Field(description="as printed, without marks of quotation around them")


def canonical_json(value: Any) -> bytes:
    """The one JSON text of a value: keys sorted, no spaces, UTF-8 (RFC 8785, for the types of values in a record)."""
    text = json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)
    return text.encode("utf-8", "backslashreplace")


def sha256(data: bytes) -> str:
    """The SHA-256 of ``data``, as 64 hexadecimal digits."""
    return hashlib.sha256(data).hexdigest()


def short_form(digest: str) -> str:
    """The first 80 bits of a hexadecimal digest, as four groups of Base32: ``ABCD-EFGH-IJKL-MNOP``."""
    letters = base64.b32encode(bytes.fromhex(digest)[:10]).decode()
    return "-".join(letters[at : at + 4] for at in range(0, 16, 4))
