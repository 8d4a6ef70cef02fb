"""``docs/figures.md``, made from the docstrings and keys of the kinds by ``python -m c6brief.figures.document``.

A test keeps it fresh.
"""

from __future__ import annotations

import inspect
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Literal, get_args, get_origin

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from c6brief.evidence.table_models import Chart
from c6brief.figures.annotations.options import Annotation, ArrowEnd, Period, Reference
from c6brief.figures.kinds import ChartKind
from c6brief.figures.refusals import REFUSED_KEYS, REFUSED_KINDS
from c6brief.figures.registry import built_in_kinds
from c6brief.figures.rows.tabular import TabularOptions

OPENING = """\
# Figures

<!-- Written by `python -m c6brief.figures.document` from src/c6brief/figures/*/kind.py. Edit the docstrings there. -->

A figure is one file, `seeds/charts/ID.yaml`, placed by `charts: [ID]` in a brief or `::: chart ID` in prose. The
[gallery](gallery/README.md) shows every kind with its file. All take these keys:

| key | |
|---|---|
"""

ROWS = """
Kinds that draw a table take their rows in one of these ways ([docs/data.md](data.md) says all of it):

| key | |
|---|---|
"""

EXAMPLE = """\
kind: line
title: Freight doubled, and fell only in the drought
subtitle: Freight, million tonnes, 2010 to 2020
alt: Line chart of freight, 2010 to 2020. It rises from 20 to 60 million tonnes, and falls once, to 26 in the drought of 2014.
fields:
  - {name: year, type: year}
  - {name: freight, type: number, title: Freight, unit: million tonnes}
rows: [[2010, 20], [2012, 34], [2014, 26], [2016, 41], [2018, 52], [2020, 60]]
x: year
y: freight
annotate:
  - {x: 2011, text: Port opened}
  - {x: 2014, y: 50, text: Rails under sand for half a year, to: {x: 2014, y: 26}}
periods:
  - {from: 2013, to: 2015, label: Drought}
  - {axis: y, from: 30, to: 40, label: Planned range}
references:
  - {value: 45, label: Average of the neighbours}
"""
"""A chart with annotations of every kind; a test draws it."""

ANNOTATIONS = """
## Annotations

Charts with axes take words, bands and lines beside their data, all in values of the data:

| kind | `annotate` | `periods` along | `references` along | `x` is | `y` is |
|---|---|---|---|---|---|
| `line` | yes | `x` (the default), `y` | `y` | a time, category or number | a number |
| `area` | yes | `x` | `y` | a time, category or number | a number |
| `scatter` | yes | `x` (the default), `y` | `y` | a number or time | a number |
| `histogram` | yes | `x` | `x` | a number | a count |
| `bar`, `dot` | yes, with `y` | `y` | `y` | a category | a number |
| `small-multiples` | as in its `panel`, the same in every panel | | | | |

`slope` writes its numbers and has no scale; `heatmap`, `matrix`, `timeline` and the others have no numbers along an axis:
they take none.

{tables}
Words stand around their place, moved as little as can be to where nothing else is drawn; an arrow stops at words that it
would go through. Where there is no room, `render` tells (`crowded-words`): a narrow figure has less of it than a wide one.
Without `y`, words stand above the plot, on a pole at their `x`; labels of periods stand there too. Words may stand a quarter
of the data's range beyond the data, as the scale can hold that; arrows end within the data. Eight annotations, six periods
and four references can be read on one plot at most, and what has more than 120 characters belongs into `note`.

All these words are the author's own: quotations in them are looked for in the chart's sources, their numbers in its data and
sources (`untraced-number`), and the manifest has them. A reader who cannot see the figure hears its `alt`: say there what
they say. `notes: [{{x, label}}]` of a line chart is `annotate: [{{x, text}}]` as it was written before (`old-key`).

```yaml
{example}```

The [gallery](gallery/README.md#line) has one with its picture.
"""

HOUSE = """
## House rules

They are the same for every figure, and none is an option.

- The title is the takeaway, a sentence; the subtitle says what is shown, its unit and its period; the alternative text
  says type, data and trend, and is not the title again. `check` tells what is missing.
- Bars begin at zero: any key that would move their foot is refused (`bars-not-from-zero`). One figure has one scale
  (`two-units`).
- What is missing is shown as missing, never as zero. What is `uncertain` looks uncertain, and a key says so.
- A figure of claims or events that rest on one voice says so under it: "○ One voice." Data have a source and no strength.
- Names and numbers stand at the data; a key is drawn only where they cannot. What is highlighted has colour, all else
  is grey. Everything is told by order, label, shape or hatching before hue, for readers who see colours otherwise and
  for pages printed in grey.
- Sizes of type are those of print: 6.5 to 10.5 pt, at every width.
- Numbers, months and names of countries are those of the brief's language.
- The data of each figure are attached to the PDF as CSV, and stand in its manifest.

## What is refused

"""


def page() -> str:
    """The whole of ``docs/figures.md``."""
    common = {name: field for name, field in Chart.model_fields.items() if name != "id"}
    rows = {name: field for name, field in TabularOptions.model_fields.items() if name not in Chart.model_fields}
    parts = [OPENING, *_rows(common), ROWS, *_rows(rows)]
    common_names = {*Chart.model_fields, *TabularOptions.model_fields}
    chapters: dict[type[ChartKind[Any]], list[str]] = {}
    for name, kind in built_in_kinds().items():
        chapters.setdefault(type(kind), []).append(name)
    for cls, names in chapters.items():
        parts += _chapter(cls, names, common_names)
    models: dict[str, type[BaseModel]] = {
        "annotate": Annotation,
        "to": ArrowEnd,
        "periods": Period,
        "references": Reference,
    }
    tables = "\n".join(_table(key, model) for key, model in models.items())
    parts.append(ANNOTATIONS.format(tables=tables, example=EXAMPLE))
    parts.append(HOUSE)
    parts.append("| kind or key | why, and what to use |\n|---|---|\n")
    parts += [f"| `{name}` | {why} |\n" for name, why in sorted(_refusals())]
    return "".join(parts)


def _chapter(kind: type[ChartKind[Any]], names: list[str], common: set[str]) -> Iterator[str]:
    words = inspect.cleandoc(kind.__doc__ or "")
    yield f"\n## {', '.join(names)}\n\n{words.replace('``', '`')}\n"
    own = {name: field for name, field in kind.options.model_fields.items() if name not in common}
    if own:
        yield "\n| key | |\n|---|---|\n"
        yield from _rows(own)


def _table(key: str, model: type[BaseModel]) -> str:
    """The keys of one entry of the list ``key``."""
    return "".join([f"| of `{key}` | |\n|---|---|\n", *_rows(dict(model.model_fields))])


def _rows(fields: dict[str, FieldInfo]) -> Iterator[str]:
    for name, field in fields.items():
        needed = "" if not field.is_required() else " (required)"
        yield f"| `{field.alias or name}`{needed} | {_words(field)} |\n"


def _words(field: FieldInfo) -> str:
    choices = _choices(field.annotation)
    words = (field.description or "").replace("|", "\\|")
    return "; ".join(
        part for part in (words, "one of " + ", ".join(f"`{each}`" for each in choices) if choices else "") if part
    )


def _choices(annotation: Any) -> list[str]:
    """The words of a ``Literal``, however it is wrapped."""
    if get_origin(annotation) is Literal:
        return [str(each) for each in get_args(annotation)]
    return next((found for each in get_args(annotation) if (found := _choices(each))), [])


def _refusals() -> Iterator[tuple[str, str]]:
    for name, refusal in {**REFUSED_KINDS, **REFUSED_KEYS}.items():
        yield name, f"{refusal.reason}: {refusal.hint}"


if __name__ == "__main__":
    path = Path(__file__).resolve().parents[3] / "docs" / "figures.md"
    path.write_text(page(), encoding="utf-8")
