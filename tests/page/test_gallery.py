"""Every block drawn once: nothing missing, charts with axes, tables that sort and page."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.browser import PHONE, close_page, list_problems, open_context, open_page
from tests.page.fake import FakeSandbox, FakeServer

pytestmark = [pytest.mark.browser, pytest.mark.row("X39")]


@pytest.fixture(scope="module")
def gallery(browser: Browser) -> Iterator[Page]:
    fake = FakeSandbox()
    with FakeServer(fake):
        page = open_page(open_context(browser))
        page.goto(f"{fake.url}/gallery.html")
        page.locator(".gallery-item").first.wait_for()
        yield page
        assert list_problems(page) == []
        close_page(page)


def item(gallery: Page, name: str) -> Locator:
    return gallery.locator(f'.gallery-item[data-name="{name}"]')


def test_only_the_unknown_sample_is_unsupported(gallery: Page) -> None:
    boxes = gallery.get_by_test_id("unsupported")
    expect(boxes).to_have_count(2)
    expect(item(gallery, "unknown").get_by_test_id("unsupported")).to_have_count(2)


def test_every_block_has_something_to_see(gallery: Page) -> None:
    empty = "nodes => nodes.filter(n => n.getBoundingClientRect().height < 1).length"
    assert gallery.locator(".block").evaluate_all(empty) == 0


@pytest.mark.parametrize(
    ("selector", "text"),
    [
        ("strong", "太字"),
        ("em", "斜体"),
        ("s", "取り消し"),
        ("code", "code"),
        ("pre", "const a = 1 < 2;"),
        ("blockquote", "引用の1行目引用の2行目"),
        ("time", "今日 09:00"),
    ],
)
def test_slacks_text_format_is_drawn(gallery: Page, selector: str, text: str) -> None:
    expect(item(gallery, "section mrkdwn").locator(selector).first).to_have_text(text)


def test_escaped_letters_are_letters(gallery: Page) -> None:
    text = item(gallery, "section mrkdwn")
    expect(text).to_contain_text("<b>タグではない</b> 2 < 3 & 5")
    expect(text.locator("b")).to_have_count(0)


def test_marks_beside_a_letter_are_no_formatting(gallery: Page) -> None:
    text = item(gallery, "section mrkdwn")
    expect(text).to_contain_text("*隙間なし*です snake_case_name 3*4*5")


def test_mentions_carry_names(gallery: Page) -> None:
    mentions = item(gallery, "section mrkdwn").locator(".mention")
    expect(mentions).to_have_text(["@佐藤 彩", "@田中 健", "#cs-team", "@here"])


def test_a_link_keeps_its_address(gallery: Page) -> None:
    link = item(gallery, "section mrkdwn").get_by_role("link", name="リンク")
    expect(link).to_have_attribute("href", "https://example.com/a?b=1&c=2")
    expect(link).to_have_attribute("rel", "noopener noreferrer")


def test_a_line_chart_has_axes_points_and_a_legend(gallery: Page) -> None:
    chart = item(gallery, "line chart")
    expect(chart.get_by_role("img", name="ヘルススコア(90日)")).to_be_visible()
    expect(chart.locator(".chart-line")).to_have_count(2)
    expect(chart.locator(".chart-point")).to_have_count(28)
    ticks = chart.locator(".chart-tick").all_text_contents()
    assert {"0", "20", "40", "60", "80"} <= set(ticks)
    assert ticks[-1] == "11/20"
    expect(chart.locator(".chart-axis")).to_have_text(["日付", "点"])
    expect(chart.locator(".legend li")).to_have_text(["ヘルススコア", "しきい値"])


def test_a_band_has_its_own_colour_in_every_chart(gallery: Page) -> None:
    red = item(gallery, "bar chart").locator(".chart-bar").first
    expect(red).to_have_attribute("fill", "#d7263d")
    slices = item(gallery, "pie chart").locator(".chart-slice")
    colours = slices.evaluate_all("nodes => nodes.map(n => n.getAttribute('fill'))")
    assert colours == ["#d7263d", "#e0b000", "#2bac76", "#a5a5a9"]


def test_bars_below_zero_hang_from_the_zero_line(gallery: Page) -> None:
    chart = item(gallery, "bar chart below zero")
    zero = chart.locator(".chart-zero").get_attribute("y1")
    assert zero is not None
    tops = chart.locator(".chart-bar").evaluate_all("nodes => nodes.map(n => +n.getAttribute('y'))")
    assert tops[0] == pytest.approx(float(zero))
    assert tops[1] < float(zero)


def test_a_single_slice_is_a_whole_disc(gallery: Page) -> None:
    expect(item(gallery, "pie with one segment").locator("circle.chart-slice")).to_be_visible()


def test_the_figures_of_a_chart_are_there_for_screen_readers(gallery: Page) -> None:
    rows = item(gallery, "pie chart").locator("table tr")
    expect(rows).to_have_count(4)
    expect(rows.nth(2)).to_have_text("🟢 良好27")


def test_a_data_table_pages_sorts_and_narrows(gallery: Page) -> None:
    table = item(gallery, "data_table")
    rows = table.locator("tbody tr")
    expect(rows).to_have_count(5)
    table.get_by_role("button", name="次のページ").click()
    expect(rows).to_have_count(3)
    expect(table.get_by_role("button", name="次のページ")).to_be_disabled()
    table.get_by_role("button", name="ヘルススコア で並べ替える").click()
    scores = [int(text) for text in table.locator("td.numeric").all_text_contents()]
    assert scores == sorted(scores)
    table.get_by_role("button", name="ヘルススコア で並べ替える").click()
    expect(table.get_by_role("columnheader").nth(1)).to_have_attribute("aria-sort", "descending")
    table.get_by_role("searchbox").fill("ゼータ")
    expect(rows).to_have_count(1)
    table.get_by_role("searchbox").fill("")


def test_a_collapsed_container_opens(gallery: Page) -> None:
    box = item(gallery, "container").locator("details")
    expect(box.get_by_text("中身")).to_be_hidden()
    box.locator("summary").click()
    expect(box.get_by_text("中身")).to_be_visible()


def test_markdown_shows_its_table_and_not_its_html(gallery: Page) -> None:
    block = item(gallery, "markdown")
    expect(block.locator("tbody tr")).to_have_count(2)
    expect(block.locator("li ol li")).to_have_count(2)
    expect(block.locator("pre")).to_have_text("<script>alert(1)</script>")


def test_the_gallery_fits_a_phone(browser: Browser) -> None:
    fake = FakeSandbox()
    with FakeServer(fake):
        page = open_page(open_context(browser, viewport=PHONE))
        page.goto(f"{fake.url}/gallery.html?lang=en")
        page.locator(".gallery-item").first.wait_for()
        assert page.evaluate("() => document.documentElement.scrollWidth") <= PHONE["width"]
        size = page.locator(".chart-tick").first.evaluate("n => n.getBoundingClientRect().height")
        assert size >= 10
        close_page(page)
