"""Identifiers that publishing gives to works and people: DOI, ISBN and ORCID iD. Each has a form that can be checked.

The check digits are computed from the other digits, so that a mistyped one shows.
"""

from __future__ import annotations

import re

from pydantic_core import PydanticCustomError

_DOI = re.compile(r"10\.\d{4,9}/[!-~]+")
_DOI_BEFORE = re.compile(r"(?i)\A(?:https?://(?:dx\.)?doi\.org/|doi:\s*)+")
_ORCID_BEFORE = re.compile(r"(?i)\A(?:https?://)?(?:www\.)?orcid\.org/")
_ISBN_BEFORE = re.compile(r"(?i)\A(?:urn:)?isbn(?:-1[03])?:?\s*")


def check_doi(text: str) -> str:
    """A DOI (ISO 26324) without the address or ``doi:`` before it: ``10.1000/182``.

    Raises ``PydanticCustomError("bad-doi")``. A DOI has no check digit: only its form is looked at.
    """
    doi = _DOI_BEFORE.sub("", text.strip())
    if text and not _DOI.fullmatch(doi):
        raise _refusal("bad-doi", f"'{text}' is not a DOI", "10., four digits or more, a stroke, a name: 10.1000/182")
    return doi


def check_isbn(text: str) -> str:
    """An ISBN of 13 or 10 digits (ISO 2108), with the hyphens that it was written with.

    Raises ``PydanticCustomError("bad-isbn")``.
    """
    isbn = _ISBN_BEFORE.sub("", text.strip())
    digits = re.sub(r"(?<=[\dX])[ -](?=[\dX])", "", isbn)
    if not text:
        return ""
    if not re.fullmatch(r"97[89]\d{10}|\d{9}[\dX]", digits, re.ASCII):
        hint = "thirteen digits that begin with 978 or 979, or ten: 978-3-16-148410-0"
        raise _refusal("bad-isbn", f"'{text}' is not an ISBN", hint)
    right = _last_of_thirteen(digits) if len(digits) == 13 else _last_of_ten(digits)
    if digits[-1] != right:
        raise _refusal("bad-isbn", f"the check digit of {isbn} is wrong", _mistyped(right))
    return isbn


def check_orcid(text: str) -> str:
    """An ORCID iD (ISO 27729) without its address: ``0000-0002-1825-0097``.

    Raises ``PydanticCustomError("bad-orcid")``.
    """
    orcid = _ORCID_BEFORE.sub("", text.strip())
    if not text:
        return ""
    if not re.fullmatch(r"(?:\d{4}-){3}\d{3}[\dX]", orcid, re.ASCII):
        hint = "sixteen digits in fours, the last may be X: 0000-0002-1825-0097"
        raise _refusal("bad-orcid", f"'{text}' is not an ORCID iD", hint)
    total = 0
    for digit in orcid.replace("-", "")[:-1]:
        total = (total + int(digit)) * 2
    rest = (12 - total % 11) % 11  # ISO/IEC 7064, MOD 11-2
    right = "X" if rest == 10 else str(rest)
    if orcid[-1] != right:
        raise _refusal("bad-orcid", f"the check digit of {orcid} is wrong", _mistyped(right))
    return orcid


def _last_of_thirteen(digits: str) -> str:
    return str(-sum(int(digit) * (1, 3)[at % 2] for at, digit in enumerate(digits[:12])) % 10)


def _last_of_ten(digits: str) -> str:
    rest = -sum((10 - at) * int(digit) for at, digit in enumerate(digits[:9])) % 11
    return "X" if rest == 10 else str(rest)


def _mistyped(right: str) -> str:
    return f"these digits would end in {right}: is one mistyped?"


def _refusal(name: str, message: str, hint: str) -> PydanticCustomError:
    # The message is a value, for braces in it are no placeholders.
    return PydanticCustomError(name, "{message}", {"message": message, "hint": hint})
