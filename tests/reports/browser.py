"""A real headless Chromium for the HTML report. `.ci/packages` installs it; elsewhere the tests need one on the PATH."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Page, sync_playwright

ARTEFACTS = Path(__file__).parents[2] / "artefacts"  # screenshots, kept for a look at them
_CHROMIUM = next((path for name in ("chromium", "google-chrome") if (path := shutil.which(name))), None)
needs_browser = pytest.mark.skipif(
    _CHROMIUM is None and "RENKEI_BROWSER_REQUIRED" not in os.environ,
    reason="Chromium がない（.ci/packages）",
)


@contextmanager
def opened(url: str, width: int = 1200, *, dark: bool = False) -> Iterator[Page]:
    """A page with nothing but the file: the network is off, and whatever the page complains of fails the test."""
    complaints: list[str] = []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=_CHROMIUM, args=["--no-sandbox"])
        context = browser.new_context(
            viewport={"width": width, "height": 1000},
            color_scheme="dark" if dark else "light",
            offline=True,
        )
        page = context.new_page()
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("console", lambda message: complaints.append(message.text))
        page.on("dialog", lambda dialog: complaints.append(dialog.message))
        page.goto(url)
        yield page
        browser.close()
    assert complaints == []
