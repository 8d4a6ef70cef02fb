"""The review: rules are run with the severities that a project gives them in ``_brand.yml``::

    defaults:
      c6brief:
        rules: {sentence-too-long: off, scope-widened: error}

``off`` silences a rule; ``error`` makes a check fail, ``warning`` and ``note`` do not.
"""

from __future__ import annotations

from collections.abc import Collection

from c6brief.brief.settings import Settings
from c6brief.documents.problems import NamedRule, Problem, Problems, RuleSeverity, did_you_mean
from c6brief.rules.review.brief import ProjectUnderReview, ProseUnderReview
from c6brief.rules.review.registry import BrokenRule, Rule, extension_problems, run_rule
from c6brief.rules.review.rule import review_rules
from c6brief.rules.review.template import TemplateUnderReview


def check_settings(settings: Settings, names: Collection[str], problems: Problems) -> None:
    """Report names under ``rules:`` that are not among the ``names`` of all rules. Problems: ``unknown-rule``."""
    for name in settings.rules:
        if name not in names:
            place = settings.place("rules", name, key=True)
            problems.error("unknown-rule", f"no rule is called '{name}'", place, did_you_mean(name, names))


def severity_of(rule: Rule | NamedRule, settings: Settings) -> RuleSeverity:
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
            try:
                findings = run_rule(rule, rule.check, material)
            except BrokenRule as broken:
                problems.add(broken.problem)
                continue
            for finding in findings:
                problems.add(Problem(rule.name, finding.message, finding.place, finding.hint, severity))
    problems.add_all(extension_problems())
