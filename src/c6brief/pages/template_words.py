"""Words in marks on a finished page: what the brief verified, and nothing that a template puts there.

A template may set a verified quotation in marks, a title, and the name of a source. Words of its own in marks, or words of
the brief that nobody said, are refused at the line of the template that prints them.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import fields, is_dataclass
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

from markupsafe import Markup

from c6brief.brief.model import Brief, PrintedAccount, PullQuote
from c6brief.documents.boundary import read_page_text
from c6brief.documents.files import display_name
from c6brief.documents.problems import Place, Problems, Span
from c6brief.evidence.marked_words import fold_letters
from c6brief.evidence.quotation_marks import quotations_in
from c6brief.pages.output_places import find_output
from c6brief.pages.search import find_template_files, shipped_templates

INLINE = frozenset(
    ("a", "abbr", "b", "bdi", "bdo", "cite", "code", "dfn", "em", "i", "kbd", "mark", "q", "s", "small", "span", "strong", "sub",
     "sup", "time", "u", "var", "wbr", "tspan", "img")
)  # fmt: skip
"""Elements inside a line of text; every other one begins a new text."""

VOID = frozenset(("area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"))
SPOKEN_ATTRIBUTES = ("alt", "title", "aria-label", "content")
"""Attributes whose words reach a reader, or a reader's list of files."""

_MARKS = "“”„‟«»‹›\"'‘’‚「」『』"
_AROUND_VALUE = re.compile(rf"(?:(?<!=)[{_MARKS}]|&(?:[lr][sd]quo|bdquo|sbquo|[lr]aquo|quot);|<q\b[^>]*>)\s*\{{\{{")
_JINJA = re.compile(r"\{[{%#].*?(?:[}%#]\}|\Z)|<[^>]*(?:>|\Z)", re.S)


def check_page_words(
    html: str,
    brief: Brief,
    template: str,
    project_templates: Path | None,
    is_name: Callable[[str], bool],
    problems: Problems,
    at: Place,
) -> bool:
    """Whether all words in marks on a page are the brief's. ``is_name`` says what are whole names of the evidence base.

    ``at`` is where the template is named, for what no line of it shows. Problem: ``template-quotation``.
    """
    allowed = frozenset(_allowed(brief))
    seen: set[str] = set()
    for text in texts_of(html):
        for span in quotations_in(text):
            words = text[span.start : span.end]
            letters = fold_letters(words)
            if letters in seen or letters in allowed or is_name(words):
                continue
            seen.add(letters)
            message = f"“{_shorten(words)}” stands in marks on the page, and the brief has no such quotation"
            hint = "a template sets verified quotations in marks (block.text, account.words), and titles; nothing else"
            marked = text[max(span.start - 1, 0) : span.end + 1]
            output = find_output(brief, template, project_templates, marked)
            place = output.place if output else _place_in_template(words, template, project_templates) or at
            problems.error("template-quotation", message, place, hint)
    return not seen


def texts_of(html: str) -> list[str]:
    """The texts of a page, each without the elements of its lines; notes are texts of their own."""
    reader = _TextReader()
    reader.feed(html)
    reader.close()
    return reader.finish()


class _TextReader(HTMLParser):
    """Collects texts, and what attributes say."""

    def __init__(self) -> None:
        super().__init__()
        self.texts: list[str] = []
        self.open: list[tuple[str, bool]] = []
        """The elements that are open, and whether each has a text of its own beside the one around it."""
        self.buffers = [""]
        self.is_hidden = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = dict(attrs)
        self.texts += [value for name in SPOKEN_ATTRIBUTES if (value := values.get(name))]
        if tag in ("style", "script"):
            self.is_hidden = tag
        is_note = values.get("role") == "doc-footnote"
        if tag not in INLINE and not is_note:
            self._end_text()
        if tag in VOID:
            return
        if tag == "q":
            self.buffers[-1] += "“"
        self.open.append((tag, is_note))
        if is_note:
            self.buffers.append("")

    def handle_endtag(self, tag: str) -> None:
        self.is_hidden = "" if tag == self.is_hidden else self.is_hidden
        if tag not in INLINE:
            self._end_text()
        if not any(name == tag for name, _ in self.open):
            return
        while self.open:
            name, is_note = self.open.pop()
            if name == "q":
                self.buffers[-1] += "”"
            if is_note:
                self._end_text()
                self.buffers.pop()
            if name == tag:
                break

    def handle_data(self, data: str) -> None:
        if not self.is_hidden:
            self.buffers[-1] += data

    def _end_text(self) -> None:
        if self.buffers[-1].strip():
            self.texts.append(self.buffers[-1])
        self.buffers[-1] = ""

    def finish(self) -> list[str]:
        """All texts, those of elements that were never closed too."""
        while self.buffers:
            self._end_text()
            self.buffers.pop()
        return self.texts


def _allowed(brief: Brief) -> Iterator[str]:
    """The letters of what may stand in marks: words in marks in the brief's texts, quotations, titles and names."""
    for value in _values(brief):
        if isinstance(value, PullQuote):
            yield fold_letters(value.text)
        elif isinstance(value, PrintedAccount):
            yield fold_letters(value.words)
        elif isinstance(value, Markup):
            yield from (fold_letters(words) for text in texts_of(value) for words in _quoted(text))
        elif isinstance(value, str):
            yield from map(fold_letters, _quoted(value))
        elif is_dataclass(value):
            names = (getattr(value, name, "") for name in ("title", "name", "short", "series"))
            yield from (fold_letters(name) for name in names if isinstance(name, str))


def _quoted(text: str) -> Iterable[str]:
    return (text[span.start : span.end] for span in quotations_in(text))


def _values(value: Any) -> Iterator[Any]:
    """``value``, and all values in its fields."""
    yield value
    if is_dataclass(value) and not isinstance(value, type):
        for field in fields(value):
            yield from _values(getattr(value, field.name))
    elif isinstance(value, Mapping):
        for each in value.values():
            yield from _values(each)
    elif isinstance(value, (tuple, list)):
        for each in value:
            yield from _values(each)


def _place_in_template(words: str, template: str, project_templates: Path | None) -> Place | None:
    """The line of the template that has the words, else the first that puts marks around a value."""
    _, paths = find_template_files(template, project_templates)
    shipped = shipped_templates()
    own = [path for path in paths if not path.is_relative_to(shipped)]
    lines = [
        (path, number, line) for path in own or paths for number, line in enumerate(read_page_text(path).split("\n"), 1)
    ]
    parts = words.split()
    for start in dict.fromkeys(" ".join(parts[:count]) for count in (len(parts), 4, 3, 2)):
        for path, number, line in lines:
            if start in " ".join(_JINJA.sub(" ", line).split()) or start in line:
                return _line_place(path, number, line, max(line.find(parts[0]), 0))
    around = ((path, number, line, found) for path, number, line in lines if (found := _AROUND_VALUE.search(line)))
    return next((_line_place(path, number, line, found.start()) for path, number, line, found in around), None)


def _line_place(path: Path, number: int, line: str, at: int) -> Place:
    return Place(display_name(path), Span(number, at + 1, number, len(line.rstrip()) + 1), line)


def _shorten(words: str) -> str:
    parts = words.split()
    return " ".join(parts) if len(parts) <= 12 else " ".join(parts[:12]) + " …"
