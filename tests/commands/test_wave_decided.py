"""Ops says what becomes of alerts held back: once, for every copy, in the words of the reader."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from typing import Any

import pytest
from sqlalchemy import select

from bot.commands.gaps import gaps
from bot.commands.ops_decides import wave_decided
from bot.core.refusal import AlreadyDone
from bot.core.vocabulary import Locale, Role
from bot.registry import OPS, whole
from bot.store.tables import AlertWave, Member, OutboxItem
from bot.views.reply import Private
from tests.commands.desk import Desk
from tests.commands.nights import tell_findings
from tests.views.shown import elements_of, text_of

RUN_ON = date(2026, 11, 20)
LATE = {"kind": "invoices", "rows": 31, "first_on": "2026-10-26", "last_on": "2026-11-02"}

pytestmark = pytest.mark.row("B1")


@pytest.fixture
def ops(desk: Desk) -> Member:
    return desk.hire("大野", Role.OPS)


def add_wave(desk: Desk, playbook: str = "late_payment", **more: Any) -> int:
    with desk.store.writing(desk.workspace.id) as unit:
        made = AlertWave(
            **{
                "playbook": playbook,
                "title": {"ja": "入金の確認", "en": "Late payment check"},
                "found_on": RUN_ON,
                "ends_on": date(2026, 11, 30),
                "held": list(range(1, 32)),
                "watched": 128,
                "causes": [LATE],
                "noted_on": RUN_ON,
            }
            | more
        )
        unit.add(made)
        unit.session.flush()
        return made.id


@pytest.mark.parametrize(
    ("locale", "told"),
    [
        (
            Locale.JA,
            [
                "*入金の確認* 128社のうち31社",
                "「請求」31件(10/26(月)〜11/2(月)分)",
                "11/30(月)までに判断がなければ、その日から1晩に10件ずつ",
            ],
        ),
        (
            Locale.EN,
            [
                "*Late payment check*: 31 of 128 accounts",
                "Invoices, 31 rows (",
                "10 a night open from that day on",
            ],
        ),
    ],
)
def test_all_waves_of_a_night_are_one_notice_with_cause_and_deadline(
    desk: Desk, ops: Member, locale: Locale, told: list[str]
) -> None:
    desk.workspace.locale = locale
    add_wave(desk)
    usage = {"kind": "usage_daily", "rows": 0, "first_on": "2026-11-17", "last_on": "2026-11-19"}
    add_wave(desk, "usage_drop", causes=[usage])
    [post] = tell_findings(desk, "wave")
    assert post.key == f"wave:2026-11-20:{ops.slack_user}"
    assert not post.holds_customer_data
    for each in told:
        assert each in text_of(post.message)
    assert len(elements_of(post.message.blocks)) == 4


def test_what_another_night_held_back_is_not_told_again(desk: Desk, ops: Member) -> None:
    earlier = date(2026, 11, 19)
    add_wave(desk, found_on=earlier)
    assert len(tell_findings(desk, "wave", earlier)) == 1
    assert tell_findings(desk, "wave") == []


@pytest.mark.parametrize(
    ("said", "locale", "reply", "notice"),
    [
        (
            "released",
            Locale.JA,
            "次の夜間計算で出します(残り31社",
            "「アラートを出す」を選びました",
        ),
        ("left_out", Locale.JA, "今回のアラートは出しません(残り31社", "「今回は見送る」を選び"),
        ("released", Locale.EN, "open in the next night's run (31 left", "chosen to open the"),
        ("left_out", Locale.EN, "opens by this (31 left)", "has chosen to leave them out"),
    ],
)
def test_who_decides_is_told_what_follows_and_the_notice_bears_the_name(
    desk: Desk, ops: Member, said: str, locale: Locale, reply: str, notice: str
) -> None:
    desk.workspace.locale = locale
    wave_id = add_wave(desk)
    tell_findings(desk, "wave")
    answer = wave_decided(desk.ask(by=ops, value=f"{wave_id}:{said}", locale=locale))
    assert isinstance(answer, Private)
    assert reply in text_of(answer.message)
    with desk.store.reading(desk.workspace.id) as unit:
        [update] = unit.session.scalars(select(OutboxItem).filter_by(kind="update"))
    assert notice in str(update.payload)
    assert "大野" in str(update.payload)
    assert elements_of(update.payload["blocks"]) == []
    with pytest.raises(AlreadyDone):
        wave_decided(desk.ask(by=ops, value=f"{wave_id}:released"))


def test_only_ops_decides_and_leads_see_it_without_buttons(desk: Desk) -> None:
    add_wave(desk)
    deed = whole().find("button", "wave_decided")
    assert deed is not None
    assert deed.roles == OPS
    shown = gaps(desk.ask(by=desk.hire("大野", Role.OPS)))
    assert isinstance(shown, Private)
    found = [each["action_id"] for each in elements_of(shown.message.blocks)]
    assert [each for each in found if each.startswith("wave")] == [
        "wave_decided#1",
        "wave_decided#2",
    ]
    reply = gaps(desk.ask(by=desk.hire("高橋", Role.LEAD)))
    assert isinstance(reply, Private)
    assert "128社のうち31社" in text_of(reply.message)
    offered = [each["action_id"] for each in elements_of(reply.message.blocks)]
    assert not any(each.startswith("wave") for each in offered)


def test_after_the_wait_it_says_how_many_have_opened(desk: Desk) -> None:
    add_wave(desk, opened=10, opened_on=date(2026, 11, 19))
    reply = gaps(desk.ask(by=desk.hire("大野", Role.OPS)))
    assert isinstance(reply, Private)
    assert "判断がないため、10件を出しました" in text_of(reply.message)


@pytest.fixture
def any_desk(database_url: str) -> Iterator[Desk]:
    made = Desk(database_url)
    yield made
    made.engine.dispose()


def test_of_two_presses_at_once_one_decides(any_desk: Desk) -> None:
    ops, other = any_desk.hire("大野", Role.OPS), any_desk.hire("加藤", Role.OPS)
    wave_id = add_wave(any_desk)

    def press(number: int) -> bool:
        said, by = (("released", ops), ("left_out", other))[number]
        try:
            wave_decided(any_desk.ask(by=by, value=f"{wave_id}:{said}"))
        except AlreadyDone:
            return False
        return True

    with ThreadPoolExecutor(2) as threads:
        done = list(threads.map(press, range(2)))
    assert sum(done) == 1
    with any_desk.store.reading(any_desk.workspace.id) as unit:
        [row] = unit.session.scalars(select(AlertWave))
    assert (row.state, row.decided_by_id) == (
        ("released", ops.id) if done[0] else ("left_out", other.id)
    )
