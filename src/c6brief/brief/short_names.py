"""Names of sources in repeated notes that never coincide: ``Quay Bank, Annual report`` beside ``Quay Bank, Second report``."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from itertools import count

from c6brief.evidence.models import Source


def distinct_names(sources: Sequence[Source]) -> dict[str, str]:
    """For each of ``sources`` that is called as another one is, a name that none else has, by its id.

    Added is what makes all of them distinct: the year, else the title up to its colon, else the whole title, else that with
    the volume, number and date, else a number in the order of ``sources``.
    """
    called = Counter(source.short.casefold() for source in sources)
    taken = {name for name, times in called.items() if times == 1}
    names: dict[str, str] = {}
    for name, times in called.items():
        if times == 1:
            continue
        group = [source for source in sources if source.short.casefold() == name]
        ways = list(zip(*map(_longer_names, group), strict=True))
        chosen = next((list(way) for way in ways if _are_free(way, taken)), None) or _numbered(ways[-1], taken)
        names |= dict(zip((source.id for source in group), chosen, strict=True))
        taken |= {each.casefold() for each in chosen}
    return names


def _longer_names(source: Source) -> list[str]:
    """The names of a source from shorter to longer."""
    year = re.match(r"-?\d{4}", source.issued or "")
    is_title = source.short == source.title
    main = "" if is_title else source.title.partition(":")[0].strip()
    whole = "" if is_title else source.title
    rest = (source.text("volume"), source.text("issue"), source.text("number"), source.issued or source.undated or "")
    return [
        " ".join(filter(None, (source.short, year[0] if year else ""))),
        *(", ".join(filter(None, (source.short, title))) for title in (main, whole)),
        ", ".join(filter(None, (source.short, whole, *rest))),
    ]


def _are_free(names: Sequence[str], taken: set[str]) -> bool:
    folded = {name.casefold() for name in names}
    return len(folded) == len(names) and folded.isdisjoint(taken)


def _numbered(names: Sequence[str], taken: set[str]) -> list[str]:
    """The names with numbers in brackets, none of which is taken."""
    found: list[str] = []
    for name in names:
        ways = (f"{name} ({number})" for number in count(1))
        found.append(next(way for way in ways if way.casefold() not in taken | {each.casefold() for each in found}))
    return found
