"""`/health` alone: whose accounts, worst first by the amount at risk, counts that add up, pages."""

import re
from datetime import date

import pytest

from bot.commands.health import book_band, book_page, health
from bot.core.vocabulary import Band, Locale, Role
from bot.store.tables import ScoreRun
from bot.views.reply import Private
from tests.commands.desk import TODAY, Desk
from tests.views.shown import elements_of, message_of, problems_of, text_of

_TITLES = ("担当", "チーム", "全顧客")


def _names(shown: str) -> list[str]:
    """Names of the rows; the title's count of accounts is no name."""
    return [name for name in re.findall(r"\*([^*]+社)\*", shown) if not name.startswith(_TITLES)]


@pytest.mark.row("B19", "C17", "C18", "E15")
def test_red_comes_first_and_within_a_band_the_larger_amount_at_risk(desk: Desk) -> None:
    for name, arr, score, band in (
        ("緑大社", 90_000_000, 90, Band.GREEN),
        ("赤小社", 100_000, 20, Band.RED),
        ("赤大社", 9_000_000, 40, Band.RED),
        ("黄社", 50_000_000, 60, Band.YELLOW),
    ):
        desk.score(desk.add_account(name, arr=arr), TODAY, score, band)
    shown = text_of(message_of(health(desk.ask())))
    assert _names(shown) == ["赤大社", "赤小社", "黄社", "緑大社"]


def test_counts_by_band_add_up_to_the_whole_book(desk: Desk) -> None:
    bands = [Band.RED] * 3 + [Band.YELLOW] * 6 + [Band.GREEN] * 11
    for number, band in enumerate(bands):
        desk.score(desk.add_account(f"第{number}社"), TODAY, 50, band)
    desk.add_account("未採点社")
    first = message_of(health(desk.ask())).blocks[0]["text"]["text"]
    assert "担当21社" in first
    assert [int(n) for n in re.findall(r"[🔴🟡🟢⚪](\d+)", first)] == [3, 6, 11, 1]


def test_pages_show_every_account_once(desk: Desk) -> None:
    for number in range(23):
        desk.add_account(f"{number:02}社", arr=number)
    seen: list[str] = []
    reply = health(desk.ask())
    while True:
        seen += _names(text_of(message_of(reply)))
        pager = [e for e in elements_of(message_of(reply).blocks) if "次へ" in str(e)]
        if not pager:
            break
        reply = book_page(desk.ask(value=pager[0]["value"]))
        assert isinstance(reply, Private)
        assert reply.replaces
    assert len(seen) == len(set(seen)) == 23


def test_a_band_can_be_looked_at_alone(desk: Desk) -> None:
    desk.score(desk.add_account("赤社"), TODAY, 20, Band.RED)
    desk.score(desk.add_account("緑社"), TODAY, 90, Band.GREEN)
    shown = text_of(message_of(book_band(desk.ask(value="green:0"))))
    assert _names(shown) == ["緑社"]
    assert "担当2社" in shown


def test_a_band_without_accounts_says_so(desk: Desk) -> None:
    desk.score(desk.add_account("緑社"), TODAY, 90, Band.GREEN)
    reply = message_of(book_band(desk.ask(value="red:0")))
    assert "🔴 高リスク の顧客はありません。" in text_of(reply)
    assert problems_of(reply) == []


def test_a_page_past_the_end_is_the_last_one(desk: Desk) -> None:
    desk.add_account("一社")
    assert "一社" in text_of(message_of(book_page(desk.ask(value="all:7"))))


def test_a_lead_sees_the_team_and_a_manager_everything(desk: Desk) -> None:
    lead = desk.hire("森", Role.LEAD)
    member = desk.hire("田中", Role.CSM, lead_id=lead.id)
    manager = desk.hire("工藤", Role.MANAGER)
    desk.add_account("佐藤社")
    desk.add_account("田中社", member)
    desk.add_account("森社", lead)
    assert set(_names(text_of(message_of(health(desk.ask(by=lead)))))) == {"田中社", "森社"}
    everything = text_of(message_of(health(desk.ask(by=manager))))
    assert "全顧客 3社" in everything
    assert "佐藤" in everything


def test_the_second_stands_in_while_the_owner_is_away(desk: Desk) -> None:
    second = desk.hire("田中", Role.CSM)
    away = desk.hire("鈴木", Role.CSM, absent_until_on=date(2026, 11, 24))
    desk.add_account("不在社", away, second_id=second.id)
    desk.add_account("在席社", second_id=second.id)
    assert _names(text_of(message_of(health(desk.ask(by=second))))) == ["不在社"]


def test_an_account_that_left_is_not_listed(desk: Desk) -> None:
    desk.add_account("解約社", is_active=False)
    desk.add_account("継続社")
    assert _names(text_of(message_of(health(desk.ask())))) == ["継続社"]


def test_a_day_whose_run_has_not_ended_is_not_shown(desk: Desk) -> None:
    account = desk.add_account("途中社")
    desk.score(account, date(2026, 11, 19), 80, Band.GREEN)
    desk.score(account, TODAY, 10, Band.RED)
    with desk.store.writing(desk.workspace.id) as unit:
        unit.session.get_one(ScoreRun, (desk.workspace.id, TODAY)).finished_at = None
    assert "🟢 *途中社*" in text_of(message_of(health(desk.ask())))


@pytest.mark.parametrize("locale", list(Locale))
@pytest.mark.parametrize("role", [Role.CSM, Role.LEAD, Role.MANAGER])
def test_an_empty_workspace_answers_with_blocks(desk: Desk, role: Role, locale: Locale) -> None:
    by = desk.hire("新人", role)
    reply = message_of(health(desk.ask(by=by, locale=locale)))
    assert reply.blocks
    assert problems_of(reply) == []


@pytest.mark.parametrize("locale", list(Locale))
def test_endless_names_stay_within_limits(desk: Desk, locale: Locale) -> None:
    manager = desk.hire("工藤", Role.MANAGER)
    for number in range(60):
        desk.add_account(f"{number}" + "&<長い社名>" * 40, arr=10**9)
    assert problems_of(message_of(health(desk.ask(by=manager, locale=locale)))) == []
