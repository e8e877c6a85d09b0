"""A file that should have come: what rests on it is left out, and nobody falls for it."""

from datetime import UTC, date, datetime, timedelta

import numpy as np
import pytest

from bot.core.vocabulary import Band
from bot.frame.build import build_frame
from bot.frame.catalogue import load_catalogue
from bot.frame.measure import Kind
from bot.services.explain import find_explanation
from bot.services.late_sources import list_late_kinds, list_resting_on
from bot.services.outlook import read_outlook
from bot.services.recompute import recompute, recompute_history
from bot.store.tables import ImportBatch, Invoice, ScoreRun, Ticket, Touch, VocRemark
from tests.frame.blocks import block, rows
from tests.recompute.customers import Customers, at

RUN_ON = date(2026, 11, 20)
FIRST, LAST = date(2026, 7, 1), date(2026, 11, 19)
# Tickets once a week, on Mondays, until the end of September.
MONDAYS = [date(2026, 8, 3) + timedelta(weeks=n) for n in range(9)]

pytestmark = pytest.mark.row("B1", "C13")


def bring(customers: Customers, kind: str, *days: date) -> None:
    """A file of that kind came in on each of these days, at noon in Tokyo."""
    for on in days:
        noon = datetime(on.year, on.month, on.day, 3, tzinfo=UTC)
        customers.add(
            ImportBatch(
                file_name=f"{kind}.csv",
                sha256="",
                staged_at_path="",
                state="applied",
                report={"counts": [{"kind": kind, "new": 1}]},
                started_at=noon,
            )
        )


def late(customers: Customers, on: date = RUN_ON) -> tuple[str, ...]:
    with customers.store.reading(customers.workspace_id) as unit:
        return list_late_kinds(unit, on)


def fill(customers: Customers) -> None:
    """A customer in good use, and one whom nothing but few inquiries keeps from red."""
    for ref, shape in (("good", 1.0), ("weak", 0.62)):
        account_id = customers.add_account(ref, touch="high")
        customers.use(ref, FIRST, LAST, lambda on, s=shape: 1.0 if on < date(2026, 9, 1) else s)  # type: ignore[misc]
        opened_on = date(2026, 8, 5)
        of = {"account_id": account_id, "known_at": at(opened_on), "ref": "t"}
        customers.add(Ticket(**of, opened_on=opened_on, status="solved", solved_on=opened_on))


def run(customers: Customers, *, only_touched: bool = False) -> int:
    ours = customers.workspace_id
    return recompute(customers.store, ours, RUN_ON, only_touched=only_touched).scored


def test_a_kind_is_late_by_its_own_rhythm_and_as_of_each_day(any_customers: Customers) -> None:
    bring(any_customers, "tickets", *MONDAYS)
    assert late(any_customers, date(2026, 10, 9)) == ()
    assert late(any_customers) == ("tickets",)
    bring(any_customers, "tickets", date(2026, 11, 19))
    assert late(any_customers) == ()
    assert late(any_customers, date(2026, 11, 18)) == ("tickets",)


def test_lists_that_hold_until_they_change_make_nothing_stale(customers: Customers) -> None:
    for kind in ("accounts", "contracts", "members", "contacts", "outcomes"):
        bring(customers, kind, date(2026, 1, 5))
    assert late(customers) == ()


@pytest.mark.parametrize(("kind", "made"), [("touches", Touch), ("voc", VocRemark)])
def test_what_people_record_themselves_needs_no_file(
    any_customers: Customers, kind: str, made: type[Touch] | type[VocRemark]
) -> None:
    account_id = any_customers.add_account("A")
    bring(any_customers, kind, *MONDAYS)
    assert late(any_customers) == (kind,)
    facts = {"touched_on": LAST} if made is Touch else {"said_on": LAST, "text": "…"}
    any_customers.add(made(account_id=account_id, ref="r", known_at=at(LAST), **facts))
    assert late(any_customers) == ()
    assert late(any_customers, date(2026, 11, 17)) == (kind,)


def test_every_fact_of_a_kind_rests_on_it_and_signs_of_life_on_two() -> None:
    assert list_resting_on([]) == frozenset()
    assert list_resting_on(["tickets"]) == {"tickets", "inquiries", "signs"}
    assert list_resting_on(["nps"]) == {"nps"}
    assert list_resting_on(["voc", "invoices"]) == {"voc", "requests", "invoices", "bills"}


def test_measures_that_rest_on_it_are_left_out_with_their_last_value() -> None:
    asked = block(
        2,
        tickets=rows(
            2, [0], opened_28d=[4.0], opened_84d_before=[6.0], open_now=[1.0], urgent_now=[0.0]
        ),
    )
    fresh = build_frame(asked, ["tickets_28d", "touch"])
    assert fresh.late == frozenset()
    held = build_frame(
        block(2, tickets=asked.facts["tickets"], late=frozenset({"tickets"})),
        ["tickets_28d", "touch"],
    )
    assert held.table["tickets_28d"].isna().all()
    np.testing.assert_array_equal(held.too_old["tickets_28d"], fresh.table["tickets_28d"])
    assert held.late == {"tickets_28d"}
    assert list(held.table["touch"]) == list(fresh.table["touch"])


def test_no_measure_of_words_needs_a_file_that_can_be_late() -> None:
    words = [each for each in load_catalogue().values() if each.unit.value == "word"]
    kinds = ("incidents", "invoices", "nps", "tickets", "touches", "voc")
    assert words
    assert all(list_resting_on(kinds).isdisjoint(each.needs) for each in words)
    assert {each.kind for each in words} == {Kind.FACT}


def test_the_score_goes_by_what_is_left_and_by_all_again_on_return(
    any_customers: Customers,
) -> None:
    fill(any_customers)
    run(any_customers)
    before = any_customers.score("good", RUN_ON)
    bring(any_customers, "tickets", *MONDAYS)
    run(any_customers)
    without = any_customers.score("good", RUN_ON)
    assert without.coverage < before.coverage
    assert any_customers.band("good", RUN_ON) is Band.GREEN
    with any_customers.store.reading(any_customers.workspace_id) as unit:
        told = find_explanation(unit, any_customers.accounts["good"], RUN_ON, "ja")
    assert told is not None
    [growth] = [each for each in told.reasons if each.measure == "ticket_growth"]
    assert (growth.state, growth.is_waited_for) == ("too_old", True)
    assert not any(each.is_waited_for for each in told.reasons if each is not growth)
    bring(any_customers, "tickets", date(2026, 11, 19))
    run(any_customers)
    back = any_customers.score("good", RUN_ON)
    assert (back.score, back.coverage, back.details) == (
        before.score,
        before.coverage,
        before.details,
    )


def test_a_source_that_comes_back_by_day_is_everybodys_matter(any_customers: Customers) -> None:
    """Only touched accounts were asked for; a full run must not say anything else."""
    fill(any_customers)
    bring(any_customers, "tickets", *MONDAYS)
    assert run(any_customers) == 2
    assert run(any_customers, only_touched=True) == 0
    bring(any_customers, "tickets", RUN_ON)
    assert run(any_customers, only_touched=True) == 2
    incremental = [any_customers.score(ref, RUN_ON).details for ref in ("good", "weak")]
    assert run(any_customers, only_touched=True) == 0
    run(any_customers)
    assert [any_customers.score(ref, RUN_ON).details for ref in ("good", "weak")] == incremental
    with any_customers.store.reading(any_customers.workspace_id) as unit:
        common = unit.session.get_one(ScoreRun, (unit.workspace_id, RUN_ON)).common
    assert common is not None
    assert common["late_kinds"] == []


def test_a_past_day_is_scored_by_what_had_come_by_then(customers: Customers) -> None:
    fill(customers)
    bring(customers, "tickets", *MONDAYS)
    run(customers)
    kept = customers.score("weak", RUN_ON).details
    bring(customers, "tickets", date(2026, 11, 24))
    customers.clock.at = at(date(2026, 11, 25))
    later = date(2026, 11, 25)
    recompute_history(customers.store, customers.workspace_id, RUN_ON, later)
    assert customers.score("weak", RUN_ON).details == kept
    assert customers.score("weak", later).coverage > customers.score("weak", RUN_ON).coverage


def test_an_outlook_names_what_is_late(customers: Customers) -> None:
    account_id = customers.add_account("A")
    due = {"due_on": date(2026, 8, 1), "known_at": at(RUN_ON)}
    customers.add(Invoice(account_id=account_id, ref="i", **due))
    bring(customers, "invoices", date(2026, 7, 1))
    with customers.store.reading(customers.workspace_id) as unit:
        outlook = read_outlook(unit, RUN_ON, ["late_payment_days"])
    assert outlook.late_kinds == ("invoices",)
    assert outlook.late == {"invoices", "bills"}


def test_a_full_run_keeps_of_how_many_each_measure_is_missing(any_customers: Customers) -> None:
    fill(any_customers)
    any_customers.add_account("new", touch="tech")
    run(any_customers)
    with any_customers.store.reading(any_customers.workspace_id) as unit:
        lacking = unit.session.get_one(ScoreRun, (unit.workspace_id, RUN_ON)).lacking
    assert lacking["nps"] == [3, 3]
    assert lacking["logins_vs_past"] == [3, 1]
    assert lacking["ticket_growth"][1] <= 3
    # Tech touch is not asked for contact.
    assert lacking["touch_age_days"] == [2, 2]
