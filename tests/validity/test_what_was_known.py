"""Only what was known on the day of looking counts, however the facts stand today."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from itertools import permutations

import pytest

from bot.core.validity import SIZE
from bot.frame.catalogue import load_catalogue
from bot.insight.leaks import says_afterwards
from bot.insight.unfit import is_named_like_an_id
from bot.services.health_models import ensure_active
from bot.services.validity.cases import Case, list_cases
from bot.services.validity.compute import compute_validity
from bot.services.validity.guarding import list_chased
from bot.services.validity.judging import build_table
from bot.services.validity.past import is_dated, read_day, read_past
from bot.store.tables import (
    Account,
    AccountOutcome,
    AccountScore,
    Contact,
    Contract,
    Incident,
    Invoice,
    NpsAnswer,
    ScoreRun,
    Ticket,
)
from bot.store.tables.accounts import OfAccount
from bot.store.unit import Unit
from tests.commands.desk import FRIDAY, TODAY, Desk
from tests.commands.scores import pack_measures
from tests.validity.ends import change_all, draw_ends, keep_ends, keep_renewals
from tests.validity.runs import THEN_ON, keep_runs

pytestmark = pytest.mark.row("B31")

# The first of a month behind a leap day, a year's end, and a month of 31 days.
DAYS = [date(2024, 3, 1), date(2026, 1, 1), date(2026, 8, 1)]
DAY = timedelta(days=1)


def add(desk: Desk, account: Account, *rows: OfAccount) -> None:
    with desk.store.writing(desk.workspace.id) as unit:
        for row in rows:
            row.account_id, row.known_at = account.id, FRIDAY
            unit.add(row)


def read(desk: Desk, account: Account, on: date, *measures: str) -> dict[str, float]:
    found = read_day(desk.store, desk.workspace.id, on, [account.id], measures)
    return {name: float(found[name].loc[account.id]) for name in measures}


@pytest.mark.parametrize("on", DAYS)
def test_what_was_paid_solved_or_answered_since_is_as_it_was(desk: Desk, on: date) -> None:
    account = desk.add_account("ミナト")
    add(
        desk,
        account,
        Invoice(ref="1", issued_on=on - 40 * DAY, due_on=on - 10 * DAY, paid_on=on + DAY),
        Ticket(ref="1", opened_on=on - 5 * DAY, solved_on=on + DAY, status="solved"),
        Ticket(ref="2", opened_on=on + DAY, status="open"),
        NpsAnswer(ref="1", respondent="田村", responded_on=on, score=2),
        NpsAnswer(ref="2", respondent="田村", responded_on=on + DAY, score=10),
    )
    assert read(desk, account, on, "late_payment_days", "open_tickets", "nps") == {
        "late_payment_days": 10.0,
        "open_tickets": 1.0,
        "nps": 2.0,
    }


def test_an_outage_that_began_later_or_was_still_on_is_as_it_was(desk: Desk) -> None:
    on, account = DAYS[0], desk.add_account("ミナト")
    with desk.store.writing(desk.workspace.id) as unit:
        for ref, began in (("1", on + DAY), ("2", on - 2 * DAY)):
            made = Incident(ref=ref, started_on=began, severity="major")
            made.hits_everyone, made.ended_on, made.title = True, began + 9 * DAY, ref
            unit.add(made)
    before = read(desk, account, on, "incident_lag")
    with desk.store.writing(desk.workspace.id) as unit:
        unit.session.query(Incident).filter_by(ref="1").delete()
    assert read(desk, account, on, "incident_lag") == before


def test_every_measure_without_days_of_its_own_is_blank_unless_a_night_kept_it(
    desk: Desk,
) -> None:
    account = desk.add_account("ミナト")
    account_on = DAYS[2]
    add(
        desk,
        account,
        Contact(ref="1", name="田村", role="decision_maker", is_active=True),
        Contract(ref="1", starts_on=DAYS[0], renews_on=account_on + 70 * DAY, seats=20),
    )
    names = [name for name in load_catalogue() if not is_dated(name)]
    assert {"days_to_renewal", "seats", "arr", "touch", "champion_absent_days"} <= set(names)
    found = read_day(desk.store, desk.workspace.id, account_on, [account.id], names)
    assert found.isna().all().all()


def test_no_measure_of_ours_is_refused_for_its_name() -> None:
    odd = [n for n in load_catalogue() if says_afterwards(n, "churned") or is_named_like_an_id(n)]
    assert odd == []


def keep_night(desk: Desk, account_id: int, run_on: date, nps: float) -> None:
    at = datetime.combine(run_on, datetime.min.time(), UTC)
    with desk.store.writing(desk.workspace.id) as unit:
        unit.add(ScoreRun(run_on=run_on, model_version=1, started_at=at, finished_at=at))
        row = AccountScore(run_on=run_on, account_id=account_id, model_version=1, score=60.0)
        row.band, row.coverage = "yellow", 0.9
        row.details = pack_measures({"nps": (nps, 1.0)})
        unit.add(row)


def test_equal_values_stay_equal_whether_the_night_kept_them_or_they_are_computed(
    desk: Desk,
) -> None:
    """The night keeps four bytes: a third would else be one number of old cases, one of new."""
    ensure_active(desk.store, desk.workspace.id)
    on, accounts = DAYS[2], [desk.add_account(name) for name in ("旧", "新")]
    for account in accounts:
        for respondent, score in (("a", 7), ("b", 7), ("c", 8)):
            answer = NpsAnswer(ref=respondent, respondent=respondent, score=score)
            answer.responded_on = on - 20 * DAY
            add(desk, account, answer)
    keep_night(desk, accounts[1].id, on, 22 / 3)
    cases = [Case(account.id, on + 70 * DAY, on, left=False) for account in accounts]
    past = read_past(desk.store, desk.workspace.id, cases, ["nps"])
    assert past.kept == {"nps": 1}
    assert past.table["nps"].nunique() == 1
    assert past.table["nps"].iloc[0] == pytest.approx(22 / 3)


RESULTS = list(permutations(["churned", "renewed", "contracted"]))


@pytest.mark.parametrize("results", RESULTS)
def test_who_lost_one_contract_and_kept_another_on_that_day_has_not_left(
    desk: Desk, results: Sequence[str]
) -> None:
    account = desk.add_account("ミナト")
    ended_on = date(2024, 2, 29)
    for number, result in enumerate(results):
        add(desk, account, AccountOutcome(ref=str(number), ended_on=ended_on, result=result))
    with desk.store.reading(desk.workspace.id) as unit:
        assert list_cases(unit, TODAY) == [Case(account.id, ended_on, date(2023, 12, 1), False)]


def test_contracts_alike_but_for_a_missing_currency_are_no_trouble(desk: Desk) -> None:
    account, on = desk.add_account("ミナト"), DAYS[1]
    for ref, currency in (("1", None), ("2", "JPY")):
        row = Contract(ref=ref, starts_on=on + DAY, arr_amount=Decimal(5), currency=currency)
        add(desk, account, row)
    empty = read_day(desk.store, desk.workspace.id, on, [account.id], ["nps"])
    with desk.store.reading(desk.workspace.id) as unit:
        table = build_table(empty.reset_index(drop=True), unit, [(account.id, on)])
    # Both begin after the day: the first of them stands for the size.
    assert table[SIZE].tolist() == [5.0]


def tidy_up(unit: Unit) -> None:
    """Afterwards ops moves who has left to another model, and whoever stayed pays more."""
    for number, account in enumerate(unit.session.query(Account).order_by(Account.id)):
        left = not account.is_active
        account.touch = "tech" if left == (number % 10 > 0) else "high"
    for end in unit.session.query(AccountOutcome).filter(AccountOutcome.result != "churned"):
        for contract in unit.session.query(Contract).filter_by(account_id=end.account_id):
            contract.starts_on, contract.ends_on = end.ended_on + DAY, None
            contract.arr_amount = (contract.arr_amount or Decimal(0)) * 3


def test_what_ops_tidied_up_after_the_losses_makes_no_forecast(desk: Desk) -> None:
    """By today's touch model and amounts nearly every loss could be told, and none of the next."""
    keep_ends(desk, draw_ends(90, 2, shuffled=True))
    keep_renewals(desk, [5] * 4)
    change_all(desk, tidy_up)
    found = compute_validity(desk.store, desk.workspace.id, TODAY)
    assert found.foretold.reason == "no_better"
    assert [each for each in found.list_with("valid") if each.is_of_model] == []


@pytest.mark.row("B32")
def test_the_guard_knows_no_move_of_what_is_only_known_as_it_is_today(desk: Desk) -> None:
    """Seats are written over: of both days the same figure would be read, as if nothing moved."""
    keep_runs(desk, 24, rise=9, left=9, others=60, others_left=20, measure="seats")

    def give_seats(unit: Unit) -> None:
        for account in unit.session.query(Account):
            row = Contract(ref="1", starts_on=THEN_ON - 90 * DAY, seats=20, known_at=FRIDAY)
            row.account_id = account.id
            unit.add(row)

    change_all(desk, give_seats)
    [told] = list_chased(desk.store, desk.workspace.id, TODAY, [])
    assert (told.measure, told.following, told.treated) == ("seats", "too_few", 0)
