"""What a coverage matrix draws: which source speaks of which theme, and in whose voice."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from c6brief.evidence.base import Evidence
from c6brief.evidence.likeness import Witness, independent_voices
from c6brief.evidence.models import Claim, Event

THEMED = ("quotes", "events", "claims")
"""The kinds of evidence that speak of themes."""

CoverageSign = Literal["quoted", "reported", "absent"]


@dataclass(frozen=True)
class Coverage:
    """A matrix. ``sources`` stand voice by voice; ``cells`` has a row for each theme, a cell for each source."""

    themes: tuple[str, ...]
    sources: tuple[str, ...]
    voices: tuple[str, ...]
    """The voice of each source; empty where none is stated."""
    cells: tuple[tuple[CoverageSign, ...], ...]
    counts: tuple[int, ...]
    """Of each theme, how many stated and independent voices speak of it."""

    def is_covered(self, row: int) -> bool:
        """Whether any source speaks of the theme in ``row``."""
        return any(cell != "absent" for cell in self.cells[row])

    def groups(self) -> list[tuple[str, int, int]]:
        """Runs of sources with one stated voice: the voice, the first column, the column after the last."""
        runs: list[tuple[str, int, int]] = []
        for column, voice in enumerate(self.voices):
            if runs and voice and runs[-1][0] == voice:
                runs[-1] = (voice, runs[-1][1], column + 1)
            else:
                runs.append((voice, column, column + 1))
        return runs


def coverage_of(themes: Sequence[str], sources: Iterable[str] | None, evidence: Evidence) -> Coverage:
    """The matrix of ``themes`` and ``sources`` (by default those that say anything of a theme)."""
    signs = _signs(set(themes), evidence)
    if sources is None:
        sources = [source for source in evidence.sources if any((theme, source) in signs for theme in themes)]
    voices: dict[str, list[Witness]] = {}
    for source in sources:
        voice = evidence.voice_of(source)
        voices.setdefault(voice or f"of {source} alone", []).append(Witness(voice, source))
    ordered = [witness for group in voices.values() for witness in group]
    cells = tuple(tuple(signs.get((theme, each.source), "absent") for each in ordered) for theme in themes)
    speaking = ([each for each, cell in zip(ordered, row, strict=True) if cell != "absent"] for row in cells)
    counts = tuple(len(independent_voices(witnesses, evidence)) for witnesses in speaking)
    names = tuple(each.source for each in ordered)
    return Coverage(tuple(themes), names, tuple(each.voice for each in ordered), cells, counts)


def _signs(themes: set[str], evidence: Evidence) -> Mapping[tuple[str, str], CoverageSign]:
    """By theme and source; a quotation outranks a report."""
    signs: dict[tuple[str, str], CoverageSign] = {}
    reports: tuple[Event | Claim, ...] = (*evidence.events.values(), *evidence.claims.values())
    for entry in reports:
        for theme in themes.intersection(entry.themes):
            for account in entry.accounts:
                signs[theme, account.source] = "reported"
    for quote in evidence.quotes.values():
        for theme in themes.intersection(quote.themes):
            signs[theme, quote.source] = "quoted"
    return signs
