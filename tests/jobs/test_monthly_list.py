"""The monthly list's day: the first business day of each person, whatever closes before it."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.core.vocabulary import Locale, Role
from bot.jobs.monthly_list import monthly_list
from bot.registry import whole
from bot.schedule import list_due
from bot.store.tables import Member
from bot.views.reply import Post
from tests.commands.desk import Desk
from tests.views.shown import problems_of, text_of

pytestmark = pytest.mark.row("B20", "B35", "B38")

JOBS = {"monthly_list": whole().jobs["monthly_list"]}


def days_of(desk: Desk, member: Member, start: date, count: int) -> list[date]:
    """On which of the days the list comes to this person."""
    found = []
    zone = ZoneInfo(member.zone or "Asia/Tokyo")
    for number in range(count):
        on = start + timedelta(days=number)
        now = datetime(on.year, on.month, on.day, 8, 31, tzinfo=zone).astimezone(UTC)
        with desk.store.reading(desk.workspace.id) as unit:
            turns = list_due(unit, JOBS, now)
        found += [on for turn in turns if turn.audience == f"member:{member.id}"]
    return found


@pytest.mark.parametrize(
    ("start", "first"),
    [
        (date(2026, 11, 30), date(2026, 12, 1)),
        # Year end: closed from 29 December to 3 January.
        (date(2026, 12, 28), date(2027, 1, 4)),
        # Golden Week: closed from 29 April to 5 May.
        (date(2027, 4, 28), date(2027, 5, 6)),
        (date(2027, 4, 30), date(2027, 5, 6)),
        # 1 August is a Saturday; 29 February is a day like any other.
        (date(2026, 7, 31), date(2026, 8, 3)),
        (date(2028, 2, 28), date(2028, 3, 1)),
    ],
)
def test_it_comes_once_on_the_first_business_day(desk: Desk, start: date, first: date) -> None:
    assert days_of(desk, desk.sato, start, 12) == [first]


def test_abroad_it_keeps_the_holidays_there_and_the_persons_own_week(desk: Desk) -> None:
    smith = desk.hire("Smith", Role.CSM, zone="Europe/London")
    # 3 May 2027 is the early May bank holiday.
    assert days_of(desk, smith, date(2027, 4, 28), 12) == [date(2027, 5, 4)]
    desk_of_four = desk.hire("木村", Role.CSM)
    with desk.store.writing(desk.workspace.id) as unit:
        unit.session.get_one(Member, (desk.workspace.id, desk_of_four.id)).workdays = [2, 3, 4]
    # 1 December is a Tuesday; they begin their week on Wednesday.
    assert days_of(desk, desk_of_four, date(2026, 11, 30), 9) == [date(2026, 12, 2)]


def test_only_those_who_answer_for_customers_get_one(desk: Desk) -> None:
    """A lead with a book of their own is an owner like any other."""
    first = date(2026, 12, 1)
    lead, seller = desk.hire("森", Role.LEAD), desk.hire("営業", Role.SALES)
    assert days_of(desk, seller, date(2026, 11, 30), 5) == []
    assert days_of(desk, lead, date(2026, 11, 30), 5) == [first]
    assert say(desk, lead, first) == []
    desk.add_account("アクメ商事", lead)
    assert len(say(desk, lead, first)) == 1


@pytest.mark.parametrize("locale", list(Locale))
def test_the_post_goes_where_the_persons_messages_go_under_the_months_key(
    desk: Desk, locale: Locale
) -> None:
    mori = desk.hire("森", Role.CSM, locale=locale.value, digest_channel="C1")
    desk.add_account("アクメ & <商事>", mori, tier="enterprise", arr=4_800_000)
    [post] = say(desk, mori, date(2026, 12, 1))
    assert (post.key, post.audience) == (f"monthly:2026-12:{mori.id}", "C1")
    assert problems_of(post.message) == []
    assert "森" in text_of(post.message)
    assert "アクメ & <商事>" in str(post.message.blocks)


def test_without_accounts_there_is_no_post(desk: Desk) -> None:
    assert say(desk, desk.sato, date(2026, 12, 1)) == []


def say(desk: Desk, member: Member, on: date) -> list[Post]:
    return monthly_list(desk.turn(member, on))
