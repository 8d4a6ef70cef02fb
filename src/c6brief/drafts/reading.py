"""Reading a draft: its structure by Pandoc, its citations by us, before Pandoc loses what they cite."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from c6brief.documents.files import decode, display_name, read_bytes
from c6brief.documents.pandoc import PandocError, run_pandoc
from c6brief.documents.pandoc_tree import (
    Block,
    Inline,
    inlines_in,
    map_inlines,
    notes_in,
    paragraphs_in,
    text_of,
    with_inlines,
)
from c6brief.documents.problems import Place, Problems
from c6brief.drafts.citations import Citation, FoundCitations, Remark, one_line, unused_token
from c6brief.drafts.office_parts import DraftError, check_xml, damage_error, pack, unpack
from c6brief.drafts.reference_marks import replace_marks
from c6brief.drafts.typed_citations import typed_citations
from c6brief.drafts.word_fields import PARTS, replace_fields

LARGEST_DRAFT = 100_000_000
"""Bytes, images included."""

MARKDOWN = "markdown-smart-implicit_figures-raw_html-tex_math_dollars-auto_identifiers"
"""Pandoc's Markdown, its marks of quotation as they are written."""

FORMATS = {".docx": "docx", ".odt": "odt", ".md": MARKDOWN, ".markdown": MARKDOWN}
"""The formats that are read, as Pandoc names them, by the endings of files."""


_DAY = re.compile(rb"<(?:dcterms:modified|dc:date)\b[^<>]{0,200}>(\d{4}-\d\d-\d\d)")


@dataclass(frozen=True)
class DraftParagraph:
    """A paragraph of a draft, tokens of citations taken out: its ``number`` from 1, a note's that of where it is called."""

    number: int
    text: str
    kind: str
    """text, heading, quotation, cell or note."""
    heading: str
    """The words of the heading that it stands under; empty before the first."""
    citations: tuple[Citation, ...] = ()


@dataclass(frozen=True)
class Draft:
    """A draft that was read."""

    path: Path
    blocks: tuple[Block, ...]
    """Pandoc's tree of it, with a token for each citation."""
    meta: Mapping[str, str]
    """title, subtitle, date and abstract, as far as the draft's styles or front matter give them."""
    authors: tuple[str, ...]
    citations: Mapping[str, Citation]
    """By their tokens, in order."""
    tokens: str
    """The beginning of all tokens."""
    api_version: tuple[int, ...]
    """The version of Pandoc's tree."""
    remarks: tuple[Remark, ...] = ()
    saved: str = ""
    """The day on which the file says that it was last changed, 2026-03-02; empty where it does not say."""
    media: Mapping[str, bytes] = field(default_factory=dict)
    """Images by the names that the tree has for them."""

    def paragraphs(self) -> Iterator[DraftParagraph]:
        """Its paragraphs in order of reading, each followed by its notes."""
        heading = ""
        for number, (kind, inlines) in enumerate(paragraphs_in(self.blocks), 1):
            made = self._paragraph(number, inlines, kind, heading)
            heading = made.text if kind == "heading" else heading
            yield made
            for note in notes_in(inlines):
                for _, each in paragraphs_in(note):
                    yield self._paragraph(number, each, "note", heading)

    def _paragraph(self, number: int, inlines: list[Inline], kind: str, heading: str) -> DraftParagraph:
        text = text_of(inlines)
        pattern = token_pattern(self.tokens)
        cited = tuple(self.citations[token] for token in pattern.findall(text))
        return DraftParagraph(number, one_line(pattern.sub("", text)), kind, heading, cited)


def token_pattern(tokens: str) -> re.Pattern[str]:
    """What finds the tokens that begin so."""
    return re.compile(rf"{tokens}\d{{5}}X")


def read_draft(path: Path, problems: Problems) -> Draft | None:
    """The draft at ``path``, which the user has named; ``None`` after problems.

    Problems: ``unknown-draft``, ``bad-draft``, ``protected-draft``, ``too-deep``, ``no-pandoc``, ``pandoc-failed``, and
    those of :func:`~c6brief.documents.files.read_bytes` and :func:`~c6brief.documents.files.decode`.
    """
    here = Place(display_name(path))
    form = FORMATS.get(path.suffix.lower())
    if form is None:
        message = f"a draft that ends in '{path.suffix}' is not read" if path.suffix else "a draft wants an ending"
        problems.error("unknown-draft", message, here, "save it as DOCX, ODT or Markdown: .docx, .odt, .md")
        return None
    data = read_bytes(path, problems, what="draft", largest=LARGEST_DRAFT, is_named=True)
    if data is None:
        return None
    if form == MARKDOWN:
        text = decode(data, path, problems, what="draft", allows_mark=True)
        if text is None:
            return None
        data = text.encode()
    try:
        return _read(path, form, data)
    except (DraftError, PandocError) as reason:
        problems.error(reason.rule, str(reason), here, reason.hint)
        return None


def _read(path: Path, form: str, data: bytes) -> Draft:
    media: dict[str, bytes] = {}
    saved = None
    if form == MARKDOWN:
        found = FoundCitations(unused_token([data]))
        prepared = data
    else:
        parts = unpack(data, form.upper())
        if ("word/document.xml" if form == "docx" else "content.xml") not in parts and not any(
            map(PARTS.fullmatch, parts)
        ):
            raise damage_error(form.upper())
        found = FoundCitations(unused_token(parts.values()))
        for name in [name for name in parts if name.endswith((".xml", ".rels", ".rdf"))]:
            check_xml(parts[name], form.upper())
            if form == "docx" and PARTS.fullmatch(name):
                parts[name] = replace_fields(parts[name], found)
            elif form == "docx" and re.fullmatch(r"word/(?:header|footer)\d*\.xml", name) and b"<w:t" in parts[name]:
                found.remark("header or footer", name, "it is not read: templates print their own")
            elif form == "odt" and name == "content.xml":
                parts[name] = replace_marks(parts[name], found)
        media = {name.removeprefix("word/"): part for name, part in parts.items() if _is_image(name)}
        saved = _DAY.search(parts.get("docProps/core.xml" if form == "docx" else "meta.xml", b""))
        prepared = pack(parts)
    tree = json.loads(run_pandoc(["-f", form, "-t", "json"], prepared))
    blocks = tree["blocks"]
    if form == MARKDOWN:
        blocks = map_inlines(blocks, lambda inlines: _with_tokens(inlines, found))
    meta = {key: _meta_text(value) for key, value in tree["meta"].items()}
    authors = tree["meta"].get("author") or {}
    listed = authors["c"] if authors.get("t") == "MetaList" else [authors] if authors else []
    draft = Draft(
        path,
        tuple(blocks),
        {key: meta[key] for key in ("title", "subtitle", "date", "abstract") if meta.get(key)},
        tuple(filter(None, map(_meta_text, listed))),
        {each.token: each for each in found.citations},
        found.tokens,
        tuple(tree["pandoc-api-version"]),
        saved=saved[1].decode() if saved else "",
        media=media,
    )
    seen = {each.token for paragraph in draft.paragraphs() for each in paragraph.citations}
    for each in found.citations:
        if each.token not in seen:
            found.remark("citation in deleted or hidden text", each.words, "it is left out")
    for paragraph in draft.paragraphs():
        for words in typed_citations(paragraph.text):
            found.remark("typed citation", words, "its words stay in the text: cite it as [@id]")
    return Draft(**{**vars(draft), "remarks": tuple(found.remarks)})


def _is_image(name: str) -> bool:
    return name.startswith(("word/media/", "Pictures/", "media/"))


def _with_tokens(inlines: list[Inline], found: FoundCitations) -> list[Inline]:
    """``inlines`` with a token for each citation in Pandoc's form, notes included."""
    made: list[Inline] = []
    for inline in inlines:
        if inline["t"] == "Cite":
            written = text_of(inline["c"][1])
            is_in_text = all(cited["citationMode"]["t"] == "AuthorInText" for cited in inline["c"][0])
            is_reference = all(cited["citationId"].startswith(("fig:", "tbl:", "sec:")) for cited in inline["c"][0])
            markdown = written if not is_in_text or is_reference or written.startswith("[") else _bracketed(written)
            if markdown != written:
                found.remark(
                    "citation in running text", written, f"it becomes {markdown}: write the author's name before it"
                )
            made.append({"t": "Str", "c": found.add("Pandoc", written, markdown=markdown)})
        elif inline["t"] == "Note":
            made.append({"t": "Note", "c": map_inlines(inline["c"], lambda inner: _with_tokens(inner, found))})
        else:
            made.append(with_inlines(inline, _with_tokens(inlines_in(inline), found)))
    return made


def _bracketed(written: str) -> str:
    """``@id [p. 4]`` as ``[@id, p. 4]``."""
    id, _, locator = written.partition(" [")
    return f"[{id}, {locator}" if locator else f"[{id}]"


def _meta_text(value: Mapping[str, Any]) -> str:
    """The words of a value of Pandoc's metadata."""
    content: Any = value.get("c")
    kind = value.get("t")
    if kind == "MetaInlines":
        return one_line(text_of(content))
    if kind == "MetaBlocks":
        return "\n\n".join(one_line(text_of(inlines)) for _, inlines in paragraphs_in(content))
    if kind == "MetaList":
        return "; ".join(map(_meta_text, content))
    return str(content) if kind == "MetaString" else ""
