"""The run itself: incremental equals full, marks, models, refusals, both databases alike."""

from datetime import date, timedelta

import numpy as np
import pandas as pd
import pytest
from sqlalchemy import select

from bot.core.vocabulary import Band
from bot.frame.build import build_frame
from bot.frame.catalogue import load_catalogue
from bot.services.blocks import read_all
from bot.services.health_models import ensure_active, get_version
from bot.services.outlook import read_outlook
from bot.services.recompute import (
    ImportUnderWay,
    PastDay,
    RecomputeResult,
    recompute,
    recompute_history,
)
from bot.store.bulk.touched import drop_marks, list_marks, list_next_marks, mark_touched
from bot.store.tables import (
    AccountScore,
    AuditEntry,
    Contract,
    HealthModel,
    ImportBatch,
    Incident,
    Invoice,
    MonthlyUsage,
    NpsAnswer,
    ScoreRun,
    Ticket,
    Touch,
    TouchedAccount,
    VocRemark,
)
from tests.recompute.customers import Customers, at

RUN_ON = date(2026, 11, 20)
FIRST = date(2026, 6, 1)
LAST = RUN_ON - timedelta(days=1)


def scores(customers: Customers, run_on: date = RUN_ON) -> dict[int, tuple[object, ...]]:
    with customers.store.reading(customers.workspace_id) as unit:
        rows = unit.session.scalars(select(AccountScore).filter_by(run_on=run_on))
        return {each.account_id: (each.score, each.band, each.details) for each in rows}


def fill(customers: Customers) -> None:
    """Accounts of several countries with every kind of fact, some of it missing."""
    for place, ref in enumerate("ABCDEFGH"):
        country = ("JP", "US", "DE", "ZZ")[place % 4]
        touch = "tech" if place % 3 == 0 else "high"
        customers.add_account(ref, country=country, touch=touch, usage_expected=ref != "H")
        if ref != "H":
            shape = 1.0 - 0.08 * place
            customers.use(ref, FIRST, LAST, lambda on, s=shape: s + 0.05 * (on.day % 3))  # type: ignore[misc]
    add_facts(customers)


def add_facts(customers: Customers) -> None:
    known = customers.clock.at
    for place, (ref, account_id) in enumerate(customers.accounts.items()):
        of = {"account_id": account_id, "ref": ref, "known_at": known}
        on = RUN_ON - timedelta(days=17 * place + 1)
        customers.add(NpsAnswer(**of, responded_on=on, score=10 - place, role="champion"))
        customers.add(Ticket(**of, opened_on=on, status="open", priority="urgent"))
        customers.add(Touch(**of, touched_on=on))
        customers.add(VocRemark(**of, said_on=on, text="…", sentiment="negative"))
        customers.add(Contract(**of, starts_on=FIRST, seats=10 + place))
        customers.add(Invoice(**of, due_on=on, issued_on=FIRST))
    customers.add(
        Incident(ref="I", title="Outage", started_on=LAST, severity="major", hits_everyone=True)
    )


def run(customers: Customers, *, only_touched: bool = False) -> RecomputeResult:
    store, ours = customers.store, customers.workspace_id
    return recompute(store, ours, RUN_ON, only_touched=only_touched)


@pytest.mark.row("B22", "C15")
def test_a_run_scores_everybody_and_says_what_it_did(any_customers: Customers) -> None:
    fill(any_customers)
    done = run(any_customers)
    assert (done.scored, done.is_full, done.data_on) == (8, True, LAST)
    assert sum(done.by_band.values()) == 8
    with any_customers.store.reading(any_customers.workspace_id) as unit:
        kept = unit.session.scalars(select(ScoreRun)).one()
        assert (kept.run_on, kept.data_on, kept.scored + kept.unscored) == (RUN_ON, LAST, 8)
        assert kept.finished_at is not None
        assert get_version(unit, kept.model_version).document.name == "default"


def test_sqlite_and_postgresql_score_alike(sqlite_url: str, postgres_url: str) -> None:
    from tests.recompute.conftest import build_customers

    found = []
    for url in (sqlite_url, postgres_url):
        built = build_customers(url)
        customers = next(built)
        fill(customers)
        run(customers)
        refs = {account_id: ref for ref, account_id in customers.accounts.items()}
        found.append({refs[each]: score for each, score in scores(customers).items()})
        list(built)
    assert found[0] == found[1]


def test_touched_accounts_alone_give_what_a_full_run_gives(any_customers: Customers) -> None:
    fill(any_customers)
    run(any_customers)
    before = scores(any_customers)
    any_customers.use("B", date(2026, 10, 1), LAST, lambda _: 0.1)
    any_customers.use("F", date(2026, 10, 1), LAST, lambda _: 2.0)
    done = run(any_customers, only_touched=True)
    assert (done.scored, done.is_full, done.changed_bands) == (2, False, 0)
    incremental = scores(any_customers)
    moved = {ref for ref, key in any_customers.accounts.items() if before[key] != incremental[key]}
    assert moved == {"B", "F"}
    run(any_customers)
    assert scores(any_customers) == incremental
    assert run(any_customers, only_touched=True).scored == 0


def test_blocks_of_any_size_give_the_same_frame(customers: Customers) -> None:
    fill(customers)
    with customers.store.reading(customers.workspace_id) as unit:
        outlook = read_outlook(unit, RUN_ON, load_catalogue())

    def frame(size: int) -> pd.DataFrame:
        blocks = read_all(customers.store, customers.workspace_id, outlook, size)
        return pd.concat([build_frame(each.block).table for each in blocks])

    assert len(frame(100)) == 8
    pd.testing.assert_frame_equal(frame(3), frame(100))
    pd.testing.assert_frame_equal(frame(1), frame(100))


def test_the_first_run_of_a_day_is_a_full_one_since_every_window_has_moved(
    customers: Customers,
) -> None:
    fill(customers)
    run(customers)
    next_on = RUN_ON + timedelta(days=1)
    done = recompute(customers.store, customers.workspace_id, next_on, only_touched=True)
    assert (done.scored, done.is_full) == (8, True)


def test_a_mark_set_while_a_run_is_under_way_stays(any_customers: Customers) -> None:
    account_id = any_customers.add_account("A")
    other_id = any_customers.add_account("B")
    ours = any_customers.workspace_id
    with any_customers.store.writing(ours) as unit:
        mark_touched(unit, [account_id, other_id], "touches")
    with any_customers.store.reading(ours) as unit:
        seen = list_marks(unit.connection, ours, 0, 1 << 62)
        assert seen == list_next_marks(unit.connection, ours, -1, 10)
    with any_customers.store.writing(ours) as unit:
        mark_touched(unit, [account_id], "touches")
    with any_customers.store.writing(ours) as unit:
        drop_marks(unit.connection, ours, seen)
    with any_customers.store.reading(ours) as unit:
        assert unit.session.scalars(select(TouchedAccount.id)).all() == [account_id]


def test_no_run_while_an_import_is_being_applied(customers: Customers) -> None:
    batch = ImportBatch(
        file_name="usage.csv",
        sha256="0",
        staged_at_path="x",
        state="applying",
        report={},
        started_at=customers.clock.at,
    )
    customers.add(batch)
    with pytest.raises(ImportUnderWay, match=r"usage\.csv"):
        run(customers)


def test_a_past_day_is_not_rewritten_in_passing_but_on_request_and_on_record(
    customers: Customers,
) -> None:
    fill(customers)
    run(customers)
    yesterday = RUN_ON - timedelta(days=1)
    with pytest.raises(PastDay):
        recompute(customers.store, customers.workspace_id, yesterday)
    heard: list[date] = []
    days = recompute_history(
        customers.store,
        customers.workspace_id,
        yesterday,
        RUN_ON,
        actor="U1",
        tell=heard.append,
    )
    assert days == heard == [yesterday, RUN_ON]
    with customers.store.reading(customers.workspace_id) as unit:
        entry = unit.session.scalars(select(AuditEntry).filter_by(action="recompute_history")).one()
        assert (entry.actor, entry.change["from_on"]) == ("U1", "2026-11-19")


def test_a_past_day_knows_nothing_of_what_came_later(customers: Customers) -> None:
    customers.add_account("A")
    customers.use("A", FIRST, LAST)
    account_id = customers.accounts["A"]
    then = date(2026, 9, 15)
    recompute_history(customers.store, customers.workspace_id, then, then)
    before = scores(customers, then)
    of = {"account_id": account_id, "ref": "x", "known_at": customers.clock.at}
    customers.add(NpsAnswer(**of, responded_on=then + timedelta(days=1), score=0))
    customers.add(Ticket(**of, opened_on=then + timedelta(days=1)))
    customers.add(Invoice(**of, issued_on=then + timedelta(days=1), due_on=then))
    customers.use("A", then, LAST, lambda _: 0.0)
    recompute_history(customers.store, customers.workspace_id, then, then)
    after = scores(customers, then)
    assert after[account_id][0] == pytest.approx(before[account_id][0], abs=15)
    assert after[account_id][1] == before[account_id][1] == Band.GREEN.value


def test_changes_of_band_are_counted_against_the_day_scored_before(
    any_customers: Customers,
) -> None:
    for ref in "AB":
        any_customers.add_account(ref)
        any_customers.use(ref, FIRST, LAST)
    run(any_customers)
    later = RUN_ON + timedelta(days=3)
    store, ours = any_customers.store, any_customers.workspace_id
    assert recompute(store, ours, later).changed_bands == 0
    any_customers.use("A", date(2026, 11, 2), LAST, lambda _: 0.0)
    done = recompute(store, ours, later, only_touched=True)
    assert (done.scored, done.changed_bands) == (1, 1)
    assert recompute(store, ours, later).changed_bands == 1


def test_inactive_accounts_are_left_out_and_their_marks_taken_away(customers: Customers) -> None:
    fill(customers)
    run(customers)
    customers.add_account("Z", is_active=False)
    customers.use("Z", FIRST, LAST)
    assert run(customers, only_touched=True).scored == 0
    with customers.store.reading(customers.workspace_id) as unit:
        assert unit.session.scalars(select(TouchedAccount.id)).all() == []


def test_an_empty_workspace_has_a_run_without_scores(any_customers: Customers) -> None:
    done = run(any_customers)
    assert (done.scored, done.by_band, done.data_on) == (0, {}, None)


def test_a_model_of_their_own_scores_and_the_shipped_one_is_kept_once(
    customers: Customers,
) -> None:
    first = ensure_active(customers.store, customers.workspace_id)
    assert ensure_active(customers.store, customers.workspace_id) == first
    with customers.store.reading(customers.workspace_id) as unit:
        kept = unit.session.scalars(select(HealthModel)).one()
        assert (kept.version, kept.status, kept.made_by) == (1, "active", "shipped")


def test_monthly_figures_serve_where_no_daily_ones_exist(any_customers: Customers) -> None:
    account_id = any_customers.add_account("A")
    for metric, values in {
        "active_users": (11.0, 12.0),
        "key_actions": (600.0, 330.0),
        "features_used": (5.0, 6.0),
    }.items():
        for month, value in zip((date(2026, 9, 1), date(2026, 10, 1)), values, strict=True):
            any_customers.add(
                MonthlyUsage(
                    account_id=account_id,
                    metric=metric,
                    month_on=month,
                    value=value,
                    known_at=any_customers.clock.at,
                )
            )
    run(any_customers)
    from bot.health.details import unpack_details
    from bot.health.model import load_default

    details = unpack_details(
        any_customers.score("A", RUN_ON).details, load_default().measures()
    ).measures
    values_by_name = {each.measure: each.value for each in details}
    assert values_by_name["active_user_rate"] == pytest.approx(12 / 20)
    assert values_by_name["breadth"] == 6.0
    # September 2026 has 19 business days in Japan, October 21: 600/19 against 330/21.
    assert values_by_name["usage_trend"] == pytest.approx(330 / 21 / (600 / 19) - 1)
    assert values_by_name["logins_vs_past"] is None


def test_the_clock_of_the_store_dates_the_run(customers: Customers) -> None:
    customers.clock.move_to(at(date(2026, 12, 1)))
    run(customers)
    with customers.store.reading(customers.workspace_id) as unit:
        assert unit.session.scalars(select(ScoreRun.finished_at)).one() == customers.clock.at


def test_memory_of_a_run_does_not_depend_on_history() -> None:
    # The window is what is read; a chunk outside it is never asked for.
    from bot.frame.measure import LONG_DAYS, USAGE_DAYS
    from bot.store.bulk.chunks import list_starts

    for days in (USAGE_DAYS, LONG_DAYS):
        starts = list_starts(RUN_ON - timedelta(days=days), LAST)
        assert len(starts) <= np.ceil(days / 64) + 1
