"""A template lets text or colours shine through."""

from __future__ import annotations

import re
from collections.abc import Iterator

import tinycss2
import tinycss2.color4

from c6brief.rules.design import Declaration, Design
from c6brief.rules.rule import Finding, Rule, register

HINT = "use a solid tint: the colour that it would look like on paper"


def _check(design: Design) -> Iterator[Finding]:
    for each in design.declarations:
        if each.name in ("opacity", "fill-opacity", "stroke-opacity"):
            if _share(each.value) < 1:
                yield Finding(f"'{each.name}: {each.value}' makes what it is set on transparent", each.place, HINT)
        elif each.name == "mix-blend-mode" and each.value != "normal":
            yield Finding(f"'{each.name}: {each.value}' mixes with what lies below", each.place, HINT)
        elif colour := _see_through(each):
            yield Finding(f"'{colour}' is a transparent colour", each.place, HINT)


def _share(value: str) -> float:
    match = re.fullmatch(r"([\d.]+)(%?)", value)
    return float(match[1]) / (100 if match[2] else 1) if match else 1


def _see_through(declaration: Declaration) -> str | None:
    """The first colour of a value that is neither solid nor ``transparent``."""
    for token in tinycss2.parse_component_value_list(declaration.value, skip_comments=True):
        if token.type in ("hash", "function"):
            try:
                colour = tinycss2.color4.parse_color(token)
            except (ValueError, OverflowError):
                continue
            if colour is not None and colour != "currentcolor" and 0 < colour.alpha < 1:
                return token.serialize()
    return None


register(
    Rule(
        name="transparency-used",
        severity="warning",
        about="template",
        line="a style sheet uses opacity, blending or a transparent colour",
        why=(
            "Old presses and archives flatten it into pictures of text, no program can tell its contrast, and text in it is "
            "drawn in a form of its own. A solid tint looks the same on paper. `transparent` itself is fine."
        ),
        check=_check,
    )
)
