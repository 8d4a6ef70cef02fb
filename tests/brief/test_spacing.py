"""No-break spaces by rule: where a line must not end, and nowhere else."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from c6brief.brief.model import Prose
from c6brief.brief.spacing import NBSP, bind_spaces
from tests.support.composing import composed
from tests.support.project import Folder

BOUND = {
    "trade up by 25 per cent over 5 years": "trade up by 25~per~cent over 5~years",
    "on 18 February 2026 in Baku": "on 18~February 2026 in Baku",
    "see para. 4, line 2, paras 5 and 6, p. 7": "see para.~4, line~2, paras~5 and 6, p.~7",
    "J. K. Rowling met A. Nematov": "J.~K.~Rowling met A.~Nematov",
    "one – two — three": "one~– two~— three",
    "as Figure 2 and Table 3 show": "as Figure~2 and Table~3 show",
    "Dr Smith and Mr Tod": "Dr~Smith and Mr~Tod",
    "2.5 million people on 12 km²": "2.5~million people on 12~km²",
    "5 mangoes, 3 Mayors and plan B. Next": "5 mangoes, 3 Mayors and plan B.~Next",
    "a dash–bind_spaces, a well-known one": "a dash–bind_spaces, a well-known one",
    "Stop. Dr Who": "Stop. Dr~Who",
}


@pytest.mark.parametrize("text", BOUND)
def test_spaces_that_must_not_break(text: str) -> None:
    assert bind_spaces(text).replace(NBSP, "~") == BOUND[text]


@settings(deadline=None)
@given(st.text(st.sampled_from("ab 25.KJ–—%pmyears\n")))
def test_no_character_comes_or_goes(text: str) -> None:
    assert bind_spaces(text).replace(NBSP, " ") == text
    assert bind_spaces(bind_spaces(text)) == bind_spaces(text)


def test_prose_is_bound_even_where_the_author_ends_a_line(folder: Folder) -> None:
    folder.write(
        "briefs/lifts.yaml",
        "title: It took 5 years\ndate: 2026-03-02\nsections:\n  - title: S\n    text: |\n"
        "      The works took 5\n      years and 25 per\n      cent more [@works-begin, para.\n      2].\n",
    )
    brief = composed(folder)
    [block] = brief.sections[0].blocks
    assert isinstance(block, Prose)
    assert brief.title == f"It took 5{NBSP}years"
    assert f"took 5{NBSP}years and 25{NBSP}per{NBSP}cent more" in block.html
    assert f"para.{NBSP}2" in block.html
