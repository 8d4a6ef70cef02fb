"""Tables about freight, charts of them, and what random charts are made of."""

import re
import textwrap
from xml.etree import ElementTree

from hypothesis import strategies as st

from tests.support.charts import SVG, base, random_names, random_values

TABLES = {
    "freight": """
        title: Freight by state
        source: beta
        fields:
          - {name: state, type: string, title: State}
          - {name: tonnes, type: number, title: Freight, unit: thousand tonnes}
          - {name: year, type: year}
        rows:
          - [Turkmenistan, 1130, 2019]
          - [Kazakhstan, 5420, 2020]
          - [Joint Committee of the Caspian Sea Ports and Railways, 2810.5, 2021]
          - [Kyrgyzstan, null, 2022]
          - {state: Uzbekistan, tonnes: -640, year: 2023}
          - [Azerbaijan, 0, 2024]
        """,
    "filed": "{title: From a file, data: filed.csv, fields: [{name: state}, {name: tonnes, type: number}]}",
    "modes": """
        title: Freight by mode
        source: beta
        fields:
          - {name: state, type: string, title: State}
          - {name: rail, type: number, title: Rail, unit: thousand tonnes}
          - {name: road, type: number, title: Road, unit: thousand tonnes}
          - {name: sea, type: number, title: Sea, unit: thousand tonnes}
          - {name: share, type: number, unit: "%"}
          - {name: change, type: number, unit: thousand tonnes}
          - {name: estimated, type: boolean}
        rows:
          - [Kazakhstan, 400, 250, 350, 10, 5, false]
          - [Uzbekistan, 300, 100, 100, 20, -6, true]
          - [Azerbaijan, 50, 75, 0, 30, -7, false]
          - [Turkmenistan, 10, null, 30, 40, 8, false]
        """,
    "long": """
        title: Freight by mode, long
        fields: [{name: state}, {name: mode}, {name: tonnes, type: number}]
        rows: [[Kazakhstan, Rail, 3], [Kazakhstan, Road, 1], [Uzbekistan, Road, 2]]
        """,
    "hollow": "{title: Nothing, fields: [{name: state}, {name: tonnes, type: number}], rows: []}",
}


HEAD = """
    kind: bar
    title: One state carries half of the freight
    subtitle: Freight by state, thousand tonnes
    alt: Bar chart of six states & their freight.
    """


TABLE = HEAD + "table: freight\n    x: state\n    y: tonnes\n    "


INLINE = (
    HEAD
    + """fields: [{name: state, type: string}, {name: rail, type: integer}, {name: year, type: year}]
    rows:
      - [Kazakhstan, 16, 2023]
      - {state: Uzbekistan, rail: 7, year: 2024}
    x: state
    y: rail
    """
)


MODES = HEAD + "table: modes\n    x: state\n    y: [rail, road, sea]\n    "


STACKED = MODES + "arrange: stacked\n    "


SURVEY = MODES + "arrange: diverging\n    left: [Rail, Road]\n    "


FULL = TABLE + "highlight: [Kazakhstan]\n    "


def project(folder, problems=None, **charts):
    """An evidence base with the tables above and these charts."""
    (folder / "seeds/tables").mkdir(parents=True)
    for name, text in TABLES.items():
        (folder / f"seeds/tables/{name}.yaml").write_text(textwrap.dedent(text).strip() + "\n", encoding="utf-8")
    (folder / "seeds/tables/filed.csv").write_text("state,tonnes\nKazakhstan,4\nUzbekistan,\n", encoding="utf-8")
    return base(folder, problems, **charts)


def rectangles(svg):
    """The bars from top to bottom: (left, right, top, bottom, colour), as the SVG draws them."""
    found = []
    for path in ElementTree.fromstring(svg).iter(f"{SVG}path"):
        step = re.fullmatch(r"M(\S+) (\S+)l(\S+) 0 0 (\S+) \S+ 0z", path.get("d"))
        if step:
            left, top, width, height = map(float, step.groups())
            found.append((left, left + width, top, top + height, path.get("fill")))
    return sorted(found, key=lambda bar: bar[2])


NAMES = random_names(110)


EXTREMES = [0, 0.0, 1e12, -1e12, 0.0003, -0.0003, 123456789012345.6, -999999999999999, 1e308, -1e308, 5e-324]


VALUES = random_values(EXTREMES)


UNITS = st.sampled_from(["", "%", "thousand tonnes", "tonnes of oil equivalent a year at the prices of 2015 " * 2])


LANGUAGES = st.sampled_from(["en", "ru", "az", "kk", "ky", "tg", "tk", "uz", "sv"])
