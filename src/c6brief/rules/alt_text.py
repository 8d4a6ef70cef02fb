"""Rules on alternative texts: what a reader who cannot see a figure or a picture is told in its place."""

from __future__ import annotations

import re
from collections.abc import Iterator

from c6brief.evidence.models import Image
from c6brief.evidence.numbers import numbers_in
from c6brief.evidence.table_models import Chart
from c6brief.rules.review.brief import ProjectUnderReview
from c6brief.rules.review.rule import Finding, rule
from c6brief.rules.review.template import TemplateUnderReview
from c6brief.rules.review.vocabulary import any_of

MOST_CHARACTERS = 250
"""Twice the 125 characters that docs/good-briefs.md aims at: beyond, it is a description for the text."""

ENDS = (".", "!", "?", "…", ".”", '."', "。")

_IMAGE = re.compile(r"<img\b(?:\{\{.{0,2000}?\}\}|\{%.{0,2000}?%\}|[^<>])*+>", re.S | re.I)
_ALT = re.compile(r"\s(?:alt|aria-label)\s*=|aria-hidden=[\"']true|role=[\"'](?:presentation|none)", re.I)


@rule("alt-without-type", chapter="craft")
def alt_without_type(project: ProjectUnderReview) -> Iterator[Finding]:
    """the alternative text of a chart does not name the type of figure

    A map, a timeline and a matrix are listened to in different ways. One word, best the first, says which.
    """
    if project.vocabulary is None:
        return
    types = any_of(project.vocabulary.chart_types)
    for chart in project.evidence.charts.values():
        if chart.alt.strip() and not types.search(chart.alt):
            hint = "begin with the type: 'Timeline of …', 'Bar chart of …'"
            yield Finding("the alternative text does not say what kind of figure this is", chart.place("alt"), hint)


@rule("alt-without-data", chapter="craft")
def alt_without_data(project: ProjectUnderReview) -> Iterator[Finding]:
    """the alternative text of a chart of numbers has no number in it

    Who cannot see the drawing wants its type, its data and its trend. The finding is made for charts of tables whose
    alternative text has not one number, in digits or in words.
    """
    for chart in project.evidence.charts.values():
        if chart.alt.strip() and project.drawn_numbers(chart) and not numbers_in(chart.alt, project.settings.language):
            hint = "say the numbers that matter and where they lead: 'from 48 in 1952 to 71 in 2007'"
            yield Finding("the alternative text of this figure gives none of its data", chart.place("alt"), hint)


@rule("alt-repeats-caption", chapter="craft")
def alt_repeats_caption(project: ProjectUnderReview) -> Iterator[Finding]:
    """the alternative text of a chart repeats its title, subtitle or note

    Who listens has heard the caption. The alternative text replaces the drawing: its type, data and trend.
    """
    for chart in project.evidence.charts.values():
        alt = _words_alone(chart.alt)
        captions = {"title": chart.title, "subtitle": chart.subtitle, "note": chart.note or ""}
        captions["title and subtitle"] = f"{chart.title} {chart.subtitle}"
        for name, caption in captions.items():
            if alt and alt == _words_alone(caption):
                hint = "say the type of figure, its data and its trend"
                yield Finding(f"the alternative text repeats the {name}", chart.place("alt"), hint)
                break


def _words_alone(text: str) -> str:
    return " ".join(re.findall(r"\w+", text.lower()))


def _with_alt(project: ProjectUnderReview) -> tuple[Chart | Image, ...]:
    return (*project.evidence.charts.values(), *project.evidence.images.values())


@rule("alt-too-long", chapter="craft")
def alt_too_long(project: ProjectUnderReview) -> Iterator[Finding]:
    """the alternative text of a chart or an image has more than {MOST_CHARACTERS} characters

    It cannot be skimmed, paused or searched by ear. Aim at 125 characters; details belong in the prose.
    """
    for entry in _with_alt(project):
        count = len(" ".join(entry.alt.split()))
        if count > MOST_CHARACTERS:
            message = f"the alternative text has {count} characters, at most {MOST_CHARACTERS} are listened to"
            yield Finding(message, entry.place("alt"), "type, data and trend; the rest goes to the text")


@rule("alt-unfinished", chapter="craft")
def alt_unfinished(project: ProjectUnderReview) -> Iterator[Finding]:
    """the alternative text of a chart or an image does not end with a full stop

    A screen reader runs it into the next paragraph otherwise.
    """
    for entry in _with_alt(project):
        if not entry.alt.rstrip().endswith(ENDS):
            message = "the alternative text does not end with a full stop"
            yield Finding(message, entry.place("alt"), "end it with a full stop")


@rule("picture-without-alt", chapter="access", severity="error")
def picture_without_alt(template: TemplateUnderReview) -> Iterator[Finding]:
    """an image in a template has no `alt`

    `render` refuses to print it: the file would claim to be accessible and not be. Decoration says `alt=""`.
    """
    for markup in template.markup:
        for match in _IMAGE.finditer(markup.text):
            if not _ALT.search(match[0]):
                hint = 'alt="what it shows"; alt="" for what is mere decoration'
                yield Finding("this picture has no alternative text", markup.place(*match.span()), hint)
