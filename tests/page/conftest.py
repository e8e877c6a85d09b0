"""A fake page API for every test here, and the page opened on it."""

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, Page

from tests.browser import (
    PHONE,
    browser,
    close_page,
    leave_page,
    list_problems,
    open_context,
    open_page,
)
from tests.page.fake import FakeSandbox, FakeServer

__all__ = ["browser", "fake", "newcomer", "open_as", "page", "phone", "served", "window"]

OpenAs = Callable[..., Page]

_NO_HINT = """
    if (location.protocol === "http:") localStorage.setItem("sandbox.hint.closed", "yes");
"""


@pytest.fixture(scope="package")
def served() -> Iterator[FakeSandbox]:
    """One server for the room: the browser keeps the page's files from test to test."""
    fake = FakeSandbox()
    with FakeServer(fake):
        yield fake


@pytest.fixture(scope="package")
def window(browser: Browser) -> Iterator[Page]:
    """One window for the room, whose visitor has closed the hint."""
    opened = open_page(open_context(browser))
    opened.add_init_script(_NO_HINT)
    yield opened
    close_page(opened)


@pytest.fixture
def fake(served: FakeSandbox) -> FakeSandbox:
    served.reset()
    return served


@pytest.fixture
def page(window: Page) -> Iterator[Page]:
    yield window
    assert leave_page(window) == []


@pytest.fixture
def open_as(fake: FakeSandbox, page: Page) -> OpenAs:
    """Open the page as a person at a place, and wait until it is drawn and connected."""

    def open_place(user: str = "U1", channel: str = "D1", tab: str = "") -> Page:
        page.goto(f"{fake.url}/?as={user}&channel={channel}&tab={tab}")
        page.locator(".message-list > *, .home:not([hidden])").first.wait_for()
        fake.wait_for(lambda: bool(fake.sockets))
        return page

    return open_place


@pytest.fixture
def newcomer(browser: Browser) -> Iterator[Page]:
    """A page in a profile that remembers nothing."""
    opened = open_page(open_context(browser))
    yield opened
    problems = list_problems(opened)
    close_page(opened)
    assert problems == []


@pytest.fixture
def phone(browser: Browser) -> Iterator[Page]:
    opened = open_page(open_context(browser, viewport=PHONE, has_touch=True))
    yield opened
    problems = list_problems(opened)
    close_page(opened)
    assert problems == []
