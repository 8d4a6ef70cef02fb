"""``docs/proofing.md``, and the last chapter of ``docs/rules.md``, from the docstrings of the page rules themselves.

``python -m c6brief.print.preflight.reference`` writes both files.
"""

from __future__ import annotations

from pathlib import Path

from c6brief.print.preflight.rule import page_rules
from c6brief.rules.review import reference

OPENING = """\
# Proofing

<!-- Written by `python -m c6brief.print.preflight.reference` from src/c6brief/print/preflight/. Edit the words there. -->

`c6brief render` looks at its own pages as a production editor would: after layout, before anything is written. What it
finds is a problem with a name, the number of the page and the words around it:

    briefs/security.yaml:1:1: warning[runt]: page 3: “followed.” stands alone on the last line of “… in security, followed.”
          | add or cut a word in that paragraph

    c6brief render briefs/security.yaml                  # flaws are told as warnings
    c6brief render briefs/security.yaml --strict         # any warning: exit status 1, and no brief is written
    c6brief render briefs/security.yaml --proof proofs   # an image of each flaw: proofs/3-runt-1.png

Images are named PAGE-RULE-n.png and show the place in a red frame. Where several briefs are rendered at once, each has
a folder of its own in the one named. Images of an earlier run there are taken away. They are written of a brief that is
refused for its flaws too, since that is when one wants to see them.

A project sets severities in `_brand.yml`, as for all rules (see [rules.md](rules.md)); `off` silences a rule, and
`error` keeps a brief that has the flaw from being written:

    defaults:
      c6brief:
        rules:
          short-last-page: error
          runt: off

## What is mended

What can be mended by laying the page out again is mended without being asked, whatever the severity, and said in a line:

    output/security.pdf  8 pages
    mended: figure 2 one paragraph later; 2 notes brought to their pages; a widow

There is one loop (`c6brief.print.mending.mend`). It lays the page out, makes the first of these changes that is needed,
and lays out again, at most twenty times:

| What is wrong | What is done |
|---|---|
| a figure leaves 30 mm or more empty before it | the paragraphs after it go first, or it follows a paragraph earlier, or goes before a table; at most four moves |
| a note stands on the page after its number | the page ends earlier, by at most ten lines |
| a pull quote in the margin touches something | it moves as little as it must; or goes overleaf where its section goes on there, or into the column |
| a figure parted from its title, a table that leaves one row | the figure or table is kept whole; or two rows are kept together |
| a widow, an orphan, a heading at the foot | two lines, or the heading, go over |
| a word parted by the end of a page | its paragraph is set without hyphenation |
| a short last page | less white above sections; then lines 3 % closer as well; then lines 3 % further apart |

Each remedy is looked at after the next layout; where it did not help, the next one is tried, and at last the page is
left as it was and the flaw is told. Holes in the text, text outside its box and small type are told and not mended: the
first where no figure is to blame, the others always. A page without a flaw is laid out once. Proofing takes one to three
hundredths of a second a layout; a layout takes about a tenth of a second a page.

What it needs of a template: notes have the class `note` and `float: footnote`, running text stands in elements of the
class `prose`, figures are `figure` elements with an `id` and a `figcaption`, tables have `thead` and `tbody`, and
quotations in the margin are of the classes `pull--margin` and `pull-whole`. Without these a template is proofed all the
same, and less of it is mended.

## What is found

Lengths are measured on the laid out page, in CSS pixels of 1/96 inch; shares are of the height that text may take between
the margins of its page, or of the measure, which is the width of the paragraph's box. Running lines are looked at only
by `outside-box` and `small-type`.
"""


PAGES = """\
Rules of the page: what a production editor sends back although every word is right. `render` runs them."""
"""What the chapter of page rules in ``docs/rules.md`` begins with."""


def proofing_page() -> str:
    """The whole of ``docs/proofing.md``."""
    return "\n".join([OPENING, *reference.entries(page_rules().values())])


def rules_page() -> str:
    """The whole of ``docs/rules.md``."""
    return reference.rules_page([reference.chapter("pages", PAGES, page_rules().values(), "proofing.md")])


if __name__ == "__main__":
    docs = Path(__file__).resolve().parents[4] / "docs"
    (docs / "proofing.md").write_text(proofing_page(), encoding="utf-8")
    (docs / "rules.md").write_text(rules_page(), encoding="utf-8")
