"""The style sheets of a page, in the order in which CSS reads them."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from html.parser import HTMLParser
from pathlib import Path
from posixpath import dirname, join, normpath
from typing import Any

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
    imports = _Imports(resolve)
    return _last_of_each(path for name in links.names for path in imports.follow(name))


def _last_of_each(paths: Iterable[Path]) -> list[Path]:
    """``paths``, each once, at its last place: a sheet that is read again takes precedence again."""
    found: dict[Path, None] = {}
    for path in paths:
        found.pop(path, None)
        found[path] = None
    return list(found)


class _Imports:
    """Follows imports. Each sheet is read once, however many sheets import it, and an import of itself is left out."""

    def __init__(self, resolve: Callable[[str], Path | None]) -> None:
        self._resolve = resolve
        self._known: dict[str, list[Path]] = {}

    def follow(self, name: str, depth: int = DEEPEST) -> list[Path]:
        """The files that the sheet ``name`` imports, and then its own."""
        if name in self._known or depth == 0:
            return self._known.get(name, [])
        self._known[name] = []  # what is found below an import of itself
        path = self._resolve(name)
        if path is not None:
            sheet = parse_stylesheet(path.read_text(encoding="utf-8", errors="replace"))
            imported = [
                normpath(join(dirname(name), address))
                for rule in sheet
                if rule.type == "at-rule" and rule.lower_at_keyword == "import"
                if (address := import_address(rule.prelude))
            ]
            found = (each for address in imported for each in self.follow(address, depth - 1))
            self._known[name] = _last_of_each([*found, path])
        return self._known[name]


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
