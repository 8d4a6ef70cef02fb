"""What stands around the text of a brief: big numbers, options, the annex of evidence, who wrote and who paid."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from markupsafe import Markup, escape

from c6brief.brief.blocks import Blocks
from c6brief.brief.context import ComposeContext
from c6brief.brief.matter import EVIDENCE, NumberSpec, OptionSpec
from c6brief.brief.model import Annex, Author, BigNumber, Block, Check, Funder, OptionConsidered, Picture, Prose
from c6brief.brief.notes import CitedEntry
from c6brief.brief.pictures import picture_of
from c6brief.brief.prose import smarten
from c6brief.brief.spec import BriefSpec
from c6brief.brief.text import TextWriter
from c6brief.documents.document import NodePath
from c6brief.documents.entries import Entry
from c6brief.evidence.models import EvidenceEntry, Statement

PORTRAIT, LOGO = "16x20", "40x14"
"""mm. The room of a portrait, and of a funder's logo."""


class MatterWriter:
    """Writes the parts of one brief that stand around its text."""

    def __init__(
        self,
        spec: BriefSpec,
        context: ComposeContext,
        text: TextWriter,
        blocks: Blocks,
        prose: Callable[[str, Entry, NodePath], list[Block]],
    ) -> None:
        """``prose`` gives the blocks of a text that is written at a path of an entry."""
        self.spec, self.context, self.text, self.blocks, self.prose = spec, context, text, blocks, prose

    def running_text(self, key: str) -> Markup:
        """The paragraphs of the text at ``key`` of the specification. Problem: ``directive``, for what is no running text."""
        text = getattr(self.spec, key)
        if not text.strip():
            return Markup("")
        blocks = self.prose(text, self.spec, (key,))
        if any(not isinstance(block, Prose) for block in blocks):
            hint = "put what is no paragraph into a section"
            self.context.problems.error("directive", f"'{key}' holds running text alone", self.spec.place(key), hint)
        return Markup("").join(block.html for block in blocks if isinstance(block, Prose))

    def number(self, index: int) -> BigNumber:
        """The big number at ``index``. One that is counted has no value yet: see :meth:`add_counts`."""
        each, at = self.spec.numbers[index], ("numbers", index)
        if each.value is None:
            return BigNumber(index + 1, "", Markup(""))
        cited = self._cited(each, at)
        entries: list[EvidenceEntry] = [one.entry for one in cited]
        written = f"{each.value} {each.label}"
        self.context.recorder.add_numbers(written, f"number {index + 1}", entries, end=len(each.value))
        label = self.text.inline_html(each.label, self.spec, (*at, "label"), entries)
        return BigNumber(index + 1, smarten(each.value), label + self.text.note_behind(each.label, cited))

    def add_counts(self, numbers: tuple[BigNumber, ...], check: Check) -> tuple[BigNumber, ...]:
        """``numbers`` with those that are counted, now that all is written: from the ``check`` of the brief."""
        wording = self.context.wording
        counts = {
            "sources": check.sources,
            "voices": check.voices,
            "statements": check.statements,
            "one-voice": check.one_voice,
            "differing": check.differing,
            "quotations": check.quotations,
        }
        made = []
        for number, each in zip(numbers, self.spec.numbers, strict=True):
            if each.count is not None:
                count = counts[each.count]
                words = wording.plural(f"number_{each.count.replace('-', '_')}", count)
                number = replace(number, value=wording.number(count), label=escape(words))
            made.append(number)
        return tuple(made)

    def option(self, index: int) -> OptionConsidered:
        """The option at ``index``, whose numbers and quotations are compared with its evidence."""
        each, at = self.spec.options_considered[index], ("options_considered", index)
        cited = self._cited(each, at)
        entries: list[EvidenceEntry] = [one.entry for one in cited]

        def html(key: str) -> Markup:
            text = getattr(each, key)
            return self.text.inline_html(text, self.spec, (*at, key), entries) if text else Markup("")

        option = html("option") + self.text.note_behind(each.option, cited)
        return OptionConsidered(index + 1, option, html("benefit"), html("risk"), html("cost"))

    def add_evidence(self, annex: Annex) -> Annex:
        """``annex`` with every claim and event that the brief rests on, in the order of first use, each with all its accounts.

        Problem: ``annex-empty``, a warning.
        """
        found = (self.context.evidence.entry(id) for id in tuple(self.context.notes.statements))
        boxes = [
            self.blocks.statement(entry, f"evidence-{entry.id}") for entry in found if isinstance(entry, Statement)
        ]
        if not boxes:
            place = next(
                self.spec.place("annexes", at) for at, each in enumerate(self.spec.annexes) if each.use == EVIDENCE
            )
            message = "the annex 'evidence' lists nothing: this brief cites no claim and no event"
            self.context.problems.warning("annex-empty", message, place, "cite claims, or leave the annex out")
        return replace(annex, blocks=(*annex.blocks, *boxes))

    def author(self, index: int) -> Author:
        """The author at ``index``."""
        each = self.spec.authors[index]
        bio = self.text.inline_html(each.bio, self.spec, ("authors", index, "bio")) if each.bio else Markup("")
        portrait = self._picture(each.portrait, PORTRAIT, ("authors", index, "portrait"))
        return Author(each.name, each.role, each.email, bio, each.orcid, portrait)

    def funders(self) -> tuple[Funder, ...]:
        """Who paid, in order."""
        return tuple(
            Funder(smarten(each.name), each.url, self._picture(each.logo, LOGO, ("funders", index, "logo")))
            for index, each in enumerate(self.spec.funders)
        )

    def _picture(self, id: str | None, box: str, at: NodePath) -> tuple[Picture, ...]:
        """The image of that ``id``, if it is named and there is one. Problem: ``unknown-id``."""
        picture = picture_of(self.context, id, box, self.spec.place(*at)) if id is not None else None
        return () if picture is None else (picture,)

    def _cited(self, each: NumberSpec | OptionSpec, at: NodePath) -> list[CitedEntry]:
        """What ``each`` names as its evidence. Problem: ``unknown-id``."""
        places = ((id, self.spec.place(*at, "evidence", number)) for number, id in enumerate(each.evidence))
        found = (self.text.find_citable(id, place) for id, place in places)
        return [CitedEntry(entry) for entry in found if entry is not None]
