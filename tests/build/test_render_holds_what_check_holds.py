"""``render`` writes nothing that ``check`` calls an error, tells the same list, and passes over what a brief does not use."""

from __future__ import annotations

import pytest

from tests.support.project import Folder

BRIEF = "briefs/lifts.yaml"
PDF_IS_SLOW = ("--format", "html")

ERRORS = {
    "placeholder-left": (BRIEF, "Some stations are step-free.", "Some stations are TODO."),
    "dead-directive": (
        BRIEF,
        "Some stations are step-free. [@step-free]",
        "Some are ::: quote lift-everywhere [@step-free]",
    ),
    "locator-out-of-range": (BRIEF, "[@step-free]\n    tables", "[@transit-2024, paras 3-5 and 99]\n    tables"),
    "citation-unread": (BRIEF, "title: Access", "title: Access [@step-free]"),
    "voice-unknown": ("seeds/sources.yaml", "voice: riders-union", "voice: rider-union"),
}


@pytest.mark.parametrize("rule", ERRORS)
def test_errors_of_a_check_keep_render_from_writing(folder: Folder, rule: str) -> None:
    folder.change(*ERRORS[rule])
    checked = folder.run("check", BRIEF)
    assert checked.status == 1 and rule in checked.rules
    rendered = folder.render(BRIEF, *PDF_IS_SLOW)
    assert rendered.status == 1 and folder.written == []
    assert rendered.err.rsplit("\n", 2)[0] == checked.err.rsplit("\n", 2)[0], "one list, in one order"


@pytest.mark.parametrize("rule", ERRORS)
def test_a_draft_is_printed_in_spite_of_them(folder: Folder, rule: str) -> None:
    folder.change(*ERRORS[rule])
    rendered = folder.render(BRIEF, "--draft", *PDF_IS_SLOW)
    assert rendered.status == 0 and folder.written == ["lifts-draft.html"], rendered.err
    assert f"warning[{rule}]" in rendered.err


def test_warnings_of_a_check_are_told_by_render_and_strict_makes_them_errors(folder: Folder) -> None:
    (folder.root / "_brand.yml").unlink()
    checked = folder.run("check", BRIEF)
    assert checked.status == 0 and "key-message-count" in checked.rules
    rendered = folder.render(BRIEF, *PDF_IS_SLOW)
    assert rendered.status == 0 and rendered.rules == checked.rules and folder.written == ["lifts.html"]
    (folder.root / "output/lifts.html").unlink()
    strict = folder.render(BRIEF, "--strict", *PDF_IS_SLOW)
    assert strict.status == 1 and folder.written == [] and "error[key-message-count]" in strict.err


def test_no_problem_is_told_twice_and_a_second_run_tells_the_same(folder: Folder) -> None:
    folder.change("seeds/claims.yaml", "Ninety-four stations are step-free.", "Exports of grain doubled.")
    first = folder.render(BRIEF, *PDF_IS_SLOW)
    heads = [line for line in first.err.split("\n") if ": warning[" in line]
    assert len(heads) == len(set(heads)) == 2 and first.rules.count("account-off-topic") == 2
    assert folder.render(BRIEF, *PDF_IS_SLOW).err == first.err


# What a brief does not use ----------------------------------------------------------------------------------------

UNUSED = {
    "a source whose text is missing": {
        "seeds/sources.yaml": "  - {id: unused, type: report, title: Unused, custom: {text: texts/none.txt}}\n",
    },
    "a source with an unknown key": {
        "seeds/sources.yaml": "  - id: unused\n    type: report\n    title: Unused\n    custom: {texts: a}\n",
    },
    "a claim whose words are nowhere": {
        "seeds/claims.yaml": "- id: unused\n  statement: Ninety-four lifts.\n  accounts:\n"
        "    - {source: transit-2024, exact: Ninety-four lifts are here}\n",
    },
    "a claim of an unknown source": {
        "seeds/claims.yaml": "- {id: unused, statement: A lift., accounts: [{source: nobody, exact: lift}]}\n",
    },
    "a quotation of another speaker": {
        "seeds/quotes.yaml": "- {id: unused, text: Ninety-four stations, speaker: ada-line, source: transit-2024}\n",
    },
    "a chart that cannot be drawn": {
        "seeds/charts/unused.yaml": "kind: bar\ntitle: Bars\nsubtitle: Of it\nalt: Bars.\ntable: access\nx: nothing\ny: stations\n",
    },
    "a table whose data are bad": {
        "seeds/tables/unused.yaml": "title: T\nsource: transit-2024\ndata: unused.csv\n"
        "fields: [{name: a, type: string}, {name: b, type: integer}]\n",
        "seeds/tables/unused.csv": "a,b\nx,many\n",
    },
    "a section that cites nothing known": {
        "seeds/sections/unused.md": "---\ntitle: Unused\nthems: [lifts]\n---\nWords.\n",
    },
    "a voice that is misspelt": {
        "seeds/sources.yaml": "  - {id: unused, type: report, title: U, custom: {text: texts/riders.txt, voice: cty}}\n",
        "seeds/people.yaml": "- {id: ctys, name: Cty}\n",
    },
}


def add(folder: Folder, files: dict[str, str]) -> None:
    for name, text in files.items():
        path = folder.root / name
        folder.write(name, (path.read_text(encoding="utf-8") if path.exists() else "") + text)


@pytest.mark.sample(4)
@pytest.mark.parametrize("what", UNUSED)
def test_what_a_brief_does_not_use_is_a_note(folder: Folder, what: str) -> None:
    add(folder, UNUSED[what])
    whole = folder.run("check")
    assert whole.status == 1 and "error[" in whole.err, whole.err
    checked = folder.run("check", BRIEF)
    assert checked.status == 0 and "note[" in checked.err and "error[" not in checked.err, checked.err
    rendered = folder.render(BRIEF, *PDF_IS_SLOW)
    assert rendered.status == 0 and "note[" in rendered.err and folder.written == ["lifts.html"], rendered.err


USES = {
    "cites it": ("Some stations are step-free. [@step-free]", "Some stations are step-free. [@step-free; @unused]"),
    "lists it": ("claims: [plan-2030]", "claims: [plan-2030, unused]"),
    "names it as evidence": ("evidence: [plan-2030]", "evidence: [plan-2030, unused]"),
}


@pytest.mark.parametrize("how", USES)
def test_what_a_brief_uses_blocks_it(folder: Folder, how: str) -> None:
    add(folder, UNUSED["a claim whose words are nowhere"])
    folder.change(BRIEF, *USES[how])
    rendered = folder.render(BRIEF, *PDF_IS_SLOW)
    assert rendered.status == 1 and "error[words-not-found]" in rendered.err and folder.written == []


def test_what_is_used_by_what_is_used_blocks_too(folder: Folder) -> None:
    """A source of a claim of a section; its claim is dropped with it, and must not vanish without a word."""
    folder.change("seeds/sources.yaml", "texts/riders.txt", "texts/none.txt")
    folder.change(BRIEF, "claims: [plan-2030]", "claims: []")
    folder.change(BRIEF, ", evidence: [plan-2030]", "")
    rendered = folder.render(BRIEF, *PDF_IS_SLOW)
    assert rendered.status == 1 and "error[missing-source-text]" in rendered.err


@pytest.mark.parametrize(
    "chart",
    [
        "kind: bar\nclaims: all\nby: source\n",
        "kind: bar\nclaims: {theme: access}\nby: source\n",
        "kind: coverage\nthemes: [access, lifts]\n",
    ],
)
def test_a_chart_uses_all_that_it_chooses_by_theme(folder: Folder, chart: str) -> None:
    add(
        folder,
        {"seeds/charts/lifts2.yaml": f"title: Claims\nsubtitle: Claims by source\nalt: Bars of claims.\n{chart}"},
    )
    folder.change(BRIEF, "charts: [lifts]", "charts: [lifts2]")
    folder.change("seeds/events.yaml", "themes: [lifts]", "themes: [opening]")
    assert folder.render(BRIEF, *PDF_IS_SLOW).status == 0
    broken = "- id: broken\n  statement: Ninety-four.\n  themes: [access]\n  accounts: [{source: transit-2024, exakt: Ninety-four}]\n"
    add(folder, {"seeds/claims.yaml": broken})
    assert folder.render(BRIEF, *PDF_IS_SLOW).status == 1


def test_what_makes_the_base_unreadable_blocks_every_brief(folder: Folder) -> None:
    folder.write("seeds/charts/unused.yaml", "kind: [bar\n")
    assert folder.render(BRIEF, *PDF_IS_SLOW).status == 1
    (folder.root / "seeds/charts/unused.yaml").unlink()
    add(folder, {"seeds/claims.yaml": "- {id: '-', statement: Nothing can name this., accounts: []}\n"})
    assert folder.render(BRIEF, *PDF_IS_SLOW).status == 1


def test_a_note_never_affects_a_status(folder: Folder) -> None:
    folder.write("_brand.yml", "defaults: {c6brief: {rules: {key-message-count: note, no-author: off}}}\n")
    add(folder, UNUSED["a claim whose words are nowhere"])
    result = folder.run("check", BRIEF, "--strict")
    assert result.status == 0 and "note[key-message-count]" in result.err and "note[words-not-found]" in result.err
    rendered = folder.render(BRIEF, "--strict", *PDF_IS_SLOW)
    assert rendered.status == 0 and "2 notes" in rendered.err


def test_one_brief_is_blocked_and_the_other_written(folder: Folder) -> None:
    add(folder, UNUSED["a claim whose words are nowhere"])
    text = (folder.root / BRIEF).read_text(encoding="utf-8")
    folder.write("briefs/other.yaml", text.replace("claims: [plan-2030]", "claims: [plan-2030, unused]"))
    rendered = folder.run("render", BRIEF, "briefs/other.yaml", *PDF_IS_SLOW, "--jobs", "1")
    assert rendered.status == 1 and folder.written == ["lifts.html"]
    assert rendered.err.count("[words-not-found]") == 1 and "error[words-not-found]" in rendered.err
