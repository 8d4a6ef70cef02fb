"""A brief for other programs: a copy for Word to be reviewed in, and Pandoc's Markdown, both made of its page by Pandoc.

Notes are notes of Word, headings its headings, tables its tables; figures are images (PNG) with their alternative texts. What
templates set apart has styles of its own, :data:`STYLES`, which a house's ``reference.docx`` may hold; in Markdown they are
classes of divisions. The same brief gives the same bytes: files say the brief's date.
"""

from __future__ import annotations

import base64
import io
import json
import re
import tempfile
import zipfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from html import escape
from typing import Any

from markupsafe import Markup

from c6brief.brief.model import Annex, Brief, BriefSection, FigureBlock
from c6brief.documents.boundary import read_file
from c6brief.documents.images.facts import media_type_of
from c6brief.documents.pandoc import run_pandoc
from c6brief.documents.pandoc_tree import Block, Inline, inlines_in, map_inlines, read, text_of, with_inlines
from c6brief.pages.page import Page

STYLES = {
    "key-messages": "Key Messages",
    "summary": "Summary",
    "pull": "Pull Quote",
    "callout": "Callout",
    "sidebar": "Sidebar",
    "definition": "Definition",
    "claim": "Claim",
    "recommendation": "Recommendation",
    "sources": "Sources",
    "colophon": "Colophon",
    "apparatus": "Apparatus",
}
"""The styles of Word that paragraphs have, by the classes of the elements that hold them."""

MARKDOWN = "markdown-smart-raw_html-raw_attribute-native_spans-simple_tables-multiline_tables-grid_tables"
"""Pandoc's Markdown without HTML, its marks of quotation as they are printed."""


_LEFT_OUT = re.compile(r"<(/?)(?:main|header|footer|aside|nav)\b")
"""Elements beside which Pandoc leaves out all others (main), that it leaves out, or whose classes it does not keep."""


def with_images(brief: Brief, pictures: Callable[[FigureBlock], bytes]) -> Brief:
    """``brief`` with an image in the place of each drawing; ``pictures`` gives the PNG of a figure."""

    def finish(block: Any) -> Any:
        if not isinstance(block, FigureBlock) or not block.svg.startswith("<svg"):
            return block
        data = base64.b64encode(pictures(block)).decode()
        return replace(block, svg=Markup(f'<img src="data:image/png;base64,{data}" alt="{escape(block.alt)}">'))

    def inside(part: BriefSection) -> BriefSection:
        return replace(part, blocks=tuple(map(finish, part.blocks)))

    annexes = tuple(each for each in map(inside, brief.annexes) if isinstance(each, Annex))
    return replace(brief, sections=tuple(map(inside, brief.sections)), annexes=annexes)


def make_copy(page: Page, brief: Brief, form: str, stamp: str = "", reference: bytes | None = None) -> bytes:
    """The copy of a brief, given its ``page``: ``form`` is docx or md.

    ``stamp`` are words to begin with: that it is a draft. ``reference`` is a DOCX whose styles are taken. Raises
    ``PandocError``.
    """
    html = _LEFT_OUT.sub(r"<\1div", page.html)
    tree = json.loads(run_pandoc(["-f", "html", "-t", "json"], html.encode()))
    blocks = list(_Cleaner(page, form, [brief.subtitle, brief.date.long]).clean(tree["blocks"]))
    if stamp:
        blocks.insert(0, {"t": "Para", "c": [{"t": "Strong", "c": [{"t": "Str", "c": stamp}]}]})
    meta = {"title": brief.title, "subtitle": brief.subtitle, "date": brief.date.long, "lang": brief.language}
    tree["meta"] = {name: _meta(words) for name, words in meta.items() if words}
    if brief.authors:
        tree["meta"]["author"] = {"t": "MetaList", "c": [_meta(author.name) for author in brief.authors]}
    tree["blocks"] = blocks
    given = json.dumps(tree).encode()
    if form == "md":
        return run_pandoc(["-f", "json", "-t", MARKDOWN, "-s", "--wrap=none", "--reference-links"], given)
    arguments = ["-f", "json", "-t", "docx", "-o", "-"]
    if reference is None:
        return _dated(run_pandoc(arguments, given), brief.date.iso)
    with tempfile.NamedTemporaryFile(suffix=".docx") as file:  # Pandoc wants a file, and may open none of the project
        file.write(reference)
        file.flush()
        return _dated(run_pandoc([*arguments, f"--reference-doc={file.name}"], given), brief.date.iso)


def _dated(made: bytes, day: str) -> bytes:
    """A DOCX that says that it was made on that ``day``: in its sandbox Pandoc knows no day but the first of 1970."""
    dated = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(made)) as source, zipfile.ZipFile(dated, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            part = source.read(name)
            if name == "docProps/core.xml":
                part = part.replace(b"1970-01-01T00:00:00Z", f"{day}T00:00:00Z".encode())
            entry = zipfile.ZipInfo(name)
            entry.compress_type = zipfile.ZIP_DEFLATED
            target.writestr(entry, part)
    return dated.getvalue()


def _meta(words: str) -> dict[str, Any]:
    return {"t": "MetaInlines", "c": [{"t": "Str", "c": words}]}


class _Cleaner:
    """Brings Pandoc's tree of a page into the form of a text: what only style sheets need falls away."""

    def __init__(self, page: Page, form: str, in_metadata: list[str]) -> None:
        self.page, self.form = page, form
        self._in_metadata = in_metadata
        """The words of paragraphs that the file's metadata print already."""

    def clean(self, blocks: Sequence[Block]) -> Iterator[Block]:
        for block in blocks:
            kind, content = read(block)
            if kind == "Div":
                yield from self._division(*content)
            elif kind == "Header":
                if content[0] > 1:  # the first level is the title
                    yield {"t": kind, "c": [content[0] - 1, ["", [], []], self._inlines(content[2])]}
            elif kind == "Figure":
                yield from self.clean(content[1][1])
                yield from self.clean(content[2])
            elif kind == "RawBlock":
                continue
            elif kind == "BulletList":
                yield {"t": kind, "c": [list(self.clean(item)) for item in content]}
            elif kind == "OrderedList":
                yield {"t": kind, "c": [content[0], [list(self.clean(item)) for item in content[1]]]}
            elif kind == "BlockQuote":
                yield {"t": kind, "c": list(self.clean(content))}
            else:
                made = map_inlines([block], self._inlines)[0]
                words = text_of(made["c"]).strip() if kind in ("Para", "Plain") else ""
                if words in self._in_metadata and words:
                    self._in_metadata.remove(words)
                elif kind not in ("Para", "Plain") or made["c"]:
                    yield made

    def _division(self, about: list[Any], blocks: list[Block]) -> Iterator[Block]:
        name = next((each for each in about[1] if each in STYLES), "")
        inside = list(self.clean(blocks))
        if not name or not inside:
            yield from inside
        elif self.form == "docx":
            yield {"t": "Div", "c": [["", [], [["custom-style", STYLES[name]]]], inside]}
        else:
            yield {"t": "Div", "c": [["", [name], []], inside]}

    def _inlines(self, inlines: list[Inline]) -> list[Inline]:
        made: list[Inline] = []
        for inline in inlines:
            kind, content = read(inline)
            if kind == "Span":
                made.extend(self._span(*content))
            elif kind == "Image":
                made.append({"t": kind, "c": [["", [], []], content[1], [self._address(content[2][0]), ""]]})
            elif kind == "Link" and content[2][0].startswith("#"):
                made.extend(self._inlines(content[1]))
            elif kind != "RawInline":
                made.append(with_inlines(inline, self._inlines(inlines_in(inline))))
        return made

    def _span(self, about: list[Any], inlines: list[Inline]) -> list[Inline]:
        _, classes, others = about
        if "note" in classes:
            return [{"t": "Note", "c": [{"t": "Para", "c": self._inlines(inlines)}]}]
        if "numeral" in classes or ["aria-hidden", "true"] in others:
            return []
        return self._inlines(inlines)

    def _address(self, address: str) -> str:
        """The address of an image, which holds the image itself."""
        if address.startswith("data:"):
            return address
        data = self.page.picture(address)
        path = self.page.resolve(address) if data is None else None
        if data is None and path is not None:
            data = read_file(path)
        return f"data:{media_type_of(data)};base64,{base64.b64encode(data).decode()}" if data else address
