"""The preflight of a laid out document: all page rules over it, and what they find as problems."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from c6brief.documents.problems import Place, Problem, Problems, RuleSeverity
from c6brief.print.preflight.rule import Flaw, PageRule, page_rules
from c6brief.print.preflight.weasyprint_boxes import read_pages
from c6brief.print.weasyprint_document import LaidOutDocument
from c6brief.rules.review.registry import extension_problems, run_rule


@dataclass(frozen=True)
class PreflightResult:
    """A flaw, and the rule that found it."""

    rule: PageRule
    flaw: Flaw


def run_preflight(document: LaidOutDocument) -> tuple[PreflightResult, ...]:
    """What the page rules find in a laid out ``document``, in the order of pages and on each from above.

    Raises :class:`BrokenRule <c6brief.rules.review.registry.BrokenRule>` where a rule of another package raises.
    """
    content = read_pages(document)
    rules = page_rules().values()
    results = [PreflightResult(rule, flaw) for rule in rules for flaw in run_rule(rule, rule.check, content)]
    return tuple(sorted(results, key=lambda result: (result.flaw.page, result.flaw.frame.top, result.rule.name)))


def report_flaws(
    results: Iterable[PreflightResult], severities: Mapping[str, RuleSeverity], brief: Place, problems: Problems
) -> list[PreflightResult]:
    """Report ``results`` as problems at the ``brief``; returns those that the project wants to hear of.

    ``severities`` are the project's own, by the name of the rule. Problems: those of the rules, and those of
    :func:`extension_problems <c6brief.rules.review.registry.extension_problems>`.
    """
    wanted = []
    for result in results:
        severity = severities.get(result.rule.name, result.rule.severity)
        if severity != "off":
            wanted.append(result)
            message = f"page {result.flaw.page}: {result.flaw.message}"
            problems.add(Problem(result.rule.name, message, Place(brief.file), result.rule.hint, severity))
    problems.add_all(extension_problems())
    return wanted
