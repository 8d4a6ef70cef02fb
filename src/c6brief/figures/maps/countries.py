"""Countries by their ISO 3166 codes, as authors write them and as an atlas knows them."""

from __future__ import annotations

from functools import lru_cache

from babel.core import get_global

from c6brief.documents.problems import Place, Problems, did_you_mean
from c6brief.figures.maps.atlas import atlas
from c6brief.figures.words import Words


def known_country(code: str, place: Place, problems: Problems) -> bool:
    """Whether the atlas has a country of this alpha-2 code, written at ``place``.

    Problem: ``unknown-value``, which suggests the code for an alpha-3 code or an English name.
    """
    if code in atlas().codes:
        return True
    meant = code_for(code)
    hint = f"did you mean '{meant}'?" if meant else _near(code)
    problems.error("unknown-value", f"no country has the code '{code}'", place, hint)
    return False


def code_for(words: str) -> str | None:
    """The alpha-2 code that is meant by a code in small letters, an alpha-3 code or an English name, if any."""
    folded = " ".join(words.split())
    return _meant().get(folded.casefold())


@lru_cache(maxsize=1)
def _meant() -> dict[str, str]:
    names = Words("en")
    found = {code.casefold(): code for code in atlas().codes}
    for long, (code, *_) in get_global("territory_aliases").items():  # CLDR's: alpha-3 codes are aliases of alpha-2
        if len(long) == 3 and long.isalpha() and code in atlas().codes:
            found[long.casefold()] = code
    found |= {names.country(code).casefold(): code for code in atlas().codes}
    return found


def _near(words: str) -> str:
    """A name that differs by a letter or two, with its code; else what a code is."""
    names = {Words("en").country(code): code for code in atlas().codes}
    near = did_you_mean(words, names) if len(words) > 3 else ""
    name = next((name for name in names if f"'{name}'" in near), None)
    return f"did you mean '{names[name]}' ({name})?" if name else "ISO 3166 codes have two capital letters: KZ"
