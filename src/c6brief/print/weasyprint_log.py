"""What WeasyPrint logs becomes problems with names.

Its errors are resources that cannot be had, its warnings bad CSS and the like (see its ``logger`` module). Both would
otherwise be silent holes in the page.

- Why: the log is where WeasyPrint reports, and its interface documents the logger's name but not the words.
- Uses: the words ``Ignored `…` at LINE:COLUMN, …`` and ``.notdef glyph …``.
- Known version: :data:`~c6brief.print.weasyprint_version.KNOWN`.
- With another version: a message in other words is reported as it is, as ``typesetting``, at the brief.
- Test: ``test_css_that_is_ignored_is_told_at_its_line`` and
  ``test_a_character_without_a_glyph_is_named_where_it_was_written`` in ``tests/print/test_typesetting.py``.
- Upstream: none asked for.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from c6brief.documents.boundary import read_page_text
from c6brief.documents.files import display_name
from c6brief.documents.problems import Place, Problems, Span

_AT = re.compile(r"Ignored `(?P<what>[^`]*)` at (?P<line>\d+):(?P<column>\d+), (?P<why>.*?)\.?\Z", re.S)
_FILE = re.compile(r"https://template\.invalid/(\S+)")


@contextmanager
def report_log(
    problems: Problems, brief: Place, styles: Callable[[], list[Path]], refused: Mapping[str, Place]
) -> Iterator[None]:
    """Report what WeasyPrint logs inside the block. ``styles`` gives the template's style sheets, to find a line in.

    What it cannot have from an address in ``refused`` is reported already, at that place.

    Problems: ``missing-resource``, ``ignored-css``, ``typesetting``.
    """
    logger = logging.getLogger("weasyprint")
    handler = _ProblemHandler(problems, brief, styles, refused)
    logger.addHandler(handler)
    try:
        yield
    finally:
        logger.removeHandler(handler)


class _ProblemHandler(logging.Handler):
    def __init__(
        self, problems: Problems, brief: Place, styles: Callable[[], list[Path]], refused: Mapping[str, Place]
    ) -> None:
        super().__init__(logging.WARNING)
        self.problems, self.brief, self.styles, self.refused = problems, brief, styles, refused

    def emit(self, record: logging.LogRecord) -> None:
        message = record.getMessage().strip()
        if record.levelno >= logging.ERROR:
            if any(url in message for url in self.refused):
                return
            hint = "only files of the template and bundled fonts are read"
            self.problems.error("missing-resource", _FILE.sub(r"\1", message), self.brief, hint)
        elif message.startswith(".notdef glyph"):
            return  # the font check names it, with the character and its place
        elif match := _AT.match(message):
            what = " ".join(match["what"].split())
            place = self._find_place(what, int(match["line"]), int(match["column"]))
            self.problems.warning("ignored-css", f"'{what}' is ignored: {match['why']}", place)
        else:
            self.problems.warning("typesetting", message, self.brief)

    def _find_place(self, what: str, line: int, column: int) -> Place:
        """The place in the style sheet that has those words on that line: WeasyPrint does not say which it is."""
        name = what.split(":")[0].strip()
        for path in self.styles():
            lines = read_page_text(path).split("\n")
            if line <= len(lines) and name in lines[line - 1]:
                width = len(lines[line - 1].rstrip()) + 1
                return Place(display_name(path), Span(line, column, line, width), lines[line - 1])
        return self.brief
