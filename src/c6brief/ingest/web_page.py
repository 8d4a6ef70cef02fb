"""Saved web pages: the article without what stands around it, by trafilatura, which is an optional extra."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path
from typing import Any

from c6brief.documents.files import display_name
from c6brief.documents.problems import Place, Problems
from c6brief.ingest.cleaning import clean_text
from c6brief.ingest.markup import table_lines
from c6brief.ingest.plain import edtf_of
from c6brief.ingest.read_file import Metadata, ReadFile

INSTALL = "pip install 'c6brief[add]'"
MENUS = "paragraphs of menus, heads, feet and boxes"


def read_web_page(data: bytes, path: Path, problems: Problems) -> ReadFile | None:
    """A saved web page. Problems: ``extra-missing``, ``no-text-found``."""
    here = Place(display_name(path))
    try:
        import trafilatura
    except ImportError:
        problems.error("extra-missing", "web pages are read by trafilatura, which is not installed", here, INSTALL)
        return None
    try:
        found: Any = trafilatura.bare_extraction(
            data,
            include_tables=True,
            include_comments=False,
            include_formatting=False,
            with_metadata=True,
            deduplicate=False,
        )
        blocks = _blocks(found.body) if found is not None and found.body is not None else []
    except Exception as reason:  # whatever markup does to readers of others, which recurse
        message = f"this page cannot be read: {type(reason).__name__}"
        problems.error("broken-page", message, here, "print the page to PDF in a browser, and add that")
        return None
    if not blocks:
        hint = "pages that a script fills hold none: print the page to PDF in a browser, and add that"
        problems.error("no-text-found", "no article was found in this page", here, hint)
        return None
    cleaned: Counter[str] = Counter()
    text = clean_text("\n\n".join(blocks), cleaned)
    left = len(re.findall(rb"<(?:p|li|h[1-6])[\s>]", data, re.I)) - sum(
        block.count("\n") + 1 for block in blocks if block[0] != "|"
    )
    if left > 0:
        cleaned[MENUS] += left
    title = " ".join((found.title or "").split())
    if title and title.casefold() not in text[: 4 * len(title)].casefold():
        text = f"{title}\n\n{text}"
    language = re.search(rb"<html[^<>]{0,500}\slang=[\"']?([A-Za-z]{2,3}(?:-[A-Za-z]{2})?)", data[:5000])
    authors = tuple(each.strip() for each in re.split(r";", found.author or "") if each.strip())
    unsure = {"issued"} if found.date and not _says_date(data, found.date) else set()
    metadata = Metadata(
        type="webpage",
        title=title,
        authors=authors,
        issued=edtf_of(found.date or ""),
        publisher=" ".join((found.sitename or "").split()),
        url=found.url or "",
        language=language[1].decode() if language else "",
        unsure=frozenset(unsure | ({"author"} if authors and b'name="author"' not in data else set())),
    )
    return ReadFile((text,), metadata, cleaned)


def _says_date(data: bytes, date: str) -> bool:
    """Whether the page gives its ``date`` as data, and not in its words alone."""
    told = re.finditer(rb"(?i)(?:published|date|time)[^<>]{0,200}", data)
    return any(date.encode() in each.group() for each in told)


def _blocks(body: Any) -> list[str]:
    """The paragraphs, lists and tables of trafilatura's tree, as text."""
    blocks: list[str] = []
    for element in body:
        if element.tag == "table":
            rows = [[_words(cell) for cell in row if cell.tag == "cell"] for row in element.iter("row")]
            rows = [row for row in rows if any(row)]
            if rows:
                blocks.append(table_lines(rows))
        elif element.tag == "list":
            is_numbered = element.get("rend") == "ol"
            items = [words for item in element.iter("item") if (words := _words(item))]
            blocks.append(
                "\n".join(f"{at}. {each}" if is_numbered else f"- {each}" for at, each in enumerate(items, 1))
            )
        elif element.tag == "quote" and len(element):
            blocks += _blocks(element) or [_words(element)]
        else:
            blocks.append(_words(element))
    return [block for block in blocks if block.strip()]


def _words(element: Any) -> str:
    parts: list[str] = [element.text or ""]
    for child in element:
        if child.tag == "lb":
            parts.append("\n")
        elif not (
            child.tag == "hi" and child.get("rend") == "#sup" and re.fullmatch(r"\W*\d{1,3}\W*", child.text or "")
        ):
            parts.append(_words(child))
        parts.append(child.tail or "")
    return "\n".join(" ".join(line.split()) for line in "".join(parts).split("\n")).strip()
