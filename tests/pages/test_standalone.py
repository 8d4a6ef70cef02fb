"""``render --format html``: one file that names no other, and looks as the page does."""

import re
from html import unescape

import pytest

EXTENDED = '{% extends "c6brief:policy-brief/brief.html.j2" %}'


def html_of(folder, *options) -> str:
    result = folder.render("briefs/lifts.yaml", "--format", "html", *options)
    assert result.status == 0, result.err
    return (folder.root / "output" / "lifts.html").read_text(encoding="utf-8")


def addresses(html: str) -> set[str]:
    """Everything that a browser would fetch: addresses in attributes and in CSS, but for data and anchors."""
    html = unescape(html)
    found = re.findall(r"""\s(?:src|href|xlink:href|data)=["']([^"']*)["']""", html)
    found += re.findall(r"""url\(\s*["']?([^"')]*)""", html) + re.findall(r"@import", html)
    return {address for address in found if not address.startswith(("data:", "#", "mailto:"))}


@pytest.mark.rest
def test_one_file_holds_all_and_is_set_as_the_pdf_is(folder):
    result = folder.render("briefs/lifts.yaml", "--format", "html")
    assert (result.status, result.out, result.err) == (0, "output/lifts.html\n", "")
    assert folder.written == ["lifts.html"]
    html = (folder.root / "output/lifts.html").read_text(encoding="utf-8")
    assert not addresses(html)
    assert html.count("font/ttf;base64,") == 10
    assert "<svg" in html and "Every station will have a lift" in html

    from c6brief.print.fonts import use_bundled_fonts

    use_bundled_fonts()
    from weasyprint import HTML
    from weasyprint.urls import URLFetcher

    alone = HTML(string=html, url_fetcher=URLFetcher(allowed_protocols=("data",))).render()
    assert folder.render().status == 0
    from pypdf import PdfReader

    printed = PdfReader(folder.root / "output/lifts.pdf")
    assert len(alone.pages) == len(printed.pages)
    alone.write_pdf()
    assert {font.family for font in alone.fonts.values()} == {"Brief Serif", "Brief Display", "Brief Sans"}


def test_imports_addresses_and_pictures_are_put_in(folder):
    folder.write("templates/own/brief.html.j2", EXTENDED + "{% block sources %}<img src='pictures/a.svg' alt='A'>"
                 "<p style='background: url(pictures/a.svg)'>P</p>{% endblock %}")  # fmt: skip
    folder.write("templates/own/style.css", '@charset "utf-8"; @import "deep/more.css" print; p { color: #123456 }')
    folder.write(
        "templates/own/deep/more.css", 'i { background: url("../pictures/a.svg") } b::after { content: "</style>" }'
    )
    folder.write("templates/own/pictures/a.svg", '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>')
    html = html_of(folder, "--template", "own")
    assert not addresses(html)
    assert html.count("data:image/svg+xml;base64,") == 3
    assert re.search(r"@media print \{\s*i \{.*?<\\/style>.*?\}\s*\}\s*p \{", html, re.S)
    assert "@charset" not in html


def test_a_file_that_is_not_there_is_told_and_nothing_is_written(folder):
    folder.write(
        "templates/own/brief.html.j2", EXTENDED + "{% block sources %}<img src='no.png' alt='A'>{% endblock %}"
    )
    folder.write(
        "templates/own/style.css", "i { background: url(../../../secret.png) } @import 'https://example.org/a.css';"
    )
    result = folder.render("briefs/lifts.yaml", "--format", "html", "--template", "own")
    assert result.status == 1
    assert result.rules == ["missing-resource"] * 3
    assert "'no.png'" in result.err and "secret.png" in result.err and "'https://example.org/a.css'" in result.err
    assert folder.written == []


def test_the_brand_and_its_fonts_are_in_it(folder):
    folder.write("_brand.yml", 'color: {primary: "#7a1f3d"}\n')
    assert "--brand: #7a1f3d" in html_of(folder)


def test_a_draft_says_so_first(folder):
    result = folder.render("briefs/lifts.yaml", "--format", "html", "--draft")
    assert result.status == 0
    [name] = folder.written
    assert name == "lifts-draft.html"
    html = (folder.root / "output" / name).read_text(encoding="utf-8")
    assert re.search(r"<body[^>]*><div[^>]*>DRAFT", html)


@pytest.mark.parametrize("option", [("--proof", "x"), ("--figures", "x"), ("--standard", "pdf-2"), ("--watch",)])
def test_what_needs_pages_is_refused(folder, option):
    result = folder.render("briefs/lifts.yaml", "--format", "html", *option)
    assert result.status == 2
    assert "--format" in result.err
    assert folder.written == []


@pytest.mark.rest
def test_every_variant_is_a_file(folder):
    result = folder.render("briefs/lifts.yaml", "--format", "html", "--matrix", "options.paper=a4,letter")
    assert result.status == 0, result.err
    assert len(folder.written) == 2 and all(name.endswith(".html") for name in folder.written)


def test_the_same_brief_is_the_same_file(folder):
    first = html_of(folder)
    folder.run("cache", "--clear")
    assert html_of(folder) == first
