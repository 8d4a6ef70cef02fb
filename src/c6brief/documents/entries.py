"""Validated entries that remember where they were written.

Models are pydantic; :func:`validate` turns every one of pydantic's findings into a problem of ours, at the
key or value that it is about. An :class:`Entry` keeps the way back to its document, so that rooms further
right can report at the very word.
"""

from __future__ import annotations

import types
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, Any, Literal, TypeVar, Union, get_args, get_origin

from pydantic import BaseModel, BeforeValidator, ConfigDict, PrivateAttr, StringConstraints, ValidationError
from pydantic_core import ErrorDetails

from c6brief.documents.problems import Place, Problems, did_you_mean
from c6brief.documents.yamltext import Document, NodePath

IDENTIFIER = r"^[^\W_][\w.:-]*$"

Identifier = Annotated[str, StringConstraints(pattern=IDENTIFIER, max_length=120)]
"""An id: a letter or digit, then letters, digits and ``_ . : -``. It is a Pandoc citation key as it stands."""


def _scalar_text(value: Any) -> Any:
    return str(value) if isinstance(value, (int, float)) and not isinstance(value, bool) else value


ScalarText = Annotated[str, BeforeValidator(_scalar_text)]
"""A text that people write without quotes although YAML reads a number: a year, an issue number."""


class Strict(BaseModel):
    """The base of all models: immutable, no unknown keys."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Entry(Strict):
    """A model read from a document. ``place()`` says where."""

    _document: Document | None = PrivateAttr(default=None)
    _path: NodePath = PrivateAttr(default=())

    def place(self, *path: str | int, key: bool = False) -> Place:
        """Where this entry, or the node at ``path`` below it, was written."""
        if self._document is None:
            return Place("<memory>")
        return self._document.place((*self._path, *path), key=key)

    def find(self, words: str, *path: str | int, nth: int = 0) -> Place:
        """Where ``words`` stand for the ``nth`` time inside the text at ``path``."""
        if self._document is None:
            return Place("<memory>")
        return self._document.find_in((*self._path, *path), words, nth)


E = TypeVar("E", bound=Entry)


@dataclass(frozen=True)
class Refusal:
    """Why a key or value is refused that is known but not wanted: the problem's ``rule``, the ``reason``, a ``hint``."""

    rule: str
    reason: str
    hint: str


def validate(
    model: type[E],
    document: Document,
    path: NodePath,
    problems: Problems,
    *,
    refused: Mapping[str, Refusal] | None = None,
    **given: Any,
) -> E | None:
    """The entry at ``path`` of ``document`` as ``model``; ``None`` after problems.

    ``given`` fills in keys that the file leaves to us (an id from the file's name); what is written wins.
    ``refused`` are keys that the model does not have on purpose, by name: ``min``, or ``axis.min`` for one below.

    Problems: ``unknown-key``, ``missing-key``, ``wrong-type``, ``unknown-value``, ``bad-value``, those of ``refused``.
    """
    node = document.root
    for step in path:
        node = node.child(step) or node
    data = node.plain()
    if not isinstance(data, dict):
        message = f"expected keys and values, found {_kind(data)}"
        problems.error("wrong-type", message, document.place(path), f"keys: {', '.join(_required(model, given))}")
        return None
    try:
        entry = model.model_validate({**given, **data})
    except ValidationError as invalid:
        for detail in invalid.errors(include_url=False):
            if detail["type"] == "extra_forbidden" and _refuse(detail, refused or {}, document, path, problems):
                continue
            _report(detail, model, document, path, problems)
        return None
    entry._document, entry._path = document, path
    return entry


def _refuse(
    detail: ErrorDetails, refused: Mapping[str, Refusal], document: Document, path: NodePath, problems: Problems
) -> bool:
    """Whether the unknown key of ``detail`` is one of those refused by name; if so, it is reported as such."""
    name, value = ".".join(map(str, detail["loc"])), detail["input"]
    below = [f"{name}.{key}" for key in value] if isinstance(value, dict) else []
    found = [known for known in (name, *below) if known in refused]
    for known in found:
        refusal = refused[known]
        place = document.place((*path, *known.split(".")), key=True)
        problems.error(refusal.rule, f"{known}: {refusal.reason}", place, refusal.hint)
    return bool(found)


def _report(detail: ErrorDetails, model: type, document: Document, path: NodePath, problems: Problems) -> None:
    loc = tuple(step for step in detail["loc"] if not (isinstance(step, str) and step.endswith("]")))
    at = (*path, *loc)
    name = str(loc[-1]) if loc else ""
    kind = detail["type"]
    if kind == "extra_forbidden":
        known = _keys(_model_at(model, loc[:-1]))
        problems.error("unknown-key", f"unknown key '{name}'", document.place(at, key=True), did_you_mean(name, known))
    elif kind == "missing":
        owner = document.place(at[:-1])
        problems.error("missing-key", f"'{name}' is missing", owner, _advice(model, loc))
    elif kind == "literal_error":
        known = _choices(_annotation_at(model, loc))
        shown = detail["input"]
        problems.error(
            "unknown-value", f"{name}: unknown value '{shown}'", document.place(at), did_you_mean(str(shown), known)
        )
    elif kind.endswith("_type") or kind in ("int_parsing", "bool_parsing", "float_parsing", "int_from_float"):
        wanted = _WANTED.get(kind, detail["msg"])
        found = _kind(detail["input"])
        hint = "put it in quotes" if wanted == "a text" and isinstance(detail["input"], (int, float, bool)) else ""
        problems.error("wrong-type", f"{name or 'entry'}: expected {wanted}, found {found}", document.place(at), hint)
    else:
        rule = kind if kind.count("-") else "bad-value"
        context = detail.get("ctx", {})
        message = _PLAIN.get(kind, "").format(**context) or detail["msg"].removeprefix("Value error, ")
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
    "string_too_long": "at most {max_length} characters",
    "too_short": "at least {min_length} entries",
    "too_long": "at most {max_length} entries",
    "greater_than_equal": "at least {ge}",
    "less_than_equal": "at most {le}",
}


def _kind(value: Any) -> str:
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


def _required(model: type[BaseModel], given: dict[str, Any]) -> list[str]:
    return [
        field.alias or name for name, field in model.model_fields.items() if field.is_required() and name not in given
    ]


def _advice(model: Any, loc: NodePath) -> str:
    """What the missing key is for, from the model's own words."""
    owner = _model_at(model, loc[:-1])
    if isinstance(owner, type) and issubclass(owner, BaseModel):
        for name, field in owner.model_fields.items():
            if loc and loc[-1] in (name, field.alias) and field.description:
                return f"add '{loc[-1]}: …' ({field.description})"
    return f"add '{loc[-1]}: …'" if loc else ""


def _model_at(model: Any, loc: NodePath) -> Any:
    return _unwrap(_annotation_at(model, loc))


def _annotation_at(annotation: Any, loc: NodePath) -> Any:
    """The annotation that pydantic was checking when it stopped at ``loc``."""
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
    """``Annotated`` and ``| None`` taken off."""
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


__all__ = ["Entry", "Identifier", "Refusal", "ScalarText", "Strict", "validate"]
