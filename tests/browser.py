"""Debian's Chromium for tests: found, started, and missed loudly.

Without a Chromium the browser tests are skipped with the mend in the reason;
`SAKIDORI_REQUIRE_BROWSER=1` turns that into a failure.
"""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

CHROMIUM_NAMES = ("chromium", "chromium-browser", "google-chrome")
FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
MEND = (
    "no Chromium here: apt-get install -y chromium fonts-noto-cjk fonts-noto-color-emoji "
    "(or set SAKIDORI_CHROMIUM to its path)"
)
DESKTOP = {"width": 1280, "height": 800}
PHONE = {"width": 390, "height": 844}
# A bot, a sandbox and a browser share the machine with whatever else runs there.
_PATIENCE_MS = 60_000
_PROBLEMS: dict[Page, list[str]] = {}


def find_chromium() -> str | None:
    """The path of a Chromium, or None."""
    for name in (os.environ.get("SAKIDORI_CHROMIUM"), *CHROMIUM_NAMES):
        path = shutil.which(name) if name else None
        if path:
            return path
    return None


def get_chromium() -> str:
    """The path of a Chromium; skips the test without one, fails it where one is required."""
    path = find_chromium()
    if path is None and os.environ.get("SAKIDORI_REQUIRE_BROWSER") == "1":
        pytest.fail(MEND, pytrace=False)
    if path is None:
        pytest.skip(MEND)
    return path


@contextmanager
def open_browser() -> Iterator[Browser]:
    """A headless Chromium, closed at the end."""
    path = get_chromium()
    expect.set_options(timeout=_PATIENCE_MS)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=path, headless=True, args=list(FLAGS), chromium_sandbox=False
        )
        try:
            yield browser
        finally:
            browser.close()


@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    """One Chromium per room of tests.

    Not per session: Playwright's synchronous interface keeps an event loop running on this
    thread while it is open, and the asynchronous tests of other rooms need that place.
    """
    with open_browser() as opened:
        yield opened


def open_context(browser: Browser, **options: Any) -> BrowserContext:
    """A fresh profile (nothing remembered) in Japanese language and time, desktop size."""
    chosen = {"viewport": DESKTOP, "locale": "ja-JP", "timezone_id": "Asia/Tokyo"} | options
    return browser.new_context(**chosen)


def leave_page(page: Page) -> list[str]:
    """Away from what was shown, ready for the next test; returns the problems there were.

    A page of its own costs each test four times this: a new process that loads every font.
    """
    problems = list_problems(page)
    _PROBLEMS[page].clear()
    page.mouse.move(0, 0)
    page.goto("about:blank")
    return problems


def open_page(context: BrowserContext) -> Page:
    """A page in this profile; its script errors are kept, see `list_problems`."""
    page = context.new_page()
    page.set_default_timeout(_PATIENCE_MS)
    problems: list[str] = []
    page.on("pageerror", lambda error: problems.append(str(error)))
    _PROBLEMS[page] = problems
    return page


def list_problems(page: Page) -> list[str]:
    """What went wrong in the page's own scripts since it was opened."""
    return list(_PROBLEMS[page])


def close_page(page: Page) -> None:
    """Close the page with the profile it ran in."""
    _PROBLEMS.pop(page, None)
    page.context.close()
