"""CSL: its variables, and dates and names in the forms that exports of libraries have."""

from __future__ import annotations

import re
from typing import Annotated, Any

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict
from pydantic_core import PydanticCustomError

from c6brief.evidence.dates import check_edtf

NAMES = frozenset([
    "author", "chair", "collection-editor", "compiler", "composer", "container-author", "contributor", "curator",
    "director", "editor", "editor-translator", "editorial-director", "executive-producer", "guest", "host",
    "illustrator", "interviewer", "narrator", "organizer", "original-author", "performer", "producer", "recipient",
    "reviewed-author", "script-writer", "series-creator", "translator",
])  # fmt: skip
"""The variables that are lists of names."""

DATES = frozenset(["accessed", "available-date", "event-date", "issued", "original-date", "submitted"])
"""The variables that are dates."""

PRINTED = frozenset([
    *NAMES, "accessed", "archive", "archive-place", "archive_collection", "archive_location", "authority",
    "chapter-number", "collection-number", "collection-title", "container-title", "dimensions", "division", "DOI",
    "edition", "event", "event-date", "event-place", "event-title", "genre", "id", "issue", "issued", "jurisdiction",
    "medium", "number", "number-of-volumes", "original-date", "original-publisher", "original-publisher-place",
    "original-title", "page", "part", "part-number", "part-title", "printing", "printing-number", "publisher",
    "publisher-place", "references", "reviewed-genre", "reviewed-title", "scale", "section", "status",
    "supplement-number", "title", "title-short", "type", "URL", "version", "volume", "volume-title",
])  # fmt: skip
"""The variables that a printed reference uses. No others leave the house with a file: reference managers keep abstracts,
notes and key words of their owner in them."""

# The variables of CSL 1.0.2 (https://docs.citationstyles.org/en/stable/specification.html#appendix-iv-variables).
VARIABLES = PRINTED | DATES | frozenset([
    "abstract", "annote", "call-number", "categories", "citation-key", "citation-label", "citation-number",
    "container-title-short", "custom", "first-reference-note-number", "ISBN", "ISSN", "journalAbbreviation", "keyword",
    "language", "license", "locator", "note", "number-of-pages", "page-first", "PMCID", "PMID", "shortTitle", "source",
    "volume-title-short", "year-suffix",
])  # fmt: skip

UNDATED = "issued-literal"
"""Our own key beside ``issued``: the words of a date that is none, ``n.d.``."""

_TAG = re.compile(
    r"<(/?)(i|b|sub|sup|sc|em|strong|span)(\s+(?:class=[\"']nocase[\"']|style=[\"']font-variant:\s*small-caps;?[\"']))?\s*>",
    re.I,
)


class StyledText(str):
    """A text of CSL without its markup, which is kept in ``markup``: ``CO<sub>2</sub>`` is CO2."""

    markup: str


def read_markup(text: str) -> str:
    """``text``, as a :class:`StyledText` where it has markup of CSL in pairs
    (https://docs.citationstyles.org/en/stable/specification.html#rich-text-markup-within-fields).
    """
    if "<" not in text or not _is_paired(text):
        return text
    styled = StyledText(_TAG.sub("", text))
    styled.markup = text
    return styled


def _is_paired(text: str) -> bool:
    """Whether there is markup, every tag of which is closed in order."""
    opened: list[str] = []
    found = False
    for tag in _TAG.finditer(text):
        found, name = True, tag[2].lower()
        if not tag[1]:
            opened.append(name)
        elif not opened or opened.pop() != name:
            return False
    return found and not opened


def split_markup(markup: str) -> list[tuple[str, str]]:
    """The texts and tags of ``markup``, in order, each as its kind and its words.

    Kinds are ``text``, and ``i``, ``b``, ``sub``, ``sup``, ``small-caps`` or ``nocase`` for what opens, with ``/`` before for
    what closes; their words are empty.
    """
    pieces: list[tuple[str, str]] = []
    opened: list[str] = []
    at = 0
    for tag in _TAG.finditer(markup):
        pieces.append(("text", markup[at : tag.start()]))
        at = tag.end()
        if tag[1]:
            pieces.append((f"/{opened.pop()}", ""))
            continue
        name = {"em": "i", "strong": "b", "sc": "small-caps"}.get(tag[2].lower(), tag[2].lower())
        if name == "span":
            name = "small-caps" if "small-caps" in (tag[3] or "") else "nocase"
        opened.append(name)
        pieces.append((name, ""))
    return [*pieces, ("text", markup[at:])]


def _to_text(value: Any) -> Any:
    return str(value) if isinstance(value, (int, float)) and not isinstance(value, bool) else value


CslText = Annotated[str, BeforeValidator(_to_text), AfterValidator(read_markup)]
"""A text of CSL, which exports write as a number too."""

_DOI_PREFIX = re.compile(r"\A(?:\s*(?:https?://)?(?:dx\.)?doi\.org/|\s*doi:)+\s*", re.I)


def bare_doi(doi: str) -> str:
    """A DOI without the address that it is often kept with, be it once or twice: ``10.1000/182``."""
    return _DOI_PREFIX.sub("", doi.replace("%2F", "/") if _DOI_PREFIX.match(doi) else doi).strip()


Doi = Annotated[str, AfterValidator(bare_doi)]

_IDEOGRAPHS = re.compile(r"[\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff]")


class CslName(BaseModel):
    """The name of a person or a body in CSL: ``family`` and ``given`` with particles and a suffix, or ``literal``."""

    model_config = ConfigDict(
        extra="ignore", frozen=True, populate_by_name=True, alias_generator=lambda name: name.replace("_", "-")
    )

    family: str | None = None
    given: str | None = None
    literal: str | None = None
    suffix: str | None = None
    non_dropping_particle: str | None = None
    dropping_particle: str | None = None
    comma_suffix: bool = False
    static_ordering: bool = False

    def __str__(self) -> str:
        if self.literal:
            return self.literal
        if self.static_ordering or _IDEOGRAPHS.search(self.family or ""):
            between = "" if _IDEOGRAPHS.search(self.family or "") else " "
            return between.join(filter(None, (self.family, self.given)))
        given = " ".join(filter(None, (self.given, self.dropping_particle)))
        whole = " ".join(filter(None, (given, self.short)))
        return f"{whole}{',' if self.comma_suffix else ''} {self.suffix}" if self.suffix else whole

    @property
    def short(self) -> str:
        """The family's name with the particle that belongs to it; of a body its name."""
        particle = self.non_dropping_particle or ""
        family = self.family or self.literal or self.given or ""
        return f"{particle}{'' if particle.endswith(('’', chr(39), '-')) else ' '}{family}".strip()


def to_names(value: Any) -> Any:
    """A list of names of CSL: as a list, one map, or a text, which is the name of a body."""
    values = value if isinstance(value, (list, tuple)) else [value]
    return tuple(_to_name(each) for each in values)


def _to_name(value: Any) -> Any:
    if isinstance(value, str):
        return {"literal": value}
    if not isinstance(value, dict):
        return value
    name = {str(key).replace("-", "_"): each for key, each in value.items() if each not in (None, "")}
    for key in ("comma_suffix", "static_ordering"):
        if key in name:
            name[key] = name[key] in (True, 1, "1", "true")
    if "name" in name and not name.keys() & {"literal", "family"}:
        name["literal"] = name["name"]
    return {key: _to_text(each) for key, each in name.items()}


Names = Annotated[tuple[CslName, ...], BeforeValidator(to_names)]

_SEASONS = {"spring": 1, "summer": 2, "autumn": 3, "fall": 3, "winter": 4}


def to_edtf(value: Any) -> Any:
    """A date of CSL as an EDTF string: from a string, from ``date-parts``, or from maps of year, month and day.

    Raises ``PydanticCustomError("bad-date")``.
    """
    if isinstance(value, dict):
        if value.get("raw") or value.get("literal"):
            return check_edtf(str(value.get("raw") or value["literal"]))
        parts = value.get("date-parts") or [[value.get(name) for name in ("year", "month", "day")]]
        circa = "~" if value.get("circa") not in (None, False, 0, "0", "false", "") else ""
        season = _season(value.get("season"))
        return check_edtf("/".join(_join_parts(part, season) + circa for part in parts))
    if isinstance(value, list) and value and all(isinstance(part, dict) for part in value):
        return check_edtf("/".join(to_edtf(part) for part in value))
    if isinstance(value, int) and not isinstance(value, bool):
        value = str(value)
    return check_edtf(value) if isinstance(value, str) else value


def _season(value: Any) -> int | None:
    """The number of a season in CSL, 1 to 4; ``None`` for none. Raises ``PydanticCustomError("bad-date")``."""
    if value in (None, ""):
        return None
    number = _SEASONS.get(str(value).strip().lower(), value)
    if str(number) in ("1", "2", "3", "4"):
        return int(number)
    raise PydanticCustomError("bad-date", f"'{value}' is no season", {"hint": "1 spring, 2 summer, 3 autumn, 4 winter"})


def _join_parts(parts: Any, season: int | None = None) -> str:
    try:
        numbers = [int(part) for part in parts if part not in (None, "")]
    except (TypeError, ValueError):
        numbers = []
    if not numbers:
        raise PydanticCustomError("bad-date", "no year in the date", {"hint": "issued: 2026-02-18"})
    year = numbers[0]
    shown = f"{year:04d}" if year > 0 else f"-{-year - 1:04d}"  # CSL has no year 0: 1 BC is EDTF's 0000
    rest = numbers[1:3]
    if season is not None:
        rest = [20 + season]
    elif rest and 13 <= rest[0] <= 20:  # citeproc's months for seasons
        rest = [20 + (rest[0] - 13) % 4 + 1]
    elif rest and 21 <= rest[0] <= 24:
        rest = rest[:1]
    elif rest and not 1 <= rest[0] <= 12:
        raise PydanticCustomError("bad-date", "no month {month}", {"month": rest[0], "hint": "months are 1 to 12"})
    return "-".join(["0000" if shown == "-0000" else shown, *(f"{number:02d}" for number in rest)])


Issued = Annotated[str | None, BeforeValidator(to_edtf)]
"""A date of a source as an EDTF string, in whichever form of CSL it was written."""


_FIELDS = frozenset(["id", "type", "title", "title-short", "publisher", "container-title", "DOI", "URL"])
"""Variables of texts that the model reads by itself."""


def read_variables(data: Any) -> Any:
    """The variables of an item as the model reads them: names as names, texts as texts, a date in words beside ``issued``.

    Raises ``PydanticCustomError`` for a value of the wrong type, or a date that is none.
    """
    if not isinstance(data, dict):
        return data
    read = {key: value for key, value in data.items() if value is not None}
    if "shortTitle" in read and "title-short" not in read:
        read["title-short"] = read["shortTitle"]
    words = _literal_date(read.get("issued"))
    if words is not None:
        del read["issued"]
        if words:
            read[UNDATED] = words
    for key in PRINTED & read.keys():
        if key in NAMES and key not in ("author", "editor", "translator"):
            read[key] = _names_of(key, read[key])
        elif key in DATES and key not in ("issued", "accessed"):
            literal = _literal_date(read[key])
            read[key] = to_edtf(read[key]) if literal is None else literal
        elif key not in NAMES | DATES | _FIELDS:
            text = _to_text(read[key])
            if not isinstance(text, str):
                raise PydanticCustomError("wrong-type", "{name}: expected a text", {"name": key})
            read[key] = read_markup(text)
    if _literal_date(read.get("accessed")) is not None:
        del read["accessed"]
    return read


def _names_of(key: str, value: Any) -> tuple[CslName, ...]:
    named = to_names(value)
    if not all(isinstance(each, dict) for each in named):
        raise PydanticCustomError("wrong-type", "{name}: expected names", {"name": key})
    return tuple(CslName.model_validate(each) for each in named)


def _literal_date(value: Any) -> str | None:
    """The words of a date that is none (``n.d.``, ``forthcoming``); empty for no date at all, ``None`` for a date."""
    is_map = isinstance(value, dict)
    if is_map and not any(value.get(key) for key in ("raw", "literal", "date-parts", "year", "season")):
        return ""
    if is_map and value.get("date-parts") and not any(part for part in value["date-parts"] if part not in ([None], [])):
        return ""
    words = value.get("literal") or value.get("raw") if is_map else value
    if not isinstance(words, str):
        return None
    if not is_map and any(char.isdigit() for char in words):
        return None  # in a file that people write, a date with a slip
    try:
        check_edtf(words)
    except PydanticCustomError:
        return " ".join(words.split())
    return None
