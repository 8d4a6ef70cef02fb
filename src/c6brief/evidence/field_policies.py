"""What becomes of words in marks in each field that an author can write: one table for all models that are read from files.

A field that is not in the table, such as one of a chart of another package, has its words in marks verified against the
sources of its entry. A test reads every model and demands that each of its fields that can hold words is in the table.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from types import NoneType
from typing import Annotated, Any, Literal, get_args, get_origin

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from c6brief.documents.entries import IDENTIFIER, SOURCE_IDENTIFIER
from c6brief.evidence.csl import PRINTED

Check = Literal["prose", "brief", "own-source", "name", "verbatim", "no-words"]
"""How words in marks in a field are checked.

``prose``: against the sources that are cited beside them; ``brief``: against the sources that the brief uses;
``own-source``: against those of the entry, or of its accounts; ``name``: against every text of the base; ``verbatim``: the
whole is a quotation, and verified as one. Fields with ``no-words`` print none of an author's words.
"""


@dataclass(frozen=True)
class FieldPolicy:
    """How one field is checked, and why it need not be, where it has ``no-words``."""

    check: Check
    reason: str = ""


PROSE, BRIEF, OWN, NAME = (FieldPolicy(check) for check in ("prose", "brief", "own-source", "name"))
VERBATIM = FieldPolicy("verbatim", "located in its source whole")


def _none(reason: str) -> FieldPolicy:
    return FieldPolicy("no-words", reason)


_FILE, _CODES, _DATE = _none("the name of a file"), _none("ISO 3166 codes"), _none("an EDTF date")
_FIELD = _none("the name of a field, which is printed by its title")
_SELECTOR = _none("never printed: it tells two places of a source apart")
_LIMIT = _none("never printed: cells are compared with it")
_ELSEWHERE = _none("read as a table, whose cells are checked one by one")
_POSITION = _none("never printed: a place among the values that are drawn, which are checked where they stand")
_SETTING = _none("never printed: a setting")
_TEMPLATE = _none("on the page it is text of the template, which is looked over there")

POLICIES: Mapping[str, Mapping[str, FieldPolicy]] = {
    # The evidence base
    "SourceNotes": {"text": _FILE, "grade": _none("an Admiralty code"), "note": OWN, "independent": OWN, "sha256": _none("a hash"),
                    "pages": _none("a number"), "archived": _none("an address")},
    "Independence": {"because": OWN},
    "CslName": {
        **dict.fromkeys(("family", "given", "literal", "suffix", "non_dropping_particle", "dropping_particle"), OWN),
        **dict.fromkeys(("comma_suffix", "static_ordering"), _none("true or false")),
    },
    "Source": {
        "type": _none("a type of CSL"),
        "title": OWN,
        "title_short": OWN,
        "publisher": OWN,
        "container_title": OWN,
        "author": OWN,
        "editor": OWN,
        "translator": OWN,
        "issued": _DATE,
        "undated": OWN,
        "accessed": _DATE,
        "URL": _none("an address"),
        "DOI": _none("an identifier"),
        "custom": OWN,
    },
    "Person": {"name": NAME, "role": OWN, "organisation": NAME},
    "Organisation": {"name": NAME, "acronym": NAME, "country": NAME, "note": OWN},
    "Scope": {"name": NAME, "members": _CODES},
    "Account": {"exact": VERBATIM, "prefix": _SELECTOR, "suffix": _SELECTOR, "note": OWN},
    "EventAccount": {"date": _DATE},
    "Quote": {"text": VERBATIM, "prefix": _SELECTOR, "suffix": _SELECTOR, "note": OWN},
    "Event": {"title": OWN, "accounts": OWN, "place_name": OWN, "note": OWN},
    "Claim": {"statement": OWN, "accounts": OWN, "note": OWN},
    "Image": {"file": _FILE, "alt": OWN, "credit": OWN, "licence": OWN, "focus": _none("a place in the image")},
    "Constraints": {"minimum": _LIMIT, "maximum": _LIMIT, "enum": _LIMIT, "pattern": _LIMIT},
    "TableField": {
        "name": OWN,
        "title": OWN,
        "unit": OWN,
        "description": OWN,
        "derived": OWN,
        "constraints": _LIMIT,
        "decimal_char": _none("one character"),
        "group_char": _none("one character"),
        "true_values": _LIMIT,
        "false_values": _LIMIT,
    },
    "Table": {
        "title": OWN,
        "subtitle": OWN,
        "note": OWN,
        "derived": OWN,
        "fields": OWN,
        "rows": OWN,
        "range": _none("names of cells"),
        "missing_values": OWN,
    },
    "PlaceKeys": {"sheet": _none("the name of a sheet of the file"), "where": _LIMIT},
    "DataFile": {"file": _FILE, "range": _none("names of cells")},
    "DataKeys": {"data": _FILE},
    "SortKey": {"by": _FIELD},
    "TableNote": {"row": _none("the text of a cell, which is checked there"), "column": _FIELD, "text": OWN},
    "Total": {"row": _none("the text of a cell, which is checked there"), "sum": _FIELD},
    "TableDesign": {
        "columns": _FIELD,
        "group": _FIELD,
        "bars": _FIELD,
        "heat": _FIELD,
        "sort": _FIELD,
        "notes": OWN,
        "total": _FIELD,
    },
    "Chart": {"kind": _none("a kind of chart"), "title": OWN, "subtitle": OWN, "alt": OWN, "note": OWN, "derived": OWN},
    "Section": {"title": BRIEF, "text": PROSE},
    # Specifications and the brand file
    "AuthorSpec": {
        "name": BRIEF,
        "role": BRIEF,
        "email": BRIEF,
        "bio": PROSE,
        "orcid": _none("an identifier, whose digits are checked"),
    },
    "NumberSpec": {"value": BRIEF, "label": PROSE},
    "OptionSpec": {"option": PROSE, "benefit": PROSE, "risk": PROSE, "cost": PROSE},
    "FunderSpec": {"name": BRIEF, "url": BRIEF},
    "SectionSpec": {"title": BRIEF, "text": PROSE},
    "PlacedImage": {},
    "RecommendationSpec": {"action": PROSE, "addressee": BRIEF, "by": BRIEF, "owner": BRIEF},
    "BriefSpec": {
        "title": BRIEF,
        "date": _none("a day"),
        "sections": BRIEF,
        "subtitle": BRIEF,
        "series": BRIEF,
        "number": BRIEF,
        "language": _none("a language tag"),
        "template": _none("the name of a template"),
        "authors": BRIEF,
        "summary": PROSE,
        "key_messages": PROSE,
        "numbers": BRIEF,
        "options_considered": BRIEF,
        "recommendations": BRIEF,
        "annexes": BRIEF,
        "acknowledgements": PROSE,
        "funders": BRIEF,
        "disclaimer": PROSE,
        "doi": BRIEF,
        "isbn": _none("an identifier, whose digits are checked"),
        "keywords": BRIEF,
        "options": BRIEF,
    },
    "Settings": {
        "publisher": NAME,
        "licence": OWN,
        "issn": OWN,
        "contact": OWN,
        "logo": _FILE,
        "logo_alt": NAME,
        "reference_doc": _FILE,
        "template": _none("the name of a template"),
        "language": _none("a language tag"),
        "color": _none("colours"),
        "typography": _none("names of faces and font files"),
        "rules": _SETTING,
    },
    # Keys of the kinds of charts
    "CountedOptions": {"events": _none("ids, or a theme's"), "claims": _none("ids, or a theme's")},
    "TabularOptions": {
        "rows": _ELSEWHERE,
        "fields": _ELSEWHERE,
        "missing_values": _ELSEWHERE,
    },
    "SeriesOptions": {"x": _FIELD, "y": _FIELD, "series": _FIELD, "uncertain": _FIELD, "highlight": OWN},
    "BarOptions": {"left": OWN},
    "DotOptions": {"low": _FIELD, "high": _FIELD, "range": OWN},
    "MarkedValue": {"label": OWN},
    "HistogramOptions": {"x": _FIELD, "things": OWN, "mark": OWN},
    "ThemeRow": {"label": OWN},
    "CoverageOptions": {"themes": OWN},
    "Format": {"name": OWN, "members": _CODES},
    "LadderOptions": {"formats": OWN, "countries": _CODES},
    "TimelineOptions": {"events": _none("ids, or a theme's")},
    "ArrowEnd": {"x": _POSITION},
    "Annotation": {"x": _POSITION, "text": OWN, "to": _POSITION},
    "Period": {"from_": _POSITION, "to": _POSITION, "label": OWN},
    "Reference": {"label": OWN},
    "AnnotatedOptions": {"references": OWN, "annotate": OWN, "periods": OWN},
    "Note": {"x": OWN, "label": OWN},
    "LineOptions": {"notes": OWN},
    "Site": {"name": OWN},
    "Water": {"name": OWN},
    "MapOptions": {
        "countries": _CODES,
        "highlight": _CODES,
        "places": OWN,
        "labels": _CODES,
        "seas": OWN,
        "code": _FIELD,
        "value": _FIELD,
    },
    "ScatterOptions": {
        "x": _FIELD,
        "y": _FIELD,
        "label": _FIELD,
        "labels": OWN,
        "size": _FIELD,
        "series": _FIELD,
        "uncertain": _FIELD,
        "highlight": OWN,
    },
    "HeatmapOptions": {
        "x": _FIELD,
        "y": _FIELD,
        "value": _FIELD,
        "order": OWN,
        "uncertain": _FIELD,
        "highlight": OWN,
    },
    "ImageOptions": {"file": _FILE},
    "MatplotlibOptions": {"code": _FILE},
    "WaffleOptions": {"x": _FIELD, "y": _FIELD, "uncertain": _FIELD, "highlight": OWN},
    "SmallMultiplesOptions": {"facet": _FIELD},
    # Of a template
    "Option": {"default": _TEMPLATE, "description": _SETTING, "choices": _SETTING},
    "TemplateFile": {
        **dict.fromkeys(("title", "description", "pages", "sheets", "options"), _SETTING),
        "words": _none("words in marks are refused where it is read"),
    },
}  # fmt: skip
"""By the name of a model and of its field. A model has the policies of those it extends."""


def policy_of(model: type[BaseModel], field: str) -> FieldPolicy | None:
    """The policy of a field of ``model`` or of a model that it extends; ``None`` where the table has none."""
    for each in model.__mro__:
        policy = POLICIES.get(each.__name__, {}).get(field)
        if policy is not None:
            return policy
    return None


@cache
def text_fields(model: type[BaseModel]) -> tuple[tuple[str, str, FieldPolicy], ...]:
    """The fields of ``model`` whose words are to be checked: their names, the keys they are written under, their policies."""
    found: list[tuple[str, str, FieldPolicy]] = []
    for name, field in model.model_fields.items():
        policy = policy_of(model, name) or OWN
        if policy.check not in ("no-words", "verbatim") and field_holds_words(field):
            found.append((name, field.alias or name, policy))
    return tuple(found)


def field_holds_words(field: FieldInfo) -> bool:
    """Whether a field can hold words: a text that is no id, or something that has one in it."""
    return not _is_id(field.metadata) and _holds_words(field.annotation)


def _is_id(metadata: Iterable[Any]) -> bool:
    return any(getattr(each, "pattern", None) in (IDENTIFIER, SOURCE_IDENTIFIER) for each in metadata)


def _holds_words(annotation: Any) -> bool:
    if annotation is Any:
        return True
    origin, arguments = get_origin(annotation), get_args(annotation)
    if origin is Annotated:
        return not _is_id(arguments[1:]) and _holds_words(arguments[0])
    if origin is Literal:
        return False
    if origin is dict:
        return _holds_words(arguments[1])
    if arguments:
        return any(_holds_words(each) for each in arguments if each not in (Ellipsis, NoneType))
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return any(field_holds_words(field) for field in annotation.model_fields.values())
    return annotation is str


def extra_fields(model: BaseModel) -> Iterator[tuple[str, Any]]:
    """The keys of ``model`` beyond its fields that are printed: variables of CSL, keys of another package's chart."""
    is_source = type(model).__name__ == "Source"
    for key, value in (model.model_extra or {}).items():
        if not is_source or key in PRINTED:
            yield key, value
