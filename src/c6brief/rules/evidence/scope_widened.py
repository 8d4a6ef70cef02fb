"""A statement about a smaller group is told of a larger one."""

from __future__ import annotations

import re
from collections.abc import Iterator

from c6brief.evidence.models import Scope
from c6brief.rules.language import Words, any_of
from c6brief.rules.rule import Finding, Rule, register
from c6brief.rules.sentences import sentences
from c6brief.rules.subject import Paragraph, Subject

FEWEST_MEMBERS = 3
"""A group of one or two is named, not counted: "the two" is rarely a group of countries."""


def _check(subject: Subject) -> Iterator[Finding]:
    scopes = [scope for scope in subject.evidence.scopes.values() if len(set(scope.members)) >= FEWEST_MEMBERS]
    for paragraph in subject.statements:
        bounds = [set(subject.evidence.scopes[entry.scope].members) for entry in paragraph.statements]
        if paragraph.lost or not bounds or not all(bounds):
            continue
        told_of = set.union(*bounds)
        wider = [scope for scope in scopes if told_of < set(scope.members)]
        narrow = [scope for scope in scopes if set(scope.members) <= told_of]
        yield from _widened(paragraph, wider, narrow, subject.words)


def _widened(paragraph: Paragraph, wider: list[Scope], narrow: list[Scope], words: Words | None) -> Iterator[Finding]:
    """The first mention of each wider group, in a sentence that draws no line between the groups itself."""
    for scope in wider:
        for start, end in sentences(paragraph.text, words):
            sentence = paragraph.text[start:end]
            found = _mentions(scope, words).search(sentence)
            if not found or (words and any_of(words.contrast).search(sentence)):
                continue
            rest = sentence[: found.start()] + " " + sentence[found.end() :]
            if any(_names(other, words).search(rest) for other in narrow):
                continue
            ids = ", ".join(f"'{entry.id}'" for entry in paragraph.statements)
            names = " and ".join(dict.fromkeys(other.name for other in narrow)) or "a smaller group"
            message = (
                f"'{found[0]}' is said here, but {ids} {'is' if ids.count(',') == 0 else 'are'} told of {names} alone"
            )
            hint = "say it of those whom the source names, or cite what is told of all"
            yield Finding(message, paragraph.place(start + found.start(), start + found.end()), hint)
            break


def _names(scope: Scope, words: Words | None) -> re.Pattern[str]:
    """A looser look for the smaller group: its name, or the bare number of its members ("five of the six")."""
    return any_of([scope.name, *(words.number_words(len(set(scope.members))) if words else ())])


def _mentions(scope: Scope, words: Words | None) -> re.Pattern[str]:
    """How prose speaks of a group: by its name, by its id in capitals (C6), by the number of its members."""
    ways = [rf"(?i:{re.escape(scope.name)})"] if scope.name else []
    ways.append(re.escape(scope.id.upper()))
    if words is not None:
        count = "|".join(words.number_words(len(set(scope.members))))
        nouns = "|".join(map(re.escape, words.group_nouns))
        after = "|".join(map(re.escape, words.after_a_group))
        ways.append(rf"(?i:(?:{count})\s+(?:\w+\s+){{0,2}}(?:{nouns}))")
        ways.append(rf"(?i:(?:the|all)\s+(?:{count})(?=\s*(?:[.,;:!?)]|\Z|\s(?:{after})(?!\w))))")
    return re.compile(rf"(?<![\w-])(?:{'|'.join(ways)})(?![\w-])")


register(
    Rule(
        name="scope-widened",
        severity="warning",
        about="prose",
        line="prose speaks of a larger group of countries than the claims and events that it cites",
        why=(
            "A statement that its source makes of five countries must not become one about six. The members of the "
            "scopes in `seeds/scopes.yaml` decide: the finding is made where everything cited in a paragraph has a "
            "scope, all of these together are a part of a larger scope, and a sentence speaks of the larger one. It "
            "is recognised by its name, by its id in capitals (`C6`) and by the number of its members (“the six”, “six "
            "countries”). A sentence that speaks of the smaller group too, or that says “not”, “only”, “whether” and "
            "the like, draws the line itself and is left alone."
        ),
        check=_check,
    )
)
