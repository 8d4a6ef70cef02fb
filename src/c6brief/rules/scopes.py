"""Rules on scopes: of whom a source says something, and of whom the prose does."""

from __future__ import annotations

import re
from collections.abc import Iterator

from c6brief.evidence.models import Scope
from c6brief.rules.review.brief import Paragraph, ProseUnderReview
from c6brief.rules.review.rule import Finding, rule
from c6brief.rules.review.sentences import sentences
from c6brief.rules.review.vocabulary import Vocabulary, any_of

FEWEST_MEMBERS = 3
"""A group of one or two is named, not counted: "the two" is rarely a group of countries."""


@rule("scope-widened", chapter="evidence")
def scope_widened(prose: ProseUnderReview) -> Iterator[Finding]:
    """prose speaks of a larger group of countries than the claims and events that it cites

    A statement that its source makes of five countries must not become one about six. The members of the scopes in
    `seeds/scopes.yaml` decide: the finding is made where everything cited in a paragraph has a scope, all of these
    together are a part of a larger scope, and a sentence speaks of the larger one. It is recognised by its name, by its
    id in capitals (`C6`) and by the number of its members (“the six”, “six countries”). A sentence that speaks of the
    smaller group too, or that says “not”, “only”, “whether” and the like, draws the line itself and is left alone.
    """
    scopes = [scope for scope in prose.evidence.scopes.values() if len(set(scope.members)) >= FEWEST_MEMBERS]
    for paragraph in prose.statements:
        bounds = [set(prose.evidence.scopes[entry.scope].members) for entry in paragraph.statements]
        if paragraph.cites_unknown or not bounds or not all(bounds):
            continue
        members = set.union(*bounds)
        wider = [scope for scope in scopes if members < set(scope.members)]
        narrow = [scope for scope in scopes if set(scope.members) <= members]
        yield from _mentions_of_wider(paragraph, wider, narrow, prose.vocabulary)


def _mentions_of_wider(
    paragraph: Paragraph, wider: list[Scope], narrow: list[Scope], vocabulary: Vocabulary | None
) -> Iterator[Finding]:
    """The first mention of each wider group, in a sentence that draws no line between the groups itself."""
    for scope in wider:
        for start, end in sentences(paragraph.text, vocabulary):
            sentence = paragraph.text[start:end]
            found = _mention(scope, vocabulary).search(sentence)
            if not found or (vocabulary and any_of(vocabulary.contrast).search(sentence)):
                continue
            rest = sentence[: found.start()] + " " + sentence[found.end() :]
            if any(_name(other, vocabulary).search(rest) for other in narrow):
                continue
            ids = ", ".join(f"'{entry.id}'" for entry in paragraph.statements)
            names = " and ".join(dict.fromkeys(other.name for other in narrow)) or "a smaller group"
            are = "is" if ids.count(",") == 0 else "are"
            message = f"'{found[0]}' is said here, but {ids} {are} told of {names} alone"
            hint = "say it of those whom the source names, or cite what is told of all"
            yield Finding(message, paragraph.place(start + found.start(), start + found.end()), hint)
            break


def _name(scope: Scope, vocabulary: Vocabulary | None) -> re.Pattern[str]:
    """A looser look for the smaller group: its name, or the bare number of its members ("five of the six")."""
    return any_of([scope.name, *(vocabulary.number_words(len(set(scope.members))) if vocabulary else ())])


def _mention(scope: Scope, vocabulary: Vocabulary | None) -> re.Pattern[str]:
    """How prose speaks of a group: by its name, by its id in capitals (C6), by the number of its members."""
    ways = [rf"(?i:{re.escape(scope.name)})"] if scope.name else []
    ways.append(re.escape(scope.id.upper()))
    if vocabulary is not None:
        count = "|".join(vocabulary.number_words(len(set(scope.members))))
        nouns = "|".join(map(re.escape, vocabulary.group_nouns))
        after = "|".join(map(re.escape, vocabulary.after_a_group))
        ways.append(rf"(?i:(?:{count})\s+(?:\w+\s+){{0,2}}(?:{nouns}))")
        ways.append(rf"(?i:(?:the|all)\s+(?:{count})(?=\s*(?:[.,;:!?)]|\Z|\s(?:{after})(?!\w))))")
    return re.compile(rf"(?<![\w-])(?:{'|'.join(ways)})(?![\w-])")
