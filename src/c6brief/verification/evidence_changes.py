"""What a printed brief rests on, against the evidence base as it is now: the second half of verification."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from c6brief.brief.record import UsedImage, UsedPassage, UsedSource, UsedStatement, sha256
from c6brief.brief.tables import printed_table
from c6brief.brief.wording import Wording
from c6brief.documents.catalogue import languages
from c6brief.documents.files import display_name
from c6brief.documents.problems import LONGEST_QUOTED, Place, Problems, quote, quote_name
from c6brief.documents.project import Project
from c6brief.documents.survey import survey_folder
from c6brief.evidence.base import Evidence
from c6brief.evidence.models import Account, Claim, Event
from c6brief.evidence.seeds import load_evidence
from c6brief.evidence.source_data import tables_of_source
from c6brief.evidence.strength import strength
from c6brief.evidence.table_models import DesignedTable
from c6brief.figures import check_chart, table_of_chart
from c6brief.manifest.model import Manifest, PrintedTable
from c6brief.verification.page_checks import find_changes
from c6brief.verification.printed_file import PrintedFile

PassageState = Literal[
    "unchanged", "words-changed", "entry-gone", "source-gone", "source-text-changed", "not-in-source",
    "strength-changed", "grade-changed", "voice-changed", "unreadable",
]  # fmt: skip
"""What became of a passage. ``not-in-source``: its words do not stand in the source's text as it is now.
``unreadable``: its entry has problems of its own, which are reported."""


@dataclass(frozen=True)
class EvidenceChanges:
    """What became of each passage since printing, by its id: ``("unchanged",)``, or all that changed."""

    states: dict[str, tuple[PassageState, ...]]

    def count(self, state: PassageState) -> int:
        """How many passages are in that state."""
        return sum(1 for states in self.states.values() if state in states)


@dataclass(frozen=True)
class SeedsFolder(Project):
    """A project known by its seeds folder, whatever that is called."""

    folder: Path

    @property
    def seeds(self) -> Path:
        return self.folder


def read_seeds(folder: Path, problems: Problems) -> Evidence | None:
    """The evidence base in ``folder`` (a project's ``seeds``, or the project itself); ``None`` after a problem.

    Problems: ``no-such-folder``, those of :func:`~c6brief.documents.survey.survey_folder` and of :func:`load_evidence`.
    """
    if not folder.is_dir():
        hint = "name a project's seeds/"
        problems.error("no-such-folder", f"no folder '{display_name(folder)}'", Place(display_name(folder)), hint)
        return None
    folder = folder.resolve()  # the user has named it: it may lie anywhere, but not what is in it
    if (folder / "seeds").is_dir():
        project: Project = Project(folder)
    else:
        project = SeedsFolder(folder.parent if folder.name == "seeds" else folder, folder)
    return load_evidence(project, problems) if survey_folder(project.seeds, problems) else None


def compare_with_evidence(
    manifest: Manifest, evidence: Evidence, file: PrintedFile, problems: Problems
) -> EvidenceChanges:
    """Report what has changed in ``evidence`` since ``manifest`` was printed.

    Problems, all at the PDF: ``words-changed``, ``entry-gone``, ``source-gone``, ``not-in-source``,
    ``strength-changed``, ``statement-changed``, ``grade-changed``, ``voice-changed``, ``table-changed``; as warnings
    ``source-text-changed`` and ``accounts-changed``.
    """
    place = file.place()
    comparison = _Comparison(evidence, place, problems)
    of_source = {source.id: comparison.compare_source(source) for source in manifest.record.sources}
    of_entry = {statement.id: comparison.compare_statement(statement) for statement in manifest.record.statements}
    states = {}
    for passage in manifest.record.passages:
        found = [
            *comparison.compare_passage(passage),
            *of_source.get(passage.source, ()),
            *of_entry.get(passage.entry, ()),
        ]
        states[passage.id] = tuple(dict.fromkeys(found)) or ("unchanged",)
    if manifest.brief.language in languages():
        for table in manifest.tables:
            comparison.compare_table(table, Wording(manifest.brief.language))
    for image in manifest.record.images:
        comparison.compare_image(image)
    return EvidenceChanges(states)


@dataclass(frozen=True)
class _Comparison:
    evidence: Evidence
    place: Place
    problems: Problems

    def compare_source(self, source: UsedSource) -> list[PassageState]:
        now, text = self.evidence.sources.get(source.id), self.evidence.texts.get(source.id)
        if now is None or (text is None and source.text_sha256):
            if self.evidence.excuses(source.id, "sources") or now is not None:
                return ["unreadable"]
            self._error("source-gone", f"source {quote_name(source.id)} is no longer in the evidence base")
            return ["source-gone"]
        states: list[PassageState] = []
        data = {each.table: each.sha256 for each in source.data}
        for table in tables_of_source(source.id, self.evidence):
            if table.origin is not None and data.get(table.id, table.origin.sha256) != table.origin.sha256:
                message = f"the data of table {quote_name(table.id)} are not those that were printed from"
                self.problems.warning("source-data-changed", message, self.place)
        if text is not None and sha256(text.text.encode()) != source.text_sha256:
            message = f"the text of {quote_name(source.id)} is not the one that was printed from"
            self.problems.warning("source-text-changed", message, self.place)
            states.append("source-text-changed")
        if (now.custom.grade or "") != source.grade:
            grades = (source.grade, now.custom.grade)
            graded, is_now = (quote_name(each) if each else "not at all" for each in grades)
            self._error("grade-changed", f"{quote_name(source.id)} was graded {graded}, now {is_now}")
            states.append("grade-changed")
        voice = self.evidence.voice_of(source.id)
        if voice != source.voice and (voice or source.voice != source.id):  # of older files: not stated
            was, is_now = (
                f"for {quote_name(each)}" if each else "for a voice that is not stated"
                for each in (source.voice, voice)
            )
            self._error("voice-changed", f"{quote_name(source.id)} spoke {was}, now {is_now}")
            states.append("voice-changed")
        return states

    def compare_statement(self, was: UsedStatement) -> list[PassageState]:
        entry = self.evidence.entry(was.id)
        if not isinstance(entry, (Event, Claim)):
            return []  # reported with its passages
        words = entry.title if isinstance(entry, Event) else entry.statement
        if (words, entry.scope) != (was.words, was.scope):
            old, new = _quote_both(was.words, words)
            self._error(
                "statement-changed",
                f"{quote_name(was.id)} said {old} ({quote_name(was.scope)}), now {new} ({quote_name(entry.scope)})",
            )
        if len(entry.accounts) != len(was.accounts):
            message = f"{quote_name(was.id)} had {len(was.accounts)} accounts, now {len(entry.accounts)}"
            self.problems.warning("accounts-changed", message, self.place)
        now = strength(entry, self.evidence)
        names = ("backing", "contested", "qualified", "conflict", "undated", "derived")
        changed = [name for name in names if getattr(now, name) != getattr(was, name)]
        if sorted(now.voices) != sorted(was.voices) and "backing" not in changed:
            changed.insert(0, "voices")
        if not changed:
            return []
        words = ", ".join(
            f"{name} {_format(getattr(was, name))}, now {_format(getattr(now, name))}" for name in changed
        )
        self._error("strength-changed", f"{quote_name(was.id)}: {words}")
        return ["strength-changed"]

    def compare_passage(self, passage: UsedPassage) -> list[PassageState]:
        entry = self.evidence.entry(passage.entry) if passage.entry else None
        if passage.entry and entry is None:
            if self.evidence.excuses(passage.entry, "quotes", "events", "claims"):
                return ["unreadable"]
            self._error("entry-gone", f"{quote_name(passage.entry)} is no longer in the evidence base")
            return ["entry-gone"]
        states: list[PassageState] = []
        if entry is not None:
            now = _find_words_now(entry, passage)
            if now is None:
                self._error("entry-gone", f"{quote_name(passage.id)}: this account is no longer in the evidence base")
                states.append("entry-gone")
            elif now != passage.quoted:
                old, new = _quote_both(passage.quoted, now)
                self._error("words-changed", f"{quote_name(passage.id)} had {old}, now {new}")
                states.append("words-changed")
        if not self._stands_in_source(passage):
            words, source = quote(passage.selector[0].exact), quote_name(passage.source)
            message = f"{quote_name(passage.id)}: {words} does not stand in {source} as it is now"
            self._error("not-in-source", message)
            states.append("not-in-source")
        return states

    def compare_table(self, table: PrintedTable, wording: Wording) -> None:
        now = self._find_table_now(table)
        if now is None:
            if not self.evidence.excuses(table.id, "charts" if table.chart else "tables"):
                self._error("entry-gone", f"table {quote_name(table.id)} is no longer in the evidence base")
            return
        if printed_table(now, table.number, None, "", wording).rows != table.rows:
            self._error("table-changed", f"the rows of table {quote_name(table.id)} are not those that were printed")

    def compare_image(self, image: UsedImage) -> None:
        """Compare the file of an image, and what is said of it, with what was printed."""
        now, file = self.evidence.images.get(image.id), self.evidence.image_files.get(image.id)
        if now is None or file is None:
            if not self.evidence.excuses(image.id, "images"):
                self._error("entry-gone", f"image {quote_name(image.id)} is no longer in the evidence base")
        elif file.sha256 != image.sha256:
            message = f"the file of image {quote_name(image.id)} is not the one that was printed"
            self.problems.warning("image-changed", message, self.place)
        elif (now.credit, now.licence or "", now.alt) != (image.credit, image.licence, image.alt):
            message = f"what is said of image {quote_name(image.id)} is not what was printed"
            self.problems.warning("image-changed", message, self.place)

    def _find_table_now(self, table: PrintedTable) -> DesignedTable | None:
        if not table.chart:
            found = self.evidence.tables.get(table.id)
            return found if isinstance(found, DesignedTable) else None
        chart = self.evidence.charts.get(table.id)
        options = check_chart(chart, self.evidence, Problems()) if chart else None
        return table_of_chart(chart, options, self.evidence) if chart and options else None

    def _stands_in_source(self, passage: UsedPassage) -> bool:
        """Whether the source has the words where the manifest says; if its text has changed, anywhere in it."""
        text = self.evidence.texts.get(passage.source)
        if text is None:
            return True  # reported with the source
        quoted, position = passage.selector
        return text.text[position.start : position.end] == quoted.exact or bool(text.find(passage.quoted))

    def _error(self, rule: str, message: str) -> None:
        self.problems.error(rule, message, self.place)


def _find_words_now(entry: object, passage: UsedPassage) -> str | None:
    """The words of a quotation or account as they are now. Accounts may have been put in another order."""
    if not isinstance(entry, (Event, Claim)):
        return getattr(entry, "text", None)
    accounts: Iterable[Account] = entry.accounts
    same_source = [account.exact for account in accounts if account.source == passage.source]
    if passage.quoted in same_source:
        return passage.quoted
    number = int(passage.id.rpartition("/")[2]) if passage.id.rpartition("/")[2].isdecimal() else 0
    if 1 <= number <= len(entry.accounts) and entry.accounts[number - 1].source == passage.source:
        return entry.accounts[number - 1].exact
    return same_source[0] if same_source else None


def _format(value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return ", ".join(quote_name(each) for each in value) if isinstance(value, tuple) else quote_name(value)


def _quote_both(old: str, new: str) -> tuple[str, str]:
    """How words read, and how they read now; of long ones the first stretch that differs."""
    if max(len(old), len(new)) > LONGEST_QUOTED:
        old, new = next(iter(find_changes(old, new)), (old, new))
    return quote(old), quote(new)
