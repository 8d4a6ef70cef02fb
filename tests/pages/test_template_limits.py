"""A template that goes on without end, or makes too much, is a problem at its line: it neither hangs nor takes the memory."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from c6brief.documents.boundary import add_root
from c6brief.documents.problems import Place, Problem, Problems
from c6brief.pages import template_limits
from c6brief.pages.page import Page, render_page
from tests.support import sample_brief
from tests.support.sampling import sampled

MOST = 10.0
"""Seconds that any of these may take, on a busy machine."""


@pytest.fixture(autouse=True)
def small_limits(monkeypatch: pytest.MonkeyPatch) -> None:
    """A tenth of the limits that users have."""
    monkeypatch.setattr(template_limits, "MOST_STEPS", 500_000)
    monkeypatch.setattr(template_limits, "MOST_TEXT", 20_000_000)
    monkeypatch.setattr(template_limits, "MOST_SECONDS", 3.0)


def page_of(tmp_path: Path, text: str, **others: str) -> tuple[Page | None, list[Problem]]:
    folder = tmp_path / "templates" / "mine"
    folder.mkdir(parents=True)
    (folder / "brief.html.j2").write_text("\n" + text)
    for name, content in others.items():
        (folder / f"{name}.html.j2").write_text(content)
    add_root(tmp_path)
    problems = Problems()
    return render_page(sample_brief.BARE, "mine", folder.parent, problems, Place("x")), list(problems)


def again(change: str, first: str = "'aaaaaaaaaaaaaaaa'", times: int = 60) -> str:
    """A template that changes a value over and over."""
    return "{% set ns = namespace(a=" + first + ") %}{% for i in range(" + str(times) + ") %}" + change + "{% endfor %}"


ENDLESS = {
    "nested loops": "{% for a in range(100000) %}{% for b in range(100000) %}{% endfor %}{% endfor %}",
    "loops that leave all out": "{% for a in range(90000) %}{% for b in range(90000) if false %}{% endfor %}{% endfor %}",
    "~": again("{% set ns.a = ns.a ~ ns.a %}"),
    "+ of texts": again("{% set ns.a = ns.a + ns.a %}"),
    "+ of lists": again("{% set ns.a = ns.a + ns.a %}", "[1]"),
    "list in list": again("{% set ns.a = [ns.a, ns.a] %}", "[1]") + "{{ ns.a }}",
    "map in map": again("{% set ns.a = {'a': ns.a, 'b': ns.a} %}", "1") + "{{ ns.a }}",
    "dict()": again("{% set ns.a = dict(a=ns.a, b=ns.a) %}", "1") + "{{ ns.a }}",
    "tuples": again("{% set ns.a = (ns.a, ns.a) %}", "1") + "{{ ns.a == ns.a }}",
    "set block": again("{% set ns.a %}{{ ns.a }}{{ ns.a }}{% endset %}"),
    "replace": again("{% set ns.a = ns.a|replace('a', ns.a) %}"),
    "join": again("{% set ns.a = ns.a|join(ns.a) %}"),
    "join of a generator": again("{% set ns.a = ns.a|map('upper')|join(ns.a) %}"),
    "method join": again("{% set ns.a = ns.a.join(ns.a) %}"),
    "sum of lists": again("{% set ns.a = [ns.a, ns.a]|sum(start=[]) %}", "[1]"),
    "fill of a slice": again("{% set ns.a = [1]|slice(900, ns.a)|list %}", "1"),
    "*": again("{% set ns.a = ns.a * ns.a %}", "3"),
    "macro": "{% macro f(n) %}{% if n %}{{ f(n-1) }}{{ f(n-1) }}{% endif %}{% endmacro %}{{ f(90) }}",
    "recursive loop": "{% for x in [1] recursive %}{% if loop.depth < 90 %}{{ loop([1, 1]) }}{% endif %}{% endfor %}",
    "sort again and again": "{% for i in range(1000) %}{{ range(100000)|list|sort|length }}{% endfor %}",
    "search again and again": "{% set a = range(90000)|list %}{% for i in range(90000) %}{{ 'z' in a }}{% endfor %}",
    "text of the template": "{% macro m() %}{% for i in range(5000) %}" + "A" * 900 + "{% endfor %}{% endmacro %}"
    "{% for i in range(900) %}{% set y = m() %}{% endfor %}",
    "text shown again and again": "{% set x = range(90000)|join %}{% for i in range(9000) %}{{ x }}{% endfor %}",
    "striptags": "{% set x = range(100000)|join('<!---->') %}{{ x|striptags }}",
    "striptags, a method": "{% set x = range(100000)|join('<!---->')|safe %}{{ x.striptags() }}",
}


@pytest.mark.parametrize("name", sampled(ENDLESS, "~", "macro", "set block"))
def test_a_template_without_end_is_told_at_its_line(tmp_path: Path, name: str) -> None:
    start = time.monotonic()
    page, [problem] = page_of(tmp_path, ENDLESS[name])
    assert page is None and problem.rule == "template-limit" and problem.place.span.line == 2, problem
    assert time.monotonic() - start < MOST


REFUSED = [
    "{{ [1]|batch(1000000000, 1)|list }}",
    "{{ [1]|slice(1000000000)|list }}",
    "{{ {'a': 1}|tojson(100000000) }}",
    "{{ (1).to_bytes(10000000000, 'big') }}",
    "{{ 'a'.encode().ljust(10000000000) }}",
    "{{ lipsum(1000000) }}",
]


@pytest.mark.parametrize("text", REFUSED)
def test_what_makes_something_huge_at_once_is_refused(tmp_path: Path, text: str) -> None:
    page, [problem] = page_of(tmp_path, text)
    assert page is None and problem.place.span.line == 2
    assert problem.rule in ("template-unsafe", "template-name")


@pytest.mark.parametrize("tag", ["{% include 'a.html.j2' %}", "{% import 'a.html.j2' as a %}{{ a.f() }}"])
def test_files_that_name_each_other_end(tmp_path: Path, tag: str) -> None:
    page, [problem] = page_of(tmp_path, tag, a=f"{tag * 2}{{% macro f() %}}{{% endmacro %}}")
    assert page is None and problem.rule in ("template-limit", "template-error")


def test_namespaces_in_namespaces_are_not_put_out(tmp_path: Path) -> None:
    change = "{% set m = namespace(a=ns.a, b=ns.a) %}{% set ns.a = m %}"
    page, problems = page_of(tmp_path, again(change, "1") + "{{ ns.a }}")
    assert page is not None and not problems and "namespace" in page.html


def test_what_briefs_do_is_below_the_limits(tmp_path: Path) -> None:
    text = (
        "{% set ns = namespace(n=0) %}{% for row in range(1000) recursive %}{% for cell in (1, 2, 3) %}"
        "{% set ns.n = ns.n + cell * 2 %}{% endfor %}{% endfor %}{{ ns.n }} {{ ['a', 'b']|join(', ') }} "
        "{{ ['x', 'y'][0] ~ '-' ~ 2 }} {{ 'a b'|replace(' ', '+') }} {{ [1, 2]|sum }} {{ [(1, 2), (3,)]|sum(start=()) }} {{ ', '.join(['c', 'd']) }}"
        "{% for a, b in {'k': 'v'}.items() %}{{ a }}{{ b }}{% endfor %} {{ loop is defined }} {{ 'x' in ('x', 'y') }}"
    )
    page, problems = page_of(tmp_path, text)
    assert not problems and page is not None
    assert page.html.strip() == "12000 a, b x-2 a+b 3 (1, 2, 3) c, dkv False True"
