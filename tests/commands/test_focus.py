"""The company's focus: chosen in the settings by ops, on the audit log, seen in the digest."""

import json
from collections.abc import Iterator
from typing import Any

import pytest
from sqlalchemy import select

from bot.commands.digest import digest_now
from bot.commands.settings import keep_settings, settings_by_word
from bot.core.focus import Focus
from bot.core.vocabulary import Band, Locale, Role, Stage
from bot.services.diagnosis import read_diagnosis
from bot.store.focus import read_focus
from bot.store.scopes import Scope
from bot.store.tables import AuditEntry, Member
from bot.texts import Texts
from bot.views.diagnosis import build_diagnosis
from bot.views.reply import OpenForm, Private, UpdateHome
from tests.commands.desk import TODAY, Desk
from tests.commands.loop_records import add_episode

pytestmark = pytest.mark.row("A28")

FIELDS: dict[str, Any] = {
    "language": "ja",
    "opens": "09:00",
    "closes": "18:00",
    "digest_time": "08:30",
    "workdays": ["0", "1", "2", "3", "4"],
    "channel": "",
}


@pytest.fixture
def desk(database_url: str) -> Iterator[Desk]:
    desk = Desk(database_url)
    yield desk
    desk.engine.dispose()


def focus_of(desk: Desk) -> Focus:
    with desk.store.reading(desk.workspace.id) as unit:
        return read_focus(unit)


def form(desk: Desk, by: Member) -> str:
    opened = settings_by_word(desk.ask(by=by))
    assert isinstance(opened, OpenForm)
    return json.dumps(opened.view, ensure_ascii=False)


def choose(desk: Desk, by: Member, focus: str, language: str = "ja") -> str:
    answer = keep_settings(desk.submit({}, by=by, **{**FIELDS, "language": language}, focus=focus))
    assert isinstance(answer, UpdateHome)
    assert answer.message is not None
    return answer.message.text


def digest_of(desk: Desk, locale: Locale = Locale.JA) -> str:
    shown = digest_now(desk.ask(locale=locale))
    assert isinstance(shown, Private)
    return json.dumps(shown.message.blocks, ensure_ascii=False)


def test_ops_and_managers_choose_it_and_it_is_on_record(desk: Desk) -> None:
    ops = desk.hire("大田", Role.OPS)
    manager = desk.hire("宮", Role.MANAGER)
    assert "会社の重点" in form(desk, ops)
    assert "アップセル」にしました" in choose(desk, ops, "upsell")
    assert "にしました" not in choose(desk, ops, "upsell")
    assert focus_of(desk) is Focus.UPSELL
    assert "focus is now on new customers" in choose(desk, manager, "acquisition", "en")
    with desk.store.reading(desk.workspace.id) as unit:
        kept = unit.session.scalars(select(AuditEntry).filter_by(action="focus_chosen"))
        changes = {(each.actor, each.change["was"], each.change["now"]) for each in kept}
    assert changes == {
        (str(ops.id), "churn", "upsell"),
        (str(manager.id), "upsell", "acquisition"),
    }


def test_a_csm_neither_sees_nor_sets_it(desk: Desk) -> None:
    assert "会社の重点" not in form(desk, desk.sato)
    assert "にしました" not in choose(desk, desk.sato, "upsell")
    assert focus_of(desk) is Focus.CHURN


@pytest.mark.row("D31")
def test_the_digest_says_the_focus_and_names_who_is_ready(desk: Desk) -> None:
    desk.keep_model()
    for name, score, band in (("甲", 85.0, Band.GREEN), ("乙", 90.0, Band.GREEN)):
        desk.score(desk.add_account(name), TODAY, score, band)
    with desk.store.writing(desk.workspace.id) as unit:
        unit.workspace.settings = {}
    alerted = desk.add_account("丙")
    desk.score(alerted, TODAY, 95.0, Band.GREEN)
    add_episode(desk, alerted, opened_on=TODAY)
    assert "会社の重点" not in digest_of(desk)
    choose(desk, desk.hire("大田", Role.OPS), "upsell")
    japanese, english = digest_of(desk), digest_of(desk, Locale.EN)
    assert "2社(乙、甲)" in japanese
    assert "Ready (healthy by measure, past onboarding, no open alert): 2 (乙, 甲)" in english


def test_the_accounts_to_begin_with_follow_it(desk: Desk) -> None:
    desk.keep_model()
    for name, stage, arr in (
        ("大", Stage.ADOPTION, 900),
        ("新", Stage.ONBOARDING, 10),
        ("拡", Stage.EXPANSION, 20),
    ):
        made = desk.add_account(name, stage=stage.value, arr=arr)
        desk.score(made, TODAY, 40.0, Band.RED)
    ops = desk.hire("大田", Role.OPS)
    assert first_of(desk)[0] == "大"
    choose(desk, ops, "acquisition")
    assert first_of(desk)[0] == "新"
    choose(desk, ops, "upsell")
    names = first_of(desk)
    assert names == ["拡", "大", "新"]


def first_of(desk: Desk) -> list[str]:
    with desk.store.reading(desk.workspace.id) as unit:
        found = read_diagnosis(unit, Scope("everything"), TODAY, Locale.JA)
    said = {
        locale: json.dumps(build_diagnosis(Texts().speak(locale), found).blocks, ensure_ascii=False)
        for locale in Locale
    }
    assert ("重点" in said[Locale.JA]) is (found.focus is not Focus.CHURN)
    assert ("the focus is on" in said[Locale.EN]) is (found.focus is not Focus.CHURN)
    return [each.row.name for each in found.worst]
