"""Validated entries that remember where they were written.

Models are pydantic's. :func:`validate` turns every error of pydantic into a problem at the key or value that it is
about. An :class:`Entry` keeps its document and its path in it, so that other rooms can report problems at the very
word.
"""

from __future__ import annotations

import types
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Annotated, Any, Literal, Self, TypeVar, Union, get_args, get_origin

from pydantic import BaseModel, BeforeValidator, ConfigDict, PrivateAttr, StringConstraints, ValidationError
from pydantic_core import ErrorDetails

from c6brief.documents.document import Document, NodePath
from c6brief.documents.problems import Place, Problems, closest, did_you_mean
from c6brief.documents.written_scalars import Written

IDENTIFIER = r"^[^\W_][\w.:-]*$"

Identifier = Annotated[str, StringConstraints(pattern=IDENTIFIER, max_length=120)]
"""An id: a letter or digit, then letters, digits and ``_ . : -``. It is a Pandoc citation key as it stands."""

SOURCE_IDENTIFIER = r"^[^\s{}\x00-\x1f\x7f-\x9f]+$"


def _scalar_text(value: Any) -> Any:
    if isinstance(value, Written):
        return value.text
    return str(value) if isinstance(value, (int, float)) and not isinstance(value, bool) else value


ScalarText = Annotated[str, BeforeValidator(_scalar_text)]
"""A text that people write without quotes although YAML reads a number: a year, an issue number."""


SourceId = Annotated[str, BeforeValidator(_scalar_text), StringConstraints(pattern=SOURCE_IDENTIFIER, max_length=300)]
"""The id of a source as reference managers write it: with colons and slashes, an address, a number. It is cited as
``[@id]``, or as ``[@{id}]`` where Pandoc would not read it to its end otherwise."""


class Strict(BaseModel):
    """The base of all models: immutable, and without unknown keys."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Entry(Strict):
    """A model that was read from a document, and knows where it stands there."""

    _document: Document | None = PrivateAttr(default=None)
    _path: NodePath = PrivateAttr(default=())

    @property
    def document(self) -> Document | None:
        """The document that this entry was read from; ``None`` for one that was made in memory."""
        return self._document

    def read_from(self, other: Entry) -> Self:
        """This entry, as read from the same node as ``other``. It is changed in place."""
        self._document, self._path = other._document, other._path
        return self

    def place(self, *path: str | int, key: bool = False) -> Place:
        """Where this entry, or the node at ``path`` below it, was written; with ``key``, where the last key was."""
        if self._document is None:
            return Place("<memory>")
        return self._document.place((*self._path, *path), key=key)

    def find(self, words: str, *path: str | int, nth: int = 0) -> Place:
        """Where ``words`` stand for the ``nth`` time (from 0) in the text at ``path``; else the place of the text."""
        if self._document is None:
            return Place("<memory>")
        return self._document.find_in((*self._path, *path), words, nth)


E = TypeVar("E", bound=Entry)


@dataclass(frozen=True)
class Refusal:
    """Why a key is refused that people write on purpose: the problem's rule, its message, and a hint."""

    rule: str
    reason: str
    hint: str


def validate(
    model: type[E],
    document: Document,
    path: NodePath,
    problems: Problems,
    *,
    given: Mapping[str, object] | None = None,
    refused: Mapping[str, Refusal] | None = None,
) -> E | None:
    """The node at ``path`` of ``document`` as an entry of the class ``model``; ``None`` after problems.

    ``given`` are values for keys that the document does not have (an id, from the file's name). ``refused`` are keys
    that the model leaves out on purpose, by name: ``min``, or ``axis.min`` for one in a map below.

    Problems: ``unknown-key``, ``missing-key``, ``wrong-type``, ``unknown-value``, ``bad-value``, those of ``refused``.
    """
    given = given or {}
    node = document.root
    for step in path:
        node = node.child(step) or node
    data = node.to_plain()
    if not isinstance(data, dict):
        message = f"expected keys and values, found {_type_words(data)}"
        problems.error("wrong-type", message, document.place(path), f"keys: {', '.join(_required_keys(model, given))}")
        return None
    try:
        entry = model.model_validate({**given, **data})
    except ValidationError as invalid:
        for detail in _independent(model, invalid.errors(include_url=False)):
            if detail["type"] == "extra_forbidden" and _refuse(detail, refused or {}, document, path, problems):
                continue
            _report(detail, model, document, path, problems)
        return None
    entry._document, entry._path = document, path
    return entry


def validate_as(
    model: type[E],
    entry: Entry,
    problems: Problems,
    *,
    given: Mapping[str, object] | None = None,
    refused: Mapping[str, Refusal] | None = None,
) -> E | None:
    """The node that ``entry`` was read from as ``model``; ``None`` after problems, as of :func:`validate`.

    Raises ``ValueError`` for an entry that was made in memory.
    """
    if entry._document is None:
        raise ValueError("the entry was not read from a document")
    return validate(model, entry._document, entry._path, problems, given=given, refused=refused)


def _independent(model: type, details: list[ErrorDetails]) -> list[ErrorDetails]:
    """``details`` of pydantic without those that follow from others.

    A list is not too short because what it holds has errors; and a key that is missing under its name and there under
    one that is unknown and alike is misspelt.
    """
    places = [detail["loc"] for detail in details]
    misspelt = set()
    for detail in details:
        *above, name = detail["loc"] or ("",)
        if detail["type"] == "extra_forbidden":
            meant = closest(str(name), _keys(_model_at(model, tuple(above))))
            misspelt.add((*above, meant))
    return [
        detail
        for detail in details
        if not (detail["type"] == "missing" and detail["loc"] in misspelt)
        and not (
            detail["type"] == "too_short"
            and any(len(each) > len(detail["loc"]) and each[: len(detail["loc"])] == detail["loc"] for each in places)
        )
    ]


def _refuse(
    detail: ErrorDetails, refused: Mapping[str, Refusal], document: Document, path: NodePath, problems: Problems
) -> bool:
    """Report the unknown key of ``detail`` where it is one of those ``refused``. Returns whether it is."""
    name, value = ".".join(map(str, detail["loc"])), detail["input"]
    below = [f"{name}.{key}" for key in value] if isinstance(value, dict) else []
    found = [known for known in (name, *below) if known in refused]
    for known in found:
        refusal = refused[known]
        place = document.place((*path, *known.split(".")), key=True)
        problems.error(refusal.rule, f"{known}: {refusal.reason}", place, refusal.hint)
    return bool(found)


def _report(detail: ErrorDetails, model: type, document: Document, path: NodePath, problems: Problems) -> None:
    """Report one error of pydantic in our words."""
    loc = tuple(step for step in detail["loc"] if not (isinstance(step, str) and step.endswith("]")))
    at = (*path, *loc)
    name = str(loc[-1]) if loc else ""
    kind = detail["type"]
    if kind == "extra_forbidden":
        owner = _model_at(model, loc[:-1])
        hint = _key_below(owner, name) or did_you_mean(name, _keys(owner))
        problems.error("unknown-key", f"unknown key '{name}'", document.place(at, key=True), hint)
    elif kind == "missing":
        problems.error("missing-key", f"'{name}' is missing", document.place(at[:-1]), _advice(model, loc))
    elif kind == "literal_error":
        known = _choices(_annotation_at(model, loc))
        shown = detail["input"]
        problems.error(
            "unknown-value", f"{name}: unknown value '{shown}'", document.place(at), did_you_mean(str(shown), known)
        )
    elif kind.endswith("_type") or kind in ("int_parsing", "bool_parsing", "float_parsing", "int_from_float"):
        wanted = _WANTED.get(kind, detail["msg"])
        found = _type_words(detail["input"])
        hint = "put it in quotes" if wanted == "a text" and isinstance(detail["input"], (int, float, bool)) else ""
        problems.error("wrong-type", f"{name or 'entry'}: expected {wanted}, found {found}", document.place(at), hint)
    else:
        rule = kind if kind.count("-") else "bad-value"
        context = detail.get("ctx", {})
        plain = _PLAIN.get(kind if context.get("min_length") != 1 else f"{kind}_one", "")
        plain = _SOURCE_ID if context.get("pattern") == SOURCE_IDENTIFIER else plain
        message = plain.format(**context) or detail["msg"].removeprefix("Value error, ")
        problems.error(
            rule, f"{name}: {message}" if name else message, document.place(at), str(context.get("hint", ""))
        )


_WANTED = {
    "string_type": "a text",
    "int_type": "a whole number",
    "int_parsing": "a whole number",
    "int_from_float": "a whole number",
    "float_type": "a number",
    "float_parsing": "a number",
    "bool_type": "true or false",
    "bool_parsing": "true or false",
    "list_type": "a list",
    "tuple_type": "a list",
    "dict_type": "keys and values",
    "model_type": "keys and values",
    "model_attributes_type": "keys and values",
}

_PLAIN = {
    "string_pattern_mismatch": "not an id: a letter or digit, then letters, digits and _ . : -",
    "string_too_short": "at least {min_length} characters",
    "string_too_short_one": "nothing is written here",
    "string_too_long": "at most {max_length} characters",
    "too_short": "at least {min_length} entries",
    "too_short_one": "at least one entry",
    "too_long": "at most {max_length} entries",
    "greater_than_equal": "at least {ge}",
    "less_than_equal": "at most {le}",
}

_SOURCE_ID = "not an id of a source: it has spaces or braces"


def _type_words(value: Any) -> str:
    if value is None:
        return "nothing"
    if isinstance(value, bool):
        return str(value).lower()
    for type_, name in ((str, "a text"), ((int, float), "a number"), (list, "a list"), (dict, "keys and values")):
        if isinstance(value, type_):
            return name
    return type(value).__name__


def _keys(model: Any) -> list[str]:
    if not (isinstance(model, type) and issubclass(model, BaseModel)):
        return []
    return [field.alias or name for name, field in model.model_fields.items()]


def _key_below(model: Any, name: str) -> str:
    """A hint where the key of that ``name`` belongs into what another key of ``model`` holds; empty for none."""
    for key in _keys(model):
        if name in _keys(_model_at(model, (key, 0))):
            return f"it belongs into '{key}': each of these has its own '{name}'"
        if name in _keys(_model_at(model, (key,))):
            return f"it belongs into '{key}'"
    return ""


def _required_keys(model: type[BaseModel], given: Collection[str]) -> list[str]:
    return [
        field.alias or name for name, field in model.model_fields.items() if field.is_required() and name not in given
    ]


def _advice(model: Any, loc: NodePath) -> str:
    """A hint to add the key at ``loc``, with the description that the model has of it."""
    owner = _model_at(model, loc[:-1])
    if isinstance(owner, type) and issubclass(owner, BaseModel):
        for name, field in owner.model_fields.items():
            if loc and loc[-1] in (name, field.alias) and field.description:
                return f"add '{loc[-1]}: …' ({field.description})"
    return f"add '{loc[-1]}: …'" if loc else ""


def _model_at(model: Any, loc: NodePath) -> Any:
    return _unwrap(_annotation_at(model, loc))


def _annotation_at(annotation: Any, loc: NodePath) -> Any:
    """The annotation of the value at ``loc``, as pydantic names it, below a value of the type ``annotation``."""
    for step in loc:
        inner = _unwrap(annotation)
        if isinstance(inner, type) and issubclass(inner, BaseModel):
            fields = {field.alias or name: field.annotation for name, field in inner.model_fields.items()}
            fields |= {name: field.annotation for name, field in inner.model_fields.items()}
            annotation = fields.get(str(step), Any)
        else:
            arguments = [a for a in get_args(inner) if a is not Ellipsis]
            annotation = arguments[-1] if arguments else Any
    return annotation


def _unwrap(annotation: Any) -> Any:
    """``annotation`` without ``Annotated`` and ``| None``; of other unions the first model, else the first type."""
    while True:
        origin = get_origin(annotation)
        if origin is Annotated:
            annotation = get_args(annotation)[0]
        elif origin in (Union, types.UnionType):
            kept = [a for a in get_args(annotation) if a is not types.NoneType]
            models = [a for a in kept if isinstance(_unwrap_once(a), type) and issubclass(_unwrap_once(a), BaseModel)]
            annotation = (models or kept)[0]
        else:
            return annotation


def _unwrap_once(annotation: Any) -> Any:
    return get_args(annotation)[0] if get_origin(annotation) is Annotated else annotation


def _choices(annotation: Any) -> list[str]:
    inner = _unwrap(annotation)
    return [str(c) for c in get_args(inner)] if get_origin(inner) is Literal else []
