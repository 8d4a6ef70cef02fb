"""Prose becomes HTML: citations turn into notes, and what stands in quotation marks is held against its sources."""

from __future__ import annotations

from collections.abc import Sequence

from markdown_it.token import Token
from markupsafe import Markup

from c6brief.brief import prose
from c6brief.brief.context import ComposeContext
from c6brief.brief.notes import Cited
from c6brief.documents.entries import Entry
from c6brief.documents.problems import Place, did_you_mean
from c6brief.evidence.models import Claim, Event, Quote, Source, sources_of
from c6brief.evidence.quotations import quotations_in
from c6brief.evidence.verify import locate_among

CITABLE = ("sources", "quotes", "events", "claims")


class Text:
    """Writes the running text of one brief, in reading order.

    Problems: ``unknown-id``, ``image-in-prose``, ``bare-citation``, ``quotation-uncited``, ``words-not-found``,
    ``words-found-twice``.
    """

    def __init__(self, context: ComposeContext) -> None:
        self.context = context
        self.heading = ""
        """The title of the section that is being written, for the record."""
        self.seen: dict[tuple[str, tuple[str | int, ...], str], int] = {}
        """How often each text has cited each id so far: where to look for the next one."""

    def html(
        self, tokens: Sequence[Token], owner: Entry, path: tuple[str | int, ...], beside: Sequence[Entry] = ()
    ) -> Markup:
        """HTML of ``tokens``, written at ``path`` of ``owner``, with its notes. ``beside``: what else backs its numbers.

        Quotations are checked on the way; in a draft, those that fail are marked.
        """
        sound = self._check_quotations(tokens, owner, path, beside)
        html = prose.to_html(tokens, lambda cites: self._note(cites, owner, path))
        if sound:
            return html
        text, end, tail = html.rpartition("</p>")
        sign = self.context.notes.unverified_sign()
        return text + sign + end + tail if end else html + sign

    def inline(self, text: str, owner: Entry, path: tuple[str | int, ...], beside: Sequence[Entry] = ()) -> Markup:
        """HTML of one line of prose: a key message, an action."""
        tokens = prose.inline_tokens(text)
        self.check_bare(text, owner, path)
        self.check_tokens(tokens, owner, path)
        return self.html(tokens, owner, path, beside)

    def _note(self, cites: tuple[prose.Cite, ...], owner: Entry, path: tuple[str | int, ...]) -> Markup:
        cited = []
        for cite in cites:
            nth = self.seen.get((owner.place().file, path, cite.id), 0)
            self.seen[owner.place().file, path, cite.id] = nth + 1
            place = owner.find(f"@{cite.id}", *path, nth=nth)
            entry = self.citable(cite.id, place)
            if entry is not None:
                cited.append(Cited(entry, cite.prefix, cite.locator))
        return self.context.notes.note(cited) if cited else Markup("")

    def citable(self, id: str, place: Place) -> Source | Quote | Event | Claim | None:
        """The entry of that id, if it is one that can be cited; ``None`` after a problem at ``place``."""
        entry = self.context.evidence.entry(id)
        if isinstance(entry, (Source, Quote, Event, Claim)):
            return entry
        if entry is not None:
            hint = "cite a source, quotation, event or claim"
            self.context.problems.error("unknown-id", f"'{id}' is nothing that can be cited", place, hint)
        elif not self.context.evidence.excuses(id, *CITABLE):
            known = [each for kind in CITABLE for each in self.context.evidence.kind(kind)]
            message = f"no source, quotation, event or claim '{id}'"
            self.context.problems.error("unknown-id", message, place, did_you_mean(id, known))
        return None

    def check_tokens(self, tokens: Sequence[Token], owner: Entry, path: tuple[str | int, ...]) -> None:
        """Report images: prose holds none."""
        for address in prose.images(tokens):
            place = owner.find(address, *path)
            self.context.problems.error(
                "image-in-prose", f"image '{address}'", place, "prose holds no images: place a chart"
            )

    def _check_quotations(
        self, tokens: Sequence[Token], owner: Entry, path: tuple[str | int, ...], beside: Sequence[Entry] = ()
    ) -> bool:
        """Whether all that stands in quotation marks here stands in a source that is cited here.

        Numbers are noted, and held against what is cited here and ``beside`` it.
        """
        text = prose.plain_text(tokens)
        entries = [self.context.evidence.entry(cite.id) for cite in prose.cites_in(tokens)]
        self.context.recorder.numbers(text, self._whereabouts(path), [*filter(None, entries), *beside])
        quoted = quotations_in(text)
        sound = True
        cited = [passage for entry in entries if entry for passage in self.context.notes.passages_of(entry)]
        sources = [id for entry in entries if entry for id in sources_of(entry)]
        for words in quoted:
            place = owner.find(" ".join(words.split()[:2]), *path)
            if not sources:
                hint = "cite its source in the same paragraph: [@source-id]"
                self.context.problems.error("quotation-uncited", f"“{words}” has no source here", place, hint)
                sound = False
            elif passage := locate_among(self.context.evidence, sources, words, cited, place, self.context.problems):
                self.context.notes.quoted.add(words)
                self.context.recorder.prints_run_in(words, passage)
            else:
                sound = False
        return sound

    def _whereabouts(self, path: tuple[str | int, ...]) -> str:
        """Where in the brief a text stands, in words for the record."""
        part = {"key_messages": "key message", "recommendations": "recommendation"}.get(str(path[0]))
        return f"{part} {int(path[1]) + 1}" if part else f"section {self.heading}"

    def check_bare(self, text: str, owner: Entry, path: tuple[str | int, ...]) -> None:
        """Warn of ids that were meant as citations and lack their brackets."""
        for id, nth in prose.bare_citations(text):
            if self.context.evidence.entry(id) is not None:
                place = owner.find(f"@{id}", *path, nth=nth)
                self.context.problems.warning("bare-citation", f"'@{id}' prints as it stands", place, f"write [@{id}]")
