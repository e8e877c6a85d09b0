"""A draft held against how contracts ended: facts as of each day, and nothing learned later."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta

import numpy as np
import pytest
from sqlalchemy import event, select

from bot.core.back_test import FALL, GREEN, RED, BackTest, Cases
from bot.health.model import HealthDocument, load_default, read_document
from bot.playbooks.document import load_shipped
from bot.services.models.looking_back import PastPlan, list_levels, look_back, plan_past
from bot.services.models.simulating import simulate
from bot.services.playbooks import PlaybookVersion
from bot.store.tables import Account, AccountOutcome, Contact, Contract, Invoice, NpsAnswer
from tests.recompute.conftest import build_customers
from tests.recompute.customers import Customers

pytestmark = pytest.mark.row("B45", "E27")

ON = date(2026, 11, 20)
# The early ones choose, the late ones judge; between them lies New Year.
EARLY, LATE = date(2025, 12, 31), date(2026, 2, 28)
DAY = timedelta(days=1)


def weigh(*names: str) -> HealthDocument:
    curve = {"late_payment_days": [[0, 100], [100, 0]]}
    measures = [{"measure": name, "curve": curve.get(name, [[0, 0], [10, 100]])} for name in names]
    return read_document({"name": "p", "variants": [{"name": "all", "measures": measures}]})


LATE_PAYERS = weigh("late_payment_days")


def owe(customers: Customers, ref: str, due_on: date, paid_on: date | None = None) -> None:
    customers.add(
        Invoice(
            account_id=customers.accounts[ref],
            ref=f"I-{due_on}",
            due_on=due_on,
            paid_on=paid_on,
            known_at=customers.clock.at,
        )
    )


def end(customers: Customers, ref: str, ended_on: date, result: str) -> None:
    customers.add(
        AccountOutcome(
            account_id=customers.accounts[ref],
            ref=f"O-{ended_on}",
            ended_on=ended_on,
            result=result,
            known_at=customers.clock.at,
        )
    )


def fill(customers: Customers, early: int = 15, late: int = 10) -> None:
    """On either day so many leave or shrink, who are 40 days late, and as many stay, who pay.

    L… left and are customers no more, K… were kept. These paid late, too, before they were watched.
    """
    with customers.store.writing(customers.workspace_id) as unit:
        for number in range(early + late):
            for kind, results in (("L", ("churned", "contracted")), ("K", ("renewed", "expanded"))):
                ref, is_kept = f"{kind}{number}", kind == "K"
                made = Account(ref=ref, name=ref, is_active=is_kept, known_at=unit.at, seats=20)
                unit.add(made)
                unit.session.flush()
                customers.accounts[ref] = made.id
                of = {"account_id": made.id, "known_at": unit.at}
                ended_on = day_of(number, early)
                due_on = ended_on - (300 if is_kept else 100) * DAY
                paid_on = due_on + 90 * DAY if is_kept else None
                result = results[number % 2]
                unit.add(AccountOutcome(ref="O", ended_on=ended_on, result=result, **of))
                unit.add(Invoice(ref="I", due_on=due_on, paid_on=paid_on, **of))


def day_of(number: int, early: int = 15) -> date:
    return EARLY if number < early else LATE


def plan(
    customers: Customers, document: HealthDocument = LATE_PAYERS, on: date = ON, most: int = 16_384
) -> PastPlan:
    with customers.store.reading(customers.workspace_id) as unit:
        return plan_past(unit, document, [], on, most)


def look(customers: Customers, document: HealthDocument = LATE_PAYERS, on: date = ON) -> BackTest:
    return look_back(customers.store, customers.workspace_id, plan(customers, document, on))


@pytest.fixture
def customers(sqlite_url: str) -> Iterator[Customers]:
    for made in build_customers(sqlite_url):
        fill(made)
        yield made


@pytest.mark.row("E29")
def test_who_left_is_found_with_counts_and_how_long_before(database_url: str) -> None:
    """An invoice 100 days before the end is 50 days late, and the score below 50, at 50 days."""
    for made in build_customers(database_url):
        fill(made)
        found = look(made)
        assert (found.before, found.after) == (Cases(15, 15), Cases(10, 10))
        assert (found.accounts, found.drawn, found.unscored) == (50, 50, 0)
        assert found.cut_on == EARLY
        red, green = found.trials
        assert (red.kind, green.kind) == (RED, GREEN)
        assert red.judged.precision is not None
        assert (red.judged.precision.hits, red.judged.precision.count) == (10, 10)
        assert red.judged.recall.hits == 10
        assert red.judged.lead is not None
        assert 43 <= red.judged.lead.days < 50
        assert green.judged.lead is not None
        assert green.judged.lead.days > red.judged.lead.days


def test_what_came_after_the_look_flags_nobody(customers: Customers) -> None:
    """Due too near to the end to act on, and paid at last: known only afterwards."""
    for number in range(25):
        owe(customers, f"K{number}", day_of(number) - 79 * DAY)
        owe(customers, f"K{number}", day_of(number) + DAY)
    before = look(customers)
    assert before.trials[0].judged.precision is not None
    assert before.trials[0].judged.precision.count == 10
    for number in range(25):
        owe(customers, f"L{number}", ON - 9 * DAY)
    with customers.store.writing(customers.workspace_id) as unit:
        for row in unit.session.scalars(select(Invoice).where(Invoice.paid_on.is_(None))):
            row.paid_on = ON
    assert look(customers) == before


def test_results_after_the_day_are_not_known_yet(customers: Customers) -> None:
    early = look(customers, on=LATE - DAY)
    assert early.trials == ()
    assert (early.accounts, early.before, early.after) == (30, Cases(15, 15), Cases(0, 0))
    assert look(customers, on=LATE).after == Cases(10, 10)


def test_with_too_few_cases_no_week_is_read_at_all(sqlite_url: str) -> None:
    for made in build_customers(sqlite_url):
        nothing = look(made)
        assert (nothing.accounts, nothing.trials) == (0, ())
        fill(made, early=6, late=3)
        assert plan(made).days == []
        few = look(made)
        assert (few.before, few.after, few.trials) == (Cases(6, 6), Cases(3, 3), ())


def test_measures_that_are_overwritten_afterwards_are_left_out_and_named(
    customers: Customers,
) -> None:
    """Whoever renewed has a contract that ends in two years: that tells how it ended."""
    for ref, account_id in customers.accounts.items():
        of = {"account_id": account_id, "known_at": customers.clock.at}
        ends_on = ON + (700 if ref[0] == "K" else 1) * DAY
        customers.add(Contract(ref="C", starts_on=EARLY - 900 * DAY, renews_on=ends_on, **of))
        customers.add(
            Contact(ref="P", name="P", role="decision_maker", is_active=ref[0] == "K", **of)
        )
    telling = weigh("days_to_renewal", "decision_maker_logins", "arr", "seats")
    found = look(customers, telling)
    assert set(found.left_out) == set(telling.columns())
    assert found.trials == ()
    assert found.unscored == 50
    honest = look(customers, weigh("late_payment_days", "days_to_renewal"))
    assert honest.left_out == ("days_to_renewal",)
    assert honest.trials[0].judged == look(customers).trials[0].judged


def test_accounts_without_data_then_are_unscored_and_count_nowhere(customers: Customers) -> None:
    with customers.store.writing(customers.workspace_id) as unit:
        for ref in (f"{kind}{number}" for kind in "LK" for number in range(0, 25, 2)):
            unit.add(
                NpsAnswer(
                    account_id=customers.accounts[ref],
                    ref="N",
                    responded_on=EARLY - 120 * DAY,
                    score=3,
                    known_at=unit.at,
                )
            )
    found = look(customers, weigh("nps"))
    assert found.unscored == 24
    assert found.cut_on == EARLY
    assert found.before.lost + found.before.kept + found.after.lost + found.after.kept == 26


def test_of_many_accounts_every_so_manieth_is_drawn_and_it_is_said(customers: Customers) -> None:
    part = plan(customers, most=25)
    assert (part.accounts, part.drawn) == (50, 25)
    whole = np.unique(plan(customers).endings.account_ids)
    assert np.unique(part.endings.account_ids).tolist() == whole[::2].tolist()


def test_every_day_is_before_the_end_of_a_case_in_good_time_and_in_steps_of_a_week(
    customers: Customers,
) -> None:
    days = plan(customers).days
    assert list(days) == sorted(days)
    assert {(ON - day).days % 7 for day in days} == {0}
    assert EARLY - 180 * DAY <= days[0] <= EARLY - 173 * DAY
    assert LATE - 37 * DAY <= days[-1] <= LATE - 30 * DAY


def test_it_asks_by_week_and_not_by_account(customers: Customers) -> None:
    said: list[str] = []
    event.listen(customers.store.engine, "before_cursor_execute", lambda *a: said.append(a[2]))
    steps: list[int] = []
    found = plan(customers)
    look_back(customers.store, customers.workspace_id, found, steps.append)
    assert steps == list(range(1, len(found.days) + 1))
    first = len(said)
    for number in range(20):
        customers.add_account(f"N{number}")
        end(customers, f"N{number}", LATE, "renewed")
    said.clear()
    look(customers)
    assert len(said) <= first


def test_the_thresholds_are_the_bands_and_the_smallest_fall_that_opens_a_playbook() -> None:
    shipped = [PlaybookVersion(1, each) for each in load_shipped()]
    assert list_levels(load_default(), shipped) == [(RED, 50.0), (GREEN, 70.0), (FALL, 15.0)]
    [drop] = [each for each in shipped if each.document.key == "usage_drop"]
    signs = [
        sign.model_copy(update={"limits": {"points": 11.0}}) if sign.key == "sharp_drop" else sign
        for sign in drop.document.signals
    ]
    softer = replace(drop, document=drop.document.model_copy(update={"signals": tuple(signs)}))
    assert list_levels(load_default(), [*shipped, softer])[-1] == (FALL, 11.0)
    assert list_levels(load_default(), []) == [(RED, 50.0), (GREEN, 70.0)]


def test_a_simulation_holds_the_draft_against_the_past_and_changes_nothing(
    customers: Customers,
) -> None:
    told: list[tuple[int, int]] = []
    found = simulate(
        customers.store,
        customers.workspace_id,
        LATE_PAYERS,
        1,
        ON,
        lambda done, total: told.append((done, total)),
    )
    assert found.past.trials[0].judged.recall.hits == 10
    assert [done for done, _ in told] == list(range(1, len(told) + 1))
    assert {total for _, total in told} == {len(told)}
