"""``show`` finds evidence by word and theme, with its computed strength."""

from __future__ import annotations

import json

from tests.support.project import Folder


def rows(folder: Folder, *arguments: str) -> list[dict]:
    result = folder.run("show", *arguments, "--json")
    assert (result.status, result.err) == (0, "")
    return json.loads(result.out)


def test_claims_with_strength_and_paragraphs(folder: Folder) -> None:
    found = {row["id"]: row for row in rows(folder, "claims")}
    assert found["step-free"]["strength"] == ["corroborated"]
    assert found["plan-2030"]["strength"] == ["single voice", "contested"]
    assert [account["paragraph"] for account in found["step-free"]["accounts"]] == [3, 2]


def test_events_in_conflict_and_undated(folder: Folder) -> None:
    folder.change("seeds/events.yaml", "date: 2018, ", "")
    folder.change("seeds/events.yaml", "Works begin", "The city began to build")
    found = {row["id"]: row["strength"] for row in rows(folder, "events")}
    assert found == {"first-lift": ["corroborated", "conflicting dates"], "works-begin": ["single voice", "undated"]}


def test_by_theme_and_by_word(folder: Folder) -> None:
    assert [row["id"] for row in rows(folder, "claims", "--theme", "access")] == ["step-free"]
    assert [row["id"] for row in rows(folder, "claims", "--search", "PLAN 2030")] == ["plan-2030"]
    assert rows(folder, "claims", "--search", "nothing of the kind") == []


def test_for_people(folder: Folder) -> None:
    result = folder.run("show", "claims", "--search", "plan")
    assert result.out == (
        "plan-2030  (single voice, contested, unstated)\n"
        "    There is a plan for 2030.\n"
        "      supports: transit-2024, para. 2\n"
        "      disputes: riders-2024, para. 1\n"
        "1 found\n"
    )


def test_problems_are_told_and_the_rest_is_shown(folder: Folder) -> None:
    folder.change("seeds/claims.yaml", "exact: Nobody has", "exact: Somebody has")
    result = folder.run("show", "quotes")
    assert (result.status, result.rules) == (1, ["words-not-found"])
    assert "lift-everywhere" in result.out


def test_an_unknown_kind_is_wrong_usage(folder: Folder) -> None:
    assert folder.run("show", "quotations").status == 2


def test_lines_are_shown_where_a_paragraph_is_made_of_them(folder: Folder) -> None:
    folder.change("seeds/texts/transit.txt", "Ninety-four stations", "What counts:\nNinety-four stations")
    assert (
        "      supports: transit-2024, para. 3, line 2\n" in folder.run("show", "claims", "--search", "step-free").out
    )
    accounts = rows(folder, "claims", "--search", "step-free")[0]["accounts"]
    assert [(account["paragraph"], account["lines"]) for account in accounts] == [(3, [2, 2]), (2, None)]
