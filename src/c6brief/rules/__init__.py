"""The editor in the machine: named rules on what a brief says and how it says it.

``subject`` takes a brief apart once, ``design`` a template; each rule is a file in ``evidence``, ``craft``, ``access`` or
``reference`` that looks at them and yields findings; ``running`` gives them the severities that the project wants. ``language`` holds the words that
rules know, one file a language. Nothing here knows of figures, pages or print.
"""

from c6brief.rules.design import Design, read_design
from c6brief.rules.rule import Finding, Rule, known_rules, register
from c6brief.rules.running import check_brief, check_design, check_house, check_settings, severity_of, strictly
from c6brief.rules.subject import ProjectUnderReview, Subject, read_subject

__all__ = [
    "Design",
    "Finding",
    "ProjectUnderReview",
    "Rule",
    "Subject",
    "check_brief",
    "check_design",
    "check_house",
    "check_settings",
    "known_rules",
    "read_design",
    "read_subject",
    "register",
    "severity_of",
    "strictly",
]
