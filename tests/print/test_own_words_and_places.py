"""What a template writes itself, and where style sheets bring what a brief says."""

from __future__ import annotations

import pytest

from c6brief.pages.search import shipped_templates
from tests.print.test_comparison import QUOTE, brief, print_with  # noqa: F401
from tests.support.project import Folder
from tests.support.sampling import sampled


def shipped(block: str, old: str, new: str) -> dict[str, str]:
    """A block of the policy brief with one change."""
    text = (shipped_templates() / f"policy-brief/blocks/{block}.html.j2").read_text(encoding="utf-8")
    assert old in text
    return {block: text.replace(old, new)}


OWN_WORDS = {
    "a sentence after prose": {"prose": "<div class='prose'>{{ block.html }}</div><p>The mayor must resign now.</p>"},
    "words joined to prose": {"prose": "{{ block.html|string|replace('</p>', ' Not true.</p>')|safe }}"},
    "an invented source": shipped("sources", "</ul>", "<li><p>Court of Audit, 2025</p></li></ul>"),
    "an invented source without a year": shipped("sources", "</ul>", "</ul><p>Audit report</p>"),
    "an invented message": shipped("key_messages", "</ol>", "<li>Lifts fail daily</li></ol>"),
    "an invented action": shipped("recommendations", "</ol>", "<li>Sack the board</li></ol>"),
    "an owner": shipped("recommendations", "item.owner)", "'Nobody')"),
    "a deadline": shipped("recommendations", "item.by)", "'2029')"),
    "an author's role": shipped("apparatus", "<br>{{ author.role }}", "<br>Minister"),
}

QUOTED = {
    "a message in a block quotation": shipped(
        "key_messages", "{{ message }}", "<blockquote>{{ message }}</blockquote>"
    ),
    "a message between marks of their own": shipped(
        "key_messages", "{{ message }}", "<div><div>“</div><p>{{ message }}</p><div>”</div></div>"
    ),
    "a statement in a block quotation": shipped(
        "claim",
        '<p class="claim-statement">{{ block.statement }}</p>',
        "<blockquote>{{ block.statement }}</blockquote>",
    ),
}


@pytest.mark.parametrize(
    "what",
    sampled({**OWN_WORDS, **QUOTED}, "words joined to prose", "an invented source", "a message in a block quotation"),
)
def test_what_a_template_writes_or_quotes_itself_is_refused_at_its_line(brief: Folder, what: str) -> None:  # noqa: F811
    brief.change("briefs/lifts.yaml", "- Ninety-four stations are step-free.", "- Most stations have step-free access.")
    blocks = {**OWN_WORDS, **QUOTED}[what]
    wrong = print_with(brief, **blocks)
    [name] = blocks
    assert wrong
    assert all(line.startswith(f"templates/house/blocks/{name}.html.j2:") for line in wrong), wrong


def test_sentences_that_template_yaml_lists_may_stand_in_the_body(brief: Folder) -> None:  # noqa: F811
    lead = {"prose": "<p>What follows was checked word for word.</p><div>{{ block.html }}</div>"}
    assert any("a sentence of the template's own" in line for line in print_with(brief, **lead))
    brief.write(
        "templates/house/template.yaml",
        "title: House\ndescription: Ours.\nwords: [What follows was checked word for word.]\n",
    )
    assert print_with(brief, **lead) == []


HONEST = {
    "headings and numbers": {
        **shipped("key_messages", "{{ words.key_messages }}", "In short"),
        "recommendations": "<table><tr><th>What</th><th>Who</th><th>When</th></tr>{% for item in brief.recommendations %}"
        "<tr><td>{{ item.number }}. {{ item.action }}{{ item.evidence }}</td><td>{{ item.addressee }}</td>"
        "<td>{{ item.by }}</td></tr>{% endfor %}</table>",
        "sources": "<h3>Works</h3>{% for source in brief.sources %}<p>[{{ loop.index }}] {{ source.reference }}</p>{% endfor %}",
        "quote": "<div class='open'>“</div><blockquote>{{ block.text }}</blockquote><p>{{ block.speaker }}</p>",
    },
    "nothing": dict.fromkeys(("figure", "table", "claim", "quote", "key_messages", "recommendations", "sources"), ""),
}


@pytest.mark.parametrize("what", sampled(HONEST, "headings and numbers"))
def test_labels_and_numbers_are_the_templates_own(brief: Folder, what: str) -> None:  # noqa: F811
    assert print_with(brief, **HONEST[what]) == []


MOVED = {
    "a cell beside another row": (
        shipped("table", "{{ cell.text }}", "<span class='cell'>{{ cell.text }}</span>"),
        "tr:nth-child(1) td .cell { position: relative; top: 20pt } tr:nth-child(2) td .cell { position: relative; top: -20pt }",
    ),
    "a cell beside another row, by a transform": ({}, "tbody tr:nth-child(1) td { transform: translateY(20pt) }"),
    "a verdict beside another claim": ({}, ".claim-verdict { transform: translateY(-75pt) }"),
    "a drawing mirrored": ({}, ".drawing svg { transform: scaleX(-1) }"),
    "a drawing upside down": ({}, ".drawing { transform: rotate(180deg) }"),
    "a drawing squeezed": ({}, ".drawing { transform: scale(1, .3) }"),
    "a drawing cut": ({}, ".drawing { height: 8mm; overflow: hidden }"),
    "a drawing clipped": ({}, ".drawing svg { position: absolute; clip: rect(0, 90px, 90px, 0) }"),
    "a drawing covered": (
        shipped("figure", "{{ block.svg }}", "<div style='position: relative'>{{ block.svg }}<i class='over'></i></div>"),
        ".over { position: absolute; left: 50%; top: 0; width: 40%; height: 100%; background: white }",
    ),
    "a word covered": (
        {},
        ".claim-statement { position: relative } .claim-statement::after { content: ''; position: absolute; left: 10%;"
        " top: 0; width: 8%; height: 100%; background: white }",
    ),
    "a word upside down": ({}, ".prose em { display: inline-block; transform: rotate(180deg) }"),
    "a word over another": ({}, ".prose em { position: relative; left: -14px }"),
    "a first letter hidden": ({}, ".claim-statement::first-letter { font-size: 0 }"),
    "words of an attribute": (
        shipped("claim", 'class="claim-statement"', 'class="claim-statement" data-said="All lifts have failed"'),
        ".claim-statement::before { content: attr(data-said) ' ' }",
    ),
}  # fmt: skip


@pytest.mark.parametrize("what", sampled(MOVED, "a cell beside another row", "a word covered"))
def test_what_is_moved_or_covered_is_refused(brief: Folder, what: str) -> None:  # noqa: F811
    brief.change("briefs/lifts.yaml", "not more", "*not* more")
    blocks, css = MOVED[what]
    assert print_with(brief, css=css, **blocks)


LEFT = {
    "the words of notes' marks": ".sign, .note-mark { display: none }",
    "signs alone": ".sign { visibility: hidden }",
    "all values of a table": "td { display: none }",
    "numbers of notes": ".note::footnote-call, .note::footnote-marker { content: none }",
    "words of the key": ".key b { display: none }",
    "captions, speakers and terms": "figcaption, .pull-by, .terms, .figure-source { display: none }",
}


@pytest.mark.parametrize("what", sampled(LEFT, "the words of notes' marks", "all values of a table"))
def test_leaving_out_is_no_fault(brief: Folder, what: str) -> None:  # noqa: F811
    assert print_with(brief, css=LEFT[what]) == []


RESTYLED = {
    "cards": "table, tbody, tr, th, td { display: block } thead { display: none }",
    "actions in a grid": ".recommendations ol { display: grid; grid-template-columns: 1fr 1fr } .recommendation { margin: 0;"
    " padding: 0 } .terms { float: none; width: auto; margin: 0 }",
    "a framed, smaller drawing": ".drawing { border: 2pt solid #ccc; padding: 3mm; overflow: hidden; transform: scale(.9) }",
    "quotations side by side": ".pull { display: inline-block; width: 45%; vertical-align: top; position: static }",
    "tinted boxes with raised labels": ".claim { background: #eef; padding: 4mm; position: relative }"
    " .claim-verdict { position: absolute; top: -3mm; right: 2mm; background: white }",
    "a large mark behind": ".pull { position: relative } .pull blockquote::before { content: '“'; position: absolute;"
    " top: -20pt; left: -5pt; font-size: 70pt; color: #ddd; z-index: -1 }",
}


@pytest.mark.parametrize("what", sampled(RESTYLED, "cards", "tinted boxes with raised labels"))
def test_honest_layouts_pass(brief: Folder, what: str) -> None:  # noqa: F811
    assert print_with(brief, css=RESTYLED[what]) == []


def test_a_word_that_is_broken_in_a_cell_is_the_word(brief: Folder) -> None:  # noqa: F811
    words = "Trans-Afghan-and-Middle-Corridor-railways " + "Verkehrsinfrastruktur" * 12
    brief.change("seeds/tables/access.yaml", "Street to train", words)
    result = brief.render("briefs/lifts.yaml")
    assert result.errors == [], result.err


def test_two_speakers_in_each_others_place_are_told(brief: Folder) -> None:  # noqa: F811
    brief.write(
        "seeds/people.yaml",
        "- {id: ada-line, name: Ada Line, role: Director, organisation: City Transit}\n"
        "- {id: bo-rider, name: Bo Rider, role: Speaker, organisation: Riders}\n",
    )
    text = (brief.root / "seeds/texts/riders.txt").read_text(encoding="utf-8")
    said = text.replace("for 2030.", 'for 2030. "We wait for it every day," said Bo Rider.')
    brief.write("seeds/texts/riders.txt", said)
    quotes = (brief.root / "seeds/quotes.yaml").read_text(encoding="utf-8")
    wait = "- {id: wait, text: We wait for it every day, speaker: bo-rider, source: riders-2024}\n"
    brief.write("seeds/quotes.yaml", quotes + wait)
    brief.change("briefs/lifts.yaml", "quotes: [lift-everywhere]", "quotes: [lift-everywhere, wait]")
    swapped = (QUOTE % "{{ block.text }}").replace(
        "{{ block.speaker }}", "{{ 'Bo Rider' if block.speaker == 'Ada Line' else 'Ada Line' }}"
    )
    wrong = print_with(brief, quote=swapped * 2)
    assert any("as the words of Bo Rider, and Ada Line said them" in line for line in wrong), wrong


def test_a_filter_between_marks_is_told_at_its_line(brief: Folder) -> None:  # noqa: F811
    changed = shipped("quote", "{{ block.text }}", "{{ block.text|replace('will have', 'will not have') }}")
    wrong = print_with(brief, **changed)
    assert any(line.startswith("templates/house/blocks/quote.html.j2:3:") for line in wrong), wrong


@pytest.mark.parametrize("css", ["li::marker { content: 'Never ' }", ".note::footnote-call { display: none }"])
def test_css_at_which_weasyprint_fails_is_told_at_its_line(brief: Folder, css: str) -> None:  # noqa: F811
    brief.write("templates/house/brief.html.j2", '{% extends "c6brief:policy-brief/brief.html.j2" %}\n'
                '{% block style %}{{ super() }}<link rel="stylesheet" href="house.css">{% endblock %}\n')  # fmt: skip
    brief.write("templates/house/house.css", f"li {{ display: list-item; list-style: disc }}\n{css}\n")
    result = brief.render("briefs/lifts.yaml", "--template", "house")
    assert "templates/house/house.css:2:" in result.err and result.errors == ["typesetting-failed"], result.err


@pytest.mark.rest
def test_the_label_of_another_source_is_refused(brief: Folder) -> None:  # noqa: F811
    swapped = shipped("sources", "{{ source.label }}", "S{{ 3 - loop.index }}")
    assert any("as the label of the source 'riders-2024'" in line for line in print_with(brief, **swapped))
