"""The editor in the machine: named rules on what a brief says and how it says it.

Each module of this package holds the rules of one subject: ``recommendations``, ``alt_text``, ``style_sheets``. A rule
is a function with a decorator (:mod:`c6brief.rules.review.rule`) that looks at a brief, its prose, a project or a
template, and yields findings; :func:`run_review` gives them the severities that the project wants. Every module here is
imported when rules are listed or run: a new one needs no mention elsewhere. What rules look at, and what helps them, is
the package ``review``; the words that they know are in ``words``, one file a language. Nothing here knows of pages or
print.
"""

from c6brief.rules.review.brief import (
    BriefUnderReview,
    Paragraph,
    ProjectUnderReview,
    ProseUnderReview,
    SectionProse,
)
from c6brief.rules.review.reading import read_for_review
from c6brief.rules.review.registry import Rule, extension_problems
from c6brief.rules.review.rule import Finding, ReviewRule, review_rules, rule
from c6brief.rules.review.run import check_settings, run_review, severity_of
from c6brief.rules.review.template import TemplateUnderReview, read_template

__all__ = [
    "BriefUnderReview",
    "Finding",
    "Paragraph",
    "ProjectUnderReview",
    "ProseUnderReview",
    "ReviewRule",
    "Rule",
    "SectionProse",
    "TemplateUnderReview",
    "check_settings",
    "extension_problems",
    "read_for_review",
    "read_template",
    "review_rules",
    "rule",
    "run_review",
    "severity_of",
]
