"""What changed between two editions of a brief, by their manifests."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from c6brief.brief.record import UsedStatement
from c6brief.documents.problems import Problem, Problems
from c6brief.manifest.model import Manifest
from c6brief.verification.prose_changes import compare_prose
from c6brief.verification.verify import VerifiedFile, verify_file

Change = Literal["added", "removed", "changed"]

SUBJECTS = (
    *("brief", "prose", "statements", "strengths", "quotations", "passages"),
    *("sources", "images", "figures", "tables"),
)
"""What is compared, in the order reported."""


@dataclass(frozen=True)
class EditionDifference:
    """One difference between two editions. ``old`` or ``new`` is empty where there is nothing to show."""

    subject: str
    change: Change
    id: str
    old: str
    new: str


@dataclass(frozen=True)
class DiffResult:
    """What changed between two editions, in the order of :data:`SUBJECTS` and then of ids, and every problem.

    ``differences`` is ``None`` where a file could not be verified: its differences would be anybody's.
    """

    problems: tuple[Problem, ...]
    differences: tuple[EditionDifference, ...] | None
    without_prose: tuple[str, ...] = ()
    """The files that do not record their prose, which then is not compared: the work of an earlier c6brief."""

    @property
    def is_successful(self) -> bool:
        """Whether the editions could be compared."""
        return self.differences is not None


def diff(old: Path | str, new: Path | str) -> DiffResult:
    """Compare two printed editions of a brief by their manifests; both are verified first."""
    problems = Problems()
    first, second = verify_file(Path(old), problems), verify_file(Path(new), problems)
    if first is None or second is None or problems.errors:
        return DiffResult(tuple(problems), None)
    silent = tuple(each.file.name for each in (first, second) if each.manifest.prose is None)
    return DiffResult(tuple(problems), tuple(compare_editions(first, second)), silent)


def compare_editions(old: VerifiedFile, new: VerifiedFile) -> list[EditionDifference]:
    """Every difference between two verified editions of a brief, in the order of :data:`SUBJECTS` and then of ids; of
    prose in the order of reading."""
    one, other = old.manifest, new.manifest
    found = [
        *_compare("brief", _head(one), _head(other)),
        *_prose(one, other),
        *_compare("statements", _statements(one), _statements(other)),
        *_compare("strengths", _strengths(one), _strengths(other), both=True),
        *_compare("quotations", _quotations(one), _quotations(other)),
        *_compare("passages", _passages(one), _passages(other), both=True),
        *_compare("sources", _sources(one), _sources(other)),
        *_compare("images", _images(one), _images(other)),
        *_compare("figures", _figures(old), _figures(new), describe=_describe_rows),
        *_compare("tables", _tables(one), _tables(other), describe=_describe_rows),
    ]
    return sorted(found, key=_order)


def _order(one: EditionDifference) -> tuple[int, str, str]:
    in_order = one.subject == "prose"
    return SUBJECTS.index(one.subject), "" if in_order else one.id, "" if in_order else one.change


def _compare(
    subject: str,
    old: Mapping[str, Any],
    new: Mapping[str, Any],
    *,
    both: bool = False,
    describe: Callable[[Any, Any], tuple[str, str]] = lambda old, new: (str(old), str(new)),
) -> Iterator[EditionDifference]:
    """Differences by id, ``describe`` putting the old and the new value in words.

    With ``both`` only of what stands in both editions: what is added or removed is reported under another subject.
    """
    for id in dict.fromkeys((*old, *new)):
        if id not in new and not both:
            yield EditionDifference(subject, "removed", id, describe(old[id], old[id])[0], "")
        elif id not in old and not both:
            yield EditionDifference(subject, "added", id, "", describe(new[id], new[id])[1])
        elif id in old and id in new and old[id] != new[id]:
            yield EditionDifference(subject, "changed", id, *describe(old[id], new[id]))


def _prose(old: Manifest, new: Manifest) -> Iterator[EditionDifference]:
    """Sentences of the brief's own; nothing where an edition does not record them."""
    if old.prose is None or new.prose is None:
        return
    for block, before, after in compare_prose(old.prose, new.prose):
        change: Change = "changed" if before and after else "removed" if before else "added"
        yield EditionDifference("prose", change, block, before, after)


def _head(manifest: Manifest) -> dict[str, str]:
    head = manifest.brief.model_dump()
    words = {
        name: ", ".join(value) if isinstance(value, tuple) else value for name, value in head.items() if name != "id"
    }
    return {**words, "pages": str(len(manifest.pages))}


def _statements(manifest: Manifest) -> dict[str, str]:
    return {each.id: each.words + (f" [{each.scope}]") for each in manifest.record.statements}


def _strengths(manifest: Manifest) -> dict[str, str]:
    return {each.id: describe_strength(each) for each in manifest.record.statements}


def describe_strength(statement: UsedStatement) -> str:
    """``single voice (akramjon-nematov), contested``."""
    flags = [name for name in ("contested", "qualified", "conflict", "undated", "derived") if getattr(statement, name)]
    return ", ".join([f"{statement.backing} ({', '.join(sorted(statement.voices)) or 'none'})", *flags])


def _quotations(manifest: Manifest) -> dict[str, str]:
    """By passage; a quotation in running prose has no id of its own and goes by its words."""
    found = {}
    for each in manifest.printed:
        key = each.words if each.form == "run-in" else f"{each.passage} ({each.form})"
        found[key] = each.words
    return found


def _passages(manifest: Manifest) -> dict[str, str]:
    passages = [each for each in manifest.record.passages if each.entry]
    return {each.id: f"“{each.quoted}” {each.source}, paragraph {each.paragraph}" for each in passages}


def _sources(manifest: Manifest) -> dict[str, str]:
    return {
        each.id: ", ".join(
            part
            for part in (
                each.reference,
                each.grade and f"grade {each.grade}",
                f"voice {each.voice}",
                f"text {each.text_sha256[:12]}",
            )
            if part
        )
        for each in manifest.record.sources
    }


def _images(manifest: Manifest) -> dict[str, str]:
    return {
        each.id: ", ".join(filter(None, (each.alt, each.credit, each.licence, f"file {each.sha256[:12]}")))
        for each in manifest.record.images
    }


def _figures(verified: VerifiedFile) -> dict[str, tuple[str, list[str]]]:
    files = {each.name: each.data for each in verified.file.files}
    figures = verified.manifest.figures
    return {each.id: (f"{each.title} ({each.kind})", _read_csv(files.get(each.data, b""))) for each in figures}


def _tables(manifest: Manifest) -> dict[str, tuple[str, list[str]]]:
    return {each.id: (each.title, [" | ".join(row) for row in (each.columns, *each.rows)]) for each in manifest.tables}


def _read_csv(data: bytes) -> list[str]:
    return [" | ".join(row) for row in csv.reader(io.StringIO(data.decode("utf-8", "replace"), newline=""))]


def _describe_rows(old: tuple[str, list[str]], new: tuple[str, list[str]]) -> tuple[str, str]:
    """Title, and the rows that the other edition lacks."""
    return _titled(old, _without(old[1], new[1])), _titled(new, _without(new[1], old[1]))


def _titled(one: tuple[str, list[str]], rows: Iterable[str]) -> str:
    return "\n".join([one[0], *rows])


def _without(rows: list[str], others: list[str]) -> list[str]:
    left = list(others)
    kept = []
    for row in rows:
        if row in left:
            left.remove(row)
        else:
            kept.append(row)
    return kept
