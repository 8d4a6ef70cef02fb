"""Transcripts as subtitles: WebVTT (W3C, https://www.w3.org/TR/webvtt1/) and SubRip (SRT).

Cues are joined to turns: a paragraph begins where another speaker begins, and is headed by the speaker's name.
"""

from __future__ import annotations

import re
from collections import Counter
from html import unescape
from pathlib import Path

from c6brief.documents.files import display_name
from c6brief.documents.problems import Place, Problems
from c6brief.ingest.cleaning import clean_text
from c6brief.ingest.plain import decode_text
from c6brief.ingest.read_file import Metadata, ReadFile

CUES = "times of cues"
REPEATED = "lines that roll on from cue to cue"

_TIME = re.compile(r"^\s*(?:\d+:)?\d{1,2}:\d{2}[.,]\d{1,3}\s*-->\s*(?:\d+:)?\d{1,2}:\d{2}[.,]\d{1,3}(?:\s.*)?$")
_VOICE = re.compile(r"<v(?:\.[^\s>]+)*[ \t]+([^>]+)>")
_TAG = re.compile(r"</?[a-zA-Z0-9.:]{0,40}(?:\s[^<>]*)?>|\{\\[^{}]{0,80}\}")
_SPEAKER = re.compile(r"^(?:[-–—>]+\s*)?([^\W\d_][\w.'’ -]{1,40}?)\s*(?:\([^)]{1,60}\))?:\s+(?=\S)")
_SOUND = re.compile(r"^[\[(♪][^\])]*[\])♪]?$")
_LONGEST_TURN = 120
"""Words of a turn without a speaker from which on a sentence's end begins a new paragraph."""


def read_transcript(data: bytes, path: Path, problems: Problems) -> ReadFile | None:
    """A WebVTT or SRT file. Problems: those of :func:`~c6brief.ingest.plain.decode_text`, ``not-a-transcript``."""
    text = decode_text(data, path, problems)
    if text is None:
        return None
    cleaned: Counter[str] = Counter()
    turns: list[tuple[str, list[str]]] = []
    last: list[str] = []
    for block in re.split(r"\n[ \t]*\n", text):
        lines = block.strip("\n").split("\n")
        at = next((number for number, line in enumerate(lines) if _TIME.match(line)), None)
        if at is None:
            continue
        cleaned[CUES] += 1
        shown = [line.strip() for line in lines[at + 1 :] if line.strip()]
        new = [line for line in shown if line not in last]
        if len(new) < len(shown):
            cleaned[REPEATED] += len(shown) - len(new)
        last = shown
        for line in new:
            _add_line(line, turns)
    if not cleaned[CUES]:
        here = Place(display_name(path))
        problems.error(
            "not-a-transcript", "there is no cue in this file: no line of times with -->", here, "is its ending right?"
        )
        return None
    paragraphs = [
        f"{name}: {words}" if name else words for name, pieces in turns if (words := " ".join(" ".join(pieces).split()))
    ]
    named = {name for name, _ in turns if name}
    header = re.match(r"WEBVTT[ \t]*-?[ \t]*([^\n]*)", text.lstrip("\ufeff"))
    metadata = Metadata(
        type="interview" if len(named) > 1 else "broadcast",
        title=header[1].strip() if header else "",
        unsure=frozenset(("type", "title")),
    )
    if not paragraphs:
        problems.error("no-text-found", "no cue of this file holds words", Place(display_name(path)))
        return None
    return ReadFile((clean_text("\n\n".join(paragraphs), cleaned),), metadata, cleaned, turns=bool(named))


def _add_line(line: str, turns: list[tuple[str, list[str]]]) -> None:
    """Add a line of a cue to the turn that it belongs to."""
    voice = _VOICE.search(line)
    bare = unescape(_TAG.sub("", _VOICE.sub("", line))).strip()
    if not bare or _SOUND.match(bare):
        return
    name = " ".join(unescape(voice[1]).split()) if voice else ""
    spoken = _SPEAKER.match(bare)
    if not name and spoken and spoken[1][0].isupper() and len(spoken[1].split()) <= 5:
        name, bare = " ".join(spoken[1].split()), bare[spoken.end() :]
    begins = bare.startswith((">>", "- ", "– ", "— "))
    bare = bare.lstrip(">-–— ").strip() if begins else bare
    if name and (not turns or turns[-1][0] != name):
        turns.append((name, [bare]))
    elif not turns or begins or (not turns[-1][0] and _is_long(turns[-1][1])):
        turns.append(("", [bare]))
    else:
        turns[-1][1].append(bare)


def _is_long(pieces: list[str]) -> bool:
    return sum(len(piece.split()) for piece in pieces) >= _LONGEST_TURN and pieces[-1].rstrip()[-1:] in tuple(".!?…")
