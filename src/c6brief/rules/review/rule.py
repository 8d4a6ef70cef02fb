"""A rule of this room: a function with a decorator, in the file of its subject.

::

    MOST = 5

    @rule("too-many-recommendations", chapter="craft")
    def too_many_recommendations(brief: BriefUnderReview) -> Iterator[Finding]:
        \"\"\"the brief has more than {MOST} recommendations

        The finding stands at the first one too many.
        \"\"\"
        ...
        yield Finding(message, place, hint)

The type of its parameter says what a rule looks at: the whole :class:`brief
<c6brief.rules.review.brief.BriefUnderReview>`; the :class:`prose <c6brief.rules.review.brief.ProseUnderReview>` of a
brief, or of a section of the evidence base that no brief uses; what all briefs of a :class:`project
<c6brief.rules.review.brief.ProjectUnderReview>` share; a :class:`template
<c6brief.rules.review.template.TemplateUnderReview>`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Literal, TypeVar, get_type_hints

from c6brief.documents.problems import Place, RuleSeverity
from c6brief.rules.review.brief import BriefUnderReview, ProjectUnderReview, ProseUnderReview
from c6brief.rules.review.registry import Rule, define, docstring_texts, import_rules, rules_of
from c6brief.rules.review.template import TemplateUnderReview

Chapter = Literal["evidence", "craft", "access", "reference"]

CHAPTERS: Mapping[Chapter, str] = {
    "evidence": "Rules on what the evidence bears: does the prose say more than its sources do?",
    "craft": "Rules of the craft: what an editor sends back although every word is true.",
    "access": "Rules of access: what keeps readers out who listen, enlarge or see few colours. Printed files claim PDF/UA.",
    "reference": "Rules on references: what leads nowhere, and what was left out.",
}
"""The chapters of ``docs/rules.md``, in order, and what they begin with."""

MATERIALS = (ProseUnderReview, BriefUnderReview, ProjectUnderReview, TemplateUnderReview)
Material = TypeVar("Material", ProseUnderReview, BriefUnderReview, ProjectUnderReview, TemplateUnderReview)


@dataclass(frozen=True)
class Finding:
    """What a rule found, and where. ``hint`` says what would mend it."""

    message: str
    place: Place
    hint: str = ""


@dataclass(frozen=True)
class ReviewRule(Rule):
    """A rule on what was written. ``check`` finds nothing in what the rule does not look at."""

    chapter: Chapter
    check: Callable[[object], Iterable[Finding]]


Check = Callable[[Material], Iterable[Finding]]


def rule(
    name: str, *, chapter: Chapter, severity: RuleSeverity = "warning"
) -> Callable[[Check[Material]], Check[Material]]:
    """Make a rule of a function: of its docstring (:func:`docstring_texts
    <c6brief.rules.review.registry.docstring_texts>`), and of the type of its one parameter, which says what it looks at.

    Raises ``ValueError`` for a name, chapter or docstring that will not do, ``TypeError`` for another parameter.
    """

    def decorate(check: Check[Material]) -> Check[Material]:
        if chapter not in CHAPTERS:
            raise ValueError(f"'{chapter}' is no chapter of rules: {', '.join(CHAPTERS)}")
        looks_at = _parameter_type(check)

        def look(material: object) -> Iterable[Finding]:
            return check(material) if isinstance(material, looks_at) else ()

        define(ReviewRule(name, severity, *docstring_texts(check), check.__module__, chapter, look))
        return check

    return decorate


def _parameter_type(check: Check[Material]) -> type[Material]:
    """The type of the parameter of ``check``, by its annotation."""
    try:
        [looks_at] = (type_ for name, type_ in get_type_hints(check).items() if name != "return")
    except (NameError, ValueError) as reason:
        raise TypeError(f"{check.__qualname__} wants one annotated parameter: {reason}") from reason
    if not isinstance(looks_at, type) or not any(looks_at is material for material in MATERIALS):
        known = ", ".join(material.__name__ for material in MATERIALS)
        raise TypeError(f"{check.__qualname__} looks at {looks_at}: a rule looks at one of {known}")
    return looks_at


@cache
def review_rules() -> Mapping[str, ReviewRule]:
    """Every rule of this room by name, chapter by chapter: those of c6brief and of other installed packages."""
    import_rules("c6brief.rules")
    chapters = list(CHAPTERS)
    ordered = sorted(rules_of(ReviewRule), key=lambda rule: (chapters.index(rule.chapter), rule.name))
    return {rule.name: rule for rule in ordered}
