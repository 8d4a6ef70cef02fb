"""References to sources, made from their CSL variables, and how to cite the brief."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from markupsafe import Markup, escape

from c6brief.brief.model import ListedSource
from c6brief.brief.prose import smarten
from c6brief.brief.spec import BriefSpec
from c6brief.brief.wording import Wording
from c6brief.evidence.base import Evidence
from c6brief.evidence.locators import Locator
from c6brief.evidence.models import Source


def title_of(source: Source) -> str:
    """The title in quotation marks; a description in square brackets has none."""
    title = source.title.rstrip(".")
    return title if title.startswith("[") else f"“{title}”"


def authors_of(source: Source, wording: Wording) -> str:
    """The authors of the source as a list in words; empty where it has none."""
    return wording.join_list(str(name) for name in source.author) if source.author else ""


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
    head, title = smarten(head), escape(smarten(source.title.rstrip(".")))
    shown = title if source.title.startswith("[") else Markup("<cite>{}</cite>").format(title)
    tail = [source.container_title or "", source.publisher if source.author and source.publisher else ""]
    tail.append(wording.date(issued) if issued else wording("undated"))
    rest = smarten(", ".join(part for part in tail if part))
    reference = Markup("{}{}. {}.").format(head, shown, rest[:1].upper() + rest[1:])
    address = f"https://doi.org/{source.DOI}" if source.DOI else source.URL or ""
    if address.startswith(("https://", "http://")):
        reference += Markup(' <a href="{0}">{0}</a>').format(address)
    return reference


def places_in_words(places: Iterable[Locator], wording: Wording) -> str:
    """``para. 4``, ``paras 4, 6``, ``para. 1, lines 3, 8–12``; empty for none."""
    whole: list[str] = []
    by_line: dict[int, list[tuple[int, int]]] = {}
    for place in sorted(set(places), key=lambda place: (place.paragraph, place.lines or (0, 0))):
        if place.lines is None:
            whole.append(str(place.paragraph))
        else:
            by_line.setdefault(place.paragraph, []).append(place.lines)
    words = []
    for paragraph, lines in by_line.items():
        ranges = [f"{first}–{last}" if first < last else str(first) for first, last in _not_within_others(lines)]
        words.append(f"{_labelled('paragraph', [str(paragraph)], wording)}, {_labelled('line', ranges, wording)}")
    if whole:
        words.append(_labelled("paragraph", whole, wording))
    return wording.join_list(words) if len(words) > 1 else "".join(words)


def _labelled(label: str, numbers: list[str], wording: Wording) -> str:
    """Numbers and ranges after their label, in the singular for a single number."""
    is_one = len(numbers) == 1 and numbers[0].isdigit()
    return wording(f"{label}_one" if is_one else f"{label}_other", numbers=", ".join(numbers))


def _not_within_others(ranges: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Ranges without those that another one includes."""
    return [
        one for one in ranges if not any(one != other and other[0] <= one[0] <= one[1] <= other[1] for other in ranges)
    ]


def listed_source(evidence: Evidence, id: str, labels: Mapping[str, str], wording: Wording) -> ListedSource:
    """The source of that ``id`` as an entry of the list of sources. ``labels`` are those of all listed, S1, S2, by id.

    Its note ends with the reasons why it is independent of others that are listed.
    """
    source = evidence.sources[id]
    grade = source.custom.grade or ""
    in_words = f"{wording(f'grade_{grade[0]}')}; {wording(f'grade_{grade[1]}')}" if grade else ""
    voice = evidence.voice_name(evidence.voice_of(id))
    reasons = (
        wording("independent_of", source=labels[each.of], reason=each.because.strip().rstrip("."))
        for each in source.custom.independent
        if each.of in labels
    )
    note = smarten(" ".join(filter(None, (source.custom.note, *reasons))))
    return ListedSource(id, labels[id], full_reference(source, wording), source.short, grade, in_words, voice, note)


def suggested_citation(spec: BriefSpec, publisher: str, wording: Wording) -> str:
    """How to cite the brief: authors or else publisher, year, title, series and number, publisher, DOI."""
    names = wording.join_list(author.name for author in spec.authors) or publisher
    series = f"{spec.series} {spec.number}".strip()
    parts = [f"{names} ({spec.date[:4]})" if names else "", spec.title.rstrip("."), series]
    parts += [publisher if publisher != names else ""]
    citation = smarten(". ".join(part for part in parts if part) + ".")
    return f"{citation} https://doi.org/{spec.doi}" if spec.doi else citation
