"""The texts in an entry's fields: each with its path and the policy of its field, to be looked at and to be changed."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import Any, TypeVar

from pydantic import BaseModel

from c6brief.documents.document import NodePath
from c6brief.evidence.field_policies import OWN, FieldPolicy, extra_fields, text_fields
from c6brief.evidence.marks import has_marks

E = TypeVar("E", bound=BaseModel)

Change = Callable[[str, NodePath, FieldPolicy], str]
"""Gives a text as it is to be, from the text, the path of its node, and the policy of its field."""


def map_texts(model: E, change: Change) -> E:
    """``model`` with every text in its fields that has marks or markup as ``change`` gives it; itself where nothing changes.

    ``change`` is given the text, the path of its node, and the policy of its field.
    """
    return _map_model(model, (), change)


def _map_model(model: E, path: NodePath, change: Change) -> E:
    changed: dict[str, Any] = {}
    for name, key, policy in text_fields(type(model)):
        value = getattr(model, name)
        if value is not None and value != ():
            new = _map_value(value, (*path, key), policy, change)
            if new is not value:
                changed[name] = new
    if model.model_extra and type(model).__name__ != "Chart":  # the other keys of a chart are fields of its options
        for key, value in extra_fields(model):
            new = _map_value(value, (*path, key), OWN, change)
            if new is not value:
                changed[key] = new
    return model.model_copy(update=changed) if changed else model


def _map_value(value: Any, path: NodePath, policy: FieldPolicy, change: Change) -> Any:
    if isinstance(value, str):
        if not _is_telling(value):
            return value
        new = change(value, path, policy)
        return value if new == value else new
    if value is None or isinstance(value, (int, float)):
        return value
    if path[-1:] == ("rows",) and not _rows_are_telling(value):
        return value  # as of nearly all tables, large ones too
    if isinstance(value, (tuple, list)):
        items = [_map_value(item, (*path, at), policy, change) for at, item in enumerate(value)]
        return type(value)(items) if any(new is not old for new, old in zip(items, value, strict=True)) else value
    if isinstance(value, Mapping):
        pairs = {key: _map_value(item, (*path, key), policy, change) for key, item in value.items()}
        return pairs if any(pairs[key] is not value[key] for key in pairs) else value
    if isinstance(value, BaseModel):
        return _map_model(value, path, change)
    return value


def _rows_are_telling(rows: Any) -> bool:
    """Whether a cell of a table that was read may have words in marks; of rows in another form nothing is known."""
    if not all(isinstance(row, tuple) for row in rows):
        return True
    return any(type(cell) is str and _is_telling(cell) for row in rows for cell in row)


@lru_cache(maxsize=4_096)
def _is_telling(text: str) -> bool:
    """Whether a text may have words in marks, or a term or title."""
    return has_marks(text) or "]{" in text
