"""From the workspace's own rows to verdicts: nothing after the day of looking, no leak, no luck."""

from datetime import UTC, date, datetime, timedelta

import numpy as np
import pytest
from sqlalchemy import func, select

from bot.core.validity import Finding, Validity
from bot.health.model import load_default
from bot.services.health_models import ensure_active
from bot.services.validity.cases import find_look, list_cases
from bot.services.validity.compute import compute_validity
from bot.services.validity.past import read_past
from bot.services.validity.proposals import list_proposals
from bot.store.tables import Account, AccountOutcome, AccountScore, NpsAnswer, ScoreRun
from bot.store.unit import Unit
from tests.commands.desk import FRIDAY, TODAY, Desk
from tests.commands.scores import pack_measures
from tests.validity.conftest import CONTENT
from tests.validity.ends import draw_ends, keep_ends, keep_renewals

pytestmark = pytest.mark.row("B31")


def finding(found: Validity, measure: str) -> Finding:
    return next(each for each in found.findings if each.measure == measure)


def look(desk: Desk) -> Validity:
    return compute_validity(desk.store, desk.workspace.id, TODAY)


@pytest.mark.parametrize(
    ("ended_on", "looked_on", "before"),
    [
        (date(2026, 3, 1), date(2025, 12, 1), 90),
        (date(2026, 3, 2), date(2026, 1, 1), 60),
        (date(2024, 2, 29), date(2023, 12, 1), 90),
        (date(2026, 12, 31), date(2026, 11, 1), 60),
    ],
)
def test_an_account_is_looked_at_sixty_to_ninety_days_before_the_end(
    ended_on: date, looked_on: date, before: int
) -> None:
    assert find_look(ended_on) == looked_on
    assert (ended_on - looked_on).days == before


def test_no_day_of_four_years_is_looked_at_later_or_earlier_than_that() -> None:
    days = [date(2024, 1, 1) + timedelta(days=number) for number in range(1461)]
    assert {60 <= (each - find_look(each)).days <= 90 for each in days} == {True}


def test_what_separates_is_valid_with_its_interval_and_counts(found: Validity) -> None:
    nps = finding(found, "nps")
    assert nps.verdict == "valid"
    assert nps.auc is not None
    assert nps.low is not None
    assert nps.high is not None
    assert nps.low < nps.auc < nps.high < 0.35
    assert (nps.left, nps.stayed) == (found.left, found.stayed)
    assert found.left + found.stayed == 240


def test_what_tells_nothing_is_not_shown_and_never_proposed(found: Validity) -> None:
    assert finding(found, "late_payment_days").verdict == "not_shown"
    assert finding(found, "touch_age_days").verdict == "not_shown"
    assert [each.measure for each in list_proposals(found, load_default())] == ["nps"]


def test_the_area_is_that_of_the_drawn_figures(found: Validity) -> None:
    ends = draw_ends()
    left = np.array([each.nps for each in ends if each.left])
    stayed = np.array([each.nps for each in ends if not each.left])
    above = (left[:, None] > stayed[None, :]) + 0.5 * (left[:, None] == stayed[None, :])
    assert finding(found, "nps").auc == pytest.approx(above.mean())


def test_what_only_today_tells_is_refused(found: Validity) -> None:
    rate = finding(found, "active_user_rate")
    assert (rate.verdict, rate.why) == ("refused", "only_today")


def test_what_is_kept_is_read_back_the_same(found: Validity) -> None:
    assert Validity.from_json(found.to_json()) == found


@pytest.mark.row("E24")
def test_the_forecast_is_calibrated_counts_and_ranks(found: Validity) -> None:
    told = found.foretold
    assert (told.renewals, told.reason) == (30, "")
    assert told.expected is not None
    assert told.low < told.expected < told.high
    assert told.expected == pytest.approx(sum(each.risk for each in told.risks))
    risks = [each.risk for each in told.risks]
    assert risks == sorted(risks, reverse=True)
    assert risks[0] > told.base_left / told.base > risks[-1]


def test_the_content_are_at_the_end_of_the_list(past: Desk, found: Validity) -> None:
    with past.store.reading(past.workspace.id) as unit:
        rows = unit.session.execute(select(NpsAnswer.account_id, NpsAnswer.score))
        scores: dict[int, int] = {row.account_id: row.score for row in rows}
    last = [scores[each.account_id] for each in found.foretold.risks[15:]]
    assert set(last) == {CONTENT}


def test_facts_after_the_day_of_looking_change_no_figure(desk: Desk, found: Validity) -> None:
    """Everybody who left says 10 from the next day on, and everybody who stayed says 0."""
    keep_ends(desk, draw_ends())
    keep_renewals(desk, [CONTENT, 1] * 15)
    with desk.store.reading(desk.workspace.id) as unit:
        cases = list_cases(unit, TODAY)
    with desk.store.writing(desk.workspace.id) as unit:
        for each in cases:
            later = NpsAnswer(ref="later", score=10 if each.left else 0, known_at=FRIDAY)
            later.account_id = each.account_id
            later.responded_on = each.looked_on + timedelta(days=1)
            unit.add(later)
    assert [(each.measure, each.verdict, each.auc) for each in look(desk).findings if each.auc] == [
        (each.measure, each.verdict, each.auc) for each in found.findings if each.auc
    ]


@pytest.mark.parametrize("seed", range(4))
def test_shuffled_results_make_nothing_valid_and_propose_nothing(desk: Desk, seed: int) -> None:
    keep_ends(desk, draw_ends(120, seed, shuffled=True))
    keep_renewals(desk, [5] * 4)
    found = look(desk)
    assert found.list_with("valid") == []
    assert list_proposals(found, load_default()) == []
    assert found.foretold.reason == "no_better"
    assert found.foretold.risks == []
    assert found.foretold.low <= 4 * found.foretold.base_left / found.foretold.base


def test_it_is_the_same_on_both_databases(any_desk: Desk) -> None:
    keep_ends(any_desk, draw_ends(120))
    keep_renewals(any_desk, [CONTENT, 1])
    found = look(any_desk)
    assert finding(found, "nps").auc == pytest.approx(0.128, abs=0.02)
    assert found.foretold.renewals == 2


def test_too_few_cases_are_counted_and_nothing_is_judged(desk: Desk) -> None:
    ends = [each for each in draw_ends(120) if not each.left][:30]
    left = [each for each in draw_ends(120) if each.left][:7]
    keep_ends(desk, [*ends, *left])
    found = look(desk)
    assert (found.left, found.stayed) == (7, 30)
    assert found.missing == (13, 0)
    assert not found.is_told
    assert found.findings == ()
    assert found.foretold.reason == "none"


def test_two_results_of_one_end_are_one_case_and_future_ends_are_none(desk: Desk) -> None:
    [account_id] = keep_ends(desk, draw_ends(1))
    ended_on = draw_ends(1)[0].ended_on

    def add(unit: Unit, ref: str, on: date) -> None:
        row = AccountOutcome(ref=ref, ended_on=on, result="churned", known_at=FRIDAY)
        row.account_id = account_id
        unit.add(row)

    with desk.store.writing(desk.workspace.id) as unit:
        add(unit, "again", ended_on)
        add(unit, "ahead", TODAY + timedelta(days=1))
        add(unit, "long ago", TODAY - timedelta(days=1095))
        unit.session.flush()
        assert [each.ended_on for each in list_cases(unit, TODAY)] == [ended_on]


def keep_night(desk: Desk, account_id: int, run_on: date, rate: float, *, late: bool) -> None:
    """A night's score with a share of seats in use; a late one was computed long afterwards."""
    started = FRIDAY if late else datetime.combine(run_on, datetime.min.time(), UTC)
    with desk.store.writing(desk.workspace.id) as unit:
        unit.add(ScoreRun(run_on=run_on, model_version=1, started_at=started, finished_at=started))
        row = AccountScore(run_on=run_on, account_id=account_id, model_version=1, score=60.0)
        row.band, row.coverage = "yellow", 0.9
        row.details = pack_measures({"active_user_rate": (rate, 10.0), "nps": (3.0, -5.0)}, 0, -1)
        unit.add(row)


@pytest.mark.parametrize(("late", "kept"), [(False, 1), (True, 0)])
def test_what_the_night_itself_kept_counts_and_what_was_computed_later_does_not(
    desk: Desk, late: bool, kept: int
) -> None:
    [account_id] = keep_ends(desk, draw_ends(1))
    version = ensure_active(desk.store, desk.workspace.id)
    with desk.store.reading(desk.workspace.id) as unit:
        cases = list_cases(unit, TODAY)
    run_on = cases[0].looked_on - timedelta(days=2)
    keep_night(desk, account_id, run_on, 0.25, late=late)
    measures = version.document.measures()
    past = read_past(desk.store, desk.workspace.id, cases, measures)
    assert past.kept["active_user_rate"] == kept
    rate, nps = (float(past.table[name].iloc[0]) for name in ("active_user_rate", "nps"))
    assert (rate == pytest.approx(0.25)) if kept else np.isnan(rate)
    # The night's own NPS leads; without it, the answers as of that day.
    assert nps == (3.0 if kept else draw_ends(1)[0].nps)


def test_who_has_left_is_read_although_no_longer_active(past: Desk, found: Validity) -> None:
    with past.store.reading(past.workspace.id) as unit:
        gone = unit.session.scalar(select(func.count()).where(Account.is_active.is_(False)))
    assert gone == found.left
