"""CSL-YAML: its variables, and dates in the three forms that exports have."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import BeforeValidator
from pydantic_core import PydanticCustomError

from c6brief.documents.problems import did_you_mean
from c6brief.evidence.dates import check_edtf

# The variables of CSL 1.0.2 (https://docs.citationstyles.org/en/stable/specification.html#appendix-iv-variables).
VARIABLES = frozenset([
    "abstract", "annote", "archive", "archive_collection", "archive_location", "archive-place", "author", "authority",
    "available-date", "call-number", "categories", "chair", "chapter-number", "citation-key", "citation-label",
    "citation-number", "collection-editor", "collection-number", "collection-title", "compiler", "composer",
    "container-author", "container-title", "container-title-short", "contributor", "curator", "custom", "dimensions",
    "director", "division", "DOI", "edition", "editor", "editor-translator", "editorial-director", "event",
    "event-date", "event-place", "event-title", "executive-producer", "first-reference-note-number", "genre", "guest",
    "host", "id", "illustrator", "interviewer", "ISBN", "ISSN", "issue", "issued", "journalAbbreviation",
    "jurisdiction", "keyword", "language", "license", "locator", "medium", "narrator", "note", "number",
    "number-of-pages", "number-of-volumes", "organizer", "original-author", "original-date", "original-publisher",
    "original-publisher-place", "original-title", "page", "page-first", "part", "part-number", "part-title",
    "performer", "PMCID", "PMID", "printing", "printing-number", "producer", "publisher", "publisher-place",
    "recipient", "references", "reviewed-author", "reviewed-genre", "reviewed-title", "scale", "script-writer",
    "section", "series-creator", "shortTitle", "source", "status", "submitted", "supplement-number", "title",
    "title-short", "translator", "type", "URL", "version", "volume", "volume-title", "volume-title-short",
    "year-suffix", "accessed",
])  # fmt: skip


def check_variables(data: Any) -> Any:
    """``data``, its keys being CSL variables. A misspelt ``isued`` must not lose a date in silence.

    Raises ``PydanticCustomError("unknown-key")``.
    """
    if isinstance(data, dict):
        for key in data:
            if key not in VARIABLES:
                raise PydanticCustomError(
                    "unknown-key", f"'{key}' is no CSL variable", {"hint": did_you_mean(key, VARIABLES)}
                )
        if "shortTitle" in data and "title-short" not in data:
            data = {**data, "title-short": data["shortTitle"]}
    return data


def _to_edtf(value: Any) -> Any:
    """A date of CSL as an EDTF string: from a string, from ``date-parts``, or from maps of year, month and day.

    Raises ``PydanticCustomError("bad-date")``.
    """
    if isinstance(value, dict):
        if value.get("raw") or value.get("literal"):
            return check_edtf(str(value.get("raw") or value["literal"]))
        parts = value.get("date-parts") or [[value.get(name) for name in ("year", "month", "day")]]
        circa = "~" if value.get("circa") else ""
        return check_edtf("/".join(_join_parts(part) + circa for part in parts))
    if isinstance(value, list) and value and all(isinstance(part, dict) for part in value):
        return check_edtf(
            "/".join(_join_parts([part.get(name) for name in ("year", "month", "day")]) for part in value)
        )
    if isinstance(value, int) and not isinstance(value, bool):
        value = str(value)
    return check_edtf(value) if isinstance(value, str) else value


def _join_parts(parts: Any) -> str:
    try:
        numbers = [int(part) for part in parts if part not in (None, "")]
    except (TypeError, ValueError):
        numbers = []
    if not numbers:
        raise PydanticCustomError("bad-date", "no year in the date", {"hint": "issued: 2026-02-18"})
    return "-".join([f"{numbers[0]:04d}", *(f"{number:02d}" for number in numbers[1:3])])


Issued = Annotated[str | None, BeforeValidator(_to_edtf)]
"""A date of a source as an EDTF string, in whichever form of CSL it was written."""
