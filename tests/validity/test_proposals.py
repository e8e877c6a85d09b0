"""What is proposed for the model, and what never is; a proposal is a draft at most."""

from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import select

from bot.core.refusal import Refusal
from bot.core.validity import Changed, Chased, Finding, Validity, list_changed
from bot.health.model import Grade, load_default
from bot.services.health_models import ensure_active, find_active
from bot.services.models.drafts import find_draft
from bot.services.validity.proposals import (
    apply_proposal,
    draft_proposal,
    list_proposals,
)
from bot.store.tables import AuditEntry
from bot.store.validity import begin_run, find_newest, keep_run
from tests.commands.desk import TODAY, Desk

pytestmark = pytest.mark.row("B34", "E29")


def found(measure: str, verdict: str = "valid", auc: float = 0.25) -> Finding:
    return Finding(measure, verdict, verdict, auc, auc - 0.05, auc + 0.05, 40, 120)


def validity(*findings: Finding, chased: tuple[Chased, ...] = ()) -> Validity:
    from_on = date(2025, 1, 1)
    return Validity(TODAY, from_on, 1, 40, 120, 0.01, 9, findings=findings, chased=chased)


def told(*findings: Finding, chased: tuple[Chased, ...] = ()) -> list[tuple[str, str]]:
    made = list_proposals(validity(*findings, chased=chased), load_default())
    return [(each.measure, each.way) for each in made]


@pytest.mark.parametrize(
    "verdict",
    ["not_shown", "too_few", "unstable", "redundant", "goes_along", "refused_leak", "refused"],
)
def test_nothing_is_proposed_from_any_verdict_but_valid(verdict: str) -> None:
    assert told(found("nps", verdict)) == []
    assert told(found("nps", verdict, 0.8)) == []


def test_a_valid_measure_gains_one_step_and_not_beyond_what_it_is_worth() -> None:
    # 0.25 is far from a coin: worth most important; NPS is important everywhere.
    assert told(found("nps")) == [("nps", "up")]
    # 0.35 is worth important, which it is; 0.45 is worth no more than normal.
    assert told(found("nps", auc=0.35)) == []
    assert told(found("nps", auc=0.45)) == []
    # Breadth is normal: one step up, though it would be worth two.
    made = list_proposals(validity(found("breadth")), load_default())
    document = apply_proposal(load_default(), made[0])
    grades = {
        each.grade
        for variant in document.variants
        for each in variant.measures
        if each.measure == "breadth"
    }
    assert grades == {Grade.IMPORTANT}


def test_what_points_the_other_way_than_its_curve_may_lose_weight_and_never_gains() -> None:
    assert told(found("nps", auc=0.75)) == [("nps", "down")]
    assert told(found("breadth", auc=0.75)) == []


def test_high_values_of_what_is_bad_are_the_right_way() -> None:
    assert told(found("ticket_growth", auc=0.75)) == [("ticket_growth", "up")]


@pytest.mark.row("B32")
def test_what_a_playbook_moves_without_fewer_losses_gains_nothing() -> None:
    flag = Chased("usage_drop", "nps", "not_followed", 40, 12, 120, 30, is_flagged=True)
    assert told(found("nps"), chased=(flag,)) == []
    assert told(found("nps"), chased=(replace(flag, is_flagged=False),)) == [("nps", "up")]


def test_segment_and_size_and_what_the_model_does_not_weigh_are_never_proposed() -> None:
    assert told(found("@size"), found("@segment"), found("arr"), found("no_such")) == []


def test_three_at_most_the_strongest_first() -> None:
    some = [found("nps", auc=0.28), found("voc", auc=0.21), found("breadth", auc=0.24)]
    assert told(*some, found("key_feature_rate_20bd", auc=0.27)) == [
        ("voc", "up"),
        ("breadth", "up"),
        ("key_feature_rate_20bd", "up"),
    ]


def keep(desk: Desk, made: Validity) -> int:
    ensure_active(desk.store, desk.workspace.id)
    with desk.store.writing(desk.workspace.id) as unit:
        run_id = begin_run(unit, TODAY, "U0", even_beside=True)
        assert run_id is not None
        assert keep_run(unit, run_id, made)
        # A second child of the same run changes nothing.
        assert not keep_run(unit, run_id, validity())
    return run_id


def test_a_proposal_becomes_a_draft_and_the_version_in_use_stays(any_desk: Desk) -> None:
    run_id = keep(any_desk, validity(found("nps")))
    with any_desk.store.writing(any_desk.workspace.id) as unit:
        assert draft_proposal(unit, run_id, "nps", "U0OPS", "妥当性") == 2
    with any_desk.store.reading(any_desk.workspace.id) as unit:
        active, draft = find_active(unit), find_draft(unit)
        newest = find_newest(unit)
        assert active is not None
        assert active.document == load_default()
        assert draft is not None
        assert draft.note == "妥当性"
        assert newest is not None
        assert newest.run_id == run_id
        actions = set(unit.session.scalars(select(AuditEntry.action)))
        assert {"validity_asked", "health_model_draft_made"} <= actions


@pytest.mark.parametrize("measure", ["voc", "no_such"])
def test_what_was_not_proposed_cannot_be_drafted(desk: Desk, measure: str) -> None:
    run_id = keep(desk, validity(found("nps")))
    with desk.store.writing(desk.workspace.id) as unit, pytest.raises(Refusal) as refused:
        draft_proposal(unit, run_id, measure, "U0OPS", "")
    assert refused.value.code == "validity_outdated"


def test_only_into_valid_and_out_of_it_is_told_as_changed() -> None:
    before = validity(found("nps"), found("voc", "not_shown"), found("breadth", "too_few"))
    after = validity(found("nps", "unstable"), found("voc"), found("breadth", "not_shown"))
    assert list_changed(before, after) == [
        Changed("nps", "valid", "unstable"),
        Changed("voc", "not_shown", "valid"),
    ]
