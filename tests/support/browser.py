"""A real Chromium for tests, driven by Selenium through Debian's chromedriver.

Without one the tests that need it are skipped, and say so; where ``NEED_CHROMIUM`` is set (``.ci/run`` does) they fail.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from selenium.webdriver import Chrome
from selenium.webdriver.chrome.options import Options
from selenium.webdriver.chrome.service import Service

FLAGS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-dev-shm-usage",
    "--window-size=1400,900",
)


@contextmanager
def chromium(folder: Path, *flags: str) -> Iterator[Chrome]:
    """Chromium with its own profile in ``folder``, and with more ``flags``."""
    binary = shutil.which("chromium") or shutil.which("chromium-browser")
    driver = shutil.which("chromedriver")
    if binary is None or driver is None:
        reason = (
            "PREVIEW NOT TESTED IN A BROWSER: no chromium and chromedriver here (make setup says how to install them)"
        )
        if os.environ.get("NEED_CHROMIUM"):
            pytest.fail(reason)
        pytest.skip(reason)
    options = Options()
    options.binary_location = binary
    options.set_capability("goog:loggingPrefs", {"browser": "ALL", "performance": "ALL"})
    for flag in (*FLAGS, *flags, f"--user-data-dir={folder}"):
        options.add_argument(flag)
    browser = Chrome(options=options, service=Service(driver))
    try:
        yield browser
    finally:
        browser.quit()
