"""Whether what is handed over to a template is of the types that its documentation gives."""

from __future__ import annotations

import types
from collections.abc import Iterator, Mapping
from typing import Any, Literal, Union, get_args, get_origin

from c6brief.pages.fields import hints, is_class, type_words


def mismatches(value: Any, hint: Any, where: str = "brief") -> Iterator[str]:
    """What in ``value`` is not of the type ``hint``, one line each. ``where`` is the expression that gives ``value``.

    This is stricter than ``isinstance``: a text that is documented as plain must not be markup, which is not escaped.
    """
    origin, args = get_origin(hint), get_args(hint)
    if origin in (Union, types.UnionType):
        if all(any(mismatches(value, part)) for part in args):
            yield f"{where}: {type(value).__name__} is none of {type_words(hint)}"
    elif origin is Literal:
        if value not in args:
            yield f"{where}: {value!r} is none of {args}"
    elif origin is tuple:
        if type(value) is not tuple:
            yield f"{where}: {type(value).__name__} in place of a tuple"
        else:
            for index, item in enumerate(value):
                yield from mismatches(item, args[0], f"{where}[{index}]")
    elif isinstance(origin, type) and issubclass(origin, Mapping):
        if not isinstance(value, Mapping):
            yield f"{where}: {type(value).__name__} in place of a mapping"
        else:
            for key, item in value.items():
                yield from mismatches(key, args[0], f"{where} key {key!r}")
                yield from mismatches(item, args[1], f"{where}[{key!r}]")
    elif type(value) is not hint:
        yield f"{where}: {type(value).__name__} in place of {hint.__name__}"
    elif is_class(hint):
        for name, part in hints(hint).items():
            yield from mismatches(getattr(value, name), part, f"{where}.{name}")
