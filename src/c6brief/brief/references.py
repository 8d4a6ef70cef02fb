"""References to sources, made from their CSL variables, and how to cite the brief."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from urllib.parse import quote

from markupsafe import Markup, escape

from c6brief.brief.model import ListedSource
from c6brief.brief.prose import smarten
from c6brief.brief.reference_details import details, details_behind, names_in_words
from c6brief.brief.spec import BriefSpec
from c6brief.brief.styled_text import capitalised, ended, in_italics, marked, plain, to_html
from c6brief.brief.wording import Wording
from c6brief.evidence.base import Evidence
from c6brief.evidence.csl import bare_doi
from c6brief.evidence.locators import Locator
from c6brief.evidence.models import Source


def title_of(source: Source) -> str:
    """The title in quotation marks, as a :func:`~c6brief.brief.styled_text.marked` text; a description in square brackets
    has none, and inside of the marks others are single.
    """
    title = marked(source.title).rstrip(".")
    if title.startswith("["):
        return title
    inner = smarten(title) if '"' in title else title
    if "“" in inner and "‘" not in inner:
        inner = inner.replace("“", "‘").replace("”", "’")
    return f"“{inner}”"


def lead_of(source: Source) -> str:
    """The variable that stands before the title: ``author``, else ``publisher`` where nobody else is named; or empty."""
    if source.author:
        return "author"
    return "publisher" if source.publisher and not source.editor and not source.text("publisher-place") else ""


def _lead_in_words(source: Source, wording: Wording) -> str:
    lead = lead_of(source)
    return names_in_words(source.author, wording) if lead == "author" else marked(source.text(lead)) if lead else ""


def _date_of(source: Source, wording: Wording) -> str:
    if source.undated:
        return marked(source.undated)
    return wording.date_of_source(source.issued) if source.issued else wording("undated")


def full_note(source: Source, wording: Wording, short: str) -> str:
    """The source at its first note, ``short`` being its name in others, as a :func:`~c6brief.brief.styled_text.marked` text:
    ``Trend News Agency, “…”, 18 February 2026 (hereafter “Trend”)``.
    """
    parts = [
        _lead_in_words(source, wording),
        title_of(source),
        *details(source, wording, leads=lead_of(source)),
        _date_of(source, wording),
        *details_behind(source, wording),
    ]
    whole = ", ".join(part for part in parts if part)
    if plain(whole).startswith(short) and not short.startswith("["):
        return whole
    return f"{whole} ({wording('hereafter', name=marked(short))})"


def full_reference(source: Source, wording: Wording, *, is_held: bool | None = None) -> Markup:
    """The source in the list of sources: author or publisher, year, title, all else, day, addresses.

    ``is_held``: whether its text or data are; by default, whether it names a text.
    """
    who, year = _lead_in_words(source, wording), _year_of(source, wording)
    head = f"{who} ({year}). " if who and year else f"{ended(who)} " if who else ""
    title = marked(source.title).rstrip(".")
    shown = title if title.startswith("[") else in_italics(title)
    tail = details(source, wording, leads=lead_of(source))
    tail += [_date_of(source, wording), *details_behind(source, wording)]
    rest = ended(capitalised(", ".join(tail)))
    ending = "" if ended(title) == title else "."
    reference = to_html(head) + to_html(f"{shown}{ending} {rest}")
    for address in addresses_of(source):
        reference += Markup(' <a href="{}">{}</a>').format(address, address)
    if source.accessed and source.URL:
        reference += escape(f" ({wording('accessed', date=wording.date_of_source(source.accessed))})")
    if source.custom.archived:
        reference += Markup(' <a href="{}">{}</a>').format(source.custom.archived, wording("archived_copy"))
    if not (source.has_text if is_held is None else is_held):
        reference += escape(f" {capitalised(wording('text_not_held'))}.")
    return reference


def _year_of(source: Source, wording: Wording) -> str:
    """The year of a source as it stands behind the author; empty where there is none."""
    if source.undated or not source.issued:
        return ""
    first = re.match(r"-?\d{4}", source.issued)
    if first is None:
        return ""
    return wording.date(first.group()) if first.group() < "1000" or first.group().startswith("-") else first.group()


def addresses_of(source: Source) -> list[str]:
    """The addresses that are printed of a source: its DOI, and its URL unless that is the same one."""
    url = source.URL or ""
    doi = source.DOI or (bare_doi(url) if bare_doi(url).startswith("10.") else "")
    found = [f"https://doi.org/{quote(doi, safe=_DOI_CHARACTERS)}"] if doi else []
    if url.startswith(("https://", "http://")) and (not doi or bare_doi(url) != doi):
        found.append(url)
    return found


_DOI_CHARACTERS = "/:;()[]._-~!$&'*+,=@"


def places_in_words(places: Iterable[Locator], wording: Wording) -> str:
    """``para. 4``, ``paras 4, 6``, ``para. 1, lines 3, 8–12``, ``pp. 3, 7–8``; empty for none."""
    whole: list[str] = []
    by_line: dict[int, list[tuple[int, int]]] = {}
    pages: list[tuple[int, int]] = []
    for place in sorted(set(places), key=lambda place: (place.paragraph, place.lines or (0, 0))):
        if place.pages is not None:
            pages.append(place.pages)
        elif place.lines is None:
            whole.append(str(place.paragraph))
        else:
            by_line.setdefault(place.paragraph, []).append(place.lines)
    words = []
    if pages:
        words.append(_labelled("page", _ranges(dict.fromkeys(pages)), wording))
    for paragraph, lines in by_line.items():
        ranges = _ranges(lines)
        words.append(f"{_labelled('paragraph', [str(paragraph)], wording)}, {_labelled('line', ranges, wording)}")
    if whole:
        words.append(_labelled("paragraph", whole, wording))
    return wording.join_list(words) if len(words) > 1 else "".join(words)


def _labelled(label: str, numbers: list[str], wording: Wording) -> str:
    """Numbers and ranges after their label, in the singular for a single number."""
    is_one = len(numbers) == 1 and numbers[0].isdigit()
    return wording(f"{label}_one" if is_one else f"{label}_other", numbers=", ".join(numbers))


def _ranges(ranges: Iterable[tuple[int, int]]) -> list[str]:
    found = _not_within_others(list(ranges))
    return [f"{first}–{last}" if first < last else str(first) for first, last in found]


def _not_within_others(ranges: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Ranges without those that another one includes."""
    return [
        one for one in ranges if not any(one != other and other[0] <= one[0] <= one[1] <= other[1] for other in ranges)
    ]


def listed_source(evidence: Evidence, id: str, labels: Mapping[str, str], short: str, wording: Wording) -> ListedSource:
    """The source of that ``id``, which others notes call ``short``, as an entry of the list of sources. ``labels`` are those
    of all listed, S1, S2, by id.

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
    return ListedSource(
        id,
        labels[id],
        full_reference(source, wording, is_held=evidence.is_held(id)),
        short,
        grade,
        in_words,
        voice,
        note,
    )


def suggested_citation(spec: BriefSpec, publisher: str, wording: Wording) -> str:
    """How to cite the brief: authors or else publisher, year, title, series and number, publisher, DOI."""
    names = wording.join_list(author.name for author in spec.authors) or publisher
    series = f"{spec.series} {spec.number}".strip()
    parts = [f"{names} ({spec.date[:4]})" if names else "", spec.title.rstrip("."), series]
    parts += [publisher if publisher != names else ""]
    citation = smarten(". ".join(part for part in parts if part) + ".")
    return f"{citation} https://doi.org/{spec.doi}" if spec.doi else citation
