"""Words in quotation marks are verified or refused wherever an author can write them; terms and titles are nobody's words."""

from __future__ import annotations

import importlib
import json
import pkgutil
import re
from collections.abc import Mapping
from contextlib import chdir
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
    "_brand.yml": """\
defaults:
  c6brief: {publisher: "House<house>", licence: "Free<licence>", issn: 1234-5679, contact: "Desk<contact>"}
""",
    "seeds/sources.yaml": """\
references:
  - id: river-post
    type: article-newspaper
    title: "Four states keep a river fund<title of a source>"
    publisher: "River Post<publisher>"
    container-title: "River Post Weekly<container>"
    issued: 2025-03-04
    custom: {text: texts/river.txt, voice: mira-sol, note: "Read in print<note of a source>"}
""",
    "seeds/texts/river.txt": """\
Four states keep a river fund. Mira Sol, head of the river office, spoke in Delta City.

"No state will leave the fund," said Mira Sol. "We pay for the soft shore every year."

The members of the "Union of Rivers and Lakes of the South" agree on a budget.
""",
    "seeds/people.yaml": """\
- {id: mira-sol, name: Mira Sol, role: head of the river office, organisation: office}
- {id: ben-moss, name: "Ben Moss<name>", role: "clerk<role>"}
""",
    "seeds/organisations.yaml": """\
- {id: office, name: "Office of the Great River<organisation>", acronym: "OGR<acronym>", country: DE}
- {id: union, name: Union of Rivers and Lakes of the South}
""",
    "seeds/scopes.yaml": '- {id: south, name: "The south<scope>", members: [DE]}\n',
    "seeds/quotes.yaml": (
        "- {id: no-state, text: No state will leave the fund, speaker: mira-sol, source: river-post, themes: [fund]}\n"
    ),
    "seeds/events.yaml": """\
- id: speech
  title: "A speech on the fund<event>"
  place: "Delta City<place>"
  themes: [fund]
  accounts: [{source: river-post, date: 2025, exact: spoke in Delta City, note: "As told<note of an account>"}]
""",
    "seeds/claims.yaml": """\
- id: budget
  statement: "The members have a budget<statement>."
  themes: [fund]
  accounts: [{source: river-post, exact: agree on a budget}]
""",
    "seeds/images.yaml": """\
- id: shore
  file: shore.svg
  alt: "The soft shore<alt of an image>."
  credit: "Nana Reed<credit>"
  licence: "Free to print<licence of an image>"
  source: river-post
""",
    "seeds/shore.svg": (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 90 30">\n<text x="9" y="9">Shore<drawn words></text>\n</svg>\n'
    ),
    "seeds/charts/drawn.yaml": """\
kind: image
file: drawn.svg
title: A chart of another house
subtitle: Shares, parts
alt: Two bars
table: fund
source: river-post
""",
    "seeds/charts/drawn.svg": (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 90 30">\n<text x="9" y="9">Upper<words of a chart></text>\n</svg>\n'
    ),
    "seeds/tables/fund.yaml": """\
title: "Who pays<title of a table>"
subtitle: "Shares<subtitle of a table>"
source: river-post
note: "Rounded<note of a table>"
fields:
  - {name: state, title: "State<title of a field>"}
  - {name: share, type: integer, title: Share, unit: "parts<unit>"}
rows: [["Upper", 1], ["Lower<cell>", 3]]
notes: [{row: Upper, text: "Since spring<note on a cell>"}]
""",
    "seeds/charts/fund.yaml": """\
kind: bar
title: "The lower states pay most<title of a chart>"
subtitle: "Shares of the fund<subtitle of a chart>"
alt: "Bars of two lengths<alt>"
note: "Rounded<note of a chart>"
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
fields: [{name: year, type: year}, {name: sum, type: number, title: "Sum<own field>"}]
rows: [[2023, 1], [2024, 2], [2025, 3]]
x: year
y: sum
references: [{value: 2, label: "Target<reference>"}]
notes: [{x: 2024, label: "Reform<note on a pole>"}]
annotate: [{x: 2023, text: "Law<words on a pole>"}, {x: 2024, y: 1, text: "Low<annotation>", to: {x: 2024, y: 2}}]
periods: [{from: 2023, to: 2024, label: "Talks<period>"}]
""",
    "seeds/charts/where.yaml": """\
kind: map
title: Where
subtitle: The south
alt: A map
source: river-post
scope: south
places: [{name: "Delta<place of a map>", lon: 10, lat: 52}]
""",
    "seeds/sections/fund.md": """\
---
title: "The fund<front matter>"
---
It was kept<prose>. [@budget]

It is [<prefix> @river-post, para. 2<locator>].

### A heading<heading>. [@river-post]

::: callout Beside<callout>
It is so<text of a callout>. [@river-post]
:::
""",
    "briefs/rivers.yaml": """\
title: "Keep the fund<title>"
subtitle: "What the states pay<subtitle>"
series: "Rivers<series>"
number: "1<number>"
date: 2026-03-02
authors:
  - name: "Nana Reed<author>"
    role: "Analyst<role of an author>"
    email: "nana@example.org<address>"
    bio: "Nana Reed has read the papers for long<bio>. [@river-post]"
summary: "The fund is kept, and its members agree<summary>. [@budget]"
keywords: ["rivers, shared<keyword>", fund]
doi: 10.1234/rivers
numbers:
  - {value: "2025<value of a number>", label: "is the year of the speech<label of a number>", evidence: [speech]}
  - {count: voices}
options_considered:
  - {option: "Keep it<option>", benefit: "It lasts<benefit>", evidence: [budget]}
  - {option: "Leave", risk: "It ends<risk>", cost: "Much<cost>", evidence: [budget]}
annexes:
  - title: "More of it<title of an annex>"
    text: "It is told<text of an annex>. [@speech]"
  - {use: evidence, title: "All of it<title of the evidence>"}
acknowledgements: "The authors thank the office<acknowledgements>. [@river-post]"
funders: [{name: "Fund of the Shore<funder>", url: "https://shore.example/fund"}]
disclaimer: "These are views of the authors<disclaimer>. [@river-post]"
key_messages: ["The fund is kept<key message>. [@budget]"]
sections:
  - use: fund
    quotes: [no-state]
    tables: [fund]
  - title: "More<title of a section>"
    text: "It grows<text>. [@speech]"
    images: [shore]
    charts: [fund, years, where, drawn]
    claims: [budget]
recommendations:
  - {action: "Pay early<action>.", addressee: "The states<addressee>", by: "2027<by>", owner: "The office<owner>", evidence: [budget]}
""",
}
"""A project. ``<title>`` is a route: a place where an author may write words in marks."""

ROUTE = re.compile(r"<([a-z -]+)>")
ROUTES = {route: name for name, text in FILES.items() for route in ROUTE.findall(text)}
"""The routes, each with its file."""

WITHOUT_SOURCE = ("house", "licence", "contact", "name", "role", "organisation", "acronym", "scope")
"""Routes whose words nothing is compared with, or whose whole name only."""

SPEC, BRAND, SECTION = "briefs/rivers.yaml", "_brand.yml", "seeds/sections/fund.md"
EVENTS, TABLE, BARS = "seeds/events.yaml", "seeds/tables/fund.yaml", "seeds/charts/fund.yaml"


@dataclass
class Rivers:
    """The project, whose files a test changes; it is checked as a user would check it."""

    folder: Path

    def write_routes(self, words: Mapping[str, str]) -> None:
        """Write all files, with ``words`` on their routes."""
        for name, text in FILES.items():
            path = self.folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(ROUTE.sub(lambda match: words.get(match[1], ""), text), encoding="utf-8")

    def change(self, name: str, old: str, new: str) -> None:
        text = (self.folder / name).read_text(encoding="utf-8")
        assert text.count(old) >= 1, f"{old!r} is not in {name}"
        (self.folder / name).write_text(text.replace(old, new, 1), encoding="utf-8")

    def problems(self) -> list[Problem]:
        with chdir(self.folder):
            found = check().problems
        return [problem for problem in found if problem.severity == "error" or problem.rule in WARNINGS]


WARNINGS = ("words-in-marks", "speech-without-marks", "role-unsourced")
"""The warnings that are told of words; others are of no concern here."""


@pytest.fixture
def rivers(tmp_path: Path) -> Rivers:
    project = Rivers(tmp_path)
    project.write_routes({})
    return project


def test_the_project_itself_is_without_problems(rivers: Rivers) -> None:
    assert [str(found) for found in rivers.problems()] == []
    assert len(ROUTES) > 50


def test_invented_words_are_refused_on_every_route(rivers: Rivers) -> None:
    told = {route: f" “{INVENTED} {number}”" for number, route in enumerate(ROUTES, 101)}
    rivers.write_routes(told)
    found = [problem for problem in rivers.problems() if problem.rule in ("words-not-found", "quotation-uncited")]
    assert {problem.severity for problem in found} == {"error"}
    at = {route for route, words in told.items() for problem in found if words in problem.place.line_text}
    assert [route for route in ROUTES if route not in at] == []
    assert all(problem.hint for problem in found)


@pytest.mark.parametrize("route", ["title", "prose", "front matter", "cell", "role", "licence", "unit", "locator"])
def test_the_place_is_that_of_the_words(rivers: Rivers, route: str) -> None:
    rivers.write_routes({route: f" “{INVENTED}”"})
    [problem] = rivers.problems()
    assert problem.place.file.endswith(ROUTES[route])
    assert INVENTED in problem.place.line_text


def test_words_of_the_source_pass_on_every_route(rivers: Rivers) -> None:
    rivers.write_routes({route: f" “{TRUE}”" for route in ROUTES if route not in WITHOUT_SOURCE})
    assert [str(problem) for problem in rivers.problems()] == []


def test_whole_names_and_apostrophes_are_no_quotations(rivers: Rivers) -> None:
    words = " “Union of Rivers and Lakes of the South”, O‘zbekiston, the states’ own 5′ of ’24, «River Post Weekly»"
    rivers.write_routes({route: words for route in ROUTES if route != "container"})
    assert [str(problem) for problem in rivers.problems()] == []


@pytest.mark.parametrize(("text", "is_told"), [
    ("“We pay” “for the” “soft shore” “no more”", True), ("“We” “leave” “the” “fund”", True),
    ("“the fund”, “soft shore” and “every year”", False), ("the “soft” “shore” fund", False),
])  # fmt: skip
def test_words_cut_up_by_marks_are_one_quotation(rivers: Rivers, text: str, is_told: bool) -> None:
    rivers.change(SECTION, "It was kept", text)
    assert ("words-not-found" in [problem.rule for problem in rivers.problems()]) == is_told


@pytest.mark.parametrize("text", [
    "Mira Sol said: “{name}.”", "“{name},” said Mira Sol", "She warned that “{name}”", "“{name}”, she added",
    "In the words of Mira Sol, “{name}”",
])  # fmt: skip
@pytest.mark.parametrize(("where", "old"), [
    ("seeds/organisations.yaml", "name: Union of Rivers and Lakes of the South"),
    ("seeds/sources.yaml", "title: Four states keep a river fund"),
])  # fmt: skip
def test_a_whole_name_is_put_in_nobodys_mouth(rivers: Rivers, where: str, old: str, text: str) -> None:
    name = "The fund will be closed in spring"
    rivers.change(
        where, re.sub("title: ", 'title: "', old) if "title" in old else old, old.split(": ")[0] + ': "' + name
    )
    rivers.change(SECTION, "It was kept", text.format(name=name))
    assert "words-not-found" in [problem.rule for problem in rivers.problems()]


@pytest.mark.parametrize("marks", ["”…”", "»…«", "„…“", "“…”", "‘…’", "«…»", "″…″", "<<…>>", "``…''", "❝…❞"])
def test_marks_of_every_style_are_seen_in_fields(rivers: Rivers, marks: str) -> None:
    opening, closing = marks.split("…")
    rivers.change(BARS, "The lower states pay most", f"The states say {opening}{INVENTED}{closing}")
    assert [problem.rule for problem in rivers.problems()] == ["words-not-found"]


def test_a_setting_of_the_command_line_is_a_field_too(rivers: Rivers) -> None:
    from c6brief import RenderOptions, render

    options = RenderOptions(overrides=(f"title=They said “{INVENTED}”",))
    found = render(rivers.folder / SPEC, options).problems
    errors = [problem for problem in found if problem.severity == "error"]
    assert [(problem.rule, problem.place.file[:5]) for problem in errors] == [("words-not-found", "--set")]


def test_a_name_may_have_marks_inside(rivers: Rivers) -> None:
    name = "Society “Union of Rivers and Lakes of the South” of Delta"
    rivers.change("seeds/organisations.yaml", "name: Union of Rivers and Lakes of the South", f"name: {name}")
    rivers.change(BRAND, "House", name)
    rivers.change(SECTION, "It was kept. [@budget]", f"It was kept by the {name}.")
    rivers.change(SPEC, "What the states pay", f"What the {name} pays")
    assert [str(problem) for problem in rivers.problems()] == []
    rivers.change(
        SECTION, "Society “Union of Rivers and Lakes of the South” of Delta", "“Union of Rivers and Lakes of the South”"
    )
    assert [problem.rule for problem in rivers.problems()] == ["quotation-uncited"]


def test_words_of_a_logo_without_keys_of_ours(rivers: Rivers) -> None:
    brand = f"meta: {{name: 'House “{INVENTED}”'}}\nlogo: logo.svg\n"
    (rivers.folder / BRAND).write_text(brand, encoding="utf-8")
    (rivers.folder / "logo.svg").write_text('<svg xmlns="http://www.w3.org/2000/svg"/>', encoding="utf-8")
    [problem] = rivers.problems()
    assert (problem.rule, problem.place.file[-10:]) == ("words-not-found", "_brand.yml")


def test_a_role_is_compared_with_the_source_of_the_person(rivers: Rivers) -> None:
    rivers.change("seeds/people.yaml", 'role: "clerk"', f"source: river-post, role: 'the “{TRUE}” clerk'")
    assert rivers.problems() == []
    rivers.change("seeds/people.yaml", TRUE, INVENTED)
    assert [problem.rule for problem in rivers.problems()] == ["words-not-found"]


def test_a_title_gives_words_to_the_one_who_says_them(rivers: Rivers) -> None:
    rivers.change(EVENTS, "A speech on the fund", f"“{TRUE},” says Mira Sol")
    assert rivers.problems() == []
    rivers.change(EVENTS, "Mira Sol", "Ada Line")
    assert [problem.rule for problem in rivers.problems()] == ["speaker-not-named"]


def test_links_hide_no_words(rivers: Rivers) -> None:
    rivers.change(SECTION, "It was kept", f'It was [kept](https://example.org "“{INVENTED}”")')
    assert [problem.rule for problem in rivers.problems()] == ["words-not-found"]


def test_speech_over_paragraphs_has_its_source_in_one_of_them(rivers: Rivers) -> None:
    speech = (
        "Mira Sol was clear.\n\n“No state will leave the fund.\n\n“We pay for the soft shore every year.” [@river-post]"
    )
    rivers.change(SECTION, "It was kept. [@budget]", speech)
    assert [str(problem) for problem in rivers.problems()] == []
    rivers.change(SECTION, "No state", "Every state")
    assert [problem.rule for problem in rivers.problems()] == ["words-not-found"]
    rivers.change(SECTION, "every year.” [@river-post]", "every year.”")
    assert [problem.rule for problem in rivers.problems()] == ["quotation-uncited"] * 2


# Words that nobody said


LINES = [route for route in ROUTES if route not in ("prefix", "locator")]
"""Routes through which a term or a title may be written: brackets do not stand in brackets."""


def test_terms_and_titles_are_nobodys_words(rivers: Rivers) -> None:
    rivers.write_routes(dict.fromkeys(LINES, " on the [soft shore]{.term} of [A Long Book of Rivers]{.title}"))
    assert [str(problem) for problem in rivers.problems()] == []


def test_neither_stands_beside_a_verb_of_saying(rivers: Rivers) -> None:
    told = {route: f" she said: [we shall all leave {number}]{{.title}}" for number, route in enumerate(LINES, 101)}
    rivers.write_routes(told)
    found = [problem for problem in rivers.problems() if problem.rule == "named-as-speech"]
    at = {route for route, words in told.items() for problem in found if words in problem.place.line_text}
    assert [route for route in LINES if route not in at] == []


@pytest.mark.parametrize("text", [
    "Mira Sol said [never again]{.term}", "Mira Sol said that [never again]{.term}", "[Never again]{.term}, said Mira Sol",
    "[Never again]{.term}, Mira Sol said", "She warned: [we all leave]{.title}", "Mira Sol wrote: [we will all go]{.title}",
    "He called it [a total surrender]{.term}", "[We all go]{.term} – so the minister said",
    "[We shall all leave]{.title} – Mira Sol", "[Never again]{.term} (Mira Sol)", "Mira Sol: [never again]{.term}",
    "In the words of Mira Sol, [we all leave]{.title}", "The office has a word, [we all leave]{.title}, she stated",
    "[Never again]{.term}, according to Mira Sol", "“[Never again]{.term}”, she added", "She warned of [total war]{.term}",
])  # fmt: skip
def test_what_stands_beside_a_verb_of_saying(rivers: Rivers, text: str) -> None:
    rivers.change(SECTION, "It was kept", text)
    rivers.change(TABLE, "Who pays", text)
    assert [(problem.rule, problem.place.file[-4:]) for problem in rivers.problems()] == [
        ("named-as-speech", "d.md"),
        ("named-as-speech", "yaml"),
    ]


@pytest.mark.parametrize("text", [
    "the so-called [Middle Shore]{.term} opened", "she said that the [Middle Shore]{.term} opened",
    "the [Middle Shore]{.term}, added in 2019, is long", "in [A Long Book of Rivers]{.title}, Mira Sol said no",
    "she wrote [A Long Book of Rivers]{.title} in 2019", "what is called [soft shore]{.term}",
    "Mira Sol: [A Long Book of Rivers]{.title}", "[A Long Book of Rivers]{.title} (Mira Sol)",
    "the [Middle Shore]{.term} – Upper Land, Lower Land – opened", "Further reading: [soft shore]{.term}",
    "According to Mira Sol, [A Long Book of Rivers]{.title} is long", "In the book, [Rivers]{.title}, she says no",
    "the report [A Long Book of Rivers]{.title} says so", "the [Middle Shore]{.term} states agree",
])  # fmt: skip
def test_what_does_not(rivers: Rivers, text: str) -> None:
    rivers.change(SECTION, "It was kept", text)
    rivers.change(TABLE, "Who pays", text)
    assert rivers.problems() == []


def test_a_term_has_three_words_at_most(rivers: Rivers) -> None:
    rivers.change(SECTION, "It was kept", "[one two three]{.term} and [one two three four]{.term}")
    rivers.change(BARS, "Bars of two lengths", "Bars of [one two three four]{.term}")
    assert [problem.rule for problem in rivers.problems()] == ["term-too-long"] * 2


def test_how_they_are_printed(rivers: Rivers) -> None:
    words = "[soft shore]{.term}, [A Long Book]{.title}, [Four states keep a river fund]{.title}"
    rivers.change(SECTION, "It was kept", f"Of {words}.")
    rivers.change(SPEC, "What the states pay", f"Of {words}")
    rivers.change(TABLE, "Lower", words)
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
    rivers.change(SPEC, "What the states pay", "Of [A Long Book of Rivers]{.title}")
    rivers.change(BARS, "Rounded", "See the [far shore]{.term}")
    rivers.change("seeds/sections/fund.md", "Beside", "The [near shore]{.term}")
    rivers.change(BRAND, "Free", "Free, as the [open shore]{.term}")
    result = render(rivers.folder / SPEC)
    assert result.is_successful, result.problems
    manifest = json.loads(PdfReader(result.files[0].target).attachments["manifest.json"][0])
    names = {(name["kind"], name["words"]) for name in manifest["record"]["names"]}
    assert names == {
        ("term", "soft shore"), ("title", "A Long Book of Rivers"), ("term", "far shore"), ("term", "near shore"), ("term", "open shore")
    }  # fmt: skip
    assert verify(result.files[0].target).is_whole


# What is not verified, and told


LONG = "we shall all leave the fund before the year ends"


@pytest.mark.parametrize(("text", "rules"), [
    ("It was a “soft coast”", ["words-in-marks"]),
    ("It was a “soft shore”", []),
    ("It was a “Soft Shore”", []),
    ("It was “soft”", []),
    ("It was a [soft coast]{.term}", []),
    ("It was the “River Post”, the “OGR”", []),
    ("It was a «мягкий берег» and a „weiche Küste“", ["words-in-marks"] * 2),
    (f"It was so: *{LONG}*", ["speech-without-marks"]),
    ("It was *very much* so", []),
    ("It was told in [A Very Long Book of the Rivers of the North]{.title}", []),
    ("It was told in *Union of Rivers and Lakes of the South*", []),
    (f"Mira Sol said: {LONG}", ["speech-without-marks"]),
    (f"So said Mira Sol: {LONG}", ["speech-without-marks"]),
    (f"So said the minister: {LONG}", ["speech-without-marks"]),
    (f"— {LONG}, — said Mira Sol. — And so on", ["speech-without-marks"]),
    (f"— {LONG}, said Mira Sol", ["speech-without-marks"]),
    (f"— {LONG}, as it was before", []),
    ("Mira Sol said: never", []),
    (f"Mira Sol said: “{TRUE}”", []),
    ("The rules hold for coastal states: those that share the river and pay for it each year", []),
    (f"The ministry states: {LONG}", ["speech-without-marks"]),
    (f"The report notes three risks: that {LONG}", []),
    ("These are the states: upper and lower ones, and one that is in between", []),
    ("These said so: Upper Land, Lower Land, Middle Land, North Land, South Land", []),
    ("These are hopes, and the report calls them so: both of its lists are headed as such", []),
])  # fmt: skip
def test_warnings_on_words_that_may_be_somebodys(rivers: Rivers, text: str, rules: list[str]) -> None:
    rivers.change(SECTION, "It was kept. [@budget]", f"{text}. [@budget]")
    found = rivers.problems()
    assert [(problem.rule, problem.severity) for problem in found] == [(rule, "warning") for rule in rules]


def test_paragraphs_that_cite_nothing_have_terms_of_their_own(rivers: Rivers) -> None:
    rivers.change(SECTION, "It was kept. [@budget]", f"It was a “soft coast”, *{LONG}*.")
    assert rivers.problems() == []
    rivers.change(SECTION, "It was", f"Mira Sol said: {LONG}, and it was")
    assert [problem.rule for problem in rivers.problems()] == ["speech-without-marks"]


def test_a_project_may_switch_the_warnings_off(rivers: Rivers) -> None:
    rivers.change(SECTION, "It was kept. [@budget]", f"It was a “soft coast”, *{LONG}*. [@budget]")
    rivers.change(
        BRAND, "issn: 1234-5679", "issn: 1234-5679, rules: {words-in-marks: error, speech-without-marks: off}"
    )
    assert [(problem.rule, problem.severity) for problem in rivers.problems()] == [("words-in-marks", "error")]


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
            if model.__name__ == "PanelOptions":
                continue  # made of two models that are in the list
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
