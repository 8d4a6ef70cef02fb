"""Files as other programs write them: what is read of each, and what is cleaned.

The DOCX and the PDF of LibreOffice lie in ``odd/``; other PDFs are made by WeasyPrint, pikepdf and Pillow; e-mails, pages and
subtitles are written out in the forms that their programs have.
"""

from __future__ import annotations

import io
import random
from pathlib import Path

import pikepdf
import pytest
from PIL import Image

from c6brief.documents.problems import Problems
from c6brief.ingest.formats import read_any
from c6brief.ingest.read_file import ReadFile

ODD = Path(__file__).parent / "odd"

STYLE = """
@page { size: A5; margin: 2cm; @top-center { content: 'Harbour Report 2024' } @bottom-center { content: 'Page ' counter(page) } }
html { hyphens: auto; font: 10pt serif; text-align: justify } sup { font-size: 6pt; vertical-align: super; line-height: 0 }
"""
SENTENCE = "The institutionalisation of interregional harbour cooperation was postponed because of extraordinary circumstances."


def read(data: bytes | str, name: str, root: Path) -> ReadFile:
    path = root / name
    path.write_bytes(data if isinstance(data, bytes) else data.encode())
    problems = Problems()
    found = read_any(path, problems)
    assert found is not None, [str(each) for each in problems]
    assert found[0] == path.read_bytes()
    return found[1]


def refused(data: bytes, name: str, root: Path) -> list[str]:
    (root / name).write_bytes(data)
    problems = Problems()
    assert read_any(root / name, problems) is None
    return [each.rule for each in problems]


def pdf_of(body: str, style: str = "") -> bytes:
    import weasyprint  # here: it takes long, and only long tests need it

    page = f"<html lang=en><head><title>Harbour Report</title></head><style>{STYLE}{style}</style>{body}</html>"
    return bytes(weasyprint.HTML(string=page).write_pdf())


@pytest.mark.parametrize("style", ["", "div { columns: 2 }"], ids=["one column", "two columns"])
@pytest.mark.rest
def test_pdf_is_read_without_what_the_page_adds(style: str, tmp_path: Path) -> None:
    vocabulary, chosen = sorted(set(SENTENCE.rstrip(".").lower().split())), random.Random(1)
    words = [
        f"{chosen.choice('ABCDEFG')}{' '.join(chosen.sample(vocabulary, 11))} circumstances. A well-known engineer said so in {1990 + n}."
        for n in range(24)
    ]
    body = "".join(f"<p>{each.replace('circumstances.', 'circumstances.<sup>12</sup>')}</p>" for each in words)
    found = read(pdf_of(f"<div>{body}</div>", style), "report.pdf", tmp_path)
    assert len(found.pages) >= 3
    assert [part for part in found.text.replace("\f", "").split("\n\n") if part.strip()] == [
        *words[:-1],
        words[-1] + "\n",
    ]
    assert found.cleaned["note digits at words"] == 24
    assert found.cleaned["page heads and feet"] == 2 * len(found.pages)
    assert found.cleaned["hyphens at line ends"] > 5
    assert found.metadata.title == "Harbour Report"


@pytest.mark.rest
def test_a_table_in_a_pdf_is_a_table(tmp_path: Path) -> None:
    rows = [
        ("Route", "2022", "2023"),
        ("North and east", "4,120", "432"),
        ("South", "220", "1,198"),
        ("West", "7", "9"),
    ]
    cells = "".join(f"<tr>{''.join(f'<td>{cell}' for cell in row)}</tr>" for row in rows)
    style = "@page { @top-center { content: none } @bottom-center { content: none } } table { width: 100% } td + td { text-align: right }"
    found = read(pdf_of(f"<p>{SENTENCE}</p><table>{cells}</table><p>{SENTENCE}</p>", style), "table.pdf", tmp_path)
    table = "| Route | 2022 | 2023 |\n|---|---|---|\n| North and east | 4,120 | 432 |\n| South | 220 | 1,198 |\n| West | 7 | 9 |"
    assert found.text == f"{SENTENCE}\n\n{table}\n\n{SENTENCE}\n"


def test_the_pdf_of_libreoffice(tmp_path: Path) -> None:
    found = read((ODD / "libreoffice.pdf").read_bytes(), "office.pdf", tmp_path)
    assert "48,000 passengers in 2023. Fares rose" in found.text
    assert "- A new quay\n- A second boat\n- A night service" in found.text
    assert "\nCounted at the gates." in found.text and found.cleaned["note digits at words"] == 2


def test_the_word_file_of_libreoffice(tmp_path: Path) -> None:
    found = read((ODD / "libreoffice.docx").read_bytes(), "office.docx", tmp_path)
    assert found.metadata.title == "Ferry review" and found.metadata.authors == ("Harbour Office",)
    assert "48,000 passengers in 2023. Fares rose by 12 per cent.\n\n“No island" in found.text
    assert (
        "- A new quay\n- A second boat\n- A night service\n\n| Route | 2022 | 2023 |\n|---|---|---|\n| North | 410 |"
        in found.text
    )
    assert found.cleaned["note digits at words"] == 1


def test_pdf_without_text_or_with_a_password_is_refused(tmp_path: Path) -> None:
    scanned = io.BytesIO()
    Image.new("L", (200, 280), 200).save(scanned, "PDF")
    assert refused(scanned.getvalue(), "scan.pdf", tmp_path) == ["scanned-pdf"]
    locked = io.BytesIO()
    with pikepdf.open(io.BytesIO((ODD / "libreoffice.pdf").read_bytes())) as document:
        document.save(locked, encryption=pikepdf.Encryption(owner="o", user="u"))
    assert refused(locked.getvalue(), "locked.pdf", tmp_path) == ["file-encrypted"]
    whole = (ODD / "libreoffice.pdf").read_bytes()
    assert refused(whole[:60], "cut.pdf", tmp_path) == ["broken-pdf"]


def test_pages_without_text_among_others_are_told(tmp_path: Path) -> None:
    scanned, mixed = io.BytesIO(), io.BytesIO()
    Image.new("L", (200, 280), 200).save(scanned, "PDF")
    with pikepdf.open(io.BytesIO((ODD / "libreoffice.pdf").read_bytes())) as document, pikepdf.open(scanned) as images:
        document.pages.extend(images.pages)
        document.save(mixed)
    (tmp_path / "mixed.pdf").write_bytes(mixed.getvalue())
    problems = Problems()
    assert read_any(tmp_path / "mixed.pdf", problems) is not None
    assert [(each.rule, each.severity) for each in problems] == [("pages-without-text", "warning")]


WORDS = "The quay was closed in 2019, and nobody has said when it will open again."

EMAILS = {
    "quoted-printable": (
        "Content-Type: text/plain; charset=iso-8859-1\nContent-Transfer-Encoding: quoted-printable",
        "Caf=E9: the quay was=\n closed.",
        "Café: the quay was closed.",
    ),
    "base64": (
        "Content-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: base64",
        "VGhlIHF1YXkgd2FzIGNsb3NlZC4=",
        "The quay was closed.",
    ),
    "flowed": (
        "Content-Type: text/plain; charset=utf-8; format=flowed",
        "The quay \nwas closed.\n\nNext.",
        "The quay was closed.\n\nNext.",
    ),
    "html": (
        "Content-Type: text/html; charset=utf-8",
        "<style>p{}</style><p>The quay<br>was closed.</p><ul><li>One<li>Two</ul>",
        "The quay\nwas closed.\n\n- One\n- Two",
    ),
    "signature": (
        "Content-Type: text/plain",
        "The quay was closed.\n\n-- \nHarbour Office\nQuay 1",
        "The quay was closed.",
    ),
    "answered": (
        "Content-Type: text/plain",
        "The quay was closed.\n\nOn 3 May 2024, A. B. wrote:\n> Was it?\n> Really?\n",
        "The quay was closed.",
    ),
    "unknown charset": ("Content-Type: text/plain; charset=x-nobody", "The quay was closed.", "The quay was closed."),
    "alternatives": (
        'Content-Type: multipart/alternative; boundary="b"',
        "--b\nContent-Type: text/html\n\n<p>HTML</p>\n--b\nContent-Type: text/plain\n\nThe quay was closed.\n--b--\n",
        "The quay was closed.",
    ),
    "no type": ("X-Mailer: none", "The quay was closed.", "The quay was closed."),
}


@pytest.mark.parametrize("name", EMAILS)
def test_emails(name: str, tmp_path: Path) -> None:
    head, body, wanted = EMAILS[name]
    message = f"From: =?utf-8?q?Zo=C3=AB_Quay?= <z@quay.example>\nSubject: =?utf-8?b?Q2xvc2Vk?=\nDate: 3 May 2024 10:00 +0000\n{head}\n\n{body}\n"
    found = read(message.replace("\n", "\r\n") if name != "no type" else message, "mail.eml", tmp_path)
    assert found.text == f"{wanted}\n"
    assert (found.metadata.title, found.metadata.authors, found.metadata.issued) == (
        "Closed",
        ("Zoë Quay",),
        "2024-05-03",
    )


CUES = {
    "voices.vtt": (
        "WEBVTT\n\nSTYLE\n::cue { color: red }\n\n1\n00:01.000 --> 00:02.000 align:start\n<v.loud Ada Line>The lifts <i>stand</i> still.</v>\n\n00:02.000 --> 00:03.000\n<v Emil Brandt>Do they &amp; will they?\n",
        "Ada Line: The lifts stand still.\n\nEmil Brandt: Do they & will they?",
    ),
    "rolling.vtt": (
        "\ufeffWEBVTT\nKind: captions\n\n00:00:01.000 --> 00:00:02.000\nthe lifts\n\n00:00:02.000 --> 00:00:03.000\nthe lifts\nstand <00:00:02.500><c>still</c>\n",
        "the lifts stand still",
    ),
    "windows.srt": (
        "1\r\n00:00:01,000 --> 00:00:02,000\r\nThe lifts\r\nstand still.\r\n\r\n2\r\n00:00:02,000 --> 00:00:03,000\r\n[music]\r\n",
        "The lifts stand still.",
    ),
    "names.srt": (
        "1\n00:00:01,000 --> 00:00:02,000\nADA LINE: The lifts\nstand still.\n\n2\n00:00:02,000 --> 00:00:03,000\nEmil Brandt: Since when?\n\n3\n00:00:03,000 --> 00:00:04,000\nSince May, they say.\n",
        "ADA LINE: The lifts stand still.\n\nEmil Brandt: Since when? Since May, they say.",
    ),
    "changes.srt": (
        "1\n00:00:01,000 --> 00:00:02,000\n>> The lifts stand still.\n>> Since when?\n",
        "The lifts stand still.\n\nSince when?",
    ),
    "styled.srt": (
        '1\n00:00:01,000 --> 00:00:02,000\n{\\an8}<font color="#fff">The lifts</font> stand still.\n',
        "The lifts stand still.",
    ),
}


@pytest.mark.parametrize("name", CUES)
def test_transcripts(name: str, tmp_path: Path) -> None:
    written, wanted = CUES[name]
    assert read(written, name, tmp_path).text == f"{wanted}\n"


TEXTS = {
    "utf-16.txt": (WORDS.encode("utf-16"), WORDS),
    "mark.txt": (b"\xef\xbb\xbf" + WORDS.encode(), WORDS),
    "windows.txt": (WORDS.replace(", ", ",\r\n").encode(), WORDS.replace(", ", ",\n")),
    "old mac.txt": (WORDS.replace(", ", ",\r").encode(), WORDS.replace(", ", ",\n")),
    "soft.txt": (WORDS.replace("quay", "qu\u00aday").encode(), WORDS),
    "notes.txt": (WORDS.replace("2019,", "2019[3],").replace("again.", "again.¹²").encode(), WORDS),
    "metres.txt": ("It has 40 m² and 12 km² of land.".encode(), "It has 40 m² and 12 km² of land."),
    "direction.txt": (WORDS.replace("quay", "\u202equay\u202c\u200b").encode(), WORDS),
    "read more.txt": (f"{WORDS}\n\nRead more:\n\nAdvertisement\n\n{WORDS}\n\nPage 3 of 9\n".encode(), f"{WORDS}\n\n{WORDS}"),
    "pages.txt": (f"{WORDS}\f{WORDS}".encode(), f"{WORDS}\n\f\n{WORDS}"),
    "emphasis.md": (b"# A *title*\n\n**The** quay [was](https://q.example/a) _closed_[^1] at 2 * 3 o'clock.\n", "A title\n\nThe quay was _closed_ at 2 * 3 o'clock."),
    "front.md": (f"---\ntitle: A title\n---\n\n{WORDS}\n".encode(), WORDS),
    "rule.md": (f"---\n\n{WORDS}\n".encode(), f"---\n\n{WORDS}"),
}  # fmt: skip


@pytest.mark.parametrize("name", TEXTS)
def test_texts(name: str, tmp_path: Path) -> None:
    data, wanted = TEXTS[name]
    assert read(data, name, tmp_path).text == f"{wanted}\n"


def test_an_old_encoding_is_guessed_and_told(tmp_path: Path) -> None:
    words = (
        "Причал был закрыт в 2019 году, и никто не сказал, когда он снова откроется. Рыбаки ждут уже пятый год. " * 5
    )
    (tmp_path / "old.txt").write_bytes(words.encode("windows-1251"))
    problems = Problems()
    found = read_any(tmp_path / "old.txt", problems)
    assert found is not None and found[1].text.startswith("Причал был закрыт")
    assert [(each.rule, each.severity) for each in problems] == [("encoding-guessed", "warning")]


PAGE = """<!DOCTYPE html><html lang="de-AT"><head><meta charset="{charset}"><title>Kai zu | Hafenblatt</title>{head}</head><body>
<nav><ul><li><a href="/a">Start</a></li><li><a href="/b">Sport</a></li></ul></nav><article><h1>Kai zu</h1>
<p>Der Kai wurde geschlossen, und niemand hat gesagt, wann er wieder geöffnet wird.{note} Das sagte der Hafenmeister am Montag.</p>
<table><tr><th>Jahr</th><th>Schiffe</th></tr><tr><td>2022</td><td>410</td></tr><tr><td>2023</td><td>432</td></tr></table>
<ul><li>ein Schiff aus dem Norden</li><li>zwei Schiffe aus dem Süden</li></ul>
<p>Die Fischer warten schon lange darauf, dass der Kai wieder öffnet, und sie verlieren die Geduld.</p></article>
<footer><p>Impressum</p></footer></body></html>"""


@pytest.mark.parametrize("charset", ["utf-8", "iso-8859-1"])
def test_a_saved_page(charset: str, tmp_path: Path) -> None:
    head = '<link rel="canonical" href="https://blatt.example/kai"><meta property="article:published_time" content="2024-05-03T10:00:00Z">'
    page = PAGE.format(charset=charset, head=head, note='<sup class="reference">[1]</sup>')
    found = read(page.encode(charset), "kai.html", tmp_path)
    assert "wann er wieder geöffnet wird. Das sagte" in found.text
    assert "| Jahr | Schiffe |\n|---|---|\n| 2022 | 410 |" in found.text
    assert "- ein Schiff aus dem Norden\n- zwei Schiffe aus dem Süden" in found.text
    assert "Sport" not in found.text and "Impressum" not in found.text
    assert (found.metadata.issued, found.metadata.url, found.metadata.language) == (
        "2024-05-03",
        "https://blatt.example/kai",
        "de-AT",
    )
    assert found.cleaned["paragraphs of menus, heads, feet and boxes"] >= 2
