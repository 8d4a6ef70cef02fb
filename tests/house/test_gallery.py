"""The gallery shows every kind, is fresh, and is drawn from numbers that say what its titles say."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path
from types import ModuleType

import numpy as np
import pytest
from PIL import Image

from c6brief.evidence.table_models import Table
from c6brief.figures import known_kinds
from tests.support.paths import REPOSITORY
from tests.support.project import Folder

GALLERY = REPOSITORY / "docs" / "gallery"


@pytest.fixture(scope="module")
def tool() -> ModuleType:
    spec = importlib.util.spec_from_file_location("gallery", REPOSITORY / "tools" / "gallery.py")
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    sys.modules["gallery"] = module  # its dataclass looks itself up
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def shown(tool: ModuleType) -> list:
    return tool.pictures()


def test_every_kind_is_shown(tool: ModuleType, shown: list) -> None:
    assert {picture.kind for picture in shown} == set(known_kinds()) == set(tool.CHAPTERS)


def test_the_page_is_fresh(tool: ModuleType, shown: list) -> None:
    assert (GALLERY / "README.md").read_text(encoding="utf-8") == tool.page(shown), "run make gallery"
    assert {path.stem for path in (GALLERY / "images").glob("*")} == {picture.id for picture in shown}


@pytest.mark.rest
def test_the_images_are_fresh(shown: list, tmp_path: Path) -> None:
    """On failure ``tmp_path`` holds a difference image of each: white where nothing changed."""
    stale = []
    for picture in shown:
        drawn = picture.image().quantize(64).convert("RGB")
        kept = Image.open(GALLERY / "images" / f"{picture.id}.png").convert("RGB")
        if kept.size != drawn.size:
            stale.append(f"{picture.id}: {kept.size} and not {drawn.size}")
            continue
        difference = np.abs(np.asarray(drawn, dtype=int) - np.asarray(kept, dtype=int)).max(axis=2)
        changed = int((difference > 64).sum())
        if changed > 150:  # pixels; other machines smooth edges a little otherwise
            name = tmp_path / f"difference-{picture.id}.png"
            Image.fromarray((255 - np.minimum(difference * 2, 255)).astype("uint8")).save(name)
            stale.append(f"{picture.id}: {changed} pixels, see {name}")
    assert not stale, "run make gallery: " + "; ".join(stale)


def test_the_gallery_is_a_good_project(folder: Folder, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(GALLERY)
    result = folder.run("check")
    assert (result.status, result.rules) == (0, []), result.err


def test_the_page_on_figures_is_fresh() -> None:
    from c6brief.figures.document import page

    kept = (REPOSITORY / "docs" / "figures.md").read_text(encoding="utf-8")
    assert kept == page(), "run python -m c6brief.figures.document"
    assert all(f"`{key}`" in kept for key in ("facet", "arrange", "low", "steps", "missingValues"))


def cells(shown: list, table: str) -> list[dict]:
    """The rows of a table of the gallery, each by the names of its fields."""
    found: Table = shown[0].base.evidence.tables[table]
    return [dict(zip((field.name for field in found.fields), row, strict=True)) for row in found.rows or ()]


def test_titles_are_true_of_the_data(shown: list) -> None:
    people = {row["country"]: row["population"] for row in cells(shown, "c6-people-and-land")}
    assert people["Uzbekistan"] > people["Kazakhstan"] + people["Azerbaijan"]
    last = {row["country"]: row["years"] for row in cells(shown, "life-expectancy-by-year") if row["year"] == 2007}
    assert sorted(last.values())[1] >= 65 and last["Afghanistan"] < 45
    fell = {row["country"] for row in cells(shown, "income-change-by-five-years") if row["change"] <= -10}
    assert fell == {"Iran", "Mongolia", "Afghanistan"}
    countries = {row["country"]: row for row in cells(shown, "countries")}
    assert countries["Azerbaijan"]["density"] > 17 * countries["Kazakhstan"]["density"]


def test_no_claim_of_ours_rests_on_two_voices(shown: list) -> None:
    own = next(picture.base for picture in shown if picture.id == "claims-by-strength")
    counts = {name: count for name, count, *_ in own.data["claims-by-strength"].rows}
    assert counts["two voices"] == 0
    alt = own.evidence.charts["claims-by-strength"].alt
    assert f"{sum(counts.values())} claims" in alt and f"on {counts['accounts differ']} the accounts differ" in alt
