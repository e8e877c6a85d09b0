"""One house with a dozen customers for all stories here, and the page opened on it."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from tests.browser import browser, leave_page, open_context, open_page
from tests.browser_stories import company
from tests.house import FRIDAY, OPS, SATO, SMITH, House, open_house

__all__ = ["OpenAs", "browser", "context", "house", "open_as", "windows"]

OpenAs = Callable[..., Page]
_NO_HINT = """
    if (location.protocol === "http:") localStorage.setItem("sandbox.hint.closed", "yes");
"""


@pytest.fixture(scope="module")
def house(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    """The dozen, imported and scored; the morning's digests are said."""
    folder = tmp_path_factory.mktemp("house")
    shutil.copyfile(sqlite_template, folder / "sakidori.sqlite3")
    url, clock = f"sqlite:///{folder / 'sakidori.sqlite3'}", company.StoryClock(FRIDAY)
    patch = pytest.MonkeyPatch()
    # Child processes are on the story's day only where they know that it is not the wall's.
    patch.setenv("SAKIDORI_DEMO", "1")
    for opened in open_house("http", url, folder, clock=clock):
        customers = company.write_customers(folder)
        company.take_in(opened, customers, {"kind": "accounts"})
        company.take_in(opened, customers, company.AS_CONTRACTS)
        company.take_in(opened, company.write_usage(folder))
        company.score(opened)
        opened.run_job("digest")
        with company.saying(opened):
            yield opened
    patch.undo()


@pytest.fixture(scope="package")
def context(browser: Browser) -> Iterator[BrowserContext]:
    opened = open_context(browser)
    opened.add_init_script(_NO_HINT)
    yield opened
    opened.close()


@pytest.fixture(scope="package")
def windows() -> list[Page]:
    """Windows that nobody looks through at the moment."""
    return []


@pytest.fixture
def open_as(house: House, context: BrowserContext, windows: list[Page]) -> Iterator[OpenAs]:
    """Opens the page as a person at a place; afterwards no script may have failed anywhere."""
    pages: list[Page] = []

    def open_place(user: str, channel: str = "", tab: str = "") -> Page:
        page = windows.pop() if windows else open_page(context)
        pages.append(page)
        place = channel or house.visitor.direct(user)
        page.goto(f"{house.sandbox.url}/?as={user}&channel={place}&tab={tab}")
        page.locator(".message-list > *, .home:not([hidden])").first.wait_for()
        return page

    yield open_place
    unsupported = [page.get_by_test_id("unsupported").count() for page in pages]
    problems = [leave_page(page) for page in pages]
    windows += pages
    for each in (SATO, SMITH, OPS):
        while house.visitor.modal(each):
            house.visitor.closes(each)
    assert (problems, unsupported) == ([[]] * len(pages), [0] * len(pages))
