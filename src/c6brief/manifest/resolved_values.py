"""Values of a PDF as pypdf gives them, references followed; an empty one where a value is of another kind."""

from __future__ import annotations

from typing import Any

from pypdf.generic import ArrayObject, DictionaryObject


def as_dictionary(value: Any) -> DictionaryObject:
    """The dictionary or stream that ``value`` is or refers to."""
    value = value.get_object() if value is not None else None
    return value if isinstance(value, DictionaryObject) else DictionaryObject()


def as_list(value: Any) -> list[Any]:
    """The items of the array that ``value`` is or refers to, as they stand there."""
    value = value.get_object() if value is not None else None
    return list(value) if isinstance(value, ArrayObject) else []
