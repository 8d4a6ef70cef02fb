"""A specification made of a draft: its text as prose of a brief, its citations by the library's ids, and proposals."""

from __future__ import annotations

import datetime
import json
import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import yaml

from c6brief.documents.pandoc import run_pandoc
from c6brief.documents.pandoc_tree import Block, Inline, inlines_in, map_inlines, read, text_of, with_inlines
from c6brief.drafts.blocks import Simplifier, flatten
from c6brief.drafts.citations import Citation, CitedItem, Remark, one_line
from c6brief.drafts.library import Library
from c6brief.drafts.reading import Draft, token_pattern
from c6brief.evidence.csl import VARIABLES
from c6brief.evidence.written_dates import suggest_edtf

WRITTEN = "commonmark+footnotes+pipe_tables+superscript+subscript+strikeout+definition_lists"
"""The form in which Pandoc writes prose: what CommonMark has, and what prose of a brief has besides."""

_LABELS = {
    "book": "bk.", "chapter": "chap.", "column": "col.", "figure": "fig.", "folio": "fol.", "issue": "no.", "line": "l.",
    "note": "n.", "opus": "op.", "page": "p.", "paragraph": "para.", "part": "pt.", "section": "sec.",
    "sub verbo": "s.v.", "sub-verbo": "s.v.", "verse": "v.", "volume": "vol.",
}  # fmt: skip
"""Terms of locators in CSL as Pandoc reads them (https://pandoc.org/MANUAL.html#citation-syntax)."""

_PLURALS = {"p.": "pp.", "para.": "paras.", "chap.": "chaps.", "sec.": "secs.", "l.": "ll.", "vol.": "vols."}

_NOT_PROPOSED = ("id", "type", "custom", "abstract")
"""Variables that are ours, or that nothing prints."""

_SIGNS = str.maketrans("[];|@", "(),/＠")
"""For signs that end a citation, or part its items, those that stand in their place."""

_IMAGES = ("png", "jpg", "jpeg", "webp", "tif", "tiff", "svg")
"""How files of images end that briefs can hold."""

_RULE = re.compile(r"-{2,1000}|={1,1000}")
"""Words that would be a rule, or make a heading of the line above."""

_ENTITY = re.compile(r"&(?=#?\w{1,40};)")

_SEVERAL = re.compile(r"\d\s?[-–—,&]\s?\d|\d and \d")
_SIMPLE_KEY = re.compile(r"\w(?:[\w:.+/-]{0,300}\w)?")


@dataclass(frozen=True)
class ImportedBrief:
    """What a draft becomes."""

    specification: str
    """The text of ``briefs/NAME.yaml``."""
    proposals: str
    """The text of ``proposals/NAME.yaml``; empty where nothing is proposed."""
    images: dict[str, bytes]
    """By the names that ``proposals`` give them, below ``seeds/``."""
    remarks: tuple[Remark, ...]
    """What is told, besides the remarks of the draft."""
    sections: int


def make_specification(draft: Draft, library: Library, name: str) -> ImportedBrief:
    """The specification ``name`` of a ``draft``, its citations matched with ``library``. Raises ``PandocError``."""
    return _Maker(draft, library, name).make()


class _Maker:
    def __init__(self, draft: Draft, library: Library, name: str) -> None:
        self.draft, self.library, self.name = draft, library, name
        self.remarks: list[Remark] = []
        self.images: dict[str, tuple[str, str]] = {}
        """By their ids, the name of an image's file and the words for who cannot see it."""
        self.files: dict[str, bytes] = {}
        self._images_by_path: dict[str, str] = {}
        self._tokens = token_pattern(draft.tokens)
        self._escape = draft.tokens.replace("CITATION", "ESCAPE")
        self._image_token = draft.tokens.replace("CITATION", "IMAGE")
        self._clusters = {token: self._cluster(citation) for token, citation in draft.citations.items()}

    def tell(self, kind: str, words: str = "", advice: str = "") -> None:
        made = Remark(kind, one_line(self._tokens.sub("", words)), advice)
        if made not in self.remarks:
            self.remarks.append(made)

    def make(self) -> ImportedBrief:
        blocks = map_inlines(list(flatten(self.draft.blocks)), self._with_words)
        blocks = list(Simplifier(self._tokens, self.tell, self._place_image).simplify(blocks))
        title, sections = self._sections(blocks)
        written = [(heading, self._markdown(inside)) for heading, inside in sections]
        for heading, text in written:
            if not text:
                self.tell("heading without text", heading, "left out")
        kept = [(heading, text) for heading, text in written if text]
        return ImportedBrief(
            self._specification(title, kept), self._proposals(), self.files, tuple(self.remarks), len(kept)
        )

    # Structure

    def _sections(self, blocks: Sequence[Block]) -> tuple[str, list[tuple[str, list[Block]]]]:
        """The title of the brief, and its sections: each its heading and its blocks."""
        title = self.draft.meta.get("title", "")
        rest = list(blocks)
        levels = [block["c"][0] for block in rest if block["t"] == "Header"]
        is_titled = bool(levels) and rest[0]["t"] == "Header" and rest[0]["c"][0] == min(levels)
        if not title and is_titled and levels.count(min(levels)) == 1:
            title = self._plain(rest[0]["c"][2])
            rest, levels = rest[1:], levels[1:]
        if not title:
            title = self.draft.path.stem
            self.tell("no title", title, "the file's name stands for it: say the message")
        top = min(levels, default=1)
        abstract = self.draft.meta.get("abstract", "")
        sections: list[tuple[str, list[Block]]] = []
        if abstract:
            paragraphs: list[Block] = [{"t": "Para", "c": [{"t": "Str", "c": part}]} for part in abstract.split("\n\n")]
            sections.append(("Abstract", paragraphs))
        for block in rest:
            if block["t"] == "Header" and block["c"][0] == top:
                words = text_of(block["c"][2])
                cited: list[Inline] = [{"t": "Str", "c": token} for token in self._tokens.findall(words)]
                sections.append((self._plain(block["c"][2]), [{"t": "Para", "c": cited}] if cited else []))
                continue
            if not sections or (abstract and len(sections) == 1 and block is rest[0]):
                sections.append(("Introduction", []))
                self.tell("text before the first heading", "", "it is the section 'Introduction': give it a title")
            sections[-1][1].append(self._lower(block, top))
        return title, sections

    def _lower(self, block: Block, top: int) -> Block:
        """``block``; a heading at the level that it has within a section, 3 or 4."""
        if block["t"] != "Header":
            return block
        level, _, words = block["c"]
        if level > top + 2:
            self.tell("heading of a deep level", self._plain(words), "now of level 4")
        return {"t": "Header", "c": [min(4, 2 + level - top), ["", [], []], words]}

    def _plain(self, inlines: Sequence[Inline]) -> str:
        return one_line(self._tokens.sub("", text_of(inlines)))

    # Citations

    def _with_words(self, inlines: list[Inline]) -> list[Inline]:
        """``inlines`` with the words of a citation in the place of a token that becomes none."""
        made: list[Inline] = []
        for inline in inlines:
            kind, content = read(inline)
            if kind == "Str":
                words = self._tokens.sub(
                    lambda found: found[0] if self._clusters[found[0]] else self._words(found[0]), content
                )
                made.append({"t": "Str", "c": words})
            elif kind == "Note":
                made.append({"t": kind, "c": map_inlines(content, self._with_words)})
            else:
                made.append(with_inlines(inline, self._with_words(inlines_in(inline))))
        return made

    def _words(self, token: str) -> str:
        return self.draft.citations[token].words

    def _cluster(self, citation: Citation) -> str:
        """A citation as it stands in prose: ``[@id, p. 12; @other]``; empty where the draft has no data of what it cites."""
        if citation.markdown:
            return citation.markdown
        parts = []
        for item in citation.items:
            id = self.library.id_of(item)
            if id is None:
                self.tell(f"citation by {citation.manager} without data", citation.words, "its words stay in the text")
            else:
                parts.append(self._cite(item, id))
        return f"[{'; '.join(parts)}]" if parts else ""

    def _cite(self, item: CitedItem, id: str) -> str:
        key = id if _SIMPLE_KEY.fullmatch(id) else f"{{{id}}}"
        cited = f"{'-' if item.is_author_suppressed else ''}@{key}"
        prefix = self._safe(item.prefix)
        cited = f"{prefix} {cited}" if prefix else cited
        locator = self._safe(item.locator)
        if locator:
            term = _LABELS.get(item.label, item.label)
            if _SEVERAL.search(locator):
                term = _PLURALS.get(term, term)
            cited += f", {locator if locator.startswith(term) else f'{term} {locator}'}"
        suffix = self._safe(item.suffix).lstrip(",").strip()
        return f"{cited}, {suffix}" if suffix else cited

    def _safe(self, words: str) -> str:
        """Words beside an id without the signs that end a citation."""
        made = words.translate(_SIGNS)
        if made != words:
            self.tell("signs in a citation", words, f"now {made}")
        return re.sub(r"</?[a-z]{1,6}>", "", made)

    # Images

    def _place_image(self, path: str, alt: str, title: str) -> str:
        id = self._images_by_path.get(path)
        if id is None:
            number = len(self._images_by_path) + 1
            id = f"{self.name}-image-{number}"
            while self.library.evidence.entry(id) is not None:
                number += 1
                id = f"{self.name}-image-{number}"
            self._images_by_path[path] = id
            ending = path.rpartition(".")[2].lower()
            data = self.draft.media.get(path)
            if data is None or not ending.isalnum():
                self.tell("image", path[:80], "its file is not in the draft: put it below seeds/images yourself")
            else:
                self.files[f"images/{id}.{ending}"] = data
            self.images[id] = (f"images/{id}.{ending if ending.isalnum() else 'png'}", alt or title)
            self.tell("image", alt or path[:80], f"proposed as '{id}': it wants a credit")
            if ending not in _IMAGES:
                self.tell("image of a kind that is not read", f"{id}.{ending}", "save it as PNG or SVG")
        return f"{self._image_token}{list(self._images_by_path.values()).index(id):05d}X"

    # Texts

    def _markdown(self, blocks: Sequence[Block]) -> str:
        """Blocks as prose."""
        if not blocks:
            return ""
        escaped = map_inlines(blocks, self._escaped)
        document: dict[str, Any] = {"pandoc-api-version": self.draft.api_version, "meta": {}, "blocks": escaped}
        written = run_pandoc(["-f", "json", "-t", WRITTEN, "--wrap=none"], json.dumps(document).encode()).decode()
        written = written.replace("\r\n", "\n").replace("<!-- -->", "").replace(self._escape, "\\")
        ids = list(self._images_by_path.values())
        written = token_pattern(self._image_token).sub(
            lambda found: f"::: image {ids[int(found[0][-6:-1])]}\n:::", written
        )
        return _without_controls(self._with_clusters(written)).strip("\n")

    def _escaped(self, inlines: list[Inline]) -> list[Inline]:
        """``inlines`` with a sign before what would be markup and Pandoc leaves as it is: at beginnings of lines, and of entities."""
        made: list[Inline] = []
        for inline in inlines:
            is_first = not made or made[-1]["t"] in ("LineBreak", "SoftBreak")
            kind, content = read(inline)
            if kind == "Str" and is_first and _RULE.fullmatch(content):
                made.append({"t": kind, "c": "".join(self._escape + char for char in content)})
            elif kind == "Str":
                words = _ENTITY.sub(f"{self._escape}&", content)
                made.append({"t": kind, "c": self._escape + words if is_first and words.startswith(":") else words})
            elif kind == "Note":
                made.append({"t": kind, "c": map_inlines(content, self._escaped)})
            else:
                made.append(with_inlines(inline, self._escaped(inlines_in(inline))))
        return made

    def _with_clusters(self, text: str) -> str:
        """``text`` with each citation in the place of its token, a space before it where words go before."""
        made, at = [], 0
        for found in self._tokens.finditer(text):
            before = text[at : found.start()]
            made.append(before)
            is_beside = before[-1] not in "([" and not before[-1].isspace() if before else at > 0
            made.append(" " if is_beside else "")
            made.append(self._clusters[found[0]])
            at = found.end()
        return "".join(made) + text[at:]

    def _specification(self, title: str, sections: Sequence[tuple[str, str]]) -> str:
        meta = self.draft.meta
        lines = [f"title: {_quoted(title)}"]
        if meta.get("subtitle"):
            lines.append(f"subtitle: {_quoted(self._tokens.sub('', meta['subtitle']))}")
        day = _day(meta.get("date", ""))
        if day:
            lines.append(f"date: {day}")
        elif self.draft.saved:
            lines.append(
                f"date: {self.draft.saved}  # when the draft was last saved: the day of publication stands here"
            )
            self.tell("date", self.draft.saved, "when the draft was last saved: set the day of publication")
        else:
            lines.append("# date: 2026-03-02")
            self.tell("no date", "", "a brief wants date: the day of publication")
        if self.draft.authors:
            lines.append("authors:")
            lines += [f"  - name: {_quoted(author)}" for author in self.draft.authors]
        lines.append("sections:" if sections else "sections: []")
        for heading, text in sections:
            lines.append(f"  - title: {_quoted(heading)}")
            lines.append(f"    text: |{'2' if text[:1] in (' ', chr(9)) else ''}")
            lines += [f"      {line}" if line.strip() else "" for line in text.split("\n")]
        return "\n".join(lines) + "\n"

    def _proposals(self) -> str:
        proposed: dict[str, list[dict[str, Any]]] = {}
        for id, item in self.library.proposed.items():
            csl = {key: value for key, value in item.csl.items() if key in VARIABLES and key not in _NOT_PROPOSED}
            entry = {"accept": True, "id": id, "type": str(item.csl.get("type") or "document"), **csl}
            proposed.setdefault("sources", []).append(entry)
        for id, (file, alt) in self.images.items():
            entry = {"accept": False, "id": id, "file": file, "alt": alt, "credit": ""}
            proposed.setdefault("images", []).append(entry)
        if not proposed:
            return ""
        about = f"# From {_without_controls(self.draft.path.name)}: what the evidence base does not hold. Set accept: true for what to take over.\n"
        return about + yaml.safe_dump(proposed, allow_unicode=True, sort_keys=False, width=110)


def _day(date: str) -> str:
    """A day as a draft writes it, 2026-03-02; empty where it is none, or could be two."""
    try:
        return datetime.date.fromisoformat(date).isoformat()
    except ValueError:
        days = [each for each in suggest_edtf(date) if len(each) == len("2026-03-02")]
        return days[0] if len(days) == 1 else ""


def _quoted(words: str) -> str:
    """``words`` as a scalar of YAML on one line."""
    return json.dumps(_without_controls(one_line(words)), ensure_ascii=False)


def _without_controls(text: str) -> str:
    """``text`` without characters that a file of YAML cannot hold as they are; other ends of lines are spaces."""
    return "".join(
        char
        if char == "\n" or unicodedata.category(char) not in ("Cc", "Cs", "Zl", "Zp")
        else " "
        if char.isspace()
        else ""
        for char in text
        if char not in "\ufeff\ufffe\uffff"
    )
