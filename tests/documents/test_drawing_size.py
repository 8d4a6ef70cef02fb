"""A drawing that unfolds is found before it is drawn, and one that is only large is not."""

from __future__ import annotations

import pytest

from c6brief.documents.drawing_size import find_multiplied_in

SHAPE = '<path d="M0 0h1"/>'


def svg(*lines: str) -> bytes:
    text = "\n".join(lines)
    return f'<svg xmlns="http://www.w3.org/2000/svg" xmlns:x="http://www.w3.org/1999/xlink">\n{text}\n</svg>'.encode()


def chain(element: str, part: str, last: str, times: int = 10, length: int = 9) -> bytes:
    """``length`` elements, each of which has ``times`` a ``part`` that refers to the one before."""
    lines = [f'<{element} id="a0">{SHAPE}</{element}>']
    lines += [
        f'<{element} id="a{at}">{part.format(id=f"a{at - 1}") * times}</{element}>' for at in range(1, length + 1)
    ]
    return svg(*lines, last.format(id=f"a{length}"))


UNFOLDING = {
    "use": chain("g", '<use href="#{id}"/>', '<use href="#{id}"/>'),
    "use with xlink": chain("symbol", '<use x:href="#{id}"/>', '<use x:href="#{id}"/>'),
    "patterns": chain("pattern", '<path d="M0 0" fill="url(#{id})"/>', '<path fill="url(#{id})"/>'),
    "patterns of strokes": chain("pattern", """<path style='stroke: url("#{id}")'/>""", '<path stroke="url( #{id})"/>'),
    "masks": chain("mask", '<path mask="url(#{id})"/>', '<path mask="url(#{id})"/>'),
    "clips": chain("clipPath", '<path clip-path="url(#{id})"/>', '<path clip-path="url(#{id})"/>'),
    "filters": chain("filter", '<feImage href="#{id}"/>', '<path filter="url(#{id})"/>'),
    "markers": chain(
        "marker",
        '<path d="M0 0L1 1 2 2 3 3 4 4" marker-mid="url(#{id})"/>',
        '<path d="M0 0L1 1" marker="url(#{id})"/>',
        1,
    ).replace(b"</svg>", b'<path d="' + b"M0 0L1 1" * 9000 + b'" marker="url(#a3)"/></svg>'),
    "a pattern that all inherit": svg(
        f'<pattern id="a9">{SHAPE * 2000}</pattern>', f'<g fill="url(#a9)">{SHAPE * 2000}</g>'
    ),
    "a pattern of a style": svg(
        "<style>path { fill: url(#a9) }</style>", f'<pattern id="a9">{SHAPE * 2000}</pattern>', SHAPE * 2000
    ),
}


@pytest.mark.parametrize("name", UNFOLDING)
def test_what_unfolds_is_told_at_a_line_that_refers_to_it(name: str) -> None:
    found = find_multiplied_in(UNFOLDING[name])
    assert found is not None
    assert found[0].shapes > 100_000
    assert f"#{found[0].id}" in UNFOLDING[name].decode().split("\n")[found[1] - 1]


DRAWN = {
    "icons": svg(f'<symbol id="i">{SHAPE * 30}</symbol>', '<use href="#i"/>' * 2000),
    "a large map": svg('<use href="#none"/>', SHAPE * 100_001),
    "shades": svg('<linearGradient id="g"><stop/><stop/></linearGradient>', f'<g fill="url(#g)">{SHAPE * 30_000}</g>'),
    "itself": svg('<g id="a"><use href="#a"/><use href="#a"/></g>'),
    "each other": svg('<g id="a"><use href="#b"/></g><g id="b"><use href="#a"/></g>'),
    "never used": chain("pattern", '<path fill="url(#{id})"/>', SHAPE),
    "deep": svg("<g>" * 20_000 + '<use href="#x"/>' + "</g>" * 20_000),
    "no XML": b"<svg <use href='#a'",
    "no drawing": b"<html><a href='#a'/></html>",
}


@pytest.mark.parametrize("name", DRAWN)
def test_what_may_be_drawn_is(name: str) -> None:
    assert find_multiplied_in(DRAWN[name]) is None
