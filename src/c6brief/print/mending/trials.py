"""The remedies that page rules bring along, tried one after the other until the flaw is gone."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from c6brief.print.mending.styles import Styles
from c6brief.print.proofing.proof import Found
from c6brief.print.proofing.rule import PageRule, Remedy


@dataclass
class _Trial:
    """A flaw and its remedies: that ``at`` the number given is in force; none where all have failed."""

    rule: PageRule
    remedies: tuple[Remedy, ...]
    at: int = 0

    @property
    def given_up(self) -> bool:
        return self.at >= len(self.remedies)


_Key = tuple[str, int]


class Trials:
    """All flaws of a document for which a remedy was tried."""

    def __init__(self, styles: Styles) -> None:
        self._styles = styles
        self._trials: dict[_Key, _Trial] = {}

    def change(self, found: Iterable[Found]) -> list[Remedy]:
        """Give every flaw that was ``found`` its next remedy. Returns those put in force, or taken out for good."""
        changed = []
        for key, one in _by_element(found).items():
            trial = self._trials.get(key)
            if trial is None:
                trial = self._trials[key] = _Trial(one.rule, one.flaw.remedies)
            elif trial.given_up:
                continue
            else:
                self._styles.give(trial.remedies[trial.at].element, key, "")
                trial.at += 1
            remedy = trial.remedies[min(trial.at, len(trial.remedies) - 1)]
            if not trial.given_up:
                self._styles.give(remedy.element, key, remedy.css)
            changed.append(remedy)
        return changed

    def said(self, found: Iterable[Found]) -> list[str]:
        """What was mended, in words, where ``found`` is what is left."""
        left = _by_element(found)
        counts: dict[str, int] = {}
        nouns: dict[str, tuple[str, str]] = {}
        for key, trial in self._trials.items():
            if key not in left and not trial.given_up:
                counts[trial.rule.name] = counts.get(trial.rule.name, 0) + 1
                nouns[trial.rule.name] = trial.rule.noun
        return [nouns[name][0] if count == 1 else f"{count} {nouns[name][1]}" for name, count in counts.items()]


def _by_element(found: Iterable[Found]) -> dict[_Key, Found]:
    """The flaws that have a remedy, one for each rule and element."""
    keyed: dict[_Key, Found] = {}
    for one in found:
        if one.flaw.remedies:
            keyed.setdefault((one.rule.name, id(one.flaw.remedies[0].element)), one)
    return keyed
