"""The first hour at the page: an untidy Excel file, six steps, the start, the first digest."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Locator, Page, expect

from tests.browser import open_page
from tests.browser_stories import company
from tests.house import FRIDAY, OPS, OPS_ROOM, STRANGER, House, open_house

pytestmark = [pytest.mark.browser, pytest.mark.slow]

CHILD_MS = 240_000


@pytest.fixture
def fresh(sqlite_template: Path, tmp_path: Path) -> Iterator[House]:
    """A house on its first day: people, and not one customer."""
    shutil.copyfile(sqlite_template, tmp_path / "sakidori.sqlite3")
    url, clock = f"sqlite:///{tmp_path / 'sakidori.sqlite3'}", company.StoryClock(FRIDAY)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SAKIDORI_DEMO", "1")
        for opened in open_house("http", url, tmp_path, clock=clock):
            with company.saying(opened):
                yield opened


def visit(house: House, context: BrowserContext, user: str, channel: str = "") -> Page:
    page = open_page(context)
    place = channel or house.visitor.direct(user)
    page.goto(f"{house.sandbox.url}/?as={user}&channel={place}&tab=")
    page.get_by_test_id("composer").wait_for()
    return page


def drop(page: Page, path: Path, answer: str = "") -> None:
    """Drop a file, answer the one question about it, if any, and take it in."""
    page.get_by_test_id("file-picker").set_input_files(path)
    report = page.get_by_test_id("message").filter(has_text=path.name).last
    expect(report).to_contain_text("何も保存されません", timeout=CHILD_MS)
    if answer:
        report.get_by_role("combobox").click()
        page.get_by_test_id("choices").get_by_role("option", name=answer).click()
    report.get_by_role("button", name="取り込む").click(timeout=CHILD_MS)
    expect(report).to_contain_text("取り込み済み", timeout=CHILD_MS)


def go_on(modal: Locator, step: str) -> None:
    """Press Next and wait for the step."""
    modal.get_by_test_id("modal-submit").click()
    expect(modal).to_contain_text(step)


@pytest.mark.row("C6", "D14", "E8", "X39")
def test_from_an_untidy_file_to_the_first_digest(
    fresh: House, context: BrowserContext, tmp_path: Path
) -> None:
    room = visit(fresh, context, OPS, OPS_ROOM)
    drop(room, company.write_customers(tmp_path, "やまだ はなこ"), "税抜")
    drop(room, company.write_usage(tmp_path))
    page = visit(fresh, context, OPS)
    page.get_by_test_id("composer").fill("/sakidori setup")
    page.get_by_test_id("composer").press("Enter")
    modal = page.get_by_test_id("modal")
    expect(modal).to_contain_text("1/6")
    expect(modal).to_contain_text("12社")
    go_on(modal, "2/6")
    modal.get_by_role("combobox", name="やまだ はなこ").click()
    page.get_by_test_id("choices").get_by_role("option", name="新田").click()
    go_on(modal, "3/6")
    expect(modal).to_contain_text("新田")
    go_on(modal, "4/6")
    go_on(modal, "5/6")
    go_on(modal, "6/6")
    finish = modal.get_by_role("button", name="開始する")
    for _ in range(120):
        if finish.count():
            break
        modal.get_by_test_id("modal-submit").click()
        page.wait_for_timeout(2_000)
    finish.click()
    expect(modal).to_be_hidden()
    diagnosis = page.get_by_test_id("message").filter(has_text="はじめに連絡したい").last
    expect(diagnosis).to_contain_text("アクメ商事株式会社")
    expect(diagnosis).to_contain_text("しきい値は暫定です")
    diagnosis.get_by_role("button", name="から始める").click()
    expect(page.get_by_test_id("message").last).to_contain_text("タスクを作りました")
    fresh.run_job("digest")
    reader = visit(fresh, context, STRANGER)
    expect(reader.get_by_test_id("message").last).to_contain_text("担当12社")
