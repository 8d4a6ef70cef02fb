"""Whatever they feed us: one named problem, at its place, exit 1, nothing written, no traceback."""

from __future__ import annotations

import hashlib
import os
import re
from pathlib import Path

import pytest

from tests.support.bad_input import BAD_BRIEFS, BAD_SEEDS
from tests.support.project import BRIEF, Folder


@pytest.mark.sample(12)
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


@pytest.mark.sample(9)
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
    folder.change("briefs/lifts.yaml", "lift-everywhere", "lift-everywhere, nobody")
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
        real = os.open

        def refused(path: str, *rest: int, **folder: int) -> int:
            if str(path).startswith("/proc/self/fd/") and os.readlink(path) == str(brief):
                raise PermissionError(13, "Permission denied", path)
            return real(path, *rest, **folder)

        monkeypatch.setattr(os, "open", refused)
    else:
        brief.chmod(0)
    result = folder.render()
    assert (result.status, result.rules) == (1, ["not-readable"])
    assert "right to read" in result.err


def test_a_folder_in_place_of_a_seeds_file(folder: Folder) -> None:
    (folder.root / "seeds" / "organisations.yaml").unlink()
    (folder.root / "seeds" / "organisations.yaml").mkdir()
    result = folder.render()
    assert (result.status, result.rules) == (1, ["not-a-file"])


def test_a_link_that_leaves_the_project(folder: Folder, tmp_path: Path) -> None:
    (tmp_path / "secret.yaml").write_text("- {id: x, name: secret}\n")
    (folder.root / "seeds" / "organisations.yaml").unlink()
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
