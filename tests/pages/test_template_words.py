"""Words in marks that a template puts on the page are refused, at its line."""

from __future__ import annotations

import pytest

from c6brief.pages.template_words import texts_of
from tests.support.project import BRIEF, Folder

HEAD = '{% extends "c6brief:policy-brief/brief.html.j2" %}\n'


def refused(folder: Folder, block: str, **more: str) -> list[tuple[str, str]]:
    """The rule and the line of each problem of a template with this block, in a check and in a render, which agree."""
    folder.write(
        "briefs/lifts.yaml", BRIEF.replace("Publish the plan.", "Publish the whole plan now.") + "template: own\n"
    )
    folder.write("templates/own/brief.html.j2", HEAD + block)
    for name, text in more.items():
        folder.write(name, text)
    rendered = folder.render("briefs/lifts.yaml", "--format", "html")
    checked = folder.run("check", "briefs/lifts.yaml")
    ours = [line for line in rendered.err.split("\n") if "template-quotation" in line]
    assert [line for line in (checked.out + checked.err).split("\n") if "template-quotation" in line] == ours
    assert rendered.status == (1 if ours else 0), rendered.err
    return [line.split(" ")[0] for line in ours]


@pytest.mark.sample(3)
@pytest.mark.parametrize("block", [
    "{% block colophon %}<p>They said: “nobody will ever pay”.</p>{% endblock %}",
    "{% block colophon %}<p>They said: &ldquo;nobody will <b>ever</b> pay&rdquo;.</p>{% endblock %}",
    "{% block colophon %}<p>They said: <q>nobody will ever pay</q>.</p>{% endblock %}",
    "{% block colophon %}<p>They said:\n{{ '“nobody will ever pay”' }}.</p>{% endblock %}",
    "{% block colophon %}<svg><text>„nobody will ever pay“</text></svg>{% endblock %}",
    "{% block colophon %}<p title='“nobody will ever pay”'>x</p>{% endblock %}",
    "{% block recommendations %}{% for one in brief.recommendations %}<p>“{{ one.action|striptags }}”</p>{% endfor %}{% endblock %}",
    "{% block key_messages %}{% for one in brief.key_messages %}<p>“{{ one|striptags }}”</p>{% endfor %}{% endblock %}",
])  # fmt: skip
def test_words_in_marks_that_nobody_verified(folder: Folder, block: str) -> None:
    [place] = refused(folder, block)[:1]
    assert place.startswith("templates/own/brief.html.j2:"), place


@pytest.mark.sample(2)
@pytest.mark.parametrize("block", [
    "{% block colophon %}<p>As “{{ brief.title }}” says, “in short”, it’s the states’ own.</p>{% endblock %}",
    "{% block colophon %}{% for one in brief.sources %}<p>“{{ one.short }}”: {{ one.reference }}</p>{% endfor %}{% endblock %}",
    "{% block colophon %}<style>p::before { content: '“a b c d”' }</style>{% endblock %}",
    "{% block colophon %}{% for section in brief.sections %}<p>See “{{ section.title }}”</p>"
    "{% for block in section.blocks if block.kind == 'quote' %}<q>{{ block.text }}</q>{% endfor %}{% endfor %}{% endblock %}",
])  # fmt: skip
def test_titles_names_and_verified_quotations_may_stand_in_marks(folder: Folder, block: str) -> None:
    assert refused(folder, block) == []


@pytest.mark.parametrize("words", ["['“nobody will ever pay”']", "['“nobody will', 'ever pay”']"])
def test_words_for_style_sheets_are_no_quotation(folder: Folder, words: str) -> None:
    folder.write("templates/own/brief.html.j2", HEAD)
    folder.write("templates/own/template.yaml", f"title: Own\ndescription: Ours.\nwords: {words}\n")
    result = folder.run("render", "briefs/lifts.yaml", "--template", "own")
    assert "templates/own/template.yaml:3:9: error[template-quotation]" in result.err, result.err
    assert result.status == 1 and folder.written == []


def test_notes_are_texts_of_their_own() -> None:
    html = '<p>One “two<span role="doc-footnote">a <b>note</b></span> three” four</p><div>five<br>six</div>'
    assert texts_of(html) == ["a note", "One “two three” four", "five", "six"]
