"""Takes pictures of the page for the documents, each as large as what it shows."""

from pathlib import Path

from playwright.sync_api import Locator, Page

FOLDER = Path(__file__).resolve().parents[2] / "docs" / "pictures"
SIZE = {"width": 1000, "height": 2600}


def open_page(page: Page, address: str, person: str) -> None:
    """The page in the person's own eyes, on their direct message with the bot."""
    page.goto(f"{address}/?as={person}")
    page.locator("[data-kind=im]").first.click()
    hint = page.get_by_test_id("hint").get_by_role("button")
    if hint.count():
        hint.first.click()


def settle(page: Page) -> None:
    """The page hears of news by its socket and draws at once; charts take a moment."""
    page.wait_for_timeout(1_500)


def shoot(what: Locator, name: str, air: int = 0) -> None:
    """A picture of one thing as high as it is, `air` pixels around it."""
    settle(what.page)
    what.scroll_into_view_if_needed()
    box = what.bounding_box()
    path = FOLDER / f"{name}.png"
    if box is None or box["y"] < air or box["y"] + box["height"] > SIZE["height"] - air:
        raise SystemExit(f"{path.name} is not on the page as a whole: {box}")
    clip = {"x": box["x"] - air, "y": box["y"] - air}
    clip |= {"width": box["width"] + 2 * air, "height": box["height"] + 2 * air}
    what.page.screenshot(path=path, clip=clip)  # type: ignore[arg-type]
