"""Text from markup: HTML as mammoth and e-mails give it, to paragraphs, lists and tables."""

from __future__ import annotations

import re
from collections.abc import Sequence
from html.parser import HTMLParser

_BLOCKS = frozenset(
    (
        "p",
        "div",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "blockquote",
        "section",
        "article",
        "ul",
        "ol",
        "dl",
        "pre",
        "body",
        "table",
        "tr",
        "dt",
        "dd",
        "li",
        "hr",
        "header",
        "footer",
        "main",
    )
)
_SILENT = frozenset(("script", "style", "head", "title", "noscript", "template", "svg"))


def table_lines(rows: Sequence[Sequence[str]]) -> str:
    """Rows of cells as a table of Markdown: its first row is the head."""
    width = max(map(len, rows))
    padded = [[" ".join(cell.split()).replace("|", "/") for cell in row] + [""] * (width - len(row)) for row in rows]
    lines = ["| " + " | ".join(row) + " |" for row in padded]
    return "\n".join([lines[0], "|" + "---|" * width, *lines[1:]])


class _Writer(HTMLParser):
    """Collects blocks of text."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.blocks: list[str] = []
        self.notes = 0
        self._words: list[str] = []
        self._silent = self._raised = 0
        self._lists: list[int] = []
        """For each open list the number of its next item; 0 where items are not numbered."""
        self._items: list[str] = []
        self._rows: list[list[str]] = []
        self._tables = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _SILENT:
            self._silent += 1
        elif tag == "br":
            self._words.append("\n")
        elif tag == "sup":
            self._raised = len(self._words) + 1
        elif tag == "table":
            self._end_block()
            self._tables += 1
        elif tag == "tr" and self._tables == 1:
            self._rows.append([])
        elif tag in ("ul", "ol"):
            self._end_block()
            self._lists.append(1 if tag == "ol" else 0)
        elif tag == "li" or (tag in _BLOCKS and not self._tables):
            self._end_block()

    def handle_endtag(self, tag: str) -> None:
        if tag in _SILENT:
            self._silent = max(0, self._silent - 1)
        elif tag == "sup" and self._raised:
            raised = "".join(self._words[self._raised - 1 :]).strip()
            if re.fullmatch(r"\[?\d{1,3}\]?(?:[, ]+\d{1,3})*|\*+|†", raised):
                del self._words[self._raised - 1 :]
                self.notes += 1
            self._raised = 0
        elif tag in ("td", "th") and self._tables == 1 and self._rows:
            self._rows[-1].append("".join(self._words))
            self._words = []
        elif tag == "table" and self._tables:
            self._tables -= 1
            rows = [row for row in self._rows if any(cell.strip() for cell in row)]
            if not self._tables and rows:
                self._rows = []
                if all(len(row) == 1 for row in rows):  # a table for layout
                    self.blocks += [row[0].strip() for row in rows]
                else:
                    self.blocks.append(table_lines(rows))
        elif tag == "li":
            self._end_item()
        elif tag in ("ul", "ol") and self._lists:
            self._end_item()
            self._lists.pop()
            if not self._lists:
                self._end_list()
        elif tag in _BLOCKS and not self._tables:
            self._end_block()

    def handle_data(self, data: str) -> None:
        if not self._silent:
            self._words.append(re.sub(r"[ \t\r\n]+", " ", data))

    def close(self) -> None:
        super().close()
        self._end_block()
        self._end_list()

    def _take(self) -> str:
        lines = "".join(self._words).split("\n")
        self._words = []
        return "\n".join(" ".join(line.split(" ")).strip() for line in lines).strip()

    def _end_block(self) -> None:
        if self._lists:
            self._end_item()
        elif words := self._take():
            self.blocks.append(words)

    def _end_item(self) -> None:
        words = " ".join(self._take().split())
        if words and self._lists:
            number = self._lists[-1]
            sign = f"{number}." if number else "-"
            self._lists[-1] += bool(number)
            self._items.append(f"{'  ' * (len(self._lists) - 1)}{sign} {words}")

    def _end_list(self) -> None:
        if self._items:
            self.blocks.append("\n".join(self._items))
            self._items = []


def text_of_html(html: str) -> tuple[str, int]:
    """The text of ``html``: paragraphs parted by blank lines, lists and tables as Markdown; and how many note numbers it had."""
    writer = _Writer()
    writer.feed(html)
    writer.close()
    return "\n\n".join(
        re.sub(r"[ ]{2,}", " ", block) if not block.startswith("  ") else block for block in writer.blocks
    ), writer.notes
