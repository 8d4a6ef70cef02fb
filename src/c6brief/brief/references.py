"""References to sources, in full and short, from their CSL variables."""

from __future__ import annotations

from markupsafe import Markup, escape

from c6brief.brief.model import Source as ListedSource
from c6brief.brief.prose import typographic
from c6brief.brief.spec import BriefSpec
from c6brief.brief.wording import Wording
from c6brief.evidence.base import Evidence
from c6brief.evidence.models import Source


def title_of(source: Source) -> str:
    """The title in quotation marks; a description in square brackets stays without."""
    title = source.title.rstrip(".")
    return title if title.startswith("[") else f"“{title}”"


def authors_of(source: Source, wording: Wording) -> str:
    """Who signed the source; empty where nobody did."""
    return wording.listed(str(name) for name in source.author) if source.author else ""


def full_note(source: Source, wording: Wording) -> str:
    """The source at its first note: ``Trend News Agency, “…”, 18 February 2026 (hereafter “Trend”)``."""
    parts = [authors_of(source, wording), title_of(source), source.container_title or "", source.publisher or ""]
    if not source.author and source.publisher:
        parts = [source.publisher, title_of(source), source.container_title or ""]
    parts.append(wording.date(source.issued) if source.issued else wording("undated"))
    whole = ", ".join(part for part in parts if part)
    if whole.startswith(source.short) and not source.short.startswith("["):
        return whole
    return f"{whole} ({wording('hereafter', name=source.short)})"


def full_reference(source: Source, wording: Wording) -> Markup:
    """The source in the list of sources: author or publisher, year, title, container, day, address."""
    who = authors_of(source, wording) or source.publisher or ""
    issued = source.issued or ""
    year = issued[:4] if issued[:4].isdigit() else ""
    head = f"{who} ({year}). " if who and year else f"{who}. " if who else ""
    head, title = typographic(head), escape(typographic(source.title.rstrip(".")))
    shown = title if source.title.startswith("[") else Markup("<cite>{}</cite>").format(title)
    tail = [source.container_title or "", source.publisher if source.author and source.publisher else ""]
    tail.append(wording.date(issued) if issued else wording("undated"))
    rest = typographic(", ".join(part for part in tail if part))
    reference = Markup("{}{}. {}.").format(head, shown, rest[:1].upper() + rest[1:])
    address = f"https://doi.org/{source.DOI}" if source.DOI else source.URL or ""
    if address.startswith(("https://", "http://")):
        reference += Markup(' <a href="{0}">{0}</a>').format(address)
    return reference


def in_paragraphs(numbers: list[int], wording: Wording) -> str:
    """``para. 4``, ``paras 4, 6``; empty for none."""
    if not numbers:
        return ""
    key = "paragraph_one" if len(numbers) == 1 else "paragraph_other"
    return wording(key, numbers=", ".join(str(number) for number in sorted(numbers)))


def listed_source(evidence: Evidence, id: str, label: str, say: Wording) -> ListedSource:
    """The source as the list of sources prints it, under its ``label`` (S1)."""
    source = evidence.sources[id]
    grade = source.custom.grade or ""
    in_words = f"{say(f'grade_{grade[0]}')}; {say(f'grade_{grade[1]}')}" if grade else ""
    voice = evidence.voice_name(source.voice) if source.custom.voice else source.short
    note = typographic(source.custom.note or "")
    return ListedSource(id, label, full_reference(source, say), source.short, grade, in_words, voice, note)


def suggested_citation(spec: BriefSpec, publisher: str, say: Wording) -> str:
    """How to cite the brief: authors or publisher, year, title, series and number, publisher."""
    names = say.listed(author.name for author in spec.authors) or publisher
    series = f"{spec.series} {spec.number}".strip()
    parts = [f"{names} ({spec.date[:4]})" if names else "", spec.title.rstrip("."), series]
    parts += [publisher if publisher != names else ""]
    return typographic(". ".join(part for part in parts if part) + ".")
