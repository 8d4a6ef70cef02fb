"""What a page has in it that would keep the layout busy is told at the line of the template, or cut down as HTML says."""

from __future__ import annotations

from pathlib import Path
from xml.etree.ElementTree import fromstring, tostring

import pytest

from c6brief.documents.boundary import add_root
from c6brief.documents.problems import Place, Problems
from c6brief.print.comparison.report import PageSource
from c6brief.print.page_limits import check_page_limits
from tests.documents.test_drawing_size import UNFOLDING

HERE = Place("briefs/lifts.yaml")


def check(folder: Path, body: str) -> tuple[str, list[tuple[str, str, int]]]:
    """The page after the check, and its problems: rule, file and line. The template has the body on its third line."""
    add_root(folder)
    template = folder / "templates" / "mine" / "brief.html.j2"
    template.parent.mkdir(parents=True)
    template.write_text(f"<html>\n<body>\n{body}\n</body></html>")
    root = fromstring(template.read_text())
    problems = Problems()
    source = PageSource(None, "mine", folder / "templates")  # type: ignore[arg-type]  # its files alone are asked for
    check_page_limits(root, template.read_text(), source, HERE, problems)
    found = [(each.rule, Path(each.place.file).name, each.place.span.line) for each in problems]
    return tostring(root, "unicode"), found


@pytest.mark.parametrize(
    "body",
    [
        '<p style="color: red; letter-spacing: 1e7px">x</p>',
        '<p style="width: 200000px">x</p>',
        "<style>p { tab-size: 4000 }</style>",
        "<style>@media print { p { font-size: 1e9pt } }</style>",
    ],
)
def test_an_extreme_value_in_the_page(tmp_path: Path, body: str) -> None:
    assert check(tmp_path, body)[1] == [("extreme-value", "brief.html.j2", 3)]


def test_a_drawing_in_the_page_that_unfolds(tmp_path: Path) -> None:
    [(rule, name, line)] = check(tmp_path, UNFOLDING["use"].decode())[1]
    assert (rule, name) == ("drawing-unfolds", "brief.html.j2") and line > 3


@pytest.mark.parametrize("span", ["1000000000", "9" * 5000, "+1001"])
@pytest.mark.parametrize("cell", ["<td colspan='{}'/>", "<col span='{}'/>"])
def test_a_span_is_cut_down_as_browsers_do(tmp_path: Path, cell: str, span: str) -> None:
    page, problems = check(tmp_path, f"<table><tr>{cell.format(span)}</tr></table>")
    assert 'span="1000"' in page and not problems


def test_many_wide_cells_are_too_many(tmp_path: Path) -> None:
    cells = "<td colspan='1000'/>" * 2001
    assert check(tmp_path, f"<table><tr>{cells}</tr></table>")[1] == [("extreme-value", "brief.html.j2", 3)]


@pytest.mark.parametrize(
    "body", ["<td colspan='12'/>", "<td colspan='x'/>", '<p style="z-index: 9999999; width: 1000px">1e9</p>']
)
def test_what_pages_have_is_left_alone(tmp_path: Path, body: str) -> None:
    page, problems = check(tmp_path, body)
    assert not problems and fromstring(page).find(".//*[@colspan='1000']") is None
