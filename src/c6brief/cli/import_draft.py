"""``c6brief import``: what a draft quotes and cites, for people or as JSON."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from c6brief.build.import_draft import ReadDraft, WrittenDraft, examine_draft, write_specification
from c6brief.build.project_state import find_current_project
from c6brief.cli.report import count, report
from c6brief.documents.files import display_name
from c6brief.documents.problems import Problems, escape_controls
from c6brief.drafts.citations import Remark
from c6brief.drafts.quotations import DraftQuotation
from c6brief.drafts.reading import DraftParagraph


def import_draft(path: Path, name: str, only_report: bool, form: str) -> int:
    """Make a specification of the draft at ``path``, and print what it quotes and cites and what was written.

    ``name`` is that of the specification, made of the draft's where it is empty. ``only_report``: nothing is written.
    ``form`` is text or json. Returns the exit status: 0 wherever the draft could be read, and written where it was to be.
    """
    problems = Problems()
    project = find_current_project(problems, "go to the folder of a project: the one that holds seeds/")
    read = examine_draft(path, project, problems) if project else None
    written = write_specification(read, name, project, problems) if project and read and not only_report else None
    if project is None or read is None or (written is None and not only_report):
        return report(problems, ())
    if form == "json":
        print(json.dumps(_as_json(read, written), ensure_ascii=False, indent=2))
    else:
        for line in _as_text(read, written):
            print(escape_controls(line, keeps=""))
    if read.evidence_errors:
        message = (
            f"{count(read.evidence_errors, 'error')} in the evidence base: what has them is left out (c6brief check)"
        )
        print(message, file=sys.stderr)
    return 0


def _as_text(read: ReadDraft, written: WrittenDraft | None) -> Iterator[str]:
    name = display_name(read.draft.path)
    for quotation in read.report.quotations:
        yield f"{quotation.status:8}{name}, {_where(quotation.paragraph)}: “{quotation.words}”"
        for place in quotation.places:
            where = place.source if quotation.differs else f"{place.source}, {place.locator}"
            yield f"          {where}{': ' if quotation.differs else ''}{quotation.differs}"
        if quotation.is_cited_elsewhere:
            yield f"          the draft cites {', '.join(quotation.cited)}"
    yield from _citations(read)
    yield from map(_remark, (*read.draft.remarks, *(written.remarks if written else ())))
    yield _summary(read)
    for file in written.files if written else ():
        yield display_name(file) + (
            f"  {count(written.sections, 'section')}" if written and file == written.files[0] else ""
        )


def _citations(read: ReadDraft) -> Iterator[str]:
    """A line for each citation of which the library does not hold all that it cites."""
    for citation in read.draft.citations.values():
        if not citation.markdown and any(read.library.match(item) is None for item in citation.items):
            yield f"cited   not in the library: {citation.words}"
        elif citation.markdown and not read.library.ids_of(citation):
            yield f"cited   not in the evidence base: {citation.markdown}"


def _remark(remark: Remark) -> str:
    """The line for a remark on the draft."""
    said = ": ".join(filter(None, (remark.kind, remark.words[:200])))
    return f"told    {said}{f' ({remark.advice})' if remark.advice else ''}"


def _summary(read: ReadDraft) -> str:
    found = read.report
    total = count(len(found.quotations), "quotation")
    parts = [f"{total}: {found.count('found')} found, {found.count('near')} near, {found.count('nowhere')} nowhere"]
    if found.short:
        parts.append(f"{count(len(found.short), 'pair')} of marks around fewer than four words: not looked for")
    if not read.library.evidence.texts:
        parts.append("the evidence base holds no text to look in")
    return "; ".join(parts)


def _where(paragraph: DraftParagraph) -> str:
    what = f"note of paragraph {paragraph.number}" if paragraph.kind == "note" else f"paragraph {paragraph.number}"
    return f"{what} ({paragraph.heading})" if paragraph.heading and paragraph.kind != "heading" else what


def _as_json(read: ReadDraft, written: WrittenDraft | None) -> dict[str, Any]:
    found = read.report
    return {
        "draft": display_name(read.draft.path),
        "counts": {status: found.count(status) for status in ("found", "near", "nowhere")},
        "quotations": [_quotation(each) for each in found.quotations],
        "short": list(found.short),
        "citations": [
            {
                "words": each.words,
                "manager": each.manager,
                "sources": list(read.library.ids_of(each)),
                "missing": [
                    item.csl.get("title") or "no data" for item in each.items if read.library.match(item) is None
                ],
            }
            for each in read.draft.citations.values()
        ],
        "remarks": [
            {"kind": each.kind, "words": each.words, "advice": each.advice}
            for each in (*read.draft.remarks, *(written.remarks if written else ()))
        ],
        "written": [display_name(file) for file in written.files] if written else [],
        "evidence_errors": read.evidence_errors,
    }


def _quotation(quotation: DraftQuotation) -> dict[str, Any]:
    return {
        "status": quotation.status,
        "words": quotation.words,
        "paragraph": quotation.paragraph.number,
        "kind": quotation.paragraph.kind,
        "heading": quotation.paragraph.heading,
        "places": [{"source": place.source, "locator": place.locator} for place in quotation.places],
        "differs": quotation.differs,
        "cited": list(quotation.cited),
        "cited_elsewhere": quotation.is_cited_elsewhere,
    }
