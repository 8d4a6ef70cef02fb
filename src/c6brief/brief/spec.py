"""Specifications, ``briefs/NAME.yaml``: what a brief picks from the evidence base, as the analyst writes it."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated, Any

from pydantic import AfterValidator, BeforeValidator, Field, model_validator
from pydantic_core import PydanticCustomError

from c6brief.brief.override import Override, apply_override, read_override
from c6brief.documents.document import Document
from c6brief.documents.entries import Entry, Identifier, ScalarText, SourceId, Strict, validate
from c6brief.documents.problems import Problems
from c6brief.documents.yamltext import read_yaml


def _check_day(text: str) -> str:
    try:
        return datetime.date.fromisoformat(text).isoformat()
    except ValueError as reason:
        raise PydanticCustomError("bad-date", f"'{text}' is not a day", {"hint": "date: 2026-03-02"}) from reason


def _check_language(text: str) -> str:
    if not text.replace("-", "").isalnum() or not text.isascii():
        raise PydanticCustomError("bad-value", f"'{text}' is not a language tag", {"hint": "language: en"})
    return text


def _boolean_text(value: Any) -> Any:
    return str(value).lower() if isinstance(value, bool) else value


OptionText = Annotated[ScalarText, BeforeValidator(_boolean_text)]
"""A value for a template, as a text: the template knows of which type it must be."""


class AuthorSpec(Strict):
    """Who wrote the brief."""

    name: str
    role: str = ""
    email: str = ""


class SectionSpec(Strict):
    """A section of the evidence base (``use``), or one written here (``title`` and ``text``)."""

    use: Identifier | None = None
    title: str | None = None
    text: str | None = None
    quotes: tuple[Identifier, ...] = ()
    charts: tuple[Identifier, ...] = ()
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
    key_messages: tuple[str, ...] = ()
    recommendations: tuple[RecommendationSpec, ...] = ()
    options: dict[str, OptionText] = Field(default_factory=dict, description="values for the template")


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
