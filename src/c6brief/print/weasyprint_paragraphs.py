"""A line box of WeasyPrint as one text, measured: where each character stands, and where lines may end.

- Why: lines are chosen for a whole paragraph (:mod:`c6brief.print.weasyprint_lines`), and WeasyPrint measures line by line.
- Uses: of boxes ``children``, ``text``, ``element_tag``, ``is_in_normal_flow``, ``is_floated``, ``is_leader`` and
  ``is_table_wrapper``, and their classes; ``preferred.max_content_width``; ``create_layout``, ``line_size``,
  ``get_log_attrs`` and ``_font_style_cache_key`` of ``text.line_break``; Pango's glyph strings as ``text.ffi`` declares
  them, and that a ``PangoGlyphInfo`` is five integers, the second of which is the width; ``context.dictionaries``.
- Known version: :data:`~c6brief.print.weasyprint_version.KNOWN`.
- With another version: no brief is typeset (problem ``unknown-weasyprint``).
- Test: ``tests/print/test_lines.py``.
- Upstream: Kozea/WeasyPrint #265 says that boxes are an implementation detail; nothing public is planned.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from itertools import accumulate
from typing import Any

import pyphen
from weasyprint.formatting_structure import boxes
from weasyprint.layout import preferred
from weasyprint.text import line_break
from weasyprint.text.ffi import FROM_UNITS, ffi

from c6brief.documents.addition import total
from c6brief.print.break_costs import (
    find_hyphenatable,
    get_word_before,
    get_word_behind,
    is_bidirectional,
    weigh_break,
)
from c6brief.print.line_breaking import Opportunities
from c6brief.print.preflight.content import HEADINGS

ATOM = "\u2e80"
"""What WeasyPrint takes an inline block or an image for when it looks for breaks (CSS Text 3, 5.1)."""

SOFT_HYPHEN = "\u00ad"

_PLAIN = "A-Za-z0-9\u00c0-\u024f\u0400-\u04ff"
_MAY_BREAK = re.compile(rf"(?<![{_PLAIN}])|(?![{_PLAIN}])")
"""Where a break is thinkable at all: never between two letters of Latin or Cyrillic (Unicode Standard Annex 14, LB28)."""


@dataclass
class Stretch:
    """A text box, or what counts as one letter, in the text of a paragraph."""

    path: tuple[int, ...]
    """The numbers of the children that lead to it."""
    begin: int
    text: str
    box: Any
    """``None`` where it is no text box."""
    width: float = 0.0
    """In px, of what is no text box."""

    @cached_property
    def _bytes(self) -> list[int]:
        return list(accumulate(len(char.encode()) for char in self.text))

    def find_character(self, byte: int) -> int:
        """The place in the paragraph of the character that stands ``byte`` bytes (UTF-8) behind the box's first one."""
        return self.begin + (byte if self.text.isascii() else bisect_right(self._bytes, byte))


@dataclass
class Paragraph:
    """What stands in a line box, measured."""

    text: str
    stretches: list[Stretch]
    """In order."""
    em: float
    """The type size, in px."""
    opportunities: Opportunities = field(default_factory=Opportunities)
    at: list[int] = field(default_factory=lambda: [0])
    """Where each opportunity stands in ``text``: the first character of the next line."""

    def find_begin(self, skip_stack: Any) -> int | None:
        """The opportunity at which the line begins that WeasyPrint's ``skip_stack`` names; ``None`` where that is none."""
        path: list[int] = []
        while skip_stack is not None:
            ((index, skip_stack),) = skip_stack.items()
            path.append(index)
        box, byte = tuple(path[:-1]), path[-1] if path else 0
        number = bisect_left(self.stretches, box, key=lambda each: each.path)
        if (
            number < len(self.stretches)
            and self.stretches[number].path == box
            and self.stretches[number].box is not None
        ):
            at = self.stretches[number].find_character(byte)
        else:
            number = bisect_left(self.stretches, tuple(path), key=lambda each: each.path)
            if number == len(self.stretches):
                return None
            at = self.stretches[number].begin
        while at < len(self.text) and self.text[at] == " ":
            at += 1
        if at <= self._first:
            return 0
        found = bisect_left(self.at, at)
        return found if found < len(self.at) - 1 and self.at[found] == at else None

    def find_rest(self, since: int, to: int) -> tuple[str, str]:
        """The text box that the opportunity ``to`` stands in, from where the line begins in it that begins at ``since``, and
        what of it stands before ``to``.
        """
        begin, end = self.at[since], self.at[to]
        box = self.stretches[bisect_left(self.stretches, end, key=lambda each: each.begin) - 1]
        start = max(begin - box.begin, 0)
        return box.text[start:], box.text[start : end - box.begin]

    @cached_property
    def _first(self) -> int:
        """Where the first character stands that is no space."""
        return len(self.text) - len(self.text.lstrip(" "))


class ParagraphReader:
    """Reads line boxes. What has the same texts in the same type is measured once."""

    def __init__(self) -> None:
        self._paragraphs: dict[Any, Paragraph] = {}
        self._places: dict[Any, list[float]] = {}

    def read(self, context: Any, box: Any) -> Paragraph | None:
        """The line box ``box``; ``None`` where its lines cannot be planned, or where there is nothing to plan.

        That is so where floats or leaders stand in it, spaces are kept, or letters run from right to left.
        """
        if box.style["direction"] != "ltr" or box.is_leader:
            return None
        stretches: list[Stretch] = []
        spaces: list[tuple[int, float]] = []
        if not _flatten(context, box, (), stretches, spaces):
            return None
        text = "".join(each.text for each in stretches)
        if (" " not in text.strip() and ATOM not in text) or is_bidirectional(text):
            return None
        keys = tuple((each.path, _get_key(each), each.box and _get_hyphenation(each.box.style)) for each in stretches)
        key = box.element_tag in HEADINGS, box.style["lang"], box.style["font_size"], tuple(spaces), keys
        found = self._paragraphs.get(key)
        if found is None:
            found = self._paragraphs[key] = Paragraph(text, stretches, box.style["font_size"])
            places = list(self._list_places(context, text, stretches, spaces))
            hyphens = {} if box.element_tag in HEADINGS else _find_hyphens(context, box, found, places)
            _add_opportunities(found, places, box.style["lang"], hyphens | _find_soft_hyphens(context, found))
        return found

    def _list_places(
        self, context: Any, text: str, stretches: list[Stretch], spaces: list[tuple[int, float]]
    ) -> Iterator[float]:
        """Where each character of ``text`` begins, in px, and where the last one ends; ``spaces`` are set before theirs."""
        at = 0.0
        waiting = iter([*spaces, (len(text) + 1, 0.0)])
        begin, width = next(waiting)
        for each in stretches:
            own = self._measure(context, each) if each.box is not None else [0.0, each.width]
            for index in range(len(each.text)):
                while begin <= each.begin + index:
                    at += width
                    begin, width = next(waiting)
                yield at + own[index]
            at += own[-1]
        yield at + total([width, *(width for _, width in waiting)])

    def _measure(self, context: Any, stretch: Stretch) -> list[float]:
        key = _get_key(stretch)
        found = self._places.get(key)
        if found is None:
            found = self._places[key] = _measure_text(stretch.text, stretch.box.style, context)
        return found


def _flatten(
    context: Any, box: Any, path: tuple[int, ...], stretches: list[Stretch], spaces: list[tuple[int, float]]
) -> bool:
    """Gather the texts below ``box``, and the padding and the like between them. Whether its lines can be planned."""

    def length() -> int:
        return stretches[-1].begin + len(stretches[-1].text) if stretches else 0

    for index, child in enumerate(box.children):
        here = (*path, index)
        if not child.is_in_normal_flow():
            if child.is_floated():
                return False
        elif isinstance(child, boxes.TextBox):
            if child.style["white_space"] not in ("normal", "nowrap", "pre-line"):
                return False
            stretches.append(Stretch(here, length(), child.text, child))
        elif isinstance(child, boxes.InlineBox):
            if child.is_leader:
                return False
            spaces.append((length(), _measure_side(child, "left")))
            if not _flatten(context, child, here, stretches, spaces):
                return False
            spaces.append((length(), _measure_side(child, "right")))
        elif isinstance(child, boxes.AtomicInlineLevelBox) and not child.is_table_wrapper:
            stretches.append(Stretch(here, length(), ATOM, None, preferred.max_content_width(context, child)))
        else:
            return False
    return True


def _measure_side(box: Any, side: str) -> float:
    """The margin, the border and the padding of an inline box on one side, in px; percentages count as none."""
    sizes = [box.style[f"{kind}_{side}"] for kind in ("margin", "padding")]
    lengths = [float(size.value) for size in sizes if getattr(size, "unit", "%") == "px"]
    return total([*lengths, float(box.style[f"border_{side}_width"])])


def _measure_text(text: str, style: Any, context: Any) -> list[float]:
    """Where each character of ``text`` begins when it is set in one line, and where the last one ends, in px."""
    layout = line_break.create_layout(text, style, context, None, 0)
    line, _ = layout.get_first_line()
    width, _ = line_break.line_size(line, style)
    at_byte: dict[int, int] = {}
    at = 0
    run = line.runs[0] if line.runs != ffi.NULL else ffi.NULL
    while run != ffi.NULL:
        item, glyphs = run.data.item, run.data.glyphs
        run = run.next
        count = glyphs.num_glyphs
        sizes = memoryview(ffi.buffer(glyphs.glyphs, count * ffi.sizeof("PangoGlyphInfo"))).cast("i")
        step = len(sizes) // count if count else 1
        clusters = ffi.unpack(glyphs.log_clusters, count)
        for cluster, size in zip(clusters, sizes[1::step].tolist(), strict=True):
            at_byte.setdefault(item.offset + cluster, at)
            at += size
    layout.deactivate()
    found: list[float] = []
    byte, last = 0, 0
    for char in text:
        last = at_byte.get(byte, last)
        found.append(last * FROM_UNITS)
        byte += len(char.encode())
    return [*found, width]


def _get_key(stretch: Stretch) -> Any:
    """All that the widths of a stretch depend on."""
    if stretch.box is None:
        return stretch.width
    style = stretch.box.style
    others = style["letter_spacing"], style["word_spacing"], style["font_kerning"], style["font_variant_numeric"]
    return stretch.text, line_break._font_style_cache_key(style, True), str(others), style["white_space"]


def _get_hyphenation(style: Any) -> Any:
    return style["hyphens"], style["hyphenate_limit_chars"], style["hyphenate_character"]


def _add_opportunities(paragraph: Paragraph, places: list[float], lang: str | None, hyphens: dict[int, float]) -> None:
    """Note where the text may be broken, and where it must be. ``hyphens``: where one may be set, and its width."""
    text, found, first = paragraph.text, paragraph.opportunities, paragraph._first
    attributes = line_break.get_log_attrs(text, lang)
    wraps = _find_wrapping(paragraph.stretches)
    thinkable = (match.start() for match in _MAY_BREAK.finditer(text, first + 1, len(text) - 1))
    breaks = {index for index in thinkable if attributes[index].is_line_break and wraps[index - 1]}
    found.starts[0] = places[first]
    letters = words = last = 0
    for index in sorted({*breaks, *hyphens}):
        letters, words = letters + index - last, words + text.count(" ", last, index)
        last = index
        paragraph.at.append(index)
        if index in hyphens:
            found.add(places[index] + hyphens[index], places[index], 0.0, True, "", "", letters, words)
            continue
        end = index
        while end and text[end - 1] in " \n":
            end -= 1
        tail, head = get_word_before(text, end), get_word_behind(text, index)
        is_forced = text[index - 1] == "\n"
        found.add(
            places[end], places[index], weigh_break(text, end, index), False, tail, head, letters, words, is_forced
        )
    end = len(text.rstrip(" "))
    letters, words = letters + end - last, words + text.count(" ", last, end)
    found.add(places[end], 0.0, 0.0, False, get_word_before(text, end), "", letters, words)
    paragraph.at.append(len(text))


def _find_wrapping(stretches: list[Stretch]) -> list[bool]:
    """For each character, whether a line may end behind it, as far as ``white-space`` goes."""
    found: list[bool] = []
    for each in stretches:
        found += [each.box is None or each.box.style["white_space"] != "nowrap"] * len(each.text)
        if each.text:
            found[-1] = True  # what holds both this box and the next one decides, and that seldom is one line
    return found


def _find_soft_hyphens(context: Any, paragraph: Paragraph) -> dict[int, float]:
    """Where the author lets words be parted (U+00AD), and how wide the hyphen is, in px."""
    found: dict[int, float] = {}
    for each in paragraph.stretches:
        if each.box is not None and SOFT_HYPHEN in each.text and each.box.style["hyphens"] != "none":
            width = _measure_hyphen(context, each)
            found |= {each.begin + match.end(): width for match in re.finditer(SOFT_HYPHEN, each.text)}
    return found


def _find_hyphens(context: Any, box: Any, paragraph: Paragraph, places: list[float]) -> dict[int, float]:
    """Where words may be parted by the patterns of their language, and how wide the hyphen is, in px."""
    found: dict[int, float] = {}
    stretches = [each for each in paragraph.stretches if each.box is not None and each.box.style["hyphens"] == "auto"]
    lang = pyphen.language_fallback(box.style["lang"]) if box.style["lang"] and stretches else None
    if lang is None:
        return found
    width, at = 0.0, -1
    for begin, end in find_hyphenatable(paragraph.text, lang):
        number = bisect_right(stretches, begin, key=lambda each: each.begin) - 1
        each = stretches[number] if number >= 0 else None
        if each is None or end > each.begin + len(each.text) or each.box.style["white_space"] == "nowrap":
            continue
        fewest, left, right = each.box.style["hyphenate_limit_chars"]
        if end - begin < fewest:
            continue
        if number != at:
            width, at = _measure_hyphen(context, each), number
        key = lang, left, right, fewest
        if key not in context.dictionaries:
            context.dictionaries[key] = pyphen.Pyphen(lang=lang, left=left, right=right)
        word = paragraph.text[begin:end]
        for before, _ in context.dictionaries[key].iterate(word):
            if word.startswith(before):
                found[begin + len(before)] = width
    return found


def _measure_hyphen(context: Any, stretch: Stretch) -> float:
    style = stretch.box.style
    return _measure_text(style["hyphenate_character"], style, context)[-1]
