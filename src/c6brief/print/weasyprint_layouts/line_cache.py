"""Lines of text that were broken once, and are not broken again.

A third of the time of a layout is spent in finding out how much of a text fits a line. The same text in the same type
is asked for again and again: for each note that is added to a page all its notes are laid out anew, a paragraph that
goes over to the next page was tried before, and the next layout asks for all of it once more.

Where a page has floats, WeasyPrint also asks of each line how narrow it can be made, to know whether it fits beside
them. That is asked only of lines that have a float beside them.
"""

from __future__ import annotations

import copy
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from weasyprint.layout import inline, preferred

from c6brief.print.weasyprint_layouts.style_cache import PerStyle, StyleCache

TYPE = (
    "direction",
    "font_family",
    "font_feature_settings",
    "font_kerning",
    "font_language_override",
    "font_size",
    "font_stretch",
    "font_style",
    "font_variant_alternates",
    "font_variant_caps",
    "font_variant_east_asian",
    "font_variant_ligatures",
    "font_variant_numeric",
    "font_variant_position",
    "font_variation_settings",
    "font_weight",
    "hyphenate_character",
    "hyphenate_limit_chars",
    "hyphenate_limit_zone",
    "hyphens",
    "lang",
    "letter_spacing",
    "line_height",
    "overflow_wrap",
    "tab_size",
    "text_decoration_line",
    "white_space",
    "word_break",
    "word_spacing",
)
"""The properties that WeasyPrint's modules ``text.line_break`` and ``text.fonts`` ask for: all that lines depend on."""


WIDEST_WORD = 8
"""em that a word which may be broken takes of a table's column, at most: what is longer is broken before others are."""

WRAPPED = frozenset(("normal", "pre-wrap", "pre-line"))
"""Values of ``white-space`` by which lines are broken."""

PIECE = 48
"""Characters of the first piece of a text that is looked at for its first word."""


class LineCache:
    """The answers of WeasyPrint's ``split_first_line``."""

    def __init__(self, styles: StyleCache) -> None:
        self._answers: dict[Any, Any] = {}
        self._types: dict[str, int] = {}
        self._type_numbers: PerStyle[int] = PerStyle(styles)
        self._struts: PerStyle[Any] = PerStyle(styles)

    def forget(self) -> None:
        """Other styles are computed from now on."""
        self._type_numbers.forget()
        self._struts.forget()

    @contextmanager
    def use(self) -> Iterator[None]:
        """While this is open, WeasyPrint is given earlier answers, and the height of an empty line of each style."""
        original, original_strut, original_width = (
            inline.split_first_line,
            inline.strut,
            inline.inline_min_content_width,
        )

        def split(
            text: str,
            style: Any,
            context: Any,
            max_width: float | None,
            justification_spacing: float,
            is_line_start: bool = True,
            minimum: bool = False,
        ) -> Any:
            number = self._type_numbers.get(style, self._number_type)
            others = max_width, justification_spacing, is_line_start, minimum

            def answer_for(piece: str) -> Any:
                key = number, piece, *others
                if key not in self._answers:
                    self._answers[key] = original(piece, style, context, *others)
                answer = self._answers[key]
                return copy.copy(answer[0]), *answer[1:]  # painting writes into the first part

            if minimum and max_width == 0:
                return _split_first_word(text, style, answer_for)
            return answer_for(text)

        def strut(style: Any) -> Any:
            return self._struts.get(style, original_strut)

        def min_content_width(context: Any, line: Any, **options: Any) -> Any:
            if line.style["direction"] == "ltr" and not _has_float_beside(context, line, strut(line.style)[0]):
                return 0  # as where a page has no floats
            return original_width(context, line, **options)

        inline.split_first_line = preferred.split_first_line = split
        inline.strut, inline.inline_min_content_width = strut, min_content_width
        try:
            yield
        finally:
            inline.split_first_line = preferred.split_first_line = original
            inline.strut, inline.inline_min_content_width = original_strut, original_width
            self._type_numbers.end()
            self._struts.end()

    def _number_type(self, style: Any) -> int:
        """A number for the values of :data:`TYPE` in ``style``."""
        values = str([style[name] for name in TYPE])
        return self._types.setdefault(values, len(self._types))


def _split_first_word(text: str, style: Any, answer_for: Callable[[str], Any]) -> Any:
    """What ``split_first_line`` answers for a line of no width, asked of the first piece of ``text`` that is long enough.

    The answer's third part is the place in UTF-8 where the rest begins, ``None`` for no rest, its fourth the width in px.
    """
    length = PIECE
    answer = answer_for(text[:length])
    while length < len(text) and (answer[2] is None or answer[2] >= len(text[:length].encode())):
        length *= 2
        answer = answer_for(text[:length])
    if style["overflow_wrap"] == "break-word" and style["white_space"] in WRAPPED:
        own = [token.value for token in style["__widest_word"] if token.type == "number"]
        widest = (own[0] if own else WIDEST_WORD) * style["font_size"]
        answer = (*answer[:3], min(answer[3], widest), *answer[4:])
    return answer


def _has_float_beside(context: Any, line: Any, height: float) -> bool:
    """Whether a float reaches into the next ``height`` px below the top of ``line``: ``avoid_collisions`` of WeasyPrint
    compares them so, and looks at the width of the line where it does.
    """
    top, bottom = line.position_y, line.position_y + height
    for shape in context.excluded_shapes:
        above, below = shape.position_y, shape.position_y + shape.margin_height()
        if above < top < below or above < bottom < below or (above >= top and below <= bottom):
            return True
    return False
