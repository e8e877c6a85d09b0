"""Ops says what a break was: once, for every copy of the notice, in the words of the reader."""

from datetime import date
from typing import Any

import pytest
from sqlalchemy import select

from bot.commands.ops_decides import break_decided
from bot.core.refusal import AlreadyDone
from bot.core.vocabulary import Locale, Role
from bot.registry import OPS, whole
from bot.store.tables import Member, OutboxItem, UsageBreak
from bot.views.reply import Private
from tests.commands.desk import Desk
from tests.commands.nights import tell_findings
from tests.views.shown import elements_of, text_of

_RUN_ON = date(2026, 11, 20)


@pytest.fixture
def ops(desk: Desk) -> Member:
    return desk.hire("大野", Role.OPS)


def add_break(desk: Desk, metric: str = "logins", **more: Any) -> int:
    with desk.store.writing(desk.workspace.id) as unit:
        made = UsageBreak(
            **{
                "metric": metric,
                "began_on": date(2026, 11, 19),
                "found_on": _RUN_ON,
                "noted_on": _RUN_ON,
                "factors": {"2026-11-19": 0.7},
                "compared": 118,
                "moved": 111,
            }
            | more
        )
        unit.add(made)
        unit.session.flush()
        return made.id


@pytest.mark.row("B1")
@pytest.mark.parametrize(
    ("locale", "told"), [(Locale.JA, "普段の70%(30%減)"), (Locale.EN, "70% of the usual")]
)
def test_all_breaks_of_a_night_are_one_notice(
    desk: Desk, ops: Member, locale: Locale, told: str
) -> None:
    desk.workspace.locale = locale
    add_break(desk)
    add_break(desk, "api_calls")
    [post] = tell_findings(desk, "break")
    assert post.key == f"break:2026-11-20:{ops.slack_user}"
    assert told in text_of(post.message)
    assert "api_calls" in text_of(post.message)
    assert "111" in text_of(post.message)
    buttons = [each["value"] for each in elements_of(post.message.blocks)]
    assert len(buttons) == 4


def test_a_break_of_another_night_is_not_told_again_and_its_end_once(
    desk: Desk, ops: Member
) -> None:
    earlier = date(2026, 11, 18)
    add_break(desk, began_on=earlier, found_on=earlier, noted_on=earlier)
    assert [post.key for post in tell_findings(desk, "break", earlier)] == [
        f"break:2026-11-18:{ops.slack_user}"
    ]
    assert tell_findings(desk, "break") == []
    add_break(desk, "exports", began_on=earlier, found_on=earlier, ended_on=date(2026, 11, 19))
    [post] = tell_findings(desk, "break")
    assert post.key == f"break-over:2026-11-20:{ops.slack_user}"
    assert "エクスポート数" in text_of(post.message)


def test_who_decides_is_told_what_follows_and_the_notice_bears_the_name(
    desk: Desk, ops: Member
) -> None:
    break_id = add_break(desk)
    tell_findings(desk, "break")
    reply = break_decided(desk.ask(by=ops, value=f"{break_id}:changed"))
    assert isinstance(reply, Private)
    assert "仕様変更として扱います" in text_of(reply.message)
    with desk.store.reading(desk.workspace.id) as unit:
        [update] = unit.session.scalars(select(OutboxItem).filter_by(kind="update"))
    assert "大野さんが「仕様変更だった」と判断しました" in str(update.payload)
    assert elements_of(update.payload["blocks"]) == []
    with pytest.raises(AlreadyDone):
        break_decided(desk.ask(by=ops, value=f"{break_id}:real"))


def test_only_ops_decides() -> None:
    deed = whole().find("button", "break_decided")
    assert deed is not None
    assert deed.roles == OPS
