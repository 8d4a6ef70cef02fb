"""The review: rules are run with the severities that a project gives them in ``_brand.yml``::

    defaults:
      c6brief:
        rules: {sentence-too-long: off, scope-widened: error}

``off`` silences a rule; ``error`` makes a check fail, ``warning`` does not.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import replace

from c6brief.brief.settings import RuleSeverity, Settings
from c6brief.documents.extensions import broken_extension
from c6brief.documents.problems import Problem, Problems, did_you_mean
from c6brief.rules.review.brief import ProjectUnderReview, ProseUnderReview
from c6brief.rules.review.registry import Rule, extension_problems, is_ours
from c6brief.rules.review.rule import Finding, ReviewRule, review_rules
from c6brief.rules.review.template import TemplateUnderReview


def check_settings(settings: Settings, names: Collection[str], problems: Problems) -> None:
    """Report names under ``rules:`` that are not among the ``names`` of all rules. Problems: ``unknown-rule``."""
    for name in settings.rules:
        if name not in names:
            place = settings.place("rules", name, key=True)
            problems.error("unknown-rule", f"no rule is called '{name}'", place, did_you_mean(name, names))


def severity_of(rule: Rule, settings: Settings) -> RuleSeverity:
    """The severity that ``rule`` has in a project."""
    return settings.rules.get(rule.name, rule.severity)


def run_review(material: ProseUnderReview | ProjectUnderReview | TemplateUnderReview, problems: Problems) -> None:
    """Report what the rules find in ``material``: in a brief or a lone section, in what all briefs of a project share,
    or in a template.

    Problems: those of the rules, and those of :func:`extension_problems
    <c6brief.rules.review.registry.extension_problems>`. A rule of another package that raises is ``broken-extension``.
    """
    for rule in review_rules().values():
        severity = severity_of(rule, material.settings)
        if severity != "off":
            for finding in _findings(rule, material, problems):
                problems.add(Problem(rule.name, finding.message, finding.place, finding.hint, severity))
    for problem in extension_problems():
        problems.add(problem)


def _findings(rule: ReviewRule, material: object, problems: Problems) -> Iterable[Finding]:
    if is_ours(rule):
        return rule.check(material)
    try:
        return list(rule.check(material))
    except Exception as reason:
        problems.add(broken_extension(rule.module, f"its rule '{rule.name}' cannot be run", reason))
        return ()


def warnings_as_errors(problems: Problems) -> Problems:
    """The same problems, every warning an error."""
    strict = Problems()
    for problem in problems:
        strict.add(replace(problem, severity="error"))
    return strict
