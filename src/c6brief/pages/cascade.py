"""Which style sheets a page really has, in the order in which CSS reads them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from html.parser import HTMLParser
from pathlib import Path
from posixpath import dirname, join, normpath

from c6brief.documents.stylesheet import parse_stylesheet

DEEPEST = 8
"""Style sheets that may import one another in a row."""


def cascade(html: str, resolve: Callable[[str], Path | None]) -> list[Path]:
    """The files of the style sheets that ``html`` links and those import, the last word last, each once.

    ``resolve`` finds the file behind an address. What is not found is left out: typesetting tells of it.
    """
    links = _Links()
    links.feed(html)
    found: dict[Path, None] = {}
    for name in links.names:
        for path in _with_imports(name, resolve, DEEPEST):
            found.pop(path, None)  # a sheet that is read again speaks last again
            found[path] = None
    return list(found)


def _with_imports(name: str, resolve: Callable[[str], Path | None], depth: int) -> Iterator[Path]:
    path = resolve(name)
    if path is None or depth == 0:
        return
    sheet = parse_stylesheet(path.read_text(encoding="utf-8", errors="replace"))
    for rule in sheet:
        if rule.type == "at-rule" and rule.lower_at_keyword == "import" and (address := import_address(rule.prelude)):
            yield from _with_imports(normpath(join(dirname(name), address)), resolve, depth - 1)
    yield path


def import_address(prelude: list) -> str:
    """What an ``@import`` names, as a string or as ``url()``; empty where it names nothing."""
    for token in prelude:
        if token.type in ("string", "url"):
            return token.value
        if token.type == "function" and token.lower_name == "url":
            return next((each.value for each in token.arguments if each.type == "string"), "")
    return ""


class _Links(HTMLParser):
    """Gathers the addresses of ``<link rel=stylesheet>``."""

    def __init__(self) -> None:
        super().__init__()
        self.names: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag == "link" and "stylesheet" in (given.get("rel") or "").lower().split() and given.get("href"):
            self.names.append(given["href"] or "")
