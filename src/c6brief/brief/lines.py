"""One-line fields of a specification, and titles in prose: their words in marks stand in a source that the brief uses.

A title has no room for a note, so its words are compared with all sources that the brief goes on to cite.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from c6brief.brief.context import ComposeContext
from c6brief.brief.spec import BriefSpec
from c6brief.documents.document import NodePath
from c6brief.documents.entries import Entry
from c6brief.evidence.field_policies import FieldPolicy
from c6brief.evidence.field_texts import map_texts
from c6brief.evidence.marked_words import place_finder
from c6brief.evidence.named_words import named_words, plain_line

HINT = "quote in the text, beside a citation: no source that this brief cites has these words"


@dataclass
class LineWriter:
    """Collects the one-line texts of a brief while it is composed; :meth:`verify` compares them when its sources are known."""

    context: ComposeContext
    _lines: list[tuple[str, Entry, NodePath]] = field(default_factory=list)

    def settle(self, spec: BriefSpec) -> BriefSpec:
        """``spec`` with the terms and titles in its one-line fields as they are printed.

        One that was made in memory, to check a section alone, has nothing of its own.
        """
        if spec.document is None:
            return spec

        def settle_text(text: str, path: NodePath, policy: FieldPolicy) -> str:
            return self.add(text, spec, path) if policy.check == "brief" else text

        return map_texts(spec, settle_text)

    def add(self, text: str, owner: Entry, path: NodePath) -> str:
        """``text``, written at ``path`` of ``owner``, as it is printed."""
        self._lines.append((text, owner, path))
        names = named_words(text)
        self.context.recorder.add_names(names)
        return plain_line(text, self.context.marked.is_source_title) if names else text

    def verify(self) -> None:
        """Compare words in marks with the sources that the brief uses, and record them.

        Problems: those of :meth:`MarkedWords.line <c6brief.evidence.marked_words.MarkedWords.line>`.
        """
        notes = self.context.notes
        for text, owner, path in self._lines:
            found = self.context.marked.line(text, list(notes.sources), place_finder(owner, path), hint=HINT)
            for words, passage in found:
                notes.quoted.add(words)
                self.context.recorder.add_run_in(words, passage)
