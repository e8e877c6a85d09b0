"""The summary's command and its button: whatever is decided at once, every copy tells all of it."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select

from bot.commands.summary import summary, verdict
from bot.core.refusal import BadInput
from bot.core.vocabulary import Locale, Role
from bot.job_runner import put_post
from bot.jobs.weekly_summary import weekly_summary
from bot.registry import LEADERS, whole
from bot.store.tables import Member, OutboxItem
from bot.views.reply import Private
from tests.commands.desk import Desk
from tests.commands.weekly_records import MONDAY, TOLD_AT, TOLD_ON, fill_week
from tests.views.shown import elements_of, message_of, problems_of, text_of

WEEK = MONDAY.isoformat()


@pytest.fixture
def desk(database_url: str) -> Iterator[Desk]:
    made = Desk(database_url)
    made.clock.move_to(TOLD_AT)
    fill_week(made)
    yield made
    made.engine.dispose()


@pytest.fixture
def managers(desk: Desk) -> list[Member]:
    return [
        desk.hire("工藤", Role.MANAGER),
        desk.hire("Smith", Role.MANAGER, locale="en", zone="Europe/London"),
    ]


def _post(desk: Desk, managers: list[Member]) -> None:
    for manager in managers:
        [post] = weekly_summary(desk.turn(manager, TOLD_ON))
        with desk.store.writing(desk.workspace.id) as unit:
            put_post(unit, post)


def _decide(desk: Desk, by: Member, said: str) -> Private:
    reply = verdict(desk.ask(by=by, value=f"{WEEK}:{said}"))
    assert isinstance(reply, Private)
    return reply


def _copies(desk: Desk) -> dict[str, str]:
    """What waits to be said anew, by reader."""
    with desk.store.reading(desk.workspace.id) as unit:
        wanted = select(OutboxItem).filter_by(kind="update")
        return {each.audience: text_of(_blocks(each)) for each in unit.session.scalars(wanted)}


def _blocks(item: OutboxItem) -> list[Any]:
    return list(item.payload["blocks"])


@pytest.mark.parametrize("round_", range(3))
def test_two_playbooks_decided_on_at_once_are_both_told_in_every_copy(
    desk: Desk, managers: list[Member], round_: int
) -> None:
    _post(desk, managers)
    clicks = zip(managers, ["usage_drop:keep", "late_payment:wait"], strict=True)
    with ThreadPoolExecutor(2) as people:
        list(people.map(lambda click: _decide(desk, *click), clicks))
    copies = _copies(desk)
    assert len(copies) == 2
    kudo, smith = (copies[str(each.slack_user)] for each in managers)
    assert "→ *継続*(工藤さん" in kudo
    assert "→ *様子を見る*(Smithさん" in kudo
    assert "→ *Keep* (工藤" in smith
    assert "→ *Wait and see* (Smith" in smith


def test_the_answer_stands_in_the_place_of_the_button(desk: Desk, managers: list[Member]) -> None:
    reply = _decide(desk, managers[0], "usage_drop:retire")
    assert reply.replaces
    assert problems_of(reply.message) == []
    assert "→ *廃止*(工藤さん、11/16(月) 09:00)|新しいアラートは出ません" in text_of(reply.message)
    menus = [each for each in elements_of(reply.message.blocks) if each["type"] == "overflow"]
    assert [len(each["options"]) for each in menus] == [3, 3]
    assert _copies(desk) == {}


def test_who_has_left_gets_no_copy(desk: Desk, managers: list[Member]) -> None:
    _post(desk, managers)
    with desk.store.writing(desk.workspace.id) as unit:
        unit.session.get_one(Member, (desk.workspace.id, managers[1].id)).is_active = False
    _decide(desk, managers[0], "usage_drop:keep")
    assert list(_copies(desk)) == [managers[0].slack_user]


@pytest.mark.parametrize("locale", list(Locale))
def test_a_week_far_back_is_told_with_what_was_known_then(desk: Desk, locale: Locale) -> None:
    lead = desk.hire("森", Role.LEAD)
    desk.clock.move_to(TOLD_AT + timedelta(weeks=8))
    shown = message_of(summary(desk.ask("2026-11-11", by=lead, locale=locale)))
    assert problems_of(shown) == []
    assert ("この週の実施 12件" if locale is Locale.JA else "runs 12") in text_of(shown)


def test_a_week_that_has_not_begun_is_refused(desk: Desk) -> None:
    with pytest.raises(BadInput):
        summary(desk.ask("2026-11-23"))


@pytest.mark.row("E11")
def test_leads_managers_and_ops_read_and_decide() -> None:
    registry = whole()
    for kind, key in (("command", "summary"), ("button", "verdict")):
        deed = registry.find(kind, key)
        assert deed is not None
        assert deed.roles == LEADERS


def test_an_editor_is_named_where_there_is_one(desk: Desk, managers: list[Member]) -> None:
    alone = text_of(_decide(desk, managers[0], "usage_drop:change").message)
    assert "次に編集する人:工藤さん" in alone
    desk.hire("大野", Role.OPS)
    again = replace(desk.ask("", by=managers[0]), text=WEEK)
    assert "次に編集する人:大野さん" in text_of(message_of(summary(again)))
