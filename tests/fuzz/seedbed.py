"""The project that is mutated: small, right, and with a file of every kind that c6brief reads."""

from __future__ import annotations

import io
import shutil
from functools import cache
from pathlib import Path

from PIL import Image, ImageDraw

from tests.support.paths import REPOSITORY
from tests.support.project import BRIEF, SEEDS
from tests.support.workbooks import workbook

BRIEF_PATH = "briefs/lifts.yaml"

BRAND = """\
color: {palette: {deep: "#14405c"}, primary: deep}
logo: {medium: logo.svg}
typography:
  fonts:
    - {family: House, source: file, files: [{path: fonts/house.ttf, weight: 400, style: normal}]}
  base: House
defaults:
  c6brief: {publisher: City Desk, contact: the desk, licence: CC BY 4.0, rules: {key-message-count: off}}
"""

LOGO = """\
<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 20"><title>Desk</title><defs><linearGradient id="g"><stop offset="0"
stop-color="#14405c"/></linearGradient></defs><path d="M0 0h40v20H0z" fill="url(#g)"/><text x="4" y="14">D</text></svg>
"""

MORE = {
    "_brand.yml": BRAND,
    "logo.svg": LOGO,
    "seeds/tables/riders.yaml": (
        "title: Riders a day\nsource: transit-2024\nderived: counted by us\ndata: riders.csv\nfields:\n"
        "  - {name: year, type: year, title: Year}\n  - {name: riders, type: integer, title: Riders, unit: number}\n"
    ),
    "seeds/tables/riders.csv": "year,riders\n2019,94\n2020,61\n2021,88\n",
    "seeds/tables/lines.yaml": (
        "title: Lines and their lifts\nsource: transit-2024\nderived: counted by us\ndata: lines.xlsx\nfields:\n"
        "  - {name: line, type: string, title: Line}\n  - {name: lifts, type: integer, title: Lifts, unit: number}\n"
    ),
    "seeds/charts/riders.yaml": (
        "kind: line\ntitle: Fewer riders in 2020\nsubtitle: Riders a day, 2019 to 2021, number\nalt: Line chart of three years.\n"
        "table: riders\nx: year\ny: riders\n"
    ),
    "templates/house/template.yaml": "title: House\ndescription: A memo of this house.\n",
    "templates/house/brief.html.j2": "{% extends 'memo/brief.html.j2' %}\n",
    "templates/house/style.css": "h2 { letter-spacing: .01em; background: url(hall.png) no-repeat }\n@page { margin-left: 30mm }\n",
}


@cache
def project_files() -> dict[str, bytes]:
    """The files of the project, by path."""
    image, made = Image.new("RGB", (24, 16), "white"), io.BytesIO()
    ImageDraw.Draw(image).rectangle((3, 3, 12, 9), fill="navy")
    image.save(made, "PNG")
    brief = BRIEF.replace("charts: [lifts]", "charts: [lifts, riders]").replace(
        "tables: [access]", "tables: [access, riders, lines]"
    )
    texts = {**SEEDS, **MORE, BRIEF_PATH: f"template: house\n{brief}"}
    return {
        **{name: text.encode() for name, text in texts.items()},
        "templates/house/hall.png": made.getvalue(),
        "seeds/tables/lines.xlsx": workbook([["line", "lifts"], ["Red", 3], ["Blue", 4]]),
        "fonts/house.ttf": (REPOSITORY / "src/c6brief/assets/fonts/SourceSans3-Regular.ttf").read_bytes(),
    }


def write_files(root: Path, files: dict[str, bytes]) -> None:
    """Write ``files`` below ``root``, which is emptied first."""
    shutil.rmtree(root, ignore_errors=True)
    for name, data in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
