"""App Home and a person's own settings."""

import re
from datetime import time
from typing import Any

import pytest

from bot.commands.app_home import choose_band, open_home, turn_page
from bot.commands.settings import keep_settings, settings_by_button
from bot.core.vocabulary import Band, Locale, Role
from bot.services.ports import ChannelFacts
from bot.store.members import get_member
from bot.store.tables import Member
from bot.views.reply import FormErrors, OpenForm, Quiet, Reply, UpdateHome
from tests.commands.desk import TODAY, Desk
from tests.views.shown import elements_of, problems_of, text_of

GOOD = {
    "language": "ja",
    "digest_time": "07:45",
    "channel": "",
    "opens": "10:00",
    "closes": "19:00",
    "workdays": ["0", "1", "2", "3"],
}


def _view(reply: Reply) -> dict[str, object]:
    assert isinstance(reply, UpdateHome)
    return reply.view


def _save(desk: Desk, **changed: object) -> Reply:
    fields: dict[str, Any] = {**GOOD, **changed}
    return keep_settings(desk.submit({}, **fields))


def _member(desk: Desk) -> Member:
    with desk.store.reading(desk.workspace.id) as unit:
        return get_member(unit, desk.sato.id)


@pytest.mark.row("E15")
@pytest.mark.parametrize("locale", list(Locale))
@pytest.mark.parametrize("role", [Role.CSM, Role.LEAD, Role.MANAGER, Role.SALES])
def test_home_shows_today_accounts_and_settings(desk: Desk, role: Role, locale: Locale) -> None:
    person = desk.hire("誰か", role)
    desk.score(desk.add_account("アクメ商事", person), TODAY, 40, Band.RED)
    view = _view(open_home(desk.ask(by=person, locale=locale)))
    assert problems_of(view) == []
    shown = text_of(view)
    assert "アクメ商事" in shown
    assert "08:30" in shown
    assert "Asia/Tokyo" in shown


@pytest.mark.parametrize("locale", list(Locale))
def test_an_empty_home_is_valid_and_says_what_comes(desk: Desk, locale: Locale) -> None:
    assert problems_of(_view(open_home(desk.ask(locale=locale)))) == []


@pytest.mark.parametrize("locale", list(Locale))
def test_somebody_without_a_role_sees_settings_and_no_customer(desk: Desk, locale: Locale) -> None:
    newcomer = desk.hire("新田")
    desk.add_account("アクメ商事", newcomer)
    view = _view(open_home(desk.ask(by=newcomer, locale=locale)))
    assert problems_of(view) == []
    assert "アクメ商事" not in text_of(view)
    assert [each["action_id"] for each in elements_of(view["blocks"])] == ["settings"]  # type: ignore[arg-type]


def test_the_messages_tab_needs_no_home(desk: Desk) -> None:
    body = {"event": {"type": "app_home_opened", "tab": "messages"}}
    assert isinstance(open_home(desk.ask(body=body)), Quiet)


def test_home_pages_and_filters_in_place(desk: Desk) -> None:
    for number in range(15):
        account = desk.add_account(f"第{number:02}社", arr=number + 1)
        desk.score(
            account, TODAY, 20 if number == 3 else 90, Band.RED if number == 3 else Band.GREEN
        )
    second = text_of(_view(turn_page(desk.ask(value="all:1"))))
    assert len(set(re.findall(r"第\d\d社", second.split("担当15社")[-1]))) == 5
    red = text_of(_view(choose_band(desk.ask(value="red:0"))))
    assert "第03社" in red
    assert "第04社" not in red.split("担当15社")[-1]


def test_a_crowded_home_stays_within_a_hundred_blocks(desk: Desk) -> None:
    for number in range(60):
        desk.add_account(f"{number}" + "長い&<名前>" * 36)
    view = _view(open_home(desk.ask()))
    assert problems_of(view) == []
    assert len(view["blocks"]) <= 100  # type: ignore[arg-type]


@pytest.mark.parametrize("locale", list(Locale))
def test_the_form_shows_what_is_set(desk: Desk, locale: Locale) -> None:
    reply = settings_by_button(desk.ask(locale=locale))
    assert isinstance(reply, OpenForm)
    assert problems_of(reply.view) == []
    elements = {b["block_id"]: b["element"] for b in reply.view["blocks"]}
    assert elements["digest_time"]["initial_time"] == "08:30"
    assert len(elements["workdays"]["initial_options"]) == 5
    assert elements["language"]["initial_option"]["value"] == locale


def test_settings_are_kept_and_the_home_is_published_in_the_new_language(desk: Desk) -> None:
    reply = _save(desk, language="en")
    assert isinstance(reply, UpdateHome)
    assert reply.message is not None
    assert reply.message.text == "Your settings are saved."
    assert "Working hours" in text_of(reply.view)
    member = _member(desk)
    assert (member.locale, member.digest_time) == ("en", time(7, 45))
    assert (member.opens, member.closes, member.workdays) == (time(10), time(19), [0, 1, 2, 3])
    assert member.digest_channel is None


def test_work_ends_after_it_begins_and_a_week_has_a_day(desk: Desk) -> None:
    reply = _save(desk, closes="09:00", workdays=[])
    assert isinstance(reply, FormErrors)
    assert set(reply.errors) == {"closes", "workdays"}
    assert _member(desk).digest_time == time(8, 30)


@pytest.mark.parametrize(
    ("is_shared", "has_guests", "is_member", "word"),
    [(True, False, True, "社外"), (False, True, True, "ゲスト"), (False, False, False, "/invite")],
)
def test_a_digest_channel_that_outsiders_read_is_refused(
    desk: Desk, is_shared: bool, has_guests: bool, is_member: bool, word: str
) -> None:
    desk.town.channels["C9"] = ChannelFacts("C9", "x", "private", is_shared, has_guests, is_member)
    reply = _save(desk, channel="C9")
    assert isinstance(reply, FormErrors)
    assert word in reply.errors["channel"]
    assert _member(desk).digest_channel is None


def test_a_public_digest_channel_is_taken_with_a_warning(desk: Desk) -> None:
    desk.town.channels["C9"] = ChannelFacts("C9", "cs-all", "public", False, False, True)
    reply = _save(desk, channel="C9")
    assert isinstance(reply, UpdateHome)
    assert reply.message is not None
    assert "#cs-all は公開チャンネル" in reply.message.text
    assert _member(desk).digest_channel == "C9"
