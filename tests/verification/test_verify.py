"""What a printed brief carries, and whether anybody can change it unnoticed."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import re
import shutil
import subprocess
import sys
import zlib
from collections.abc import Callable
from pathlib import Path

import pypdfium2
import pytest
from pypdf import PdfReader, PdfWriter
from pypdf.generic import (
    ArrayObject,
    ByteStringObject,
    DecodedStreamObject,
    DictionaryObject,
    FloatObject,
    NameObject,
    NumberObject,
)

from c6brief.brief.record import canonical_json, sha256
from c6brief.manifest.model import Manifest, ProseBlock, build_schema, seal, to_json
from c6brief.manifest.page_painting import PaintingHasher
from c6brief.manifest.word_search import extract_letters, find_words
from c6brief.verification.prose_changes import compare_prose
from tests.support.paths import REPOSITORY
from tests.support.project import BRIEF, SEEDS, Folder

PROSE = """\
      Some stations are step-free. [@step-free]

      The director said “Every station will have a lift by 2030”, though there were 2,500 doubts.
      [@lift-everywhere]
"""

EDITIONS = {
    # the file everything is tried on
    "first": {},
    # words turned round in the evidence base and printed consistently: a forger with the tool
    "forged": {
        "seeds/quotes.yaml": ("will have", "will not have"),
        "seeds/texts/transit.txt": ("will have", "will not have"),
        "seeds/claims.yaml": ("station will have", "station will not have"),
        "briefs/lifts.yaml": ("will have", "will not have"),
    },
    # a later edition, honestly made
    "second": {
        "seeds/claims.yaml": (
            '    - {source: riders-2024, exact: "Ninety-four stations are step-free, and the union counted them."}\n',
            "",
        ),
        "seeds/events.yaml": ("date: 2021, exact", "date: 2019, exact"),
        "seeds/sources.yaml": ("grade: C3", "grade: C4"),
        "briefs/lifts.yaml": ("though there were 2,500 doubts", "so “Every station will have a lift”"),
    },
}


def build(root: Path, changes: dict[str, tuple[str, str]]) -> Path:
    files = {**SEEDS, "briefs/lifts.yaml": BRIEF.replace("      Some stations are step-free. [@step-free]\n", PROSE)}
    for name, (old, new) in changes.items():
        assert old in files[name], (name, old)
        files[name] = files[name].replace(old, new)
    for name, content in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content, encoding="utf-8")
    return root / "briefs" / "lifts.yaml"


@pytest.fixture(scope="session")
def editions(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Every edition's project, rendered, in one process."""
    roots = {name: tmp_path_factory.mktemp(name) for name in EDITIONS}
    specs = [str(build(roots[name], changes)) for name, changes in EDITIONS.items()]
    done = subprocess.run(
        [sys.executable, "-m", "c6brief", "render", *specs], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0 and "error[" not in done.stderr, done.stderr
    return roots


@pytest.fixture
def pdf(editions: dict[str, Path], tmp_path: Path) -> Path:
    """A copy of the first edition."""
    return Path(shutil.copy(editions["first"] / "output" / "lifts.pdf", tmp_path / "lifts.pdf"))


@pytest.fixture
def other(editions: dict[str, Path]) -> Path:
    return editions["second"] / "output" / "lifts.pdf"


def manifest_of(path: Path) -> Manifest:
    return Manifest.model_validate_json(PdfReader(path).attachments["manifest.json"][0])


def resaved(path: Path, change: Callable[[PdfWriter], object]) -> None:
    """``path`` written again by pypdf, with a change."""
    writer = PdfWriter(clone_from=PdfReader(path))
    change(writer)
    made = io.BytesIO()
    writer.write(made)
    path.write_bytes(made.getvalue())


# What the file carries


def test_attachments_are_associated_files_with_name_type_relationship_and_date(pdf: Path) -> None:
    root = PdfReader(pdf).trailer["/Root"]
    names = root["/Names"]["/EmbeddedFiles"]["/Names"]
    assert names[::2] == ["figure-1-lifts.csv", "lifts.yaml", "manifest.json"]
    found = {}
    for spec in root["/AF"]:
        spec = spec.get_object()
        stream = spec["/EF"]["/F"]
        assert stream["/Params"]["/ModDate"] == "D:20260302000000Z"
        assert stream["/Params"]["/Size"] == len(stream.get_data())
        found[spec["/UF"]] = (spec["/AFRelationship"], stream["/Subtype"])
    assert found == {
        "figure-1-lifts.csv": ("/Data", "/text/csv"),
        "lifts.yaml": ("/Source", "/application/yaml"),
        "manifest.json": ("/Supplement", "/application/json"),
    }
    assert len(root["/AF"]) == len(found)


def test_a_figure_s_data_hang_on_its_element_of_the_tag_tree(pdf: Path) -> None:
    figures, waiting = [], [PdfReader(pdf).trailer["/Root"]["/StructTreeRoot"]]
    while waiting:
        element = waiting.pop().get_object()
        if isinstance(element, DictionaryObject):
            figures += [element] if element.get("/S") == "/Figure" else []
            kids = element.get("/K", ArrayObject())
            waiting += kids if isinstance(kids, ArrayObject) else [kids]
    [figure] = figures
    [spec] = figure["/AF"]
    assert figure["/Alt"].startswith("Timeline of two events")
    assert spec.get_object()["/UF"] == "figure-1-lifts.csv"
    rows = list(csv.DictReader(io.StringIO(spec.get_object()["/EF"]["/F"].get_data().decode())))
    assert [(row["event"], row["source"], row["date"], row["conflict"]) for row in rows] == [
        ("works-begin", "transit-2024", "2018", "no"),
        ("first-lift", "transit-2024", "2019", "yes"),
        ("first-lift", "riders-2024", "2021", "yes"),
    ]


def test_the_manifest_has_every_passage_with_its_place(pdf: Path, editions: dict[str, Path]) -> None:
    manifest = manifest_of(pdf)
    for passage in manifest.record.passages:
        quote, position = passage.selector
        name = {"transit-2024": "transit", "riders-2024": "riders"}[passage.source]
        text = (editions["first"] / f"seeds/texts/{name}.txt").read_text(encoding="utf-8")
        assert text[position.start : position.end] == quote.exact
        assert text[: position.start].endswith(quote.prefix)
        assert text[position.end :].startswith(quote.suffix)
    found = {passage.id: passage for passage in manifest.record.passages}
    assert set(found) == {
        "first-lift/1", "first-lift/2", "lift-everywhere", "plan-2030/1", "plan-2030/2",
        "run-in/1", "step-free/1", "step-free/2", "works-begin/1",
    }  # fmt: skip
    assert (found["lift-everywhere"].speaker, found["lift-everywhere"].paragraph) == ("Ada Line", 2)
    assert (found["first-lift/2"].grade, found["first-lift/2"].voice) == ("C3", "riders-union")
    printed = [(each.passage, each.form) for each in manifest.printed]
    assert printed == [
        ("lift-everywhere", "pull-quote"),
        ("run-in/1", "run-in"),
        ("plan-2030/1", "claim"),
        ("plan-2030/2", "claim"),
    ]
    assert all(each.pages for each in manifest.printed)
    strengths = {
        each.id: (each.kind, each.backing, each.contested, each.conflict) for each in manifest.record.statements
    }
    assert strengths == {
        "first-lift": ("event", "corroborated", False, True),
        "plan-2030": ("claim", "single voice", True, False),
        "step-free": ("claim", "corroborated", False, False),
        "works-begin": ("event", "single voice", False, False),
    }
    numbers = {(each.text, each.verdict) for each in manifest.record.numbers}
    assert {
        ("2018", "in-cited-words"),
        ("2030", "in-cited-words"),
        ("2,500", "not-found"),
        ("1,061", "in-source-text"),
    } <= numbers
    assert "seeds/texts/riders.txt" in {each.path for each in manifest.inputs}
    assert any(each.path.endswith("SourceSerif4-Regular.ttf") for each in manifest.inputs)


def test_source_texts_are_not_attached(pdf: Path) -> None:
    whole = b"".join(data for files in PdfReader(pdf).attachments.values() for data in files)
    assert b"Nobody has seen a plan" in whole
    assert b"Getting on board\n\n" not in whole


def test_the_schema_is_fresh() -> None:
    written = (REPOSITORY / "docs" / "manifest.schema.json").read_text(encoding="utf-8")
    assert written == build_schema(), "run python -m c6brief.manifest.model"


# A file that nobody changed


def test_an_untouched_file_is_whole(pdf: Path, folder: Folder) -> None:
    result = folder.run("verify", str(pdf))
    assert (result.status, result.err) == (0, "")
    assert ": whole\n" in result.out
    assert "4 quotations on their pages, word for word" in result.out
    assert "byte for byte" not in result.out, "a hash without a secret proves nothing about who printed it"
    assert "who printed it is not proved" in result.out
    found = json.loads(folder.run("verify", str(pdf), "--format", "json").out)
    assert (found["whole"], found["untouched"], found["problems"]) == (True, True, [])
    for known in (
        found["seal"],
        found["short_seal"],
        found["short_seal"].lower().replace("-", " "),
        found["fingerprint"],
    ):
        assert folder.run("verify", str(pdf), "--expect", known).status == 0
    known = folder.run("verify", str(pdf), "--expect", found["short_seal"])
    assert "the seal is the one expected" in known.out
    assert "is not proved" not in known.out
    known = folder.run("verify", str(pdf), "--expect", found["fingerprint"])
    assert "It does not cover the prose" in known.out
    assert "is not proved" in known.out


def by_pypdf(path: Path) -> None:
    def squeeze(writer: PdfWriter) -> None:
        for page in writer.pages:
            page.compress_content_streams(level=1)
        writer.compress_identical_objects()

    resaved(path, squeeze)


def by_pdfium(path: Path) -> None:
    document = pypdfium2.PdfDocument(path.read_bytes())
    document.save(path)


@pytest.mark.parametrize("save", [by_pypdf, by_pdfium])
def test_a_file_that_was_saved_again_passes_and_is_told_so(
    pdf: Path, folder: Folder, save: Callable[[Path], None]
) -> None:
    save(pdf)
    result = folder.run("verify", str(pdf))
    assert (result.status, result.err) == (0, ""), result.err
    assert "saved again since it was printed" in result.out
    assert "nothing changed" in result.out
    assert json.loads(folder.run("verify", str(pdf), "--format", "json").out)["untouched"] is False


def test_a_template_that_leaves_things_out_and_adds_others(folder: Folder) -> None:
    folder.write("templates/plain/added.txt", "A file of the template's.")
    folder.write(
        "templates/plain/brief.html.j2",
        "<html lang=en><title>{{ brief.title }}</title><link rel=attachment href=added.txt title=Added>"
        "<p style=\"font-family: 'Source Serif 4'\">{{ brief.title }}, evidence {{ brief.options.mark }}",
    )
    folder.write("templates/plain/style.css", "p { font-family: 'Source Serif 4' }")
    rendered = ("render", "briefs/lifts.yaml", "--template", "plain", "--set")
    assert folder.run(*rendered, "options.mark=AAAA-BBBB-CCCC-DDDD").status == 0
    manifest = manifest_of(folder.root / "output" / "lifts.pdf")
    assert manifest.settings == ("options.mark=AAAA-BBBB-CCCC-DDDD",)
    assert {each.pages for each in manifest.printed} == {()}
    assert [each.name for each in manifest.attachments] == ["added.txt", "figure-1-lifts.csv", "lifts.yaml"]
    [figure] = manifest.figures
    [content] = PdfReader(folder.root / "output" / "lifts.pdf").attachments["figure-1-lifts.csv"]
    attached = list(csv.reader(io.StringIO(content.decode())))
    assert [list(figure.columns), *map(list, figure.rows)] == attached, "the manifest repeats the data of each figure"
    result = folder.run("verify", "output/lifts.pdf")
    assert result.rules == ["printed-fingerprint"], result.err
    assert folder.run(*rendered, f"options.mark={manifest.fingerprint}").status == 0
    result = folder.run("verify", "output/lifts.pdf")
    assert (result.status, result.err) == (0, "")
    assert "0 quotations" in result.out
    specs = [spec.get_object() for spec in PdfReader(folder.root / "output" / "lifts.pdf").trailer["/Root"]["/AF"]]
    assert {spec["/EF"]["/F"]["/Params"]["/CreationDate"] for spec in specs} == {"D:20260302000000Z"}


@pytest.mark.parametrize(
    ("markup", "what"),
    [
        ('<a rel="attachment" href="added.txt">a file</a>', "/FileAttachment"),
        ('<input name="answer" value="yes" style="appearance: auto">', "a form"),
    ],
)
def test_what_verify_would_refuse_is_not_printed(folder: Folder, markup: str, what: str) -> None:
    folder.write("templates/plain/added.txt", "A file of the template's.")
    folder.write("templates/plain/style.css", "p, input { font-family: 'Source Serif 4' }")
    page = "<html lang=en><title>A page</title><link rel=stylesheet href=style.css><h1>A page</h1><p>"
    folder.write("templates/plain/brief.html.j2", page + markup)
    result = folder.run("render", "briefs/lifts.yaml", "--template", "plain")
    assert (result.status, "not-verifiable" in result.rules) == (1, True), result.err
    assert what in result.err
    assert not (folder.root / "output").exists()


# Tampering


def retyped(old: str, new: str) -> Callable[[Path], None]:
    """Words on a page set otherwise, in the glyphs that the page's own font has: what a PDF editor does."""

    def change(path: Path) -> None:
        def retype(writer: PdfWriter) -> None:
            done = sum(_retype(page, old, new, writer) for page in writer.pages)
            assert done, f"no page shows {old!r} in one piece"

        resaved(path, retype)

    change.__name__ = f"{old}>{new}"
    return change


def _retype(page: DictionaryObject, old: str, new: str, writer: PdfWriter) -> int:
    """Set ``old`` as ``new`` where a page first shows it; how often that was done."""
    letters: dict[str, str] = {}
    done = 0

    def set_anew(match: re.Match[str]) -> str:
        nonlocal letters, done
        if match["font"]:
            cmap = page["/Resources"]["/Font"][match["font"]]["/ToUnicode"].get_data().decode()
            listed = "".join(re.findall(r"beginbfchar(.*?)endbfchar", cmap, re.S))
            pairs = re.findall(r"<(\w{4})>\s*<(\w+)>", listed)
            letters = {code.lower(): bytes.fromhex(text).decode("utf-16-be") for code, text in pairs}
            return match[0]
        codes = {letter: code for code, letter in letters.items()}
        shown = "".join(re.findall(r"<(\w+)>", match["shown"])).lower()
        text = "".join(letters.get(shown[at : at + 4], "?") for at in range(0, len(shown), 4))
        if done or old not in text or any(letter not in codes for letter in new):
            return match[0]
        done += 1
        return "[<" + "".join(codes.get(letter, "0000") for letter in text.replace(old, new)) + ">] TJ"

    content = page.get_contents().get_data().decode("latin-1")
    content = re.sub(r"(?P<font>/\w+) [\d.]+ Tf|\[(?P<shown>[^\]]*)\] TJ", set_anew, content)
    if done:
        stream = DecodedStreamObject()
        stream.set_data(content.encode("latin-1"))
        page[NameObject("/Contents")] = writer._add_object(stream)
    return done


def embedded(writer: PdfWriter) -> ArrayObject:
    return writer.root_object["/Names"]["/EmbeddedFiles"]["/Names"]


def with_attachment(name: str, make: Callable[[bytes], bytes]) -> Callable[[Path], None]:
    """The bytes of an attachment changed, its specification left alone."""

    def change(path: Path) -> None:
        def swap(writer: PdfWriter) -> None:
            names = embedded(writer)
            stream = names[names.index(name) + 1].get_object()["/EF"]["/F"].get_object()
            new = make(stream.get_data())
            stream._data = zlib.compress(new)
            measured = hashlib.md5(new, usedforsecurity=False).digest()
            stream["/Params"].update(
                {NameObject("/Size"): NumberObject(len(new)), NameObject("/CheckSum"): ByteStringObject(measured)}
            )

        resaved(path, swap)

    return change


def without_attachment(name: str) -> Callable[[Path], None]:
    def change(path: Path) -> None:
        def take_out(writer: PdfWriter) -> None:
            names = embedded(writer)
            at = names.index(name)
            reference = names[at + 1]
            del names[at : at + 2]
            files = writer.root_object["/AF"]
            del files[[each.idnum for each in files].index(reference.idnum)]

        resaved(path, take_out)

    return change


def edited_manifest(change: Callable[[dict], None], *, again: bool = False) -> Callable[[Path], None]:
    """The manifest changed; ``again`` sealed anew, as somebody would who has read our source."""

    def make(data: bytes) -> bytes:
        value = json.loads(data)
        change(value)
        if not again:
            return json.dumps(value, ensure_ascii=False).encode()
        manifest = Manifest.model_validate_json(json.dumps(value))
        return to_json(seal(manifest.model_copy(update={"fingerprint": manifest.record.fingerprint})))

    return with_attachment("manifest.json", make)


def negate(value: dict) -> None:
    for passage in value["record"]["passages"]:
        for key, text in (("quoted", passage["quoted"]), ("exact", passage["selector"][0]["exact"])):
            changed = text.replace("will have", "will not have")
            if key == "quoted":
                passage["quoted"] = changed
            else:
                passage["selector"][0]["exact"] = changed
    for printed in value["printed"]:
        printed["words"] = printed["words"].replace("will have", "will not have")


def painted_over(path: Path) -> None:
    def paint(writer: PdfWriter) -> None:
        page = writer.pages[0]
        stream = DecodedStreamObject()
        stream.set_data(page.get_contents().get_data() + b"\nq 1 1 1 rg 50 50 300 300 re f Q\n")
        page[NameObject("/Contents")] = writer._add_object(stream)

    resaved(path, paint)


def with_note_on_top(path: Path) -> None:
    from pypdf.annotations import FreeText

    resaved(path, lambda writer: writer.add_annotation(0, FreeText(text="No longer valid", rect=(50, 550, 200, 650))))


def with_another_glyph(path: Path) -> None:
    def redraw(writer: PdfWriter) -> None:
        fonts = writer.pages[0]["/Resources"]["/Font"]
        font = fonts[sorted(fonts)[0]]["/DescendantFonts"][0]["/FontDescriptor"]
        key = next(key for key in font if key.startswith("/FontFile"))
        stream = font[key].get_object()
        stream._data = zlib.compress(stream.get_data()[:-1] + b"x")

    resaved(path, redraw)


def with_other_title(path: Path) -> None:
    resaved(path, lambda writer: writer.add_metadata({"/Title": "Another title"}))


def with_layers(path: Path) -> None:
    resaved(path, lambda writer: writer.root_object.update({NameObject("/OCProperties"): DictionaryObject()}))


def moved_page(path: Path) -> None:
    def crop(writer: PdfWriter) -> None:
        box = writer.pages[0]["/MediaBox"]
        writer.pages[0][NameObject("/MediaBox")] = ArrayObject([*box[:2], box[2], FloatObject(float(box[3]) / 2)])

    resaved(path, crop)


def only_first_page(path: Path) -> None:
    resaved(path, lambda writer: writer.remove_page(len(writer.pages) - 1))


def reversed_pages(path: Path) -> None:
    def reverse(writer: PdfWriter) -> None:
        kids = writer.root_object["/Pages"]["/Kids"]
        kids[:] = list(reversed(kids))

    resaved(path, reverse)


def blank_page_added(path: Path) -> None:
    resaved(path, lambda writer: writer.add_blank_page())


def file_added(path: Path) -> None:
    resaved(path, lambda writer: writer.add_attachment("more.txt", b"more"))


def figure_cut_loose(path: Path) -> None:
    def cut(writer: PdfWriter) -> None:
        for each in writer._objects:
            if isinstance(each, DictionaryObject) and each.get("/S") == "/Figure":
                del each["/AF"]

    resaved(path, cut)


def not_associated(path: Path) -> None:
    resaved(path, lambda writer: writer.root_object.__delitem__("/AF"))


TAMPERED = {
    "a word of a quotation": (retyped("Every", "Never"), {"page-text", "quotation-lost"}),
    "a negation": (retyped("will have", "will not have"), {"page-text"}),
    "a number in prose": (retyped("2,500", "5,200"), {"page-text"}),
    "a note": (retyped("Accounts differ", "Accounts"), {"page-text"}),
    "spaces": (retyped("a lift", "al ift"), {"page-text"}),
    "the manifest's words": (edited_manifest(negate), {"manifest-seal", "manifest-fingerprint", "quotation-lost"}),
    "the manifest's words, sealed again": (edited_manifest(negate, again=True), {"quotation-lost"}),
    "a grade in the manifest": (
        edited_manifest(lambda value: value["record"]["sources"][0].update(grade="A1")), {"manifest-seal", "manifest-fingerprint"}
    ),
    "a hash in the manifest": (
        edited_manifest(lambda value: value["attachments"][0].update(sha256="0" * 64)), {"manifest-seal", "attachment-changed"}
    ),
    "a quotation taken out of the manifest": (edited_manifest(lambda value: value["printed"].clear()), {"manifest-seal"}),
    "manifest removed": (without_attachment("manifest.json"), {"no-manifest"}),
    "specification removed": (without_attachment("lifts.yaml"), {"attachment-missing"}),
    "specification changed": (with_attachment("lifts.yaml", lambda data: data + b"\n"), {"attachment-changed"}),
    "data changed": (with_attachment("figure-1-lifts.csv", lambda data: data.replace(b"2019", b"2018")), {"attachment-changed"}),
    "file added": (file_added, {"attachment-added"}),
    "files cut loose": (not_associated, {"attachment-place"}),
    "data cut loose from its figure": (figure_cut_loose, {"attachment-place"}),
    "page removed": (only_first_page, {"page-missing"}),
    "page added": (blank_page_added, {"page-added"}),
    "pages in another order": (reversed_pages, {"page-order"}),
    "painted over": (painted_over, {"page-painted"}),
    "a comment on top": (with_note_on_top, {"foreign-file", "page-links"}),
    "a glyph redrawn": (with_another_glyph, {"page-painted"}),
    "half a page cut away": (moved_page, {"page-frame"}),
    "another title in its properties": (with_other_title, {"part-changed"}),
    "layers": (with_layers, {"foreign-file"}),
}  # fmt: skip


@pytest.mark.sample(9)
@pytest.mark.parametrize("name", TAMPERED)
def test_tampering_is_noticed(pdf: Path, folder: Folder, name: str) -> None:
    change, rules = TAMPERED[name]
    before = pdf.read_bytes()
    change(pdf)
    assert pdf.read_bytes() != before
    result = folder.run("verify", str(pdf))
    assert result.status == 1, result.out
    assert rules <= set(result.rules), result.err
    assert ": whole" not in result.out


def test_a_manifest_of_another_brief_is_noticed(pdf: Path, other: Path, folder: Folder) -> None:
    foreign = PdfReader(other).attachments["manifest.json"][0]
    with_attachment("manifest.json", lambda _: foreign)(pdf)
    assert "page-text" in folder.run("verify", str(pdf)).rules


def test_a_page_of_another_file_is_noticed(pdf: Path, editions: dict[str, Path], folder: Folder) -> None:
    def graft(writer: PdfWriter) -> None:
        page = PdfReader(editions["forged"] / "output" / "lifts.pdf").pages[0].clone(writer)
        for key in ("/Contents", "/Resources"):
            writer.pages[0][NameObject(key)] = page[key].indirect_reference

    resaved(pdf, graft)
    result = folder.run("verify", str(pdf))
    assert {"page-text", "quotation-lost"} <= set(result.rules), result.err
    assert "will not" in result.err


def test_a_problem_names_file_page_and_words(pdf: Path, folder: Folder) -> None:
    retyped("2,500", "5,200")(pdf)
    page = next(number for number, each in enumerate(manifest_of(pdf).pages, 1) if "2,500" in each.text)
    result = folder.run("verify", str(pdf))
    message = f"page {page}: “were 2,500 doubts.” was printed, “were 5,200 doubts.” stands there now"
    assert f"{pdf}:{page}:1: error[page-text]: {message}\n" in result.err, result.err
    problems = json.loads(folder.run("verify", str(pdf), "--format", "json").out)["problems"]
    assert ("page-text", page, message) in [(each["rule"], each["line"], each["message"]) for each in problems]


# What only the evidence base, or a seal known from elsewhere, can tell


def test_a_consistent_forgery_is_whole_by_itself_and_false_against_the_evidence(
    editions: dict[str, Path], folder: Folder
) -> None:
    forged = str(editions["forged"] / "output" / "lifts.pdf")
    assert folder.run("verify", forged).status == 0
    honest = manifest_of(editions["first"] / "output" / "lifts.pdf")
    assert folder.run("verify", forged, "--expect", honest.short_seal).rules == ["other-seal"]
    result = folder.run("verify", forged, "--seeds", str(editions["first"] / "seeds"))
    assert result.status == 1
    assert {"words-changed", "not-in-source"} <= set(result.rules), result.err


def test_nothing_has_changed(pdf: Path, editions: dict[str, Path], folder: Folder) -> None:
    for where in (editions["first"] / "seeds", editions["first"]):
        result = folder.run("verify", str(pdf), "--seeds", str(where))
        assert (result.status, result.err) == (0, "")
        assert "against the evidence base now: 9 passages, 9 unchanged" in result.out


SINCE = {
    "words": ({"seeds/quotes.yaml": ("by 2030.", "[...] 2030.")}, 1, {"words-changed"}, {"lift-everywhere": ["words-changed"]}),
    "an entry": (
        {"seeds/quotes.yaml": ("lift-everywhere", "lift-anywhere")}, 1, {"entry-gone"}, {"lift-everywhere": ["entry-gone"]},
    ),
    "an account": (
        {"seeds/claims.yaml": ("    - {source: riders-2024, stance: disputes, exact: Nobody has seen a plan for 2030.}\n", "")},
        1, {"entry-gone", "strength-changed", "accounts-changed"}, {"plan-2030/2": ["entry-gone", "strength-changed"]},
    ),
    "a source's text, elsewhere": (
        {"seeds/texts/transit.txt": ("Getting on board", "Getting aboard")}, 0, {"source-text-changed"},
        {"lift-everywhere": ["source-text-changed"], "plan-2030/2": ["unchanged"]},
    ),
    "a source's text, here": (
        {"seeds/texts/transit.txt": ("The first lift opened in 2019.", "")}, 1, {"source-text-changed", "not-in-source"},
        {"first-lift/1": ["not-in-source", "source-text-changed"]},
    ),
    "a voice": (
        {"seeds/sources.yaml": ("voice: riders-union", "voice: city")}, 1, {"voice-changed", "strength-changed"},
        {"step-free/2": ["voice-changed", "strength-changed"]},
    ),
    "a grade": ({"seeds/sources.yaml": ("grade: B2", "grade: D4")}, 1, {"grade-changed"}, {"works-begin/1": ["grade-changed"]}),
    "a date": (
        {"seeds/events.yaml": ("date: 2021", "date: 2019")}, 1, {"strength-changed"}, {"first-lift/1": ["strength-changed"]},
    ),
    "a title": ({"seeds/events.yaml": ("Works begin", "Works start")}, 1, {"statement-changed"}, {}),
    "a table": ({"seeds/tables/access.yaml": ("1061", "1062")}, 1, {"table-changed"}, {}),
    "a source": (
        {"seeds/sources.yaml": ("riders-2024", "walkers-2024")}, 1, {"source-gone", "unknown-id"}, {"first-lift/2": ["unreadable", "source-gone"]},
    ),
}  # fmt: skip


@pytest.mark.sample(4)
@pytest.mark.parametrize("name", SINCE)
def test_what_has_changed_since_print(pdf: Path, folder: Folder, tmp_path: Path, name: str) -> None:
    changes, status, rules, states = SINCE[name]
    build(tmp_path / "now", changes)
    result = folder.run("verify", str(pdf), "--seeds", str(tmp_path / "now" / "seeds"))
    assert (result.status, ": whole" in result.out) == (status, True), result.err
    assert rules <= set(result.rules), result.err
    found = json.loads(
        folder.run("verify", str(pdf), "--seeds", str(tmp_path / "now" / "seeds"), "--format", "json").out
    )
    assert states.items() <= found["passages"].items(), found["passages"]


def test_no_seeds_there(pdf: Path, folder: Folder) -> None:
    assert folder.run("verify", str(pdf), "--seeds", "nowhere").rules == ["no-such-folder"]


# Files made to hurt


def deep(opening: str, closing: str) -> Callable[[bytes], bytes]:
    return lambda _: (opening * 100_000 + closing * 100_000).encode()


MANIFESTS: dict[str, Callable[[bytes], bytes]] = {
    "empty": lambda _: b"",
    "no JSON": lambda _: b"\xff\xfe not JSON",
    "deep lists": deep("[", "]"),
    "deep objects": deep('{"a":', "}"),
    "a list": lambda _: b"[]",
    "an empty object": lambda _: b"{}",
    "wrong types": lambda data: data.replace(b'"pages": [', b'"pages": [17, null, '),
    "unknown keys": lambda data: data.replace(b'"format"', b'"more": 1, "format"', 1),
    "a key twice": lambda data: data.replace(b'"version": 2', b'"version": 2, "version": 2', 1),
    "no number": lambda data: data.replace(b'"csl": {', b'"csl": {"n": NaN, ', 1),
    "a number without end": lambda data: data.replace(b'"csl": {', b'"csl": {"n": 1e999, ', 1),
    "half a character": lambda data: data.replace(b'"csl": {', b'"csl": {"n": "\\ud800", ', 1),
    "a long number": lambda data: data.replace(b'"version": 2', b'"version": ' + b"1" * 5000, 1),
    "another version": lambda data: data.replace(b'"version": 2', b'"version": 3', 1),
    "deep CSL": lambda data: data.replace(b'"csl": {', b'"csl": {"n": ' + b"[" * 150 + b"]" * 150 + b", ", 1),
    "control characters": lambda data: data.replace(b"Ada Line", b"Ada \\u001b[31mLine"),
}


@pytest.mark.sample(4)
@pytest.mark.parametrize("name", MANIFESTS)
def test_a_bad_manifest_is_a_problem(pdf: Path, folder: Folder, name: str) -> None:
    with_attachment("manifest.json", MANIFESTS[name])(pdf)
    for arguments in (["verify", str(pdf)], ["verify", str(pdf), "--format", "json"], ["diff", str(pdf), str(pdf)]):
        result = folder.run(*arguments)
        assert result.status == 1
        assert "internal" not in result.err
        assert "\x1b" not in result.out + result.err
        if "--format" not in arguments:
            assert {"manifest-form", "manifest-version", "manifest-seal"} & set(result.rules), result.err


def page_without_end(data: bytes) -> bytes:
    return b"""%PDF-1.7
1 0 obj <</Type/Catalog/Pages 2 0 R>> endobj
2 0 obj <</Type/Pages/Kids[2 0 R]/Count 1>> endobj
trailer <</Root 1 0 R>>
"""


def form_without_end(data: bytes) -> bytes:
    return b"""%PDF-1.7
1 0 obj <</Type/Catalog/Pages 2 0 R>> endobj
2 0 obj <</Type/Pages/Kids[3 0 R]/Count 1>> endobj
3 0 obj <</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]/Contents 4 0 R/Resources<</XObject<</F 5 0 R>>>>>> endobj
4 0 obj <</Length 12>> stream
/F Do /F Do
endstream endobj
5 0 obj <</Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</F 5 0 R>>>>/Length 36>> stream
/F Do /F Do /F Do /F Do /F Do /F Do
endstream endobj
trailer <</Root 1 0 R>>
"""


FILES: dict[str, tuple[Callable[[bytes], bytes], set[str]]] = {
    "empty": (lambda _: b"", {"not-a-pdf"}),
    "text": (lambda _: b"title: x\n", {"not-a-pdf"}),
    "only a header": (lambda _: b"%PDF-1.7\n", {"pdf-damaged"}),
    "noise": (lambda _: b"%PDF-1.7\n" + bytes(range(256)) * 50, {"pdf-damaged"}),
    "cut off": (lambda data: data[: len(data) // 2], {"pdf-damaged"}),
    "without its end": (lambda data: data[:-2000], {"pdf-damaged"}),
    "without its beginning": (lambda data: b"%PDF-1.7\n" + data[5000:], {"foreign-file"}),
    "bytes turned over": (
        lambda data: data[:3000] + bytes(255 - b for b in data[3000:9000]) + data[9000:],
        {"foreign-file"},
    ),
    "pages that hold themselves": (page_without_end, {"pdf-damaged"}),
    "a drawing that holds itself": (form_without_end, {"pdf-damaged"}),
    "100 MB": (lambda data: data + b"\0" * (100_000_000 - len(data)), {"file-too-large"}),
}


@pytest.mark.sample(5)
@pytest.mark.parametrize("name", FILES)
def test_a_bad_file_is_a_problem(pdf: Path, folder: Folder, name: str) -> None:
    make, rules = FILES[name]
    pdf.write_bytes(make(pdf.read_bytes()))
    result = folder.run("verify", str(pdf))
    assert result.status == 1, result.out
    assert rules & set(result.rules), result.err
    assert "internal" not in result.err
    assert folder.run("diff", str(pdf), str(pdf)).status == 1


def test_an_encrypted_file_is_a_problem(pdf: Path, folder: Folder) -> None:
    resaved(pdf, lambda writer: writer.encrypt("secret", algorithm="RC4-128"))
    assert folder.run("verify", str(pdf)).rules == ["pdf-encrypted"]


def test_no_file_a_folder_and_no_argument(folder: Folder) -> None:
    assert folder.run("verify", "nothing.pdf").rules == ["no-such-file"]
    assert folder.run("verify", "seeds").rules == ["not-a-file"]
    assert folder.run("verify").status == 2
    assert folder.run("diff", "one.pdf").status == 2
    assert folder.run("verify", "x.pdf", "--format", "xml").status == 2


# Two editions


def test_two_copies_do_not_differ(pdf: Path, folder: Folder) -> None:
    result = folder.run("diff", str(pdf), str(pdf))
    assert (result.status, result.out) == (0, "no differences\n")


def test_what_changed_between_two_editions(pdf: Path, other: Path, folder: Folder) -> None:
    result = folder.run("diff", str(pdf), str(other))
    assert (result.status, result.err) == (0, "")
    found = json.loads(folder.run("diff", str(pdf), str(other), "--format", "json").out)["differences"]
    told = {(each["subject"], each["id"]): each for each in found}
    assert told["strengths", "step-free"]["old"] == "corroborated (city, riders-union)"
    assert told["strengths", "step-free"]["new"] == "single voice (city)"
    assert told["strengths", "first-lift"]["old"] == "corroborated (city, riders-union), conflict"
    assert told["quotations", "Every station will have a lift"]["change"] == "added"
    assert "grade C4" in told["sources", "riders-2024"]["new"]
    assert "first-lift/2 | riders-2024 | 2021" in told["figures", "lifts"]["old"]
    assert "first-lift/2 | riders-2024 | 2019" in told["figures", "lifts"]["new"]
    assert ("quotations", "lift-everywhere (pull-quote)") not in told
    assert "strengths\n" in result.out
    assert "      - corroborated (city, riders-union)\n      + single voice (city)\n" in result.out


def test_a_file_that_is_not_whole_is_not_compared(pdf: Path, other: Path, folder: Folder) -> None:
    retyped("2,500", "5,200")(pdf)
    result = folder.run("diff", str(pdf), str(other))
    assert (result.status, result.out) == (1, "")
    assert "page-text" in result.rules


# Words on pages


@pytest.mark.parametrize(
    ("words", "pages", "found"),
    [
        ("avoids supranational bodies", [("It avoids suprana-", "tional bodies.",)], (1,)),
        ("a lift by 2030", [("has a lift", "12", "○", "by 2030",)], (1,)),
        ("has a lift by 2030", [("It has a", "1 Note.", "Running title 1"), ("lift by 2030.", "2")], (1, 2)),
        ("it’s “here”", [("it's 'here'",)], (1,)),
        ("a lift", [("a lifted hand", "gala lift")], ()),
        ("will have", [("will not have",)], ()),
        ("Will have", [("will have",)], ()),
        ("has 25% more", [("has 25 more",)], ()),
        ("", [("x",)], ()),
    ],
)  # fmt: skip
def test_words_are_found_as_print_breaks_them(words: str, pages: list[tuple[str, ...]], found: tuple[int, ...]) -> None:
    assert find_words([words], [extract_letters(page) for page in pages]) == [found]


def test_words_printed_twice_are_wanted_twice() -> None:
    pages = [extract_letters(["No lift, but a lift."]), extract_letters(["And a lift."])]
    assert find_words(["a lift"] * 3, pages) == [(1,), (2,), ()]


# Prose between editions


def test_the_manifest_has_the_prose_without_notes_and_marks(pdf: Path) -> None:
    prose = [(each.block, each.text) for each in manifest_of(pdf).prose or ()]
    assert prose[:3] == [
        ("title", "Stations wait for their lifts"),
        ("subtitle", "What two sources say"),
        ("key messages", "Ninety-four stations are step-free."),
    ]
    assert ("section-lifts", "The works began in 2018.") in prose
    assert prose[-4:] == [("recommendations", each) for each in ("Publish the plan.", "City Transit", "2027", "Riders")]
    assert not any(sign in text for _, text in prose for sign in "●○≠~")


def test_a_sentence_of_prose_that_changed(pdf: Path, other: Path, folder: Folder) -> None:
    found = json.loads(folder.run("diff", str(pdf), str(other), "--format", "json").out)
    assert found["without_prose"] == []
    [told] = [each for each in found["differences"] if each["subject"] == "prose"]
    assert (told["change"], told["id"]) == ("changed", "section-access")
    assert "2,500 doubts" in told["old"]
    assert "2,500 doubts" not in told["new"]


def as_first_edition(data: bytes, path: Path) -> bytes:
    """A manifest as c6brief wrote it until the second edition."""
    value, hasher = json.loads(data), PaintingHasher()
    value["version"] = 1
    for key in ("prose", "parts", "seal"):
        del value[key]
    for page, found in zip(value["pages"], PdfReader(path).pages, strict=True):
        del page["frame"], page["links"]
        page["painted"] = hasher.hash_page(found)
    value["seal"] = sha256(canonical_json(value))
    return json.dumps(value, ensure_ascii=False).encode()


def test_an_edition_of_an_earlier_c6brief_has_no_prose(pdf: Path, folder: Folder, tmp_path: Path) -> None:
    """Manifests of the first edition are read, and what they do not record is told."""
    old = Path(shutil.copy(pdf, tmp_path / "old.pdf"))
    with_attachment("manifest.json", lambda data: as_first_edition(data, old))(old)
    result = folder.run("verify", str(old))
    assert (result.status, result.err) == (0, "")
    assert "does not record tags, bookmarks and properties" in result.out
    assert "nothing changed" not in result.out
    result = folder.run("diff", str(old), str(pdf))
    assert (result.status, result.err) == (0, "")
    assert "prose not recorded: " in result.out
    assert "prose\n" not in result.out
    painted_over(old)
    assert "page-painted" in folder.run("verify", str(old)).rules


def blocks(*texts: str) -> list[ProseBlock]:
    return [ProseBlock(block="text", text=text) for text in texts]


@pytest.mark.parametrize(
    ("old", "new", "found"),
    [
        ("One. Two two two. Three.", "One. Three.", [("Two two two.", "")]),
        ("One.", "One. He said “No.” It was so.", [("", "He said “No.”"), ("", "It was so.")]),
        ("The lift will open in 2030.", "The lift will not open in 2030.", [("The lift will open in 2030.", "The lift will not open in 2030.")]),
        ("Work began in 2018. A b c d.", "E f g h. Work began in 2019.", [("", "E f g h."), ("Work began in 2018.", "Work began in 2019."), ("A b c d.", "")]),
        ("Той же. Та же?", "Той же. Та же?", []),
    ],
)  # fmt: skip
def test_sentences_are_compared(old: str, new: str, found: list[tuple[str, str]]) -> None:
    assert [(before, after) for _, before, after in compare_prose(blocks(old), blocks(new))] == found


def test_the_same_sentences_under_another_heading_have_not_changed() -> None:
    old = [ProseBlock(block="one", text="A sentence. Another.")]
    new = [ProseBlock(block="two", text="A sentence."), ProseBlock(block="two", text="Another.")]
    assert list(compare_prose(old, new)) == []
