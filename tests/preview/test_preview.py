"""``c6brief preview`` as a writer meets it: a real process, a real browser, real saves."""

from __future__ import annotations

import base64
import hashlib
import http.client
import io
import json
import re
import socket
import subprocess
import sys
import urllib.request
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import pypdf
import pypdfium2
import pytest
from PIL import Image, ImageChops
from selenium.webdriver import Chrome
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys

from tests.support.browser import chromium
from tests.support.paths import REPOSITORY
from tests.support.process import PATIENCE, Running, until
from tests.support.project import BRIEF, Folder

LONG = BRIEF.replace(
    "      Some stations are step-free. [@step-free]\n",
    "      Some stations are step-free. [@step-free] Ada Line says: “We began in 2018.” [@transit-2024]\n\n"
    + "".join(
        f"      Paragraph {number} has nothing to say but fills its lines. {'More words. ' * 60}\n\n"
        for number in range(9)
    ),
)


@pytest.fixture
def project(folder: Folder) -> Folder:
    folder.write("briefs/lifts.yaml", LONG)
    return folder


def address(running: Running) -> str:
    return re.search(r"http://\S+", running.wait_for("Ctrl-C"))[0]


def first(browser: Chrome, selector: str):
    return browser.find_element(By.CSS_SELECTOR, selector)


def every(browser: Chrome, selector: str) -> list:
    return browser.find_elements(By.CSS_SELECTOR, selector)


def shown(browser: Chrome) -> str:
    """The edition whose pages and sources the browser shows, once it shows the newest it has heard of."""
    script = """
        const image = [...document.querySelectorAll('.sheet img')].find((one) => {
            const box = one.getBoundingClientRect();
            return box.bottom > 100 && box.top < innerHeight - 100 && one.naturalWidth;
        });
        const same = image && image.dataset.edition === document.body.dataset.items;
        return same && document.body.dataset.state !== 'setting' ? image.dataset.edition : '';
    """
    return browser.execute_script(script)


def on_disk(project: Folder) -> str:
    path = project.root / "output/lifts.pdf"
    return hashlib.sha256(path.read_bytes()).hexdigest()[:16] if path.is_file() else "nothing yet"


def text_of(project: Folder) -> str:
    pages = pypdf.PdfReader(io.BytesIO((project.root / "output/lifts.pdf").read_bytes())).pages
    return " ".join(" ".join(page.extract_text() for page in pages).split())


def test_a_writer_edits_errs_and_mends(project: Folder, tmp_path: Path) -> None:
    with (
        Running(project.root, "preview", "briefs/lifts.yaml", "--no-open") as running,
        chromium(tmp_path / "c") as browser,
    ):
        browser.get(address(running))
        until(lambda: shown(browser) == on_disk(project), "the first pages")
        count = len(every(browser, ".sheet"))
        assert count == len(pypdf.PdfReader(project.root / "output/lifts.pdf").pages) > 2
        assert [one.get_attribute("alt") for one in every(browser, ".sheet img")] == [
            f"Page {number} of {count}" for number in range(1, count + 1)
        ]
        assert [one.get_attribute("textContent") for one in every(browser, ".sheet h2")][2] == f"Page 3 of {count}"
        looks_like_print(browser, project)

        # A quotation, clicked, shows its passage with the words marked in their paragraph, and how strong it is.
        quotation = next(one for one in every(browser, ".region--quotation") if one.get_attribute("aria-label"))
        browser.execute_script("arguments[0].scrollIntoView({block: 'center'})", quotation)
        quotation.click()
        opened = until(lambda: every(browser, ".item details[open]"), "the passage")[0]
        assert "○ one voice" in opened.text
        marked = opened.find_element(By.CSS_SELECTOR, "mark")
        assert marked.text in ("Every station will have a lift by 2030", "We began in 2018")
        around = opened.find_element(By.CSS_SELECTOR, "blockquote").text
        assert around.endswith("The first lift opened in 2019.")
        assert "paragraph 2" in opened.text
        assert browser.switch_to.active_element.tag_name == "summary"

        # So do a note and a figure, whose accounts differ.
        for kind, words in (
            (".region--note", "Ninety-four stations are step-free"),
            (".region--figure", "First lift opens"),
        ):
            region = first(browser, kind)
            browser.execute_script("arguments[0].scrollIntoView({block: 'center'}); arguments[0].click()", region)
            until(lambda words=words: words in first(browser, ".item details[open]").text, f"the sources of a {kind}")
        figure = first(browser, ".item details[open]")
        assert "≠ accounts differ" in figure.text
        assert [one.text for one in figure.find_elements(By.CSS_SELECTOR, "mark")][-1].startswith(
            "The first lift opened in 2021"
        )

        # Keys turn pages; the place is kept when the page is loaded again, and over an edit.
        browser.find_element(By.ID, "pages").send_keys(Keys.HOME)
        counter = first(browser, "#counter")
        for key, page in ((Keys.PAGE_DOWN, 2), (Keys.ARROW_RIGHT, 3), (Keys.ARROW_LEFT, 2), (Keys.ARROW_RIGHT, 3)):
            browser.switch_to.active_element.send_keys(key)
            until(lambda page=page: counter.text == f"Page {page} of {count}", f"page {page}")
        top = browser.execute_script("return document.getElementById('pages').scrollTop")
        browser.refresh()
        until(lambda: shown(browser) == on_disk(project), "the pages after a reload")
        assert abs(browser.execute_script("return document.getElementById('pages').scrollTop") - top) <= 2
        assert first(browser, "#counter").text == f"Page 3 of {count}"

        old = on_disk(project)
        project.change("briefs/lifts.yaml", "Paragraph 7 has nothing to say", "Paragraph 7 sings to itself")
        until(lambda: shown(browser) == on_disk(project) != old, "the edited pages")
        assert "Paragraph 7 sings to itself" in text_of(project)
        looks_like_print(browser, project)
        assert abs(browser.execute_script("return document.getElementById('pages').scrollTop") - top) <= 2

        # A mistake is shown beside the last good pages, and goes when it is mended.
        good = on_disk(project)
        project.change("briefs/lifts.yaml", "[@step-free]", "[@step-fre]")
        problem = until(lambda: every(browser, ".problem--error"), "the problem")[0]
        assert "briefs/lifts.yaml:8:42" in problem.text
        assert "did you mean 'step-free'?" in problem.text
        assert "^^^^" in problem.text
        assert "1 problem" in first(browser, "#news").get_attribute("textContent")
        assert first(browser, "#stale").is_displayed()
        assert shown(browser) == good
        project.change("briefs/lifts.yaml", "[@step-fre]", "[@step-free]")
        until(lambda: not every(browser, ".problem--error"), "the problem to go")
        assert not first(browser, "#stale").is_displayed()
        assert "No problems any more" in first(browser, "#news").get_attribute("textContent")
        assert first(browser, "#counter").text == f"Page 3 of {count}"

        # Nothing was asked of any other machine, and nothing was refused or failed.
        events = [json.loads(entry["message"])["message"] for entry in browser.get_log("performance")]
        asked = [each["params"]["request"]["url"] for each in events if each["method"] == "Network.requestWillBeSent"]
        assert {urlsplit(url).hostname for url in asked if not url.startswith(("data:", "chrome"))} == {"127.0.0.1"}
        assert browser.get_log("browser") == []

        assert running.interrupt() == 0
        until(lambda: first(browser, "#status").text == "the preview has ended", "the end to be told")


def looks_like_print(browser: Chrome, project: Folder) -> None:
    """The picture in view is the page of the PDF on the disk, dot for dot."""
    script = """
        const [image, done] = arguments, canvas = document.createElement('canvas');
        canvas.width = image.naturalWidth; canvas.height = image.naturalHeight;
        canvas.getContext('2d').drawImage(image, 0, 0);
        done(canvas.toDataURL('image/png').split(',')[1]);
    """
    number, image = browser.execute_script("""
        const sheet = [...document.querySelectorAll('.sheet')].find((one) => one.getBoundingClientRect().bottom > 300);
        return [sheet.dataset.page, sheet.querySelector('img')]""")
    seen = Image.open(io.BytesIO(base64.b64decode(browser.execute_async_script(script, image)))).convert("RGB")
    page = pypdfium2.PdfDocument(project.root / "output/lifts.pdf")[int(number) - 1]
    wanted = page.render(scale=seen.width / page.get_width()).to_pil().convert("RGB")
    assert seen.size == wanted.size
    assert ImageChops.difference(seen, wanted).getbbox() is None
    assert len(seen.getcolors(1 << 20)) > 20, "an empty page"


def test_only_who_knows_the_address_is_served(project: Folder) -> None:
    """Every request without the secret, or sent to another name, is refused; nobody but this machine can connect."""
    with Running(project.root, "preview", "briefs/lifts.yaml", "--no-open") as running:
        url = urlsplit(address(running))
        secret = url.path

        def ask(path: str, method: str = "GET", **headers: str) -> tuple[int, dict[str, str]]:
            connection = http.client.HTTPConnection("127.0.0.1", url.port, timeout=20)
            connection.request(method, path, headers=headers)
            answer = connection.getresponse()
            answer.read()
            connection.close()
            return answer.status, dict(answer.getheaders())

        running.wait_for("\nin ")
        assert ask(secret)[0] == ask(f"{secret}preview.js")[0] == ask(f"{secret}items")[0] == 200
        assert ask(f"{secret}brief.pdf")[1]["Content-Type"] == "application/pdf"
        assert ask(secret, Host=f"localhost:{url.port}")[0] == 200
        for path in (
            "/",
            "",
            "/preview.js",
            "/events",
            "/brief.pdf",
            f"/x{secret[1:]}",
            secret[:-2] + "/",
            "/%00/",
            secret.rstrip("/"),
        ):
            assert ask(path)[0] == 403, path
        for method in ("POST", "PUT", "DELETE", "OPTIONS", "HEAD"):
            assert ask("/", method)[0] == 403
        for host in (
            "attacker.example",
            f"attacker.example:{url.port}",
            "127.0.0.1",
            "127.0.0.1:1",
            f"127.0.0.1.nip.example:{url.port}",
        ):
            assert ask(secret, Host=host)[0] == 403, host
        for path in ("nothing", "fonts/../server.py", "fonts/OFL.txt", "../", "page/99?edition=x", "..%2f..%2f"):
            assert ask(secret + path)[0] == 404, path
        # The marks beside the pages are those that the notes print.
        items = json.loads(urllib.request.urlopen(f"{urlunsplit(url)}items", timeout=20).read())["items"]
        signs = {each["title"]: each["marks"][0]["sign"] for each in items if each["kind"] == "note" and each["marks"]}
        printed = re.findall(r"(?<!\d)(\d) ([●○≠~×]) (?:Two voices|One voice|Accounts differ)", text_of(project))
        assert {f"Note {number}": sign for number, sign in printed} == signs
        assert {"●", "○", "≠"} <= set(signs.values())
        policy = ask(secret)[1]["Content-Security-Policy"]
        assert "default-src 'self'" in policy
        assert "http" not in policy
        others = {info[4][0] for info in socket.getaddrinfo(socket.gethostname(), None, socket.AF_INET)}
        for other in others - {"127.0.0.1"}:
            with socket.socket() as caller:
                caller.settimeout(2)
                assert caller.connect_ex((other, url.port)) != 0

        # A second one on the same port is refused with words.
        second = project.run("preview", "briefs/lifts.yaml", "--no-open", "--port", str(url.port))
        assert second.status == 2
        assert "leave --port out" in second.err
        assert running.interrupt() == 0
        assert "Traceback" not in running.printed


RACE = """
import sys, threading
from pathlib import Path
from c6brief.preview.state import PreviewState
data = Path(sys.argv[1]).read_bytes()
for _ in range(6):
    edition = PreviewState(data, {}, {})
    asked = [threading.Thread(target=lambda: edition.items)]
    asked += [threading.Thread(target=edition.picture, args=(number, 300)) for number in (1, 2, 3)]
    for each in asked: each.start()
    for each in asked: each.join()
    assert edition.items and edition.picture(1, 300)
"""


@pytest.mark.rest
def test_a_browser_that_asks_for_all_at_once_breaks_nothing(project: Folder) -> None:
    """PDFium crashes the process where two threads use it, be it to free what the other never saw."""
    assert project.render().status == 0
    done = subprocess.run(
        [sys.executable, "-c", RACE, "output/lifts.pdf"], cwd=project.root, capture_output=True, timeout=PATIENCE
    )
    assert (done.returncode, done.stderr) == (0, b"")


def test_its_files_name_nothing_on_the_network() -> None:
    """No file of the page loads anything from elsewhere, and none of our words are put in as markup."""
    folder = REPOSITORY / "src/c6brief/preview/page"
    for path in folder.iterdir():
        text = path.read_text(encoding="utf-8").replace("http://www.w3.org/2000/svg", "")
        assert "//" not in re.sub(r"(?m)(^|\s)//.*$", "", text), path.name
        assert "innerHTML" not in text
        assert "style=" not in text


def test_a_preview_needs_a_project(project: Folder) -> None:
    outside = project.root.parent / "alone.yaml"
    outside.write_text("title: x\n")
    done = project.run("preview", str(outside), "--no-open")
    assert (done.status, done.rules) == (1, ["no-project"])
