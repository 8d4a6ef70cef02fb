"""The library of a project, to match what drafts cite with: by citation key, the item's key, DOI, then title and year."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from typing import Any

from c6brief.brief.markdown_syntax import parse_cluster
from c6brief.documents.entries import IDENTIFIER
from c6brief.drafts.citations import Citation, CitedItem
from c6brief.evidence.base import Evidence
from c6brief.evidence.models import Source, sources_of

_DOI = re.compile(r"10\.\d{4,9}/\S{1,300}")
_ITEM_KEY = re.compile(r"items/([0-9A-Z]{8})\Z")
_YEAR = re.compile(r"\d{4}")
_MARKUP = re.compile(r"</?[a-z]{1,6}[^<>]{0,60}>")


class Library:
    """The sources of ``evidence``, by all that a cited item may be known by, and proposals for items that are not there."""

    def __init__(self, evidence: Evidence) -> None:
        self.evidence = evidence
        self.proposed: dict[str, CitedItem] = {}
        """By their new ids, the items that the library does not hold."""
        self._keys: dict[str, set[str]] = {}
        self._dois: dict[str, set[str]] = {}
        self._titles: dict[tuple[str, str], set[str]] = {}
        for source in evidence.sources.values():
            self._add(source)

    def _add(self, source: Source) -> None:
        extra = source.model_extra or {}
        for key in (source.id, extra.get("citation-key"), extra.get("citation_key"), _item_key(source.id)):
            if key:
                self._keys.setdefault(str(key), set()).add(source.id)
        if doi := _doi(source.DOI or ""):
            self._dois.setdefault(doi, set()).add(source.id)
        found = _YEAR.search(source.issued or "")
        self._titles.setdefault((_plain(source.title), found[0] if found else ""), set()).add(source.id)

    def match(self, item: CitedItem) -> str | None:
        """The id of the source that ``item`` is; ``None`` where there is none, or where it could be several."""
        csl = item.csl
        keys = [csl.get("citation-key"), *map(_item_key, item.uris), *item.uris]
        id = csl.get("id")
        if isinstance(id, str) and not id.isdigit():
            keys += [id, _item_key(id)]
        for key in keys:
            if isinstance(key, str) and len(found := self._keys.get(key, set())) == 1:
                return next(iter(found))
        for found in (
            self._dois.get(_doi(str(csl.get("DOI", ""))), set()),
            self._titles.get((_plain(str(csl.get("title", ""))), _year(csl)), set()) if csl.get("title") else set(),
        ):
            if len(found) == 1:
                return next(iter(found))
        return None

    def id_of(self, item: CitedItem) -> str | None:
        """The id to cite ``item`` by: that of the source that it is, or a new one, with which it is proposed.

        ``None`` where the draft holds no data of it, not even a title.
        """
        known = self.match(item)
        if known is not None or not item.csl.get("title"):
            return known
        for id, proposed in self.proposed.items():
            if _same(proposed, item):
                return id
        id = self._new_id(item)
        self.proposed[id] = item
        return id

    def ids_of(self, citation: Citation) -> tuple[str, ...]:
        """The ids of the sources of the library that a citation names; proposals are not among them."""
        if citation.markdown:
            cites = parse_cluster(citation.markdown.strip("[]")) or ()
            entries = [self.evidence.entry(cite.id) for cite in cites]
            return tuple(dict.fromkeys(id for entry in entries if entry is not None for id in sources_of(entry)))
        return tuple(id for item in citation.items if (id := self.match(item)) is not None)

    def _new_id(self, item: CitedItem) -> str:
        """A free id: the item's citation key, else its first author or first words with its year."""
        csl = item.csl
        key = csl.get("citation-key")
        base = key if isinstance(key, str) and re.match(IDENTIFIER, key) and len(key) < 80 else _slug_of(csl)
        id, number = base, 1
        while id in self.proposed or self.evidence.entry(id) is not None or id in self.evidence.broken:
            number += 1
            id = f"{base}-{number}"
        return id


def _slug_of(csl: Mapping[str, Any]) -> str:
    authors = csl.get("author") or csl.get("editor")
    author = authors[0] if isinstance(authors, list) and authors and isinstance(authors[0], dict) else {}
    name = str(author.get("family") or author.get("literal") or " ".join(str(csl.get("title", "")).split()[:3]))
    return slug(f"{name} {_year(csl)}") or "source"


def slug(words: str) -> str:
    """``words`` as an id: small letters, digits and hyphens; empty where nothing is left."""
    plain = unicodedata.normalize("NFKD", words).encode("ascii", "ignore").decode().casefold()
    return re.sub(r"[^a-z0-9]{1,1000}", "-", plain).strip("-")[:60].strip("-")


def _same(one: CitedItem, other: CitedItem) -> bool:
    """Whether two items are one: the same address, or the same title and year."""
    if set(one.uris).intersection(other.uris):
        return True
    return _plain(str(one.csl.get("title"))) == _plain(str(other.csl.get("title"))) and _year(one.csl) == _year(
        other.csl
    )


def _item_key(address: str) -> str | None:
    found = _ITEM_KEY.search(address)
    return found[1] if found else None


def _doi(text: str) -> str:
    found = _DOI.search(text.replace("%2F", "/"))
    return found[0].casefold() if found else ""


def _plain(title: str) -> str:
    """A title without marks, case, accents and CSL's markup."""
    letters = unicodedata.normalize("NFKD", _MARKUP.sub("", title)).casefold()
    return "".join(char for char in letters if char.isalnum())


def _year(csl: Mapping[str, Any]) -> str:
    issued = csl.get("issued")
    found = _YEAR.search(str(issued)) if issued else None
    return found[0] if found else ""
