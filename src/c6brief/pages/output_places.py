"""Where in a template something of its page was written: the file, the line and the block.

Jinja tells the lines of mistakes, and of nothing else. So the page is rendered once more, in a sandbox in which
every piece of it knows the line that has put it out. That is done only where something is to be reported.
"""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from jinja2 import Template

from c6brief.brief.model import Brief
from c6brief.documents.boundary import read_file
from c6brief.documents.files import display_name
from c6brief.documents.problems import Place, Span
from c6brief.pages.environment import environment
from c6brief.pages.search import MAIN, TemplateSearch

_MARKUP = re.compile(
    r"<(?P<tag>head|style)\b(?:(?!<(?P=tag)\b).)*?</(?P=tag)\s*>|<!--.*?(?:-->|\Z)|<[^<>]*>", re.S | re.I
)
_ENTITY = re.compile(r"&#?\w+;|.", re.S)


@dataclass(frozen=True)
class OutputPlace:
    """The line of a template that has put something out, and the block that it stands in."""

    place: Place
    block: str
    """Empty outside of blocks."""


class _Piece(str):
    """A piece of a page that knows where it was written."""

    file: str
    line: int
    block: str


class _TracedTemplate(Template):
    """A template whose pieces know where they were written."""

    @classmethod
    def from_code(cls, environment: Any, code: Any, globals: Any, uptodate: Any = None) -> Template:
        """The template of compiled ``code``, as Jinja makes it."""
        template = super().from_code(environment, code, globals, uptodate)
        template.root_render_func = _Traced(template, "", template.root_render_func)
        template.blocks = {name: _Traced(template, name, block) for name, block in template.blocks.items()}
        return template


class _Traced:
    """A function of a template that gives pieces, in its place. It is equal to it: ``super()`` looks for it."""

    def __init__(self, template: Template, block: str, render: Callable[..., Any]) -> None:
        self.template, self.block, self.render = template, block, render

    def __eq__(self, other: object) -> bool:
        return other is self or other is self.render

    __hash__ = None  # type: ignore[assignment]

    def __call__(self, *given: Any, **named: Any) -> Iterator[str]:
        return _trace(self.template, self.block, self.render(*given, **named))


def _trace(template: Template, block: str, pieces: Any) -> Iterator[str]:
    for piece in pieces:
        if not isinstance(piece, _Piece):
            written = _Piece(piece)
            frame = pieces.gi_frame
            written.line = template.get_corresponding_lineno(frame.f_lineno) if frame else 1
            written.file, written.block = template.filename or "", block
            piece = written
        yield piece


def find_output(brief: Brief, template: str, project_templates: Path | None, words: str) -> OutputPlace | None:
    """Where ``template`` has put out these ``words`` of the page of ``brief``; ``None`` where it has not.

    ``brief`` has the options of the template. White space and markup between the words do not matter.
    """
    wanted = "".join(words.split())
    if not wanted:
        return None
    sandbox = environment(TemplateSearch.of(template, project_templates))
    sandbox.template_class = _TracedTemplate
    main = sandbox.get_template(MAIN)
    pieces = [each for each in main.root_render_func(main.new_context({"brief": brief})) if isinstance(each, _Piece)]
    letters, places = _read_letters("".join(pieces))
    found = letters.find(wanted)
    if found < 0:
        return None
    at = 0
    for piece in pieces:
        at += len(piece)
        if places[found] < at:
            line = _find_line(piece, words)
            return OutputPlace(place_of_line(Path(piece.file), line), piece.block)
    return None


def _read_letters(page: str) -> tuple[str, list[int]]:
    """What a reader sees of a page's HTML, without spaces, and where in it each character stands."""
    letters: list[str] = []
    places: list[int] = []
    at = 0
    for match in [*_MARKUP.finditer(page), None]:
        end = match.start() if match else len(page)
        for text in _ENTITY.finditer(page, at, end):
            said = html.unescape(text[0])
            if not said.isspace():
                letters += said
                places += [text.start()] * len(said)
        at = match.end() if match else end
    return "".join(letters), places


def _find_line(piece: _Piece, words: str) -> int:
    """The line of a piece; of one that is text of the template and has several lines, that on which the words begin."""
    lines = _read_lines(Path(piece.file))
    first = words.split()[0]
    for number in range(piece.line, piece.line + piece.count("\n") + 1):
        if number <= len(lines) and first in lines[number - 1]:
            return number
    return piece.line


def _read_lines(path: Path) -> list[str]:
    try:
        return read_file(path).decode().splitlines()
    except (OSError, ValueError):
        return []


def place_of_line(path: Path, line: int) -> Place:
    """The place of a line of a template: from its first character that is no space to its last."""
    lines = _read_lines(path)
    text = lines[line - 1] if 0 < line <= len(lines) else ""
    start = len(text) - len(text.lstrip()) + 1
    return Place(display_name(path), Span(line, start, line, max(len(text.rstrip()) + 1, start + 1)), text)
