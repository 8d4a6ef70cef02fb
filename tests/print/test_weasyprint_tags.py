"""The private parts of WeasyPrint that tags rest on, one test each: on an upgrade, what fails here is what to look at.

``src/c6brief/print/weasyprint_tags.py`` lists and uses them.
To upgrade: change the version in ``pyproject.toml`` and ``weasyprint_version.KNOWN``, run these, then ``test_tags.py`` and
``test_standards.py``.
"""

from __future__ import annotations

import inspect
import re
from typing import Any

import pytest

from c6brief.print.fonts import use_bundled_fonts
from tests.support.paths import REPOSITORY
from tests.support.project import Folder

use_bundled_fonts()

import weasyprint  # noqa: E402
import weasyprint.pdf  # noqa: E402
from weasyprint.formatting_structure import boxes  # noqa: E402
from weasyprint.layout.absolute import AbsolutePlaceholder  # noqa: E402
from weasyprint.pdf.stream import Stream  # noqa: E402

from c6brief.print import weasyprint_tags, weasyprint_version  # noqa: E402

PAGE = """\
<html lang=en><title>x</title><style>@page { @top-left { content: "head" } } .n { float: footnote } p { opacity: .5 }
aside { position: absolute }</style><ul><li>item</ul><p>text <a href="https://example.org">link</a><span class=n>note</span>
<img alt=x src="data:image/svg+xml,<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'/>"></p><aside>aside</aside>
"""


@pytest.fixture(scope="module")
def seen() -> dict[str, Any]:
    """What the replaced function is given when WeasyPrint prints :data:`PAGE`."""
    given: dict[str, Any] = {}

    def write(pdf: Any, document: Any, page_streams: list[Any]) -> None:
        given.update(pdf=pdf, document=document, streams=page_streams, tags=[dict(each._tags) for each in page_streams])

    with weasyprint_tags.replace_tag_writer(write):
        weasyprint.HTML(string=PAGE).write_pdf(pdf_variant="pdf/a-3a", pdf_tags=True)
    assert given, (
        "weasyprint.pdf.add_tags is no longer what generate_pdf calls: find what writes the tags now (weasyprint_tags.py)"
    )
    return given


def every_box(document: Any) -> list[Any]:
    found = []
    stack = [page._page_box for page in document.pages]
    while stack:
        box = stack.pop()
        found.append(getattr(box, "_box", box))
        stack += found[-1].children
    return found


def test_the_version_is_the_one_that_tags_were_written_for() -> None:
    assert weasyprint.__version__ == weasyprint_version.KNOWN, "see this file's first lines"
    text = (REPOSITORY / "pyproject.toml").read_text(encoding="utf-8")
    assert f'"weasyprint=={weasyprint_version.KNOWN}"' in text


def test_another_version_is_refused_by_name(monkeypatch: pytest.MonkeyPatch, folder: Folder) -> None:
    monkeypatch.setattr(weasyprint, "__version__", "71.2")
    result = folder.render()
    assert (result.status, result.rules) == (1, ["unknown-weasyprint"])
    assert "tags are written for WeasyPrint 70.0, and this is 71.2" in result.err
    assert folder.written == []


def test_add_tags_takes_what_it_took() -> None:
    parameters = list(inspect.signature(weasyprint.pdf.add_tags).parameters)
    assert parameters == ["pdf", "document", "pdf_version", "page_streams"], (
        "weasyprint_tags.replace_tag_writer hands these on"
    )


def test_add_tags_comes_after_painting_and_before_the_variant() -> None:
    source = inspect.getsource(weasyprint.pdf.generate_pdf)
    order = [source.index(words) for words in ("page.paint(", "_use_references(", "add_tags(", "variant_function(pdf")]
    assert order == sorted(order), (
        "weasyprint_tags.py looks for groups and annotations that must be there, and flags come later"
    )


def test_the_writer_of_tags_is_put_back() -> None:
    theirs = weasyprint.pdf.add_tags
    with weasyprint_tags.replace_tag_writer(lambda *_: None):
        assert weasyprint.pdf.add_tags is not theirs
    assert weasyprint.pdf.add_tags is theirs


def test_marked_content_is_known_by_its_box(seen: dict[str, Any]) -> None:
    [tags] = seen["tags"]
    assert tags, "Stream.marked no longer fills Stream._tags (weasyprint_tags.py reads what is drawn there)"
    assert all(set(each) == {"tag", "mcid"} for each in tags.values())
    assert sorted(each["mcid"] for each in tags.values()) == list(range(len(tags)))
    assert {type(box) for box in tags} == {boxes.TextBox, boxes.InlineReplacedBox}
    reached = {id(box) for box in every_box(seen["document"])}
    assert all(id(box) in reached for box in tags), "children of page boxes no longer lead to all that is drawn"


def test_marked_content_is_written_as_name_properties_operator(seen: dict[str, Any]) -> None:
    streams = [each for each in seen["pdf"].objects if isinstance(each, Stream)]
    properties = [(s.stream, at) for s in streams for at, each in enumerate(s.stream) if isinstance(each, dict)]
    assert properties, "weasyprint_tags.py makes artifacts by replacing the two operands before BDC"
    for stream, at in properties:
        assert (
            re.fullmatch(r"/(Span|Figure)", stream[at - 1]) and stream[at + 1] == b"BDC" and set(stream[at]) == {"MCID"}
        )


def test_groups_share_the_tags_of_their_page(seen: dict[str, Any]) -> None:
    [page] = seen["streams"]
    groups = [each for each in seen["pdf"].objects if isinstance(each, Stream) and each is not page]
    assert [each for each in groups if each._tags is page._tags], "weasyprint_tags.py finds pale text (opacity) by this"


def test_boxes_say_whose_they_are(seen: dict[str, Any]) -> None:
    found = every_box(seen["document"])
    tags = {str(box.element_tag) for box in found}
    assert {"p", "li::marker", "span::footnote-call", "span::footnote-marker", "img"} <= tags, (
        "weasyprint_tags.OF_THEIR_OWN"
    )
    texts = [box for box in found if isinstance(box, boxes.TextBox)]
    assert {"item", "link", "note", "aside", "head"} <= {box.text.strip() for box in texts}
    assert all(box.element is None for box in found if isinstance(box, boxes.MarginBox))
    assert [box.at_keyword for box in found if isinstance(box, boxes.MarginBox)] == ["@top-left"]
    assert {box.element.tag for box in found if hasattr(box, "replacement")} == {"img"}
    assert all(len(box.hit_area()) == 4 for box in found if isinstance(box, (boxes.InlineBox, boxes.ReplacedBox)))


def test_links_hang_on_boxes(seen: dict[str, Any]) -> None:
    linked = [box for box in every_box(seen["document"]) if box.link_annotation]
    assert [box.element.tag for box in linked] == ["a"]
    [page] = [each for each in seen["pdf"].objects if isinstance(each, dict) and each.get("Type") == "/Page"]
    assert linked[0].link_annotation.reference in page["Annots"]


def test_what_is_positioned_stands_behind_a_placeholder(seen: dict[str, Any]) -> None:
    stack, found = [page._page_box for page in seen["document"].pages], []
    while stack:
        box = stack.pop()
        found += [box] if isinstance(box, AbsolutePlaceholder) else []
        stack += getattr(box, "_box", box).children
    assert {str(placeholder._box.element_tag) for placeholder in found} == {"aside", "li::marker"}


def test_the_metadata_hold_one_rdf_to_put_claims_into(seen: dict[str, Any]) -> None:
    metadata = seen["pdf"].objects[int(seen["pdf"].catalog["Metadata"].split()[0])]
    assert b"".join(metadata.stream).count(b"</rdf:RDF>") == 1, "weasyprint_metadata writes before its end"
