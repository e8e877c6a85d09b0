"""A fake page API for every test here, and the page opened on it."""

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from tests.browser import PHONE, browser, close_page, list_problems, open_context, open_page
from tests.page.fake import FakeSandbox, FakeServer

__all__ = ["browser", "context", "fake", "open_as", "page", "phone", "served"]

OpenAs = Callable[..., Page]

_NO_HINT = "localStorage.setItem('sandbox.hint.closed', 'yes')"
_FRESH_ONCE = "sessionStorage.seen || localStorage.clear(); sessionStorage.seen = 'yes'"


@pytest.fixture(scope="module")
def served() -> Iterator[FakeSandbox]:
    """One server per module: the browser keeps the page's files from test to test."""
    fake = FakeSandbox()
    with FakeServer(fake):
        yield fake


@pytest.fixture(scope="module")
def context(browser: Browser) -> Iterator[BrowserContext]:
    opened = open_context(browser)
    yield opened
    opened.close()


@pytest.fixture
def fake(served: FakeSandbox) -> FakeSandbox:
    served.reset()
    return served


@pytest.fixture
def page(context: BrowserContext) -> Iterator[Page]:
    opened = open_page(context)
    yield opened
    problems = list_problems(opened)
    opened.close()
    assert problems == []


@pytest.fixture
def open_as(fake: FakeSandbox, page: Page) -> OpenAs:
    """Open the page as a person at a place, and wait until it is drawn and connected."""

    def open_place(
        user: str = "U1", channel: str = "D1", tab: str = "", hint: bool = False
    ) -> Page:
        page.add_init_script(_FRESH_ONCE if hint else _NO_HINT)
        page.goto(f"{fake.url}/?as={user}&channel={channel}&tab={tab}")
        page.locator(".message-list > *, .home:not([hidden])").first.wait_for()
        fake.wait_for(lambda: bool(fake.sockets))
        return page

    return open_place


@pytest.fixture
def phone(browser: Browser) -> Iterator[Page]:
    opened = open_page(open_context(browser, viewport=PHONE, has_touch=True))
    yield opened
    problems = list_problems(opened)
    close_page(opened)
    assert problems == []
