"""Two hundred tampered quotations are caught, a hundred honest variants pass: generated from this repository's seeds."""

from __future__ import annotations

import json
import random
import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from c6brief.documents.problems import Problems
from c6brief.documents.project import Project
from c6brief.evidence.models import Quote
from c6brief.evidence.seeds import load_evidence
from c6brief.evidence.verify import locate_all
from tests.support.paths import REPOSITORY

Draft = tuple[str, str, str]
"""Words, speaker, source: what a quotation says of itself."""


@pytest.fixture(scope="module")
def quotes() -> list[Quote]:
    problems = Problems()
    evidence = load_evidence(Project(REPOSITORY), problems)
    assert not problems.errors
    return list(evidence.quotes.values())


def found_wrong(quotations: list[Draft], folder: Path) -> set[int]:
    """The numbers of the ``quotations`` that are refused when they are written into the evidence base."""
    shutil.copytree(REPOSITORY / "seeds", folder / "seeds", dirs_exist_ok=True)
    lines = []
    for number, (words, speaker, source) in enumerate(quotations):
        lines.append(f"- {{id: q{number}, text: {json.dumps(words)}, speaker: {speaker}, source: {source}}}")
    (folder / "seeds" / "quotes.yaml").write_text("\n".join(lines), encoding="utf-8")
    people = folder / "seeds" / "people.yaml"
    people.write_text(people.read_text() + "\n- {id: somebody-else, name: Jane Doe}\n")
    shutil.rmtree(folder / "seeds" / "sections")
    problems = Problems()
    evidence = load_evidence(Project(folder), problems)
    locate_all(evidence, problems)
    ours = [problem for problem in problems if problem.place.file.endswith("quotes.yaml")]
    assert len(ours) == len(list(problems)), "\n".join(map(str, problems))
    return {problem.place.span.line - 1 for problem in ours}


def tampered(quotes: list[Quote]) -> Iterator[Draft]:
    """Every quotation, changed in each of eight ways."""
    chance = random.Random(6)
    for index, quote in enumerate(quotes):
        words = quote.text.split()
        middle = chance.randrange(1, len(words) - 1)
        other = quotes[(index + 7) % len(quotes)]

        def said(changed: list[str] | str, quote: Quote = quote) -> Draft:
            return changed if isinstance(changed, str) else " ".join(changed), quote.speaker, quote.source

        yield said([*words[:middle], *words[middle + 1 :]])  # a word dropped
        yield said([*words[:middle], "very", *words[middle:]])  # a word added
        yield said([*words[:middle], words[middle][::-1] + "s", *words[middle + 1 :]])  # a word changed
        yield said([*words[:middle], "not", *words[middle:]])  # a negation
        yield said([*words[:middle], "25", *words[middle:]])  # a number
        yield said(f"{quote.text} {other.text}")  # two quotations joined
        yield said(f"{quote.text} … {quote.text}")  # a piece said twice
        yield quote.text, "somebody-else", quote.source  # another speaker
        yield quote.text, quote.speaker, "asianews-2026"  # another source
        yield said(quote.text.swapcase())  # other letters
        yield said([*words[:middle], "[" + words[middle] + "]", *words[middle + 1 :]])  # a word of the source bracketed


def variants(quotes: list[Quote]) -> Iterator[Draft]:
    """Every quotation in other clothes, its words the same."""
    ways: list[Callable[[str], str]] = [
        lambda text: f"“{text}”",
        lambda text: f"«{text}»",
        lambda text: f"'{text.rstrip('.,')}',",
        lambda text: text.replace("-", "\u2011").replace("—", "–"),
        lambda text: text.replace(" ", "  ", 3).replace(" ", "\u00a0", 2),
        lambda text: text.replace("fi", "ﬁ").replace("fl", "ﬂ").replace("ff", "ﬀ"),
        lambda text: re.sub(r"(\w{4})(\w{4})", "\\1\u00ad\\2", text, count=2),
        lambda text: without_middle(text, "…"),
        lambda text: without_middle(text, "[...]"),
        lambda text: added(text),
        lambda text: small_start(text),
    ]
    for quote in quotes:
        for way in ways:
            yield way(quote.text), quote.speaker, quote.source


def without_middle(text: str, mark: str) -> str:
    words = text.split()
    third = len(words) // 3
    return " ".join([*words[: max(third, 3)], mark, *words[-max(third, 3) :]])


def added(text: str) -> str:
    words = text.split()
    return " ".join([*words[:2], "[of Central Asia, he said]", *words[2:]])


def small_start(text: str) -> str:
    """From the first word with a small letter on, its letter made a capital in brackets."""
    words = text.split()
    at = next(index for index, word in enumerate(words) if word[0].islower() and len(word) > 1)
    return " ".join([f"[{words[at][0].upper()}]{words[at][1:]}", *words[at + 1 :]])


def test_tampered_quotations_are_all_caught(quotes: list[Quote], tmp_path: Path) -> None:
    made = list(tampered(quotes))
    assert len(made) >= 200
    missed = set(range(len(made))) - found_wrong(made, tmp_path)
    assert not missed, [made[number] for number in missed]


def test_honest_variants_all_pass(quotes: list[Quote], tmp_path: Path) -> None:
    made = list(variants(quotes))
    assert len(made) >= 100
    refused = found_wrong(made, tmp_path)
    assert not refused, [made[number] for number in refused]
