"""What a reference says of a source beside its author and title: every variable of CSL that its type has, in one order.

The order is that of notes in the Chicago Manual of Style, 14: what the source stands in, who else had a part in it, its
edition, volume and number, its series, the event, the archive, place and publisher, the day, pages.
"""

from __future__ import annotations

import re

from c6brief.brief.styled_text import marked
from c6brief.brief.wording import Wording
from c6brief.evidence.csl import CslName
from c6brief.evidence.models import Source

MOST_NAMES = 20
"""Names of authors or editors that are printed; others are counted."""

IN_CONTAINER = ("chapter", "paper-conference", "entry", "entry-dictionary", "entry-encyclopedia", "figure", "song")
"""Types that stand *in* what holds them."""

ROLES = (
    "editor", "editor-translator", "editorial-director", "translator", "compiler", "container-author", "original-author",
    "interviewer", "recipient", "director", "series-creator", "script-writer", "producer", "executive-producer",
    "composer", "performer", "narrator", "host", "guest", "illustrator", "curator", "organizer", "chair", "contributor",
)  # fmt: skip
"""Variables of names beside ``author``, in the order printed."""

_NUMBERED = (
    "volume",
    "issue",
    "part-number",
    "supplement-number",
    "chapter-number",
    "section",
    "version",
    "printing-number",
)
_WORDS = {"section": "section_number"}
"""Keys of words that are not called as the variable."""

_ORDINALS = {1: "st", 2: "nd", 3: "rd"}


def names_in_words(names: tuple[CslName, ...], wording: Wording, most: int = MOST_NAMES) -> str:
    """Names as a list in words; of more than ``most`` the first ones, and how many others there are; empty for none."""
    if not names:
        return ""
    shown = [marked(str(name)) for name in names]
    if len(shown) > most:
        return wording("names_and_others", names=", ".join(shown[:most]), count=wording.number(len(shown) - most))
    return wording.join_list(shown)


def details(source: Source, wording: Wording, *, leads: str = "") -> list[str]:
    """What is printed of ``source`` before its date, in order. ``leads`` is the variable that stands before the title."""
    found = [
        *_genre_and_number(source, wording),
        _container(source, wording),
        *(_role(source, role, wording) for role in ROLES if role != leads),
        _reviewed(source, wording),
        _edition(source, wording),
        *_numbers(source, wording),
        *_texts(source, "part-title", "volume-title"),
        _series(source, wording),
        _event(source, wording),
        ", ".join(_texts(source, "archive", "archive_collection", "archive_location", "archive-place")),
        *_texts(source, "authority", "jurisdiction", "references", "medium", "scale", "dimensions"),
        _publisher(source, leads),
    ]
    return [each for each in found if each]


def details_behind(source: Source, wording: Wording) -> list[str]:
    """What is printed of ``source`` behind its date, in order: pages, the first edition, its status."""
    pages = source.text("page")
    original = [
        wording("original_title", title=marked(source.text("original-title"))) if source.text("original-title") else "",
        ": ".join(_texts(source, "original-publisher-place", "original-publisher")),
        wording("first_published", date=wording.date_of_source(source.text("original-date")))
        if source.text("original-date")
        else "",
    ]
    found = [pages_in_words(pages, wording), ", ".join(filter(None, original)), marked(source.text("status"))]
    return [each for each in found if each]


def pages_in_words(pages: str, wording: Wording) -> str:
    """``p. 3``, ``pp. 101–119``; empty for none."""
    shown = re.sub(r"(?<=\w)\s*[-\u2010\u2011\u2012\u2013]+\s*(?=\w)", "–", marked(pages).strip())
    if not shown or not any(char.isdigit() for char in shown) or (shown[:1] in "pP" and not shown[1:2].isdigit()):
        return shown
    return wording("page_other" if re.search(r"[–,&;]", shown) else "page_one", numbers=shown)


def _texts(source: Source, *variables: str) -> list[str]:
    return [marked(text) for variable in variables if (text := source.text(variable))]


def _genre_and_number(source: Source, wording: Wording) -> list[str]:
    """``Working paper no. 45``; the number of a standard or a treaty has no word before it."""
    genre, number = marked(source.text("genre")), marked(source.text("number"))
    if number[:1].isdigit():
        number = wording("issue", number=number)
    return [f"{genre} {number}".strip()]


def _container(source: Source, wording: Wording) -> str:
    container = marked(source.container_title or "")
    is_inside = container and source.type in IN_CONTAINER
    return wording("in_container", container=container) if is_inside else container


def _role(source: Source, role: str, wording: Wording) -> str:
    names = names_in_words(source.names(role), wording)
    return wording(f"role_{role.replace('-', '_')}", names=names) if names else ""


def _reviewed(source: Source, wording: Wording) -> str:
    title, names = marked(source.text("reviewed-title")), names_in_words(source.names("reviewed-author"), wording)
    if title and names:
        return wording("review_of_by", title=title, names=names)
    return wording("review_of", title=title or names) if title or names else ""


def _edition(source: Source, wording: Wording) -> str:
    edition = marked(source.text("edition")).strip()
    if edition.isdigit():
        number = int(edition)
        ending = "th" if number % 100 in (11, 12, 13) else _ORDINALS.get(number % 10, "th")
        return wording("edition_number", number=edition, ending=ending)
    if not edition or re.search(r"(?i)\bed(?:s|n|ition)?\b", edition):
        return edition
    return wording("edition_words", edition=edition)


def _numbers(source: Source, wording: Wording) -> list[str]:
    found = [
        wording(_WORDS.get(variable, variable.replace("-", "_")), number=number)
        if any(char.isdigit() for char in number)
        else number
        for variable in _NUMBERED
        if (number := marked(source.text(variable)))
    ]
    volumes = marked(source.text("number-of-volumes"))
    return [*found, wording("number_of_volumes", number=volumes) if volumes and volumes != "1" else ""]


def _series(source: Source, wording: Wording) -> str:
    series = " ".join(_texts(source, "collection-title", "collection-number"))
    editors = names_in_words(source.names("collection-editor"), wording)
    return ", ".join(filter(None, (series, wording("role_editor", names=editors) if editors else "")))


def _event(source: Source, wording: Wording) -> str:
    event = source.text("event-title") or source.text("event")
    date = source.text("event-date")
    same = date in ("", source.issued)
    return ", ".join([*_texts_of(event, source.text("event-place")), *([] if same else [wording.date_of_source(date)])])


def _texts_of(*texts: str) -> list[str]:
    return [marked(text) for text in texts if text]


def _publisher(source: Source, leads: str) -> str:
    """``Oslo: Quill Press``; without the publisher where that stands before the title."""
    publisher = [] if leads == "publisher" else _texts_of(source.publisher or "")
    return ", ".join([": ".join([*_texts(source, "publisher-place"), *publisher]), *_texts(source, "division")]).strip(
        ", "
    )
