"""A page as one file, which holds its style sheets, fonts and pictures and so can be sent, kept and opened anywhere.

Links to style sheets become ``<style>`` elements, with imported sheets in the place of ``@import`` (CSS Cascading, 2).
The address of a picture or a font becomes a ``data:`` address (RFC 2397). As in print, files are those that
:meth:`Page.resolve <c6brief.pages.page.Page.resolve>` finds; addresses without a file are reported. Anchors stay as
they are.
"""

from __future__ import annotations

import base64
import mimetypes
import re
from collections.abc import Callable
from html import escape
from html.parser import HTMLParser
from posixpath import dirname, join, normpath
from typing import Any

import tinycss2

from c6brief.documents.boundary import read_file, read_page_text
from c6brief.documents.images.facts import media_type_of
from c6brief.documents.problems import Place, Problems
from c6brief.pages.cascade import DEEPEST, import_address
from c6brief.pages.page import Page

_PICTURES = {("img", "src"), ("image", "href"), ("image", "xlink:href"), ("input", "src"), ("object", "data")}
"""The attributes of elements that name a picture."""

_KINDS = {".ttf": "font/ttf", ".otf": "font/otf", ".woff": "font/woff", ".woff2": "font/woff2"}

_ELSEWHERE = re.compile(r"(?:data:|#)", re.I)
"""Addresses that need no file."""


def make_standalone(page: Page, brief: Place, problems: Problems, stamp: str = "") -> str:
    """``page`` as one HTML document that needs no other file.

    ``brief`` is the place of its problems; ``stamp`` are words that come before all others. Problem:
    ``missing-resource``, for each address without a file.
    """
    html = _Inliner(page, brief, problems).document(page.html)
    if stamp:
        style = "padding: 1ex 1em; background: #a63a22; color: #fff; font-weight: 700"
        notice = f'<div style="{style}">{escape(stamp)}</div>'
        html = re.sub(r"<body\b[^<>]*>", lambda body: body[0] + notice, html, count=1, flags=re.I)
    return html


class _Inliner:
    """Replaces addresses by the files behind them, and reports those without a file."""

    def __init__(self, page: Page, brief: Place, problems: Problems) -> None:
        self._resolve, self._picture = page.resolve, page.picture
        self._brief, self._problems = brief, problems

    def document(self, html: str) -> str:
        """``html`` with files in the place of their addresses."""
        return _PageRewriter(html, self._start_tag, lambda css: self._sheet(css, "", DEEPEST)).rewritten

    def _start_tag(self, tag: str, attributes: dict[str, str | None]) -> str | None:
        """The start tag that replaces one; ``None`` where it stays as it is."""
        address = attributes.get("href") or ""
        relations = (attributes.get("rel") or "").lower().split()
        if tag == "link" and "stylesheet" in relations and address:
            media = attributes.get("media")
            opened = f'<style media="{escape(media)}">' if media else "<style>"
            return f"{opened}\n{self._linked_sheet(address, DEEPEST)}</style>"
        changed = dict(attributes)
        if tag == "link" and address and {"icon", "apple-touch-icon"} & set(relations):
            changed["href"] = self._data_address(address)
        for name, value in attributes.items():
            if value and (tag, name) in _PICTURES:
                changed[name] = self._data_address(value)
            elif value and name == "style" and "url(" in value.lower():
                changed[name] = tinycss2.serialize(
                    self._replace_addresses(tinycss2.parse_component_value_list(value), "")
                )
        if changed == attributes:
            return None
        written = (name if value is None else f'{name}="{escape(value)}"' for name, value in changed.items())
        return f"<{' '.join([tag, *written])}>"

    def _linked_sheet(self, address: str, depth: int) -> str:
        """The style sheet behind ``address``, with those that it imports."""
        path = self._resolve(address) if depth else None
        if path is None:
            self._report_missing(address)
            return ""
        return self._sheet(read_page_text(path), dirname(address), depth - 1)

    def _sheet(self, css: str, folder: str, depth: int) -> str:
        """``css`` for a ``<style>`` element, with files in place of its addresses, which are relative to ``folder``."""
        written = []
        for rule in tinycss2.parse_stylesheet(css, skip_comments=True, skip_whitespace=True):
            keyword = getattr(rule, "lower_at_keyword", "")
            if keyword == "charset":
                continue
            if keyword == "import" and rule.content is None:
                written.append(self._imported_sheet(rule.prelude, folder, depth))
                continue
            if rule.type in ("at-rule", "qualified-rule"):
                self._replace_addresses(rule.prelude, folder)
                self._replace_addresses(rule.content or [], folder)
            written.append(rule.serialize() + "\n")
        return "".join(written).replace("</", "<\\/")

    def _imported_sheet(self, prelude: list[Any], folder: str, depth: int) -> str:
        """The style sheet that an ``@import`` names, within its media."""
        address = import_address(prelude)
        if not address:
            return ""
        sheet = self._linked_sheet(_join_address(folder, address), depth)
        named = next(at for at, token in enumerate(prelude) if token.type in ("string", "url", "function"))
        media = tinycss2.serialize(prelude[named + 1 :]).strip()
        return f"@media {media} {{\n{sheet}}}\n" if media else sheet

    def _replace_addresses(self, tokens: list[Any], folder: str) -> list[Any]:
        """``tokens`` with files in the place of their addresses, at any depth. They are changed in place."""
        for token in tokens:
            if token.type == "url":
                token.representation = f'url("{self._data_address(_join_address(folder, token.value))}")'
            elif token.type == "function":
                first = next((each for each in token.arguments if each.type == "string"), None)
                if token.lower_name == "url" and first is not None:
                    first.representation = f'"{self._data_address(_join_address(folder, first.value))}"'
                else:
                    self._replace_addresses(token.arguments, folder)
            elif token.type in ("{} block", "[] block", "() block"):
                self._replace_addresses(token.content, folder)
        return tokens

    def _data_address(self, address: str) -> str:
        """The file behind ``address`` as a ``data:`` address; ``address`` where it needs no file, or has none."""
        if _ELSEWHERE.match(address):
            return address
        if picture := self._picture(address):
            return f"data:{media_type_of(picture)};base64,{base64.b64encode(picture).decode()}"
        path = self._resolve(address)
        if path is None:
            self._report_missing(address)
            return address
        kind = _KINDS.get(path.suffix.lower()) or mimetypes.guess_type(path.name)[0] or "application/octet-stream"
        return f"data:{kind};base64,{base64.b64encode(read_file(path)).decode()}"

    def _report_missing(self, address: str) -> None:
        message = f"'{address}' is not a file of the template or the project"
        hint = "only files of the template and bundled fonts are read"
        self._problems.error("missing-resource", message, self._brief, hint)


class _PageRewriter(HTMLParser):
    """Replaces start tags and style sheets of a document, and leaves all else as it is.

    ``start`` gives the start tag that replaces one, given its name and attributes, or ``None``; ``sheet`` gives the
    style sheet that replaces one. ``rewritten`` is the document then.
    """

    def __init__(
        self, html: str, start: Callable[[str, dict[str, str | None]], str | None], sheet: Callable[[str], str]
    ) -> None:
        super().__init__(convert_charrefs=False)
        self._start, self._sheet = start, sheet
        self._lines = [0]
        for line in html.split("\n"):
            self._lines.append(self._lines[-1] + len(line) + 1)
        self._html, self._done = html, 0
        self._pieces: list[str] = []
        self._in_style = False
        self.feed(html)
        self.close()
        self.rewritten = "".join(self._pieces) + html[self._done :]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._in_style = tag == "style"
        text = self.get_starttag_text() or ""
        changed = self._start(tag, dict(attrs))
        if changed is not None:
            self._replace(
                text, changed[:-1] + "/>" if text.endswith("/>") and not changed.endswith("</style>") else changed
            )

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        self._in_style = False

    def handle_endtag(self, tag: str) -> None:
        self._in_style = False

    def handle_data(self, data: str) -> None:
        if self._in_style and data.strip():
            self._replace(data, "\n" + self._sheet(data))

    def _replace(self, old: str, new: str) -> None:
        """Replace ``old``, which begins where the parser is, by ``new``."""
        line, column = self.getpos()
        at = self._lines[line - 1] + column
        self._pieces += [self._html[self._done : at], new]
        self._done = at + len(old)


def _join_address(folder: str, address: str) -> str:
    """The address that ``address`` has from the page, where it stands in a style sheet in ``folder``."""
    return (
        address if not folder or ":" in address or address.startswith(("#", "@")) else normpath(join(folder, address))
    )
