"""A page rule: a function with a decorator, in the file of its subject in ``c6brief.print.preflight.rules``.

::

    SMALLEST = 6.0

    @page_rule("small-type", hint="set it larger in the template")
    def small_type(document: DocumentContent) -> Iterator[Flaw]:
        \"\"\"type is smaller than 6 pt

        Six points are the smallest that ordinary eyes read on paper. ...
        \"\"\"
        ...
        yield Flaw(message, page.number, line.frame)
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from xml.etree.ElementTree import Element

from c6brief.documents.problems import RuleSeverity
from c6brief.print.preflight.content import DocumentContent, Frame
from c6brief.rules.review.registry import Rule, define, docstring_texts, import_rules, rules_of
from c6brief.rules.review.rule import review_rules


@dataclass(frozen=True)
class Remedy:
    """CSS declarations to try on an element of the page."""

    element: Element
    css: str


@dataclass(frozen=True)
class Flaw:
    """What a page rule found: in words, on which page (from 1), and where on it.

    ``remedies`` are tried one after the other, each for one layout, until the rule finds nothing there any more.
    """

    message: str
    page: int
    frame: Frame
    remedies: tuple[Remedy, ...] = ()


PageCheck = Callable[[DocumentContent], Iterable[Flaw]]


@dataclass(frozen=True)
class PageRule(Rule):
    """A rule on laid out pages. ``hint`` is the advice under a problem; ``mended_as`` is what is counted when remedies
    have helped, for one and for many: ``a runt``, ``runts``.
    """

    check: PageCheck
    hint: str
    mended_as: tuple[str, str]


def page_rule(
    name: str, *, hint: str, mended_as: tuple[str, str] | None = None, severity: RuleSeverity = "warning"
) -> Callable[[PageCheck], PageCheck]:
    """Make a page rule of a function and of its docstring (:func:`docstring_texts
    <c6brief.rules.review.registry.docstring_texts>`). ``mended_as`` is wanted where flaws have remedies.

    Raises ``ValueError`` for a name or docstring that will not do.
    """

    def decorate(check: PageCheck) -> PageCheck:
        texts, nouns = docstring_texts(check), mended_as or (f"a flaw ({name})", f"flaws ({name})")
        define(PageRule(name, severity, *texts, check.__module__, check, hint, nouns))
        return check

    return decorate


@cache
def page_rules() -> Mapping[str, PageRule]:
    """Every page rule by name, in the order of the alphabet: those of c6brief and of other installed packages."""
    import_rules("c6brief.print.preflight.rules")
    return {rule.name: rule for rule in sorted(rules_of(PageRule), key=lambda rule: rule.name)}


def all_rules() -> Mapping[str, Rule]:
    """Every rule by name: those on what a brief says, chapter by chapter, then those on its pages."""
    pages = page_rules()  # first, so that no rule of another package takes the name of one of ours
    return {**review_rules(), **pages}
