"""A page with everything that makes trees of tags go wrong, as a template of a project; and its printing."""

from __future__ import annotations

import base64
import io
import subprocess
import sys
from pathlib import Path

from PIL import Image

from tests.support.project import BRIEF, SEEDS

LINE = "A line of words that fills its place in the paragraph and says no more than the one before it. "


def picture() -> str:
    """A small picture with an alpha channel, as a data address."""
    file = io.BytesIO()
    Image.new("RGBA", (40, 20), (31, 90, 98, 120)).save(file, "png")
    return "data:image/png;base64," + base64.b64encode(file.getvalue()).decode()


TEMPLATE = f"""\
<!DOCTYPE html>
<html lang="en">
<head><title>{{{{ brief.title }}}}</title><link rel="stylesheet" href="crafted.css"></head>
<body>
<header class="running">Running <a href="https://example.org/running">head</a></header>
<h1 id="top">A crafted page</h1>
<nav><h2>Contents</h2><ol>
  <li><a href="#one">One</a></li>
  <li><a href="#two">Two</a><ol><li><a href="#three">Three</a></li></ol></li>
</ol></nav>
<section id="one"><h2>One</h2>
<p id="languages">English, <span lang="ru">по-русски</span>, <span>plain</span> and <abbr title="World Health
Organization">WHO</abbr>.</p>
<div lang="de"><p>Ein Absatz.</p></div>
<p id="shared">O\u02bbzbekiston \u2018said\u2019 3\u00a0000 m\u0430\u0301y, \u00b5 and \u03bc, q\u0323\u0301ed, affine.</p>
<p id="link">Read <a href="https://example.org/report">the <strong>whole</strong> report</a> or
<a href="mailto:us@example.org">us@example.org</a>, then <a href="#two">part two</a>.</p>
<p><img src="{picture()}" alt="A green field."> <img src="{picture()}" alt=""> <span role="img" aria-label="star">•</span>
<span aria-hidden="true">hidden</span></p>
<div role="img" aria-label="A wrapped drawing."><svg width="40" height="20" viewBox="0 0 40 20"
  xmlns="http://www.w3.org/2000/svg"><title>Not this one.</title><rect width="40" height="20" fill="#1f5a62"/></svg></div>
<p id="called">Words with a note<span class="note">The first note, <em>stressed</em>.</span> and more words<span
  class="note">The second note.</span> after it.</p>
<ul id="bullets"><li>First<ul><li>Within</li></ul></li><li>Second</li></ul>
<ol id="drawn" style="list-style: none"><li><span aria-hidden="true">1</span>Drawn</li></ol>
<dl id="terms"><dt>Term</dt><dd>Meaning</dd><dd>Second meaning</dd><dt>Other</dt><dd>Sense</dd></dl>
</section>
<section id="two"><h2>Two</h2>
<div class="beside"><p>Before the aside.</p><aside class="margin"><p>In the margin.</p></aside><p>After the aside.</p></div>
<div class="float">Floating.</div><p>Beside the float.</p>
<div class="pale"><p>Pale words.</p></div>
<table id="spans">
  <caption>Trips by quarter</caption>
  <thead>
    <tr><th rowspan="2">Line</th><th colspan="2" scope="colgroup">First half</th><th rowspan="2">Note</th></tr>
    <tr><th>Q1</th><th>Q2</th></tr>
  </thead>
  <tbody>
    <tr><th rowspan="2" scope="rowgroup">North</th><td>11</td><td>12</td><td></td></tr>
    <tr><td>21</td><td rowspan="2">22</td><td>late</td></tr>
    <tr><th scope="row">South</th><td>31</td><td>none</td></tr>
    <tr><th scope="row">West</th><td colspan="2">half</td><td>end</td></tr>
  </tbody>
</table>
<h3 id="three">Three</h3>
<p id="long">{LINE * 60}</p>
<ol id="items">{"".join(f"<li>Item number {number}. {LINE * 2}</li>" for number in range(30))}</ol>
<figure id="rows"><figcaption>Rows that run over</figcaption><table><thead><tr><th>Number</th><th>Square</th></tr></thead>
<tbody>{"".join(f"<tr><th>{number}</th><td>{number * number}</td></tr>" for number in range(80))}</tbody></table></figure>
</section>
</body></html>
"""

STYLE = """\
@page { size: A5; margin: 20mm 20mm 20mm 40mm; @top-left { content: element(head) } @bottom-right { content: counter(page) } }
html { font: 10pt/14pt "Source Serif 4", "Source Sans 3" }
.running { position: running(head) }
.note { float: footnote }
.beside { position: relative }
.margin { position: absolute; left: -30mm; top: 0; width: 25mm }
.float { float: left; width: 20mm }
.pale { opacity: .8 }
table { border-collapse: collapse }
"""


UNCOMPARED = """\
import c6brief.print.typesetting as typesetting
from c6brief.cli import main
typesetting.report_printed_otherwise = lambda *_: None
main()
"""
"""The command line without the comparison of pages with the brief: what the crafted page says no brief says."""


def print_crafted(root: Path, standard: str, *options: str, template: str = TEMPLATE) -> Path:
    """The crafted page printed in a project made in ``root``. Raises if the command fails or tells a problem."""
    files = SEEDS | {"briefs/lifts.yaml": BRIEF, "templates/crafted/brief.html.j2": template}
    for name, content in (files | {"templates/crafted/crafted.css": STYLE}).items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content, encoding="utf-8")
    command = [sys.executable, "-c", UNCOMPARED, "render", "briefs/lifts.yaml", "--template", "crafted"]
    done = subprocess.run(
        [*command, "--standard", standard, *options], cwd=root, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0 and "error[" not in done.stderr, done.stderr
    return next((root / "output").glob("*.pdf"))
