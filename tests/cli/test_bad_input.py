"""Whatever they feed us: one named problem, at its place, exit 1, nothing written, no traceback."""

from __future__ import annotations

import hashlib
import os
import re
from pathlib import Path

import pytest
from tests.support.project import BRIEF, Folder

BOMB = "a: &a [x, x]\n" + "".join(
    f"{b}: &{b} [{', '.join(['*' + a] * 9)}]\n" for a, b in zip("abcdefgh", "bcdefghi", strict=True)
)

BAD_BRIEFS = {
    "unknown key": (BRIEF.replace("subtitle:", "subtitel:"), "unknown-key", "2:1", "did you mean 'subtitle'?"),
    "missing key": (BRIEF.replace("date: 2026-03-02\n", ""), "missing-key", "1:1", "add 'date: …'"),
    "wrong type": (BRIEF.replace("title: Stations wait for their lifts", "title: [a]"), "wrong-type", "1:8", ""),
    "number for text": (BRIEF.replace("title: Stations wait for their lifts", "title: 7"), "wrong-type", "1:8", "quotes"),
    "unknown section": (BRIEF.replace("use: lifts", "use: lift"), "unknown-id", "10:10", "did you mean 'lifts'?"),
    "unknown quote": (BRIEF.replace("lift-everywhere", "lift-evrywhere"), "unknown-id", "11:14", "'lift-everywhere'?"),
    "unknown citation": (BRIEF.replace("[@step-free]", "[@step-fre]", 1), "unknown-id", "8:42", "'step-free'?"),
    "citing a section": (BRIEF.replace("[@step-free]", "[@lifts]", 1), "unknown-id", "8:42", "cite a source"),
    "bad day": (BRIEF.replace("2026-03-02", "2026-02-30"), "bad-date", "5:7", "date: 2026-03-02"),
    "unknown language": (BRIEF + "language: tlh\n", "unknown-language", "20:11", "known: en"),
    "unknown template": (BRIEF + "template: policy-breif\n", "unknown-template", "20:1", "policy-brief"),
    "empty section": (BRIEF.replace("  - use: lifts\n    quotes", "  - quotes"), "missing-key", "10:5", "use"),
    "not YAML": ("title: 'unclosed\n", "yaml-syntax", "2:1", ""),
    "colon in a value": ("title: a: b\n", "yaml-syntax", "1:9", "quotes"),
    "tab": ("title: a\nauthors:\n\t- b\n", "yaml-syntax", "3:1", "spaces, not tabs"),
    "a list": ("- a\n", "wrong-type", "1:1", "title"),
    "a word": ("words\n", "wrong-type", "1:1", "title"),
    "duplicate key": (BRIEF + "title: again\n", "duplicate-key", "20:1", "first on line 1"),
    "alias bomb": (BOMB, "yaml-alias", "1:4", "anchors are not read"),
    "alias": ("title: *x\n", "yaml-alias", "1:8", "write the value out"),
    "tag": ("title: !!python/object:os.system x\n", "yaml-tag", "1:8", "remove it"),
    "two documents": ("title: a\n---\ntitle: b\n", "yaml-syntax", "2:1", "---"),
    "too deep": ("title: " + "[" * 41 + "]" * 41 + "\n", "yaml-depth", "1:47", ""),
    "much too deep": ("title: " + "[" * 100_000 + "\n", "yaml-depth", "1:47", ""),
    "empty": ("", "empty-file", "1:1", "write it"),
    "blank": (" \n\n", "empty-file", "1:1", "write it"),
    "comment only": ("# nothing\n", "empty-file", "1:1", ""),
    "not UTF-8": (b"title: a\nsubtitle: caf\xe9\n", "not-utf-8", "2:14", "UTF-8"),
    "UTF-16": ("title: a\n".encode("utf-16"), "not-utf-8", "1:1", "UTF-8"),
    "BOM": (b"\xef\xbb\xbf" + BRIEF.encode(), "byte-order-mark", "1:1", "without BOM"),
    "control character": ("title: a\x07b\n", "yaml-syntax", "1:9", ""),
    "10 MB": ("title: " + "a" * 10_000_000, "file-too-large", "1:1", "split"),
    "directive nobody knows": (BRIEF.replace("Some stations", "::: tabel access\n      :::\n\n      Some"), "unknown-directive", "15:11", "'table'?"),
    "directive not closed": (BRIEF.replace("Some stations", "::: chart lifts\n\n      Some"), "directive", "15:11", "end it"),
    "directive with text": (BRIEF.replace("Some stations", "::: claim step-free\n      a\n      :::\n\n      Some"), "directive", "15:11", "outside"),
    "image": (BRIEF.replace("Some stations", "![x](x.png) Some"), "image-in-prose", "15:12", "chart"),
    "placed twice": (BRIEF.replace("tables: [access]", "tables: [access, access]"), "placed-twice", "16:22", "first at"),
}  # fmt: skip


@pytest.mark.parametrize("name", BAD_BRIEFS)
def test_a_bad_brief_ends_in_one_problem_at_its_place(folder: Folder, name: str) -> None:
    content, rule, at, hint = BAD_BRIEFS[name]
    folder.write("briefs/lifts.yaml", content)
    result = folder.render()
    assert result.rules == [rule], result.err
    assert result.err.startswith(f"briefs/lifts.yaml:{at}: error[{rule}]: "), result.err
    assert hint in result.err
    assert result.status == 1
    assert folder.written == []
    assert len(result.err) < 3000


TWICE = """- id: {}
  title: Again
  accounts: [{{source: transit-2024, exact: We began in 2018.}}]
- id: works-begin"""

BAD_SEEDS = {
    "unknown key": ("quotes.yaml", "themes: [lifts]", "theme: [lifts]", "unknown-key", "5:3", "did you mean 'themes'?"),
    "missing key": ("quotes.yaml", "  speaker: ada-line\n", "", "missing-key", "1:3", "a person's id"),
    "unknown person": ("quotes.yaml", "speaker: ada-line", "speaker: ada-lime", "unknown-id", "3:12", "'ada-line'?"),
    "unknown source": ("events.yaml", "source: riders-2024", "source: rider-2024", "unknown-id", "6:16", "'riders-2024'?"),
    "unknown scope": ("claims.yaml", "themes: [access]", "scope: nordics", "unknown-id", "3:10", "'nordic'?"),
    "bad date": ("events.yaml", "date: 2019", "date: last year", "bad-date", "5:36", "2022~"),
    "bad stance": ("claims.yaml", "stance: disputes", "stance: dispute", "unknown-value", "12:37", "'disputes'?"),
    "id used twice": ("events.yaml", "- id: works-begin", TWICE.format("step-free"), "id-twice", "", "first in seeds/events.yaml:7"),
    "id of a file used twice": ("claims.yaml", "- id: plan-2030", TWICE.format("access").replace("title", "statement").replace("works-begin", "plan-2030"), "id-twice", "", "unique"),
    "bad id": ("people.yaml", "id: ada-line", "id: 'ada line'", "bad-value", "1:8", ""),
    "bad grade": ("sources.yaml", "grade: B2", "grade: Z9", "bad-grade", "8:46", "A-F"),
    "misspelt CSL": ("sources.yaml", "publisher: City Transit", "publishr: City Transit", "unknown-key", "", "'publisher'?"),
    "no text given": ("sources.yaml", "text: texts/transit.txt, ", "", "missing-source-text", "2:9", "custom"),
    "missing text": ("sources.yaml", "texts/transit.txt", "texts/transti.txt", "missing-source-text", "8:20", "'texts/transit.txt'?"),
    "text outside": ("sources.yaml", "texts/transit.txt", "../../../etc/hostname", "outside-project", "8:20", ""),
    "tampered quotation": ("quotes.yaml", "will have a lift", "will not have a lift", "words-not-found", "2:9", "paragraph 2, 1 word inserted: Every station will {+not+} have a lift"),
    "tampered account": ("events.yaml", "opened in 2019.", "opened in 2018.", "words-not-found", "5:49", "[-2019.-]{+2018.+}"),
    "words found twice": ("events.yaml", "exact: We began in 2018.", "exact: lift", "words-found-twice", "11:49", "prefix"),
    "row too short": ("tables/access.yaml", "[Street to train, 94]", "[Street to train]", "bad-table", "6:8", "access, stations"),
    "infinity for a count": ("tables/access.yaml", "94]", ".inf]", "bad-table", "6:26", ""),
    "no number for a count": ("tables/access.yaml", "94]", ".nan]", "bad-table", "6:26", ""),
    "word for number": ("tables/access.yaml", "94]", "many]", "bad-table", "6:26", ""),
    "unknown kind of chart": ("charts/lifts.yaml", "kind: timeline", "kind: timelin", "unknown-value", "1:7", "'timeline'?"),
    "unknown event": ("charts/lifts.yaml", "first-lift]", "first-lit]", "unknown-id", "5:23", "'first-lift'?"),
    "no alt": ("charts/lifts.yaml", "alt: Timeline of two events; the accounts of the first lift conflict.\n", "", "missing-key", "1:1", "alt"),
    "no front matter": ("sections/lifts.md", "---\ntitle: Lifts", "title: Lifts", "no-front-matter", "1:1", "---"),
    "unknown id in prose": ("sections/lifts.md", "[@first-lift]", "[@first-lit]", "unknown-id", "7:43", "'first-lift'?"),
    "YAML in front matter": ("sections/lifts.md", "title: Lifts", "title: a: b", "yaml-syntax", "2:9", ""),
}  # fmt: skip


@pytest.mark.parametrize("name", BAD_SEEDS)
def test_a_bad_seed_ends_in_one_problem_at_its_place(folder: Folder, name: str) -> None:
    file, old, new, rule, at, hint = BAD_SEEDS[name]
    folder.change(f"seeds/{file}", old, new)
    result = folder.render()
    ours = [r for r in result.rules if r == rule]
    assert len(ours) == 1, result.err
    assert (f"seeds/{file}:{at}" if at else f": error[{rule}]") in result.err
    assert hint in result.err
    assert result.status == 1
    assert folder.written == []
    # An entry that could not be read is one problem, not one more at every place that names it.
    assert set(result.rules) == {rule}, result.err


def test_all_problems_come_together_in_file_order(folder: Folder) -> None:
    folder.change("briefs/lifts.yaml", "lift-everywhere", "nobody")
    folder.change("briefs/lifts.yaml", "tables: [access]", "tables: [acces]")
    folder.change("seeds/quotes.yaml", "will have", "may have")
    folder.change("seeds/claims.yaml", "stance: disputes", "stance: denies")
    result = folder.render()
    places = re.findall(r"^(\S+?):(\d+):(\d+): error", result.err, re.M)
    assert len(places) == 4, result.err
    assert places == sorted(places, key=lambda p: (p[0], int(p[1]), int(p[2])))
    assert result.err.rstrip().endswith("4 errors; nothing was written")


def test_the_form_of_a_problem(folder: Folder) -> None:
    folder.change("briefs/lifts.yaml", "lift-everywhere", "lift-evrywhere")
    assert folder.render().err == (
        "briefs/lifts.yaml:11:14: error[unknown-id]: no quote 'lift-evrywhere'\n"
        "   11 |     quotes: [lift-evrywhere]\n"
        "      |              ^^^^^^^^^^^^^^ did you mean 'lift-everywhere'?\n"
        "1 error; nothing was written\n"
    )


def test_control_characters_never_reach_the_terminal(folder: Folder) -> None:
    folder.change("briefs/lifts.yaml", "lift-everywhere", '"a\\e[31mb"')
    assert "\x1b" not in folder.render().err
    folder.write("briefs/\x1b[31mx.yaml", "title: a\n")
    assert "\x1b" not in folder.render("briefs/\x1b[31mx.yaml").err


def test_a_missing_brief(folder: Folder) -> None:
    result = folder.render("briefs/nothing.yaml")
    assert (result.status, result.rules) == (1, ["no-such-file"])


def test_a_folder_in_place_of_a_brief(folder: Folder) -> None:
    result = folder.render("briefs")
    assert (result.status, result.rules) == (1, ["not-a-file"])


def test_a_brief_outside_any_project(folder: Folder, tmp_path: Path) -> None:
    (tmp_path / "lonely").mkdir()
    (tmp_path / "lonely" / "lifts.yaml").write_text(BRIEF)
    result = folder.render("../lonely/lifts.yaml")
    assert (result.status, result.rules) == (1, ["no-project"])


def test_a_file_without_the_right_to_read_it(folder: Folder, monkeypatch: pytest.MonkeyPatch) -> None:
    brief = folder.root / "briefs" / "lifts.yaml"
    if os.geteuid() == 0:  # root may read everything: the refusal has to be played
        real = Path.read_bytes

        def refused(path: Path) -> bytes:
            if (path.parent.name, path.name) == ("briefs", brief.name):
                raise PermissionError(13, "Permission denied", str(path))
            return real(path)

        monkeypatch.setattr(Path, "read_bytes", refused)
    else:
        brief.chmod(0)
    result = folder.render()
    assert (result.status, result.rules) == (1, ["not-readable"])
    assert "right to read" in result.err


def test_a_folder_in_place_of_a_seeds_file(folder: Folder) -> None:
    (folder.root / "seeds" / "organisations.yaml").mkdir()
    result = folder.render()
    assert (result.status, result.rules) == (1, ["not-a-file"])


def test_a_link_that_leaves_the_project(folder: Folder, tmp_path: Path) -> None:
    (tmp_path / "secret.yaml").write_text("- {id: x, name: secret}\n")
    (folder.root / "seeds" / "organisations.yaml").symlink_to(tmp_path / "secret.yaml")
    result = folder.render()
    assert (result.status, result.rules) == (1, ["outside-project"])


def test_a_misspelt_file_of_seeds_is_named(folder: Folder) -> None:
    folder.write("seeds/organisation.yaml", "- {id: x, name: X}\n")
    result = folder.render()
    assert (result.status, result.rules) == (1, ["unknown-file"])
    assert "did you mean 'organisations'?" in result.err


def test_an_output_folder_that_cannot_be_made(folder: Folder) -> None:
    folder.write("output", "a file in its place")
    result = folder.render()
    assert (result.status, result.rules) == (1, ["not-writable"])


@pytest.mark.parametrize("setting", ["title", "=x", "sections.9.title=x", "title.x=y"])
def test_a_setting_that_leads_nowhere(folder: Folder, setting: str) -> None:
    result = folder.render("briefs/lifts.yaml", "--set", setting)
    assert result.status == 1
    assert result.err.startswith(f"--set {setting}:1:1: error[bad-setting]"), result.err


def test_a_setting_is_checked_like_the_file(folder: Folder) -> None:
    result = folder.render("briefs/lifts.yaml", "--set", "titel=x")
    assert result.rules == ["unknown-key"]
    assert "--set titel=x" in result.err and "did you mean 'title'?" in result.err


@pytest.mark.parametrize("arguments", [("render",), ("rendr", "x"), ("render", "--nothing", "x")])
def test_wrong_usage_is_status_2(folder: Folder, arguments: tuple[str, ...]) -> None:
    assert folder.run(*arguments).status == 2


def test_words_outside_of_quotation_marks_are_a_paraphrase(folder: Folder) -> None:
    folder.change("seeds/quotes.yaml", "Every station will have a lift by 2030.", "The first lift opened in 2019")
    result = folder.render()
    assert result.rules == ["not-in-quotation-marks"], result.err
    assert result.err.startswith("seeds/quotes.yaml:2:9: error[not-in-quotation-marks]: in 'transit-2024' these words")
    folder.change("seeds/sources.yaml", "type: report", "type: speech")
    assert folder.render().rules == []


def test_speech_over_two_paragraphs_is_speech(folder: Folder) -> None:
    folder.change(
        "seeds/texts/transit.txt",
        "The first lift opened in 2019.",
        "“The second lift is late.\n\n“And so is the third,” she said. The first lift opened in 2019.",
    )
    folder.change("seeds/quotes.yaml", "Every station will have a lift by 2030.", "The second lift is late.")
    assert folder.render().rules == []


def test_a_speaker_must_stand_in_the_source_by_name(folder: Folder) -> None:
    folder.change("seeds/people.yaml", "- {id", "- {id: bo-lee, name: Bo Lee}\n- {id")
    folder.change("seeds/quotes.yaml", "ada-line", "bo-lee")
    result = folder.render()
    assert result.rules == ["speaker-not-named"], result.err
    assert result.err.startswith(
        "seeds/quotes.yaml:3:12: error[speaker-not-named]: 'transit-2024' does not name Bo Lee"
    )


def test_a_text_that_has_changed_since_it_was_recorded(folder: Folder) -> None:
    recorded = hashlib.sha256((folder.root / "seeds/texts/transit.txt").read_bytes()).hexdigest()
    folder.change("seeds/sources.yaml", "voice: city", f"voice: city, sha256: {recorded}")
    assert folder.render().rules == []
    folder.change("seeds/texts/transit.txt", "Getting on board", "Getting  on board")
    result = folder.render()
    assert result.rules == ["source-text-changed"], result.err
    assert folder.written == ["lifts.pdf"]
