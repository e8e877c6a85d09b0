"""The guard on the workspace's own runs: a measure moved, and was anybody kept?"""

from datetime import timedelta

import pytest

from bot.core.model_change import ModelChange
from bot.core.validity import Chased, Validity
from bot.core.vocabulary import Band
from bot.health.model import load_default, load_shipped
from bot.services.validity.guarding import is_higher_better, list_chased
from bot.services.validity.pages import list_warned
from bot.store.tables import Account
from bot.store.validity import begin_run, keep_run
from tests.commands.desk import TODAY, Desk
from tests.commands.weekly_records import add_result
from tests.validity.runs import THEN_ON, keep_runs, run_again

pytestmark = pytest.mark.row("B32", "B33")

CHASED = Chased("usage_drop", "nps", "not_followed", 40, 12, 120, 30, is_flagged=True)


def guard(desk: Desk) -> list[Chased]:
    return list_chased(desk.store, desk.workspace.id, TODAY, [load_default()])


def test_a_score_that_rises_while_as_many_leave_is_flagged(any_desk: Desk) -> None:
    keep_runs(any_desk, 24, rise=9, left=9, others=60, others_left=20)
    [told] = guard(any_desk)
    assert (told.playbook, told.measure) == ("usage_drop", "score")
    assert told.is_flagged
    assert (told.treated, told.treated_left) == (24, 9)
    # Those who have left since are counted among the accounts alike.
    assert (told.others, told.others_left) == (60, 20)


def test_where_far_fewer_leave_nothing_is_flagged(desk: Desk) -> None:
    keep_runs(desk, 30, rise=9, left=1, others=60, others_left=30)
    [told] = guard(desk)
    assert told.following == "followed"
    assert not told.is_flagged


def test_a_measure_that_did_not_move_is_not_flagged(desk: Desk) -> None:
    keep_runs(desk, 24, rise=0, left=9, others=60, others_left=20)
    [told] = guard(desk)
    assert (told.following, told.is_flagged) == ("not_moved", False)


def test_too_few_runs_are_told_as_such(desk: Desk) -> None:
    keep_runs(desk, 6, rise=9, left=3, others=12, others_left=3)
    [told] = guard(desk)
    assert (told.following, told.is_flagged) == ("too_few", False)


def test_the_measure_itself_is_read_as_of_both_days(desk: Desk) -> None:
    keep_runs(desk, 24, rise=3, left=9, others=60, others_left=20, measure="nps")
    [told] = guard(desk)
    assert told.measure == "nps"
    assert told.is_flagged


def test_runs_whose_half_year_is_not_over_are_not_judged(desk: Desk) -> None:
    keep_runs(desk, 2, rise=9, left=0, others=0, others_left=0, then_on=TODAY - timedelta(days=179))
    assert guard(desk) == []
    assert TODAY - timedelta(days=180) > THEN_ON


def test_who_leaves_within_half_a_year_of_the_run_counts_and_nobody_else(desk: Desk) -> None:
    keep_runs(desk, 4, rise=9, left=0, others=2, others_left=0)
    with desk.store.reading(desk.workspace.id) as unit:
        accounts = unit.session.query(Account).order_by(Account.name).all()
    with desk.together():
        # The day of the run itself, the day after, the last day of the half year, one too late.
        for account, days in zip(accounts, (0, 1, 180, 181), strict=False):
            add_result(desk, account, "churned", THEN_ON + timedelta(days=days))
        add_result(desk, accounts[4], "contracted", THEN_ON + timedelta(days=9))
    [told] = guard(desk)
    assert (told.treated, told.treated_left) == (4, 2)
    assert (told.others, told.others_left) == (2, 0)


def test_an_account_stands_once_by_its_first_run_and_never_beside_itself(desk: Desk) -> None:
    keep_runs(desk, 3, rise=9, left=0, others=2, others_left=0)
    again = THEN_ON - timedelta(days=40)
    with desk.store.reading(desk.workspace.id) as unit:
        accounts = unit.session.query(Account).order_by(Account.name).all()
    for account in accounts:
        desk.score(account, again, 48.0, Band.RED)
        desk.score(account, again + timedelta(days=30), 50.0, Band.RED)
    run_again(desk, accounts[0], again, 50.0)
    [told] = guard(desk)
    assert (told.treated, told.others) == (3, 2)


@pytest.mark.parametrize(
    ("measure", "is_better"),
    [("nps", True), ("late_payment_days", False), ("last_login_days", False), ("score", True)],
)
def test_which_way_is_better_comes_from_the_curve_or_the_unit(
    measure: str, is_better: bool
) -> None:
    documents = [load_default(), load_shipped("by_segment")]
    assert is_higher_better(measure, documents) is is_better


def keep(desk: Desk, *chased: Chased) -> None:
    with desk.store.writing(desk.workspace.id) as unit:
        run_id = begin_run(unit, TODAY, "U0", even_beside=True)
        assert run_id is not None
        keep_run(unit, run_id, Validity(TODAY, TODAY, 1, 30, 90, chased=list(chased)))


def warned(desk: Desk, *changes: ModelChange) -> list[str]:
    with desk.store.reading(desk.workspace.id) as unit:
        return [each.label for each in list_warned(unit, changes, "en")]


def test_more_weight_for_a_flagged_measure_is_warned_of_and_less_is_not(desk: Desk) -> None:
    keep(desk, CHASED)
    up = ModelChange("grade", "standard", "nps", "normal", "important")
    down = ModelChange("grade", "standard", "nps", "important", "normal")
    assert warned(desk, up) == ["NPS"]
    assert warned(desk, ModelChange("measure_added", "standard", "nps", after="normal")) == ["NPS"]
    assert warned(desk, down) == []
    assert warned(desk, ModelChange("grade", "standard", "voc", "normal", "important")) == []


def test_a_flag_that_is_gone_by_the_newest_run_warns_no_more(desk: Desk) -> None:
    keep(desk, CHASED)
    keep(desk)
    assert warned(desk, ModelChange("grade", "standard", "nps", "normal", "important")) == []
