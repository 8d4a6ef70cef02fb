"""Rules on links: where they lead, and what they are called."""

from __future__ import annotations

import re
from collections.abc import Iterator

from c6brief.evidence.models import ADDRESS
from c6brief.rules.review.brief import ProjectUnderReview, ProseUnderReview
from c6brief.rules.review.rule import Finding, rule

_FOLLOWED = re.compile(r"https?://[^\s/]|(?:mailto|tel|doi):\S|#\S", re.I)
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


@rule("link-leads-nowhere", chapter="reference")
def link_leads_nowhere(prose: ProseUnderReview) -> Iterator[Finding]:
    """a link in prose has no address that a reader of the file could follow

    The PDF goes out alone: what lies beside it on your machine, the reader has not. An address begins with https:// or mailto:,
    a place in the brief with #.
    """
    for paragraph in prose.texts:
        for link in paragraph.links:
            if not _FOLLOWED.match(link.address):
                place = paragraph.place(link.start, link.start + max(len(link.words), 1))
                yield Finding(
                    f"'{link.address}' leads nowhere in the printed file", place, "write the whole address: https://…"
                )


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
