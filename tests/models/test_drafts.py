"""A version's way: draft, simulated, in use, retired; who may do what, and what the log keeps."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any, TypeVar

import pytest
from sqlalchemy import select

from bot.core.band_flow import Flow
from bot.core.model_problem import InvalidModel
from bot.core.model_simulation import AlertLoad, Simulation
from bot.core.refusal import Refusal
from bot.health.edits import with_bands, without_measure
from bot.health.model import HealthDocument, load_default, read_document
from bot.services.health_models import find_active, get_version
from bot.services.models.approval import approve, ask_approval, reject
from bot.services.models.drafts import (
    change_draft,
    discard_draft,
    find_draft,
    keep_simulation,
    start_draft,
)
from bot.services.models.edits import Edit, edit_bands, edit_caps, edit_measure, start_from
from bot.store.tables import AccountScore, AuditEntry, HealthModel, Member
from bot.store.unit import Unit
from tests.commands.desk import TODAY, Desk
from tests.models.conftest import MIYA, OTA, SATO, SUDA
from tests.views.samples_of_the_past import TOO_FEW

T = TypeVar("T")
STRICTER = with_bands(load_default(), 60, 75)
LEANER = without_measure(load_default(), "standard", "nps")


def do(desk: Desk, deed: Callable[[Unit], T]) -> T:
    desk.clock.at += timedelta(minutes=1)
    with desk.store.writing(desk.workspace.id) as unit:
        return deed(unit)


def draft(desk: Desk, document: HealthDocument = STRICTER, by: str = OTA, note: str = "") -> int:
    return do(desk, lambda unit: start_draft(unit, document, by, note).version)


def found(revision: int, against: int = 1) -> Simulation:
    flow, load = Flow("JPY", TODAY, TODAY), AlertLoad([], [])
    return Simulation(TODAY, against, revision, 3, flow, [], (0, 0), (1.0, 1.0), 0, load, TOO_FEW)


def simulate(desk: Desk, version: int, revision: int = 1, against: int = 1) -> None:
    do(desk, lambda unit: keep_simulation(unit, version, found(revision, against), OTA))


def refusal(desk: Desk, deed: Callable[[Unit], Any]) -> str:
    with pytest.raises(Refusal) as refused:
        do(desk, deed)
    return refused.value.code


def versions(desk: Desk) -> list[tuple[int, str]]:
    with desk.store.reading(desk.workspace.id) as unit:
        rows = unit.session.scalars(select(HealthModel).order_by(HealthModel.version))
        return [(row.version, row.status) for row in rows]


def audit(desk: Desk) -> list[AuditEntry]:
    with desk.store.reading(desk.workspace.id) as unit:
        wanted = select(AuditEntry).where(AuditEntry.action.startswith("health_model"))
        return list(unit.session.scalars(wanted.order_by(AuditEntry.at, AuditEntry.action)))


@pytest.mark.row("E11", "E29")
def test_a_version_goes_from_draft_to_use_by_a_second_person_and_the_log_keeps_each_step(
    any_desk: Desk,
) -> None:
    number = draft(any_desk, note="赤が少なすぎる")
    assert versions(any_desk) == [(1, "active"), (2, "draft")]
    simulate(any_desk, number)
    assert versions(any_desk)[-1] == (2, "simulated")
    own = refusal(any_desk, lambda unit: approve(unit, number, 1, OTA, TODAY))
    assert own == "model_own_draft"
    assert do(any_desk, lambda unit: approve(unit, number, 1, SUDA, TODAY))
    assert versions(any_desk) == [(1, "retired"), (2, "active")]
    told = [(each.action.removeprefix("health_model_"), each.actor) for each in audit(any_desk)]
    assert told == [
        *[("draft_made", OTA), ("simulated", OTA), ("activated", SUDA), ("approved", SUDA)]
    ]
    made = audit(any_desk)[0].change
    assert made["note"] == "赤が少なすぎる"
    assert made["changes"] == [
        {"kind": "red_below", "before": 50.0, "after": 60.0},
        {"kind": "green_from", "before": 70.0, "after": 75.0},
    ]
    with any_desk.store.reading(any_desk.workspace.id) as unit:
        row = unit.session.scalars(select(HealthModel).filter_by(version=2)).one()
        assert (row.base_version, row.changed_by, row.approved_by) == (1, OTA, SUDA)
        assert get_version(unit, 1).document == load_default()


@pytest.mark.row("B45", "E29")
def test_where_only_bands_differ_today_is_sorted_by_them_at_once(any_desk: Desk) -> None:
    number = draft(any_desk)
    simulate(any_desk, number)
    assert do(any_desk, lambda unit: approve(unit, number, 1, MIYA, TODAY))
    with any_desk.store.reading(any_desk.workspace.id) as unit:
        rows = unit.session.execute(
            select(AccountScore.score, AccountScore.band, AccountScore.model_version)
        )
        assert sorted(rows) == [(45, "red", 2), (55, "red", 2), (80, "green", 2)]


@pytest.mark.row("E11")
def test_two_who_approve_at_once_put_it_into_use_once(any_desk: Desk) -> None:
    number = draft(any_desk)
    simulate(any_desk, number)

    def press(by: str) -> str:
        try:
            do(any_desk, lambda unit: approve(unit, number, 1, by, TODAY))
        except Refusal as refused:
            return refused.code
        return "used"

    with ThreadPoolExecutor(2) as people:
        assert sorted(people.map(press, (SUDA, MIYA))) == ["no_such_model_draft", "used"]
    assert versions(any_desk) == [(1, "retired"), (2, "active")]
    actions = [each.action for each in audit(any_desk)]
    assert actions.count("health_model_activated") == 1


def test_where_measures_differ_the_scores_wait_for_the_recompute(desk: Desk) -> None:
    number = draft(desk, LEANER)
    simulate(desk, number)
    assert not do(desk, lambda unit: approve(unit, number, 1, SUDA, TODAY))
    with desk.store.reading(desk.workspace.id) as unit:
        assert set(unit.session.scalars(select(AccountScore.model_version))) == {1}


def test_before_the_start_one_person_of_ops_is_enough(desk: Desk) -> None:
    def undo_start(unit: Unit) -> None:
        unit.workspace.started_on = None

    do(desk, undo_start)
    number = draft(desk)
    simulate(desk, number)
    do(desk, lambda unit: approve(unit, number, 1, OTA, TODAY))
    assert versions(desk)[-1] == (2, "active")


def test_nothing_comes_into_use_that_was_not_simulated_as_it_stands(desk: Desk) -> None:
    number = draft(desk)
    assert refusal(desk, lambda u: approve(u, number, 1, SUDA, TODAY)) == "model_not_simulated"
    simulate(desk, number)
    do(desk, lambda unit: change_draft(unit, number, 1, LEANER, SUDA))
    assert versions(desk)[-1] == (2, "draft")
    assert refusal(desk, lambda u: approve(u, number, 2, OTA, TODAY)) == "model_not_simulated"
    assert refusal(desk, lambda u: keep_simulation(u, number, found(1), OTA)) == (
        "model_draft_changed"
    )
    simulate(desk, number, 2, against=7)
    assert refusal(desk, lambda u: approve(u, number, 2, OTA, TODAY)) == "model_not_simulated"


@pytest.mark.row("E11")
def test_a_second_draft_is_refused_with_whose_the_first_is(desk: Desk) -> None:
    draft(desk)
    with pytest.raises(Refusal) as refused:
        draft(desk, LEANER, SUDA)
    assert refused.value.params == {"version": 2, "name": "大田"}
    do(desk, lambda unit: discard_draft(unit, 2, 1, SUDA))
    assert draft(desk, LEANER, SUDA) == 3
    assert versions(desk) == [(1, "active"), (2, "discarded"), (3, "draft")]


@pytest.mark.row("E11")
def test_of_two_editors_at_once_one_changes_it_and_the_other_hears_who_did(any_desk: Desk) -> None:
    number = draft(any_desk)
    wanted = ((OTA, LEANER), (SUDA, with_bands(STRICTER, 61, 75)))

    def edit(each: tuple[str, HealthDocument]) -> str:
        by, document = each
        try:
            do(any_desk, lambda unit: change_draft(unit, number, 1, document, by))
        except Refusal as refused:
            return f"{refused.code} {refused.params['name']}"
        return by

    with ThreadPoolExecutor(2) as people:
        done = sorted(people.map(edit, wanted), key=len)
    names = {OTA: "大田", SUDA: "須田"}
    assert done[1] == f"model_draft_changed {names[done[0]]}"
    with any_desk.store.reading(any_desk.workspace.id) as unit:
        row = find_draft(unit)
        assert row is not None
        assert read_document(row.document) == dict(wanted)[done[0]]
        assert row.revision == 2


def test_two_drafts_begun_at_once_leave_one(any_desk: Desk) -> None:
    def begin(by: str) -> bool:
        try:
            draft(any_desk, by=by)
        except Refusal:
            return False
        return True

    with ThreadPoolExecutor(2) as people:
        assert sorted(people.map(begin, (OTA, SUDA))) == [False, True]
    assert [status for _, status in versions(any_desk)] == ["active", "draft"]


def test_a_change_that_changes_nothing_leaves_revision_and_simulation(desk: Desk) -> None:
    number = draft(desk)
    simulate(desk, number)
    do(desk, lambda unit: change_draft(unit, number, 1, STRICTER, SUDA))
    assert versions(desk)[-1] == (2, "simulated")
    assert [each.action for each in audit(desk)][-1] == "health_model_simulated"


@pytest.mark.row("E11")
def test_everybody_who_may_approve_is_asked_but_not_whoever_changed_it(desk: Desk) -> None:
    number = draft(desk)
    assert refusal(desk, lambda u: ask_approval(u, number, 1, OTA)) == "model_not_simulated"
    simulate(desk, number)
    asked = do(desk, lambda unit: ask_approval(unit, number, 1, OTA))
    assert [each.slack_user for each in asked] == [MIYA, SUDA]
    people = do(desk, lambda unit: ask_approval(unit, number, 1, OTA, robots={MIYA}))
    assert [each.slack_user for each in people] == [SUDA]


def test_where_nobody_else_may_approve_it_is_said(desk: Desk) -> None:
    number = draft(desk)
    simulate(desk, number)

    def send_home(unit: Unit) -> None:
        for each in ask_approval(unit, number, 1, OTA):
            unit.session.get_one(Member, (unit.workspace_id, each.member_id)).is_active = False

    do(desk, send_home)
    assert refusal(desk, lambda u: ask_approval(u, number, 1, OTA)) == "model_no_second"


def test_sent_back_with_a_reason_it_is_a_draft_again(desk: Desk) -> None:
    number = draft(desk)
    simulate(desk, number)
    assert refusal(desk, lambda u: reject(u, number, 1, SUDA, " ")) == "model_needs_reason"
    do(desk, lambda unit: reject(unit, number, 1, SUDA, "根拠がありません"))
    assert versions(desk)[-1] == (2, "draft")
    assert audit(desk)[-1].change == {"reason": "根拠がありません"}
    assert refusal(desk, lambda u: approve(u, number, 1, SUDA, TODAY)) == "model_draft_changed"
    assert refusal(desk, lambda u: discard_draft(u, 9, 1, OTA)) == "no_such_model_draft"


@pytest.mark.row("A37", "E29")
def test_forms_change_bands_measures_and_caps_by_what_was_typed(desk: Desk) -> None:
    number = do(desk, lambda unit: start_from(unit, None, OTA, "試す"))
    said = {"red_below": "５５", "green_from": "72.5", "least_coverage": "60%"}
    do(desk, lambda unit: edit_bands(unit, Edit(number, 1, OTA), said))
    curve = "0%: 0\n40％：30\n100% → 90"
    change = ("standard", "active_user_rate", "normal", curve)
    do(desk, lambda unit: edit_measure(unit, Edit(number, 2, OTA), *change))
    caps = "支払い遅延 ≧ 14: 60\nlate_payment_days >= 14: 60\nlogins_vs_past <= 0.2: 49"
    with pytest.raises(InvalidModel, match="cap_line"):
        do(desk, lambda unit: edit_caps(unit, Edit(number, 3, OTA), "standard", caps))
    lines = "\n".join(caps.splitlines()[1:])
    do(desk, lambda unit: edit_caps(unit, Edit(number, 3, OTA), "standard", lines))
    with desk.store.reading(desk.workspace.id) as unit:
        row = find_draft(unit)
        assert row is not None
        document = read_document(row.document)
    assert (document.bands.red_below, document.bands.green_from) == (55, 72.5)
    assert document.least_coverage == 0.6
    seats = next(
        each for each in document.variants[-1].measures if each.measure == "active_user_rate"
    )
    assert list(seats.curve) == [(0, 0), (0.4, 30), (1, 90)]
    assert [cap.score_at_most for cap in document.variants[-1].caps] == [60, 49]
    kinds = [[each["kind"] for each in entry.change["changes"]] for entry in audit(desk)[1:]]
    assert kinds == [["least_coverage", "red_below", "green_from"], ["grade", "curve"], ["caps"]]


def test_what_cannot_be_meant_is_told_whole_and_changes_nothing(desk: Desk) -> None:
    number = do(desk, lambda unit: start_from(unit, None, OTA, ""))
    said = {"red_below": "many", "green_from": "70", "least_coverage": ""}
    with pytest.raises(InvalidModel) as refused:
        do(desk, lambda unit: edit_bands(unit, Edit(number, 1, OTA), said))
    assert [each.part for each in refused.value.problems] == ["red_below", "least_coverage"]
    said |= {"red_below": "70", "least_coverage": "50"}
    with pytest.raises(InvalidModel, match="bands_order"):
        do(desk, lambda unit: edit_bands(unit, Edit(number, 1, OTA), said))
    assert len(audit(desk)) == 1


def test_a_workspace_without_a_model_gets_the_shipped_one_under_its_first_draft(
    sqlite_url: str,
) -> None:
    desk = Desk(sqlite_url)
    assert draft(desk, by=SATO) == 2
    with desk.store.reading(desk.workspace.id) as unit:
        active = find_active(unit)
    assert active is not None
    assert (active.number, versions(desk)) == (1, [(1, "active"), (2, "draft")])
