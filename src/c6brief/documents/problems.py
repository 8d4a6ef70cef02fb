"""Problems: what is wrong, where it is wrong, and what would mend it.

Everything that is wrong in a user's files is reported as a problem, in one form that people and editors read::

    briefs/security.yaml:14:14: error[unknown-id]: no quote 'nematov-colective-actor'
       14 |     quotes: [nematov-colective-actor]
          |              ^^^^^^^^^^^^^^^^^^^^^^^ did you mean 'nematov-collective-actor'?

Lines and columns count from 1, columns in characters, as editors count them.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Literal

Severity = Literal["error", "warning", "note"]
"""An error keeps files from being written; a warning is shown, and counts as an error where ``--strict`` asks for it; a
note is shown and never affects a status."""

SEVERITIES: tuple[Severity, ...] = ("error", "warning", "note")
"""All of them, the gravest first."""

RuleSeverity = Literal["error", "warning", "note", "off"]
"""The severity that a project gives a rule (``docs/rules.md``)."""

WIDEST_EXCERPT = 100
"""Characters of a line that an excerpt shows. The place of the problem is always among them."""


LONGEST_NAME = 500
"""Characters of a name up to which a similar one is looked for: beyond, it is none, and takes long to compare."""


@dataclass(frozen=True, order=True)
class Span:
    """A stretch of text, from its first character to the one after its last. Lines and columns count from 1."""

    line: int = 1
    column: int = 1
    end_line: int = 1
    end_column: int = 1


@dataclass(frozen=True)
class Place:
    """Where a problem is: a file as the user would name it, a span, and the line it starts on.

    ``line_text`` is empty where there is no line to show (a missing file). ``name`` is the name that people know the
    place by where they see no lines and columns: ``Sheet1!C12``.
    """

    file: str
    span: Span = Span()
    line_text: str = ""
    name: str = ""


@dataclass(frozen=True)
class Problem:
    """One problem. ``rule`` is the name of the rule that it breaks, ``hint`` a suggestion, which may be empty."""

    rule: str
    message: str
    place: Place
    hint: str = ""
    severity: Severity = "error"

    @property
    def sort_key(self) -> tuple[str, Span, str, str]:
        """The key that sorts problems in file order, in which they are printed."""
        return self.place.file, self.place.span, self.rule, self.message

    def __str__(self) -> str:
        span = self.place.span
        file = escape_controls(self.place.file, keeps="")
        message, hint = (escape_controls(text.replace("\n", " ")) for text in (self.message, self.hint))
        lines = [f"{file}:{span.line}:{span.column}: {self.severity}[{self.rule}]: {message}"]
        if self.place.line_text.strip():
            excerpt, start, width = _window(self.place.line_text, span)
            lines.append(f"{span.line:>5} | {excerpt}")
            lines.append(f"      | {' ' * start}{'^' * width} {hint}".rstrip())
        elif hint:
            lines.append(f"      | {hint}")
        return "\n".join(lines)


@dataclass(frozen=True)
class NamedRule:
    """A rule whose severity a project may change, and which is reported while evidence is read or a brief composed.

    ``severity`` is the one that it has where a project gives none; ``summary`` says in a line what it finds. What prevents
    printing whatever a project says (words that are not in their source, files that cannot be read) is none of these.
    """

    name: str
    severity: Severity
    summary: str
    explanation: str
    chapter: str = "words"
    """The chapter of docs/rules.md that it stands in."""


_named: dict[str, NamedRule] = {}


def name_rule(name: str, severity: Severity, text: str, *, chapter: str = "words") -> NamedRule:
    """Define a rule. The first line of ``text`` is its summary, the rest its explanation, in paragraphs."""
    summary, _, rest = text.strip().partition("\n")
    explanation = "\n\n".join(" ".join(part.split()) for part in rest.strip().split("\n\n"))
    _named[name] = NamedRule(name, severity, summary.strip(), explanation, chapter)
    return _named[name]


def named_rules() -> Mapping[str, NamedRule]:
    """The rules that :func:`name_rule` has defined, in the modules imported so far, by name."""
    return MappingProxyType(dict(sorted(_named.items())))


class Problems:
    """The problems of one run, each once. Rooms report into it and go on; their caller decides what errors prevent.

    Errors of the rules in ``demoted`` become warnings: a draft is printed in spite of them.
    """

    def __init__(self, demoted: Iterable[str] = (), severities: Mapping[str, RuleSeverity] | None = None) -> None:
        self.severities: Mapping[str, RuleSeverity] = severities or {}
        """The severities that the project gives to rules, by name, for :meth:`report`."""
        self._found: dict[tuple[str, str, Place, str], Problem] = {}
        self._demoted = frozenset(demoted)

    def add(self, problem: Problem) -> None:
        """Record ``problem``, once: several rooms may find the same one. Of two severities the graver one counts."""
        if problem.rule in self._demoted and problem.severity == "error":
            problem = replace(problem, severity="warning")
        key = (problem.rule, problem.message, problem.place, problem.hint)
        known = self._found.get(key)
        if known is None or SEVERITIES.index(problem.severity) < SEVERITIES.index(known.severity):
            self._found[key] = problem

    def error(self, rule: str, message: str, place: Place, hint: str = "") -> None:
        """Record a problem that prevents printing. Its message begins with the name of the place, if that has one."""
        self.add(Problem(rule, _with_name(message, place), place, hint, "error"))

    def report(self, rule: NamedRule, message: str, place: Place, hint: str = "") -> None:
        """Record what ``rule`` found, with the severity that it has in the project; nothing where that is ``off``."""
        severity = self.severities.get(rule.name, rule.severity)
        if severity != "off":
            self.add(Problem(rule.name, _with_name(message, place), place, hint, severity))

    def warning(self, rule: str, message: str, place: Place, hint: str = "") -> None:
        """Record a problem that does not prevent printing. Its message is made as that of :meth:`error`."""
        self.add(Problem(rule, _with_name(message, place), place, hint, "warning"))

    @property
    def errors(self) -> list[Problem]:
        """The problems that prevent printing, in file order."""
        return [problem for problem in self if problem.severity == "error"]

    def add_all(self, problems: Iterable[Problem]) -> None:
        """Record several problems."""
        for problem in problems:
            self.add(problem)

    def as_errors(self) -> Problems:
        """The same problems, every warning an error. Notes stay notes."""
        strict = Problems()
        strict.add_all(replace(each, severity="error") if each.severity == "warning" else each for each in self)
        return strict

    def __iter__(self) -> Iterator[Problem]:
        return iter(sorted(self._found.values(), key=lambda problem: problem.sort_key))

    def __len__(self) -> int:
        return len(self._found)


def _with_name(message: str, place: Place) -> str:
    return f"{place.name}: {message}" if place.name else message


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """A hint for a ``word`` that is not ``known``: the most similar one, else all if they are few, else nothing."""
    known = sorted({each for each in known if len(each) <= LONGEST_NAME})
    best = closest(word, known)
    if best:
        return f"did you mean '{best}'?"
    if 0 < len(known) <= 12 and len(word) <= LONGEST_NAME:
        return "known: " + ", ".join(known)
    return ""


def closest(word: str, known: Iterable[str]) -> str:
    """Of what is ``known``, what is most like ``word``; empty where nothing is much like it."""
    from rapidfuzz import fuzz, process  # here: a run without problems never needs it

    known = sorted({each for each in known if len(each) <= LONGEST_NAME})
    best = process.extractOne(word, known, scorer=fuzz.ratio, score_cutoff=66) if len(word) <= LONGEST_NAME else None
    return str(best[0]) if best else ""


_CONTROLS = frozenset(("Cc", "Cf", "Cs", "Zl", "Zp"))
"""The categories of Unicode of what steers a terminal, turns the direction of text, ends lines, or is no character."""


def escape_controls(text: str, *, keeps: str = "\n", always: bool = False) -> str:
    """``text`` with control characters but those in ``keeps`` written as ``\\u001b``, so that none reaches a terminal.

    The escapes are those of JSON: characters beyond U+FFFF have two. ``always``: every character is written so.
    """
    return "".join(
        _escaped(char) if always or (char not in keeps and unicodedata.category(char) in _CONTROLS) else char
        for char in text
    )


LONGEST_QUOTED = 80
"""Characters of a file's words that are quoted."""

_DOUBLE, _SINGLE = dict.fromkeys(map(ord, '“”„‟"＂〝〞'), "'"), dict.fromkeys(map(ord, "'‘‚‛＇"), "’")


def quote(words: object) -> str:
    """``words`` of a file that is not the user's own, as messages and reports quote them: between “ and ”.

    They stay on one line and are :data:`LONGEST_QUOTED` characters at most; what would be left out is in their middle. A
    double quotation mark in them is a single one, and a control character ``·``, so that nothing in them ends the quotation.
    """
    return f"“{_on_one_line(words).translate(_DOUBLE)}”"


def quote_name(name: object) -> str:
    """A ``name`` or id that a file gives, as :func:`quote` has words, between ' and '."""
    return f"'{_on_one_line(name).translate(_SINGLE)}'"


def _on_one_line(words: object) -> str:
    text = " ".join(str(words).split())
    if len(text) > LONGEST_QUOTED:
        text = f"{text[: LONGEST_QUOTED - 28].rstrip()} … {text[-25:].lstrip()}"
    return "".join("·" if unicodedata.category(char) in _CONTROLS else char for char in text)


def without_controls(name: str) -> str:
    """The ``name`` of a file as a PDF and JSON can hold it: ``_`` for control characters and for bytes that are no UTF-8."""
    return "".join("_" if unicodedata.category(char) in _CONTROLS else char for char in name)


def _escaped(char: str) -> str:
    units = char.encode("utf-16-be", "surrogatepass").hex()
    return "".join(f"\\u{units[at : at + 4]}" for at in range(0, len(units), 4))


def _window(line: str, span: Span) -> tuple[str, int, int]:
    """The part of ``line`` to show, where the span starts in it, and how many carets underline it."""
    line = line.rstrip("\r\n")
    start = min(span.column - 1, len(line))
    end = span.end_column - 1 if span.end_line == span.line else len(line)
    end = max(min(end, len(line)), start + 1)
    left = max(0, start - WIDEST_EXCERPT // 3) if len(line) > WIDEST_EXCERPT else 0
    right = min(len(line), left + WIDEST_EXCERPT)
    before, after = ("…" if left else ""), ("…" if right < len(line) else "")
    excerpt = before + "".join(c if escape_controls(c) == c else "·" for c in line[left:right]) + after
    return excerpt, start - left + len(before), max(1, min(end, right) - start)
