"""What templates see: one immutable :class:`Brief`, verified and numbered.

Its fields are a contract with everybody who edits a template. The words at each field become
``docs/template-fields.md`` (``python -m c6brief.pages.fields``), and a test compares the types with the values that a
template is given. Fields of the type ``Html`` are safe markup; all other texts are plain, and Jinja escapes them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, Literal

from markupsafe import Markup

Html = Markup
"""HTML that c6brief made itself: paragraphs, emphasis, links, notes, marks. Raw HTML in prose is text in it."""

NO_HTML = Markup("")
"""What a field of HTML holds that is left empty."""

MarkName = Literal[
    "two-voices", "one-voice", "voice-not-stated", "unsupported", "accounts-differ", "derived-date", "unverified"
]


@dataclass(frozen=True, slots=True)
class Day:
    """A date of publication."""

    iso: Annotated[str, "2026-03-02, for metadata"]
    long: Annotated[str, "2 March 2026, in the brief's language"]
    year: Annotated[int, "2026"]


@dataclass(frozen=True, slots=True)
class Author:
    """Who wrote the brief."""

    name: Annotated[str, "as printed"]
    role: Annotated[str, "may be empty"]
    email: Annotated[str, "may be empty"]
    bio: Annotated[Html, "a sentence or two on who that is; may be empty"] = NO_HTML
    orcid: Annotated[str, "ORCID iD, 0000-0002-1825-0097; may be empty"] = ""
    portrait: Annotated[tuple[Picture, ...], "one, for a place of 16 × 20 mm; empty where there is none"] = ()


@dataclass(frozen=True, slots=True)
class Picture:
    """An image of the evidence base, in the colours and of the fineness of print: `<img src="{{ picture.src }}" alt="{{ picture.alt }}">`."""

    id: Annotated[str, "the image's id"]
    src: Annotated[str, "its address, for `src` of an `img`: there it is converted and scaled for its `box`"]
    alt: Annotated[str, "for readers who cannot see it"]
    credit: Annotated[str, "who made it, to be printed beside it"]
    licence: Annotated[str, "under which it may be printed; may be empty"]
    focus: Annotated[str, "what stays in view where it is cropped, for CSS `object-position`: 50% 30%"]
    box: Annotated[str, "the room that it is scaled for: `column`, `wide`, `full`, or mm: `24x30`"]


@dataclass(frozen=True, slots=True)
class Mark:
    """One of the signs that say how well a statement is backed."""

    name: Annotated[MarkName, "for CSS classes: mark--one-voice"]
    sign: Annotated[str, "● ○ ≠ ~ ×"]
    word: Annotated[str, "one voice"]
    meaning: Annotated[str, "a sentence for the key of marks"]


@dataclass(frozen=True, slots=True)
class ListedSource:
    """An entry of the list of sources."""

    id: Annotated[str, "its id in the evidence base"]
    label: Annotated[str, "S1, S2, …, in order of first use; figures use it"]
    reference: Annotated[Html, "the full reference"]
    short: Annotated[str, "its name in repeat notes"]
    grade: Annotated[str, "Admiralty code, B3; may be empty"]
    grade_words: Annotated[str, "the code in words; may be empty"]
    voice: Annotated[str, "who really speaks, as a name; empty where it is not stated"]
    note: Annotated[str, "what a reader must know of it; may be empty"]


@dataclass(frozen=True, slots=True)
class Prose:
    """Running text."""

    html: Annotated[
        Html, "paragraphs, lists, block quotations, sub-headings (h3, h4), with notes, references and marks in place"
    ]
    kind: Annotated[str, "'prose'"] = "prose"


@dataclass(frozen=True, slots=True)
class Callout:
    """Text set apart, with a title."""

    title: Annotated[str, "its title; may be empty"]
    html: Annotated[Html, "its text, with notes"]
    kind: Annotated[str, "'callout'"] = "callout"


@dataclass(frozen=True, slots=True)
class Sidebar:
    """Text beside the argument, set apart from it, with a title."""

    title: Annotated[str, "its title; may be empty"]
    html: Annotated[Html, "its text, with notes"]
    kind: Annotated[str, "'sidebar'"] = "sidebar"


@dataclass(frozen=True, slots=True)
class Definition:
    """What a term means. It may stand in the margin."""

    term: Annotated[str, "what is explained"]
    html: Annotated[Html, "the explanation, with notes"]
    kind: Annotated[str, "'definition'"] = "definition"


@dataclass(frozen=True, slots=True)
class PullQuote:
    """Somebody's words, verbatim, set large."""

    id: Annotated[str, "the quotation's id"]
    text: Annotated[str, "the words, without marks of quotation"]
    speaker: Annotated[str, "the speaker's name"]
    role: Annotated[str, "the speaker's role and organisation; may be empty"]
    source: Annotated[str, "short name of the source and locator"]
    kind: Annotated[str, "'quote'"] = "quote"


@dataclass(frozen=True, slots=True)
class ClaimBox:
    """A claim with all its accounts, set apart; in the annex of evidence an event, too."""

    id: Annotated[str, "the claim's id, or the event's"]
    statement: Annotated[str, "the claim in our words, or the event's title"]
    mark: Annotated[Mark, "how well it is backed"]
    scope: Annotated[str, "whom it is said of; empty where the sources do not say"]
    accounts: Annotated[tuple[PrintedAccount, ...], "every account, in order"]
    anchor: Annotated[str, "for links: claim-ID; evidence-ID in the annex that lists all evidence"] = ""
    kind: Annotated[str, "'claim'"] = "claim"


@dataclass(frozen=True, slots=True)
class PrintedAccount:
    """One source's word on a claim or an event."""

    source: Annotated[str, "the source's short name and the locator"]
    stance: Annotated[str, "supports, disputes, qualifies: in words; of an event, with the date that it gives"]
    words: Annotated[str, "the source's own words"]


@dataclass(frozen=True, slots=True)
class FigureBlock:
    """A drawn figure. Title, subtitle and source note are text for the template, not part of the drawing."""

    id: Annotated[str, "the chart's id"]
    number: Annotated[int, "1, 2, … through the brief"]
    chart: Annotated[str, "the kind of chart: bar, line, map, timeline, …"]
    title: Annotated[str, "the takeaway"]
    subtitle: Annotated[str, "what is shown, unit, period"]
    alt: Annotated[str, "for readers who cannot see it"]
    note: Annotated[str, "may be empty"]
    source_line: Annotated[str, "where the data come from"]
    width: Annotated[str, "'full' (text and margin), 'column' (text only) or 'margin'"]
    svg: Annotated[Html, "the drawing, an inline SVG with a title; text in the brief's fonts"]
    kind: Annotated[str, "'figure'"] = "figure"
    annotations: Annotated[tuple[str, ...], "the words its author wrote into the drawing; may be empty"] = ()


@dataclass(frozen=True, slots=True)
class TableColumn:
    """A column of a table."""

    title: Annotated[str, "its heading"]
    unit: Annotated[str, "printed once, in the heading; may be empty"]
    numeric: Annotated[bool, "whether to align its numbers"]
    sign: Annotated[str, "of the notes tied to it: a; may be empty"] = ""
    bars: Annotated[bool, "whether its cells have bars, on tracks of one width beside the numbers"] = False
    heat: Annotated[bool, "whether its cells are tinted by their values"] = False
    zero: Annotated[str, "where zero stands on these tracks, 25%; empty where they have only one side"] = ""
    html: Annotated[Html, "its heading with notes, where a table stands in the prose; else empty"] = NO_HTML
    align: Annotated[str, "'right' or 'center' where the author says so and its cells are no numbers; else empty"] = ""


@dataclass(frozen=True, slots=True)
class TableCell:
    """A cell of a table."""

    text: Annotated[str, "as printed; – where there is no value"]
    numeric: Annotated[bool, "whether it stands in a column of numbers"] = False
    pad: Annotated[str, "spaces after a number that bring its decimal point under the others'; may be empty"] = ""
    sign: Annotated[str, "of the notes tied to it: a; may be empty"] = ""
    bar_left: Annotated[str, "where its bar starts on the track, 12.5%; empty where it has none"] = ""
    bar_width: Annotated[str, "how long its bar is, 50%; empty where it has none"] = ""
    heat: Annotated[int, "depth of its tint, 1 to 100, below zero towards the other colour; 0: none"] = 0
    tint: Annotated[str, "the colour behind it, #cfe0e1; empty where it has none"] = ""
    ink: Annotated[str, "the colour of its text that stands out on the tint; empty where it has none"] = ""
    html: Annotated[Html, "its text with notes, where the table stands in the prose; else empty"] = NO_HTML


@dataclass(frozen=True, slots=True)
class TableRow:
    """A row of a table."""

    cells: Annotated[tuple[TableCell, ...], "as many as columns; the first is the row's heading"]
    total: Annotated[bool, "whether it is the total of those above"] = False


@dataclass(frozen=True, slots=True)
class RowGroup:
    """Rows under a heading of their own."""

    title: Annotated[str, "its heading; empty where rows are not grouped, and over the total"]
    rows: Annotated[tuple[TableRow, ...], "in order"]


@dataclass(frozen=True, slots=True)
class TableFootnote:
    """A note tied to cells, or the meaning of the sign for a missing value."""

    sign: Annotated[str, "a, b, … in reading order; – for what is missing"]
    text: Annotated[str, "what it says"]


@dataclass(frozen=True, slots=True)
class TableBlock:
    """A designed table, from the evidence base or from a chart of kind `table`; or one that is written in the prose."""

    id: Annotated[str, "the table's id, or the chart's"]
    number: Annotated[int, "1, 2, … through the brief; 0 for a table in the prose that has no caption"]
    title: Annotated[str, "what it shows; empty for a table in the prose that has no caption"]
    subtitle: Annotated[str, "unit, period; may be empty"]
    note: Annotated[str, "may be empty"]
    stamp: Annotated[str, "whose claim the content is, where only one voice makes it; may be empty"]
    source_line: Annotated[str, "where the rows come from"]
    columns: Annotated[tuple[TableColumn, ...], "in order"]
    rows: Annotated[
        tuple[tuple[str, ...], ...],
        "all rows as plain texts, for templates that want no more; "
        "a group's heading is a row whose other cells are empty",
    ]
    groups: Annotated[tuple[RowGroup, ...], "the same rows in their groups; one without heading if there are none"] = ()
    notes: Annotated[tuple[TableFootnote, ...], "tied to cells by their signs; may be empty"] = ()
    width: Annotated[str, "'full' or 'column' where the author says so; else empty"] = ""
    chart: Annotated[bool, "whether a chart of kind `table` brings it"] = False
    in_text: Annotated[bool, "whether it is written in the prose"] = False
    caption: Annotated[Html, "its title with notes, where it is written in the prose; else empty"] = NO_HTML
    kind: Annotated[str, "'table'"] = "table"


@dataclass(frozen=True, slots=True)
class ImageBlock:
    """A photograph or a drawing, without a number."""

    id: Annotated[str, "the image's id"]
    size: Annotated[str, "`column` (the text column), `wide` (text and margin) or `full` (a page of its own)"]
    picture: Annotated[Picture, "the image"]
    source_line: Annotated[str, "the source that it was taken from; may be empty"]
    kind: Annotated[str, "'image'"] = "image"


Block = Prose | Callout | Sidebar | Definition | PullQuote | ClaimBox | FigureBlock | TableBlock | ImageBlock


@dataclass(frozen=True, slots=True)
class BriefSection:
    """A titled part of the brief."""

    id: Annotated[str, "for links: unique in the brief"]
    title: Annotated[str, "its heading"]
    blocks: Annotated[tuple[Block, ...], "what it holds, in order; each has a `kind`"]


@dataclass(frozen=True, slots=True)
class Annex(BriefSection):
    """A part after the text. The annex `evidence` has nothing but claims among its blocks."""

    letter: Annotated[str, "A, B, …"] = ""


@dataclass(frozen=True, slots=True)
class BigNumber:
    """A number that is set large."""

    number: Annotated[int, "which one it is: 1, 2, …"]
    value: Annotated[str, "as printed: 94, 3.5, 25%"]
    label: Annotated[
        Html, "what it is the number of, with a note that names its evidence; a count of the check has none"
    ]


@dataclass(frozen=True, slots=True)
class OptionConsidered:
    """What could be done, and what the authors think of it."""

    number: Annotated[int, "1, 2, …"]
    option: Annotated[Html, "what could be done, with a note that names what the judgement rests on"]
    benefit: Annotated[Html, "may be empty"]
    risk: Annotated[Html, "may be empty"]
    cost: Annotated[Html, "may be empty"]


@dataclass(frozen=True, slots=True)
class Funder:
    """Who paid for the brief."""

    name: Annotated[str, "as printed"]
    url: Annotated[str, "its address; may be empty"]
    logo: Annotated[tuple[Picture, ...], "one, for a place of 40 × 14 mm; empty where there is none"] = ()


@dataclass(frozen=True, slots=True)
class IndexEntry:
    """A line of the index: a source, or somebody who speaks."""

    name: Annotated[str, "the source's short name, or the person's name"]
    kind: Annotated[str, "'source' or 'person'"]
    note: Annotated[str, "the person's role; may be empty"]
    places: Annotated[
        tuple[str, ...],
        "anchors, in order of reading: print them joined by spaces as `data-places` of an element of the class "
        "`pages`, and the numbers of their pages are put there after layout",
    ]


@dataclass(frozen=True, slots=True)
class Recommendation:
    """What somebody should do."""

    number: Annotated[int, "1, 2, …"]
    action: Annotated[Html, "what to do"]
    addressee: Annotated[str, "who should"]
    by: Annotated[str, "until when; may be empty"]
    owner: Annotated[str, "who sees to it; may be empty"]
    evidence: Annotated[Html, "a note that names what it rests on; may be empty"]


@dataclass(frozen=True, slots=True)
class Publisher:
    """Who publishes, from `_brand.yml`. Every field may be empty."""

    name: Annotated[str, "the house"]
    licence: Annotated[str, "CC BY 4.0"]
    issn: Annotated[str, "with its hyphen"]
    contact: Annotated[str, "address, e-mail or site"]
    logo: Annotated[str, "path of an image in the project"]
    logo_alt: Annotated[str, "what it says, for readers who cannot see it; never empty where there is a logo"] = ""


@dataclass(frozen=True, slots=True)
class Check:
    """How this brief was checked: counts of what the run really verified."""

    quotations: Annotated[int, "passages found word for word in their source's text"]
    sources: Annotated[int, "sources cited"]
    voices: Annotated[int, "independent voices among them"]
    statements: Annotated[int, "claims and events cited"]
    one_voice: Annotated[int, "of these, backed by one voice only"]
    differing: Annotated[int, "of these, with accounts that differ"]
    sentence: Annotated[str, "all this in words, for the colophon; empty where nothing was to be checked"]
    fingerprint: Annotated[str, "of the evidence it rests on, for the colophon: `c6brief verify` compares it"] = ""


@dataclass(frozen=True, slots=True)
class Brief:
    """A brief, ready for a template."""

    id: Annotated[str, "the specification's file name without ending"]
    title: Annotated[str, "says the message"]
    subtitle: Annotated[str, "may be empty"]
    series: Annotated[str, "may be empty"]
    number: Annotated[str, "within the series; may be empty"]
    date: Annotated[Day, "date of publication"]
    language: Annotated[str, "BCP 47 tag: en"]
    authors: Annotated[tuple[Author, ...], "in order; may be empty"]
    publisher: Annotated[Publisher, "who publishes"]
    key_messages: Annotated[tuple[Html, ...], "one each, with notes; may be empty"]
    sections: Annotated[tuple[BriefSection, ...], "in order"]
    recommendations: Annotated[tuple[Recommendation, ...], "may be empty"]
    sources: Annotated[tuple[ListedSource, ...], "every source that the brief uses, in order of first use"]
    index: Annotated[tuple[IndexEntry, ...], "where sources are used and people speak, in alphabetical order"]
    marks: Annotated[tuple[Mark, ...], "the marks that this brief uses, for its key"]
    citation: Annotated[str, "suggested citation"]
    check: Annotated[Check, "how it was checked"]
    words: Annotated[Mapping[str, str], "the tool's own words in the brief's language, by name: brief.words.sources"]
    options: Annotated[
        Mapping[str, bool | int | float | str],
        "what the specification gives the template under `options`, and the defaults of `template.yaml`",
    ]
    summary: Annotated[Html, "the whole in a paragraph or two, with notes; may be empty"] = NO_HTML
    numbers: Annotated[tuple[BigNumber, ...], "big numbers; may be empty"] = ()
    options_considered: Annotated[tuple[OptionConsidered, ...], "the authors' judgement; may be empty"] = ()
    annexes: Annotated[tuple[Annex, ...], "parts after the text; may be empty"] = ()
    acknowledgements: Annotated[Html, "whom the authors thank, in paragraphs; may be empty"] = NO_HTML
    funders: Annotated[tuple[Funder, ...], "who paid for it; may be empty"] = ()
    disclaimer: Annotated[Html, "whose views it gives, in paragraphs; may be empty"] = NO_HTML
    doi: Annotated[str, "10.1000/182; may be empty"] = ""
    isbn: Annotated[str, "with the hyphens that it was written with; may be empty"] = ""
    keywords: Annotated[tuple[str, ...], "for libraries; may be empty"] = ()

    def parts(self) -> tuple[BriefSection, ...]:
        """Sections and annexes, which both hold blocks."""
        return (*self.sections, *self.annexes)
