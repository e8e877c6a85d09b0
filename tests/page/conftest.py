"""A fake page API for every test here, and the page opened on it."""

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, Page

from tests.browser import browser, close_page, list_problems, open_page, page
from tests.page.fake import FakeSandbox, FakeServer

__all__ = ["browser", "fake", "open_as", "page", "phone"]

OpenAs = Callable[..., Page]


@pytest.fixture
def fake() -> Iterator[FakeSandbox]:
    served = FakeSandbox()
    with FakeServer(served):
        yield served


@pytest.fixture
def open_as(fake: FakeSandbox, page: Page) -> OpenAs:
    """Open the page as a person at a place, and wait until it is drawn and connected."""

    def open_place(user: str = "U1", channel: str = "D1", tab: str = "", hint: bool = False) -> Page:
        if not hint:
            page.add_init_script("localStorage.setItem('sandbox.hint.closed', 'yes')")
        page.goto(f"{fake.url}/?as={user}&channel={channel}&tab={tab}")
        page.get_by_test_id("person-switcher").wait_for()
        page.wait_for_function("() => document.querySelector('.message-list')?.childNodes.length || document.querySelector('.home:not([hidden])')")
        while not fake.sockets:
            page.wait_for_timeout(10)
        return page

    return open_place


@pytest.fixture
def phone(browser: Browser) -> Iterator[Page]:
    opened = open_page(browser, viewport={"width": 390, "height": 844}, has_touch=True)
    yield opened
    problems = list(list_problems(opened))
    close_page(opened)
    assert problems == []
