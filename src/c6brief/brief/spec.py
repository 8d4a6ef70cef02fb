"""Specifications, ``briefs/NAME.yaml``: what a brief picks from the evidence base, as the analyst writes it."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BeforeValidator, Field, model_validator
from pydantic_core import PydanticCustomError

from c6brief.brief.matter import AuthorSpec, FunderSpec, NumberSpec, OptionSpec
from c6brief.brief.override import Override, apply_override, read_override
from c6brief.documents.document import Document
from c6brief.documents.entries import Entry, Identifier, ScalarText, SourceId, Strict, validate
from c6brief.documents.identifiers import check_doi, check_isbn
from c6brief.documents.problems import Problems
from c6brief.documents.yamltext import read_yaml


def _check_day(text: str) -> str:
    try:
        return datetime.date.fromisoformat(text).isoformat()
    except ValueError as reason:
        from c6brief.evidence.written_dates import suggest_edtf  # here: a run without problems never needs it

        meant = [f"date: {day}" for day in suggest_edtf(text) if len(day) == len("2026-03-02")]
        hint = " or ".join(meant) or "date: 2026-03-02"
        raise PydanticCustomError("bad-date", f"'{text}' is not a day", {"hint": hint}) from reason


def _check_language(text: str) -> str:
    if not text.replace("-", "").isalnum() or not text.isascii():
        raise PydanticCustomError("bad-value", f"'{text}' is not a language tag", {"hint": "language: en"})
    return text


def _boolean_text(value: Any) -> Any:
    return str(value).lower() if isinstance(value, bool) else value


OptionText = Annotated[ScalarText, BeforeValidator(_boolean_text)]
"""A value for a template, as a text: the template knows of which type it must be."""


ImageSize = Literal["column", "wide", "full"]
"""The text column, text and margin, or a page of its own."""


class PlacedImage(Strict):
    """An image that a section lists: its id alone, or with its size."""

    id: Identifier
    size: ImageSize = "column"

    @model_validator(mode="before")
    @classmethod
    def _from_id(cls, value: Any) -> Any:
        return {"id": value} if isinstance(value, str) else value


class SectionSpec(Strict):
    """A section of the evidence base (``use``), or one written here (``title`` and ``text``). ``@sec:ID`` refers to its ``id``."""

    use: Identifier | None = None
    id: Identifier | None = None
    title: str | None = None
    text: str | None = None
    quotes: tuple[Identifier, ...] = ()
    charts: tuple[Identifier, ...] = ()
    images: tuple[PlacedImage, ...] = ()
    tables: tuple[Identifier, ...] = ()
    claims: tuple[Identifier, ...] = ()

    @model_validator(mode="after")
    def _check_title(self) -> SectionSpec:
        if self.use is None and not self.title:
            raise PydanticCustomError(
                "missing-key", "a section wants 'use' or 'title'", {"hint": "use: an id from seeds/sections"}
            )
        return self


class RecommendationSpec(Strict):
    """What somebody should do, by when, and on which evidence."""

    action: str = Field(description="what to do")
    addressee: str = Field(description="who should")
    by: ScalarText = ""
    owner: str = ""
    evidence: tuple[SourceId, ...] = ()


class BriefSpec(Entry):
    """A brief specification."""

    title: str = Field(min_length=1, description="says the message")
    date: Annotated[ScalarText, AfterValidator(_check_day)] = Field(description="day of publication, 2026-03-02")
    sections: tuple[SectionSpec, ...] = Field(min_length=1, description="what the brief consists of")
    subtitle: str = ""
    series: str = ""
    number: ScalarText = ""
    language: Annotated[str, AfterValidator(_check_language)] | None = None
    template: str | None = None
    authors: tuple[AuthorSpec, ...] = ()
    keywords: tuple[str, ...] = Field((), description="for libraries and search: printed, and in the file's metadata")
    doi: Annotated[str, AfterValidator(check_doi)] = Field("", description="10.1000/182")
    isbn: Annotated[ScalarText, AfterValidator(check_isbn)] = Field("", description="978-3-16-148410-0")
    summary: str = Field("", description="the whole in a paragraph or two, with citations")
    key_messages: tuple[str, ...] = ()
    numbers: tuple[NumberSpec, ...] = Field((), description="big numbers, each with its evidence, or counted")
    options_considered: tuple[OptionSpec, ...] = Field((), description="a table of options: the authors' judgement")
    recommendations: tuple[RecommendationSpec, ...] = ()
    annexes: tuple[SectionSpec, ...] = Field((), description="sections after the text, and {use: evidence}")
    acknowledgements: str = Field("", description="whom the authors thank")
    funders: tuple[FunderSpec, ...] = Field((), description="who paid for it")
    disclaimer: str = Field("", description="whose views it gives, and whose not")
    options: dict[str, OptionText] = Field(default_factory=dict, description="values for the template")

    def parts(self) -> Iterator[tuple[str, int, SectionSpec]]:
        """Sections, then annexes: each with its key (``sections``) and its index there."""
        for key in ("sections", "annexes"):
            for index, each in enumerate(getattr(self, key)):
                yield key, index, each


def read_spec(path: Path, problems: Problems, overrides: Sequence[str | Override] = ()) -> BriefSpec | None:
    """The specification at ``path``, with the values of ``overrides``, of which texts are ``KEY=VALUE``.

    ``None`` after problems: those of reading and validating, and ``bad-setting``.
    """
    document = read_yaml(path, problems, what="brief")
    return None if document is None else spec_of(document, problems, overrides)


def spec_of(document: Document, problems: Problems, overrides: Sequence[str | Override] = ()) -> BriefSpec | None:
    """The specification in ``document``, as :func:`read_spec` returns it."""
    good = True
    for given in overrides:
        override = read_override(given, problems) if isinstance(given, str) else given
        changed = apply_override(document, override, problems) if override else None
        good = good and changed is not None
        document = changed or document
    return validate(BriefSpec, document, (), problems) if good else None
