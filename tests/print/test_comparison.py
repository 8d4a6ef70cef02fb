"""What a template prints is what was verified: templates and style sheets that print it otherwise are refused."""

from __future__ import annotations

import pytest

from tests.support.project import Folder
from tests.support.sampling import sampled

PARENT = '{% extends "c6brief:policy-brief/brief.html.j2" %}\n'

CLAIM = """\
- id: not-finished
  statement: The lifts should not be called finished.
  accounts:
    - {source: transit-2024, exact: Ninety-four stations are step-free from street to train.}
    - {source: riders-2024, exact: Ninety-four stations are step-free}
- id: plan-seen
  statement: A plan for 2030 exists.
  accounts:
    - {source: transit-2024, exact: Every station will have a lift by 2030}
    - {source: riders-2024, stance: disputes, exact: Nobody has seen a plan for 2030.}
"""

LONG = "Forty passengers of a hundred wait less than 5 minutes, not more, and the union does not say why. [@step-free]"


@pytest.fixture
def brief(folder: Folder) -> Folder:
    """A brief with a pull quote, claims of different strength, numbers, notes, a table and a figure."""
    text = (folder.root / "seeds/claims.yaml").read_text(encoding="utf-8")
    folder.write("seeds/claims.yaml", text + CLAIM)
    folder.change("briefs/lifts.yaml", "    claims: [plan-2030]", "    claims: [plan-2030, not-finished, plan-seen]")
    folder.change("briefs/lifts.yaml", "Some stations are step-free. [@step-free]", LONG)
    folder.write("templates/house/template.yaml", "title: House\ndescription: Ours.\n")
    return folder


def print_with(folder: Folder, template: str = "", css: str = "", **files: str) -> list[str]:
    """The problems of printing in a template that extends the policy brief; lines of standard error."""
    style = '{% block style %}{{ super() }}<link rel="stylesheet" href="house.css">{% endblock %}\n' if css else ""
    folder.write("templates/house/brief.html.j2", PARENT + style + template)
    folder.write("templates/house/house.css", css)
    for name, text in files.items():
        folder.write(f"templates/house/blocks/{name}.html.j2", text)
    result = folder.render("briefs/lifts.yaml", "--template", "house")
    wrong = [line for line in result.err.splitlines() if "error[" in line]
    assert all("error[printed-otherwise]" in line or "error[template-quotation]" in line for line in wrong), result.err
    assert result.status == bool(wrong), result.err
    return wrong


QUOTE = '<blockquote id="quote-{{ block.id }}"><p>“%s”</p><p><b>{{ block.speaker }}</b></p></blockquote>'

CLAIM_BOX = """\
<aside class="claim"><p class="verdict"><span>%s</span> <b>%s</b></p>
<p>%s</p>{% for account in block.accounts %}<p>{{ account.source }} {{ account.stance }}: “{{ account.words }}”</p>{% endfor %}
</aside>"""


def claim(
    sign: str = "{{ block.mark.sign }}", word: str = "{{ block.mark.word }}", said: str = "{{ block.statement }}"
) -> str:
    start, middle, end = CLAIM_BOX.split("%s", 2)[0], CLAIM_BOX.split("%s", 2)[1], CLAIM_BOX.split("%s", 2)[2]
    return start + sign + middle + word + end.replace("%s", said)


TAMPERED = {
    "a word of a quotation": {
        "quote": QUOTE.replace("“", "").replace("”", "") % "{{ block.text|replace('will have', 'will not have') }}"
    },
    "a quotation in capitals of ours": {"quote": QUOTE % "{{ block.text|upper }}"},
    "a quotation cut short": {"quote": QUOTE % "{{ block.text|truncate(20, true) }}"},
    "a quotation written out": {"quote": QUOTE % "Every station shall have a lift by 2030."},
    "a word within the marks": {"quote": QUOTE % "We deny that {{ block.text }}"},
    "a word after, within the marks": {"quote": QUOTE % "{{ block.text }} Not."},
    "a speaker's name": {
        "quote": (QUOTE % "{{ block.text }}").replace("block.speaker", "block.speaker|replace('Ada', 'Eva')")
    },
    "a number in a quotation": {"quote": QUOTE % "{{ block.text|replace('2030', '2031') }}"},
    "a negation taken from a claim": {"claim": claim(said="{{ block.statement|replace('should not', 'should') }}")},
    "another mark": {"claim": claim(sign="{{ block.mark.sign|replace('≠', '●')|replace('○', '●') }}")},
    "the word of another mark": {"claim": claim(word="two voices", sign="")},
    "the words of an account": {
        "claim": claim().replace("{{ account.words }}", "{{ account.words|replace('Nobody', 'Everybody') }}")
    },
    "a mark in prose": {"prose": "{{ block.html|string|replace('○', '●')|replace('≠', '●')|safe }}"},
    "a word of prose": {"prose": "{{ block.html|string|replace('does not say', 'does say')|safe }}"},
    "a number of prose": {"prose": "{{ block.html|string|replace('5 minutes', '50 minutes')|safe }}"},
    "a sign before a number of prose": {"prose": "{{ block.html|string|replace('less than 5', 'less than −5')|safe }}"},
    "a note": {"prose": "{{ block.html|string|replace('para.', 'page')|safe }}"},
    "a cell": {
        "table": "<table>{% for row in block.rows %}<tr>{% for cell in row %}<td>{{ cell|replace('94', '49') }}</td>{% endfor %}</tr>{% endfor %}</table>"
    },
    "two cells": {
        "table": "<table>{% for row in block.rows %}<tr><td>{{ row[0] }}</td>{% for cell in block.rows[loop.index0 - 1][1:] %}<td>{{ cell }}</td>{% endfor %}</tr>{% endfor %}</table>"
    },
    "a drawing": {
        "figure": '<figure role="img" aria-label="x">{{ block.svg|string|replace("2019", "2018")|safe }}</figure>'
    },
    "a key message": {
        "key_messages": "<ol>{% for message in brief.key_messages %}<li>{{ message|string|replace('are', 'are not')|safe }}</li>{% endfor %}</ol>"
    },
    "what to do": {
        "recommendations": "<ul>{% for item in brief.recommendations %}<li>{{ item.action|string|replace('Publish', 'Never publish')|safe }}{{ item.evidence }}</li>{% endfor %}</ul>"
    },
}


@pytest.mark.parametrize(
    "what",
    sampled(TAMPERED, "a word of a quotation", "a number of prose", "two cells"),
)
def test_a_block_that_prints_otherwise_is_refused_at_its_line(brief: Folder, what: str) -> None:
    wrong = print_with(brief, **TAMPERED[what])
    [name] = TAMPERED[what]
    assert wrong
    assert all(line.startswith(f"templates/house/blocks/{name}.html.j2:") for line in wrong), wrong


STYLED = {
    "words": (".pull p::before { content: 'It is not true: ' }", "It is not true"),
    "a word within": (".prose p::after { content: ' This is false.' }", "This is false"),
    "a mark": (".claim-verdict .sign { display: none } .claim-verdict::before { content: '●' }", "●"),
    "a figure before a number": ("td.numeric::before { content: '1' }", "1"),
    "a minus": ("td.numeric::before { content: '−' }", "−"),
    "words of a list": (".recommendation { display: list-item; list-style: 'Never ' inside }", "Never"),
    "words of a counter style": (
        "@counter-style no { system: cyclic; symbols: 'Never' } h2::before { content: counter(page, no) }", "Never",
    ),
    "a running line": ("@page { @bottom-center { content: 'Approved by the ministry' } }", "Approved by the ministry"),
    "marks of quotation around what nobody said": (".prose p::before { content: '“' } .prose p::after { content: '”' }", "“"),
    "marks of quotation that speak": (".pull { quotes: 'not “' '”' } .pull p::before { content: open-quote }", "not “"),
}  # fmt: skip


@pytest.mark.parametrize("what", sampled(STYLED, "words", "a mark", "words of a list", "a running line"))
def test_words_that_a_style_sheet_adds_are_refused_at_its_line(brief: Folder, what: str) -> None:
    css, words = STYLED[what]
    wrong = print_with(brief, css="\n" + css)
    assert any(line.startswith("templates/house/house.css:2:") and words in line for line in wrong), wrong


def test_words_that_template_yaml_lists_may_be_added(brief: Folder) -> None:
    css = "@page { @bottom-center { content: 'For the ministry, page ' counter(page) } } .pull p::before { content: 'Said: ' }"
    assert print_with(brief, css=css)
    brief.write(
        "templates/house/template.yaml",
        "title: House\ndescription: Ours.\nwords: ['For the ministry, page', 'Said:']\n",
    )
    assert print_with(brief, css=css) == []


HIDING = {
    "display": ".prose em { display: none }",
    "visibility": ".prose em { visibility: hidden }",
    "no size": ".prose em { font-size: 0.1px }",
    "no colour": ".prose em { color: transparent }",
    "opacity": ".prose em { opacity: 0 }",
    "white": ".prose em { color: white }",
    "struck through": ".prose em { text-decoration: line-through }",
    "crushed": ".prose em { display: inline-block; transform: scale(0) }",
    "cut off": ".prose em { display: inline-block; width: 0; overflow: hidden; white-space: nowrap }",
    "ground": ".prose em { background: #222; color: #222 }",
    "off the page": ".prose em { position: relative; left: -400mm }",
    "capitals": ".prose p { text-transform: uppercase }",
}


@pytest.mark.parametrize("how", sampled(HIDING, "display", "off the page", "capitals"))
def test_what_is_printed_in_part_is_printed_otherwise(brief: Folder, how: str) -> None:
    brief.change("briefs/lifts.yaml", "not more", "*not* more")
    assert print_with(brief, css=HIDING[how])


LEFT_OUT = {
    "quotations": ".pull { display: none }",
    "marks": ".mark { display: none }",
    "notes": ".note { display: none }",
    "claims": ".claim { visibility: hidden }",
    "prose": ".prose { display: none }",
    "units": "th .unit { display: none }",
}


@pytest.mark.parametrize("what", sampled(LEFT_OUT, "quotations", "marks", "claims"))
def test_what_is_left_out_is_no_fault(brief: Folder, what: str) -> None:
    assert print_with(brief, css=LEFT_OUT[what]) == []


HONEST_CSS = {
    "drop capitals": ".prose p::first-letter { float: left; font-size: 30pt }",
    "hyphens": ".prose { width: 55mm; hyphens: auto; text-align: justify }",
    "inline blocks": ".prose strong, .prose em { display: inline-block; letter-spacing: 0.2px }",
    "signs and counters": ".pull p::before { content: '— ' } h2::before { content: counter(page) '. ' }",
    "addresses": "a::after { content: ' (' attr(href) ')' }",
    "running lines": "@page { @top-center { content: string(title) ' · ' counter(page) ' / ' counter(pages) } }",
    "notes in the text": ".note { float: none }",
    "small capitals": "h1, h2, .prose { font-variant-caps: small-caps } ul { list-style: square }",
}


@pytest.mark.parametrize("what", sampled(HONEST_CSS, "hyphens", "notes in the text"))
def test_honest_style_sheets_pass(brief: Folder, what: str) -> None:
    words = (
        "It is not more than a few, *and nobody knows*, that co-operate with **well-being** in Central-Asian words. "
    )
    brief.change("briefs/lifts.yaml", "Forty passengers", words * 3 + "Forty passengers")
    assert print_with(brief, css=HONEST_CSS[what]) == []


HONEST_BLOCKS = {
    "quote": "<blockquote>« {{ block.text }} » <cite>{{ block.speaker }}, {{ block.source }}</cite></blockquote>",
    "claim": "<div><h4>{{ block.statement }} {{ block.mark.sign }}</h4><ul>{% for account in block.accounts %}"
    "<li>{{ account.source }}: <q>{{ account.words }}</q></li>{% endfor %}</ul></div>",
    "table": "<table><tr>{% for column in block.columns|reverse %}<th>{{ column.title }}</th>{% endfor %}</tr>"
    "{% for row in block.rows %}<tr>{% for cell in row|reverse %}<td>{{ cell }}</td>{% endfor %}</tr>{% endfor %}</table>",
    "figure": '<figure role="img" aria-label="{{ block.alt }}"><p>Fig. {{ block.number }}: {{ block.title }}</p></figure>',
    "key_messages": "<ul>{% for message in brief.key_messages %}<li>{{ loop.index }} {{ message }}</li>{% endfor %}</ul>",
    "recommendations": "<table>{% for item in brief.recommendations %}<tr><td>{{ item.number }}</td><td>{{ item.action }}"
    "</td><td>{{ item.addressee }} until {{ item.by }}</td></tr>{% endfor %}</table>",
}


def test_a_template_that_writes_all_blocks_anew_passes(brief: Folder) -> None:
    assert print_with(brief, **HONEST_BLOCKS) == []


def test_a_quotation_beside_another_speaker_is_refused(brief: Folder) -> None:
    brief.write(
        "seeds/people.yaml",
        "- {id: ada-line, name: Ada Line, role: Director, organisation: City Transit}\n"
        "- {id: bo-rider, name: Bo Rider, role: Speaker, organisation: Riders}\n",
    )
    brief.write(
        "seeds/texts/riders.txt",
        'The first lift opened in 2021. Nobody has seen a plan for 2030. "We wait for it every day," said Bo Rider.\n\n'
        "Ninety-four stations are step-free, and the union counted them.\n",
    )
    quotes = (brief.root / "seeds/quotes.yaml").read_text(encoding="utf-8")
    brief.write(
        "seeds/quotes.yaml",
        quotes + "- {id: wait, text: 'We wait for it every day', speaker: bo-rider, source: riders-2024}\n",
    )
    brief.change("briefs/lifts.yaml", "quotes: [lift-everywhere]", "quotes: [lift-everywhere, wait]")
    honest = "<blockquote><p>“{{ block.text }}”</p><p>{{ block.speaker }}</p></blockquote>"
    assert print_with(brief, quote=honest) == []
    wrong = print_with(brief, quote=honest.replace("{{ block.speaker }}", "Ada Line"))
    assert wrong and "Ada Line" in wrong[0] and "Bo Rider" in wrong[0]


def test_a_draft_is_printed_in_spite_of_it(brief: Folder) -> None:
    brief.write("templates/house/brief.html.j2", PARENT)
    brief.write("templates/house/blocks/quote.html.j2", QUOTE % "{{ block.text|upper }}")
    result = brief.render("briefs/lifts.yaml", "--template", "house", "--draft")
    assert (result.status, "printed-otherwise" in result.rules) == (0, True), result.err


def test_tables_with_the_same_headings_are_told_apart(brief: Folder) -> None:
    table = (brief.root / "seeds/tables/access.yaml").read_text(encoding="utf-8")
    brief.write("seeds/tables/later.yaml", table.replace("94", "97").replace("1061", "1100"))
    brief.change("briefs/lifts.yaml", "tables: [access]", "tables: [access, later]")
    assert print_with(brief) == []
    cells = TAMPERED["a cell"]["table"].replace("'94', '49'", "'97', '79'")
    assert print_with(brief, table=cells)


BESIDE = {
    "an invented speaker": {"quote": (QUOTE % "{{ block.text }}").replace("{{ block.speaker }}", "Mona Vale")},
    "another source": {"quote": (QUOTE % "{{ block.text }}").replace("</b>", "</b>, Court record, para. 2")},
    "a sentence within the quotation": {"quote": (QUOTE % "{{ block.text }}").replace("<p>“", "<p>All agree</p><p>“")},
    "words before a claim": {"claim": claim(said="It is proven that {{ block.statement }}")},
    "another stance": {"claim": claim().replace("{{ account.stance }}", "confirms it")},
    "the accounts that dispute left out": {
        "claim": claim().replace("in block.accounts", "in block.accounts if 'disputes' not in account.stance")
    },
    "a mark that no claim has": {"claim": claim(word="two voices", sign="")},
    "a speaker of a key message": {
        "key_messages": "<ol>{% for message in brief.key_messages %}<li>Ada Line: {{ message }}</li>{% endfor %}</ol>"
    },
    "whom an action is for": {
        "recommendations": "{% for item in brief.recommendations %}<div><p>{{ item.action }}</p><p>Court of Audit</p></div>{% endfor %}"
    },
    "a heading of a table": {
        "table": "<table><tr>{% for column in block.columns %}<th>{{ 'Accidents' if loop.last else column.title }}</th>{% endfor %}</tr>"
        "{% for row in block.rows %}<tr>{% for cell in row %}<td>{{ cell }}</td>{% endfor %}</tr>{% endfor %}</table>"
    },
    "a row that the table has not": {
        "table": "<table>{% for row in block.rows %}<tr>{% for cell in row %}<td>{{ cell }}</td>{% endfor %}</tr>{% endfor %}"
        "<tr><td>Trams</td><td>999</td><td>9</td></tr></table>"
    },
    "a row without its cells": {
        "table": "<table>{% for row in block.rows %}<tr>{% for cell in row if loop.first or not loop.parent %}<td>{{ cell }}</td>{% endfor %}</tr>{% endfor %}</table>".replace(
            "{% for row in block.rows %}", "{% for row in block.rows %}{% set last = loop.last %}"
        ).replace("if loop.first or not loop.parent", "if not last or cell == row[0]")
    },
    "the source of a table": {
        "table": "<figure><p>{{ block.title }}</p><p>{{ block.subtitle }}</p><p>Source: Office of Numbers.</p></figure>"
    },
    "the check": {"colophon": "<p><b>{{ brief.words.how_checked }}</b> By the Court of Audit.</p>"},
    "the grade of a source": {
        "sources": "{% for source in brief.sources %}<div><p>A1 {{ source.reference }}</p></div>{% endfor %}"
    },
}


@pytest.mark.parametrize("what", sampled(BESIDE, "an invented speaker", "another source", "another stance"))
def test_what_stands_beside_evidence_is_said_of_it(brief: Folder, what: str) -> None:
    wrong = print_with(brief, **BESIDE[what])
    [name] = BESIDE[what]
    assert wrong and wrong[0].startswith(f"templates/house/blocks/{name}.html.j2:"), wrong


def test_words_that_template_yaml_lists_may_stand_beside_evidence(brief: Folder) -> None:
    quote = "<h3>In their words</h3>" + QUOTE % "{{ block.text }}"
    labelled = {"quote": f"<div>{quote}</div>"}
    assert any("In their words" in line for line in print_with(brief, **labelled))
    brief.write("templates/house/template.yaml", "title: House\ndescription: Ours.\nwords: [In their words]\n")
    assert print_with(brief, **labelled) == []


@pytest.mark.rest
def test_letters_of_the_colour_of_what_lies_below_are_not_shown(brief: Folder) -> None:
    part = "{{ block.text|replace('will', '<span style=\"%s\">will</span>'|safe) }}"
    placed = "<div style='position: absolute; width: 60mm'>" + QUOTE + "</div>"
    assert print_with(brief, quote=placed % (part % "color: #a00")) == []
    assert print_with(brief, quote=placed % (part % "color: white"))
    assert print_with(brief, quote=placed % (part % "display: inline-block; transform: translateX(-400mm)"))
    cover = "<i style='position: absolute; left: 0; top: 0; width: 100%; height: 100%; background: white'></i>"
    covered = "{{ block.text|replace('will', \"<span style='position: relative'>will" + cover + '</span>"|safe) }}'
    assert print_with(brief, quote=QUOTE % covered)


def test_light_letters_on_a_dark_page_are_shown(brief: Folder) -> None:
    dark = "@page { background: #10222a } body { color: white } .cover { background: none }"
    assert (
        print_with(brief, css=dark + ":root { --ink: white; --brand-text: white; --grey: white; --alarm: white }") == []
    )


def test_a_key_and_a_colophon_of_ones_own_pass(brief: Folder) -> None:
    key = "<div><p>How to read the marks</p>{% for mark in brief.marks %}<p>{{ mark.sign }} = {{ mark.word }}</p>{% endfor %}</div>"
    colophon = (
        "<p>© {{ brief.date.year }} {{ brief.publisher.name }}, printed by a house. {{ brief.check.sentence }}</p>"
    )
    assert print_with(brief, apparatus=key, colophon=colophon) == []


SPOILT = {
    "a quotation cut to two words": ("{% block cover %}{{ super() }}{% endblock %}", ".pull blockquote p { height: 18pt; line-height: 18pt; overflow: hidden; width: 30mm }"),
    "prose cut to two words": ("", ".prose p { height: 16pt; line-height: 16pt; overflow: hidden; width: 20mm }"),
    "prose struck out": ("", ".prose p { text-decoration: line-through }"),
    "words heaped": ("", ".prose p { word-spacing: -20pt }"),
    "letters heaped": ("", ".prose p { letter-spacing: -5pt }"),
    "another outline": ("", "h2 { bookmark-label: 'The city gave up all lifts' }"),
}  # fmt: skip
"""Style sheets that leave a rest of what was verified, spoil it, or say something else of it: a template's addition, CSS."""


@pytest.mark.parametrize("what", sampled(SPOILT, "prose cut to two words", "prose struck out", "another outline"))
def test_what_a_style_sheet_spoils_is_refused(brief: Folder, what: str) -> None:
    added, css = SPOILT[what]
    assert print_with(brief, template=added, css=css)


def test_spacing_and_an_outline_of_the_page_s_own_words_pass(brief: Folder) -> None:
    css = ".prose p { letter-spacing: -.02em; word-spacing: -.1em } h2 { bookmark-label: content() }"
    assert print_with(brief, css=css) == []
