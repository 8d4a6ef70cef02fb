"""Rules on people: who they are must be known from a source, as what they say is."""

from __future__ import annotations

import re
from collections.abc import Iterator

from c6brief.evidence.base import Evidence
from c6brief.evidence.models import Person, Quote
from c6brief.evidence.names import Name, is_named
from c6brief.rules.review.brief import ProseUnderReview
from c6brief.rules.review.rule import Finding, rule


@rule("role-unsourced", chapter="evidence")
def role_unsourced(prose: ProseUnderReview) -> Iterator[Finding]:
    """the role of somebody who is quoted stands in no source that names the person

    It is printed beside the name, and read as a fact. The finding is made where no text of the evidence base has both
    the name and the role, word for word in whatever case of letters, and the person's entry has no `source` of its own.
    """
    quotes = (prose.evidence.quotes.get(id) for id in sorted(prose.used))
    for speaker in dict.fromkeys(quote.speaker for quote in quotes if isinstance(quote, Quote)):
        person = prose.evidence.people.get(speaker)
        if person is not None and person.role and person.source is None and not _is_told(person, prose.evidence):
            message = f"no source says that {person.name} is '{person.role}'"
            hint = "write the role as a source has it, or name the one that gives it (source: ID, in the entry of the person)"
            yield Finding(message, person.place("role"), hint)


def _is_told(person: Person, evidence: Evidence) -> bool:
    """Whether a text names the person and has the words of the role."""
    words = r"\s+".join(map(re.escape, (person.role or "").casefold().split()))
    role = re.compile(rf"(?<!\w){words}(?!\w)")
    name = Name(person.name)
    return any(role.search(text.text.casefold()) and is_named(name, text.text) for text in evidence.texts.values())
