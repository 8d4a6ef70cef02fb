"""``c6brief add`` and ``c6brief accept`` as a user has them."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.support.project import REPOSITORY, Folder

DOC = (REPOSITORY / "docs" / "add.md").read_text(encoding="utf-8")

NOTE = """\
Lifts of 2025

"Half of the lifts stand still," said Emil Brandt. He was asked on 3 May 2025.

The city paid 60 per cent of 4,500 repairs.
"""


def snapshot(root: Path) -> dict[str, bytes]:
    return {path.relative_to(root).as_posix(): path.read_bytes() for path in sorted(root.rglob("*")) if path.is_file()}


def blocks(language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```$", DOC, re.S | re.M)


def test_the_example_of_the_docs(folder: Folder) -> None:
    for path in [*(folder.root / "seeds").rglob("*.*"), *(folder.root / "briefs").iterdir()]:
        path.unlink()
    folder.write("terminal.eml", blocks("eml")[0])
    added = folder.run("add", "terminal.eml")
    assert (added.status, added.err, added.out) == (0, "", blocks("text")[0])
    proposals = (folder.root / "proposals/terminal.yaml").read_text(encoding="utf-8")
    for block in blocks("yaml"):
        assert block in proposals
    accepted = folder.run("accept", "proposals/terminal.yaml")
    assert (accepted.status, accepted.err, accepted.out) == (0, "", blocks("text")[1])
    assert folder.run("check").status == 0


def test_original_and_hashes_are_kept(folder: Folder) -> None:
    data = NOTE.replace("\n", "\r\n").encode()
    folder.write("note.txt", data)
    assert folder.run("add", "note.txt").status == 0
    originals = folder.root / "seeds/originals"
    assert (originals / "note.txt").read_bytes() == data
    assert (originals / "SHA256SUMS").read_text() == f"{hashlib.sha256(data).hexdigest()}  note.txt\n"
    assert (folder.root / "seeds/texts/note.txt").read_text() == NOTE
    again = folder.run("add", "note.txt")
    assert again.status == 0 and "nothing changed" in again.out
    assert not (folder.root / "proposals/note-2.yaml").exists()


def test_accepting_keeps_every_other_byte(folder: Folder) -> None:
    folder.write("note.txt", NOTE)
    folder.run("add", "note.txt")
    quotes = "# ours\n" + (folder.root / "seeds/quotes.yaml").read_text() + "  note: 'last'   # a remark\n# the end"
    folder.write("seeds/quotes.yaml", quotes)
    people = (folder.root / "seeds/people.yaml").read_text().replace("\n", "\r\n")
    folder.write("seeds/people.yaml", people)
    folder.change("proposals/note.yaml", '    text: "Half', '    themes: [lifts]  # mine\n    text: "Half')
    accepted = folder.run("accept", "proposals/note.yaml")
    assert (accepted.status, accepted.err) == (0, "")
    after = (folder.root / "seeds/quotes.yaml").read_text()
    assert after.startswith(quotes + "\n") and "  themes: [lifts]  # mine\n" in after[len(quotes) :]
    written = (folder.root / "seeds/people.yaml").read_bytes()
    assert written.startswith(people.encode()) and written.count(b"\n") == written.count(b"\r\n")
    assert folder.run("check").errors == []
    before = snapshot(folder.root / "seeds")
    again = folder.run("accept", "proposals/note.yaml")
    assert again.status == 0 and "in the evidence base already" in again.out
    assert snapshot(folder.root / "seeds") == before


@pytest.mark.parametrize(
    ("old", "new", "rule", "words"),
    [
        ('text: "Half of the lifts', 'text: "All of the lifts', "words-not-found", "All of the lifts"),
        ("speaker: emil-brandt", "speaker: nobody-here", "unknown-id", "nobody-here"),
        ("id: brandt-half-lifts-stand-still", "id: step-free", "id-twice", "step-free"),
        ("  - accept: true\n    id: brandt", "  - accept: maybe\n    id: brandt", "bad-value", "maybe"),
        ("  - accept: true\n    id: brandt", "  - id: brandt", "missing-key", "id: brandt"),
        ("\nquotes:", "\nqoutes:", "unknown-key", "qoutes"),
        ('    source: "note"\n\nevents', '    source: "note"\n    spekaer: x\n\nevents', "unknown-key", "spekaer"),
    ],
)
def test_what_would_not_pass_check_is_not_taken_over(folder: Folder, old: str, new: str, rule: str, words: str) -> None:
    folder.write("note.txt", NOTE)
    folder.run("add", "note.txt")
    folder.change("proposals/note.yaml", old, new)
    before = snapshot(folder.root)
    refused = folder.run("accept", "proposals/note.yaml")
    assert refused.status == 1 and rule in refused.errors
    line = next(line for line in refused.err.splitlines() if f"error[{rule}]" in line)
    number = int(re.match(r"proposals/note\.yaml:(\d+):", line)[1])  # type: ignore[index]
    assert words in (folder.root / "proposals/note.yaml").read_text().splitlines()[number - 1]
    assert snapshot(folder.root) == before


def test_errors_that_were_there_before_keep_nothing_out(folder: Folder) -> None:
    folder.change("seeds/claims.yaml", "exact: Nobody has seen", "exact: Somebody has seen")
    folder.write("note.txt", NOTE)
    folder.run("add", "note.txt")
    assert folder.run("accept", "proposals/note.yaml").status == 0


def test_a_text_that_is_not_english_has_its_own_verbs(folder: Folder) -> None:
    words = "„Wir konnten nicht länger warten“, sagte Hafenmeister Emil Brandt am 3. Mai 2024. Der Kai ist seit März 2020 zu."
    folder.write("kai.txt", f"Hafen zu\n\n{words}\n")
    assert "1 quotation, 2 dated statements" in folder.run("add", "kai.txt").out
    proposals = (folder.root / "proposals/kai.yaml").read_text(encoding="utf-8")
    assert 'language: "de"  # unsure: guessed' in proposals and 'name: "Emil Brandt"' in proposals
    assert 'date: "2024-05-03"' in proposals and 'date: "2020-03"' in proposals
    assert folder.run("accept", "proposals/kai.yaml").status == 0


def test_a_changed_source_shows_what_no_longer_holds(folder: Folder) -> None:
    text = (folder.root / "seeds/texts/transit.txt").read_text()
    folder.write("transit.txt", text.replace("by 2030", "by 2035").replace("94", "95"))
    folder.change("seeds/sources.yaml", "texts/transit.txt", "texts/transit-2024.txt")
    (folder.root / "seeds/texts/transit.txt").rename(folder.root / "seeds/texts/transit-2024.txt")
    sum = hashlib.sha256(text.encode()).hexdigest()
    folder.change("seeds/sources.yaml", "grade: B2", f"sha256: {sum}, grade: B2")
    before = snapshot(folder.root)
    told = folder.run("add", "transit.txt", "--name", "transit-2024")
    assert told.status == 1 and told.rules == ["no-longer-holds", "no-longer-holds", "source-changed"], told.err
    assert "'lift-everywhere'" in told.err and "'plan-2030'" in told.err and "2035" in told.err, told.err
    assert snapshot(folder.root) == before
    replaced = folder.run("add", "transit.txt", "--name", "transit-2024", "--replace")
    assert replaced.status == 0 and replaced.rules == ["no-longer-holds", "no-longer-holds"], replaced.err
    new = folder.root / "seeds/texts/transit-2024.txt"
    assert "by 2035" in new.read_text()
    assert hashlib.sha256(new.read_bytes()).hexdigest() in (folder.root / "seeds/sources.yaml").read_text()
    assert set(folder.run("check").errors) == {"words-not-found"}


@pytest.mark.parametrize(
    ("name", "data", "rule"),
    [
        ("empty.txt", b"", "empty-file"),
        ("blank.md", b" \n\n ", "empty-file"),
        ("nul.txt", b"ab\0cd" * 99, "not-text"),
        ("image.txt", b"\x89PNG\r\n\x1a\n" + b"x" * 99, "wrong-ending"),
        ("really.docx", b"%PDF-1.7\n", "wrong-ending"),
        ("page.txt", b"%PDF-1.7\n", "wrong-ending"),
        ("broken.pdf", b"%PDF-1.7\nnothing", "broken-pdf"),
        ("no.pdf", b"no pdf at all", "broken-pdf"),
        ("broken.docx", b"PK\x03\x04" + b"\0" * 40, "not-a-word-file"),
        ("old.docx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "not-a-word-file"),
        ("sheet.xlsx", b"PK\x03\x04", "unknown-format"),
        ("old.doc", b"\xd0\xcf\x11\xe0", "unknown-format"),
        ("none", b"words", "unknown-format"),
        ("list.vtt", b"WEBVTT\n\nno cue here\n", "not-a-transcript"),
        ("words.srt", b"Just words.\n", "not-a-transcript"),
        ("words.eml", b"Just words.\n", "not-an-email"),
        ("empty.eml", b"From: a@b.example\nSubject: x\n\n", "no-text-found"),
        ("script.html", b"<html><body><script>render()</script><div id=root></div></body></html>", "no-text-found"),
    ],
)
def test_what_cannot_be_read_is_told_and_nothing_is_written(folder: Folder, name: str, data: bytes, rule: str) -> None:
    folder.write("note.txt", NOTE)
    folder.write(name, data)
    before = snapshot(folder.root)
    refused = folder.run("add", "note.txt", name)
    assert (refused.status, refused.errors) == (1, [rule]), refused.err
    assert refused.err.startswith(f"{name}:") and "      | " in refused.err  # its hint
    assert snapshot(folder.root) == before


def test_missing_files_and_folders_are_told_together(folder: Folder) -> None:
    refused = folder.run("add", "missing.pdf", "seeds", "note.odt")
    assert refused.status == 1 and sorted(refused.errors) == ["no-such-file", "no-such-file", "not-a-file"]


def test_two_files_for_one_source_are_told(folder: Folder) -> None:
    folder.write("note.txt", NOTE)
    folder.write("note.md", NOTE)
    assert folder.run("add", "note.txt", "note.md").errors == ["name-taken"]


def test_extras_that_are_missing_are_named(folder: Folder, monkeypatch: pytest.MonkeyPatch) -> None:
    import sys

    monkeypatch.setitem(sys.modules, "trafilatura", None)
    folder.write("page.html", "<html><body><p>Words of a page that nobody can read here.</p></body></html>")
    refused = folder.run("add", "page.html")
    assert refused.errors == ["extra-missing"] and "pip install 'c6brief[add]'" in refused.err


def test_a_failure_while_writing_leaves_everything_as_it_was(folder: Folder, monkeypatch: pytest.MonkeyPatch) -> None:
    from c6brief.documents import writing

    folder.write("note.txt", NOTE)
    before = snapshot(folder.root)
    real: Callable[[bytes, str, int], None] = writing.write_new
    calls = []

    def fail(data: bytes, name: str, at: int) -> None:
        calls.append(name)
        if len(calls) == 3:
            raise OSError(28, "No space left on device")
        real(data, name, at)

    monkeypatch.setattr(writing, "write_new", fail)
    refused = folder.run("add", "note.txt")
    assert refused.errors == ["not-writable"] and "No space left" in refused.err
    assert snapshot(folder.root) == before
