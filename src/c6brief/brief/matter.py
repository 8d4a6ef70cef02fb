"""What a specification says around the text, as the analyst writes it: big numbers, options, annexes, who wrote and paid."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Literal, Self, get_args

from pydantic import AfterValidator, Field, model_validator
from pydantic_core import PydanticCustomError

from c6brief.documents.entries import Identifier, ScalarText, Strict
from c6brief.documents.identifiers import check_orcid

Counted = Literal["sources", "voices", "statements", "one-voice", "differing", "quotations"]
"""What a big number may count of the check of the brief."""

EVIDENCE = "evidence"
"""``use: evidence`` is the annex that lists every claim and event that the brief rests on, with its passages and strength."""


def _check_address(text: str) -> str:
    if text and not (text.startswith(("https://", "http://")) and "." in text.partition("://")[2] and " " not in text):
        hint = "the whole address: https://fund.example"
        raise PydanticCustomError("bad-link", "'{text}' is no address", {"text": text, "hint": hint})
    return text


class AuthorSpec(Strict):
    """Who wrote the brief."""

    name: str
    role: str = ""
    email: str = ""
    bio: str = Field("", description="who that is, in a sentence or two")
    portrait: Identifier | None = Field(None, description="an image's id")
    orcid: Annotated[str, AfterValidator(check_orcid)] = Field("", description="ORCID iD: 0000-0002-1825-0097")


class NumberSpec(Strict):
    """A big number: a value that its evidence holds, or a count that c6brief makes."""

    value: ScalarText | None = Field(None, description="the number as it is printed: 94, 3.5, 25%")
    label: str = Field("", description="what it is the number of")
    evidence: tuple[Identifier, ...] = Field((), description="what holds the number: at least one id")
    count: Counted | None = Field(None, description="in place of the three: what is counted in the check of the brief")

    @model_validator(mode="after")
    def _check_kind(self) -> Self:
        if self.count is None and self.value is None:
            raise _missing("a big number wants 'value' or 'count'", f"count: one of {', '.join(get_args(Counted))}")
        if self.count is not None:
            if self.value is not None or self.label or self.evidence:
                message = "a number that is counted has no value, label or evidence of its own"
                raise PydanticCustomError(
                    "bad-value", "{m}", {"m": message, "hint": "leave 'count' out, or the others"}
                )
        elif not self.label.strip():
            raise _missing("'label' is missing", "label: what it is the number of")
        elif not self.evidence:
            raise _missing("a big number names no evidence", "evidence: [what holds the number]")
        elif not (self.value or "").strip():
            raise _missing("'value' is empty", "value: the number as it is printed")
        return self


class OptionSpec(Strict):
    """A course of action that was considered. Benefit, risk and cost are the authors' judgement."""

    option: str = Field(min_length=1, description="what could be done")
    benefit: str = ""
    risk: str = ""
    cost: str = ""
    evidence: tuple[Identifier, ...] = Field((), description="what the judgement rests on")


class FunderSpec(Strict):
    """Who paid for the brief."""

    name: str = Field(min_length=1)
    logo: Identifier | None = Field(None, description="an image's id")
    url: Annotated[str, AfterValidator(_check_address)] = ""


def _missing(message: str, hint: str) -> PydanticCustomError:
    context: Mapping[str, str] = {"message": message, "hint": hint}
    return PydanticCustomError("missing-key", "{message}", dict(context))
