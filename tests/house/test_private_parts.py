"""Private parts of other packages stay in the modules that are named after them, and are as these modules say.

A part is private where its package's documentation does not describe it. Each such module says in its docstring why it
is used, the version that is known, what happens with another one, and the issue upstream. What WeasyPrint's tags rest
on is in ``test_weasyprint.py``, what layouts rest on in ``test_layouts.py``, what hyphenation and importing do in
``test_starting.py``.
"""

from __future__ import annotations

import ast
import io
import re
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pydyf
import pyphen
import pytest
from pypdf import PdfReader

from c6brief.documents import deflate
from c6brief.figures.drawing import matplotlib_font_list
from c6brief.manifest.pydyf_draft import write_draft
from c6brief.print import pydyf_compression, pyphen_patterns, weasyprint_document, weasyprint_version
from c6brief.print.fonts import use_bundled_fonts
from tests.support.paths import REPOSITORY

use_bundled_fonts()

import weasyprint  # noqa: E402

SOURCE = REPOSITORY / "src" / "c6brief"

ROOMS = ("figures", "manifest", "print", "verification")

OWNERS = re.compile(r"/(weasyprint|pydyf|pyphen|pango|matplotlib)_\w+(\.py|/)")
"""The modules that may use private parts of the package that they are named after."""

DOCUMENTED = {
    "weasyprint": {"HTML", "CSS", "Attachment", "DEFAULT_OPTIONS", "Document", "Page", "__version__"},
    "weasyprint.document": {"Document", "DocumentMetadata", "Page"},
    "weasyprint.urls": {"URLFetcher", "URLFetcherResponse", "FatalURLFetchingError"},
    "weasyprint.text.fonts": {"FontConfiguration"},
    "weasyprint.css.counters": {"CounterStyle"},
    "pydyf": {"Object", "Dictionary", "Stream", "String", "Array", "PDF"},
    "pyphen": {"Pyphen", "language_fallback", "LANGUAGES"},
}
"""What the documentation of these packages describes, by module."""


FOREIGN = {"_box", "_etree_node", "_page_box", "_tags"}
"""Private names of WeasyPrint's that this package may have for something of its own."""


def modules() -> Iterator[tuple[str, ast.Module]]:
    """The modules of the rooms that may not use private parts."""
    for room in ROOMS:
        for path in sorted((SOURCE / room).rglob("*.py")):
            name = path.relative_to(SOURCE).as_posix()
            if not OWNERS.search(f"/{name}"):
                yield name, ast.parse(path.read_text(encoding="utf-8"))


def own_names() -> set[str]:
    """The private names that this package itself defines, as attributes, functions, classes or fields."""
    found: set[str] = set()
    for path in SOURCE.rglob("*.py"):
        if OWNERS.search(path.as_posix()):
            continue
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, (ast.FunctionDef, ast.ClassDef)):
                found.add(node.name)
            elif isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
                found.add(node.id)
            elif isinstance(node, ast.Attribute) and isinstance(node.ctx, ast.Store) and is_self(node.value):
                found.add(node.attr)
    return found


def is_self(node: ast.expr) -> bool:
    return isinstance(node, ast.Name) and node.id in ("self", "cls")


def test_only_modules_of_their_name_use_private_parts() -> None:
    ours = own_names()
    wrong = []
    for name, tree in modules():
        for node in ast.walk(tree):
            if isinstance(node, ast.Import):
                wrong += [
                    f"{name}:{node.lineno} imports {each.name}"
                    for each in node.names
                    if each.name.startswith("weasyprint.") or "._" in each.name
                ]
            elif isinstance(node, ast.ImportFrom) and node.module:
                package = node.module.split(".")[0]
                if package in ("weasyprint", "pydyf", "pyphen"):
                    known = DOCUMENTED.get(node.module, set())
                    undocumented = {each.name for each in node.names} - known
                    wrong += [f"{name}:{node.lineno} imports {each} of {node.module}" for each in undocumented]
                elif package in ("pypdf", "matplotlib"):
                    private = [each.name for each in node.names if each.name.startswith("_") or "._" in node.module]
                    wrong += [f"{name}:{node.lineno} imports {each} of {node.module}" for each in private]
            elif isinstance(node, ast.Attribute) and not is_self(node.value):
                if re.match(r"_[a-z]", node.attr) and node.attr not in ours - FOREIGN:
                    wrong.append(f"{name}:{node.lineno} uses .{node.attr}")
                module = node.value.id if isinstance(node.value, ast.Name) else ""
                if node.attr not in DOCUMENTED.get(module, {node.attr}):
                    wrong.append(f"{name}:{node.lineno} uses {module}.{node.attr}")
    assert not wrong, "move it to a module named after its package, and say why, which version and what else:\n" + (
        "\n".join(wrong)
    )


@pytest.mark.parametrize(
    "path",
    [
        *(SOURCE / "print").rglob("weasyprint_*.py"),
        *(SOURCE / "print").glob("py*_*.py"),
        *(SOURCE / "manifest").glob("py*_*.py"),
        *(SOURCE / "figures" / "drawing").glob("matplotlib_*.py"),
        SOURCE / "print" / "weasyprint_layouts" / "__init__.py",
    ],
    ids=lambda path: path.relative_to(SOURCE).as_posix(),
)
def test_a_module_with_private_parts_says_why_and_what_else(path: Path) -> None:
    said = ast.get_docstring(ast.parse(path.read_text(encoding="utf-8"))) or ""
    if path.stem == "weasyprint_version":
        return
    for word in ("Why", "Uses", "Known version", "With another version", "Test", "Upstream"):
        assert re.search(rf"^- {word}: ", said, re.M), f"{path.name} has no '{word}'"
    for named in re.findall(r"``(tests/\w+\.py)``", said):
        assert (REPOSITORY / named).is_file(), named


def test_the_versions_are_those_that_are_known() -> None:
    """Where this fails, read the modules named after the package before their ``KNOWN`` is changed."""
    assert weasyprint.__version__ == weasyprint_version.KNOWN
    assert pydyf.__version__ == pydyf_compression.KNOWN
    assert pyphen.__version__ == pyphen_patterns.KNOWN
    assert matplotlib_font_list.matplotlib.__version__ == matplotlib_font_list.KNOWN


# WeasyPrint's boxes -----------------------------------------------------------------------------------------------

PAGE = """\
<html lang=en><title>x</title><style>@page { @top-left { content: "head" } } .n { float: footnote }
aside { position: absolute; top: 9px } div { position: relative; top: auto } table { border-collapse: collapse }</style>
<ul><li>item</ul><p>text <a href="https://example.org">link</a><span class=n>note</span> <b>more</b></p>
<aside><p>aside</p></aside><div>moved</div><table><tr><td>cell<td>cell</table><svg width=9 height=9></svg>
"""

MEMBERS = {
    name
    for protocol in (weasyprint_document.LayoutBox, weasyprint_document.PageBox)
    for name in (*protocol.__annotations__, *vars(protocol))
    if not name.startswith("_")
}


@pytest.fixture(scope="module")
def laid_out() -> weasyprint_document.LaidOutDocument:
    document = weasyprint.HTML(string=PAGE).render()
    document.write_pdf()
    return document


def test_boxes_are_as_their_protocols_say(laid_out: weasyprint_document.LaidOutDocument) -> None:
    assert {"element", "children", "translate", "margin_height", "hit_area"} <= MEMBERS
    [page] = weasyprint_document.get_page_boxes(laid_out)
    found = list(weasyprint_document.walk(page))
    kinds = {type(box).__name__ for box in found}
    assert {"PageBox", "BlockBox", "LineBox", "TextBox", "InlineBox", "TableCellBox", "FootnoteAreaBox"} <= kinds
    for box in found:
        for name in MEMBERS:
            assert hasattr(box, name), f"{type(box).__name__} has no {name}"
        assert box.element_tag is None or isinstance(box.element_tag, str)
        assert isinstance(box.style["position"], (str, tuple))


def test_what_is_asked_of_boxes_is_answered(laid_out: weasyprint_document.LaidOutDocument) -> None:
    [page] = weasyprint_document.get_page_boxes(laid_out)
    root = page.children[0]
    assert root.element is not None and root.element.tag == "html"
    [area] = weasyprint_document.get_note_areas(page)
    assert [weasyprint_document.get_classes(note) for note in area.children] == [["n"]]
    assert weasyprint_document.get_note_height(page) == area.margin_height() > 10
    placeholders, positioned = [], []
    stack = [page]
    while stack:
        box = stack.pop()
        if weasyprint_document.is_placeholder(box):
            placeholders.append(str(box.element_tag))
        box = weasyprint_document.resolve_placeholder(box)
        assert not weasyprint_document.is_placeholder(box)
        if box.element_tag in ("aside", "div") and type(box).__name__ == "BlockBox":
            positioned.append((box.element_tag, weasyprint_document.get_top(box)))
        stack += box.children
    assert sorted(placeholders) == ["aside", "li::marker"]
    assert sorted(positioned) == [("aside", 9.0), ("div", 0.0)]
    lines = [box for box in weasyprint_document.walk(page) if weasyprint_document.is_line(box)]
    assert {"li", "p", "div", "td"} <= {str(line.element_tag) for line in lines}
    assert weasyprint_document.is_plain_block(root) and not weasyprint_document.is_plain_block(area)


def test_fonts_and_parsed_documents_are_as_their_protocols_say(laid_out: weasyprint_document.LaidOutDocument) -> None:
    [font, *_] = weasyprint_document.get_fonts(laid_out)
    assert isinstance(font.family, str) and list(font.missing) == []
    html = weasyprint.HTML(string=PAGE)
    assert weasyprint_document.get_root(html).tag == "html"
    assert html.url_fetcher is not None


# pydyf ------------------------------------------------------------------------------------------------------------


def make_pdf() -> Any:
    """A page with a compressed stream, as WeasyPrint leaves a document to its finisher."""
    pdf = pydyf.PDF()
    stream = pydyf.Stream([b"0 0 9 9 re f"] * 100, compress=True)
    pdf.add_object(stream)
    pdf.add_page(
        pydyf.Dictionary(
            {
                "Type": "/Page",
                "Parent": pdf.pages.reference,
                "MediaBox": pydyf.Array([0, 0, 9, 9]),
                "Contents": stream.reference,
            }
        )
    )
    pdf.info["Title"] = pydyf.String("Title")
    return pdf


def written(pdf: Any) -> bytes:
    file = io.BytesIO()
    pdf.write(file, identifier=b"the same")
    return file.getvalue()


def test_writing_a_draft_changes_nothing() -> None:
    pdf = make_pdf()
    draft = write_draft(pdf)
    assert b"FlateDecode" not in draft.getvalue()
    assert PdfReader(draft).pages[0].get_contents().get_data().count(b"re f") == 100
    assert written(pdf) == written(make_pdf())


def test_streams_are_compressed_by_libdeflate_and_read_again_as_they_were() -> None:
    with pydyf_compression.compress_streams_alike():
        data = written(make_pdf())
    assert deflate.compress(b"\n".join([b"0 0 9 9 re f"] * 100)) in data
    assert PdfReader(io.BytesIO(data)).pages[0].get_contents().get_data().count(b"re f") == 100
    assert pydyf.zlib is zlib


def test_another_pydyf_compresses_as_ever(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pydyf, "__version__", "99")
    with pydyf_compression.compress_streams_alike():
        assert pydyf.zlib is zlib


def test_no_more_streams_are_remembered_than_were_meant_and_the_oldest_goes_first(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(pydyf_compression, "_compressed", {})
    monkeypatch.setattr(pydyf_compression, "MOST_CACHED", 3)
    compressed: list[bytes] = []
    monkeypatch.setattr(deflate, "compress", lambda data: compressed.append(data) or data)
    for data in (b"a", b"b", b"c", b"a", b"d", b"d", b"b", b"c", b"a"):
        assert pydyf_compression._Compressor().compress(data) == data
        assert len(pydyf_compression._compressed) <= 3
    assert compressed == [b"a", b"b", b"c", b"d", b"a"]  # room for d was made of a, the oldest
