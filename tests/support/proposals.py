"""Proposals held against what a person has found in a text: how much of it they have, and how many are right.

A hit has half the words of what was found, and the right speaker or date; at least half of its own words are words of what
was found.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Item:
    """Words of a kind (``quotes``, ``events``, ``tables``, ``claims``), with their speaker or date."""

    kind: str
    words: tuple[str, ...]
    mark: str = ""


def words_of(text: str) -> tuple[str, ...]:
    return tuple(re.findall(r"\w+", text.casefold()))


def bare_date(date: object) -> str:
    return str(date or "").rstrip("~?%")


def proposed(proposals: Mapping[str, Any]) -> list[Item]:
    """The items of a file of proposals, whether they say ``accept: true`` or not."""
    people = {each["id"]: each["name"] for each in proposals.get("people", ())}
    items = [
        Item("quotes", words_of(each["text"]), people.get(each["speaker"], each["speaker"]))
        for each in proposals.get("quotes", ())
    ]
    for kind in ("events", "claims"):
        for entry in proposals.get(kind, ()):
            items += [Item(kind, words_of(each["exact"]), bare_date(each.get("date"))) for each in entry["accounts"]]
    for table in proposals.get("tables", ()):
        cells = [cell for row in table["rows"] for cell in row]
        heads = [each["title"] for each in table["fields"]] if len(table["fields"]) > 1 else []
        items.append(Item("tables", words_of(" ".join(map(str, [*heads, *cells])))))
    return items


def is_hit(found: Item, item: Item) -> bool:
    """Whether the proposal ``item`` is the thing ``found``."""
    if found.kind != item.kind or found.mark != item.mark:
        return False
    common = sum((Counter(found.words) & Counter(item.words)).values())
    return 2 * common >= len(found.words)


def is_right(item: Item, found: Iterable[Item]) -> bool:
    """Whether a proposal is one of the things ``found``, and mostly made of their words."""
    same = [each for each in found if each.kind == item.kind and each.mark == item.mark]
    covered = Counter(item.words) & sum((Counter(each.words) for each in same), Counter())
    return any(is_hit(each, item) for each in same) and 2 * sum(covered.values()) >= len(item.words)
