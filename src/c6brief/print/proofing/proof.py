"""All page rules over a laid out document, and their flaws as problems."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from c6brief.brief.settings import RuleSeverity
from c6brief.documents.problems import Place, Problem, Problems
from c6brief.print.proofing.boxes import read_sheets
from c6brief.print.proofing.rule import Flaw, PageRule, known_page_rules


@dataclass(frozen=True)
class Found:
    """A flaw, and the rule that found it."""

    rule: PageRule
    flaw: Flaw


def proof(document: Any) -> tuple[Found, ...]:
    """What the page rules find in WeasyPrint's laid out ``document``, in the order of pages and on each from above."""
    sheets = read_sheets(document)
    found = [Found(rule, flaw) for rule in known_page_rules().values() for flaw in rule.check(sheets)]
    return tuple(sorted(found, key=lambda one: (one.flaw.page, one.flaw.frame.top, one.rule.name)))


def told(
    found: Iterable[Found], severities: Mapping[str, RuleSeverity], brief: Place, problems: Problems
) -> list[Found]:
    """Make problems of what was ``found``, at the ``brief``; returns those that the project wants to hear of.

    ``severities`` are the project's own, by the name of the rule.
    """
    wanted = []
    for one in found:
        severity = severities.get(one.rule.name, one.rule.severity)
        if severity != "off":
            wanted.append(one)
            message = f"page {one.flaw.page}: {one.flaw.message}"
            problems.add(Problem(one.rule.name, message, Place(brief.file), one.rule.hint, severity))
    return wanted
