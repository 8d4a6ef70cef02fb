"""The remedies that page rules bring along, tried one after the other until the flaw is gone."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from c6brief.print.mending.inline_overrides import InlineOverrides
from c6brief.print.preflight.rule import PageRule, Remedy
from c6brief.print.preflight.run import PreflightResult


@dataclass
class _Trial:
    """A flaw and its remedies. The one with the number ``at`` is in force; where all have failed, none is."""

    rule: PageRule
    remedies: tuple[Remedy, ...]
    at: int = -1

    @property
    def given_up(self) -> bool:
        return self.at >= len(self.remedies)


_Key = tuple[str, int]


class Trials:
    """The flaws of a document for which remedies were tried."""

    def __init__(self, overrides: InlineOverrides) -> None:
        self._overrides = overrides
        self._trials: dict[_Key, _Trial] = {}

    def change(self, found: Iterable[PreflightResult]) -> bool:
        """Give every flaw that was ``found`` its next remedy. Whether any was put in force, or taken out for good."""
        changed = False
        for key, one in _by_element(found).items():
            trial = self._trials.get(key) or _Trial(one.rule, one.flaw.remedies)
            if trial.given_up:
                continue
            self._trials[key] = trial
            if trial.at >= 0:
                self._overrides.set(trial.remedies[trial.at].element, key, "")
            trial.at += 1
            remedy = trial.remedies[min(trial.at, len(trial.remedies) - 1)]
            if not trial.given_up:
                self._overrides.set(remedy.element, key, remedy.css)
            changed = True
        return changed

    def summary(self, found: Iterable[PreflightResult]) -> list[str]:
        """What was mended, in words, where ``found`` are the flaws that are left."""
        left = _by_element(found)
        counts: dict[str, int] = {}
        nouns: dict[str, tuple[str, str]] = {}
        for key, trial in self._trials.items():
            if key not in left and not trial.given_up:
                counts[trial.rule.name] = counts.get(trial.rule.name, 0) + 1
                nouns[trial.rule.name] = trial.rule.mended_as
        return [nouns[name][0] if count == 1 else f"{count} {nouns[name][1]}" for name, count in counts.items()]


def _by_element(found: Iterable[PreflightResult]) -> dict[_Key, PreflightResult]:
    """The flaws that have a remedy, one for each rule and element."""
    keyed: dict[_Key, PreflightResult] = {}
    for one in found:
        if one.flaw.remedies:
            keyed.setdefault((one.rule.name, id(one.flaw.remedies[0].element)), one)
    return keyed
