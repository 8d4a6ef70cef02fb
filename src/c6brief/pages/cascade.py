"""The style sheets of a page, in the order in which CSS reads them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from html.parser import HTMLParser
from pathlib import Path
from posixpath import dirname, join, normpath
from typing import Any

from c6brief.documents.boundary import read_page_text
from c6brief.documents.stylesheet import parse_stylesheet

DEEPEST = 8
"""How deep style sheets may import one another."""


def cascade(html: str, resolve: Callable[[str], Path | None]) -> list[Path]:
    """The files of the style sheets that ``html`` links, and of those they import, each once.

    Later ones take precedence. ``resolve`` finds the file behind an address. Those without one are left out;
    typesetting reports them.
    """
    links = _StyleLinks()
    links.feed(html)
    found: dict[Path, None] = {}
    for name in links.names:
        for path in _follow_imports(name, resolve, DEEPEST):
            found.pop(path, None)  # a sheet that is read again takes precedence again
            found[path] = None
    return list(found)


def _follow_imports(name: str, resolve: Callable[[str], Path | None], depth: int) -> Iterator[Path]:
    """The files that the sheet ``name`` imports, and then its own."""
    path = resolve(name)
    if path is None or depth == 0:
        return
    sheet = parse_stylesheet(read_page_text(path))
    for rule in sheet:
        if rule.type == "at-rule" and rule.lower_at_keyword == "import" and (address := import_address(rule.prelude)):
            yield from _follow_imports(normpath(join(dirname(name), address)), resolve, depth - 1)
    yield path


def import_address(prelude: Iterable[Any]) -> str:
    """The address in the prelude of an ``@import``, a string or ``url()``; empty where there is none."""
    for token in prelude:
        if token.type in ("string", "url"):
            return str(token.value)
        if token.type == "function" and token.lower_name == "url":
            return next((str(each.value) for each in token.arguments if each.type == "string"), "")
    return ""


class _StyleLinks(HTMLParser):
    """Collects the addresses of ``<link rel=stylesheet>``."""

    def __init__(self) -> None:
        super().__init__()
        self.names: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag == "link" and "stylesheet" in (given.get("rel") or "").lower().split() and given.get("href"):
            self.names.append(given["href"] or "")
