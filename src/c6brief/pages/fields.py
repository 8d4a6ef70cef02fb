"""The documentation of what templates see, ``docs/template-fields.md``, written from :mod:`c6brief.brief.model`.

``python -m c6brief.pages.fields`` writes the file. One test fails when it is out of date; another compares the types
below with the values of a brief.
"""

from __future__ import annotations

import re
import types
from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass
from pathlib import Path
from typing import Annotated, Any, Literal, TypeGuard, Union, get_args, get_origin, get_type_hints

from markupsafe import Markup

from c6brief.brief import model
from c6brief.documents import catalogue
from c6brief.pages.search import shipped_templates

OPENING = """\
# What a template sees

<!-- Written by `python -m c6brief.pages.fields` from src/c6brief/brief/model.py. Edit the words there. -->

A template is given one value, `brief`. Everything in it is finished: resolved, verified, numbered, in the language
of the brief. Write `{{ brief.title }}` to print a field and `{% if brief.subtitle %}` to ask whether it is empty. A
name that does not exist is a problem with its file and line, never an empty space.

*Html* is safe markup that c6brief made; every other text is escaped when it is printed. `X or Y` is one of the two,
`tuple of X` a fixed list, to be walked with `{% for %}`. A *block* is one of the things that a section holds; its
`kind` is also the name of the file in `blocks/` that prints it.

Two filters are ours, beside [Jinja's](https://jinja.palletsprojects.com/en/stable/templates/#list-of-builtin-filters):

| Filter | What it gives |
|---|---|
| `section.blocks\\|arrange` | the blocks in the order of printing, each as `placed.block` and\
 `placed.place`: `text` (the column), `margin` (beside it) or `full` (both) |
| `brief.title\\|balanced(20, 0.49)` | the width in ems that breaks a text into even lines, given how many\
 characters fit on a line and the average width of one in ems; `--text-wrap: balance` in a style sheet measures it |
"""

WORDS = """\
## The tool's own words

What the shipped templates print from `brief.words`, in English. The other names of the catalogue
(`src/c6brief/documents/words/`) are for the notes, dates and counts that reach a template finished.

| `brief.words.` | |
|---|---|
"""


def classes() -> list[type]:
    """The classes that a template can reach, in the order of their chapters: ``Brief`` is the first."""
    found: list[type] = []
    waiting: list[type] = [model.Brief]
    while waiting:
        cls = waiting.pop(0)
        if cls not in found:
            found.append(cls)
            waiting += [part for hint in hints(cls).values() for part in _parts(hint) if is_class(part)]
    return found


def hints(cls: type) -> dict[str, Any]:
    """The types of the fields of a class, by name."""
    known = get_type_hints(cls, vars(model))
    return {field.name: known[field.name] for field in fields(cls)}


def words(cls: type) -> dict[str, str]:
    """The words that document the fields of a class, by name. Raises ``TypeError`` for a field without words."""
    known = get_type_hints(cls, vars(model), include_extras=True)
    result = {}
    for field in fields(cls):
        if get_origin(known[field.name]) is not Annotated:
            raise TypeError(f"{cls.__name__}.{field.name} has no words")
        result[field.name] = get_args(known[field.name])[1]
    return result


def type_words(hint: Any) -> str:
    """A type in the words of the documentation; a class is a link to its chapter."""
    origin, args = get_origin(hint), get_args(hint)
    if origin in (Union, types.UnionType):
        return " or ".join(type_words(part) for part in args)
    if origin is Literal:
        return " or ".join(f"`{value}`" for value in args)
    if origin is tuple:
        return "tuple of " + type_words(args[0])
    if isinstance(origin, type) and issubclass(origin, Mapping):
        return f"mapping of {type_words(args[0])} to {type_words(args[1])}"
    if is_class(hint):
        return f"[{hint.__name__}](#{hint.__name__.lower()})"
    return {str: "text", int: "whole number", bool: "true or false", Markup: "Html"}.get(hint, str(hint))


def document() -> str:
    """The whole of ``docs/template-fields.md``."""
    blocks = get_args(model.Block)
    parts = [OPENING]
    for cls in classes():
        opening = f"## {cls.__name__}\n\n{_summary(cls)}"
        if cls in blocks:
            kind = next(field.default for field in fields(cls) if field.name == "kind")
            opening += f" A block: `blocks/{kind}.html.j2` prints it."
        rows = "\n".join(
            f"| `{name}` | {_cell(_field_type(name, hint))} | {_cell(words(cls)[name])} |"
            for name, hint in hints(cls).items()
        )
        parts.append(f"{opening}\n\n| Field | Type | |\n|---|---|---|\n{rows}\n")
    parts.append(WORDS + "".join(f"| `{name}` | {_cell(text)} |\n" for name, text in template_words().items()))
    return "\n".join(parts)


def template_words() -> dict[str, str]:
    """The English words that the shipped templates print, by their names in ``brief.words``."""
    names: set[str] = set()
    for path in shipped_templates().rglob("*.j2"):
        names.update(re.findall(r"\bwords\.([a-z_]+)", path.read_text(encoding="utf-8")))
    english = catalogue.words("en")
    return {name: english[name] for name in english if name in names}


def _field_type(name: str, hint: Any) -> str:
    if hint == tuple[model.Block, ...]:
        return "tuple of blocks: " + ", ".join(type_words(block) for block in get_args(model.Block))
    return type_words(hint)


def is_class(hint: Any) -> TypeGuard[type]:
    """Whether a type is a class of the model, which has fields."""
    return isinstance(hint, type) and is_dataclass(hint)


def _parts(hint: Any) -> Iterator[Any]:
    """A type and all the types that it is made of."""
    yield hint
    for part in get_args(hint):
        yield from _parts(part)


def _summary(cls: type) -> str:
    return (cls.__doc__ or "").strip().split("\n\n")[0]


def _cell(text: str) -> str:
    return text.replace("|", "\\|").replace("\n", " ")


if __name__ == "__main__":
    path = Path(__file__).resolve().parents[3] / "docs" / "template-fields.md"
    path.parent.mkdir(exist_ok=True)
    path.write_text(document(), encoding="utf-8")
