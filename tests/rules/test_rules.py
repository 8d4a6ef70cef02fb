"""The editor in the machine: every rule fires at the very words and stays silent beside them."""

from __future__ import annotations

import json
import re
import string
import subprocess
import sys
import time
from pathlib import Path

import pytest

from c6brief.documents.problems import named_rules
from c6brief.evidence.numbers import numbers_in
from c6brief.print.preflight import page_rules, reference
from c6brief.rules import review_rules
from c6brief.rules.review.rule import CHAPTERS
from c6brief.rules.review.sentences import count_words, sentences
from c6brief.rules.review.vocabulary import vocabulary_of
from tests.support.bad_input import BAD_BRIEFS, BAD_SEEDS
from tests.support.paths import REPOSITORY
from tests.support.project import BRIEF, SEEDS, Folder

MESSAGES = """\
  - Ninety-four stations are step-free. [@step-free]
  - The works began in 2018. [@works-begin]
  - Whether there is a plan for 2030 is disputed. [@plan-2030]
"""
GOOD = BRIEF.replace("  - Ninety-four stations are step-free. [@step-free]\n", MESSAGES)

ACCESS = "      Some stations are step-free. [@step-free]\n"
"""The one paragraph of the section that the brief writes itself, on line 17."""

FEW = {"briefs/lifts.yaml": GOOD}


def prose(*lines: str) -> dict[str, str]:
    """The good brief with other prose from line 17 on."""
    return {"briefs/lifts.yaml": GOOD.replace(ACCESS, "".join(f"      {line}\n" if line else "\n" for line in lines))}


def brief(old: str, new: str) -> dict[str, str]:
    assert old in GOOD
    return {"briefs/lifts.yaml": GOOD.replace(old, new, 1)}


LETTERS = string.ascii_lowercase


def words(count: int, word: str = "word") -> str:
    return " ".join([word.capitalize(), *(f"{word}{LETTERS[n % 26]}{LETTERS[n // 26]}" for n in range(count - 1))])


def seeds(file: str, old: str, new: str) -> dict[str, tuple[str, str]]:
    return {f"seeds/{file}": (old, new)}


WIDE = "- {id: nordic, name: Nordic states, members: [DK, FI, IS, NO, SE]}\n" + (
    "- {id: nb8, name: Nordic and Baltic states, members: [DK, EE, FI, IS, LT, LV, NO, SE]}\n"
)
SCOPES = {
    "seeds/scopes.yaml": WIDE,
    **seeds("claims.yaml", "  themes: [access]", "  scope: nordic\n  themes: [access]"),
}
WEAK = seeds("sources.yaml", "grade: C3", "grade: E3") | {
    "seeds/events/strike.yaml": "- id: strike\n  title: Strike\n"
    "  accounts: [{source: riders-2024, exact: Nobody has seen a plan}]\n"
}
SPEAKER = {
    "seeds/people.yaml": "- {id: ada-line, name: Ada Line}\n- {id: city, name: Mayor Stone}\n",
    "seeds/organisations.yaml": "- {id: riders-union, name: Riders' Union}\n",
    "seeds/quotes.yaml": SEEDS["seeds/quotes.yaml"] + "  voice: city\n",
    "seeds/sections/lifts.md": "---\ntitle: Lifts\nthemes: [lifts]\n---\nWorks began. [@works-begin; @transit-2024]\n\n"
    "A lift comes to every station. [@lift-everywhere]\n",
}
LONG = "The lifts were planned for many years and in many places by people who never used one and never would, because "
LONG += "they lived in houses with gardens far away from any station that ever had stairs in it at all."


def bars(subtitle: str, alt: str) -> dict:
    """A chart of numbers, with a unit of two words."""
    return seeds("tables/access.yaml", "unit: number", "unit: open stations") | {
        "seeds/charts/access.yaml": "kind: bar\ntitle: Few stations wait\ntable: access\nx: access\ny: stations\n"
        f"subtitle: {subtitle}\nalt: {alt}\n"
    }


def annotated(line: str) -> dict:
    """A chart of numbers with annotations, in the brief."""
    chart = bars("Stations by access, open stations, 2024", "Bar chart of 94 and more.")
    chart["seeds/charts/access.yaml"] += line + "\n"
    return chart | brief("charts: [lifts]", "charts: [lifts, access]")


def style(css: str, name: str = "policy-brief") -> dict[str, str]:
    """A style sheet more in a template of the project."""
    return {f"templates/{name}/own.css": css}


def markup(text: str) -> dict[str, str]:
    """A template of the project, which no brief uses."""
    return {"templates/plain/brief.html.j2": text}


HOUSE_STYLE = (REPOSITORY / "templates/policy-brief/style.css").read_text(encoding="utf-8")


def restyled(old: str, new: str) -> dict[str, str]:
    assert old in HOUSE_STYLE
    return {"templates/policy-brief/style.css": HOUSE_STYLE.replace(old, new)}


def long_quote(count: int) -> dict[str, tuple[str, str]]:
    said = words(count)
    return {
        "seeds/texts/transit.txt": ("Every station will have a lift by 2030,", f'{said}." Ada Line said. "Every one,'),
        "seeds/quotes.yaml": ("Every station will have a lift by 2030.", f"{said}."),
    }


UNHELD = {
    "seeds/sources/more.yaml": (
        "- {id: unread, type: book, title: \"Saying 'we shall all be there' again\", publisher: Quill, issued: 2020}\n"
    )
}
"""A source whose text is not held, and which nothing uses."""


FIRES: dict[str, list[tuple[dict, str]]] = {
    # rule: what to change, and the words that are underlined
    "scope-widened": [
        (SCOPES | prose("All eight states have step-free stations. [@step-free]"), "eight states"),
        (SCOPES | prose("The stations of the eight are step-free. [@step-free]"), "the eight"),
        (SCOPES | prose("The Nordic and Baltic states have lifts. [@step-free]"), "Nordic and Baltic states"),
        (SCOPES | prose("A first sentence.", "In NB8 stations are step-free. [@step-free]"), "NB8"),
    ],
    "role-unsourced": [
        (
            seeds("people.yaml", "role: Director, organisation: City Transit, source: transit-2024", "role: Director"),
            None,
        ),
    ],
    "contested-stated-flat": [
        (prose("There is a plan for 2030. [@plan-2030]"), "@plan-2030"),
        (prose("One line. [@step-free]", "", "The first lift opened. [@step-free; @first-lift]"), "@first-lift"),
    ],
    "weak-source-alone": [
        (WEAK | prose("The works have stopped. [@strike]"), "@strike"),
        (WEAK | prose("The works have stopped. [@step-free; @riders-2024, para. 1; @strike]"), "@riders-2024"),
    ],
    "one-voice-section": [(SPEAKER, "lifts")],
    "untraced-number": [
        (prose("By 2031 some stations are step-free. [@step-free]"), "2031"),
        (prose("Some stations are step-free, and 37% are", "quite new. [@step-free]"), "37%"),
        (prose("Some are step-free, ninety-five of them. [@step-free]"), "ninety-five"),
        (
            prose("- The works began in 2018. [@works-begin]", "- A lift costs $1.5 million. [@works-begin]"),
            "1.5 million",
        ),
        (brief("The works began in 2018.", "The works began in 2017."), "2017"),
        (prose("### In 2031", "", "Some stations are step-free. [@step-free]"), "2031"),
        (brief("action: Publish the plan.", "action: Publish the plan for 37 stations."), "37"),
        (brief("title: Stations wait for their lifts", "title: 95 stations wait for their lifts"), "95"),
        (brief("title: Access", "title: Access in 2031"), None),
        (seeds("tables/access.yaml", "title: Stations by access", "title: 95 stations by access"), "95"),
        (seeds("charts/lifts.yaml", "opened in 2019 or in 2021", "opened in 2019 or in 2022"), "2022"),
        (prose("Six lifts are step-free, 6 of them new. [@transit-2024]"), "6"),
        (annotated("annotate: [{x: Street to train, y: 700, text: Only 95 of them}]"), "95"),
        (annotated("periods: [{from: 100, to: 200, label: Planned for 2031}]"), "2031"),
        (annotated("references: [{value: 300, label: Average of 37 cities}]"), "37"),
    ],
    "unsourced-number": [
        (seeds("tables/access.yaml", "1061]", "1062]"), "1062"),
        (
            seeds("claims.yaml", "Ninety-four stations are step-free.", "Ninety-five stations are step-free."),
            "Ninety-five",
        ),
        (seeds("events.yaml", "title: First lift opens", "title: First lift opens in 2020"), "2020"),
    ],
    "statement-uncited": [
        (prose(words(12) + "."), words(12) + "."),
        (prose("A line. [@step-free]", "", "::: callout Why", words(12) + ".", ":::"), words(12) + "."),
    ],
    "sentence-too-long": [
        (prose("Short. " + LONG + " [@step-free]"), LONG),
        ({**FEW, "seeds/sections/unused.md": f"---\ntitle: Unused\n---\n{LONG} [@step-free]\n"}, LONG),
    ],
    "quotation-too-long": [
        (
            {"seeds/texts/transit.txt": ("Ninety-four stations", f"{words(41)} he said.\n\nNinety-four stations")}
            | prose(f"“{words(41)}”, the city says. [@transit-2024]"),
            words(41),
        )
    ],
    "pull-quote-too-long": [(long_quote(151), words(151) + ".")],
    "word-twice": [(prose("Some stations are are step-free. [@step-free]"), "are")],
    "placeholder-left": [
        (prose("Some stations are step-free, TODO. [@step-free]"), "TODO"),
        (brief("subtitle: What two sources say", "subtitle: What TBD sources say"), "TBD"),
        (brief("owner: Riders", "owner: XXX"), "XXX"),
        (seeds("tables/access.yaml", "title: Stations by access", "title: Stations by TBD"), "TBD"),
    ],
    "abbreviation-unexplained": [
        (brief("Ninety-four stations", "Ninety-four RTA stations"), "RTA"),
        (
            prose(
                "The RTA has step-free stations. [@step-free]",
                "",
                "The Regional Transit Agency (RTA) has. [@step-free]",
            ),
            "RTA",
        ),
    ],
    "brief-too-long": [(prose(*(f"{words(30)}. [@step-free]\n" for _ in range(140))), "sections")],
    "title-too-long": [(brief("title: Stations wait for their lifts", f"title: {words(15)}"), words(15))],
    "title-is-a-label": [
        (brief("Stations wait for their lifts", "Stations and lifts"), "Stations and lifts"),
        (brief("Stations wait for their lifts", "The role of lifts in stations"), "The role of lifts in stations"),
    ],
    "key-message-count": [
        ({"briefs/lifts.yaml": BRIEF}, "key_messages"),
        (
            brief(MESSAGES, MESSAGES + MESSAGES.replace("- ", "- Yes. ") + MESSAGES.replace("- ", "- No. ")),
            "key_messages",
        ),
    ],
    "key-message-too-long": [
        (brief("The works began in 2018.", f"{words(15)}. {words(16)}."), f"{words(15)}. {words(16)}.")
    ],
    "too-many-recommendations": [
        (
            {"briefs/lifts.yaml": GOOD + GOOD[GOOD.index("  - {action") :].replace("Publish the plan.", "Do.") * 5},
            "Do.",
        )
    ],
    "no-addressee": [
        (brief("addressee: City Transit", "addressee: Stakeholders"), "Stakeholders"),
        (brief("addressee: City Transit", "addressee: ''"), "''"),
    ],
    "no-deadline": [
        (brief("by: 2027, ", ""), "Publish the plan."),
        (brief("by: 2027", "by: as soon as possible"), "as soon as possible"),
    ],
    "deadline-passed": [
        (brief("by: 2027", "by: 2025"), "2025"),
        (brief("by: 2027", "by: 1 March 2026"), "1 March 2026"),
    ],
    "no-owner": [(brief("owner: Riders, ", ""), "Publish the plan.")],
    "no-evidence": [
        (brief(", evidence: [plan-2030]", ""), "Publish the plan."),
        (brief("evidence: [plan-2030]", "evidence: []"), "[]"),
    ],
    "no-author": [(brief("authors: [{name: An Author, role: Analyst}]\n", ""), None)],
    "figure-title-is-a-label": [
        (
            seeds("charts/lifts.yaml", "The first lift opened in 2019 or in 2021", "Timeline of lifts in two texts"),
            "Timeline of lifts in two texts",
        )
    ],
    "figure-without-subtitle": [
        (seeds("charts/lifts.yaml", "subtitle: Events named in both sources, by year", "subtitle: ''"), "''"),
        (
            seeds(
                "charts/lifts.yaml",
                "Events named in both sources, by year",
                "The first lift opened in 2019 or in 2021.",
            ),
            "The first lift opened in 2019 or in 2021.",
        ),
    ],
    "figure-without-unit": [
        (bars("Stations by access, 2024", "Bar chart of 94 and 1,061 stations."), "Stations by access, 2024"),
        (bars("Open lifts by access, 2024", "Bar chart of 94 and 1,061 stations."), "Open lifts by access, 2024"),
    ],
    "figure-without-period": [
        (bars("Open stations by access", "Bar chart of 94 and 1,061 stations."), "Open stations by access"),
    ],
    "alt-without-data": [
        (bars("Open stations by access, 2024", "Bar chart of stations."), "Bar chart of stations."),
    ],
    "figure-without-source": [(seeds("tables/access.yaml", "source: transit-2024\n", ""), "Stations by access")],
    "alt-repeats-caption": [
        (
            seeds(
                "charts/lifts.yaml",
                "Timeline of two events; the accounts of the first lift conflict.",
                "The first lift opened in 2019, or in 2021.",
            ),
            "The first lift opened in 2019, or in 2021.",
        )
    ],
    "alt-without-type": [
        (
            seeds("charts/lifts.yaml", "Timeline of two events;", "Two events;"),
            "Two events; the accounts of the first lift conflict.",
        )
    ],
    "alt-unfinished": [
        (
            seeds("charts/lifts.yaml", "lift conflict.", "lift conflict"),
            "Timeline of two events; the accounts of the first lift conflict",
        )
    ],
    "alt-too-long": [(seeds("charts/lifts.yaml", "alt: Timeline", f"alt: {words(40)}. Timeline"), None)],
    "imprint-incomplete": [
        ({"_brand.yml": "defaults: {c6brief: {publisher: Riders, contact: us@example.org}}\n"}, "publisher")
    ],
    "colours-alike": [
        ({"_brand.yml": "color: {primary: '#a83a24'}\n"}, "'#a83a24'"),
        ({"_brand.yml": "color: {primary: '#1f5a62', danger: '#1f5c66'}\n"}, "'#1f5c66'"),
        ({"_brand.yml": "color: {primary: '#f2d94e'}\n"}, "'#f2d94e'"),
        ({"templates/policy-brief/style.css": ":root { --brand: #1f5a62; --alarm: #2a6068 }\n"}, "--alarm: #2a6068"),
        # as different as can be to most, and one colour without green cones
        (
            {"_brand.yml": "defaults: {c6brief: {color: {brand: '#5f7f3f', alarm: '#a0673a', second: '#5b4a8a'}}}\n"},
            "'#a0673a'",
        ),
    ],
    "bad-issn": [
        ({"_brand.yml": "defaults: {c6brief: {issn: 2049-3631}}\n"}, "2049-3631"),
        ({"_brand.yml": "defaults: {c6brief: {issn: '20493630'}}\n"}, "'20493630'"),
    ],
    "bad-link": [
        (
            seeds("sources.yaml", "issued: 2024-05-06", "issued: 2024-05-06\n    DOI: doi:11.1000/182"),
            "doi:11.1000/182",
        ),
        (
            seeds("sources.yaml", "issued: 2024-05-06", "issued: 2024-05-06\n    URL: transit.example"),
            "transit.example",
        ),
    ],
    "citation-unread": [
        (brief("subtitle: What two sources say", "subtitle: What two say [@step-free]"), "[@step-free]"),
        (seeds("tables/access.yaml", "title: Stations by access", "title: 'By access [@step-free]'"), "[@step-free]"),
    ],
    "markup-left": [
        (prose("Some **stations are step-free. [@step-free]"), "**stations"),
        (prose("Some stations are step-free. [@step-free<!--]"), "@step-free"),
        (prose("**Some stations.** are step-free.** [@step-free]"), None),
        (prose("Some stations are step-free. [@step-free]", "", "##Whether. [@step-free]"), "##Whether"),
        (prose("Some <del>stations</del> are step-free. [@step-free]"), "<del>"),
        (prose("Some [stations]{.big} are step-free. [@step-free]"), "[stations]{.big}"),
        (prose("Some <span class=x>stations are step-free. [@step-free]"), "<span class=x>"),
        (prose("Some stations are step-free.<BR/> [@step-free]"), "<BR/>"),
        (prose("Some <b>stations are step-free. [@step-free]"), "<b>"),
        (prose("Some [stations](of a city) are step-free. [@step-free]"), "](of"),
        (
            prose(
                "Some stations are step-free. [@step-free]", "", "Some are not [@", "", "# Why", "", "Nobody] knows."
            ),
            None,
        ),
        (brief("subtitle: What two sources say", "subtitle: What **two sources say"), "**two"),
        (seeds("tables/access.yaml", "title: Stations by access", "title: Stations by &nbsp; access"), "&nbsp;"),
    ],
    "dead-directive": [
        (prose("Some stations are step-free ::: chart lifts. [@step-free]"), "::: chart"),
        (prose("Some stations are step-free. [@step-free]", "", ":::"), None),
        (brief("The works began in 2018. [@works-begin]", "'See ::: chart lifts'"), "::: chart"),
    ],
    "page-not-compared": [(prose("Some stations are step-free. [@transit-2024, p. 2]"), "@transit-2024")],
    "text-not-held": [(UNHELD | prose("Some stations are step-free. [@unread]"), "@unread")],
    "title-not-compared": [(UNHELD | prose("Some stations are step-free. [@unread]"), "@unread")],
    "locator-out-of-range": [(prose("Some stations are step-free. [@transit-2024, paras 2, 9]"), "@transit-2024")],
    "dispute-left-out": [
        (
            brief("[@plan-2030]", "[@works-begin]")
            | {
                "briefs/lifts.yaml": GOOD.replace("plan-2030", "step-free").replace("claims: [step-free]", "claims: []")
            },
            "lifts",
        )
    ],
    "heading-skipped": [
        (prose("## One", "", "A line. [@step-free]", "", "#### Two", "", "A line. [@step-free]"), "Two"),
        (prose("### One", "", "A line. [@step-free]", "", "# Two", "", "A line. [@step-free]"), "One"),
        (
            {
                **FEW,
                "seeds/sections/unused.md": "---\ntitle: Unused\n---\n# A\n\nLine. [@step-free]\n\n### B\n\nLine. [@step-free]\n",
            },
            "B",
        ),
    ],
    "link-leads-nowhere": [
        (prose("Some stations are [step-free](stations.docx). [@step-free]"), "step-free"),
        (prose("Some stations are [step-free](C:/texts/a.pdf). [@step-free]"), "step-free"),
        (brief("{action: Publish the plan.,", "{action: 'Publish [the plan](https://).',"), "the plan"),
        (prose("Some stations are [step-free](#access). [@step-free]"), "step-free"),
        (prose("Some are [step-free](https://doi.org/https://doi.org/10.1/x). [@step-free]"), "step-free"),
    ],
    "typed-reference": [
        (prose("Some stations are step-free, see Figure 1. [@step-free]"), "Figure 1"),
        (prose("Some stations are step-free (Fig. 9). [@step-free]"), "Fig. 9"),
        (prose("Some stations are. [@step-free]", "", "- As Table 1 has it. [@step-free]"), "Table 1"),
    ],
    "rule-swallowed": [
        (style("h2 { color: #123456; @page { margin: 9mm }"), "@page { margin: 9mm"),
        (style("h2 {{ color: #123456 }"), "{ color: #123456"),
    ],
    "link-says-nothing": [
        (prose("Some stations are step-free, see [here](https://example.org/a). [@step-free]"), "here"),
        (prose("Some are. [Click here!](https://example.org/a) [@step-free]"), "Click here!"),
        (prose("- One. [@step-free]", "- *Two*, [this page](https://example.org/a). [@step-free]"), "this page"),
        (prose("Some stations, <https://example.org/stations>, are. [@step-free]"), "https://example.org/stations"),
        (brief("{action: Publish the plan.,", "{action: 'Publish the plan, as [here](https://a.example).',"), "here"),
    ],
    "column-without-title": [
        (seeds("tables/access.yaml", "type: integer, title: Stations, unit", "type: integer, unit"), "stations"),
        (seeds("tables/access.yaml", "title: Access", "title: ' '"), "access"),
    ],
    "picture-without-alt": [
        (markup("<p>\n<img src='a.png' class=\"x\">\n"), "<img src='a.png' class=\"x\">"),
        ({"templates/policy-brief/blocks/quote.html.j2": "{# <img> #}<p>{{ 1 > 2 }}<img src=x></p>"}, "<img src=x>"),
    ],
    "table-without-headings": [
        (markup("<table class=a><tr><td>1</td></tr></table><table><tr><th>1</th></tr></table>"), "<table class=a>"),
    ],
    "contrast-too-low": [
        (restyled("--grey: #5d676d;", "--grey: #8a949a;"), "--grey: #8a949a"),
        (
            restyled("--alarm: #a63a22;", "--alarm: #e07a62;"),
            "--alarm: #e07a62",
        ),
        (restyled("--brand-light: #cfe0e1;", "--brand-light: rgb(120 160 165);"), "--brand-light: rgb(120 160 165)"),
        (
            style(":root { --ink: hsl(0 0% 60%) }", "ministry") | {"templates/ministry/brief.html.j2": "<p>x"},
            "--ink: hsl(0 0% 60%)",
        ),
    ],
    "transparency-used": [
        (style("p { color: red }\n.x { margin: 0; opacity: .5; color: red }"), "opacity: .5"),
        (style("p { opacity: 80% }"), "opacity: 80%"),
        (
            style("@media print { p { background: linear-gradient(red, blue) } p { color: #11223344 } }"),
            "color: #11223344",
        ),
        (style("p { border: 1pt solid rgb(0 0 0 / 20%) }"), "border: 1pt solid rgb(0 0 0 / 20%)"),
        (style("img { mix-blend-mode: multiply }"), "mix-blend-mode: multiply"),
    ],
    "flex-on-cells": [
        (style("table td { display: flex }"), "display: flex"),
        (style("p, th.x:first-child { display: inline-flex }"), "display: inline-flex"),
        (style(".numeric { display: grid }"), "display: grid"),
    ],
    "dotted-leader": [
        (
            style("nav a::after { content: leader('.') target-counter(attr(href), page) }"),
            "content: leader('.') target-counter(attr(href), page)",
        ),
    ],
    "dotted-border": [
        (style("p { border-top: .5pt dotted red }"), "border-top: .5pt dotted red"),
        (style("@page { @footnote { border-top-style: dotted } }"), "border-top-style: dotted"),
    ],
    "extreme-value": [
        (style(f"p {{ color: red; {declaration} }}"), declaration)
        for declaration in (
            "tab-size: 1001",
            "orphans: 1000000000",
            "columns: 1e6",
            "columns: 12pt 5000",
            "letter-spacing: 1e7px",
            "font-size: 1000000pt",
            "text-indent: -999999px",
            "width: calc(1px + 30000cm)",
            "grid-template-columns: [a] repeat(100000, 1fr)",
            "--tracks: repeat(2000, 1px)",
            "grid-row: 100000000 / span 2",
            "line-height: 1e9",
            "width: 10000000%",
            "counter-reset: a 1000000000",
            "background: repeating-linear-gradient(45deg, red 0, blue 0.0001px)",
            "background-image: none, repeating-radial-gradient(red 0%, blue 0.0001%)",
        )
    ]
    + [(style("@page { size: 1e9px 1e9px }"), "size: 1e9px 1e9px")],
}

SILENT: dict[str, list[dict]] = {
    "role-unsourced": [
        seeds(
            "people.yaml",
            "role: Director, organisation: City Transit, source: transit-2024",
            "role: step-free From Street",
        )
    ],
    "figure-without-unit": [bars("Stations that are open, by access, 2024", "Bar chart of 94 and 1,061 stations.")],
    "figure-without-period": [bars("Open stations by access, March 2024", "Bar chart of 94 and 1,061 stations.")],
    "alt-without-data": [
        bars("Open stations by access, 2024", "Bar chart: ninety-four stations, and many more."),
        seeds("charts/lifts.yaml", "Timeline of two events", "Timeline of lifts"),
    ],
    "heading-skipped": [
        prose("### One", "", "A line. [@step-free]", "", "#### Two", "", "A line. [@step-free]"),
        prose("#### One", "", "A line. [@step-free]", "", "#### Two", "", "A line. [@step-free]"),
        prose(
            "# One",
            "",
            "A line. [@step-free]",
            "",
            "## Two",
            "",
            "A. [@step-free]",
            "",
            "# Three",
            "",
            "A. [@step-free]",
        ),
    ],
    "link-leads-nowhere": [
        prose(
            "[Some](https://example.org/a) [stations](mailto:desk@example.org) are [free](#section-lifts). [@step-free]"
        ),
        prose("Some stations are step-free: <https://example.org>. [@step-free]"),
    ],
    "typed-reference": [
        prose("Some stations are step-free, see @fig:lifts and [@tbl:access]. [@step-free]"),
        prose("Some stations are step-free, see Figure 2 of the report. `Figure 1` [@step-free]"),
    ],
    "rule-swallowed": [style("@media print { @page { margin: 9mm } } h2 { color: #123456; & b { color: #123456 } }")],
    "link-says-nothing": [
        prose("Some stations are [step-free here](https://example.org/a). [@step-free]"),
        prose("Here and there some are step-free. [@step-free]"),
        prose("It stands in [the report of 2024](https://example.org/here). [@step-free]"),
    ],
    "picture-without-alt": [
        markup(
            "<img src=a alt='{{ brief.title }}'><img alt='' src=b><img src=c aria-hidden='true'><!-- <img src=d> -->"
        ),
    ],
    "table-without-headings": [markup("<table><tr><th>1</th></tr></table><table>{% include 'rows.html.j2' %}</table>")],
    "contrast-too-low": [
        restyled("--brand: #1f5a62;", "--brand: #7a1f3d;"),
        restyled("--grey: #5d676d;", "--grey: var(--ink);"),
        style(".x { --grey: #eeeeee }"),
        style(":root { --grey: #eeeeee }"),  # style.css is read last, and has another word
    ],
    "transparency-used": [
        style(
            "p { opacity: 1; opacity: 100%; background: transparent; color: #112233; border: 0 solid rgb(0 0 0 / 0) }"
        )
    ],
    "flex-on-cells": [
        style("td div, table, .card { display: flex } td { display: table-cell } td::before { display: flex }")
    ],
    "dotted-leader": [style("nav a::after { content: ' ' target-counter(attr(href), page) } .leader { content: '.' }")],
    "dotted-border": [style(".dotted { border: 1pt solid; content: 'dotted' }")],
    "extreme-value": [
        style(
            "p { z-index: 2147483647; border-radius: 999999px; margin-left: -9999px; orphans: 3; columns: 2; order: 9999999;"
            " grid-template-columns: repeat(12, 1fr); width: 2000px; content: '1000000000'; background: #99999999;"
            " background: repeating-linear-gradient(45deg, red 0, red 1px, blue 1px, blue 0.5mm);"
            " background: repeating-conic-gradient(red, blue); --edition: 20260302; font-weight: 900 } @font-face { unicode-range: U+10000-10FFFF }"
        )
    ],
    "scope-widened": [
        SCOPES | prose("The five Nordic states have step-free stations. [@step-free]"),
        SCOPES | prose("Five of the eight states have step-free stations. [@step-free]"),
        SCOPES | prose("It is told of the Nordic states, not of the eight states. [@step-free]"),
        SCOPES | prose("The eight stations are step-free, the eight oldest ones. [@step-free]"),
        SCOPES | prose("The eight states have a plan. [@step-free; @works-begin]"),
    ],
    "contested-stated-flat": [
        prose("According to the city, there is a plan. [@plan-2030]"),
        prose("City Transit has a plan. [@plan-2030]"),
        prose("There “will have a lift by 2030”. [@plan-2030]"),
        prose("There might be a plan. [@plan-2030]"),
        prose("Some stations are step-free. [@step-free]"),
    ],
    "weak-source-alone": [
        WEAK | prose("For the Riders' Union the works have stopped. [@strike]"),
        WEAK | prose("The works might have stopped. [@strike]"),
        WEAK | prose("The stations are step-free. [@step-free]"),
        WEAK | seeds("sources.yaml", "grade: C3", "grade: D4") | prose("The works have stopped. [@strike]"),
        WEAK | seeds("sources.yaml", ", grade: C3", "") | prose("The works have stopped. [@strike]"),
    ],
    "one-voice-section": [
        SPEAKER
        | {
            "seeds/sections/lifts.md": SPEAKER["seeds/sections/lifts.md"].replace(
                "Works began", "Works began, Stone says"
            )
        },
        SPEAKER
        | {"seeds/sections/lifts.md": SPEAKER["seeds/sections/lifts.md"].replace("Works", "By one report, works")},
        SPEAKER | {"seeds/sections/lifts.md": SPEAKER["seeds/sections/lifts.md"].replace("@works-begin", "@step-free")},
    ],
    "unsourced-number": [
        seeds("tables/access.yaml", "title: Stations by access", "title: Stations by access\nderived: our own count"),
        seeds("tables/access.yaml", "title: Stations, unit: number", "title: Stations, unit: number, derived: a sum"),
        seeds("events.yaml", "title: First lift opens", "title: First lift opens in 2019 or in 2021"),
    ],
    "untraced-number": [
        brief("action: Publish the plan.", "action: Publish the plan for 2030."),
        brief("title: Stations wait for their lifts", "title: 94 stations wait for their lifts"),
        prose("### The 94", "", "Some stations are step-free. [@step-free]"),
        prose("Of all stations 94 are step-free. [@step-free]"),
        prose("Three texts and seven people in two years, as Table 1 of B2 has it. [@transit-2024]"),
        prose("It opened in 2019 or in 2021. [@first-lift]"),
        annotated("annotate: [{x: Street to train, y: 700, text: Only 94 of them}]"),
        prose("The report of 6 May 2024 has it. [@step-free]"),
        prose("Twenty people? No: 1,061 stations, as the table has it. [@step-free]"),
        prose("“We began in 2018. The” [@transit-2024; @works-begin]"),
        SCOPES | prose("The stations of NB8 in the 1990s, see https://example.org/2017/05. [@step-free]"),
    ],
    "statement-uncited": [
        prose("Two points stand out. [@step-free]", "", "Two points."),
        prose(words(14) + ":", "", "- One. [@step-free]"),
    ],
    "sentence-too-long": [
        prose(f"{words(34)}. {words(35)}. [@step-free]"),
        prose(f"{words(20)}, see para. 4 of it. {words(20)}. [@step-free]"),
        prose(f"{words(10)} “{words(39)}” {words(10)} [@step-free]"),
    ],
    "quotation-too-long": [prose(f"“{words(40)}” [@step-free]")],
    "pull-quote-too-long": [long_quote(150)],
    "word-twice": [prose("He had had step-free stations in Baden Baden, so so. [@step-free]")],
    "placeholder-left": [prose("What is to do? Mr Tod has a todo list [@step-free]")],
    "abbreviation-unexplained": [
        prose("The Regional Transit Agency (RTA) has them, and the RTA likes it. [@step-free]"),
        prose("The RTA (regional transit agency) has them. [@step-free]"),
        prose("RTA, the Regional Transit Agency, has them in the EU, as “QRX” does in part IV. [@step-free]"),
        {"seeds/organisations.yaml": "- {id: rta, name: Regional Transit Agency, acronym: RTA}\n"}
        | prose("The Regional Transit Agency has them. The RTA likes it. [@step-free]"),
    ],
    "title-is-a-label": [brief("Stations wait for their lifts", "Six states, one agenda")],
    "deadline-passed": [
        brief("by: 2027", "by: 2026"),
        brief("by: 2027", "by: 2 March 2026"),
        brief("by: 2027", "by: the next summit"),
    ],
    "no-evidence": [
        brief(", evidence: [plan-2030]", "").copy()
        | brief("Publish the plan., addressee", "'Publish the plan. [@plan-2030]', addressee")
    ],
    "no-addressee": [brief("addressee: City Transit", "addressee: All line managers")],
    "imprint-incomplete": [
        {"_brand.yml": "defaults: {c6brief: {publisher: R, contact: us@example.org, licence: CC BY 4.0}}\n"}
    ],
    "colours-alike": [
        {"_brand.yml": "color: {primary: '#7a1f3d'}\n"},
        {"templates/policy-brief/style.css": ":root { --brand: #123456 }\n"},
    ],
    "bad-issn": [
        {"_brand.yml": "defaults: {c6brief: {issn: 2049-3630}}\n"},
        {"_brand.yml": "defaults: {c6brief: {issn: 2434-561X}}\n"},
    ],
    "bad-link": [
        seeds(
            "sources.yaml",
            "issued: 2024-05-06",
            "issued: 2024-05-06\n    DOI: https://doi.org/https://doi.org/10.1000/182\n    URL: https://a.example/b",
        )
    ],
    "page-not-compared": [prose("Some stations are step-free. [@transit-2024, para. 2]")],
    "text-not-held": [UNHELD],
    "title-not-compared": [UNHELD],
    "locator-out-of-range": [prose("Some stations are step-free. [@transit-2024, para. 3; @riders-2024, p. 400]")],
    "dispute-left-out": [brief("  - Whether there is a plan for 2030 is disputed. [@plan-2030]\n", "")],
    "markup-left": [
        prose("**Some** [stations](https://example.org) are [step-free]{.term}: <https://example.org>. [@step-free]"),
        prose("Some stations are 10^2^ [step-free]{.smallcaps}, ~~not~~ H~2~O.^[So.] <!-- note --> [@step-free]"),
        prose(r"Some \*\*stations are step-free\[^1\], `**as` was **said**. [@step-free]"),
        prose(
            "Some stations are step-free if a < b and c > d, a<b or c>d, a ** b, or 'p'** [1] (2) [sic] {x}. [@step-free]"
        ),
        brief("subtitle: What two sources say", "subtitle: What [two sources]{.term} say"),
    ],
    "dead-directive": [prose("::: chart lifts", ":::", "", "Some stations are step-free: yes. [@step-free]")],
}


# Cases beside those above: at a limit, or different from them in one condition alone.


def sources(*changes: tuple[str, str]) -> dict[str, str]:
    text = SEEDS["seeds/sources.yaml"]
    for old, new in changes:
        assert old in text
        text = text.replace(old, new)
    return {"seeds/sources.yaml": text}


def strike(*accounts: str) -> dict[str, str]:
    """An event of the union's, whose grade is E3, with more ``accounts``."""
    told = ["{source: riders-2024, exact: Nobody has seen a plan}", *accounts]
    return sources(("grade: C3", "grade: E3")) | {
        "seeds/events/strike.yaml": f"- {{id: strike, title: Strike, accounts: [{', '.join(told)}]}}\n"
    }


def lone_section(text: str, title: str = "Unused") -> dict[str, str]:
    """A section that no brief uses."""
    return {**FEW, "seeds/sections/unused.md": f"---\ntitle: {title}\n---\n{text}\n"}


def under(title: str, *lines: str) -> dict[str, str]:
    """Other prose, in a section of another title."""
    return {name: text.replace("title: Access", f"title: {title}") for name, text in prose(*lines).items()}


THREE = {
    "seeds/scopes.yaml": "- {id: two, name: Two states, members: [EE, LV]}\n"
    "- {id: baltic, name: Baltic states, members: [EE, LT, LV]}\n",
    **seeds("claims.yaml", "  themes: [access]", "  scope: two\n  themes: [access]"),
}
ANSWERED = "{source: transit-2024, stance: disputes, exact: We began in 2018.}"
SECONDED = "{source: transit-2024, exact: We began in 2018.}"
ROWS = "fields: [{name: a, type: string, title: A}, {name: n, type: integer, title: N, unit: lifts}]\nrows: [[x, 94]]\n"
ROWS_ALONE = (
    f"kind: table\ntitle: Few stations wait\nalt: Table of 94.\nsubtitle: By access, 2024\ncolumns: [a, n]\n{ROWS}"
)

for rule, cases in {
    "scope-widened": [
        (THREE | prose("The Baltic states have lifts. [@step-free]"), "Baltic states"),
        (SCOPES | prose("All eight states have lifts. All eight states like them. [@step-free]"), "eight states"),
    ],
    "weak-source-alone": [
        (strike(ANSWERED) | prose("The works have stopped. [@strike]"), "@strike"),
        (WEAK | seeds("sources.yaml", "grade: C3", "grade: C5") | prose("Works have stopped. [@strike]"), "@strike"),
    ],
    "one-voice-section": [
        (
            {key: SPEAKER[key] for key in SPEAKER if key != "seeds/sections/lifts.md"}
            | lone_section("Works began. [@works-begin; @transit-2024]\n\nA lift comes. [@lift-everywhere]"),
            "Unused",
        ),
    ],
    "untraced-number": [
        (prose("Some are step-free, five per cent of them new. [@step-free]"), "five per cent"),
        (prose("See [the report](https://example.org/a/b) on it, and 37% of them. [@step-free]"), "37%"),
    ],
    "locator-out-of-range": [
        (prose("Some stations are step-free. [@transit-2024, para. 0]"), "@transit-2024"),
        (prose("Some stations are step-free. [@transit-2024, paras 1-2 and 99]"), "@transit-2024"),
        (prose("Some stations are step-free. [@transit-2024, p. 3, para. 40]"), "@transit-2024"),
    ],
    "no-addressee": [(brief("addressee: City Transit", "addressee: Stakeholders."), "Stakeholders.")],
    "alt-repeats-caption": [
        (
            seeds(
                "charts/lifts.yaml",
                "Timeline of two events; the accounts of the first lift conflict.",
                "The first lift opened in 2019 or in 2021. Events named in both sources, by year.",
            ),
            "The first lift opened in 2019 or in 2021. Events named in both sources, by year.",
        )
    ],
    "figure-without-source": [
        ({"seeds/charts/own.yaml": ROWS_ALONE} | brief("charts: [lifts]", "charts: [lifts, own]"), "Few stations wait")
    ],
    "figure-without-unit": [
        (
            {
                "seeds/charts/own.yaml": "kind: bar\ntitle: Few stations wait\nalt: Bar chart of 94.\narrange: share\n"
                f"subtitle: Lifts by access, 2024\nx: a\ny: n\n{ROWS}"
            },
            "Lifts by access, 2024",
        )
    ],
}.items():
    FIRES[rule] += cases

for rule, cases in {
    "key-message-count": [brief(MESSAGES, MESSAGES + MESSAGES.replace("- ", "- Yes. "))],
    "key-message-too-long": [brief("The works began in 2018.", f"{words(15)}. {words(15)}.")],
    "title-too-long": [brief("title: Stations wait for their lifts", f"title: {words(14)}")],
    "alt-too-long": [
        seeds("charts/lifts.yaml", SEEDS["seeds/charts/lifts.yaml"].split("alt: ")[1].split("\n")[0], "x" * 249 + ".")
    ],
    "no-addressee": [brief("addressee: City Transit", "addressee: Governments of all line managers")],
    "no-evidence": [
        {
            "briefs/lifts.yaml": GOOD.replace(", evidence: [plan-2030]", "").replace(
                "Publish the plan., addressee", "'Publish the plan. [@plan-2030]', addressee"
            )
        }
    ],
    "figure-without-unit": [
        {"seeds/charts/own.yaml": ROWS_ALONE.replace("Table of", "Number of")},
        {
            "seeds/charts/own.yaml": "kind: bar\ntitle: Few stations wait\nalt: Bar chart of 94.\narrange: share\n"
            f"subtitle: Per cent of all, 2024\nx: a\ny: n\n{ROWS}"
        },
        {
            "seeds/charts/own.yaml": "kind: area\ntitle: Few stations wait\nalt: Chart of 94.\nshare: true\n"
            f"subtitle: Per cent of all, 2024\nx: a\ny: n\n{ROWS}"
        },
    ],
    "sentence-too-long": [prose(f"{words(30)}. {words(10)} “{words(5)}” it ends. [@step-free]")],
    "abbreviation-unexplained": [prose("SOME STATIONS ARE STEP-FREE. [@step-free]")],
    "placeholder-left": [lone_section("Some stations are step-free. [@step-free]", title="TODO")],
    "one-voice-section": [
        SPEAKER
        | {
            "seeds/sections/lifts.md": SPEAKER["seeds/sections/lifts.md"].replace(
                "[@lift-everywhere]", "[@lift-everywhere; @nobody]"
            )
        },
    ],
    "weak-source-alone": [
        strike(SECONDED) | prose("The works have stopped. [@strike]"),
        {**strike(SECONDED), **sources(("grade: C3", "grade: E3"), ("grade: B2, ", ""))}
        | prose("The works have stopped. [@strike]"),
    ],
    "contested-stated-flat": [
        {
            "seeds/people.yaml": SEEDS["seeds/people.yaml"] + "- {id: city, name: Mayor Lee}\n",
            "seeds/organisations.yaml": "[]\n",
        }
        | prose("For Lee there is a plan. [@plan-2030]"),
        under("What City Transit has", "There is a plan for 2030. [@plan-2030]"),
    ],
    "scope-widened": [
        SCOPES | prose("All eight states have lifts. [@step-free; @nobody]"),
        SCOPES | prose("Not all eight states have step-free stations. [@step-free]"),
    ],
    "untraced-number": [
        prose("Some stations are step-free, as Table 7 has it. [@step-free]"),
        prose("Some are step-free, 37% of them. [@step-free; @nobody]"),
    ],
    "statement-uncited": [prose("A line. [@step-free]", "", "```", words(12) + ".", "```")],
    "transparency-used": [style("img { mix-blend-mode: normal }")],
    "contrast-too-low": [
        style(":root { --brand-light: #eeeeee }", "ministry") | {"templates/ministry/brief.html.j2": "<p>x"},
    ],
}.items():
    SILENT.setdefault(rule, []).extend(cases)


def change(folder: Folder, changes: dict) -> Folder:
    folder.write("briefs/lifts.yaml", GOOD)
    for name, how in changes.items():
        if isinstance(how, tuple):
            folder.change(name, *how)
        else:
            folder.write(name, how)
    return folder


def found(folder: Folder, *arguments: str) -> list[dict]:
    result = folder.run("check", "--format", "json", *arguments)
    assert result.err == ""
    return json.loads(result.out)


def underlined(folder: Folder, problem: dict) -> str:
    """The words at a problem's place, over line ends and without indentation."""
    lines = (
        (folder.root / problem["file"])
        .read_text(encoding="utf-8")
        .split("\n")[problem["line"] - 1 : problem["end_line"]]
    )
    lines[-1] = lines[-1][: problem["end_column"] - 1]
    lines[0] = lines[0][problem["column"] - 1 :]
    return " ".join(line.strip() for line in lines)


CASES = [(rule, number) for rule, cases in FIRES.items() for number in range(len(cases))]


@pytest.mark.rest_sample(40)
@pytest.mark.sample(40)
@pytest.mark.parametrize(("rule", "number"), CASES, ids=[f"{rule}-{number + 1}" for rule, number in CASES])
def test_a_rule_fires_at_the_very_words(folder: Folder, rule: str, number: int) -> None:
    (folder.root / "_brand.yml").unlink()
    changes, at = FIRES[rule][number]
    ours = [problem for problem in found(change(folder, changes)) if problem["rule"] == rule]
    assert len(ours) == 1, ours
    assert ours[0]["severity"] == review_rules()[rule].severity
    assert ours[0]["hint"]
    if at is not None:
        assert underlined(folder, ours[0]) == at


QUIET = [(rule, number) for rule, cases in SILENT.items() for number in range(len(cases))]


@pytest.mark.rest_sample(40)
@pytest.mark.sample(30)
@pytest.mark.parametrize(("rule", "number"), QUIET, ids=[f"{rule}-{number + 1}" for rule, number in QUIET])
def test_a_rule_stays_silent_beside_its_words(folder: Folder, rule: str, number: int) -> None:
    problems = found(change(folder, SILENT[rule][number]))
    assert rule not in [problem["rule"] for problem in problems], problems


@pytest.mark.parametrize(
    ("rule", "number", "hint"),
    [
        ("dead-directive", 0, "a directive stands on a line of its own, with a blank line before"),
        ("dead-directive", 2, "a directive stands in the prose of a section"),
        ("bad-link", 0, "a DOI begins with '10.'"),
        ("abbreviation-unexplained", 0, "write it out the first time: Name in Full (RTA)"),
        ("heading-skipped", 0, "take 1 # away, or give the part between a heading"),
        ("markup-left", 8, "HTML is not read here: write **words**"),
        ("bad-issn", 0, "these digits would end in 0: is one mistyped?"),
    ],
)
def test_a_hint_says_what_would_mend_it(folder: Folder, rule: str, number: int, hint: str) -> None:
    problems = found(change(folder, FIRES[rule][number][0]))
    assert [problem["hint"] for problem in problems if problem["rule"] == rule] == [hint]


def test_a_doi_that_is_none_is_not_written_out(folder: Folder) -> None:
    change(folder, seeds("sources.yaml", "issued: 2024-05-06", "issued: 2024-05-06\n    DOI: a-doi"))
    assert [problem["hint"] for problem in found(folder)] == ["a DOI begins with '10.'"]


def test_a_brief_has_four_thousand_words_and_not_one_more(folder: Folder) -> None:
    def problems(paragraphs: list[str]) -> list[str]:
        change(folder, prose(*(f"{paragraph}. [@step-free]\n" for paragraph in paragraphs)))
        return [problem["message"] for problem in found(folder) if problem["rule"] == "brief-too-long"]

    many = [words(30)] * 140
    [message] = problems(many)
    more = int(re.findall(r"[\d,]+", message)[0].replace(",", "")) - 4000
    whole, rest = divmod(more, 30)
    assert problems([*many[: 139 - whole], words(30 - rest)]) == []
    assert problems([*many[: 139 - whole], words(31 - rest)]) == [
        "the brief has 4,001 words; more than 4,000 are no brief"
    ]


def test_every_rule_is_tried() -> None:
    assert FIRES.keys() == review_rules().keys()
    assert SILENT.keys() <= review_rules().keys()


def test_a_good_project_has_no_problems(folder: Folder) -> None:
    """Every rule stays silent on it."""
    result = change(folder, {}).run("check", "--strict")
    assert (result.status, result.err, result.out) == (0, "", "1 brief checked: no problems\n")
    assert folder.written == []


@pytest.mark.parametrize("style", [">-\n    {}", ">\n    {}", '"{}"', "'{}'", "{}"])
def test_places_in_every_style_of_yaml(folder: Folder, style: str) -> None:
    text = (
        "The works began in 2018, and went on, as is said, until they were stopped in 2022 by the rain. [@works-begin]"
    )
    half = text.index("until")
    written_ = style.format(text[:half] + "\n    " + text[half:])
    change(folder, brief("The works began in 2018. [@works-begin]", written_))
    [problem] = [problem for problem in found(folder) if problem["rule"] == "untraced-number"]
    assert (underlined(folder, problem), problem["line"]) == (
        "2022",
        9 + written_[: written_.index("2022")].count("\n"),
    )


# The command ---------------------------------------------------------------------------------------------------


@pytest.mark.sample(12)
@pytest.mark.parametrize("name", BAD_BRIEFS)
def test_a_bad_brief_is_told_as_render_tells_it(folder: Folder, name: str) -> None:
    content, rule, at, hint = BAD_BRIEFS[name]
    folder.write("briefs/lifts.yaml", content)
    result = folder.run("check", "briefs/lifts.yaml")
    errors = re.findall(r"^briefs/lifts\.yaml:(\d+:\d+): error\[([a-z0-9-]+)\]", result.err, re.M)
    assert errors == [(at, rule)], result.err
    assert hint in result.err
    assert result.status == 1
    assert folder.written == []


@pytest.mark.sample(9)
@pytest.mark.parametrize("name", BAD_SEEDS)
def test_a_bad_seed_is_told_as_render_tells_it(folder: Folder, name: str) -> None:
    file, old, new, rule, _, hint = BAD_SEEDS[name]
    folder.change(f"seeds/{file}", old, new)
    result = folder.run("check")
    assert re.findall(r": error\[([a-z-]+)\]", result.err) == [rule], result.err
    assert hint in result.err
    assert result.status == 1


def test_all_briefs_and_all_sections_are_checked(folder: Folder) -> None:
    change(
        folder,
        {
            "seeds/sections/unused.md": "---\ntitle: Unused\n---\n"
            "A “word of many words here” [@step-fre].\n\n::: tabel access\n:::\n"
        },
    )
    folder.write("briefs/second.yml", GOOD.replace("lift-everywhere", "nobody"))
    problems = [(problem["file"], problem["rule"]) for problem in found(folder)]
    assert problems == [
        ("briefs/second.yml", "unknown-id"),
        ("seeds/sections/unused.md", "quotation-uncited"),
        ("seeds/sections/unused.md", "unknown-id"),
        ("seeds/sections/unused.md", "unknown-directive"),
    ]
    assert [problem["file"] for problem in found(folder, "briefs/lifts.yaml")] == []


def test_the_project_is_that_of_the_working_directory(
    folder: Folder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    change(folder, brief("by: 2027", "by: 2025"))
    monkeypatch.chdir(folder.root / "seeds" / "texts")
    assert [problem["rule"] for problem in found(folder)] == ["deadline-passed"]
    monkeypatch.chdir(tmp_path)
    result = folder.run("check")
    assert (result.status, result.rules) == (1, ["no-project"])


def test_the_form_of_a_finding(folder: Folder) -> None:
    result = change(folder, brief("by: 2027, ", "")).run("check")
    assert result.err == (
        "briefs/lifts.yaml:21:14: warning[no-deadline]: this recommendation has no deadline\n"
        "   21 |   - {action: Publish the plan., addressee: City Transit, owner: Riders, evidence: [plan-2030]}\n"
        "      |              ^^^^^^^^^^^^^^^^^ by: a date or an occasion that has one\n"
        "1 brief checked: 1 warning\n"
    )
    assert result.status == 0


def test_strict_makes_warnings_errors(folder: Folder) -> None:
    change(folder, brief("by: 2027, ", ""))
    assert folder.run("check").status == 0
    result = folder.run("check", "--strict")
    assert result.status == 1
    assert "error[no-deadline]" in result.err and "1 error\n" in result.err
    assert [problem["severity"] for problem in found(folder, "--strict")] == ["error"]


def test_a_project_sets_severities(folder: Folder) -> None:
    change(
        folder,
        brief("by: 2027, owner: Riders, ", "")
        | {"_brand.yml": "defaults: {c6brief: {rules: {no-deadline: error, no-owner: off}}}\n"},
    )
    assert [(problem["rule"], problem["severity"]) for problem in found(folder)] == [("no-deadline", "error")]
    assert folder.run("check").status == 1
    listed = folder.run("check", "--rules").out
    assert re.search(r"^no-deadline +error ", listed, re.M) and re.search(r"^no-owner +off ", listed, re.M)


@pytest.mark.parametrize(
    ("rules", "rule", "at", "hint"),
    [
        ("{sentence-to-long: off}", "unknown-rule", "1:30", "did you mean 'sentence-too-long'?"),
        ("{no-owner: warn}", "unknown-value", "1:40", "did you mean 'warning'?"),
        ("[no-owner]", "wrong-type", "1:29", ""),
        ("{no-owner: true}", "unknown-value", "1:40", "known: error, note, off, warning"),
    ],
)
def test_bad_settings_are_told_at_their_key(folder: Folder, rules: str, rule: str, at: str, hint: str) -> None:
    change(folder, {"_brand.yml": f"defaults: {{c6brief: {{rules: {rules}}}}}\n"})
    result = folder.run("check")
    assert f"_brand.yml:{at}: error[{rule}]" in result.err, result.err
    assert hint in result.err
    assert (result.status, result.rules) == (1, [rule])


def test_json_has_all_of_a_problem(folder: Folder) -> None:
    [problem] = found(change(folder, brief("by: 2027", "by: 2025")))
    assert problem == {
        "file": "briefs/lifts.yaml",
        "line": 21,
        "column": 62,
        "end_line": 21,
        "end_column": 66,
        "rule": "deadline-passed",
        "severity": "warning",
        "message": "'2025' lies before the brief's own date",
        "hint": "the brief is of 2026-03-02",
    }
    assert found(change(folder, {})) == []


def test_github_is_given_annotations(folder: Folder) -> None:
    change(folder, prose("Some, 37% are step-free. [@step-free]"))
    result = folder.run("check", "--format", "github")
    assert (result.status, result.err) == (0, "")
    assert result.out == (
        "::warning file=briefs/lifts.yaml,line=17,col=13,endLine=17,endColumn=16,title=untraced-number::"
        "'37%25': nothing that this paragraph cites holds it%0Acite the passage that it comes from\n"
    )


def test_github_escapes_what_its_runner_reads(folder: Folder) -> None:
    folder.write("briefs/a,b: 50%.yaml", "title: x\n")
    out = folder.run("check", "briefs/a,b: 50%.yaml", "--format", "github").out
    assert all(line.startswith("::error file=briefs/a%2Cb%3A 50%25.yaml,line=1,") for line in out.splitlines()) and out
    folder.write("briefs/lifts.yaml", GOOD + 'template: "a\\r\\nb\\e[31m"\n')
    out = folder.run("check", "briefs/lifts.yaml", "--format", "github").out
    assert "no template 'a%0D%0Ab\\u001b[31m'" in out and out.count("\n") == 1


@pytest.mark.parametrize("arguments", [("--format", "xml"), ("--nothing",)])
def test_wrong_usage_is_status_2(folder: Folder, arguments: tuple[str, ...]) -> None:
    assert folder.run("check", *arguments).status == 2


def test_nothing_heavy_is_imported(folder: Folder) -> None:
    change(folder, {})
    folder.write("_brand.yml", 'color: {primary: "#7a1f3d", danger: "#1f3d7a"}\n')
    code = (
        "import sys; sys.argv = ['c6brief', 'check']\n"
        "from c6brief.cli import main\ntry: main()\nexcept SystemExit: pass\n"
        "heavy = ('matplotlib', 'weasyprint', 'shapely', 'numpy', 'fontTools', 'coloraide', 'edtf', 'pypdf', 'jinja2')\n"
        "print([name for name in heavy if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=folder.root, capture_output=True, text=True, check=True)
    assert done.stdout == "1 brief checked: no problems\n[]\n"


# The rules and their page ---------------------------------------------------------------------------------------


def test_the_page_of_rules_is_fresh() -> None:
    page = (REPOSITORY / "docs" / "rules.md").read_text(encoding="utf-8")
    assert page == reference.rules_page(), f"run python -m {reference.__name__}"


def test_rules_are_listed_with_one_line_each(folder: Folder) -> None:
    lines = folder.run("check", "--rules").out.splitlines()
    rules = [*named_rules().values(), *review_rules().values(), *page_rules().values()]
    assert [line.split()[0] for line in lines] == [rule.name for rule in rules]
    assert all(rule.summary in line for rule, line in zip(rules, lines, strict=True))
    chapters = [(list(CHAPTERS).index(rule.chapter), rule.name) for rule in review_rules().values()]
    assert chapters == sorted(chapters)
    assert list(page_rules()) == sorted(page_rules())


@pytest.mark.parametrize("name", review_rules())
def test_a_rule_says_what_it_is(name: str) -> None:
    rule = review_rules()[name]
    assert rule.severity in ("error", "warning", "note", "off")
    assert 20 < len(rule.summary) < 110 and not rule.summary.endswith(".")
    assert rule.explanation.endswith(".")
    module = sys.modules[rule.module]
    assert module.__doc__ and callable(getattr(module, name.replace("-", "_")))


def test_our_own_briefs_pass() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "c6brief", "check", "--strict"],
        cwd=REPOSITORY,
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")


# Sentences and numbers ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "parts",
    [
        ["See para. 4 of it.", "Dr. A. Nematov agrees."],
        ["It grew by 2.5% in 2024.", "Then it fell."],
        ["“Why?” he asked.", "“It is so.”", "She left (at last).", "End"],
        ["Take e.g. Baku, i.e. the capital.", "It ended…", "25 came."],
        ["One\n", "Two.\n", "Three"],
        ["Is it?", "Yes!", "“No.”"],
    ],
)
def test_sentences(parts: list[str]) -> None:
    text = " ".join(parts)
    assert [text[start:end] for start, end in sentences(text, vocabulary_of("en"))] == [part.strip() for part in parts]


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("1,140 or 1\u202f140 or 1.14 thousand", ["1140", "1140", "1140.00"]),
        ("25% and 25 per cent and ninety-four percent", ["25%", "25%", "94%"]),
        ("2024/25, 2024–2025 and 18 February 2026", ["2024", "2025", "2024", "2025", "18", "2026"]),
        ("C6, COVID-19, 1990s, 3.2.1, 350x250, www.a.org/12", []),
        ("the 7th, $1.5 billion, twenty-one, a 5-year plan", ["7", "1500000000.0", "21", "5"]),
    ],
)
def test_numbers(text: str, values: list[str]) -> None:
    assert [f"{number.value}{'%' * number.percent}" for number in numbers_in(text, "en")] == values


def test_words_are_counted_as_people_count_them() -> None:
    assert count_words("A two-year plan: 25% of 1,140 people’s trips – or so.") == 10


@pytest.mark.sample(2)
@pytest.mark.parametrize("text", ["." * 100_000, "[" + "@" * 5_000, "1,111" * 20_000, "ABC " * 20_000, "www." * 20_000])
def test_strange_prose_takes_no_longer(folder: Folder, text: str) -> None:
    """No rule looks back over all that it has read: the time grows with the text, not with its square."""
    change(folder, {"seeds/sections/strange.md": f"---\ntitle: Strange\n---\n{text}\n"})
    started = time.perf_counter()
    assert folder.run("check").status == 0
    assert time.perf_counter() - started < 5
