"""Running the rules, with the severities that a project gives them in ``_brand.yml``::

defaults:
  c6brief:
    rules: {sentence-too-long: off, scope-widened: error}
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from typing import Protocol

from c6brief.brief.settings import RuleSeverity, Settings
from c6brief.documents.problems import Problem, Problems, did_you_mean
from c6brief.rules.design import Design
from c6brief.rules.rule import Rule, known_rules
from c6brief.rules.subject import ProjectUnderReview, Subject


class Severe(Protocol):
    """What has a severity: a rule of this room, or of another."""

    @property
    def name(self) -> str: ...

    @property
    def severity(self) -> RuleSeverity: ...


def check_settings(settings: Settings, names: Collection[str], problems: Problems) -> None:
    """Report names under ``rules:`` that are not among the ``names`` of all rules. Problems: ``unknown-rule``."""
    for name in settings.rules:
        if name not in names:
            place = settings.place("rules", name, key=True)
            problems.error("unknown-rule", f"no rule is called '{name}'", place, did_you_mean(name, names))


def severity_of(rule: Severe, settings: Settings) -> RuleSeverity:
    """The severity that ``rule`` has in a project."""
    return settings.rules.get(rule.name, rule.severity)


def check_brief(subject: Subject, problems: Problems) -> None:
    """Report what the rules find in a brief, or in a lone section (``subject.whole`` is false)."""
    for rule in known_rules().values():
        if rule.about == "prose" or (rule.about == "brief" and subject.whole):
            _run(rule, subject, problems)


def check_house(house: ProjectUnderReview, problems: Problems) -> None:
    """Report what the rules find in what all briefs of a project share."""
    for rule in known_rules().values():
        if rule.about == "house":
            _run(rule, house, problems)


def check_design(design: Design, problems: Problems) -> None:
    """Report what the rules find in the style sheets and the markup of a template."""
    for rule in known_rules().values():
        if rule.about == "template":
            _run(rule, design, problems)


def strictly(problems: Problems) -> Problems:
    """The same problems, every warning an error."""
    strict = Problems()
    for problem in problems:
        strict.add(replace(problem, severity="error"))
    return strict


def _run(rule: Rule, looked_at: Subject | ProjectUnderReview | Design, problems: Problems) -> None:
    severity = severity_of(rule, looked_at.settings)
    if severity == "off":
        return
    for finding in rule.check(looked_at):
        problems.add(Problem(rule.name, finding.message, finding.place, finding.hint, severity))
