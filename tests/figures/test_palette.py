"""Colours: read on their grounds, told apart by every reader and on a grey page, whatever a house's brand is."""

from dataclasses import replace
from itertools import combinations, pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from c6brief.documents.colour_vision import DICHROMACIES, colour_difference, lab_difference, simulate_dichromacy
from c6brief.documents.colours import AA, AA_GRAPHICS, as_hex, contrast, from_channels, mix
from c6brief.documents.contrast import (
    LEAST_DIFFERENCE,
    LIGHTNESS_STEP,
    lightness,
    oklch,
    smallest_difference,
    with_contrast,
    with_lightness,
)
from c6brief.figures.drawing.palette import MOST_SERIES, heat_colour, quiet_colour, series_styles, text_colour_on, tones
from c6brief.figures.drawing.style import STYLE
from c6brief.pages.properties import root_colours
from c6brief.pages.search import shipped_templates
from tests.support.sampling import examples

BRANDS = {
    "shipped": STYLE,
    "yellow": replace(STYLE, brand="#ffe600", second="#ffd000"),
    "nearly white": replace(STYLE, brand="#fdfdfd", second="#eeeeee"),
    "black": replace(STYLE, brand="#000000", second="#111111"),
    "red and green": replace(STYLE, brand="#d00000", second="#008000"),
    "green and red": replace(STYLE, brand="#00a000", second="#c00000"),
    "two blues": replace(STYLE, brand="#0a1a5c", second="#102a70"),
    "two greys": replace(STYLE, brand="#808080", second="#8a8a8a"),
    "pink": replace(STYLE, brand="#ff3d7f", second="#ff6f20"),
    "tinted paper": replace(STYLE, paper="#ddeaf1"),
    "dark paper": replace(
        STYLE,
        paper="#14181a",
        ink="#f0f0f0",
        grey="#a0a8ac",
        hair="#3a4246",
        brand="#5fc0cc",
        second="#e0a060",
        alarm="#ff8a70",
    ),
}
COUNTS = range(2, MOST_SERIES + 1)
COLOURS = st.integers(0, 0xFFFFFF).map(lambda number: f"#{number:06x}")


# Read on their grounds (WCAG 2.2, 1.4.3 and 1.4.11) ---------------------------------------------------------------


def test_texts_of_the_shipped_page_can_be_read():
    page = root_colours((shipped_templates() / "policy-brief").glob("*.css"))
    for name in ("ink", "grey", "alarm", "brand"):
        assert contrast(page[name], "#ffffff") >= AA, name
        assert contrast(page[name], page["tint"]) >= AA, f"{name} on tint"
    assert contrast("#ffffff", page["brand"]) >= AA
    assert contrast(page["brand-light"], page["brand"]) >= AA


@pytest.mark.parametrize("brand", BRANDS)
def test_texts_in_cells_can_be_read(brand):
    style = BRANDS[brand]
    cells = [heat_colour(share / 20, style) for share in range(-20, 21)] + [
        tone for n in COUNTS for tone in tones(n, style)
    ]
    for cell in [*cells, *(look.colour for look in series_styles(MOST_SERIES, style))]:
        assert contrast(text_colour_on(cell, style), cell) >= AA, cell
    assert text_colour_on(style.paper, style) == style.ink, "a house's own colours where they do"


@pytest.mark.parametrize("brand", BRANDS)
def test_marks_are_seen_on_paper(brand):
    style = BRANDS[brand]
    for count in (1, *COUNTS):
        assert min(contrast(look.colour, style.paper) for look in series_styles(count, style)) >= AA_GRAPHICS - 0.01
    assert contrast(quiet_colour(style), style.paper) > contrast(mix(style.hair, style.paper, 0.55), style.paper)


# Told apart -----------------------------------------------------------------------------------------------------


def test_brand_second_and_alarm_are_told_apart_by_all():
    for one, other in combinations((STYLE.brand, STYLE.second, STYLE.alarm), 2):
        least, view = smallest_difference(one, other)
        assert least >= LEAST_DIFFERENCE, f"{one} and {other}: {least:.1f} {view}"


@pytest.mark.parametrize("count", COUNTS)
@pytest.mark.parametrize("brand", BRANDS)
def test_series_are_told_apart_by_all_and_in_grey(brand, count):
    colours = [look.colour for look in series_styles(count, BRANDS[brand])]
    assert len(set(colours)) == count
    for one, other in combinations(colours, 2):
        assert abs(lightness(one) - lightness(other)) >= LIGHTNESS_STEP, f"{one} and {other} are one grey"
        least, view = smallest_difference(one, other)
        assert least >= LEAST_DIFFERENCE, f"{one} and {other}: {least:.1f} {view}"


@pytest.mark.thorough
@settings(max_examples=examples(10), deadline=None, derandomize=True)
@given(brand=COLOURS, second=COLOURS)
def test_any_two_colours_make_four_series(brand, second):
    colours = [look.colour for look in series_styles(4, replace(STYLE, brand=brand, second=second))]
    for one, other in combinations(colours, 2):
        assert abs(lightness(one) - lightness(other)) >= LIGHTNESS_STEP
        assert smallest_difference(one, other)[0] >= LEAST_DIFFERENCE


def test_the_brand_comes_first_and_hues_stay():
    for count in (1, *COUNTS):
        assert series_styles(count, STYLE)[0].colour == STYLE.brand
    second = series_styles(3, STYLE)[1].colour
    assert abs(oklch(second)[2] - oklch(STYLE.second)[2]) < 4, "the second series is of the second colour's hue"
    assert len({(look.dashes, look.hatch, look.shape) for look in series_styles(MOST_SERIES, STYLE)}) == MOST_SERIES, (
        "colour is never alone"
    )
    assert [look.colour for look in series_styles(9, STYLE)] == [
        look.colour for look in series_styles(MOST_SERIES, STYLE)
    ]


@pytest.mark.parametrize("count", [2, 3, 5, 8])
@pytest.mark.parametrize("brand", BRANDS)
def test_tones_go_in_even_steps_towards_paper(brand, count):
    style = BRANDS[brand]
    steps = [lightness(tone) for tone in tones(count, style)]
    sign = 1 if lightness(style.paper) > 50 else -1
    gaps = [sign * (after - before) for before, after in pairwise(steps)]
    assert min(gaps) >= LIGHTNESS_STEP and max(gaps) - min(gaps) < 1.5
    assert abs(lightness(style.paper) - steps[-1]) > 10, "the last one is seen"


def test_heat_grows_with_its_share():
    for style in BRANDS.values():
        for sign in (1, -1):
            steps = [contrast(heat_colour(sign * share / 10, style), style.paper) for share in range(11)]
            assert steps == sorted(steps) and steps[-1] >= AA_GRAPHICS - 0.01
    assert heat_colour(1, STYLE) == STYLE.brand and heat_colour(-1, STYLE) == STYLE.second


# What they are measured with -------------------------------------------------------------------------------------


def test_lightness_is_that_of_cie():
    for colour, known in (("#000000", 0), ("#ffffff", 100), ("#777777", 50.03), ("#ff0000", 53.24), ("#0000ff", 32.30)):
        assert lightness(colour) == pytest.approx(known, abs=0.02)


def test_red_and_green_are_one_to_some():
    assert smallest_difference("#9a8a2a", "#c07a2a")[1] in ("protan", "deutan")
    assert smallest_difference("#d08a8a", "#8f9f9f")[0] < 25 < smallest_difference("#d08a8a", "#204040")[0]
    for view in DICHROMACIES:
        assert simulate_dichromacy("#808080", view) == "#808080", "greys are greys to all"


@pytest.mark.thorough
@settings(max_examples=examples(20), deadline=None, derandomize=True)
@given(
    colour=COLOURS,
    ground=st.sampled_from(["#ffffff", "#ddeaf1", "#14181a", "#777777"]),
    ratio=st.sampled_from([3, 4.5]),
)
def test_readable_reaches_its_ratio_and_changes_no_more_than_it_must(colour, ground, ratio):
    found = with_contrast(colour, ground, ratio)
    assert contrast(found, ground) >= ratio - 0.01
    assert (found == colour) == (contrast(colour, ground) >= ratio)
    if found != colour:
        assert contrast(found, ground) < ratio + 0.35


@pytest.mark.parametrize("colour", ["#1f5a62", "#d00000", "#ffe600", "#0000ff", "#808080"])
def test_at_lightness_hits_it(colour):
    for target in (10, 35, 60, 85):
        assert lightness(with_lightness(colour, target)) == pytest.approx(target, abs=0.6)


def test_colours_are_read_as_css_has_them():
    read = {"red": "#ff0000", "#abc": "#aabbcc", "rgb(31 90 98)": "#1f5a62", "hsl(120 100% 25%)": "#008000"}
    assert {words: as_hex(words) for words in read} == read
    for words in ("", "blau", "#12345", "rgb(0 0 0 / 50%)", "transparent", "currentColor", "url(x)"):
        assert as_hex(words) is None


SHARMA = (
    ((50.0, 2.6772, -79.7751), (50.0, 0.0, -82.7485), 2.0425),
    ((50.0, -1.0, 2.0), (50.0, 0.0, 0.0), 2.3669),
    ((50.0, 2.49, -0.001), (50.0, -2.49, 0.0011), 7.2195),
    ((50.0, 2.5, 0.0), (73.0, 25.0, -18.0), 27.1492),
    ((60.2574, -34.0099, 36.2677), (60.4626, -34.1751, 39.4387), 1.2644),
    ((22.7233, 20.0904, -46.694), (23.0331, 14.973, -42.5619), 2.0373),
    ((2.0776, 0.0795, -1.135), (0.9033, -0.0636, -0.5514), 0.9082),
)
"""Sharma, Wu and Dalal, "The CIEDE2000 Color-Difference Formula", 2005, of table 1."""


def test_differences_are_those_that_are_published():
    for one, other, expected in SHARMA:
        assert lab_difference(one, other) == pytest.approx(expected, abs=5e-5)


@given(one=COLOURS, other=COLOURS)
def test_colours_are_seen_as_another_package_sees_them(one, other):
    from coloraide import Color

    assert colour_difference(one, other) == pytest.approx(Color(one).delta_e(Color(other), method="2000"), abs=1e-4)
    for view in DICHROMACIES:
        shown = Color(one).filter(view).convert("srgb").clip()
        assert simulate_dichromacy(one, view) == from_channels(tuple(shown.coords()))
