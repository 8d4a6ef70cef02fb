"""What a coverage matrix draws: which source speaks of which theme, and in whose voice."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from c6brief.evidence.base import Evidence
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
    """The voice of each source."""
    cells: tuple[tuple[CoverageSign, ...], ...]

    def voices_on(self, row: int) -> int:
        """How many independent voices speak of the theme in ``row``."""
        pairs = zip(self.voices, self.cells[row], strict=True)
        return len({voice for voice, cell in pairs if cell != "absent"})

    def groups(self) -> list[tuple[str, int, int]]:
        """Runs of sources with one voice: the voice, the first column, the column after the last."""
        runs: list[tuple[str, int, int]] = []
        for column, voice in enumerate(self.voices):
            if runs and runs[-1][0] == voice:
                runs[-1] = (voice, runs[-1][1], column + 1)
            else:
                runs.append((voice, column, column + 1))
        return runs


def coverage_of(themes: Sequence[str], sources: Iterable[str] | None, evidence: Evidence) -> Coverage:
    """The matrix of ``themes`` and ``sources`` (by default those that say anything of a theme)."""
    signs = _signs(set(themes), evidence)
    if sources is None:
        sources = [source for source in evidence.sources if any((theme, source) in signs for theme in themes)]
    voices: dict[str, list[str]] = {}
    for source in sources:
        voices.setdefault(evidence.sources[source].voice, []).append(source)
    ordered = [(voice, source) for voice, group in voices.items() for source in group]
    cells = tuple(tuple(signs.get((theme, source), "absent") for _, source in ordered) for theme in themes)
    return Coverage(tuple(themes), tuple(s for _, s in ordered), tuple(v for v, _ in ordered), cells)


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
