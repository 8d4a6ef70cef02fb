"""References to figures, tables and sections: what they lead to, and what is printed for them.

Numbers are known when the whole brief is composed, and a reference may stand before what it leads to. So it is written
first as a link without words, and finished at the end. One that leads to something that a template leaves out is told
apart by its ``href`` when the page is there (:mod:`c6brief.pages.references`).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from typing import TypeVar

from markupsafe import Markup, escape

from c6brief.brief.markdown_references import KINDS, Target
from c6brief.brief.model import Block, Brief, BriefSection, Callout, Definition, Prose, Sidebar, TableBlock, TableRow
from c6brief.brief.prose import OBJECT
from c6brief.brief.wording import Wording
from c6brief.documents.problems import Place, Problems, did_you_mean, name_rule
from c6brief.evidence.base import Evidence

NOUNS = {"fig": "figure", "tbl": "table", "sec": "section"}
"""What messages call a kind of reference, and the key of its word in the catalogue."""

REFERENCE_UNPRINTED = name_rule(
    "reference-unprinted",
    "warning",
    """a reference leads to a figure, table or section that the template leaves out

    A factsheet has no prose and few figures. `@fig:ID` in a key message then prints the title of the figure in place of its
    number, so that the sentence stays right.
    """,
)

_HELD = re.compile(f"{OBJECT}(-?)((?:{'|'.join(KINDS)}):[^{OBJECT}]*){OBJECT}")
_WRITTEN = re.compile(r'<a class="reference" data-to="([^"]+)"( data-number="")?></a>')
_MEANT = re.compile(r"(?i)(?P<kind>fig(?:ure)?|ta?bl?e?|sec(?:tion)?)[-_.:](?P<id>.+)")
_KIND_OF = {"f": "fig", "t": "tbl", "s": "sec"}


@dataclass(frozen=True)
class _Anchor:
    """Something that can be referred to."""

    anchor: str
    label: str
    """Its number; empty for a section, which is named by its title."""
    title: str


def meant_by(id: str, evidence: Evidence) -> str:
    """The reference that was meant by an ``id`` of nothing: ``@fig:lifts`` for ``fig-lifts``; empty where none was."""
    match = _MEANT.fullmatch(id)
    if match is None:
        return ""
    kind = _KIND_OF[match["kind"][0].lower()]
    chart = evidence.charts.get(match["id"])
    if chart is not None:
        return f"@{'tbl' if chart.kind == 'table' else 'fig'}:{match['id']}"
    known = evidence.tables if kind == "tbl" else evidence.sections if kind == "sec" else {}
    return f"@{kind}:{match['id']}" if match["id"] in known else ""


@dataclass
class CrossReferences:
    """The references of one brief.

    Problems: ``unknown-reference``, ``id-twice``, ``reference-id``.
    """

    evidence: Evidence
    problems: Problems
    wording: Wording
    _anchors: dict[str, _Anchor] = field(default_factory=dict)
    _places: dict[str, list[Place]] = field(default_factory=dict)

    def define(self, kind: str, id: str, anchor: str, label: str, title: str, place: Place | None = None) -> None:
        """Make ``kind:id`` lead to the element of the id ``anchor``. ``place`` is where the author has written the id."""
        written = f"{kind}:{id}"
        if written in self._anchors and place is not None:
            self.problems.error("id-twice", f"id '{written}' is used twice in this brief", place, "choose another")
        self._anchors.setdefault(written, _Anchor(anchor, label, title))

    def define_written(self, kind: str, written: str, label: str, title: str, place: Place) -> str:
        """The same for an id written as ``{#sec:ID}``. Returns the anchor; empty after the problem ``reference-id``."""
        prefix, _, id = written.partition(":")
        if prefix != kind or not id:
            name = re.sub(r"[^\w.-]+", "-", id or written).strip("-")
            message = f"the id of a {NOUNS[kind]} begins with '{kind}:'"
            self.problems.error("reference-id", message, place, f"write {{#{kind}:{name}}}")
            return ""
        anchor = f"{NOUNS[kind]}-{id}"
        self.define(kind, id, anchor, label, title, place)
        return anchor

    def refer(self, targets: Sequence[Target], find: Callable[[Target], Place]) -> Markup:
        """References as HTML without their words, for :meth:`finish`."""
        links = []
        for target in targets:
            self._places.setdefault(target.written, []).append(find(target))
            number = Markup(' data-number=""') if target.only_number else Markup("")
            links.append(Markup('<a class="reference" data-to="{}"{}></a>').format(target.written, number))
        return Markup(self.wording.join_list(links)) if len(links) > 1 else links[0]

    def check(self, *, whole: bool = True) -> None:
        """Report references that lead to nothing in the brief.

        Of a section that no brief uses, which is not ``whole``, what it refers to may stand in the brief that will use it:
        figures must be in the evidence base, and of all else nothing is known.
        """
        for written, places in self._places.items():
            kind, _, id = written.partition(":")
            if written not in self._anchors and (whole or (kind == "fig" and id not in self.evidence.charts)):
                for place in places:
                    self.problems.error("unknown-reference", *self._told(written, place))

    def _told(self, written: str, place: Place) -> tuple[str, Place, str]:
        """The message on a reference to nothing, its place, and a hint."""
        kind, _, id = written.partition(":")
        message = f"this brief has no {NOUNS[kind]} '{id}'"
        other = next((each for each in KINDS if f"{each}:{id}" in self._anchors), None)
        if other is not None:
            return message, place, f"it is a {NOUNS[other]}: write @{other}:{id}"
        if kind == "sec" and id in self.evidence.sections:
            return message, place, f"use it: '- use: {id}'"
        chart = self.evidence.charts.get(id)
        directive = "chart" if chart else "table" if id in self.evidence.tables else ""
        if directive:
            return message, place, f"place it: '::: {directive} {id}', or '{directive}s: [{id}]' in a section"
        return (
            message,
            place,
            did_you_mean(id, [key.partition(":")[2] for key in self._anchors if key.startswith(kind)]),
        )

    def place_of(self, anchor: str) -> Place | None:
        """Where the element of the id ``anchor`` is referred to first; ``None`` where it is not."""
        written = (key for key, each in self._anchors.items() if each.anchor == anchor)
        return next((self._places[key][0] for key in written if key in self._places), None)

    # Finishing

    def finish(self, brief: Brief) -> Brief:
        """``brief`` with the words of its references."""
        return map_prose(brief, self._finish, self._finish_text) if self._places else brief

    def _finish(self, html: Markup) -> Markup:
        named = _HELD.sub(lambda match: str(escape(self._words(match[2], bool(match[1])))), html)
        return Markup(_WRITTEN.sub(self._print, named))

    def _finish_text(self, text: str) -> str:
        """A plain text with the words of its references."""
        return _HELD.sub(lambda match: self._words(match[2], bool(match[1])), text) if OBJECT in text else text

    def _words(self, written: str, only_number: bool) -> str:
        """The words that are printed for a reference."""
        anchor = self._anchors.get(written)
        if anchor is None:
            return ""
        kind = written.partition(":")[0]
        said = self._finish_text(anchor.title) if kind == "sec" else anchor.label
        return said if only_number else f"{self.wording(NOUNS[kind])}\u00a0{said}"

    def _print(self, match: re.Match[str]) -> str:
        anchor = self._anchors.get(match[1])
        if anchor is None:
            return ""
        title, words = self._finish_text(anchor.title), self._words(match[1], bool(match[2]))
        printed = escape(words)
        if match[1].startswith("sec:"):  # a title is set in italics
            printed = escape(words.removesuffix(title)) + Markup("<em>{}</em>").format(title)
        return f'<a class="reference" href="#{escape(anchor.anchor)}" data-title="{escape(title)}">{printed}</a>'


S = TypeVar("S", bound=BriefSection)


def map_prose(brief: Brief, change: Callable[[Markup], Markup], change_text: Callable[[str], str] = str) -> Brief:
    """``brief`` with every text that was written as prose changed, and the plain texts of tables in the prose."""

    def change_block(block: Block) -> Block:
        if isinstance(block, (Prose, Callout, Sidebar, Definition)):
            return replace(block, html=change(block.html))
        return _map_table(block, change, change_text) if isinstance(block, TableBlock) and block.in_text else block

    def change_section(section: S) -> S:
        return replace(section, blocks=tuple(map(change_block, section.blocks)))

    options = (
        replace(
            each,
            option=change(each.option),
            benefit=change(each.benefit),
            risk=change(each.risk),
            cost=change(each.cost),
        )
        for each in brief.options_considered
    )
    return replace(
        brief,
        summary=change(brief.summary),
        key_messages=tuple(map(change, brief.key_messages)),
        numbers=tuple(replace(each, label=change(each.label)) for each in brief.numbers),
        sections=tuple(map(change_section, brief.sections)),
        options_considered=tuple(options),
        recommendations=tuple(replace(each, action=change(each.action)) for each in brief.recommendations),
        annexes=tuple(map(change_section, brief.annexes)),
        authors=tuple(replace(each, bio=change(each.bio)) for each in brief.authors),
        acknowledgements=change(brief.acknowledgements),
        disclaimer=change(brief.disclaimer),
    )


def _map_table(table: TableBlock, change: Callable[[Markup], Markup], change_text: Callable[[str], str]) -> TableBlock:
    def change_row(row: TableRow) -> TableRow:
        cells = (replace(cell, text=change_text(cell.text), html=change(cell.html)) for cell in row.cells)
        return replace(row, cells=tuple(cells))

    columns = (replace(each, title=change_text(each.title), html=change(each.html)) for each in table.columns)
    return replace(
        table,
        title=change_text(table.title),
        caption=change(table.caption),
        columns=tuple(columns),
        rows=tuple(tuple(map(change_text, row)) for row in table.rows),
        groups=tuple(replace(group, rows=tuple(map(change_row, group.rows))) for group in table.groups),
    )
