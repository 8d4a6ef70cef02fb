"""Layouts that take over pages give what WeasyPrint gives, box for box; and what in WeasyPrint that rests on."""

from __future__ import annotations

import hashlib
import inspect
import random
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any
from xml.etree.ElementTree import Element, tostring

import pytest

from c6brief.print.fonts import use_bundled_fonts

use_bundled_fonts()

import weasyprint  # noqa: E402
import weasyprint.css  # noqa: E402
import weasyprint.document  # noqa: E402
import weasyprint.layout.page  # noqa: E402
import weasyprint.text.fonts  # noqa: E402
import weasyprint.text.line_break  # noqa: E402
from cssselect2 import ElementWrapper  # noqa: E402
from weasyprint.text.fonts import FontConfiguration  # noqa: E402

from c6brief.print import weasyprint_version  # noqa: E402
from c6brief.print.weasyprint_layouts import line_cache, page_making  # noqa: E402
from c6brief.print.weasyprint_layouts.layouts import Layouts  # noqa: E402
from c6brief.print.weasyprint_lines import LinePlanner  # noqa: E402
from tests.support.sampling import sampled  # noqa: E402

WORDS = "A region of five states keeps its water in one of them and nobody has said when that was agreed or by whom"


def prose(seed: int, words: int) -> str:
    chosen = random.Random(seed).choices(WORDS.split(), k=words)
    return f"{' '.join(chosen).capitalize()}."


def paragraph(seed: int, *, note: bool = False, words: int = 70) -> str:
    call = f'<span class="note">Note {seed}: {prose(seed + 1000, 18)}</span>' if note else ""
    return f'<p id="p{seed}">{prose(seed, words)}{call} {prose(seed + 1, 12)}</p>'


def table(seed: int, rows: int) -> str:
    cells = "".join(f"<tr><td>{prose(seed + row, 4)}<td>{prose(seed - row, 2 + row % 5)}" for row in range(rows))
    return f'<table id="t{seed}"><thead><tr><th>What<th>Where<tbody>{cells}</table>'


STYLE = """\
@page { size: 420px 560px; margin: 50px 40px; @top-left { content: string(section) } @top-right { content: string(here, start) }
  @bottom-right { content: counter(page) } @footnote { border-top: 1px solid; padding-top: 3px } }
@page :left { @top-left { content: "left of " string(section, last) } }
@page :first { margin-top: 90px }
:root { --air: 12px } body { font: 14px/18px 'Source Serif 4'; margin: 0; counter-reset: figure }
p { margin: 0 0 8px; orphans: 2; widows: 2; hyphens: auto } h2 { margin: var(--air) 0 6px; string-set: section content(); break-after: avoid }
.note { float: footnote; font-size: 11px; line-height: 13px } .note::footnote-marker { content: counter(footnote) ". " }
figure { margin: 10px 0; height: 120px; background: #eee; break-inside: avoid; counter-increment: figure }
figure::before { content: "Figure " counter(figure) } table { border-collapse: collapse; width: 100% } td, th { border: 1px solid; padding: 2px }
.beside { float: left; width: 90px; height: 70px; background: #ddd; margin: 0 8px 4px 0 } .chapter { break-before: page; string-set: here attr(id) }
.apart { position: relative } .apart b { position: absolute; left: -30px; top: 0; width: 20px } li { margin-left: 20px }
"""


def sections(count: int, body: Callable[[int], str]) -> str:
    return "".join(f"<h2 id='h{at}'>Section {at}</h2>{body(at)}" for at in range(count))


def long_text(at: int) -> str:
    text = "".join(paragraph(at * 10 + each, note=each % 2 == 0) for each in range(4))
    figure = f'<figure id="f{at}"></figure>' if at % 2 else f'<div class="beside">{prose(at, 4)}</div>'
    return f'<div class="prose" id="d{at}">{text}</div>{figure}<div class="prose" id="e{at}">{paragraph(at * 10 + 7)}</div>'


def beside_floats(at: int) -> str:
    """Paragraphs beside floats of several heights, which begin with a word that may have no room there."""
    return "".join(
        f'<div class="beside" style="height: {20 + 13 * each}px"></div>'
        f"<p id='p{at * 10 + each}'>{'Unbreakable' * (1 + each % 3)} {prose(at + each, 14 + 9 * each)}</p>"
        for each in range(6)
    )


def short_text(at: int) -> str:
    """For documents that are laid out in full both ways."""
    text = f"{paragraph(at * 10, words=20)}{paragraph(at * 10 + 1, note=at == 1)}"
    return f'<div class="prose" id="d{at}">{text}</div><figure id="f{at}"></figure>'


def with_tables(at: int) -> str:
    return f"{paragraph(at * 10)}{table(at * 10, 6 + 9 * (at % 3))}{paragraph(at * 10 + 1, note=True)}"


def with_lists(at: int) -> str:
    items = "".join(f"<li>{prose(at + each, 9)}" for each in range(7))
    return f"<ul>{items}</ul><div class='apart'><b>mark</b>{paragraph(at)}</div><ol>{items}</ol>{paragraph(at + 1)}"


def crowded(at: int) -> str:
    return "".join(paragraph(at * 20 + each, note=True, words=25) for each in range(7))


DOCUMENTS = {
    "text": sections(5, long_text),
    "tables": sections(4, with_tables),
    "lists": sections(5, with_lists),
    "crowded with notes": sections(4, crowded),
    "chapters": "".join(f"<section class='chapter' id='c{at}'>{long_text(at)}</section>" for at in range(4)),
    "named pages": "<style>.chapter { page: wide } @page wide { margin-left: 20px } @page :nth(2 of wide) { margin-top: 70px }</style>"
    + "".join(
        f"<section class='{'chapter' if at % 2 else ''}' id='c{at}'>{long_text(at)}</section>" for at in range(5)
    ),
    "left and right": "<style>.chapter { break-before: right }</style>"
    + "".join(f"<section class='chapter' id='c{at}'>{paragraph(at)}{long_text(at)}</section>" for at in range(4)),
    "count of pages": "<style>@page { @bottom-left { content: counter(page) ' of ' counter(pages) } }</style>"
    + sections(4, long_text),
    "fixed": f"<div style='position: fixed; top: 0'>draft</div>{sections(4, long_text)}",
    "first letters": "<style>p::first-letter { font-size: 30px } p::first-line { font-weight: bold }</style>"
    + sections(4, long_text),
    "columns and grids": "<style>#d1, #d2, #e0 { columns: 2 } figure { display: grid; grid-template-columns: 1fr 2fr; height: auto } "
    "#e1 { display: flex }</style>" + sections(3, long_text),
    "sizes of the page": "<style>p { margin-bottom: 2vh } h2 { width: 50vw }</style>" + sections(4, long_text),
    "long floats": "<style>.beside { height: 700px }</style>" + sections(4, long_text),
    "no room beside floats": "<style>.beside { width: 230px } .beside + p { hyphens: none }</style>"
    + sections(2, beside_floats),
    "from right to left beside floats": f"<div dir='rtl'>{sections(1, beside_floats)}</div>",
    "rules of single pages": "<style>@page { padding-left: var(--air) } @page :nth(3) { @top-left { content: 'here' } } "
    "@page :nth(5) { @top-right { content: 'here' } } @page :nth(4) { margin-top: 80px !important } "
    "@page :nth(6) { margin-top: 80px } @page :nth(2n) { margin-top: 66px }</style>" + sections(5, long_text),
    "contents": "<style>nav a::after { content: ' ' target-counter(attr(href), page) }</style><nav>"
    + "".join(f"<a href='#h{at}'>section</a> " for at in range(5))
    + f"</nav>{sections(4, short_text)}",
    "running": "<style>h2 { position: running(head) } @page { @top-center { content: element(head) } }</style>"
    + sections(4, short_text),
    "counted in the text": "<style>h2::after { content: counter(page) }</style>" + sections(3, short_text),
}


def find(root: Element, id: str) -> Element | None:
    return next((each for each in root.iter() if each.get("id") == id), None)


def restyled(css: str, *ids: str) -> Callable[[Element], str]:
    def change(root: Element) -> str:
        for id in ids:
            if (element := find(root, id)) is not None:
                element.set("style", css)
        return ""

    return change


def moved(root: Element) -> str:
    """The second figure, or any element with an id, goes before its neighbour and takes a paragraph along."""
    for parent in root.iter():
        for at, child in enumerate(parent):
            if at > 1 and child.get("id") in ("f1", "f3", "t10", "p11"):
                parent.remove(child)
                parent.insert(at - 2, child)
                return ""
    return ""


def reworded(root: Element) -> str:
    element = find(root, "p31")
    if element is None:
        element = find(root, "p10")
    if element is not None:
        element.text = f"{(element.text or '')[:40]} and so on and on until the line is full"
    return ""


def removed(root: Element) -> str:
    for parent in root.iter():
        for child in list(parent):
            if child.get("id") in ("p21", "t20", "p2"):
                parent.remove(child)
    return ""


CHANGES: dict[str, Callable[[Element], str]] = {
    "nothing": lambda root: "",
    "a narrow paragraph": restyled("max-width: 300px", "p20", "p11"),
    "no break after a paragraph": restyled("break-after: avoid", "p1", "p13", "p30"),
    "a break": restyled("break-before: page", "p12", "h3"),
    "a figure kept whole": restyled("break-inside: avoid", "d2", "t10"),
    "a named page": restyled("page: other", "d3"),
    "a note brought to page 2": lambda root: "@page :nth(2) { padding-bottom: 37px !important }",
    "a note brought to page 1": lambda root: "@page :nth(1) { padding-bottom: 19px !important }",
    "less air": lambda root: ":root { --air: 4px !important }",
    "other words": reworded,
    "a moved figure": moved,
    "less text": removed,
}


def tree_of(page: Any) -> list[Any]:
    """All that counts of the boxes of a page."""
    found = []
    stack = [(page._page_box, 0)]
    while stack:
        box, depth = stack.pop()
        box = getattr(box, "_box", box)
        own = vars(box)
        numbers = {
            name: value
            for name, value in own.items()
            if isinstance(value, (int, float, str)) and name not in ("column_index", "index", "forced_break")
        }
        found.append((depth, type(box).__name__, box.element, numbers, own.get("string_set")))
        stack += [(child, depth + 1) for child in reversed(list(box.all_children()))]
    return found


def as_printed(document: Any) -> list[Any]:
    return [
        (tree_of(page), page.anchors, [link[:3] for link in page.links], page.bookmarks, page.width, page.height)
        for page in document.pages
    ]


def first_unlike(made: Any, full: Any) -> str:
    """In words, where two documents differ first."""
    if len(made.pages) != len(full.pages):
        return f"{len(made.pages)} pages in place of {len(full.pages)}"
    for number, (one, other) in enumerate(zip(as_printed(made), as_printed(full), strict=True), 1):
        for box, wanted in zip(one[0], other[0], strict=False):
            if box != wanted:
                return f"page {number}: {box}, and should be {wanted}"
        if one != other:
            return f"page {number}: {one[1:]}, and should be {other[1:]}"
    return ""


@pytest.fixture(scope="module")
def fonts() -> FontConfiguration:
    return FontConfiguration()


def parsed(body: str) -> weasyprint.HTML:
    return weasyprint.HTML(string=f"<html lang=en><title>x</title><style>{STYLE}</style><body>{body}")


class Both:
    """One document, laid out both ways."""

    def __init__(self, body: str, fonts: FontConfiguration, lasting: bool = False) -> None:
        self.html = parsed(body)
        self.root = self.html.etree_element
        self.fonts = fonts
        self.layouts = Layouts(self.html, fonts, lasting=lasting)
        self.full: Any = None
        self.last: Any = None

    def lay_out(self, css: str = "", adjust: Any = None) -> Any:
        made, rules = self.layouts.lay_out_adjusted(css, adjust)
        css = "\n".join((css, *(each.css for each in rules)))
        if self.last != (last := (tostring(self.root), css)):  # the same in full is the same
            self.html.wrapper_element = ElementWrapper.from_html_root(self.root, content_language=None)
            with LinePlanner().use():
                self.full = self.html.render(self.fonts, stylesheets=[weasyprint.CSS(string=css)])
            self.last = last
        assert not (unlike := first_unlike(made, self.full)), unlike
        return made


@pytest.mark.parametrize("page", sampled(DOCUMENTS, "running"))
def test_every_change_gives_what_a_full_layout_gives(page: str, fonts: FontConfiguration) -> None:
    both = Both(DOCUMENTS[page], fonts)
    both.lay_out()
    for name, change in CHANGES.items():
        try:
            both.lay_out(change(both.root))
        except AssertionError as unlike:
            raise AssertionError(f"after {name}: {unlike}") from None


@pytest.mark.rest
@pytest.mark.parametrize("name", ["text", "tables", "crowded with notes"])
def test_changes_in_any_order(name: str, fonts: FontConfiguration) -> None:
    chance = random.Random(name)
    both = Both(DOCUMENTS[name], fonts)
    ids = [each.get("id") for each in both.root.iter() if each.get("id")]
    declarations = (
        "max-width: 290px",
        "letter-spacing: .2px",
        "break-inside: avoid",
        "orphans: 4; widows: 4",
        "line-height: 19px",
        "",
    )
    css = ""
    for _ in range(8):
        for id in chance.sample(ids, 2):
            find(both.root, id).set("style", chance.choice(declarations))  # type: ignore[union-attr]
        if chance.random() < 0.3:
            css += f"@page :nth({chance.randint(1, 8)}) {{ padding-bottom: {chance.randint(10, 60)}px }}\n"
        if chance.random() < 0.3:
            moved(both.root)
        both.lay_out(css)


@dataclass(frozen=True)
class Foot:
    """What a page is given: a foot of some pixels."""

    css: str


def with_feet(page: Any, number: int) -> Foot | None:
    """Every third page ends earlier, and every sixth earlier still."""
    wanted = 0 if number % 3 != 1 else 40 if number % 6 == 1 and page.padding_bottom else 23
    return (
        Foot(f"@page :nth({number}) {{ padding-bottom: {wanted}px !important }}")
        if page.padding_bottom < wanted
        else None
    )


@pytest.mark.parametrize("name", sampled(["text", "tables", "crowded with notes"], "text"))
def test_adjusted_pages_are_those_of_a_layout_with_all_rules(name: str, fonts: FontConfiguration) -> None:
    both = Both(DOCUMENTS[name], fonts)
    for change in ("nothing", "a narrow paragraph", "less air", "other words", "a moved figure", "less text"):
        document = both.lay_out(CHANGES[change](both.root), with_feet)
    if name == "text":
        assert [page._page_box.padding_bottom for page in document.pages[:7]] == [40, 0, 0, 23, 0, 0, 40]


# Versions of a document ---------------------------------------------------------------------------------------


def without(body: str, id: str) -> str:
    return re.sub(rf'<p id="{id}">.*?</p>', "", body, flags=re.S)


EDITS: dict[str, Callable[[str], str]] = {
    "a word": lambda body: body.replace(" region ", " district ", 1),
    "a paragraph more": lambda body: body.replace("</p>", f"</p>{paragraph(900, note=True)}", 1),
    "a section less": lambda body: re.sub("<h2 id='h2'>.*?(?=<h2)", "", body, flags=re.S),
    "other places": lambda body: without(body, "p20").replace("<h2 id='h3'>", f"{paragraph(20)}<h2 id='h3'>"),
    "all as at first": lambda body: body,
}


@pytest.mark.rest
@pytest.mark.parametrize("name", sampled(["text", "tables", "crowded with notes", "named pages"], "text"))
def test_a_newer_version_gives_what_a_full_layout_gives(name: str, fonts: FontConfiguration) -> None:
    both = Both(DOCUMENTS[name], fonts, lasting=True)
    both.lay_out()
    for edit, change in EDITS.items():
        newer = parsed(change(DOCUMENTS[name]))
        assert both.layouts.update(newer), edit
        assert tostring(both.root) == tostring(newer.etree_element), edit
        try:
            both.lay_out()
            moved(both.root)  # as mending does, whose traces are gone in the next version
            restyled("letter-spacing: .1px", "p11", "d2")(both.root)
            both.lay_out(":root { --air: 9px }")
        except AssertionError as unlike:
            raise AssertionError(f"after {edit}: {unlike}") from None


def test_an_edited_page_alone_is_made_anew(fonts: FontConfiguration, made: list[int]) -> None:
    """In each of the layouts of a version, though they differ from one another."""
    page = Both(CHAPTERS, fonts, lasting=True)

    def print_() -> None:
        page.layouts.lay_out()
        before, after = find(page.root, "d1"), find(page.root, "e1")
        assert before is not None and after is not None
        before.append(after[0])  # as mending moves a figure
        del after[0]
        page.layouts.lay_out(":root { --air: 9px }")

    print_()
    made.clear()
    assert page.layouts.update(parsed(CHAPTERS.replace(prose(53, 70), prose(54, 70), 1)))
    print_()
    assert 2 <= len(made) <= 6 and min(made) > 5, made


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("<style>p { color: red }</style><p>x</p>", "<style>p { color: blue }</style><p>x</p>"),
        ("<p>x</p>", "<style>p { color: blue }</style><p>x</p>"),
    ],
    ids=["another style sheet", "one more"],
)
def test_what_no_version_can_take_over(before: str, after: str, fonts: FontConfiguration) -> None:
    page = Both(before, fonts, lasting=True)
    page.layouts.lay_out()
    assert not page.layouts.update(parsed(after))
    assert Both(before, fonts, lasting=True).layouts.update(parsed(before)) is False  # never laid out


# What is taken over -------------------------------------------------------------------------------------------


@pytest.fixture
def made(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[int]]:
    """The numbers of the pages that are made, to be cleared before a layout."""
    numbers: list[int] = []
    theirs = page_making.remake_page

    def ours(index: int, *arguments: Any) -> Any:
        numbers.append(index + 1)
        return theirs(index, *arguments)

    monkeypatch.setattr(page_making, "remake_page", ours)
    yield numbers


CHAPTERS = "".join(f"<section class='chapter'>{long_text(at)}</section>" for at in range(6))


def test_pages_before_and_after_a_change_are_the_same_objects(fonts: FontConfiguration, made: list[int]) -> None:
    page = Both(CHAPTERS, fonts)
    before = page.layouts.lay_out()
    assert made == list(range(1, len(before.pages) + 1))
    made.clear()
    find(page.root, "p27").set("style", "letter-spacing: .1px")  # type: ignore[union-attr]
    after = page.layouts.lay_out()
    assert 1 <= len(made) <= 3
    for number, (old, new) in enumerate(zip(before.pages, after.pages, strict=True), 1):
        assert (old is new) == (number not in made)


def test_nothing_changed_nothing_made(fonts: FontConfiguration, made: list[int]) -> None:
    page = Both(CHAPTERS, fonts)
    before = page.layouts.lay_out()
    made.clear()
    assert all(old is new for old, new in zip(before.pages, page.layouts.lay_out().pages, strict=True))
    assert not made


def test_a_shorter_page_is_made_until_a_chapter_begins(fonts: FontConfiguration, made: list[int]) -> None:
    page = Both(CHAPTERS, fonts)
    page.layouts.lay_out()
    made.clear()
    page.layouts.lay_out("@page :nth(3) { padding-bottom: 20px }")
    assert made[0] == 3 and len(made) <= 3


def test_an_older_document_is_not_touched(fonts: FontConfiguration) -> None:
    page = Both(DOCUMENTS["count of pages"], fonts)
    before = page.layouts.lay_out()
    printed = as_printed(before)
    restyled("break-before: page", "p11", "p12", "p13", "h3")(page.root)
    assert len(page.layouts.lay_out().pages) > len(before.pages)
    assert as_printed(before) == printed


@pytest.mark.parametrize("name", ["contents", "running", "counted in the text"])
def test_what_is_not_followed_is_laid_out_in_full(
    name: str, fonts: FontConfiguration, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = Both(DOCUMENTS[name], fonts)
    rendered = []
    monkeypatch.setattr(type(page.html), "render", lambda *_, **__: rendered.append(name))
    page.layouts.lay_out()
    assert rendered == [name]


# What of WeasyPrint it rests on -----------------------------------------------------------------------------


def test_another_version_lays_out_in_full(fonts: FontConfiguration, monkeypatch: pytest.MonkeyPatch) -> None:
    page = Both(CHAPTERS, fonts)
    full = page.lay_out()
    monkeypatch.setattr(weasyprint, "__version__", "71.2")
    again = page.layouts.lay_out()
    assert not first_unlike(again, full)
    assert not {id(page) for page in again.pages} & {id(page) for page in full.pages}


def test_the_version_is_the_one_that_this_was_written_for() -> None:
    assert weasyprint.__version__ == weasyprint_version.KNOWN


RETOLD = {
    "computed_styles.CachedStyleFor": (weasyprint.css.StyleFor.__init__, "b1e725a75525"),
    "computed_styles.CachedStyleFor.add_page_declarations": (
        weasyprint.css.StyleFor.add_page_declarations,
        "78e388ade232",
    ),
    "computed_styles.CachedStyleFor.set_computed_styles": (
        weasyprint.layout.page.set_page_type_computed_styles,
        "4e68b396b35c",
    ),
    "computed_styles._style_attributes": (weasyprint.css.find_style_attributes, "c5b4eb4d3c00"),
    "repeated_layout.RepeatedLayout": (weasyprint.document.Document._render, "ebaceeb0fa8e"),
    "repeated_layout.RepeatedLayout, its context": (weasyprint.document.Document._build_layout_context, "2b072254ab89"),
    "repeated_layout.RepeatedLayout, its style sheets": (weasyprint.css.get_all_computed_styles, "e4063ec7d60e"),
    "page_making.PageMaker.make_pages": (weasyprint.layout.page.make_all_pages, "b5e403489484"),
    "page_making.PageMaker._make": (weasyprint.layout.page.remake_page, "1ff09b2dffa1"),
    "page_making.PageMaker, which knows what a page rests on": (weasyprint.layout.page.make_page, "656f183328e8"),
    "finishing": (weasyprint.layout.layout_document, "a5cbf437e99c"),
    "note_heights.NoteContext": (weasyprint.layout.LayoutContext._update_footnote_area, "2e317e4b066f"),
    "line_cache._has_float_beside": (weasyprint.layout.float.avoid_collisions, "5fc7793c573a"),
    "line_cache._has_float_beside, for the height of a line": (
        weasyprint.layout.inline.get_next_linebox,
        "67af458c2545",
    ),
    "line_cache.LineCache": (weasyprint.text.line_break.split_first_line, "39ad1016863c"),
}
"""What tells anew what WeasyPrint does, and the first digits of a hash of WeasyPrint's own words."""


@pytest.mark.parametrize(
    ("ours", "theirs", "known"), [(name, *each) for name, each in RETOLD.items()], ids=RETOLD.keys()
)
def test_what_is_retold_has_not_changed(ours: str, theirs: Any, known: str) -> None:
    found = hashlib.sha256(inspect.getsource(theirs).encode()).hexdigest()[:12]
    assert found == known, f"WeasyPrint's {theirs.__qualname__} has changed: read it beside weasyprint_layouts/{ours}"


def test_lines_depend_on_no_other_property() -> None:
    sources = inspect.getsource(weasyprint.text.line_break) + inspect.getsource(weasyprint.text.fonts)
    asked = set(re.findall(r"\bstyle\['(\w+)'\]", sources))
    assert asked == set(line_cache.TYPE), (
        "weasyprint_layouts/line_cache.py takes lines for the same that are alike in TYPE"
    )


def test_layout_gives_every_box_a_position_that_it_looks_at(fonts: FontConfiguration) -> None:
    """``BoxTree.reach`` takes a box without one for a box that no page has looked at."""
    html = weasyprint.HTML(string="<p>one</p>")
    context = weasyprint.document.Document._build_layout_context(html, fonts, {}, {}, dict(weasyprint.DEFAULT_OPTIONS))
    from weasyprint.formatting_structure.build import build_formatting_structure

    root = build_formatting_structure(
        html.etree_element, context.style_for, context.get_image_from_uri, "", context.target_collector, {}, []
    )
    assert not any("position_y" in vars(box) for box in root.descendants())
