"""Rules on links: where they lead, and what they are called."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import unquote

from c6brief.brief.markdown_syntax import FOLLOWED
from c6brief.brief.model import Brief, ClaimBox, FigureBlock, Prose, PullQuote, TableBlock
from c6brief.documents.problems import did_you_mean
from c6brief.evidence.models import ADDRESS
from c6brief.rules.review.brief import ProjectUnderReview, ProseUnderReview
from c6brief.rules.review.rule import Finding, rule

_DOUBLED = re.compile(r"https?://(?:dx\.)?doi\.org/+(?:https?:|(?:dx\.)?doi\.org|doi:)", re.I)
"""The address of a DOI that was put before another one."""

_OF_TEMPLATES = frozenset(("sources", "recommendations", "colophon", "contents", "summary", "index"))
"""Places that templates give a name to."""

_ADDRESS = re.compile(r"(?:https?://|www\.)\S+", re.I)


@rule("bad-link", chapter="reference", severity="error")
def bad_link(project: ProjectUnderReview) -> Iterator[Finding]:
    """the DOI or URL of a source would not lead anywhere

    A DOI is printed as https://doi.org/10.1000/182, however often that address stands before it; a URL begins with https://.
    """
    for source in project.evidence.sources.values():
        if source.DOI and not re.fullmatch(r"10\.\d{4,9}/\S+", source.DOI):
            yield Finding("this DOI would print as a dead link", source.place("DOI"), "a DOI begins with '10.'")
        if source.URL and not ADDRESS.match(source.URL):
            yield Finding("this address is not printed: it is none", source.place("URL"), "begin with https://")
        elif source.URL and _DOUBLED.match(source.URL):
            hint = f"write it once: {_written_once(source.URL)}"
            yield Finding("the address of the DOI stands twice in this URL", source.place("URL"), hint)


def _written_once(address: str) -> str:
    """An address without the address of the DOI service that was put before it."""
    rest = re.sub(r"(?i)\A(?:https?:/+(?:dx\.)?doi\.org/+|(?:dx\.)?doi\.org/+|doi:)+", "", address)
    return rest if "://" in rest else f"https://doi.org/{rest}"


@rule("link-leads-nowhere", chapter="reference")
def link_leads_nowhere(prose: ProseUnderReview) -> Iterator[Finding]:
    """a link in prose has no address that a reader of the file could follow

    The PDF goes out alone: what lies beside it on your machine, the reader has not. An address begins with https:// or mailto:.
    A place in the brief is `#` and the id of a section or heading; `@sec:ID` and `@fig:ID` are better: they print its name.
    What leads nowhere is printed as text.
    """
    for paragraph in prose.texts:
        for link in paragraph.links:
            if link.address.startswith("#"):
                known = _list_anchors(prose.brief) if prose.brief else {link.address[1:]}
                if unquote(link.address[1:]) not in known:
                    place = paragraph.place(link.start, link.start + max(len(link.words), 1))
                    hint = did_you_mean(link.address[1:], known) or "write @sec:ID, @fig:ID or @tbl:ID"
                    yield Finding(f"nothing in the brief is named '{link.address[1:]}'", place, hint)
            elif _DOUBLED.match(link.address):
                place = paragraph.place(link.start, link.start + max(len(link.words), 1))
                hint = f"write it once: {_written_once(link.address)}"
                yield Finding("the address of the DOI stands twice in this link", place, hint)
            elif not FOLLOWED.match(link.address):
                place = paragraph.place(link.start, link.start + max(len(link.words), 1))
                yield Finding(
                    f"'{link.address}' leads nowhere in the printed file", place, "write the whole address: https://…"
                )


def _list_anchors(brief: Brief) -> set[str]:
    """What a link in a brief can lead to."""
    found = {*_OF_TEMPLATES, *(section.id for section in brief.parts())}
    for block in (block for section in brief.parts() for block in section.blocks):
        if isinstance(block, (FigureBlock, TableBlock, PullQuote, ClaimBox)):
            kind = "chart" if isinstance(block, TableBlock) and block.chart else block.kind
            found.add(f"{kind}-{block.id}")
        elif isinstance(block, Prose):
            found.update(re.findall(r'<h\d id="([^"]+)"', block.html))
    return found | {f"source-{source.id}" for source in brief.sources}


@rule("link-says-nothing", chapter="access")
def link_says_nothing(prose: ProseUnderReview) -> Iterator[Finding]:
    """a link is named “here”, “click here” or by its bare address

    Screen readers list the links of a document without the words around them: five of “here” are no list, and an
    address is read letter by letter. A file is printed too: there, too, words say more.
    """
    empty = prose.vocabulary.empty_links if prose.vocabulary else frozenset()
    for paragraph in prose.texts:
        for link in paragraph.links:
            words = " ".join(link.words.split())
            place = paragraph.place(link.start, link.start + len(link.words))
            hint = "link the words that name it: the [report of 2024](https://…)"
            if words.strip(" .:!→»>").lower() in empty:
                yield Finding(f"the link '{words}' does not say where it leads", place, hint)
            elif _ADDRESS.fullmatch(words):
                yield Finding("this link is named by its address, which is read letter by letter", place, hint)
