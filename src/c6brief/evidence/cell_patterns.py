r"""Regular expressions of tables, which may be a stranger's: matched in time that grows linearly with the text.

RE2 (google-re2, https://github.com/google/re2) has no backtracking, so that ``(a+)+b`` takes no longer than ``a+b``. What
cannot be matched so, it refuses: references to groups, and looking ahead or behind. Its ``\d``, ``\w`` and ``\s`` know ASCII
alone; they are written out here as Unicode's, which XML Schema's patterns, those of Table Schema, are of.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any

_CLASSES = {
    "d": r"\p{Nd}",
    "w": r"\p{L}\p{M}\p{N}_",
    "s": r"\s\v\p{Z}\x{85}",
}

_TOKEN = re.compile(r"\\u([0-9a-fA-F]{4})|\\(.)|(\[\^?\]?)|(\])|[^\\\[\]]+", re.S)


class BadPattern(Exception):
    """A text that is no pattern. ``hint`` says what to write."""

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.hint = hint


@lru_cache(maxsize=256)
def compile_pattern(pattern: str) -> Any:
    """A compiled ``pattern``, with ``fullmatch``. Raises :class:`BadPattern`."""
    import re2  # here: few tables have patterns

    options = re2.Options()
    options.log_errors = False
    try:
        return re2.compile(_with_unicode_classes(pattern), options=options)
    except re2.error as reason:
        raise BadPattern(*_explain(reason)) from None


def _with_unicode_classes(pattern: str) -> str:
    """``pattern`` with the classes of Unicode, and with the end of the text as RE2 writes it."""
    written = []
    in_brackets = False
    for token in _TOKEN.finditer(pattern):
        code, escaped, opening, closing = token.groups()
        text = token[0]
        if code:
            text = rf"\x{{{code}}}"
        elif escaped and escaped in _CLASSES:
            text = _CLASSES[escaped] if in_brackets else f"[{_CLASSES[escaped]}]"
        elif escaped and escaped.lower() in _CLASSES:
            if in_brackets and escaped != "D":
                raise BadPattern(rf"\{escaped} cannot stand in brackets", r"write what is allowed: [\d\s] for [^\W_]")
            text = r"\P{Nd}" if in_brackets else f"[^{_CLASSES[escaped.lower()]}]"
        elif escaped == "Z":
            text = r"\z"
        elif opening and not in_brackets:
            in_brackets = True
        elif opening:
            text = text.replace("[", r"\[")
            in_brackets = not text.endswith("]")
        elif closing:
            in_brackets = False
        written.append(text)
    return "".join(written)


def _explain(reason: Exception) -> tuple[str, str]:
    """The message and the hint for what RE2 says, which is bytes."""
    said = reason.args[0] if reason.args else ""
    message = said.decode("utf-8", "replace") if isinstance(said, bytes) else str(said)
    if "(?" in message:
        return message, "what stands before or after a text cannot be asked for: write out what the whole text is"
    if re.search(r"\\[1-9]", message):
        return message, "the words of a group cannot be asked for again: write out what the whole text is"
    if "repetition" in message or "too large" in message:
        return message, "at most 1000 repetitions in all, one in another multiplied; no + after a +"
    return message, ""
