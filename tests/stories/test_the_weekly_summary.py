"""Managers read the week, decide, and see what the other one has decided."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import select

from bot.services.playbooks import list_active
from bot.store.tables import Member, Playbook, PlaybookReview
from tests.commands.loop_records import add_episode
from tests.commands.records import Records
from tests.commands.weekly_records import MONDAY, TOLD_AT, add_key_feature_alerts, fill_week
from tests.house import CS, KUDO, MORI, OPS, SATO, SMITH, House, open_house

pytestmark = pytest.mark.row("B40", "B48")

DECIDED = {KUDO: "→ *継続*(工藤さん、11/16(月) 09:00)", SMITH: "→ *Keep* (工藤, Mon 16 Nov 00:00)"}


@dataclass
class Team:
    """The house with a week behind it; 工藤 and Smith are managers."""

    house: House
    records: Records

    def review(self) -> PlaybookReview:
        """The one decision on record."""
        with self.house.bot.store.reading(self.house.workspace.id) as unit:
            return unit.session.scalars(select(PlaybookReview)).one()

    def statuses(self) -> list[str]:
        """Of the versions of the playbook for falling use."""
        with self.house.bot.store.reading(self.house.workspace.id) as unit:
            wanted = select(Playbook.status).filter_by(key="usage_drop")
            return list(unit.session.scalars(wanted.order_by(Playbook.version)))


@pytest.fixture
def team(database_url: str, tmp_path: Path) -> Iterator[Team]:
    for house in open_house("http", database_url, tmp_path):
        with house.bot.store.writing(house.workspace.id) as unit:
            unit.session.scalars(select(Member).filter_by(slack_user=SMITH)).one().roles = [
                "manager"
            ]
        with house.bot.store.reading(house.workspace.id) as unit:
            sato = unit.session.scalars(select(Member).filter_by(slack_user=SATO)).one()
        records = Records(house.bot.store, house.workspace.id, sato)
        fill_week(records)
        house.at(TOLD_AT)
        house.run_job("weekly_summary")
        yield Team(house, records)


def test_each_manager_reads_it_once_in_their_language(team: Team) -> None:
    [ours], [theirs] = team.house.reads(KUDO), team.house.reads(SMITH)
    assert "*先週の結果|11/9(月)–11/15(日)*" in ours
    assert "*Last week | Mon 9 Nov – Sun 15 Nov*" in theirs
    team.house.run_job("weekly_summary")
    assert len(team.house.reads(KUDO)) == 1
    assert team.house.reads(MORI) == []


def test_a_decision_shows_in_every_copy_in_the_readers_language(team: Team) -> None:
    house = team.house
    assert DECIDED[KUDO] in house.clicks(KUDO, "verdict#1")
    house.send()
    assert team.review().verdict == "keep"
    for reader, told in DECIDED.items():
        [shown] = house.reads(reader)
        assert told in shown
    [ours], [theirs] = house.reads(KUDO), house.reads(SMITH)
    assert "継続 / 見直す / 廃止" in ours
    assert ours.count("[見直す / 廃止 / 様子を見る]") == 1
    assert "Change / Retire / Wait and see" not in theirs


def test_the_same_manager_changes_it_and_a_draft_comes_and_goes(team: Team) -> None:
    house = team.house
    house.clicks(KUDO, "verdict#2")
    assert team.statuses() == ["active", "draft"]
    [shown] = house.reads(KUDO)
    assert "下書きの第2版を作りました。次に編集する人:大野さん|確認日 12/14(月)" in shown
    week = MONDAY.isoformat()
    house.clicks(KUDO, "more", choose=f"verdict#{week}:usage_drop:retire")
    house.send()
    assert team.statuses() == ["retired"]
    [shown] = house.reads(SMITH)
    assert "→ *Retire* (工藤, Mon 16 Nov 00:00) | no new alerts" in shown


@pytest.mark.row("B44", "B45")
def test_the_draft_is_checked_by_ops_and_put_into_use(team: Team) -> None:
    house, records = team.house, team.records
    add_key_feature_alerts(records, [0.36] * 4 + [0.1] * 8, false_alarms=4)
    house.says(KUDO, "/sakidori summary")
    assert "次に編集する人:大野さん" in house.clicks(KUDO, "verdict#1")
    house.send()
    [told] = house.reads(OPS)
    assert "「主要機能の活用支援」の見直し*|下書き 第2版" in told
    assert "案:主要機能を使った日の割合(%未満) 40% → 35%" in told
    house.clicks(OPS, "draft")
    assert "今の版:40%" in house.form(OPS)
    wrong = house.submits(OPS, **{"key_feature.below": "120"})
    assert list(wrong["errors"]) == ["key_feature.below"]
    assert house.submits(OPS, **{"key_feature.below": "３０%"}).get("closed")
    house.rest()
    assert "第2版を使い始めました" in house.reads(OPS)[-1]
    with house.bot.store.reading(house.workspace.id) as unit:
        [active] = [each for each in list_active(unit) if each.document.key == "key_feature"]
    assert (active.number, active.document.signals[0].limits) == (2, {"below": 0.3})
    assert "この下書きはもうありません" in house.clicks(OPS, "draft") + house.form(OPS)


def test_two_managers_at_once_leave_one_decision_and_both_see_it(team: Team) -> None:
    house = team.house
    clicks = [(KUDO, "verdict#1"), (SMITH, "verdict#2")]

    def press(click: tuple[str, str]) -> None:
        user, label = click
        house.visitor.clicks(user, house.visitor.direct(user), label)

    with ThreadPoolExecutor(2) as people:
        list(people.map(press, clicks))
    house.rest()
    house.send()
    kept = team.review()
    assert team.statuses() == (["active"] if kept.verdict == "keep" else ["active", "draft"])
    words = {"keep": ("継続", "Keep"), "change": ("見直す", "Change")}[kept.verdict]
    told = ["\n".join(house.reads(user)) for user in (KUDO, SMITH)]
    assert f"→ *{words[0]}*" in told[0]
    assert f"→ *{words[1]}*" in told[1]
    refused = ("判断しています" in told[0], "has already decided" in told[1])
    assert sorted(refused) == [False, True]


def test_the_week_is_there_at_any_time_and_for_any_day_of_it(team: Team) -> None:
    house = team.house.at(datetime(2026, 11, 18, 3, tzinfo=UTC))
    assert "先週の結果|11/9(月)–11/15(日)" in house.says(MORI, "/sakidori summary")
    assert "週の結果|11/2(月)–11/8(日)" in house.says(MORI, "/sakidori summary 11/4")
    assert "今週の途中経過|11/16(月)–11/22(日)" in house.says(MORI, "summary 2026-11-18")
    assert "Last week" in house.says(SMITH, "/sakidori summary")
    assert "の週が分かりません" in house.says(MORI, "/sakidori summary 2027-01-01")
    assert "names no week" in house.says(SMITH, "/sakidori summary soon")
    house.says(MORI, "/sakidori summary")
    assert "→ *継続*(森さん" in house.clicks(MORI, "verdict#1")
    house.send()
    [ours] = house.reads(KUDO)
    assert "→ *継続*(森さん" in ours


def test_an_alert_without_an_owner_is_reached_from_the_summary(team: Team) -> None:
    house, records = team.house, team.records
    lonely = records.add_account("担当なし社", arr=9_000_000)
    add_episode(records, lonely, playbook="renewal", owner_id=None)
    shown = house.says(KUDO, "/sakidori summary")
    assert "1. 「更新準備」のアラート1件に担当者がいません(900万円)" in shown
    assert "担当なし社" in house.clicks(KUDO, "alert")
    house.says(SMITH, "/sakidori summary")
    assert "担当なし社" in house.clicks(SMITH, "See alert")


def test_a_private_summary_in_a_channel_is_for_the_asker_alone(team: Team) -> None:
    house = team.house
    assert "先週の結果" in house.says(KUDO, "/sakidori summary", CS)
    assert not any("先週の結果" in each for each in house.reads(OPS, CS))


def test_others_of_the_team_are_refused(team: Team) -> None:
    assert "役割ではできません" in team.house.says(SATO, "/sakidori summary")
