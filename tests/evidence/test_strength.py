"""Strength is earned: by statements alone, by voices that are stated, and by those that are independent."""

from __future__ import annotations

import json
import re
from html import unescape

import pytest

from tests.support.project import Folder

TEXT_A = (
    "The river bridge opened in May 2021. It carries forty trains a day, and the ferry was given up in the same year."
)
TEXT_B = (
    "Our reporter crossed the new bridge, which was opened in 2021 after nine years. The ferry lies idle on the bank."
)

SEEDS = {
    "seeds/sources.yaml": """
        references:
          - {id: paper, type: article, title: The bridge is open, publisher: Morning Paper,
             custom: {text: texts/a.txt, voice: anna-roe}}
          - {id: gazette, type: article, title: Across the river, publisher: Evening Gazette,
             custom: {text: texts/b.txt, voice: ben-poe}}
        """,
    "seeds/texts/a.txt": TEXT_A,
    "seeds/texts/b.txt": TEXT_B,
    "seeds/people.yaml": """
        - {id: anna-roe, name: Anna Roe}
        - {id: ben-poe, name: Ben Poe, organisation: roads}
        """,
    "seeds/organisations.yaml": "- {id: roads, name: Ministry of Roads}",
    "seeds/claims.yaml": """
        - id: bridge-open
          statement: The bridge opened in 2021.
          accounts:
            - {source: paper, exact: The river bridge opened in May 2021}
            - {source: gazette, exact: "the new bridge, which was opened in 2021"}
        """,
    "_brand.yml": "defaults: {c6brief: {rules: {key-message-count: off, no-author: off}}}",
    "briefs/b.yaml": """
        title: The bridge is open
        date: 2026-03-02
        sections:
          - title: Bridge
            text: |
              The bridge is open. [@bridge-open]
        """,
}


def build(folder: Folder, **changes: tuple[str, str]) -> None:
    """The project about a bridge in place of the one about buses; ``changes`` by the names of its files."""
    for old in (*folder.root.glob("seeds/**/*.*"), *folder.root.glob("briefs/*")):
        old.unlink()
    for name, text in SEEDS.items():
        lines = text.strip("\n").split("\n")
        indent = len(lines[0]) - len(lines[0].lstrip())
        folder.write(name, "\n".join(line[indent:] for line in lines).rstrip() + "\n")
    for key, (old, new) in changes.items():
        name = next(name for name in SEEDS if re.search(rf"\b{key.replace('_', '-')}\.", name))
        folder.change(name, old, new)


def page(folder: Folder) -> str:
    """The words of the page."""
    result = folder.run("render", "briefs/b.yaml", "--format", "html")
    assert result.status == 0, result.err
    html = (folder.root / "output/b.html").read_text(encoding="utf-8")
    body = html[html.index("<body") :]
    return " ".join(unescape(re.sub(r"<[^>]*>", " ", body)).split())


def mark(folder: Folder, cited: str) -> str:
    """The word of the mark at a note that cites, with what stands in brackets after it; empty for none."""
    folder.change("briefs/b.yaml", "[@bridge-open]", cited)
    assert folder.run("render", "briefs/b.yaml", "--format", "html").status == 0
    html = (folder.root / "output/b.html").read_text(encoding="utf-8")
    found = re.findall(r'<span class="note-mark[^>]*>([^<]*)</span>', html)
    assert len(re.findall(r'role="doc-footnote"', html)) == 1
    return unescape(found[0]).replace("\u00a0", " ") if found else ""


def test_two_stated_voices_corroborate(folder: Folder) -> None:
    build(folder)
    assert mark(folder, "[@bridge-open]") == "● Two voices."


@pytest.mark.parametrize("cited", ["[@paper]", "[@paper; @gazette]", "[see @paper, para. 1; @gazette]"])
def test_bare_sources_have_no_strength(folder: Folder, cited: str) -> None:
    build(folder)
    assert mark(folder, cited) == ""
    html = (folder.root / "output/b.html").read_text(encoding="utf-8")
    body = html[html.index("<body") :]
    assert "●" not in body and "○" not in body and "voice" not in re.sub(r"Who speaks|class=\"voice\"", "", body)


def test_a_bare_source_adds_nothing_to_a_statement(folder: Folder) -> None:
    build(folder, claims=("    - {source: gazette, exact:", "    - {source: gazette, stance: qualifies, exact:"))
    assert mark(folder, "[@bridge-open; @gazette]") == "○ One voice (Anna Roe)."


@pytest.mark.parametrize("file", ["sources"])
def test_no_voice_given_is_said_and_no_id_stands_for_one(folder: Folder, file: str) -> None:
    build(folder, **{file: (", voice: anna-roe", "")})
    folder.change("seeds/sources.yaml", ", voice: ben-poe", "")
    assert "○ Voice not stated." in page(folder)
    text = page(folder)
    assert "two voices" not in text.lower() and "One voice" not in text and "(paper)" not in text
    assert "independent voice" not in text.replace("independent voices say so", "")


def test_one_stated_voice_and_one_unstated_are_one(folder: Folder) -> None:
    build(folder, sources=(", voice: ben-poe", ""))
    assert mark(folder, "[@bridge-open]") == "○ One voice (Anna Roe)."


def test_an_account_may_have_a_voice_of_its_own(folder: Folder) -> None:
    build(folder, sources=(", voice: ben-poe", ""), claims=("{source: gazette,", "{source: gazette, voice: ben-poe,"))
    assert mark(folder, "[@bridge-open]") == "● Two voices."


def test_a_second_speaker_of_one_article_is_another_voice(folder: Folder) -> None:
    build(
        folder,
        claims=(
            '{source: gazette, exact: "the new bridge, which was opened in 2021"}',
            "{source: paper, voice: ben-poe, exact: the ferry was given up in the same year}",
        ),
        a=("and the ferry", "and, says Ben Poe, the ferry"),
    )
    assert mark(folder, "[@bridge-open]") == "● Two voices."


@pytest.mark.parametrize("own", [", voice: anna-roe", ""])
def test_a_voice_that_its_source_does_not_name_is_no_second_one(folder: Folder, own: str) -> None:
    first = "{source: paper, exact: The river bridge opened in May 2021}"
    build(
        folder,
        sources=(", voice: anna-roe", own),
        claims=(
            '{source: gazette, exact: "the new bridge, which was opened in 2021"}',
            "{source: paper, voice: ben-poe, exact: the ferry was given up in the same year}",
        ),
    )
    if not own:
        folder.change("seeds/claims.yaml", first, first.replace("paper,", "paper, voice: anna-roe,"))
    result = folder.run("check", "briefs/b.yaml")
    assert result.status == 0 and ("voice-not-named" if own else "voices-alike") in result.rules, result.err
    assert mark(folder, "[@bridge-open]") == "○ One voice (Anna Roe)."


def test_the_voice_of_a_quotation_is_its_speaker(folder: Folder) -> None:
    build(folder)
    folder.write("seeds/texts/a.txt", '"It will last," said Ben Poe. ' + TEXT_A)
    folder.write("seeds/quotes.yaml", "- {id: last, text: It will last, speaker: ben-poe, source: paper}\n")
    assert mark(folder, "[@last; @gazette]") == "○ One voice (Ben Poe)."
    folder.change("seeds/quotes.yaml", "source: paper", "source: paper, voice: anna-roe")
    folder.change("briefs/b.yaml", "[@last; @gazette]", "[@bridge-open]")
    assert mark(folder, "[@last]") == "○ One voice (Anna Roe)."


def test_quotations_of_two_people_are_not_two_voices_for_one_sentence(folder: Folder) -> None:
    build(folder)
    folder.write("seeds/texts/a.txt", '"It will last," said Ben Poe.\n\nAnna Roe said: "Never again." ' + TEXT_A)
    folder.write(
        "seeds/quotes.yaml",
        "- {id: last, text: It will last, speaker: ben-poe, source: paper}\n"
        "- {id: never, text: Never again, speaker: anna-roe, source: paper}\n",
    )
    assert mark(folder, "[@last; @never]") == "○ One voice."


# Voices that nobody knows ---------------------------------------------------------------------------------------


def test_an_unknown_voice_is_told_and_counts_as_not_stated(folder: Folder) -> None:
    build(folder, sources=("voice: ben-poe", "voice: the-editors"))
    result = folder.run("check", "briefs/b.yaml")
    assert result.rules == ["voice-unknown"] and result.status == 0, result.err
    assert "'the-editors' is no person or organisation of the evidence base" in result.err
    assert mark(folder, "[@bridge-open]") == "○ One voice (Anna Roe)."


@pytest.mark.parametrize("voice", ["ben-po", "bne-poe", "poe-ben"])
@pytest.mark.parametrize("key", ["sources", "claims"])
def test_a_misspelt_voice_is_an_error(folder: Folder, voice: str, key: str) -> None:
    if key == "sources":
        build(folder, sources=("voice: ben-poe", f"voice: {voice}"))
    else:
        build(folder, claims=("{source: gazette,", f"{{source: gazette, voice: {voice},"))
    result = folder.run("check", "briefs/b.yaml")
    assert result.rules == ["voice-unknown"] and result.status == 1, result.err
    assert f"seeds/{key}.yaml" in result.err and "did you mean 'ben-poe'?" in result.err


# Voices that look like one --------------------------------------------------------------------------------------

ALIKE = {
    "the same URL": [
        ("sources", "title: The bridge is open,", "title: The bridge is open, URL: 'https://www.a.example/news/1/',"),
        (
            "sources",
            "title: Across the river,",
            "title: Across the river, URL: 'http://a.example/news/1?utm_source=x',",
        ),
    ],
    "the same DOI": [
        ("sources", "title: The bridge is open,", "title: The bridge is open, DOI: 10.1000/ABC,"),
        ("sources", "title: Across the river,", "title: Across the river, DOI: 10.1000/abc,"),
    ],
    "the only author of both": [
        ("sources", "title: The bridge is open,", "title: The bridge is open, author: [{family: Zoe, given: Carl}],"),
        ("sources", "title: Across the river,", "title: Across the river, author: [{literal: Carl Zoe}],"),
    ],
    "stands in the other": [
        ("b.txt", TEXT_B, "By our own staff. " + TEXT_A + " More will follow: the new bridge, which was opened in 2021")
    ],
    "names Morning Paper as its source": [("b.txt", "Our reporter", "As the Morning Paper reports, our reporter")],
    "names Evening Gazette as its source": [("a.txt", "It carries", "According to the Evening Gazette, it carries")],
    "'ben-poe' belongs to 'roads'": [("sources", "voice: anna-roe", "voice: roads")],
    "'anna-roe' and 'ben-poe' belong to one organisation": [
        ("people", "name: Anna Roe}", "name: Anna Roe, organisation: The Ministry of Roads}"),
    ],
    "are the only authors of both": [
        (
            "sources",
            "title: The bridge is open,",
            "title: The bridge is open, author: [{literal: Carl Zoe}, {literal: Dora Moe}],",
        ),
        (
            "sources",
            "title: Across the river,",
            "title: Across the river, author: [{literal: D. Moe}, {family: Zoe, given: Carl}],",
        ),
    ],
    "'anna-roe' and 'other' have one name": [
        ("people", "- {id: ben-poe", "- {id: other, name: 'Roe, Dr A.'}\n- {id: ben-poe"),
        ("sources", "voice: ben-poe", "voice: other"),
    ],
    "'other' and 'roads' have one name": [
        ("organisations", "- {id: roads", "- {id: other, name: The Ministry of Roads}\n- {id: roads"),
        ("sources", "voice: anna-roe", "voice: other"),
        ("sources", "voice: ben-poe", "voice: roads"),
    ],
    "they have the same DOI": [
        ("sources", "title: The bridge is open,", "title: The bridge is open, DOI: 10.1000/ABC,"),
        ("sources", "title: Across the river,", "title: Across the river, URL: 'https://doi.org/10.1000%2Fabc',"),
    ],
    "they have the same URL": [
        ("sources", "title: The bridge is open,", "title: The bridge is open, URL: 'https://m.a.example/%6Eews',"),
        (
            "sources",
            "title: Across the river,",
            "title: Across the river, URL: 'https://web.archive.org/web/20250102030405/http://a.example/news/',",
        ),
    ],
    "both say “The river bridge opened in May 2021 and”": [
        ("a.txt", "May 2021. It", "May 2021 and it"),
        ("b.txt", TEXT_B, f"{TEXT_B} The river bridge opened in May 2021 and is crossed on foot. {'We went. ' * 9}"),
        ("claims", "exact: The river bridge opened in May 2021", "exact: The river bridge opened in May 2021 and it"),
        ("claims", '"the new bridge, which was opened in 2021"', "The river bridge opened in May 2021 and is crossed"),
    ],
    "names Ministry of Roads as its source": [
        ("sources", "voice: ben-poe", "voice: roads"),
        ("a.txt", "It carries", "Based on a survey by the Ministry of Roads, it carries"),
    ],
}


@pytest.mark.sample(5)
@pytest.mark.parametrize("reason", ALIKE)
def test_voices_that_look_like_one_count_once(folder: Folder, reason: str) -> None:
    build(folder)
    for name, old, new in ALIKE[reason]:
        folder.change(next(path for path in SEEDS if name in path), old, new)
    result = folder.run("check", "briefs/b.yaml")
    assert (result.status, result.rules) == (0, ["voices-alike"]), result.err
    assert reason in result.err
    assert mark(folder, "[@bridge-open]").startswith("○ One voice")


@pytest.mark.sample(4)
@pytest.mark.parametrize("reason", ALIKE)
@pytest.mark.parametrize("says", ["paper", "gazette"])
def test_a_source_may_say_why_it_is_independent_and_the_reason_is_printed(
    folder: Folder, reason: str, says: str
) -> None:
    build(folder)
    for name, old, new in ALIKE[reason]:
        folder.change(next(path for path in SEEDS if name in path), old, new)
    other = {"paper": "gazette", "gazette": "paper"}[says]
    letter = {"paper": "a", "gazette": "b"}[says]
    own = f"{{text: texts/{letter}.txt,"
    folder.change(
        "seeds/sources.yaml",
        own,
        f"{own} independent: [{{of: {other}, because: Both sent a reporter to the bridge.}}],",
    )
    result = folder.run("check", "briefs/b.yaml")
    assert (result.status, result.rules) == (0, []), result.err
    assert mark(folder, "[@bridge-open]") == "● Two voices."
    folder.change("briefs/b.yaml", "[@bridge-open]", "[@bridge-open] ")
    label = {"paper": "S2", "gazette": "S1"}[says]
    assert f"Counted as independent of {label}: Both sent a reporter to the bridge." in page(folder)


def test_an_independent_source_must_exist(folder: Folder) -> None:
    build(
        folder, sources=("voice: ben-poe", "voice: ben-poe, independent: [{of: papre, because: They differ in all.}]")
    )
    result = folder.run("check", "briefs/b.yaml")
    assert result.rules == ["unknown-id"] and "did you mean 'paper'?" in result.err


@pytest.mark.parametrize("reason", ["x", "they differ", "because because because", "a b c", "独立"])
def test_a_reason_has_words(folder: Folder, reason: str) -> None:
    build(folder, sources=("voice: ben-poe", f"voice: ben-poe, independent: [{{of: paper, because: {reason}}}]"))
    result = folder.run("check", "briefs/b.yaml")
    assert "bad-value" in result.rules and "a reason has 3 words" in result.err and result.status == 1


INDEPENDENT = {
    "people of two organisations": ("people", "name: Anna Roe}", "name: Anna Roe, organisation: Ministry of Rivers}"),
    "mentions of the other that credit it with nothing": (
        "b.txt",
        "Our reporter",
        "The Morning Paper has its offices here. Our reporter",
    ),
    "two authors, one of them shared": (
        "sources",
        "title: Across the river,",
        "title: Across the river, author: [{literal: Carl Zoe}, {literal: Dora Moe}],",
    ),
    "one host, two pages": (
        "sources",
        "title: Across the river,",
        "title: Across the river, URL: 'https://a.example/2',",
    ),
    "a body that answers to the other": ("b.txt", "Our reporter", "Morning Paper reports to the council. Our reporter"),
    "a shared quotation of a line": (
        "b.txt",
        "Our reporter",
        "The river bridge opened in May 2021, they say. Our reporter",
    ),
}


@pytest.mark.sample(3)
@pytest.mark.parametrize("name", INDEPENDENT)
def test_independent_voices_are_two(folder: Folder, name: str) -> None:
    build(
        folder,
        sources=(
            "title: The bridge is open,",
            "title: The bridge is open, URL: 'https://a.example/1', author: [{literal: Carl Zoe}],",
        ),
    )
    file, old, new = INDEPENDENT[name]
    folder.change(next(path for path in SEEDS if file in path), old, new)
    result = folder.run("check", "briefs/b.yaml")
    assert result.rules == [], result.err
    assert mark(folder, "[@bridge-open]") == "● Two voices."


# What supports nothing ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("stance", ["disputes", "qualifies"])
def test_a_claim_without_support_is_printed_so(folder: Folder, stance: str) -> None:
    build(folder)
    text = (folder.root / "seeds/claims.yaml").read_text().replace("{source:", f"{{stance: {stance}, source:")
    folder.write("seeds/claims.yaml", text)
    result = folder.run("check", "briefs/b.yaml")
    assert (result.status, result.rules) == (0, ["claim-unsupported"]), result.err
    assert mark(folder, "[@bridge-open]") == "– Unsupported."
    shown = json.loads(folder.run("show", "claims", "--json").out)
    assert "unsupported" in json.dumps(shown)


@pytest.mark.parametrize(
    ("statement", "words", "told"),
    [
        ("Exports of grain doubled.", "the ferry was given up in the same year", True),
        ("The weather was fine with all their friends.", "It carries forty trains a day", True),
        ("The ferries stopped.", "the ferry was given up in the same year", False),
        ("Service ended.", "the ferry was given up in the same year", True),
        ("Traffic is dense: 40 services.", "It carries forty trains a day", True),
        ("All changed in 2021.", "opened in May 2021", False),
        ("In May everything changed.", "opened in May 2021", False),
        ("The railway carries freight.", "It carries forty trains a day", False),
        ("Railway traffic is dense.", "It carries forty [railway] trains a day", False),
    ],
)
def test_accounts_speak_of_what_they_support(folder: Folder, statement: str, words: str, told: bool) -> None:
    build(
        folder,
        claims=("The bridge opened in 2021.", statement if ":" not in statement else f'"{statement}"'),
    )
    folder.change("seeds/claims.yaml", "The river bridge opened in May 2021", f'"{words}"')
    text = (folder.root / "seeds/claims.yaml").read_text().split("    - {source: gazette")[0]
    folder.write("seeds/claims.yaml", text)
    result = folder.run("check", "briefs/b.yaml")
    assert ("account-off-topic" in result.rules) is told, result.err
    assert result.status == 0


def test_a_source_in_another_language_is_not_compared(folder: Folder) -> None:
    build(folder, sources=("title: The bridge is open,", "title: Die Brücke, language: de,"))
    folder.write("seeds/texts/a.txt", "Die Brücke ist seit Mai offen.")
    folder.change(
        "seeds/claims.yaml", "exact: The river bridge opened in May 2021", "exact: Die Brücke ist seit Mai offen"
    )
    assert folder.run("check", "briefs/b.yaml").rules == []


@pytest.mark.parametrize(
    ("statement", "words", "told"),
    [
        ("The bridge opened in 2021.", "The bridge was not opened in 2021", True),
        ("The bridge never opened in May.", "The river bridge opened in May", True),
        ("No ferry crosses the river.", "No ferry crosses the river", False),
        ("The bridge carries trains.", "The bridge carries trains, and no ferry crosses the river", False),
        ("The river has no ferry.", "the ferry was given up on the river", False),
    ],
)
def test_an_account_that_says_the_opposite_is_told(folder: Folder, statement: str, words: str, told: bool) -> None:
    build(folder, claims=("The bridge opened in 2021.", statement))
    folder.write("seeds/texts/a.txt", f"{words}.")
    folder.change("seeds/claims.yaml", "exact: The river bridge opened in May 2021", f'exact: "{words}"')
    text = (folder.root / "seeds/claims.yaml").read_text().split("    - {source: gazette")[0]
    folder.write("seeds/claims.yaml", text)
    result = folder.run("check", "briefs/b.yaml")
    assert ("account-negates" in result.rules) is told, result.err
