"""What belongs together on a page: a quotation with its speaker, a claim with its accounts, a source with its grade.

A template sets the parts of one thing side by side. So a reader takes whatever stands there to be said of that thing.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from c6brief.brief.model import (
    Author,
    Brief,
    BriefSection,
    Callout,
    ClaimBox,
    Definition,
    FigureBlock,
    ListedSource,
    OptionConsidered,
    PrintedAccount,
    Prose,
    PullQuote,
    Sidebar,
    TableBlock,
)
from c6brief.evidence.atoms import count_words
from c6brief.evidence.quotation_marks import FEWEST_WORDS
from c6brief.print.comparison.brief_texts import fold, list_wordings


@dataclass(frozen=True, eq=False)
class Group:
    """A thing of a brief, of which several texts are printed side by side."""

    what: str
    """What it is called in a message: ``the quotation 'lifts'``."""
    anchors: frozenset[str]
    """Its main text, in one stretch or several: where one of them stands, the thing is printed."""
    labels: Mapping[str, str]
    """What is said of it, by kind: ``{'speaker': 'Ada Line'}``. Things of one kind have labels of the same kinds."""
    stands_alone: bool = False
    """Whether no other words may stand beside it, or only none in place of a label that is left out."""
    parts: tuple[Group, ...] = ()
    """The accounts of a claim."""
    is_said: bool = False
    """Whether it is somebody's words."""
    kind: str = ""
    """What it is one of: ``source``."""
    only_links: bool = False
    """Whether no more may be added than a single word that joins its fields."""


def gather_groups(brief: Brief) -> Iterator[Group]:
    """All groups of ``brief``."""
    for number, message in enumerate(brief.key_messages, 1):
        yield Group(f"key message {number}", _split(str(message)), {}, stands_alone=True, kind="key message")
    for section in brief.parts():
        yield from gather_section(section)
    for big in brief.numbers:
        value = _fold({"value": big.value})
        yield Group(f"big number {big.number}", _split(str(big.label)), value, kind="number", only_links=True)
    for option in brief.options_considered:
        yield _gather_option(option)
    for action in brief.recommendations:
        labels = {"addressee": action.addressee, "deadline": action.by, "owner": action.owner}
        text = str(action.action + action.evidence)
        what, kind = f"recommendation {action.number}", "recommendation"
        yield Group(what, _split(text), _fold(labels), kind=kind, only_links=True)
    for source in brief.sources:
        yield _gather_source(source)
    for author in brief.authors:
        yield _gather_author(author)
    yield from _gather_colophon(brief)
    for mark in brief.marks:
        labels = {"word": mark.word, "meaning": mark.meaning}
        yield Group(f"the mark '{mark.sign}'", frozenset(map(fold, labels.values())), _fold(labels), kind="mark")


def gather_section(section: BriefSection) -> Iterator[Group]:
    """The groups of one section."""
    for block in section.blocks:
        if isinstance(block, (Prose, Callout, Sidebar, Definition)):
            # fewer words stand in any heading or cell
            paragraphs = [words for words in _split(str(block.html)) if count_words(words) >= FEWEST_WORDS]
            title = {"title": block.title} if isinstance(block, (Callout, Sidebar)) else {}
            title |= {"term": block.term} if isinstance(block, Definition) else {}
            yield Group(f"the section '{section.title}'", frozenset(paragraphs), _fold(title), True, kind="section")
        elif isinstance(block, PullQuote):
            labels = {"speaker": block.speaker, "role": block.role, "source of it": block.source}
            yield _make(f"the quotation '{block.id}'", block.text, labels, stands_alone=True, is_said=True)
        elif isinstance(block, ClaimBox):
            yield from _gather_claim(block)
        elif isinstance(block, FigureBlock):
            yield _gather_captioned(f"figure {block.number}", block, {})
        elif isinstance(block, TableBlock):
            yield _gather_captioned(f"table {block.number}", block, {"stamp": block.stamp})


def _gather_captioned(what: str, block: FigureBlock | TableBlock, more: Mapping[str, str]) -> Group:
    labels = {
        "title": block.title, "subtitle": block.subtitle, "source": block.source_line, "note": block.note, **more,
    }  # fmt: skip
    anchors = frozenset(fold(text) for text in (block.title, block.subtitle) if text)
    return Group(what, anchors, _fold(labels), kind=block.kind)


def _gather_option(option: OptionConsidered) -> Group:
    cells = {"benefit": option.benefit, "risk": option.risk, "cost": option.cost}
    labels = {kind: words for kind, cell in cells.items() for words in _split(str(cell))}
    return Group(f"option {option.number}", _split(str(option.option)), labels, kind="option", only_links=True)


def _gather_colophon(brief: Brief) -> Iterator[Group]:
    """What the tool's own words announce."""
    check = brief.check
    for name, value in (
        ("how_checked", check.sentence),
        ("fingerprint", check.fingerprint),
        ("citation", brief.citation),
    ):
        if value and (label := brief.words.get(name)):
            yield Group(f"the line “{fold(label)}”", frozenset([fold(label)]), _fold({"text": value}))


def _gather_claim(claim: ClaimBox) -> Iterator[Group]:
    what = f"the claim '{claim.id}'"
    accounts = tuple(_gather_account(what, account) for account in claim.accounts)
    yield _make(what, claim.statement, {"scope": claim.scope}, stands_alone=True, parts=accounts)
    yield from accounts


def _gather_account(claim: str, account: PrintedAccount) -> Group:
    labels = {"source": account.source, "stance": account.stance}
    return _make(f"an account of {claim}", account.words, labels, stands_alone=True, is_said=True)


def _gather_source(source: ListedSource) -> Group:
    labels = {
        "label": source.label, "grade": source.grade, "meaning of the grade": source.grade_words, "voice": source.voice, "note": source.note,
    }  # fmt: skip
    what = f"the source '{source.id}'"
    return Group(what, _split(str(source.reference)), _fold(labels), kind="source", only_links=True)


def _gather_author(author: Author) -> Group:
    anchors = frozenset(fold(text) for text in (author.email, author.role, author.name) if text)
    return Group(
        f"the author {author.name}",
        anchors,
        _fold({"name": author.name, "role": author.role}),
        kind="author",
        only_links=True,
    )


def _make(
    what: str,
    text: str,
    labels: Mapping[str, str],
    stands_alone: bool = False,
    parts: tuple[Group, ...] = (),
    is_said: bool = False,
) -> Group:
    anchors = frozenset([fold(text)] if text else [])
    return Group(what, anchors, _fold(labels), stands_alone, parts, is_said, what.split(" '")[0])


def _fold(labels: Mapping[str, str]) -> dict[str, str]:
    return {kind: fold(text) for kind, text in labels.items() if text}


def _split(text: str) -> frozenset[str]:
    """The paragraphs of HTML without its notes, and with them in the text."""
    return frozenset(wording.words for wording, name in list_wordings(text) if not name)
