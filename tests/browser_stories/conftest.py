"""One house with a dozen customers for all stories here, and the page opened on it."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from tests.browser import browser, list_problems, open_context, open_page
from tests.browser_stories import company
from tests.house import House, open_house

__all__ = ["OpenAs", "browser", "context", "house", "open_as"]

OpenAs = Callable[..., Page]
_NO_HINT = "localStorage.setItem('sandbox.hint.closed', 'yes')"


@pytest.fixture(scope="module")
def house(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    """The dozen, imported and scored; the morning's digests are said."""
    folder = tmp_path_factory.mktemp("house")
    shutil.copyfile(sqlite_template, folder / "sakidori.sqlite3")
    for opened in open_house("http", f"sqlite:///{folder / 'sakidori.sqlite3'}", folder):
        company.take_in(opened, company.write_customers(folder), {"kind": "accounts"})
        company.take_in(opened, company.write_usage(folder))
        company.score(opened)
        opened.run_job("digest")
        with company.saying(opened):
            yield opened


@pytest.fixture(scope="module")
def context(browser: Browser) -> Iterator[BrowserContext]:
    opened = open_context(browser)
    opened.add_init_script(_NO_HINT)
    yield opened
    opened.close()


@pytest.fixture
def open_as(house: House, context: BrowserContext) -> Iterator[OpenAs]:
    """Opens the page as a person at a place; afterwards no script may have failed anywhere."""
    pages: list[Page] = []

    def open_place(user: str, channel: str = "", tab: str = "") -> Page:
        page = open_page(context)
        pages.append(page)
        place = channel or house.visitor.direct(user)
        page.goto(f"{house.sandbox.url}/?as={user}&channel={place}&tab={tab}")
        page.locator(".message-list > *, .home:not([hidden])").first.wait_for()
        return page

    yield open_place
    for page in pages:
        assert list_problems(page) == []
        assert page.get_by_test_id("unsupported").count() == 0
        page.close()
