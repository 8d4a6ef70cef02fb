"""One brief that holds everything at once (``tests/everything``), in each template: it prints, conforms, and is as verified."""

from __future__ import annotations

import fcntl
import os
import re
from pathlib import Path

import pytest
import yaml

from c6brief.brief.matter import AuthorSpec, FunderSpec, NumberSpec, OptionSpec
from c6brief.brief.prose import DIRECTIVES
from c6brief.brief.spec import BriefSpec, ImageSize, RecommendationSpec, SectionSpec
from c6brief.evidence.models import Image
from tests.support.everything import EVERYTHING, write_everything
from tests.support.house_briefs import TEMPLATES, run_in
from tests.support.project import Folder
from tests.support.tagtree import TagTree
from tests.support.verapdf import FLAVOURS, need_java, validate

SPEC = "briefs/everything.yaml"


@pytest.fixture(scope="session")
def printed(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """The brief in each template, printed without a flaw; once for all processes of a test run."""
    base = tmp_path_factory.getbasetemp()
    root = (base.parent if "PYTEST_XDIST_WORKER" in os.environ else base) / "everything"
    root.mkdir(exist_ok=True)
    with (root / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        write_everything(root)
        for template in TEMPLATES:
            if not (root / template / "everything.pdf").exists():
                arguments = ("render", SPEC, "-o", template, "--template", template, "--set", "options.paper=a4")
                assert run_in(root, *arguments, "--strict") == (0, ""), template
    return {template: root / template / "everything.pdf" for template in TEMPLATES}


def read_spec() -> dict:
    return yaml.safe_load((EVERYTHING / SPEC).read_text(encoding="utf-8"))


def test_nothing_is_told_of_it(folder: Folder) -> None:
    write_everything(folder.root)
    result = folder.run("check", SPEC, "--strict")
    assert (result.status, result.err) == (0, "")


def test_it_holds_everything() -> None:
    """What a brief, its parts and its prose may have, all of it is there: a new key or directive is missed here."""
    spec = read_spec()
    parts = {
        BriefSpec: ([spec], {"language", "template", "options"}),
        AuthorSpec: (spec["authors"], set()),
        NumberSpec: (spec["numbers"], set()),
        OptionSpec: (spec["options_considered"], set()),
        FunderSpec: (spec["funders"], set()),
        RecommendationSpec: (spec["recommendations"], set()),
        SectionSpec: ([*spec["sections"], *spec["annexes"]], {"tables"}),
        Image: (yaml.safe_load((EVERYTHING / "seeds/images.yaml").read_text(encoding="utf-8")), set()),
    }
    for model, (entries, left_out) in parts.items():
        assert set(model.model_fields) - left_out <= {key for entry in entries for key in entry}, model
    prose = "\n".join(path.read_text(encoding="utf-8") for path in (EVERYTHING / "seeds/sections").glob("*.md"))
    prose += "\n".join(section.get("text", "") for section in spec["sections"])
    assert set(DIRECTIVES) - {"quote", "claim"} <= set(re.findall(r"^ *::: (\w+)", prose, re.M))
    for written in (
        "[^",
        "^[",
        "@fig:",
        "[see @fig:",
        "@tbl:",
        "@sec:",
        "[-@",
        "{#tbl:",
        "{#sec:",
        "\n> ",
        "\n    - ",
        "\n3. ",
    ):
        assert written in prose + str(spec), written
    for written in ("~2~", "^2^", "~~", "{.smallcaps}", "{.title}", "---", "<!--", "\n### ", "\n#### "):
        assert written in prose, written
    charts = [yaml.safe_load(path.read_text(encoding="utf-8")) for path in (EVERYTHING / "seeds/charts").glob("*.yaml")]
    assert {"image", "matplotlib"} <= {chart["kind"] for chart in charts}
    assert {"annotate", "periods", "references"} <= {key for chart in charts for key in chart}
    sizes = {
        each.get("size") for section in spec["sections"] for each in section.get("images", []) if type(each) is dict
    }
    assert set(ImageSize.__args__) <= sizes | {"column"} | set(re.findall(r"\{size=(\w+)\}", prose))


@pytest.mark.rest
def test_verapdf_has_nothing_to_say_of_it(printed: dict[str, Path]) -> None:
    need_java()
    verdicts = validate(dict.fromkeys(printed.values(), FLAVOURS["pdf-1.7"]))
    assert [f"{each.file} {each.flavour}: {each.failed[:3]}" for each in verdicts if each.failed] == []
    assert len(verdicts) == 2 * len(TEMPLATES)


@pytest.mark.rest
@pytest.mark.parametrize("template", TEMPLATES)
def test_it_is_verified(printed: dict[str, Path], template: str, folder: Folder) -> None:
    result = folder.run("verify", str(printed[template]), "--seeds", str(printed[template].parents[1] / "seeds"))
    assert (result.status, result.err) == (0, "")


@pytest.mark.rest
@pytest.mark.parametrize("template", TEMPLATES)
def test_every_part_stands_in_every_template(printed: dict[str, Path], template: str) -> None:
    """What is written around the text is read aloud from each; what is in the prose, where prose is printed."""
    said = read_aloud(printed[template])
    wanted = [
        "Of 272 stations in Overbridge",
        "sources cited",
        "Options considered",
        "Go on as now",
        "counts what is built",
    ]
    wanted += [
        "0000-0002-1825-0097",
        "Fund for Public Ways",
        "City Foundation",
        "thank the riders",
        "not those of the funders",
    ]
    wanted += ["978-3-16-148410-0", "10.1234/ways.7", "stations, step-free", "Photograph: Ada Line"]
    if template != "factsheet":
        wanted += [
            "What opened in 2019, the riders say",
            "Two paces",
            "How a lift is counted",
            "Without a stair",
            "of CO2 in",
        ]
        wanted += [
            "see Figure 4 and Table 2, below",
            "Annex A",
            "Annex B",
            "What we did not read",
            "We have asked for them",
        ]
    assert [words for words in wanted if words.replace(" ", "") not in said] == []
    assert "Askthepressoffice" not in said


@pytest.mark.rest
@pytest.mark.parametrize("template", TEMPLATES)
def test_notes_called_one_behind_the_other_are_parted(printed: dict[str, Path], template: str) -> None:
    """The action of recommendation 2 ends with a note, and its evidence is another one; a mark parts two of the summary."""
    said = read_aloud(printed[template])
    assert re.search(r"witheverylift\.\d+,\d+", said)
    assert "disputes.2≠3" in said


def read_aloud(path: Path) -> str:
    """All words of a file in the order of its tags, without spaces: these stand between all pieces of a line."""
    return re.sub(r"[\s\u2060]+", "", TagTree(path).root.text)
