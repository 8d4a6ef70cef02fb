"""Briefs to look at, built straight from the model: a rich one, short ones, an empty one and extreme ones.

The sentences follow ``seeds/`` and say no more; the notes are shaped as the brief room shapes them. Nothing here is
verified: these briefs exercise the pages, not the evidence.
"""

from __future__ import annotations

import re
from dataclasses import replace
from types import MappingProxyType

from markupsafe import Markup, escape

from c6brief.brief.model import (
    Annex,
    Author,
    BigNumber,
    Brief,
    BriefSection,
    Callout,
    Check,
    ClaimBox,
    Day,
    Definition,
    FigureBlock,
    Funder,
    ImageBlock,
    IndexEntry,
    ListedSource,
    Mark,
    OptionConsidered,
    Picture,
    PrintedAccount,
    Prose,
    Publisher,
    PullQuote,
    Recommendation,
    RowGroup,
    Sidebar,
    TableBlock,
    TableCell,
    TableColumn,
    TableFootnote,
    TableRow,
)
from c6brief.documents.catalogue import words

WORDS = words("en")

MARKS = {
    "two-voices": Mark("two-voices", "●", "two voices", "Two independent voices say it."),
    "one-voice": Mark("one-voice", "○", "one voice", "Only one voice says it, however many sources print it."),
    "accounts-differ": Mark("accounts-differ", "≠", "accounts differ", "The sources contradict one another."),
    "derived-date": Mark("derived-date", "~", "derived date", "The date is counted from words such as “last year”."),
}
TREND = "Trend News Agency, [Report on remarks by Akramjon Nematov at a C6 conference], 18 February 2026"


def note(words: str, mark: str = "") -> str:
    """A citation as it arrives in ``Html``: a footnote and, where there is something to say, its mark."""
    if not mark:
        return f'<span class="note" role="doc-footnote">{escape(words)}</span>'
    sign = MARKS[mark]
    return (
        f'<span class="note note--{mark}" role="doc-footnote"><span class="note-mark">{sign.sign} '
        f"{sign.word.capitalize()}.</span> {escape(words)}</span>"
        f'<span class="mark mark--{mark}" title="{sign.word}">{sign.sign}</span>'
    )


SHORT = {"o": "one-voice", "*": "two-voices", "!": "accounts-differ", "~": "derived-date", "": ""}


def html(text: str) -> Markup:
    """Paragraphs split at blank lines; ``{o Trend, para. 4.}`` is a note of one voice; ``_x_``, ``## x``, ``- x``."""
    out = []
    for piece in text.strip().split("\n\n"):
        piece = " ".join(piece.split()) if not piece.lstrip().startswith("- ") else piece
        piece = re.sub(r"\{([o*!~]?) ([^}]*)\}", lambda m: note(m[2], SHORT[m[1]]), piece)
        piece = re.sub(r"(?<!\w)_([^_]+)_(?!\w)", r"<em>\1</em>", piece)
        piece = re.sub(r"\[([^\]]+)\]\((https[^)]+)\)", r'<a href="\2">\1</a>', piece)
        if piece.startswith("## "):
            out.append(f"<h3>{piece[3:]}</h3>")
        elif piece.lstrip().startswith("- "):
            items = [" ".join(item.split()) for item in re.split(r"(?m)^\s*- ", piece) if item.strip()]
            out.append("<ul>" + "".join(f"<li>{item}</li>" for item in items) + "</ul>")
        else:
            out.append(f"<p>{piece}</p>")
    return Markup("\n".join(out))


def inline(text: str) -> Markup:
    """The same without the paragraph."""
    return Markup(str(html(text)).removeprefix("<p>").removesuffix("</p>"))


def drawing(title: str, rows: list[tuple[str, float, str]], width: int) -> Markup:
    """A dot plot with words, as wide as ``width`` millimetres."""
    height = 7 * len(rows) + 9
    left = 62 if width > 150 else 44
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}mm" height="{height}mm" '
        f'viewBox="0 0 {width} {height}" role="img"><title>{escape(title)}</title>'
        '<g font-family="Brief Sans" font-size="2.9" fill="#1b1f22">'
    ]
    for year in range(2018, 2029, 2):
        x = left + 3 + (year - 2018) / 10 * (width - left - 24)
        parts.append(
            f'<path d="M{x} 0V{height - 7}" stroke="#e3e6e8" stroke-width=".2"/>'
            f'<text x="{x}" y="{height - 2.5}" text-anchor="middle" fill="#5d676d">{year}</text>'
        )
    for at, (name, place, tag) in enumerate(rows):
        y = 4 + 7 * at
        x = left + 3 + place * (width - left - 24)
        parts.append(
            f'<path d="M{left} {y}H{width - 16}" stroke="#e3e6e8" stroke-width=".2"/>'
            f'<text x="{left - 3}" y="{y + 1}" text-anchor="end">{escape(name)}</text>'
            f'<circle cx="{x}" cy="{y}" r="1.3" fill="#1f5a62"/>'
            f'<text x="{width - 12}" y="{y + 1}" fill="#5d676d">{tag}</text>'
        )
    return Markup("".join(parts) + "</g></svg>")


TIMELINE = FigureBlock(
    id="security-milestones",
    number=1,
    chart="timeline",
    title="Half of the events have a firm year, and one of them has two datings that are years apart",
    subtitle="Events named in the three sources, by year; ● stated, ○ derived from “last year” and the like",
    alt="Dot plot of eight events from 2018 to 2028; a meeting of secretaries has two datings.",
    note="Where a source gives no date, none is drawn.",
    source_line="Sources: S1 Trend, S2 conference report, S3 unsigned article. S1 and S2 quote one speaker.",
    width="full",
    svg=drawing(
        "Dot plot of eight events, 2018 to 2028",
        [
            ("Consultative meetings of heads of state begin", 0, "S1 S2"),
            ("Regional forum of emergency heads starts work", 0, "S2"),
            ("Security council secretaries meet, Kazakhstan", 0.4, "S1 ≠ S2"),
            ("Development Strategy to 2040 adopted, Astana", 0.6, "S2"),
            ("Azerbaijan joins, as one article has it", 0.6, "S3"),
            ("Security council secretaries, Samarkand", 0.7, "S1 S2"),
            ("First five-party meetings: intelligence, defence", 0.7, "S2"),
            ("Catalogue of risks runs to", 1, "S2"),
        ],
        170,
    ),
)
COVERAGE = FigureBlock(
    id="coverage",
    number=2,
    chart="coverage",
    title="One man is quoted in two of the three sources",
    subtitle="Themes by number of voices that are stated, March 2026",
    alt="Dot plot of five themes; none has more than one voice that is stated.",
    note="",
    source_line="Sources: S1, S2, S3; counted by c6brief.",
    width="column",
    svg=drawing(
        "Dot plot of five themes by voices",
        [
            ("Consultative meetings", 0.5, "1"),
            ("Security councils", 0.5, "1"),
            ("The Concept", 0.5, "1"),
            ("Accession of Azerbaijan", 0.5, "1"),
            ("The C6 format", 0.5, "1"),
        ],
        118,
    ),
)
MAP = FigureBlock(
    id="where",
    number=3,
    chart="map",
    title="The places that the sources name lie in three of the six states",
    subtitle="Places of meetings, 2018 to 2026",
    alt="Dot plot standing in for a map of Central Asia and Azerbaijan with five places.",
    note="Boundaries as in Natural Earth; they imply no opinion on the status of any territory.",
    source_line="Sources: S1 Trend, S2 conference report; boundaries from Natural Earth, public domain.",
    width="full",
    svg=drawing(
        "Five places of meetings",
        [
            ("Almaty", 0.6, "S2"),
            ("Astana", 0.6, "S2"),
            ("Baku", 0.8, "S1 S2"),
            ("Samarkand", 0.7, "S1 S2"),
            ("Tashkent", 0.75, "S2"),
        ],
        170,
    ),
)
BEFORE_AFTER = TableBlock(
    id="security-before-after",
    number=2,
    title="Before and after, as one unsigned article has it",
    subtitle="Words of the source; no measure, assessor or date is given",
    note="The last row names no fund.",
    stamp="Claims of one unsigned source",
    source_line="Source: S3, para. 1, lines 20–25.",
    columns=(TableColumn("Aspect", "", False), TableColumn("Before", "", False), TableColumn("After", "", False)),
    rows=(
        ("Joint Counterterrorism Operations", "Limited Scope", "Expanded Regional Reach"),
        ("Intelligence Sharing Efficiency", "Moderate", "Significantly Improved"),
        ("Border Security Coordination", "Fragmented", "Centralized & Streamlined"),
        ("Defense Infrastructure Investments", "Steady", "Increased with New Funding"),
    ),
)
PAPERS = TableBlock(
    id="papers",
    number=1,
    title="What the two papers do",
    subtitle="As the conference report describes them; number of its paragraphs that name each",
    note="",
    stamp="",
    source_line="Source: S2, paras. 14 to 20.",
    columns=(
        TableColumn("Paper", "", False),
        TableColumn("Kind", "", False),
        TableColumn("Runs to", "year", True),
        TableColumn("Paragraphs", "number", True),
    ),
    rows=(
        ("Concept of Regional Security, Stability, and Sustainable Development", "Principles and guidelines", "–", "4"),
        ("Catalogue of Security Risks", "Practical: threats, measures, coordination", "2028", "2"),
        ("Development Strategy", "What the Concept provides conditions for", "2040", "1"),
    ),
)
DESIGNED = replace(
    PAPERS,
    groups=(
        RowGroup(
            "",
            tuple(
                TableRow(
                    tuple(TableCell(text, column.numeric) for text, column in zip(row, PAPERS.columns, strict=True))
                )
                for row in PAPERS.rows
            ),
        ),
    ),
    notes=(TableFootnote("–", "no data"),),
)
CALLOUT = Callout(
    "What the Catalogue lists",
    html("""
The report names threats and ways to meet them, and prints neither the text nor a budget:{o Conference report,
para. 20.}

- terrorism and radicalisation, drugs, cybercrime;
- climate and man-made risks;
- coordination, exchange of information, joint programmes and prevention.
"""),
)
SIDEBAR = Sidebar("How a format meets", html("A format has no seat, and meets where it is invited."))
DEFINITION = Definition("Format", html("Meetings of one kind, without a charter."))
CLAIM = ClaimBox(
    "c6-is-a-format",
    "The conference report speaks of the C6 format, and of the Central Asia-Azerbaijan format.",
    MARKS["accounts-differ"],
    "Central Asia and Azerbaijan",
    (
        PrintedAccount(
            "Conference report, para. 8",
            "supports",
            "Particular attention was paid to the principles of flexible institutionalization, which underpin the C6 "
            "format",
        ),
        PrintedAccount(
            "Unsigned article, para. 1, line 3",
            "disputes",
            "Azerbaijan officially joined the Central Asian coalition, illustrating a shift in regional alliances",
        ),
    ),
)
NEMATOV = ("Akramjon Nematov", "First Deputy Director, Institute for Strategic and Regional Studies")
COLLECTIVE = PullQuote(
    "nematov-collective-actor",
    "The region is no longer an object of external strategies, but a collective actor shaping its own security agenda.",
    *NEMATOV,
    "Conference report, para. 15",
)
MECHANISM = PullQuote(
    "nematov-fully-fledged-mechanism",
    "In 2018, consultative meetings of heads of state were launched—initially as a dialogue platform, but today they "
    "have become a fully fledged mechanism for interaction. This mechanism not only defines the main development "
    "vectors but also forms the institutional foundation for regional cooperation.",
    *NEMATOV,
    "Trend, para. 4",
)
HISTORIC = PullQuote(
    "nematov-historic-opportunity",
    "In a context of high instability and a return to power politics, Central Asia and Azerbaijan have a historic "
    "opportunity to build a model of interaction that transcends the logic of great power confrontation and reflects "
    "the interests of small and medium-sized states. By combining efforts and enhancing the competitiveness of the "
    "common space, it is important for our countries to integrate into global value chains.",
    *NEMATOV,
    "Conference report, para. 23",
)
PREVENTION = PullQuote(
    "nematov-prevention",
    "Particular emphasis is placed on prevention and early threat detection, on neutralizing risks before they become "
    "acute.",
    *NEMATOV,
    "Conference report, para. 17",
)

SUMMITS = Prose(
    html(f"""
In 2018, two reports say, consultative meetings of the heads of state of Central Asia were launched.{{o {TREND}, para. 4;
conference report, para. 11. Both quote Akramjon Nematov.}} What began as a platform for dialogue became, in the words of
an official from Uzbekistan at the Baku conference, “a fully fledged mechanism for interaction”.{{o Trend, para. 4.}}
A two-year
roadmap followed, he says, and with it regular meetings of the ministers of transport and energy, and forums of historians
and of the young. Neither of the two reports says who adopted it, or when.{{o Trend, para. 6.}}

Security came later, and when exactly is unclear. One report has the secretaries of the security councils meet first
“About four years ago”, that is around 2022;{{~ Trend, para. 6. The year is counted from the dateline.}} another, of the
same conference, puts meetings in Almaty and Samarkand in the years 2024 and 2025.{{! Conference
report, para. 12.
It does not say which meeting was the first.}} Both can be true only if they do not mean the same meetings, and nothing
printed says so. This brief therefore gives no year for the start of the security track.

The heads of intelligence agencies and the ministers of defence are said to have met as five parties last year in
Uzbekistan.{{~ Conference report, para. 12. “Last year” is counted from February 2026.}} Joint exercises named _Birlik_
are said to have been held twice; a forum of heads of emergency situations, to work since 2018.{{o Conference report,
para. 13.}}
The Trend report has the first joint exercises of Central Asia and Azerbaijan, without a name, a place or a
date.{{o Trend, para. 7.}}
""")
)
PAPERS_PROSE = Prose(
    html("""
The seventh Consultative Meeting in Tashkent is where a _Concept of Regional Security, Stability, and Sustainable
Development_ and a _Catalogue of Security Risks_ are said to have been adopted, to run until 2028.{o Conference report,
para. 14.
The title is printed in two ways.} The Concept sets out principles, its key provision being that security is indivisible
and responsibility shared and mutual.{o Conference report, para. 16.} The Catalogue is called practical: it is said to list
threats, and where to coordinate, exchange information and prevent.{o Conference report, para. 20.}

## What is new in the Concept

“For the first time, the countries of Central Asia have independently formulated a common understanding of the nature
of threats and mechanisms for overcoming them”, says the one official on record.{o Conference report, para.
15.} Economic
stability, transport, water and energy, technology and humanitarian contacts are viewed as part of security, he is reported
to say.{o Conference report, para. 17.} The text itself is not printed in either report, so that their readers cannot
compare the words with the description.

The Concept is said to complement the Development Strategy to 2040, adopted in Astana in 2024.{o Conference report,
para. 18.} The
Concept provides political conditions, he says; the Strategy is what they are for. Whether Azerbaijan is party to either
paper the sources do not say.
""")
)
DESIGN_PROSE = Prose(
    html("""
No treaty body is named in the two reports. The region, he is reported to say, avoids supranational bodies and transfers of
powers, and prefers consensus.{o Conference report, para. 8.} He is reported to see a soft, non-aligned
security community emerging, based on trust and a culture of compromise.{o Conference report, para. 22.}

Other organisations are named. Harmonious interaction with the SCO, the CSTO, the CIS and the OTS is called a part of the
model, which aims to strengthen what exists.{o Conference report, para. 10.} How it goes together with coordination
that needs no external centres of power is left open, and it is the question that a lawyer would ask first.
""")
)
DESIGN_MORE = Prose(
    html("""
Consensus may have a price, and the sources pass over it. They do not say what happens where one of the states does not
agree, nor who is to pay for what the Catalogue is said to list.{o Conference report, para. 20, names no budget.} Whether
an arrangement of this kind lasts is not for three texts to tell, and they do not try: what they give is a list of meetings,
the titles of papers, and what one man hopes for.

Frequency can be observed from outside. If the secretaries of the security councils meet in 2026 as they are said to
have met in 2024 and 2025, the practice goes on, whatever the papers say.{~ Conference report, para.
12.} If they do
not, readers will want to know why. Either way the record will show it within the year, and
nobody needs to wait for another conference to look at it.
""")
)
RECORD = Prose(
    html("""
Three texts carry everything said here, and two quote the same man. Trend and the conference report have nobody but
Akramjon Nematov speak;{o Trend, para. 1; conference report, para. 6.} his institute is placed under the
President of
Uzbekistan.{o Trend, para. 1; conference report, para. 4.} The third text is unsigned and undated, quotes
nobody, names no
document, and gives no source for its tables.{o Unsigned article, para. 1.}

Where they can be compared they differ. The third text calls the six a bloc with members that joined in 1992, 1993 and
2024;{! Unsigned article, para. 1, lines 10–12. What it is that they joined is not said.} one report
speaks of a format. The third text has border security coordination centralised; nothing in the other two
says so.{! Unsigned article, para. 1, line 24.} Whether the third text is independent of the others, or has drawn on
what one of them or both of them drew on, cannot be seen from it, so that it is not counted as a second voice on anything.

What is said twice in the two reports is said once. Who wants a second voice on the secretaries, on the exercises or on the
papers must look for it elsewhere.{o Trend, paras 6, 7; conference report, paras 12, 13.}
""")
)
AZERBAIJAN = Prose(
    html("""
The conference was held in Azerbaijan, and a centre of the country organised it.{o Conference report, para. 2.}
Beyond that the
record is thin: joint exercises are reported once, accession once, a signature nowhere.{! Unsigned article,
para. 1, line 3; Trend,
para. 7.} Readers who need to know what Azerbaijan has agreed to should ask for the text.{o Conference report, para. 14.}
""")
)

SOURCES = (
    ListedSource(
        "trend-2026",
        "S1",
        Markup("Trend News Agency. [Report on remarks by Akramjon Nematov at a C6 conference]. 18 February 2026."),
        "Trend",
        "B3",
        "usually reliable; possibly true",
        "Akramjon Nematov",
        "Reports one speaker only. Its relative dates can only be counted from its dateline, and whether the region is "
        "five countries or six it does not say. Who wrote it is not said, and neither is the day of the remarks, nor who "
        "else spoke at the session.",
    ),
    ListedSource(
        "isrs-2026",
        "S2",
        Markup(
            "<em>Experts from Central Asian countries and Azerbaijan discussed security "
            "cooperation</em>. Undated, no publisher named."
        ),
        "Conference report",
        "F3",
        "reliability cannot be judged; possibly true",
        "Akramjon Nematov",
        "Reports one speaker of one delegation at length. Prints the title of the Catalogue in two ways.",
    ),
    ListedSource(
        "asianews-2026",
        "S3",
        Markup("[Article on Azerbaijan as the newest member of a Central Asian bloc]. Unsigned, undated."),
        "Unsigned article",
        "E4",
        "unreliable; doubtfully true",
        "unsigned",
        "Quotes nobody, and gives no source for its tables. Whether it is independent of the others is not known.",
    ),
)
RECOMMENDATIONS = (
    Recommendation(
        1,
        inline(
            "Publish the Concept and the Catalogue in full, in the languages of the states and in English, with the day "
            "on which each was adopted and the names of those who adopted it."
        ),
        "Foreign ministries of the states concerned",
        "September 2026",
        "Host of the Consultative Meeting",
        Markup(note("Conference report, para. 14.", "one-voice")),
    ),
    Recommendation(
        2,
        inline(
            "State in writing which of the commitments, if any, bind Azerbaijan, from when, and where they can be read."
        ),
        "Ministry of Foreign Affairs of Azerbaijan",
        "2026",
        "",
        Markup(note("Trend, para. 7.")),
    ),
    Recommendation(
        3,
        inline(
            "Fix the calendar of the security council secretaries two years ahead and publish the "
            "communiqués, so that others can date the practice without asking the participants."
        ),
        "Security councils of the six states",
        "end of 2026",
        "Host of the next meeting",
        Markup(note("Trend, para. 6; conference report, para. 12.", "accounts-differ")),
    ),
    Recommendation(
        4,
        inline(
            "Fund the measures of the Catalogue, if there are any, by name and by year, or drop them and say so at the "
            "next meeting."
        ),
        "Ministries of finance",
        "",
        "",
        Markup(""),
    ),
    Recommendation(
        5,
        inline(
            "Ask a second witness: invite one official of each state who was at the meetings to tell, on the record, "
            "what was agreed there, and print the accounts side by side."
        ),
        "Think tanks of the six states",
        "2027",
        "",
        Markup(""),
    ),
)
KEY_MESSAGES = (
    inline(
        "Since 2018 heads of state of Central Asia are said to have met. A format with Azerbaijan is spoken of; no treaty "
        "or headquarters is named with either.{o Trend, para. 4; conference report, paras 8, 11.}"
    ),
    inline(
        "Two papers are said to have been adopted in Tashkent: a Concept with principles and a Catalogue of risks with "
        "measures to 2028.{o Conference report, para. 14.}"
    ),
    inline(
        "Nearly all that two reports tell comes from one official. His account may be right; it has not been tested by a "
        "second witness.{o Trend, para. 1; conference report, para. 6.}"
    ),
    inline(
        "When the secretaries of security councils first met is told in two ways: about 2022 or "
        "2024–2025.{! Trend, para. 6; conference report, para. 12.}"
    ),
)

RICH = Brief(
    id="security",
    title="Six states, as three texts tell",
    subtitle="What three texts say of security in Central Asia and of a format with Azerbaijan, and what the record "
    "does not show",
    series="C6 Policy Brief",
    number="1",
    date=Day("2026-03-02", "2 March 2026", 2026),
    language="en",
    authors=(
        Author("A. Analyst", "Senior researcher", "a.analyst@example.org"),
        Author("B. Begaliyeva", "Fellow, regional security", ""),
    ),
    publisher=Publisher("Institute for Regional Evidence", "CC BY 4.0", "2049-3630", "briefs@example.org", ""),
    key_messages=KEY_MESSAGES,
    sections=(
        BriefSection("summits", "From summits to a standing practice", (SUMMITS, TIMELINE, MECHANISM)),
        BriefSection(
            "papers",
            "Two papers from Tashkent",
            (PAPERS_PROSE, CALLOUT, DESIGNED, COLLECTIVE, PREVENTION, SIDEBAR, DEFINITION),
        ),
        BriefSection("design", "Flexible by design", (DESIGN_PROSE, CLAIM, DESIGN_MORE, HISTORIC)),
        BriefSection("record", "What the record does not show", (RECORD, COVERAGE, BEFORE_AFTER)),
        BriefSection("azerbaijan", "Where Azerbaijan stands", (AZERBAIJAN, MAP)),
    ),
    recommendations=RECOMMENDATIONS,
    sources=SOURCES,
    marks=tuple(MARKS.values()),
    citation="A. Analyst and B. Begaliyeva, Six states, as three texts tell, C6 Policy Brief 1, Institute for Regional "
    "Evidence, 2 March 2026.",
    check=Check(
        41,
        3,
        2,
        38,
        29,
        5,
        sentence="41 passages were found word for word in the 3 sources cited, which hold "
        "1 voice that is stated. Of 38 statements, 29 rest on one voice, and the accounts of 5 differ.",
    ),
    words=WORDS,
    index=(
        IndexEntry("Akramjon Nematov", "person", "First Deputy Director", ("quote-collective",)),
        IndexEntry("Trend", "source", "", ("figure-security-milestones", "figure-coverage")),
    ),
    options=MappingProxyType({}),
)

SHEET = replace(
    RICH,
    id="sheet",
    title="Two papers, known from one text",
    number="2",
    subtitle="What is said of the Tashkent Concept and the Catalogue of risks",
    key_messages=KEY_MESSAGES[:3],
    authors=RICH.authors[:1],
    sections=(
        BriefSection(
            "papers",
            "Two papers from Tashkent",
            (Prose(Markup("\n".join(str(PAPERS_PROSE.html).split("\n")[i] for i in (0,)))), PREVENTION),
        ),
        BriefSection("azerbaijan", "Where Azerbaijan stands", (AZERBAIJAN,)),
    ),
    recommendations=RECOMMENDATIONS[:2],
    sources=SOURCES[:2],
)
THREE_PAGES = replace(
    RICH,
    id="three",
    number="3",
    key_messages=KEY_MESSAGES[:3],
    sections=(RICH.sections[0], BriefSection("design", "Flexible by design", (DESIGN_PROSE, COLLECTIVE))),
    recommendations=RECOMMENDATIONS[:2],
)
BARE = Brief(
    id="bare",
    title="A brief with nothing but its text",
    subtitle="",
    series="",
    number="",
    date=Day("2026-03-02", "2 March 2026", 2026),
    language="en",
    authors=(),
    publisher=Publisher("", "", "", "", ""),
    key_messages=(),
    sections=(BriefSection("only", "The only section", (Prose(html("One paragraph, which cites nobody.")),)),),
    recommendations=(),
    sources=(),
    marks=(),
    citation="",
    check=Check(0, 0, 0, 0, 0, 0, sentence=""),
    words=WORDS,
    index=(),
    options=MappingProxyType({}),
)

AROUND = replace(
    BARE,
    id="around",
    authors=(Author("An Author", "Analyst", "", html("Has read three texts."), "0000-0002-1825-0097"),),
    summary=Markup("<p>Three texts tell of six states.</p>"),
    numbers=(BigNumber(1, "3", html("texts")),),
    options_considered=(OptionConsidered(1, html("Read them"), html("It is soon done"), Markup(""), Markup("")),),
    annexes=(Annex("annex", "How they were read", (Prose(html("Word for word.")),), "A"),),
    funders=(Funder("A fund", "https://fund.example"),),
    doi="10.1234/texts",
    isbn="978-3-16-148410-0",
    keywords=("texts", "six states, one text"),
)
"""What stands around the text, and hardly a text."""

LONG_WORD = "Donaudampfschifffahrtsgesellschaftskapit"
EXTREME = replace(
    RICH,
    id="extreme",
    title="Six states are told of in three texts, of which two quote a single man, and neither a treaty nor a budget, nor "
    "the record of what they have agreed on, is printed in any of them",
    subtitle=" ".join([LONG_WORD] * 3),
    authors=tuple(
        Author(f"Author Number {n} of Twelve", "Senior researcher for regional security", "") for n in range(1, 13)
    ),
    sections=(
        BriefSection(
            "long-word",
            f"{LONG_WORD} and the rest of a heading that is far longer than headings should ever be",
            (Prose(html(f"{LONG_WORD} {LONG_WORD} {LONG_WORD}. A short section.")), HISTORIC, COLLECTIVE),
        ),
        BriefSection(
            "two-quotes",
            "A short section with two long quotations",
            (
                replace(HISTORIC, id="historic-again"),
                Prose(
                    html(
                        "Two lines of text are all that "
                        "this section has to offer to the "
                        "reader who came "
                        "here for them, and then a figure follows."
                    )
                ),
                MECHANISM,
                TIMELINE,
            ),
        ),
        BriefSection(
            "long-table",
            "Two hundred rows",
            (
                replace(
                    PAPERS,
                    number=1,
                    rows=tuple(
                        (f"Measure {n}", "Coordination" if n % 3 else LONG_WORD * 2, str(2018 + n % 10), str(n * 37))
                        for n in range(1, 201)
                    ),
                ),
            ),
        ),
        BriefSection(
            "wide-table",
            "Eight columns",
            (
                replace(
                    BEFORE_AFTER,
                    number=2,
                    columns=tuple(TableColumn(f"Column {n}", "km", n > 1) for n in range(1, 9)),
                    rows=(("A row heading of some length", *(str(n**5) for n in range(14, 21))),) * 5,
                ),
                Prose(html("Text after it. {o Trend, para. 4.}")),
            ),
        ),
    ),
)
PICTURED = replace(
    RICH,
    sections=(
        BriefSection(
            "pictures",
            "Pictures",
            (
                ImageBlock(
                    "hall",
                    "column",
                    Picture(
                        "hall",
                        "@image/hall/column",
                        "The hall where the secretaries met.",
                        "Photograph: Ada Line",
                        "CC BY 4.0",
                        "50% 50%",
                        "column",
                    ),
                    "Source: S1 Trend.",
                ),
            ),
        ),
    ),
)
"""The parts that a page cannot be made of here: their images come from an evidence base."""

ALL = {"rich": RICH, "sheet": SHEET, "three": THREE_PAGES, "bare": BARE, "extreme": EXTREME}
