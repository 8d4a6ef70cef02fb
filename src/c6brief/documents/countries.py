"""Countries by the codes and names that statistics offices write: the code of ISO 3166-1 that is meant, or why none is.

Names are those of CLDR (Babel) in a few languages, and of the table ``country_aliases.yaml``, which names its sources. A name
that two countries have, and a state that is no more, are nobody's: no value is ever given to another country.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Annotated, Any

import yaml
from pydantic import AfterValidator

from c6brief.documents.problems import NamedRule, Place, Problems, name_rule
from c6brief.documents.yamltext import LOADER

COUNTRY_ALIAS: NamedRule = name_rule(
    "country-alias",
    "note",
    """a country is written otherwise than by its code of ISO 3166, and read as that country

    Eurostat writes EL and UK for GR and GB, the World Bank “Korea, Rep.” for KR. A name that two countries have, a state that is
    no more and a group of countries are refused. The table of aliases is `src/c6brief/documents/country_aliases.yaml`.
    """,
    chapter="data",
)

_FILE = Path(__file__).with_name("country_aliases.yaml")
_LANGUAGES = ("en", "ru", "az", "kk", "ky", "tg", "tk", "uz", "fr", "de", "es")
OFFICE_CODES: Mapping[str, str] = {
    "EL": "GR", "UK": "GB",  # Eurostat: Interinstitutional Style Guide, annex A5
    "XKX": "XK", "KSV": "XK", "WBG": "PS",  # World Bank
    "UVK": "XK",  # IMF
    "XKK": "XK", "KOS": "XK",  # CLDR; World Bank, once
    "ROM": "RO", "ZAR": "CD", "TMP": "TL", "BUR": "MM",  # ISO 3166-3: former codes of the same state
}  # fmt: skip
"""Codes that are none of ISO 3166-1, by the offices that write them."""
_CODE = re.compile(r"[A-Z]{2}")
_OF_FORM = re.compile(r"\b(?:the )?(?:(?:[a-z]+ )?(?:republic|rep|kingdom|state|federation|principality|sultanate|commonwealth)) of (?:the )?")  # fmt: skip
_FORM_AFTER = re.compile(
    r" (?:the )?(?:[a-z]+ )?(?:republic|rep|kingdom|state|principality|sultanate)(?: of(?: the)?)?$"
)
_EUROPEAN_GROUP = re.compile(r"(?:EU|EA|EEA)[0-9]{0,2}(?:_[0-9]{4})?")


class CountryCode(str):
    """A code of ISO 3166-1 that knows how it was written: ``GR``, written ``EL``."""

    written: str


@dataclass(frozen=True)
class _Names:
    codes: Mapping[str, str]
    """By a folded name or code: the one country that has it."""
    refused: Mapping[str, str]
    """By a folded name: why it is no country."""


def _fold(words: str) -> str:
    """``words`` without case, accents and punctuation."""
    plain = "".join(char for char in unicodedata.normalize("NFKD", words.casefold()) if not unicodedata.combining(char))
    plain = plain.replace("&", " and ").replace("ı", "i").replace("'", "").replace("’", "")
    folded = " ".join(re.sub(r"[\W_]+", " ", plain).split())
    return re.sub(r"\bst\b", "saint", folded.removeprefix("the "))


@lru_cache(maxsize=1)
def _table() -> Mapping[str, Any]:
    table: Mapping[str, Any] = yaml.load(_FILE.read_text(encoding="utf-8"), Loader=LOADER)
    return table


def _texts(pair: tuple[object, object]) -> tuple[str, str]:
    return str(pair[0]), str(pair[1])


@lru_cache(maxsize=1)
def _names() -> _Names:
    from babel import Locale  # here: codes of two letters need no names
    from babel.core import get_global

    table = _table()
    found: dict[str, set[str]] = {}
    known = {str(code) for code in Locale("en").territories if _CODE.fullmatch(str(code))}
    known -= {"EU", "EZ", "UN", "QO", "ZZ", "XA", "XB"}
    for language in _LANGUAGES:
        for code, name in map(_texts, Locale(language).territories.items()):
            if code in known:
                found.setdefault(_fold(name), set()).add(code)
    for long, targets in get_global("territory_aliases").items():
        if len(long) == 3 and len(targets) == 1 and targets[0] in known:
            found.setdefault(_fold(long), set()).add(targets[0])
    refused = {_fold(name): f"may be {' or '.join(codes)}" for name, codes in table["ambiguous"].items()}
    refused |= {_fold(name): "is a state that is no more" for name in table["gone"]}
    refused |= {_fold(name): "is a group of countries" for name in table["groups"]}
    codes = {name: next(iter(of)) for name, of in found.items() if len(of) == 1}
    refused = {**{name: f"may be {' or '.join(sorted(of))}" for name, of in found.items() if len(of) > 1}, **refused}
    codes |= {_fold(code): code for code in known}
    codes |= {_fold(alias): code for alias, code in OFFICE_CODES.items()}
    for code, names in table["names"].items():
        codes |= {_fold(name): code for name in names}
    codes = {name: code for name, code in codes.items() if name not in refused}
    return _Names(codes, refused)


@lru_cache(maxsize=4096)
def code_of(words: str) -> str | None:
    """The code of the country that is meant by a code or a name; ``None`` where there is none, or more than one."""
    words = words.strip()
    if _CODE.fullmatch(words) and words not in OFFICE_CODES:
        return words if words.casefold() in _names().codes else None
    folded, names = _fold(words), _names()
    is_short_word = (
        len(words) < 4 and words.isascii() and words.isalpha() and not words.isupper()
    )  # na, no: hardly codes
    if folded in names.refused or is_short_word:
        return None
    labelled = re.fullmatch(
        r"([A-Z]{2,3}): .+|.+ \[([A-Z]{2,3})\]", words
    )  # SDMX-CSV with labels; Eurostat's downloads
    candidates = [folded, _FORM_AFTER.sub("", folded), _OF_FORM.sub("", folded, count=1)]
    if labelled:
        candidates.insert(0, _fold(labelled[1] or labelled[2]))
    for name in candidates:
        if name in names.refused:
            return None
        if name in names.codes:
            return names.codes[name]
    return None


def why_none(words: str) -> str:
    """Why ``words`` mean no one country, as the end of a sentence; empty where nothing is known of them."""
    if _EUROPEAN_GROUP.fullmatch(words.strip()):
        return "is a group of countries"
    refused = _names().refused
    folded = _fold(words)
    return refused.get(folded, "") or next(
        (refused[each] for each in (_FORM_AFTER.sub("", folded), _OF_FORM.sub("", folded, count=1)) if each in refused),
        "",
    )


def as_country(words: str) -> str:
    """``words`` as the code that they mean, if they are a code of some office; it knows how it was written.

    What authors write themselves is otherwise left as it is: a name is told with its code.
    """
    code = OFFICE_CODES.get(words)
    if code is None:
        return words
    country = CountryCode(code)
    country.written = words
    return country


Country = Annotated[str, AfterValidator(as_country)]
"""The code of a country as an author writes it: EL and UK, as Eurostat has them, are GR and GB."""


def tell_alias(code: str, place: Place, problems: Problems) -> None:
    """Report a country that was not written by its code. Problem: ``country-alias``."""
    if isinstance(code, CountryCode):
        problems.report(
            COUNTRY_ALIAS, f"'{code.written}' is read as {code}", place, f"write {code}, its code of ISO 3166"
        )
