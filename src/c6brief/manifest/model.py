"""The manifest: what a printed brief records of itself, as JSON attached to the PDF, and the seal that it carries.

``python -m c6brief.manifest.model`` writes its JSON Schema to ``docs/manifest.schema.json``; a test keeps that fresh.
What the manifest proves, and what it cannot, stands in ``docs/verify.md``.
"""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Annotated, Final, Literal, Self

from pydantic import Field, StringConstraints, model_validator

from c6brief.brief.record import Form, Record, canonical_json, sha256, short_form
from c6brief.documents.entries import Strict

MANIFEST = "manifest.json"
"""The attachment's name."""

FORMAT: Final = "c6brief-manifest"
"""The value of the manifest's key ``format``."""

Relationship = Literal["Source", "Data", "Supplement", "Unspecified"]
"""What an associated file is to the document (ISO 32000-2, 7.11.3, AFRelationship)."""

Sha256 = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]


class Head(Strict):
    """Which brief this is."""

    id: str = Field(description="the specification's file name without ending")
    title: str
    subtitle: str
    series: str
    number: str
    date: str = Field(description="day of publication, 2026-03-02")
    language: str = Field(description="BCP 47 tag")
    authors: tuple[str, ...]
    publisher: str


MOST_ROWS = 2_000
"""Rows of a figure that the manifest repeats; larger data are in the attachment alone, whose hash it has."""


class PrintedFigure(Strict):
    """A figure, its data, and the attachment that holds them too."""

    id: str = Field(description="the chart's id")
    number: int
    kind: str = Field(description="bar, line, map, timeline, …")
    title: str = Field(description="the takeaway")
    subtitle: str
    alt: str = Field(description="what is said to readers who cannot see it")
    sources: tuple[str, ...] = Field(description="ids of the sources whose data it shows")
    data: str = Field(description="name of the CSV attachment; empty where its kind has no data to give")
    columns: tuple[str, ...] = Field(default=(), description="headings of its data, with their units in brackets")
    rows: tuple[tuple[str, ...], ...] = Field(
        default=(),
        description=f"its data as in the attachment, an empty text for what is missing; none beyond {MOST_ROWS} rows",
    )
    annotations: tuple[str, ...] = Field(default=(), description="the words its author wrote into the drawing")
    tied: bool = Field(
        default=False, description="whether the figure's element of the tag tree has the data as its own"
    )


class PrintedTable(Strict):
    """A table as printed."""

    id: str
    number: int
    title: str
    source: str = Field(description="the source's id; may be empty")
    columns: tuple[str, ...] = Field(description="headings, with their units in brackets")
    rows: tuple[tuple[str, ...], ...] = Field(
        description="as printed; a group's heading is a row whose other cells are empty"
    )
    chart: bool = Field(default=False, description="whether a chart of kind 'table' brings it")
    data: str = Field(default="", description="name of the CSV attachment; empty where there is none")
    pages: tuple[tuple[int, ...], ...] | None = Field(
        default=None, description="for each row its page, two where it runs over; none where it is not in one piece"
    )


class PrintedQuotation(Strict):
    """Words of a source as the pages print them."""

    passage: str = Field(description="id of the passage in the record")
    form: Form
    words: str = Field(description="as printed, without marks of quotation around them")
    pages: tuple[int, ...] = Field(
        description="the page; two where it runs over; none where the template leaves it out"
    )


class PrintedPage(Strict):
    """A page, by its words and by how it is painted."""

    number: int = Field(ge=1)
    text: str = Field(description="its visible words in the order painted; white space folded, soft hyphens left out")
    sha256: Sha256 = Field(description="of these words, UTF-8")
    painted: Sha256 = Field(
        description="of content streams with the fonts, images, patterns and colours that they use, as decoded; in the "
        "first edition of boxes and annotations too"
    )
    frame: Sha256 | None = Field(
        default=None, description="of the page's boxes, rotation and other keys; since the second edition"
    )
    links: Sha256 | None = Field(
        default=None, description="of its links, where they lead, and what is said of them; since the second edition"
    )


class ProseBlock(Strict):
    """A paragraph, a heading, an item of a list, or a line of the brief's own words, as it is printed."""

    block: str = Field(description="where: title, key messages, the section's id, recommendations; many have the same")
    text: str = Field(description="its words, without notes and marks; white space folded")
    pages: tuple[int, ...] | None = Field(
        default=None, description="its page, two where it runs over; none where the template leaves it out or parts it"
    )


class Attached(Strict):
    """An attachment, this manifest itself excepted."""

    name: str
    media_type: str
    relationship: Relationship
    description: str
    size: int = Field(ge=0, description="bytes")
    sha256: Sha256


class Input(Strict):
    """A file that the printing read."""

    path: str = Field(description="below the project's folder; c6brief:… for what the tool ships")
    sha256: Sha256


class Manifest(Strict):
    """The evidence of a printed brief, and what holds the file together."""

    format: Literal["c6brief-manifest"] = FORMAT
    version: Literal[1, 2] = Field(default=2, description="the edition of this format")
    brief: Head
    fingerprint: str = Field(description="first 80 bits of the SHA-256 of `record` in RFC 8785's form, Base32")
    record: Record
    figures: tuple[PrintedFigure, ...]
    tables: tuple[PrintedTable, ...]
    printed: tuple[PrintedQuotation, ...] = Field(
        max_length=2_000, description="every quotation that the brief means to print"
    )
    prose: tuple[ProseBlock, ...] | None = Field(
        default=None, description="the brief's own words, in order; since the second edition"
    )
    pages: tuple[PrintedPage, ...]
    parts: dict[str, Sha256] | None = Field(
        default=None,
        description="of the document beside its pages: properties, metadata, language, tags, spoken (texts that are read "
        "aloud), bookmarks, destinations, attachments, viewing, colours; since the second edition",
    )
    attachments: tuple[Attached, ...]
    inputs: tuple[Input, ...] = Field(description="specification, seeds and their data files, templates, fonts")
    settings: tuple[str, ...] = Field(description="values given on the command line in place of the specification's")
    template: str
    versions: dict[str, str] = Field(description="of the tools that made the file")
    seal: str = Field(description="SHA-256 of everything above, this key left out, in RFC 8785's form")

    @model_validator(mode="after")
    def _is_complete(self) -> Self:
        if self.version > 1:
            missing = self.prose is None or self.parts is None
            if missing or any(page.frame is None or page.links is None for page in self.pages):
                raise ValueError("the second edition has prose, parts, and for each page its frame and links")
        return self

    @property
    def short_seal(self) -> str:
        """The seal in sixteen letters and digits, to be published beside the file; empty where it is no seal at all."""
        return short_form(self.seal) if re.fullmatch("[0-9a-f]{64}", self.seal) else ""


def compute_seal(manifest: Manifest) -> str:
    """The seal that ``manifest`` has to carry: SHA-256 (64 hexadecimal digits) of its JSON in RFC 8785's form, the key
    ``seal`` left out. Raises ``ValueError`` for a number that JSON cannot hold.
    """
    return sha256(canonical_json(manifest.model_dump(mode="json", exclude={"seal"})))


def seal(manifest: Manifest) -> Manifest:
    """A copy of ``manifest`` that carries its seal."""
    return manifest.model_copy(update={"seal": compute_seal(manifest)})


def to_json(manifest: Manifest) -> bytes:
    """The manifest as attached: readable, in the order of the model, the same bytes for the same value."""
    text = json.dumps(manifest.model_dump(mode="json"), ensure_ascii=False, indent=1)
    return (text + "\n").encode("utf-8", "backslashreplace")


def build_schema() -> str:
    """The text of ``docs/manifest.schema.json``: JSON Schema 2020-12, made from the models above."""
    schema = {"$schema": "https://json-schema.org/draft/2020-12/schema", **Manifest.model_json_schema()}
    return json.dumps(schema, ensure_ascii=False, indent=2) + "\n"


if __name__ == "__main__":
    Path(__file__).parents[3].joinpath("docs", "manifest.schema.json").write_text(build_schema(), encoding="utf-8")
