"""Plain notes in prose, as Pandoc writes them: ``[^1]`` with ``[^1]: its text`` elsewhere, and ``^[its text]`` in place.

The syntax is read by a plugin of mdit-py-plugins. It would put all notes behind the text; here each call brings its own.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore
from markdown_it.token import Token
from mdit_py_plugins.footnote import footnote_plugin

BEHIND = "note--next"
"""The class of a note that is called right behind another one; templates part their numbers."""

_IN_PLACE = "\0"
"""The beginning of the label of a note that is written where it is called."""


@dataclass(frozen=True)
class NoteDefinition:
    """A note's text. It prints where the note is called, and nothing where it is written."""

    label: str
    """As written between ``[^`` and ``]``; empty for a note in place."""
    tokens: tuple[Token, ...]


@dataclass
class NoteReading:
    """The tokens of a text without its definitions of notes, and what is wrong with these."""

    tokens: list[Token | NoteDefinition] = field(default_factory=list)
    undefined: list[str] = field(default_factory=list)
    unused: list[str] = field(default_factory=list)
    repeated: list[str] = field(default_factory=list)
    """Labels that are defined twice."""


def calls_in(tokens: Sequence[Token]) -> Iterator[Token]:
    """The calls of notes in ``tokens``, in order, without those inside of notes."""
    for token in tokens:
        if token.type == "footnote_ref":
            yield token
        yield from calls_in(token.children or [])


def note_tokens(call: Token) -> tuple[Token, ...]:
    """The tokens of the note that is called; none for one that is not defined."""
    found: tuple[Token, ...] = call.meta.get("tokens", ())
    return found


def _notes_in_place_rule(state: StateCore) -> None:
    """Make definitions of the notes that are written in place, so that they are set as all text is."""
    notes = state.env.get("footnotes", {}).get("list", {})
    added: list[Token] = []
    for id, note in notes.items():
        if "tokens" in note:
            opening = Token("footnote_reference_open", "", 1)
            opening.meta = {"label": f"{_IN_PLACE}{id}"}
            inline = Token("inline", "", 0, content=note["content"], children=note["tokens"])
            added += [opening, Token("paragraph_open", "p", 1), inline, Token("paragraph_close", "p", -1)]
            added += [Token("footnote_reference_close", "", -1)]
    state.tokens += added


def attach_notes(tokens: Sequence[Token]) -> NoteReading:
    """Give every call in ``tokens`` the tokens of its note (:func:`note_tokens`), and take the definitions out."""
    reading = NoteReading()
    definitions: dict[str, NoteDefinition] = {}
    inside: list[Token] | None = None
    label = ""
    for token in tokens:
        if token.type == "footnote_reference_open":
            inside, label = [], str(token.meta["label"])
        elif token.type == "footnote_reference_close" and inside is not None:
            found = NoteDefinition("" if label.startswith(_IN_PLACE) else label, tuple(inside))
            if label in definitions:
                reading.repeated.append(label)
            definitions.setdefault(label, found)
            reading.tokens.append(found)
            inside = None
        elif inside is not None:
            inside.append(token)
        else:
            reading.tokens.append(token)
    called: set[str] = set()
    everywhere = [*(token for token in reading.tokens if isinstance(token, Token))]
    everywhere += [token for each in definitions.values() for token in each.tokens]
    for call in calls_in(everywhere):
        label = str(call.meta.get("label", f"{_IN_PLACE}{call.meta['id']}"))
        called.add(label)
        if label in definitions:
            call.meta["tokens"] = definitions[label].tokens
        else:
            reading.undefined.append(label)
    reading.unused = [label for label in definitions if label not in called]
    return reading


def ends_with_note(tokens: Sequence[Token]) -> bool:
    """Whether the last thing in ``tokens``, those of one line or some of them, calls a note."""
    if tokens and tokens[-1].type == "inline":
        return ends_with_note(tokens[-1].children or [])
    last = next((token for token in reversed(tokens) if token.type != "text" or token.content.strip()), None)
    return last is not None and last.type in ("citation", "footnote_ref")


def render_note(tokens: Sequence[Token], index: int, note: str) -> str:
    """The HTML of the ``note`` that the token at ``index`` calls, behind punctuation that was moved before it."""
    before = str(tokens[index].meta.get("before", ""))
    return before + (note if before or not ends_with_note(tokens[:index]) else behind_note(note))


def behind_note(note: str) -> str:
    """The HTML of a ``note`` that is called right behind another one: 7 and 8 would else read as 78."""
    return note.replace('class="note ', f'class="note {BEHIND} ', 1)


def _render_call(renderer: Any, tokens: Sequence[Token], index: int, options: Any, env: dict[str, Any]) -> str:
    return render_note(tokens, index, str(env["plain_note"](tokens[index])))


def add_notes(parser: MarkdownIt) -> None:
    """Add notes to a parser."""
    footnote_plugin(parser, inline=True, move_to_end=False, always_match_refs=True)
    parser.core.ruler.after("inline", "notes_in_place", _notes_in_place_rule)
    parser.add_render_rule("footnote_ref", _render_call)
