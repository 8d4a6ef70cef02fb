"""``docs/templates.md``, from the ``template.yaml`` of the templates that c6brief ships.

``python -m c6brief.pages.document`` writes the file; ``make images`` does too.
"""

from __future__ import annotations

from pathlib import Path

from c6brief.documents.problems import Problems
from c6brief.pages.options import FILE, Option, TemplateFile, read_template_files
from c6brief.pages.search import shipped_templates

ORDER = ("policy-brief", "factsheet", "memo", "report")
"""The templates in the order of their chapters; others follow by name."""

OPENING = """\
# Templates

<!-- Written by `python -m c6brief.pages.document` from templates/*/template.yaml. Edit the words there. -->

A template says how a brief looks and what of it is printed. c6brief ships four, in one language of design: the same
specification goes through each. All print on A4 and US Letter, as PDF/A-3a and PDF/UA-1 (or `--standard pdf-2`).

    c6brief render briefs/security.yaml --template memo
    c6brief render briefs/security.yaml --template factsheet --set options.paper=letter

A brief chooses with `template: memo`, a house for all its briefs with `template: memo` under `defaults: c6brief:` in
`_brand.yml`; `policy-brief` is what is printed otherwise. Options stand under `options:` in the brief, or are set on the
command line as above. One that a template does not have, or a value that an option does not take, is told at its line.

Colours, faces and logo come from `_brand.yml` and hold for all templates. For looks beyond that,

    c6brief new template ministry --from policy-brief

starts one of your own in `templates/ministry/`. It looks like the one it is made from and takes its options; its
`README.md` tells step by step how to change it. Further down, each template prints the security brief of this repository.

## What a template may change, and what it may not

A template may leave out what it likes, put it in another order and set it as it likes. What it prints of a brief, it prints
as the brief says it. After layout, `render` reads the pages and holds them against the brief: every quotation, paragraph,
statement, number, note, mark, cell of a table and drawing. What is printed otherwise is an error, at the line of the template
that printed it, and no brief is written:

    templates/ministry/blocks/quote.html.j2:2:3: error[printed-otherwise]: page 3: the quotation 'lift-everywhere' is
      printed otherwise: “Every station will not have a lift …”, and “Every station will have a lift …” was verified

- **Whole or not at all.** `display: none` on a quotation leaves it out. On a word of it, as `visibility: hidden`, no opacity,
  type of no size, a colour that is the ground's or a place off the page, it makes another quotation of it.
  Words that are struck out or heaped upon one another are no less.
- **Letter by letter.** Filters such as `upper`, `replace` and `truncate`, and `text-transform`, make other words; small
  capitals (`font-variant-caps`) do not. A title may be cut short with an ellipsis. Marks of quotation around the words,
  hyphens at line ends and notes' numbers are the template's.
- **Marks and speakers** are right by what they stand beside: a claim, a quotation, a line of the key. A mark may be left
  out, and named in a key; ●, ○, ≠ and × as mere ornaments are refused (use •).
- **Style sheets add signs, counters and what the page says elsewhere** (`string()`, `attr()`). Words, figures and marks of
  their own, in `content`, `list-style`, `quotes`, a counter style or `bookmark-label`, are told at their line, unless `template.yaml` lists
  them:

      words: [Page, of, "For internal use"]

- **Labels are a template's own, sentences are not.** Up to five words that the brief does not say may stand as a heading or a
  label. Longer ones, sentences, dates, and any words in a list of sources, messages or recommendations are listed under
  `words` too; else a reader takes them for the brief's. Nothing but quotations stands in `blockquote` or between marks.
- **Beside evidence** a reader takes them for a part of it. So what stands within the elements of a quotation, a claim, a key
  message, prose or a line of the key is listed under `words` too; and so are words in place of a source's, figure's, table's,
  author's or action's own that are left out. Labels of another are refused: a speaker, source, stance, grade, addressee.

- **Tables** may be printed without some columns or rows; a heading, a unit or a row of their own is refused, and so is a row
  without its values. Marks of quotation that a style sheet sets stand around quotations alone.

- **Leaving out is no fault**: marks and their words, notes and their numbers, values, captions, speakers, sources, each alone or
  together. (WeasyPrint wants `content: none` for the numbers of notes, and no `display: none`.)
- **Where things stand** counts as much as what they say. A cell stands in its own row and column, a label in the place of what
  it belongs to, however `position`, `transform`, grids and margins move them. Letters and drawings may be turned a little and
  scaled, and neither mirrored, upside down, cut nor covered in part; a drawing is never squeezed.

What is not seen: words in pictures and in backgrounds (a line through a word that is a background, too), a font of the template's
whose letters look like others (`@font-face` with A drawn as B), what is so faint or so near to its ground that it can hardly be
read, a drawing beside the caption of another, the text of one paragraph laid over that of
another, a background that a negative margin draws over text, and the HTML of `--format html`, which has no pages. Drafts (`--draft`) are printed in spite of it. `preview` compares after every save, as it looks pages over.
"""


def document() -> str:
    """The whole of ``docs/templates.md``."""
    names = {path.parent.name for path in shipped_templates().glob(f"*/{FILE}")}
    ordered = [name for name in ORDER if name in names] + sorted(names - set(ORDER))
    return "\n".join([OPENING, *(_chapter(name) for name in ordered)])


def image_of(template: str) -> str:
    """The name of the image of ``template`` in ``docs/images``."""
    return "security.png" if template == ORDER[0] else f"security-{template}.png"


def _chapter(name: str) -> str:
    files = read_template_files(name, None, Problems()) or []
    about = files[0]
    options = {key: option for each in reversed(files) for key, option in each.options.items() if key in about.options}
    rows = "\n".join(
        f"| `{key}` | {_values(option)} | {_default(option)} | {_description(option)} |"
        for key, option in options.items()
    )
    return f"""\
## {about.title}: `{name}`

{about.description} Made for {about.pages} pages of {_sheets(about)}.
[How to restyle it](../templates/{name}/README.md).

![The security brief as a {about.title.lower()}](images/{image_of(name)})

| Option | Values | By default | What it changes |
|---|---|---|---|
{rows}
"""


def _sheets(about: TemplateFile) -> str:
    return " or ".join(about.sheets)


def _values(option: Option) -> str:
    if option.type == "choice":
        return ", ".join(f"`{choice}`" for choice in option.choices)
    return "a text" if option.type == "text" else option.allowed_values


def _default(option: Option) -> str:
    if option.type == "boolean":
        return "`true`" if option.default else "`false`"
    return f"`{option.default}`" if option.default != "" else "nothing"


def _description(option: Option) -> str:
    return option.description.replace("|", "\\|")


if __name__ == "__main__":
    path = Path(__file__).parents[3] / "docs" / "templates.md"
    path.write_text(document(), encoding="utf-8")
    print(path.name)
