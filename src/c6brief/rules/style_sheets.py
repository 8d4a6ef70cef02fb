"""Rules on style sheets: what swells a file, prints unevenly, or is read out in a way that nobody wants."""

from __future__ import annotations

import re
from collections.abc import Iterator

import tinycss2
import tinycss2.color4

from c6brief.rules.review.rule import Finding, rule
from c6brief.rules.review.template import Declaration, TemplateUnderReview

_LEADER = re.compile(r"leader\(\s*(?:['\"][^'\"]*['\"]|dotted|solid|space)\s*\)")
_NO_CELL = re.compile(r"(?:inline-)?(?:flex|grid)\b")
_LAST = re.compile(r"[^\s>+~]+\Z")


@rule("rule-swallowed", chapter="reference")
def rule_swallowed(template: TemplateUnderReview) -> Iterator[Finding]:
    """a style sheet has `@page`, `@font-face` or a block of nothing inside of another rule, where nothing reads it

    Most often a `}}` is missing before it, and what stands between is not read either.
    """
    for each in template.swallowed:
        what = f"'{each.name}'" if each.name else "a block without a name"
        yield Finding(
            f"{what} inside of '{each.selector}' is not read", each.place, "is a '}' missing, or a '{' too many?"
        )


@rule("dotted-border", chapter="access")
def dotted_border(template: TemplateUnderReview) -> Iterator[Finding]:
    """a style sheet draws a dotted border

    Each dot is a drawing of its own: hundreds on a page, which swell the file and print unevenly.
    """
    for each in template.declarations:
        if each.name.startswith(("border", "outline", "column-rule")) and re.search(r"\bdotted\b", each.value):
            message = f"'{each.name}: {each.value}' draws every dot by itself"
            yield Finding(message, each.place, "a solid hairline in a lighter colour")


@rule("dotted-leader", chapter="access")
def dotted_leader(template: TemplateUnderReview) -> Iterator[Finding]:
    """a style sheet fills a line with `leader()`

    WeasyPrint prints each dot as text, and in a list of contents as part of the link: a hundred dots to listen to.
    """
    for each in template.declarations:
        if each.name == "content" and (match := _LEADER.search(each.value)):
            hint = "set the page's number right behind the title, or at the right without dots"
            yield Finding(f"every sign of '{match[0]}' is read out", each.place, hint)


@rule("flex-on-cells", chapter="access")
def flex_on_cells(template: TemplateUnderReview) -> Iterator[Finding]:
    """a style sheet makes a cell of a table a flex or grid box

    It is laid out as no cell then, and the headings of its row and column move to other cells.
    """
    for each in template.declarations:
        if each.name == "display" and _NO_CELL.match(each.value):
            for selector in each.selector.split(","):
                if _is_cell(selector.strip(), template.cell_classes):
                    message = f"'display: {each.value}' on '{selector.strip()}' takes a cell out of its table"
                    yield Finding(message, each.place, "put a div into the cell, and set it on that")
                    break


def _is_cell(selector: str, classes: frozenset[str]) -> bool:
    """Whether what ``selector`` ends in is a cell, by its name or by a class that the markup gives to cells."""
    last = _LAST.search(selector)
    if last is None or "::" in last[0]:
        return False
    name = re.match(r"[a-z]+\d?", last[0], re.I)
    if name is not None:
        return name[0].lower() in ("td", "th")
    return bool(classes & set(re.findall(r"\.([\w-]+)", last[0])))


@rule("transparency-used", chapter="access")
def transparency_used(template: TemplateUnderReview) -> Iterator[Finding]:
    """a style sheet uses opacity, blending or a transparent colour

    Old presses and archives flatten it into pictures of text, no program can tell its contrast, and text in it is drawn
    in a form of its own. A solid tint looks the same on paper. `transparent` itself is fine.
    """
    hint = "use a solid tint: the colour that it would look like on paper"
    for each in template.declarations:
        if each.name in ("opacity", "fill-opacity", "stroke-opacity"):
            if _opacity(each.value) < 1:
                yield Finding(f"'{each.name}: {each.value}' makes what it is set on transparent", each.place, hint)
        elif each.name == "mix-blend-mode" and each.value != "normal":
            yield Finding(f"'{each.name}: {each.value}' mixes with what lies below", each.place, hint)
        elif colour := _see_through_colour(each):
            yield Finding(f"'{colour}' is a transparent colour", each.place, hint)


def _opacity(value: str) -> float:
    """An opacity, from 0 to 1; 1 where it is not plainly a number."""
    match = re.fullmatch(r"([\d.]+)(%?)", value)
    return float(match[1]) / (100 if match[2] else 1) if match else 1


def _see_through_colour(declaration: Declaration) -> str | None:
    """The first colour of a value that is neither solid nor ``transparent``."""
    for token in tinycss2.parse_component_value_list(declaration.value, skip_comments=True):
        if token.type in ("hash", "function"):
            try:
                colour = tinycss2.color4.parse_color(token)
            except (ValueError, OverflowError):
                continue
            if colour is not None and colour != "currentcolor" and 0 < colour.alpha < 1:
                return str(token.serialize())
    return None
