"""What is wrong with a text that is not YAML, in words, and where to mend it.

The parser tells where it could not go on. Where a quotation mark or a bracket was never closed that is at the end of the
file, or at the next one; the place to mend is where it opens.
"""

from __future__ import annotations

from dataclasses import dataclass

import yaml

from c6brief.documents.problems import Span

_CLOSING = {"[": "]", "{": "}"}
_DOUBLED = {"'": "''", '"': '\\"'}


@dataclass(frozen=True)
class YamlError:
    """What is wrong, at a span of the text, whose lines count from 1, and what would mend it."""

    message: str
    span: Span
    hint: str = ""


def describe_error(
    reason: yaml.YAMLError, text: str, open_nodes: list[Span], quoted: Span | None, *, first_line: int
) -> YamlError:
    """What ``reason`` says about ``text``, which begins on ``first_line`` of its file.

    ``open_nodes`` are the spans of the lists and maps that were not at their end, the innermost last; ``quoted`` is that
    of the text in quotation marks that was read just before, if one was.
    """
    lines = text.split("\n")
    mark = getattr(reason, "problem_mark", None) or getattr(reason, "context_mark", None)
    at = _point(mark) if mark else _reader_position(text, getattr(reason, "position", 0))
    context = getattr(reason, "context", None) or ""
    opening = getattr(reason, "context_mark", None)
    if opening and "quoted scalar" in context and ("end of stream" in str(reason) or "document" in str(reason)):
        span = _point(opening)
        return YamlError(
            "the quotation mark that opens here is not closed", span, f"end the text with {_character(lines, span)}"
        )
    if quoted is not None and context.startswith("while parsing a") and _follows(lines, quoted, at):
        return _text_goes_on(lines, quoted, at, first_line)
    bracket = next((span for span in reversed(open_nodes) if _character(lines, span) in _CLOSING), None)
    is_at_end = not "".join([_line(lines, at)[at.column - 1 :], *lines[at.line :]]).strip()
    if bracket is not None and context.startswith("while parsing a flow"):
        opens = _character(lines, bracket)
        if is_at_end or at.line != bracket.line:
            hint = f"write '{_CLOSING[opens]}' where it ends"
            return YamlError(f"the '{opens}' that opens here is not closed", _first_character(bracket), hint)
        return YamlError(_words(reason), at, f"the '{opens}' in column {bracket.column} is not closed before")
    has_tab = "\t" in _line(lines, at)
    return YamlError(_words(reason), at, "indent with spaces, not tabs" if has_tab else _hint(reason))


def _text_goes_on(lines: list[str], quoted: Span, at: Span, first_line: int) -> YamlError:
    """Words stand after the quotation mark that closes the text at ``quoted``: it was not meant to close it."""
    mark = _character(lines, quoted)
    if quoted.line == quoted.end_line:
        hint = f"write {_DOUBLED.get(mark, mark)} for a quotation mark that does not end the text"
        return YamlError("words after the quotation mark that ends the text", at, hint)
    end = quoted.end_line + first_line - 1
    message = f"the quotation mark that opens here is closed only on line {end}, and words follow there"
    return YamlError(message, _first_character(quoted), f"end the text with {mark}")


def _follows(lines: list[str], quoted: Span, at: Span) -> bool:
    """Whether words at ``at`` follow the text at ``quoted`` on the line on which it ends."""
    if at.line != quoted.end_line or at.column < quoted.end_column or _character(lines, at) in ("", *"[]{},:"):
        return False
    return not _line(lines, at)[quoted.end_column - 1 : at.column - 1].strip()


def _character(lines: list[str], span: Span) -> str:
    """The character that ``span`` begins with; empty at the end of a line."""
    return _line(lines, span)[span.column - 1 : span.column]


def _line(lines: list[str], span: Span) -> str:
    """The line that ``span`` begins on; empty behind the last one."""
    return lines[span.line - 1] if span.line <= len(lines) else ""


def _first_character(span: Span) -> Span:
    return Span(span.line, span.column, span.line, span.column + 1)


def _point(mark: yaml.Mark) -> Span:
    return Span(mark.line + 1, mark.column + 1, mark.line + 1, mark.column + 2)


def _reader_position(text: str, offset: int) -> Span:
    """The place of an error of PyYAML's reader, which gives an ``offset`` only."""
    before = text[:offset]
    line, column = before.count("\n") + 1, len(before) - (before.rfind("\n") + 1) + 1
    return Span(line, column, line, column + 1)


def _words(reason: yaml.YAMLError) -> str:
    words = getattr(reason, "problem", None) or getattr(reason, "reason", None) or "cannot be read"
    return str(words).splitlines()[0]


def _hint(reason: yaml.YAMLError) -> str:
    words = _words(reason)
    if "mapping values" in words:
        return "a value that holds ': ' wants quotes around it"
    if "did not find expected key" in words or "expected <block end>" in words:
        return "is the indentation the same as on the lines above?"
    if "start any token" in words:
        return "a value that starts with this character wants quotes around it"
    return ""
