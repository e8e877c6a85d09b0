"""Decisions about playbooks on both databases: one a week, by whoever comes first."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import select

from bot.core.refusal import AlreadyDone, Refusal
from bot.core.vocabulary import Role, Verdict
from bot.people import build_person
from bot.services.playbooks import ensure_shipped, get_playbook
from bot.services.reviews import decide, find_editor
from bot.store.tables import AuditEntry, Member, Playbook, PlaybookReview
from tests.commands.desk import TODAY, Desk
from tests.commands.loop_records import add_episode
from tests.commands.weekly_records import MONDAY, add_key_feature_alerts, add_review

DROP = "usage_drop"


@pytest.fixture
def desk(database_url: str) -> Iterator[Desk]:
    made = Desk(database_url)
    ensure_shipped(made.store, made.workspace_id)
    yield made
    made.engine.dispose()


@pytest.fixture
def kudo(desk: Desk) -> Member:
    return desk.hire("工藤", Role.MANAGER)


def _decide(
    desk: Desk,
    by: Member,
    verdict: Verdict,
    week_on: date = MONDAY,
    today: date = TODAY,
    key: str = DROP,
) -> None:
    with desk.store.writing(desk.workspace.id) as unit:
        decide(unit, week_on, key, verdict, build_person(by, desk.workspace), today)


def _reviews(desk: Desk) -> list[PlaybookReview]:
    with desk.store.reading(desk.workspace.id) as unit:
        return list(unit.session.scalars(select(PlaybookReview)))


def _versions(desk: Desk) -> dict[int, str]:
    with desk.store.reading(desk.workspace.id) as unit:
        rows = unit.session.scalars(select(Playbook).filter_by(key=DROP))
        return {each.version: each.status for each in rows}


def _later(desk: Desk) -> None:
    desk.clock.move_to(desk.clock.now() + timedelta(minutes=5))


def test_keeping_leaves_everything_as_it_is(desk: Desk, kudo: Member) -> None:
    _decide(desk, kudo, Verdict.KEEP)
    [kept] = _reviews(desk)
    assert (kept.verdict, kept.member_id, kept.check_on) == ("keep", kudo.id, None)
    assert (kept.week_on, kept.playbook, kept.playbook_version) == (MONDAY, DROP, 1)
    assert _versions(desk) == {1: "active"}


@pytest.mark.row("B44", "B48")
def test_changing_makes_a_draft_to_be_looked_at_again_in_four_weeks(
    desk: Desk, kudo: Member
) -> None:
    _decide(desk, kudo, Verdict.CHANGE)
    assert _versions(desk) == {1: "active", 2: "draft"}
    [kept] = _reviews(desk)
    assert kept.check_on == date(2026, 12, 18)


@pytest.mark.row("B45")
def test_the_draft_has_the_limit_that_the_summary_proposed(desk: Desk, kudo: Member) -> None:
    add_key_feature_alerts(desk, [0.36] * 4 + [0.1] * 8, false_alarms=4)
    _decide(desk, kudo, Verdict.CHANGE, key="key_feature")
    with desk.store.reading(desk.workspace.id) as unit:
        used, draft = (get_playbook(unit, "key_feature", number) for number in (1, 2))
    assert used.signals[0].limits == {"below": 0.4}
    assert draft.signals[0].limits == {"below": 0.35}
    assert draft.steps == used.steps


@pytest.mark.parametrize(
    ("today", "check_on"),
    [
        (date(2026, 12, 4), date(2027, 1, 4)),
        (date(2027, 4, 5), date(2027, 5, 6)),
        (date(2026, 10, 26), date(2026, 11, 24)),
    ],
)
def test_the_day_of_looking_again_is_a_business_day(
    desk: Desk, kudo: Member, today: date, check_on: date
) -> None:
    _decide(desk, kudo, Verdict.WAIT, today=today)
    assert [each.check_on for each in _reviews(desk)] == [check_on]
    assert _versions(desk) == {1: "active"}


def test_retiring_takes_it_out_of_use_and_leaves_its_alerts(desk: Desk, kudo: Member) -> None:
    episode = add_episode(desk, desk.add_account("アクメ商事"))
    _decide(desk, kudo, Verdict.RETIRE)
    assert _versions(desk) == {1: "retired"}
    with desk.store.reading(desk.workspace.id) as unit:
        assert unit.session.get_one(type(episode), (desk.workspace.id, episode.id)).open_as == DROP


def test_the_same_person_changes_their_mind_and_nothing_is_left_behind(
    desk: Desk, kudo: Member
) -> None:
    for verdict, versions in (
        (Verdict.CHANGE, {1: "active", 2: "draft"}),
        (Verdict.RETIRE, {1: "retired"}),
        (Verdict.CHANGE, {1: "active", 2: "draft"}),
        (Verdict.WAIT, {1: "active"}),
    ):
        _decide(desk, kudo, verdict)
        _later(desk)
        assert _versions(desk) == versions
    assert [each.verdict for each in _reviews(desk)] == ["wait"]
    with desk.store.reading(desk.workspace.id) as unit:
        told = select(AuditEntry).filter_by(action="playbook_decided").order_by(AuditEntry.at)
        said = [each.change["verdict"] for each in unit.session.scalars(told)]
    assert said == ["change", "retire", "change", "wait"]


def test_the_same_again_is_done_already(desk: Desk, kudo: Member) -> None:
    _decide(desk, kudo, Verdict.KEEP)
    with pytest.raises(AlreadyDone):
        _decide(desk, kudo, Verdict.KEEP)


def test_a_second_person_is_told_who_decided_what(desk: Desk, kudo: Member) -> None:
    mori = desk.hire("森", Role.LEAD)
    _decide(desk, kudo, Verdict.RETIRE)
    for verdict in (Verdict.KEEP, Verdict.RETIRE):
        with pytest.raises(Refusal) as refused:
            _decide(desk, mori, verdict)
        assert refused.value.code == "verdict_given"
        assert refused.value.params == {"name": "工藤", "verdict": "retire"}
    assert _versions(desk) == {1: "retired"}


def test_a_draft_of_an_earlier_week_stays_when_a_later_decision_is_taken_back(
    desk: Desk, kudo: Member
) -> None:
    _decide(desk, kudo, Verdict.CHANGE, week_on=MONDAY - timedelta(weeks=4))
    _later(desk)
    _decide(desk, kudo, Verdict.CHANGE)
    assert _versions(desk) == {1: "active", 2: "draft"}
    _later(desk)
    _decide(desk, kudo, Verdict.KEEP)
    assert _versions(desk) == {1: "active", 2: "draft"}


def test_an_old_summary_is_not_decided_on_any_more(desk: Desk, kudo: Member) -> None:
    add_review(desk, MONDAY, DROP, "keep")
    with pytest.raises(Refusal) as refused:
        _decide(desk, kudo, Verdict.RETIRE, week_on=MONDAY - timedelta(weeks=1))
    assert refused.value.code == "verdict_outdated"


def test_what_is_retired_or_unknown_is_not_decided_on(desk: Desk, kudo: Member) -> None:
    _decide(desk, kudo, Verdict.RETIRE)
    with pytest.raises(Refusal) as refused:
        _decide(desk, kudo, Verdict.KEEP, week_on=MONDAY + timedelta(weeks=1))
    assert refused.value.code == "playbook_retired"
    with pytest.raises(Refusal) as refused:
        _decide(desk, kudo, Verdict.KEEP, key="nothing")
    assert refused.value.code == "no_such_playbook"
    assert len(_reviews(desk)) == 1


@pytest.mark.parametrize("round_", range(3))
def test_two_managers_at_once_leave_one_decision(desk: Desk, kudo: Member, round_: int) -> None:
    mori = desk.hire("森", Role.MANAGER)
    clicks = [(kudo, Verdict.CHANGE), (mori, Verdict.RETIRE)] * 3

    def press(click: tuple[Member, Verdict]) -> str:
        try:
            _decide(desk, *click)
        except Refusal as refusal:
            return refusal.code
        return "done"

    with ThreadPoolExecutor(6) as people:
        told = sorted(people.map(press, clicks))
    assert told == ["already_done"] * 2 + ["done"] + ["verdict_given"] * 3
    [kept] = _reviews(desk)
    whole = {"change": {1: "active", 2: "draft"}, "retire": {1: "retired"}}
    assert _versions(desk) == whole[kept.verdict]


def test_drafts_are_worked_on_by_the_first_of_ops(desk: Desk, kudo: Member) -> None:
    with desk.store.reading(desk.workspace.id) as unit:
        assert find_editor(unit) is None
    desk.hire("渡辺", Role.OPS, email="watanabe@sample.example")
    desk.hire("大野", Role.CSM, Role.OPS, email="ono@sample.example")
    desk.hire("青木", Role.OPS, is_active=False, email="aoki@sample.example")
    # A robot comes before all of them by name, and has no mail address.
    desk.hire("データ配信", Role.OPS)
    with desk.store.reading(desk.workspace.id) as unit:
        editor = find_editor(unit)
    assert editor is not None
    assert editor.name == "大野"


def test_a_decision_is_dated_by_the_business_clock(desk: Desk, kudo: Member) -> None:
    _decide(desk, kudo, Verdict.KEEP)
    assert [each.decided_at for each in _reviews(desk)] == [datetime(2026, 11, 20, tzinfo=UTC)]
