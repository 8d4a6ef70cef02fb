"""Words in quotation marks are verified or refused wherever an author can write them; terms and titles are nobody's words."""

from __future__ import annotations

import importlib
import json
import pkgutil
from dataclasses import dataclass
from pathlib import Path

import pytest
from pydantic import BaseModel
from pypdf import PdfReader

import c6brief
from c6brief import RenderOptions, check, render, verify
from c6brief.documents.problems import Problem
from c6brief.evidence.field_policies import POLICIES, field_holds_words, policy_of

TRUE = "No state will leave the fund"
INVENTED = "Every state will leave the fund"

FILES = {
    "_brand.yml": "defaults: {c6brief: {publisher: House of Rivers, licence: Free, issn: 1234-5679, contact: Desk}}\n",
    "seeds/sources.yaml": """\
references:
  - id: river-post
    type: article-newspaper
    title: Four states keep a river fund
    publisher: River Post
    container-title: River Post Weekly
    issued: 2025-03-04
    custom: {text: texts/river.txt, voice: mira-sol, note: Read in print}
""",
    "seeds/texts/river.txt": """\
Four states keep a river fund. Mira Sol, head of the river office, spoke in Delta City.

"No state will leave the fund," said Mira Sol. "We pay for the soft shore every year."

The members of the "Union of Rivers and Lakes of the South" agree on a budget.
""",
    "seeds/people.yaml": "- {id: mira-sol, name: Mira Sol, role: head of the river office, organisation: office}\n",
    "seeds/organisations.yaml": (
        "- {id: office, name: Office of the Great River, acronym: OGR, country: DE}\n"
        "- {id: union, name: Union of Rivers and Lakes of the South}\n"
    ),
    "seeds/scopes.yaml": "- {id: south, name: The south, members: [DE]}\n",
    "seeds/quotes.yaml": (
        "- {id: no-state, text: No state will leave the fund, speaker: mira-sol, source: river-post, themes: [fund]}\n"
    ),
    "seeds/events.yaml": """\
- id: speech
  title: A speech on the fund
  place: Delta City
  themes: [fund]
  accounts: [{source: river-post, date: 2025, exact: spoke in Delta City, note: As told}]
""",
    "seeds/claims.yaml": """\
- id: budget
  statement: "The members have a budget."
  themes: [fund]
  accounts: [{source: river-post, exact: agree on a budget}]
""",
    "seeds/tables/fund.yaml": """\
title: Who pays
subtitle: Shares
source: river-post
note: Rounded
fields:
  - {name: state, title: State}
  - {name: share, type: integer, title: Share, unit: parts}
rows: [[Upper, 1], [Lower, 3]]
notes: [{row: Upper, text: Since spring}]
""",
    "seeds/charts/fund.yaml": """\
kind: bar
title: The lower states pay most
subtitle: Shares of the fund
alt: Bars of two lengths
note: Rounded
table: fund
x: state
y: share
""",
    "seeds/charts/years.yaml": """\
kind: line
title: The fund grows
subtitle: Millions
alt: A rising line
source: river-post
fields: [{name: year, type: year}, {name: sum, type: number, title: Sum}]
rows: [[2023, 1], [2024, 2], [2025, 3]]
x: year
y: sum
references: [{value: 2, label: Target}]
notes: [{x: 2024, label: Reform}]
""",
    "seeds/sections/fund.md": "---\ntitle: The fund\n---\nIt was kept. [@budget]\n\n::: callout Beside\nIt is so. [@river-post]\n:::\n",
    "briefs/rivers.yaml": """\
title: Keep the fund
subtitle: What the states pay
series: Rivers
number: 1
date: 2026-03-02
authors: [{name: Nana Reed, role: Analyst, email: nana@example.org}]
key_messages: ["The fund is kept. [@budget]"]
sections:
  - use: fund
    quotes: [no-state]
    tables: [fund]
  - title: More
    text: "It grows. [@speech]"
    charts: [fund, years]
    claims: [budget]
recommendations:
  - {action: "Pay early.", addressee: The states, by: 2027, owner: The office, evidence: [budget]}
""",
}


@dataclass
class Rivers:
    """The project, whose files a test changes; it is checked as a user would check it."""

    folder: Path

    def change(self, name: str, old: str, new: str) -> None:
        text = (self.folder / name).read_text(encoding="utf-8")
        assert text.count(old) >= 1, f"{old!r} is not in {name}"
        (self.folder / name).write_text(text.replace(old, new, 1), encoding="utf-8")

    def problems(self) -> list[Problem]:
        found = check(self.folder / "briefs/rivers.yaml").problems
        return [problem for problem in found if problem.severity == "error" or problem.rule in RULES]


RULES = ("words-in-marks", "speech-without-marks", "role-unsourced")
"""The warnings that are told of words; others are of no concern here."""


@pytest.fixture
def rivers(tmp_path: Path) -> Rivers:
    for name, text in FILES.items():
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return Rivers(tmp_path)


SPEC, BRAND, SECTION = "briefs/rivers.yaml", "_brand.yml", "seeds/sections/fund.md"
SOURCES, EVENTS, CLAIMS = "seeds/sources.yaml", "seeds/events.yaml", "seeds/claims.yaml"
TABLE, BARS, LINE = "seeds/tables/fund.yaml", "seeds/charts/fund.yaml", "seeds/charts/years.yaml"

FROM_SOURCES = {
    "title": (SPEC, "Keep the fund"),
    "subtitle": (SPEC, "What the states pay"),
    "series": (SPEC, "Rivers"),
    "author's name": (SPEC, "Nana Reed"),
    "author's role": (SPEC, "Analyst"),
    "e-mail": (SPEC, "nana@example.org"),
    "section's title": (SPEC, "More"),
    "text": (SPEC, "It grows"),
    "key message": (SPEC, "The fund is kept"),
    "action": (SPEC, "Pay early"),
    "addressee": (SPEC, "The states"),
    "owner": (SPEC, "The office"),
    "by": (SPEC, "2027"),
    "front matter": (SECTION, "The fund\n"),
    "prose": (SECTION, "It was kept"),
    "callout's title": (SECTION, "Beside"),
    "callout's text": (SECTION, "It is so"),
    "prefix of a citation": (SECTION, "@river-post"),
    "locator": (SECTION, "@river-post]"),
    "source's title": (SOURCES, "Four states keep a river fund"),
    "container": (SOURCES, "River Post Weekly"),
    "publisher": (SOURCES, "River Post\n"),
    "source's note": (SOURCES, "Read in print"),
    "event's title": (EVENTS, "A speech on the fund"),
    "place": (EVENTS, "Delta City"),
    "account's note": (EVENTS, "As told"),
    "statement": (CLAIMS, "The members have a budget"),
    "table's title": (TABLE, "Who pays"),
    "table's subtitle": (TABLE, "Shares"),
    "table's note": (TABLE, "Rounded"),
    "field's title": (TABLE, "State"),
    "unit": (TABLE, "parts"),
    "cell": (TABLE, "Lower"),
    "note on a cell": (TABLE, "Since spring"),
    "chart's title": (BARS, "The lower states pay most"),
    "chart's subtitle": (BARS, "Shares of the fund"),
    "alt": (BARS, "Bars of two lengths"),
    "chart's note": (BARS, "Rounded"),
    "reference": (LINE, "Target"),
    "annotation": (LINE, "Reform"),
    "title of a chart's own field": (LINE, "Sum"),
}  # fmt: skip
"""Where words in marks are compared with a source: the file, and the text that they are added to."""

WITHOUT_SOURCE = {
    "role": ("seeds/people.yaml", "head of the river office"),
    "person's name": ("seeds/people.yaml", "Mira Sol"),
    "organisation's name": ("seeds/organisations.yaml", "Office of the Great River"),
    "acronym": ("seeds/organisations.yaml", "OGR"),
    "scope": ("seeds/scopes.yaml", "The south"),
    "publisher of the brief": (BRAND, "House of Rivers"),
    "licence": (BRAND, "Free"),
    "contact": (BRAND, "Desk"),
}
"""Where nothing is compared, or only names are."""


def add(rivers: Rivers, where: tuple[str, str], words: str) -> None:
    """Add ``words`` to the text at a route, in YAML as in Markdown."""
    name, old = where
    bare = old.rstrip("\n]")
    if bare == "@river-post":
        new = f"{words} {old}" if old == bare else f"{bare}, para. 2, {words}]"
    elif (name == SECTION and old != "The fund\n") or old in ("The fund is kept", "It grows", "Pay early", "The members have a budget"):
        new = old.replace(bare, f"{bare} {words}")
    else:
        new = old.replace(bare, f"'{bare} {words}'" if "'" not in words else f'"{bare} {words}"')
    rivers.change(name, old, new)


def test_the_project_itself_is_without_problems(rivers: Rivers) -> None:
    assert [str(found) for found in check(rivers.folder / SPEC).problems if found.severity == "error"] == []
    assert rivers.problems() == []


@pytest.mark.parametrize("route", [*FROM_SOURCES, *WITHOUT_SOURCE])
def test_invented_words_are_refused(rivers: Rivers, route: str) -> None:
    where = (FROM_SOURCES | WITHOUT_SOURCE)[route]
    add(rivers, where, f"“{INVENTED}”")
    found = rivers.problems()
    assert {problem.rule for problem in found} & {"words-not-found", "quotation-uncited"}, found
    assert {problem.severity for problem in found} == {"error"}
    places = {(problem.place.file.rpartition("/")[2], INVENTED in problem.place.line_text) for problem in found}
    assert (where[0].rpartition("/")[2], True) in places


@pytest.mark.parametrize("route", FROM_SOURCES)
def test_words_of_the_source_pass(rivers: Rivers, route: str) -> None:
    add(rivers, FROM_SOURCES[route], f"“{TRUE}”")
    assert rivers.problems() == []


@pytest.mark.parametrize("route", [route for route in (*FROM_SOURCES, *WITHOUT_SOURCE) if route != "person's name"])
def test_whole_names_and_apostrophes_are_no_quotations(rivers: Rivers, route: str) -> None:
    words = "“Union of Rivers and Lakes of the South”, O‘zbekiston, the states’ own 5′ of ’24, «River Post Weekly»"
    add(rivers, (FROM_SOURCES | WITHOUT_SOURCE)[route], words)
    assert rivers.problems() == []


@pytest.mark.parametrize("marks", ["”…”", "»…«", "„…“", "“…”", "‘…’", "«…»", "″…″", "<<…>>", "``…''", "❝…❞"])
def test_marks_of_every_style_are_seen_in_fields(rivers: Rivers, marks: str) -> None:
    opening, closing = marks.split("…")
    rivers.change(BARS, "The lower states pay most", f'"The states say {opening}{INVENTED}{closing}"')
    assert [problem.rule for problem in rivers.problems()] == ["words-not-found"]


def test_a_setting_of_the_command_line_is_a_field_too(rivers: Rivers) -> None:
    from c6brief import RenderOptions, render

    options = RenderOptions(overrides=(f"title=They said “{INVENTED}”",))
    found = render(rivers.folder / SPEC, options).problems
    assert [(problem.rule, problem.place.file[:5]) for problem in found] == [("words-not-found", "--set")]


def test_a_role_is_compared_with_the_source_of_the_person(rivers: Rivers) -> None:
    rivers.change(
        "seeds/people.yaml", "role: head of the river office", f"source: river-post, role: 'the “{TRUE}” head'"
    )
    assert rivers.problems() == []
    rivers.change("seeds/people.yaml", TRUE, INVENTED)
    assert [problem.rule for problem in rivers.problems()] == ["words-not-found"]


def test_a_title_gives_words_to_the_one_who_says_them(rivers: Rivers) -> None:
    rivers.change(EVENTS, "A speech on the fund", f"'“{TRUE},” says Mira Sol'")
    assert rivers.problems() == []
    rivers.change(EVENTS, "Mira Sol", "Ada Line")
    assert [problem.rule for problem in rivers.problems()] == ["speaker-not-named"]


def test_links_hide_no_words(rivers: Rivers) -> None:
    rivers.change(SECTION, "It was kept", f'It was [kept](https://example.org "“{INVENTED}”")')
    assert [problem.rule for problem in rivers.problems()] == ["words-not-found"]


# Words that nobody said


LINES = [route for route in FROM_SOURCES if route not in ("prefix of a citation", "locator", "e-mail", "by")]
"""Routes through which a term or a title may be written."""


@pytest.mark.parametrize("route", LINES)
def test_terms_and_titles_are_nobodys_words(rivers: Rivers, route: str) -> None:
    add(rivers, FROM_SOURCES[route], "on the [soft shore]{.term} of [A Long Book of Rivers]{.title}")
    assert rivers.problems() == []


@pytest.mark.parametrize("route", LINES)
def test_neither_stands_beside_a_verb_of_saying(rivers: Rivers, route: str) -> None:
    add(rivers, FROM_SOURCES[route], "she said: [we shall all leave it]{.title}")
    assert [problem.rule for problem in rivers.problems()] == ["named-as-speech"]


@pytest.mark.parametrize("text", [
    "Mira Sol said [never again]{.term}", "Mira Sol said that [never again]{.term}", "[Never again]{.term}, said Mira Sol",
    "[Never again]{.term}, Mira Sol said", "She warned: [we all leave]{.title}", "Mira Sol wrote: [we will all go]{.title}",
    "He called it [a total surrender]{.term}", "[We all go]{.term} – so the minister said",
    "[Never again]{.term}, according to Mira Sol", "“[Never again]{.term}”, she added", "She warned of [total war]{.term}",
])  # fmt: skip
def test_what_stands_beside_a_verb_of_saying(rivers: Rivers, text: str) -> None:
    rivers.change(SECTION, "It was kept", text)
    rivers.change(TABLE, "Who pays", f'"{text}"')
    assert [(problem.rule, problem.place.file[-4:]) for problem in rivers.problems()] == [
        ("named-as-speech", "d.md"),
        ("named-as-speech", "yaml"),
    ]


@pytest.mark.parametrize("text", [
    "the so-called [Middle Shore]{.term} opened", "she said that the [Middle Shore]{.term} opened",
    "the [Middle Shore]{.term}, added in 2019, is long", "in [A Long Book of Rivers]{.title}, Mira Sol said no",
    "she wrote [A Long Book of Rivers]{.title} in 2019", "what is called [soft shore]{.term}",
    "the report [A Long Book of Rivers]{.title} says so", "the [Middle Shore]{.term} states agree",
])  # fmt: skip
def test_what_does_not(rivers: Rivers, text: str) -> None:
    rivers.change(SECTION, "It was kept", text)
    rivers.change(TABLE, "Who pays", f'"{text}"')
    assert rivers.problems() == []


def test_a_term_has_three_words_at_most(rivers: Rivers) -> None:
    rivers.change(SECTION, "It was kept", "[one two three]{.term} and [one two three four]{.term}")
    rivers.change(BARS, "Bars of two lengths", "Bars of [one two three four]{.term}")
    assert [problem.rule for problem in rivers.problems()] == ["term-too-long"] * 2


def test_how_they_are_printed(rivers: Rivers) -> None:
    words = "[soft shore]{.term}, [A Long Book]{.title}, [Four states keep a river fund]{.title}"
    rivers.change(SECTION, "It was kept", f"Of {words}.")
    rivers.change(SPEC, "What the states pay", f'"Of {words}"')
    rivers.change(TABLE, "Lower", f'"{words}"')
    result = render(rivers.folder / SPEC, RenderOptions(form="html"))
    assert result.is_successful, result.problems
    page = result.files[0].target.read_text(encoding="utf-8")
    plain = "“soft shore”, A Long Book, “Four states keep a river fund”"
    assert page.count(f"Of {plain}") >= 1
    assert f">{plain}<" in page
    assert "“soft shore”</span>, <cite>A Long Book</cite>, <span" in page
    assert "]{." not in page.partition("<body")[2]


def test_they_stand_in_the_manifest(rivers: Rivers) -> None:
    rivers.change(SECTION, "It was kept", "the [soft shore]{.term}")
    rivers.change(SPEC, "What the states pay", '"Of [A Long Book of Rivers]{.title}"')
    rivers.change(BARS, "Rounded", '"See the [far shore]{.term}"')
    rivers.change("seeds/sections/fund.md", "Beside", "The [near shore]{.term}")
    result = render(rivers.folder / SPEC)
    assert result.is_successful, result.problems
    manifest = json.loads(PdfReader(result.files[0].target).attachments["manifest.json"][0])
    names = {(name["kind"], name["words"]) for name in manifest["record"]["names"]}
    assert names == {
        ("term", "soft shore"), ("title", "A Long Book of Rivers"), ("term", "far shore"), ("term", "near shore")
    }  # fmt: skip
    assert verify(result.files[0].target).is_whole


# A policy for every field


def models() -> list[type[BaseModel]]:
    """Every model that is read from a file."""
    for module in pkgutil.walk_packages(c6brief.__path__, "c6brief."):
        if not any(
            part in module.name for part in (".print", ".preview", ".manifest", ".verification", ".rules", "__main__")
        ):
            importlib.import_module(module.name)
    found: list[type[BaseModel]] = []
    waiting = [BaseModel]
    while waiting:
        for model in waiting.pop().__subclasses__():
            waiting.append(model)
            if model.__module__.startswith("c6brief.") and not model.__module__.startswith(OURS):
                found.append(model)
    return found


OURS = ("c6brief.brief.record", "c6brief.manifest", "c6brief.rules")
"""Models of what c6brief writes, and of word lists that it brings."""


def test_every_field_has_a_policy() -> None:
    fields = [
        f"{model.__name__}.{name}"
        for model in models()
        for name, field in model.model_fields.items()
        if field_holds_words(field) and policy_of(model, name) is None
    ]
    assert fields == [], "say in evidence/field_policies.py how words in marks in these fields are checked"
    assert len(models()) > 40


def test_policies_are_those_of_fields_that_there_are() -> None:
    known = {model.__name__: model for model in models()}
    assert [name for name in POLICIES if name not in known] == []
    assert [
        f"{name}.{field}"
        for name, fields in POLICIES.items()
        for field in fields
        if field not in known[name].model_fields
    ] == []
    for fields in POLICIES.values():
        assert all(policy.reason for policy in fields.values() if policy.check == "no-words")
