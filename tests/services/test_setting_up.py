"""What the first hour reads and keeps, on both databases."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from decimal import Decimal

import pytest
from sqlalchemy import select

from bot.core.refusal import AlreadyDone, BadInput, Refusal
from bot.core.revision import Thresholds, propose
from bot.core.setup import Landing, Spread, Step
from bot.core.vocabulary import Band, Locale, Role
from bot.first_diagnosis import begin_watching
from bot.people import build_person
from bot.services.diagnosis import read_diagnosis
from bot.services.first_ten import begin_with
from bot.services.health_models import find_active
from bot.services.models.drafts import find_draft
from bot.services.setup.progress import finish_step, read_progress, turn_to
from bot.services.setup.thresholds import (
    Decided,
    decide_thresholds,
    is_provisional,
    read_thresholds,
)
from bot.store.holdings import count_weeks_of_usage, list_holdings
from bot.store.scopes import Scope
from bot.store.spread import read_spread
from bot.store.tables import AccountScore, NpsAnswer, OutboxItem, ScoreRun, Task, UsageDay
from tests.commands.desk import TODAY, Desk
from tests.commands.records import FRIDAY

pytestmark = pytest.mark.row("C6", "D14")
TITLE = {Locale.JA: "連絡する", Locale.EN: "Get in touch"}


@pytest.fixture
def desk(database_url: str) -> Iterator[Desk]:
    made = Desk(database_url)
    made.keep_model()
    for number, score in enumerate([12.9, 49.999, 50.0, 69.6, 70.0, 100.0]):
        band = Band.RED if score < 50 else Band.GREEN if score >= 70 else Band.YELLOW
        made.score(made.add_account(f"社{number}", arr=10), TODAY, score, band)
    yield made
    made.engine.dispose()


def spread_of(desk: Desk) -> Spread:
    with desk.store.reading(desk.workspace.id) as unit:
        return read_spread(unit, TODAY)


def counts(landed: dict[Band, Landing]) -> dict[Band, int]:
    return {band: each.count for band, each in landed.items() if each.count}


def test_scores_are_spread_over_whole_points_rounded_down(desk: Desk) -> None:
    spread = spread_of(desk)
    assert sorted(spread.by_point) == [12, 49, 50, 69, 70, 100]
    assert spread.by_point[69] == Landing(1, Decimal(10))
    assert counts(spread.land(50, 70)) == {Band.RED: 2, Band.YELLOW: 2, Band.GREEN: 2}
    assert counts(spread.land(51, 101)) == {Band.RED: 3, Band.YELLOW: 3}


def test_what_is_scored_by_hand_or_not_at_all_does_not_move(desk: Desk) -> None:
    desk.score(desk.add_account("無", arr=7), TODAY, None, Band.UNKNOWN)
    by_hand = desk.add_account("手", arr=5)
    desk.score(by_hand, TODAY, 90.0, Band.GREEN)
    desk.score_by_hand(by_hand, Band.RED, "解約の相談")
    desk.add_account("まだ")
    landed = spread_of(desk).land(1, 2)
    assert landed[Band.RED] == Landing(1, Decimal(5))
    assert landed[Band.UNKNOWN] == Landing(2, Decimal(7))


def test_thresholds_sort_the_last_day_and_leave_the_days_before(desk: Desk) -> None:
    old = desk.add_account("前から")
    desk.score(old, TODAY - timedelta(days=1), 55.0, Band.YELLOW)
    desk.score(old, TODAY, 55.0, Band.YELLOW)
    with desk.store.writing(desk.workspace.id) as unit:
        wanted = Thresholds(60, 70)
        assert decide_thresholds(unit, wanted, "U1", TODAY) is Decided.USED
        assert decide_thresholds(unit, wanted, "U1", TODAY) is Decided.KEPT
    with desk.store.reading(desk.workspace.id) as unit:
        rows = unit.session.execute(
            select(AccountScore.run_on, AccountScore.band, AccountScore.model_version).filter_by(
                account_id=old.id
            )
        ).all()
        assert sorted(rows) == [(TODAY - timedelta(days=1), "yellow", 1), (TODAY, "red", 2)]
        found = unit.session.execute(select(ScoreRun.run_on, ScoreRun.model_version))
        assert sorted(found) == [(TODAY - timedelta(days=1), 1), (TODAY, 2)]
        active = find_active(unit)
        assert active is not None
        assert (active.number, read_thresholds(unit)) == (2, Thresholds(60, 70))


@pytest.mark.parametrize("wanted", [Thresholds(0, 70), Thresholds(70, 70), Thresholds(50, 101)])
def test_thresholds_that_cannot_be_are_refused(desk: Desk, wanted: Thresholds) -> None:
    with pytest.raises(BadInput), desk.store.writing(desk.workspace.id) as unit:
        decide_thresholds(unit, wanted, "U1", TODAY)


def test_thresholds_are_provisional_until_decided_four_weeks_on(desk: Desk) -> None:
    def decide(on: date) -> bool:
        with desk.store.writing(desk.workspace.id) as unit:
            decide_thresholds(unit, Thresholds(50, 70), "U1", on)
            return is_provisional(unit.workspace)

    assert decide(TODAY)
    begin_watching(desk.store, desk.workspace.id, desk.texts, "U1")
    assert decide(TODAY + timedelta(days=27))
    assert not decide(TODAY + timedelta(days=28))


@pytest.mark.row("E11")
def test_thresholds_are_a_draft_for_a_second_person_once_it_has_started(desk: Desk) -> None:
    desk.score(desk.add_account("前から"), TODAY, 55.0, Band.YELLOW)
    begin_watching(desk.store, desk.workspace.id, desk.texts, "U1")

    def decide(red_below: int, by: str) -> Decided:
        with desk.store.writing(desk.workspace.id) as unit:
            return decide_thresholds(unit, Thresholds(red_below, 70), by, TODAY)

    assert [decide(60, "U1"), decide(61, "U1")] == [Decided.DRAFTED] * 2
    with pytest.raises(Refusal, match="model_draft_there"):
        decide(62, "U2")
    with desk.store.reading(desk.workspace.id) as unit:
        assert read_thresholds(unit) == Thresholds(50, 70)
        draft = find_draft(unit)
    assert draft is not None
    assert (draft.document["bands"]["red_below"], draft.revision) == (61, 2)


def test_steps_are_kept_and_taken_up_again(desk: Desk) -> None:
    with desk.store.writing(desk.workspace.id) as unit:
        assert finish_step(unit, Step.DATA, "U1") is Step.OWNERS
        assert finish_step(unit, Step.OWNERS, "U1") is Step.CHANNELS
        turn_to(unit, Step.DATA, "U1")
    with desk.store.reading(desk.workspace.id) as unit:
        progress = read_progress(unit.workspace)
    assert progress.step is Step.DATA
    assert progress.done == {Step.DATA, Step.OWNERS}
    assert Step.DATA.later(-1) is Step.DATA
    assert Step.START.later(1) is Step.START


def test_holdings_name_the_newest_day_of_each_kind(desk: Desk) -> None:
    account = desk.add_account("ある")
    with desk.store.writing(desk.workspace.id) as unit:
        for on in (date(2026, 9, 25), date(2026, 11, 19)):
            unit.add(UsageDay(metric="logins", used_on=on, account_count=3))
        answer = {"respondent": "x", "role": "user", "score": 9, "known_at": FRIDAY}
        unit.add(NpsAnswer(account_id=account.id, ref="1", responded_on=TODAY, **answer))
    with desk.store.reading(desk.workspace.id) as unit:
        held = {each.kind: (each.count, each.newest_on) for each in list_holdings(unit)}
        assert count_weeks_of_usage(unit) == 8
    assert held["accounts"] == (7, None)
    assert held["usage_daily"] == (1, date(2026, 11, 19))
    assert held["nps"] == (1, TODAY)
    assert held["tickets"] == (0, None)


def test_a_fall_over_weeks_is_no_reason_before_eight_weeks(desk: Desk) -> None:
    falling = desk.add_account("下降", arr=1000)
    values = {"usage_trend": (-0.4, -12.0), "nps": (2.0, -5.0), "logins_vs_past": (0.5, -9.0)}
    desk.score(falling, TODAY, 20.0, Band.RED, values, variant=2)
    everything = Scope("everything")

    def signs() -> list[str]:
        with desk.store.reading(desk.workspace.id) as unit:
            found = read_diagnosis(unit, everything, TODAY, Locale.EN)
        return [sign.label for sign in found.worst[0].signs]

    assert "Usage trend" not in signs()
    assert len(signs()) == 2
    with desk.store.writing(desk.workspace.id) as unit:
        for on in (date(2026, 9, 25), date(2026, 11, 19)):
            unit.add(UsageDay(metric="logins", used_on=on, account_count=3))
    assert signs()[0] == "Usage trend"


def test_the_worst_are_red_then_yellow_by_money_and_never_green(desk: Desk) -> None:
    desk.score(desk.add_account("大赤", arr=900), TODAY, 45.0, Band.RED)
    with desk.store.reading(desk.workspace.id) as unit:
        found = read_diagnosis(unit, Scope("everything"), TODAY, Locale.JA)
    assert [each.row.name for each in found.worst] == ["大赤", "社0", "社1", "社2", "社3"]
    assert found.landings[Band.RED] == Landing(3, Decimal(920))


def test_a_lead_is_told_of_the_team_and_ops_of_everybody(desk: Desk) -> None:
    lead = desk.hire("森", Role.LEAD)
    ops = desk.hire("大野", Role.OPS)
    lonely = desk.hire("新", Role.LEAD)
    desk.hire("田", Role.CSM)
    member = desk.hire("田中", Role.CSM, lead_id=lead.id)
    desk.score(desk.add_account("田中の社", member), TODAY, 30.0, Band.RED)
    assert begin_watching(desk.store, desk.workspace.id, desk.texts, "U1").told == 3
    with desk.store.reading(desk.workspace.id) as unit:
        items = unit.session.scalars(select(OutboxItem)).all()
    shown = {item.key.rpartition(":")[2]: str(item.payload["blocks"]) for item in items}
    assert set(shown) == {str(one.id) for one in (lead, ops, lonely)}
    assert "田中の社" in shown[str(lead.id)]
    assert "社0" not in shown[str(lead.id)]
    assert "社0" in shown[str(lonely.id)]
    with pytest.raises(AlreadyDone):
        begin_watching(desk.store, desk.workspace.id, desk.texts, "U1")


def test_without_a_score_nothing_begins(database_url: str) -> None:
    desk = Desk(database_url)
    with pytest.raises(Refusal, match="not_scored_yet"):
        begin_watching(desk.store, desk.workspace.id, desk.texts, "U1")
    desk.engine.dispose()


def test_many_who_press_at_once_make_one_task_an_account(desk: Desk) -> None:
    ids = [desk.add_account(f"急ぎ{number}").id for number in range(10)]
    by = build_person(desk.sato, desk.workspace)

    def press(_: int) -> int:
        try:
            with desk.store.writing(desk.workspace.id) as unit:
                return len(begin_with(unit, ids, TITLE, by, TODAY))
        except AlreadyDone:
            return 0

    with ThreadPoolExecutor(4) as pool:
        assert sum(pool.map(press, range(4))) == 10
    with desk.store.reading(desk.workspace.id) as unit:
        tasks = unit.session.scalars(select(Task).order_by(Task.due_on)).all()
    assert len(tasks) == 10
    assert {task.due_on.isoformat()[5:] for task in tasks} == {
        "11-24",
        "11-25",
        "11-26",
        "11-27",
        "11-30",
    }


def evenly(*points: int) -> Spread:
    return Spread({point: Landing(1, Decimal(0)) for point in points})


@pytest.mark.parametrize(
    ("points", "expected"),
    [
        (range(100), Thresholds(20, 65)),
        (range(55, 95), Thresholds(60, 70)),
        ((), Thresholds(50, 70)),
        (range(10, 40), Thresholds(50, 70)),
    ],
)
def test_thresholds_are_moved_no_further_than_needed(points: range, expected: Thresholds) -> None:
    assert propose(evenly(*points), Thresholds(50, 70)) == expected
