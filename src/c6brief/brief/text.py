"""The HTML of prose: citations become notes, and quotations are located in the sources that are cited with them."""

from __future__ import annotations

from collections.abc import Sequence

from markdown_it.token import Token
from markupsafe import Markup

from c6brief.brief import prose
from c6brief.brief.context import ComposeContext
from c6brief.brief.cross_references import meant_by
from c6brief.brief.markdown_notes import behind_note, ends_with_note, note_tokens
from c6brief.brief.markdown_references import Target
from c6brief.brief.markdown_syntax import Cite
from c6brief.brief.markdown_tables import TextTable
from c6brief.brief.marks_over_lines import lines_in_marks
from c6brief.brief.notes import CitedEntry
from c6brief.brief.prose_faults import report_faults, report_note_faults
from c6brief.brief.references import places_in_words
from c6brief.brief.unmarked_speech import warn_of_unmarked_speech
from c6brief.documents.document import NodePath
from c6brief.documents.entries import Entry
from c6brief.documents.problems import Place, did_you_mean
from c6brief.evidence.locators import Locator, locator_of, names_place
from c6brief.evidence.models import Citable, EvidenceEntry, Source, sources_of
from c6brief.evidence.quotation_marks import QuotedSpan, quoted_spans
from c6brief.evidence.verify import Passage

CITABLE = ("sources", "quotes", "events", "claims")

_PARTS = {
    "summary": "summary",
    "key_messages": "key message",
    "numbers": "number",
    "options_considered": "option",
    "recommendations": "recommendation",
    "authors": "author",
    "acknowledgements": "acknowledgements",
    "disclaimer": "disclaimer",
}
"""What the record calls the parts of a specification that are no sections; those of a list are counted."""


class TextWriter:
    """Writes the running text of one brief, in the order of reading.

    Problems: ``unknown-id``, ``wrong-locator``, ``bare-citation``, and those of :mod:`c6brief.brief.prose_faults`,
    :class:`~c6brief.evidence.marked_words.MarkedWords` and :mod:`c6brief.brief.unmarked_speech`.
    """

    def __init__(self, context: ComposeContext) -> None:
        self.context = context
        self.heading = ""
        """The title of the section that is being written, for the record."""
        self.quoted: list[Passage] = []
        """The passages that the paragraph at hand quotes."""
        self.seen: dict[tuple[str, tuple[str | int, ...], str], int] = {}
        """How often each text has cited each id so far, by the text's file and path, to find its next citation."""

    def html(
        self, tokens: Sequence[Token], owner: Entry, path: NodePath, beside: Sequence[EvidenceEntry] = ()
    ) -> Markup:
        """The HTML of ``tokens``, which are written at ``path`` of ``owner``, with their notes.

        Quotations in it are checked; a text with an unverified one ends with the mark of that. ``beside`` are entries
        that its words in marks and its numbers are compared with, besides those it cites.
        """
        self.quoted = []
        sound = self._check_quotations(tokens, owner, path, beside)
        html = self._set(tokens, owner, path)
        if sound:
            return html
        text, end, tail = html.rpartition("</p>")
        sign = self.context.notes.unverified_sign()
        return text + sign + end + tail if end else html + sign

    def _set(self, tokens: Sequence[Token], owner: Entry, path: NodePath) -> Markup:
        """The HTML of ``tokens`` with the notes that they call."""

        def plain_note(call: Token) -> Markup:
            notes = self.context.notes
            anchor = notes.next_anchor()

            def cite(cites: tuple[Cite, ...]) -> Markup:
                cited = self._find_cited(cites, owner, path)
                return notes.cite_within(cited, anchor) if cited else Markup("")

            lines = [token for token in note_tokens(call) if token.type == "inline"]
            said = (prose.to_html([line], cite, is_source_title, refer=refer) for line in lines)
            return notes.plain_note(Markup(" ").join(said), anchor)

        def refer(targets: tuple[Target, ...]) -> Markup:
            return self.context.references.refer(targets, lambda target: self._place_of(target, owner, path))

        is_source_title = self.context.marked.is_source_title
        return prose.to_html(
            tokens,
            lambda cites: self._note(cites, owner, path),
            is_source_title,
            plain_note=plain_note,
            refer=refer,
        )

    def table_html(
        self, table: TextTable, owner: Entry, path: NodePath
    ) -> tuple[Markup, list[Markup], list[list[Markup]]]:
        """The HTML of the caption, of the headings and of the cells of a table, whose words are checked as one paragraph.

        What the caption or a cell cites backs the words of all of them.
        """
        sound = self._check_quotations(table.tokens, owner, path)
        caption = self._set([table.caption], owner, path) if table.caption is not None else Markup("")
        columns = [self._set([cell], owner, path) for cell in table.columns]
        rows = [[self._set([cell], owner, path) for cell in row] for row in table.rows]
        if not sound:
            sign = self.context.notes.unverified_sign()
            if rows and rows[-1]:
                rows[-1][-1] += sign
            else:
                caption += sign
        return caption, columns, rows

    def inline_html(self, text: str, owner: Entry, path: NodePath, beside: Sequence[EvidenceEntry] = ()) -> Markup:
        """The HTML of one line of prose (a key message, an action), as :meth:`html`."""
        reading = prose.inline_reading(text)
        report_note_faults(reading, owner, path, self.context.problems)
        tokens = [token for token in reading.tokens if isinstance(token, Token)]
        self.check_bare(tokens, owner, path)
        self.check_tokens(tokens, owner, path)
        return self.html(tokens, owner, path, beside)

    def note_behind(self, text: str, cited: Sequence[CitedEntry]) -> Markup:
        """The note on what is ``cited`` for the line of prose ``text``, which it is called behind; empty for nothing."""
        if not cited:
            return Markup("")
        note = self.context.notes.note(cited)
        return Markup(behind_note(str(note))) if ends_with_note(prose.inline_tokens(text)) else note

    def cited_in_same_speech(self, groups: Sequence[Sequence[Token]]) -> list[list[EvidenceEntry]]:
        """For each paragraph, what is cited in others that the same speech runs through: opened in each, closed in the last."""
        cited: list[list[EvidenceEntry]] = []
        start = 0
        for at, group in enumerate(groups):
            spans = [span for text, _ in prose.lines(group) for span in quoted_spans(text)]
            if spans and not spans[-1].is_closed and at + 1 < len(groups):
                continue
            run = groups[start : at + 1]
            found = [self.context.evidence.entry(cite.id) for each in run for cite in prose.cites_in(each)]
            entries = [entry for entry in found if entry is not None] if len(run) > 1 else []
            cited += [entries for _ in run]
            start = at + 1
        return cited

    def check_marks_over_lines(self, groups: Sequence[Sequence[Token]], owner: Entry, path: NodePath) -> None:
        """Compare words in marks that are opened in one paragraph or item and closed in another with what these cite.

        Problems: those of :meth:`MarkedWords.quotation <c6brief.evidence.marked_words.MarkedWords.quotation>`.
        """
        lines = [(text, group) for group in groups for text, is_quoted in prose.lines(group) if not is_quoted]
        found = lines_in_marks([text for text, _ in lines])
        near = {at for each in found for at in range(each.number - 1, each.number + 2) if 0 <= at < len(lines)}
        cites = [cite.id for at in sorted(near) for cite in prose.cites_in(lines[at][1])]
        cited = (self.context.evidence.entry(id) for id in dict.fromkeys(cites))
        sources = [id for entry in cited if entry is not None for id in sources_of(entry)]
        for each in found:
            hint = "cite its source in one of the paragraphs that the marks run through"
            self.context.marked.quotation(
                each.text, each.span, sources, lambda words: owner.find(words, *path), hint=hint
            )

    def _place_of(self, target: Target, owner: Entry, path: NodePath) -> Place:
        """Where the next reference to ``target`` was written."""
        key = (owner.place().file, path, target.written)
        nth = self.seen.get(key, 0)
        self.seen[key] = nth + 1
        place = owner.find(f"@{target.written}", *path, nth=nth)
        return place

    def _note(self, cites: tuple[Cite, ...], owner: Entry, path: NodePath) -> Markup:
        cited = self._find_cited(cites, owner, path)
        return self.context.notes.note(cited) if cited else Markup("")

    def _find_cited(self, cites: tuple[Cite, ...], owner: Entry, path: NodePath) -> list[CitedEntry]:
        """What is cited; without what there is none of, after a problem."""
        cited = []
        for cite in cites:
            nth = self.seen.get((owner.place().file, path, cite.written), 0)
            self.seen[owner.place().file, path, cite.written] = nth + 1
            place = owner.find(cite.written, *path, nth=nth)
            entry = self.find_citable(cite.id, place)
            if entry is not None:
                self._check_locator(cite, entry, place)
                cited.append(CitedEntry(entry, cite.prefix, cite.locator, self._quoted_from(entry, cite)))
        return cited

    def _check_locator(self, cite: Cite, entry: Citable, place: Place) -> None:
        """Report an author's locator beside a quotation, event or claim whose words stand elsewhere. Problem: ``wrong-locator``."""
        passages = self.context.notes.passages_of(entry) if cite.locator and not isinstance(entry, Source) else []
        if passages and not any(names_place(cite.locator, self._place_in_source(each)) for each in passages):
            self._report_locator(cite, passages, place)

    def _quoted_from(self, entry: Citable, cite: Cite) -> tuple[Locator, ...]:
        """Where words stand that the paragraph at hand quotes from a source which it cites, as far as the locator goes."""
        places = [self._place_in_source(each) for each in self.quoted if each.source == entry.id]
        return tuple(place for place in places if names_place(cite.locator, place))

    def _report_locator(self, cite: Cite, passages: Sequence[Passage], place: Place) -> None:
        right = places_in_words([self._place_in_source(each) for each in passages], self.context.wording)
        message = f"these words do not stand at '{cite.locator}'"
        self.context.problems.error(
            "wrong-locator", message, place, f"they stand at {right}: [{cite.written}, {right}]"
        )

    def _place_in_source(self, passage: Passage) -> Locator:
        return locator_of(self.context.evidence.texts[passage.source], passage.match)

    def find_citable(self, id: str, place: Place) -> Citable | None:
        """The entry of that id, if it can be cited; ``None`` after the problem ``unknown-id``, at ``place``."""
        entry = self.context.evidence.entry(id)
        if isinstance(entry, Citable):
            return entry
        if entry is not None:
            hint = "cite a source, quotation, event or claim"
            self.context.problems.error("unknown-id", f"'{id}' is nothing that can be cited", place, hint)
        elif not self.context.evidence.excuses(id, *CITABLE):
            known = [each for kind in CITABLE for each in self.context.evidence.kind(kind)]
            known += self.context.evidence.aliases
            message = f"no source, quotation, event or claim '{id}'"
            meant = meant_by(id, self.context.evidence)
            hint = f"write {meant}" if meant else did_you_mean(id, known)
            self.context.problems.error("unknown-id", message, place, hint)
        return None

    def check_tokens(self, tokens: Sequence[Token], owner: Entry, path: NodePath) -> None:
        """Report what cannot be printed. Problems: those of :func:`~c6brief.brief.prose_faults.report_faults`."""
        report_faults(tokens, owner, path, self.context.problems)

    def _check_quotations(
        self, tokens: Sequence[Token], owner: Entry, path: NodePath, beside: Sequence[EvidenceEntry] = ()
    ) -> bool:
        """Whether all quotations in ``tokens`` stand in a source that is cited there or ``beside`` it.

        Numbers are recorded, and compared with the same.
        """
        context, marked = self.context, self.context.marked
        found = [(cite, context.evidence.entry(cite.id)) for cite in prose.cites_in(tokens)]
        entries = [*(entry for _, entry in found if entry is not None), *beside]
        context.recorder.add_numbers(prose.plain_text(tokens), self._place_words(path), entries)
        cited = [passage for entry in entries for passage in context.notes.passages_of(entry)]
        sources = [id for entry in entries for id in sources_of(entry)]
        names = prose.names_in(tokens)
        marked.check_names(names, lambda words: owner.find(words, *path))
        context.recorder.add_names(names)
        warn_of_unmarked_speech(tokens, sources, marked, lambda words: owner.find(words, *path), context.problems)
        lines = [*prose.lines(tokens), *((line, False) for line in prose.hidden_lines(tokens))]
        of_sources = [(cite, entry.id) for cite, entry in found if isinstance(entry, Source)]
        sound = [
            self._check_quotation(text, span, sources, cited, owner, path, of_sources)
            for text, is_quoted in lines
            for span in ([QuotedSpan(0, len(text))] if is_quoted else marked.quotations(text))
        ]
        sound += [
            self._check_quotation(words, span, sources_of(entry), None, owner, path)
            for cite, entry in found
            if entry is not None
            for words in (cite.prefix, cite.locator)
            for span in marked.quotations(words)
        ]
        sound += [self._check_quotations(note, owner, path, entries) for note in prose.notes_called_in(tokens)]
        return all(sound)

    def _check_quotation(
        self,
        text: str,
        span: QuotedSpan,
        sources: Sequence[str],
        cited: Sequence[Passage] | None,
        owner: Entry,
        path: NodePath,
        cites: Sequence[tuple[Cite, str]] = (),
    ) -> bool:
        """Whether the words at ``span`` of a line of ``text`` stand in one of the ``sources``, as words of whom it says.

        ``cites`` are citations of sources beside them, with the ids of these: one of them has no locator, or the right one.
        """
        context = self.context
        hint = "cite its source in the same paragraph: [@source-id]"
        passage = context.marked.quotation(
            text, span, sources, lambda words: owner.find(words, *path), cited=cited, hint=hint
        )
        if passage is None:
            return False
        beside = [cite for cite, id in cites if id == passage.source]
        if beside and not any(names_place(cite.locator, self._place_in_source(passage)) for cite in beside):
            self._report_locator(beside[0], [passage], owner.find(beside[0].written, *path))
        self.quoted.append(passage)
        words = text[span.start : span.end]
        context.notes.quoted.add(words)
        context.recorder.add_run_in(words, passage)
        return True

    def _place_words(self, path: NodePath) -> str:
        """Where in the brief the text at ``path`` stands, in words for the record."""
        key = str(path[0])
        part = _PARTS.get(key)
        if part is None:
            return f"section {self.heading}"
        return f"{part} {int(path[1]) + 1}" if len(path) > 1 else part

    def check_bare(self, tokens: Sequence[Token], owner: Entry, path: NodePath) -> None:
        """Warn of ids that have no brackets and so are no citations. Problem: ``bare-citation``."""
        for id, nth in prose.bare_citations(tokens):
            if self.context.evidence.entry(id) is not None:
                place = owner.find(f"@{id}", *path, nth=nth)
                self.context.problems.warning("bare-citation", f"'@{id}' prints as it stands", place, f"write [@{id}]")
            elif meant := meant_by(id, self.context.evidence):
                place = owner.find(f"@{id}", *path, nth=nth)
                self.context.problems.error("unknown-reference", f"'@{id}' refers to nothing", place, f"write {meant}")
