"""Pictures for the README out of a running demo: `python -m tests.browser_stories.pictures URL`.

The demo must have been played to 20 November 2026, as `make demo` does.
"""

import argparse
import time
from collections.abc import Callable
from dataclasses import dataclass

from playwright.sync_api import Locator, Page, sync_playwright

from sandbox.visitor import Visitor
from tests.browser import get_chromium
from tests.browser_stories.camera import FOLDER, SIZE, open_page, settle, shoot

# Pixels left around the home, which has none of its own.
AIR = 8


@dataclass(frozen=True)
class Sitter:
    """Who is pictured in one language: a CSM, an ops person, and an account of the CSM's."""

    locale: str
    csm: str
    ops: str
    account: str


SITTERS = (
    Sitter("ja", "U0SATO0001", "U0KATO0001", "アクメ商事"),
    Sitter("en", "U0CARTER01", "U0RAMAN001", "quillmark"),
)
OPS_CHANNEL = "cs-ops"


def main() -> None:
    """Take all pictures of the demo at the given address."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("address", help="what `make demo` printed, e.g. http://127.0.0.1:8400")
    address = parser.parse_args().address.rstrip("/")
    FOLDER.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=get_chromium(), args=["--no-sandbox"])
        for sitter in SITTERS:
            page = browser.new_page(viewport=SIZE, device_scale_factor=1)  # type: ignore[arg-type]
            take_all(page, address, sitter)
        browser.close()


def take_all(page: Page, address: str, sitter: Sitter) -> None:
    """The pictures of one language."""
    visitor = Visitor(address)
    direct = visitor.direct(sitter.csm)
    open_page(page, address, sitter.csm)
    page.get_by_test_id("message").first.wait_for()
    _shoot(fullest_digest(page, visitor, sitter), "digest", sitter)
    _say(visitor, sitter.csm, direct, f"/health {sitter.account}")
    _shoot(_newest(page), "card", sitter)
    visitor.clicks(sitter.csm, direct, "why")
    _shoot(_newest(page), "why", sitter)
    page.get_by_test_id("tab-home").click()
    page.get_by_test_id("home").get_by_role("combobox").first.wait_for()
    _shoot(page.locator(".home-blocks"), "home", sitter, air=AIR)
    _take_import(page, address, visitor, sitter)


def _take_import(page: Page, address: str, visitor: Visitor, sitter: Sitter) -> None:
    open_page(page, address, sitter.ops)
    if sitter.locale == "ja":
        # The channel is told in the workspace's language, a direct message in the reader's.
        page.get_by_test_id(f"channel-{OPS_CHANNEL}").click()
    file = FOLDER / f"nps_{sitter.locale}.csv"
    file.write_text(_ANSWERS[sitter.locale], encoding="utf-8-sig")
    button = page.get_by_role("button", name={"ja": "取り込む", "en": "Import"}[sitter.locale])
    reports = page.get_by_test_id("message").filter(has=button)
    page.get_by_test_id("file-picker").wait_for(state="attached")
    before = reports.count()
    page.get_by_test_id("file-picker").set_input_files(file)
    reports.nth(before).wait_for(timeout=90_000)
    file.unlink()
    _shoot(reports.last, "import", sitter)


_ANSWERS = {
    "ja": "顧客名,回答日,回答者,スコア,コメント\n"
    "アクメ商事,2026/11/19,中野 拓海,6,最近あまり使えていません\n"
    "ベータ物流,2026/11/18,高木 翔,9,現場で定着しました\n"
    "デルタ社,2026/13/01,木村 彩,8,\n"
    "ガンマ食品,2026/11/17,井上 蓮,12,\n",
    "en": "customer,response date,respondent,score,comment\n"
    "Quillmark Analytics,2026-11-12,O. Nolan,6,We hardly use it lately\n"
    "Harborline Robotics,2026-11-12,N. Bennett,9,The floor has taken to it\n"
    "Northglen Insurance,2026-13-01,A. Kimball,8,\n"
    "Oakhaven Components,2026-11-11,R. Ives,12,\n",
}


def fullest_digest(page: Page, visitor: Visitor, sitter: Sitter) -> Locator:
    """The digest with most in it; what only the person sees is no digest."""
    messages = visitor.messages(sitter.csm, visitor.direct(sitter.csm))
    digests = [each for each in messages if not each.get("ephemeral")]
    fullest = max(digests, key=lambda each: len(each.get("blocks") or []))
    return page.locator(f'[data-testid=message][data-ts="{fullest["ts"]}"]')


def _say(visitor: Visitor, person: str, channel: str, text: str) -> None:
    before = len(visitor.messages(person, channel))
    visitor.types(person, channel, text)
    _until(lambda: len(visitor.messages(person, channel)) > before)


def _newest(page: Page) -> Locator:
    settle(page)
    return page.get_by_test_id("message").last


def _until(look: Callable[[], bool], seconds: float = 20) -> None:
    deadline = time.monotonic() + seconds
    while not look() and time.monotonic() < deadline:
        time.sleep(0.1)


def _shoot(what: Locator, name: str, sitter: Sitter, air: int = 0) -> None:
    """A picture of one thing as high as it is, `air` pixels around it."""
    shoot(what, f"{name}.{sitter.locale}", air)


if __name__ == "__main__":
    main()
