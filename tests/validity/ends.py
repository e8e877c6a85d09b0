"""Contracts that ended, and what was known of their accounts long before, as a test chooses."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

import numpy as np

from bot.services.validity.cases import find_look
from bot.services.validity.foretelling import find_look_ahead
from bot.store.base import new_id
from bot.store.tables import Account, AccountOutcome, Contract, Invoice, NpsAnswer, Touch
from bot.store.tables.accounts import OfAccount
from bot.store.unit import Unit
from tests.commands.desk import FRIDAY, TODAY, Desk

FIRST_ON = date(2025, 6, 30)


@dataclass(frozen=True)
class End:
    """One end of a contract; figures are those 60 to 90 days before it."""

    ended_on: date
    left: bool
    nps: int
    late_days: int
    touched_before: int
    arr: int


def draw_ends(count: int = 240, seed: int = 7, *, shuffled: bool = False) -> list[End]:
    """Who is content stays more often; late payment and touches tell nothing.

    `shuffled` deals the results out anew, so that nothing tells anything.
    """
    lot = np.random.default_rng(seed)
    nps = lot.integers(0, 11, count)
    left = lot.random(count) < 1 / (1 + np.exp(0.55 * (nps - 3.5)))
    if shuffled:
        left = lot.permutation(left)
    span = (TODAY - FIRST_ON).days
    return [
        End(
            FIRST_ON + timedelta(days=int(at * span / count)),
            bool(left[at]),
            int(nps[at]),
            int(lot.integers(0, 40)),
            int(lot.integers(1, 60)),
            int(lot.integers(1, 40)) * 100_000,
        )
        for at in range(count)
    ]


def keep_ends(desk: Desk, ends: Sequence[End]) -> list[int]:
    """Accounts with their facts and results; who left is inactive by now. Their ids."""
    with desk.store.writing(desk.workspace.id) as unit:
        return [_keep_end(unit, number, each) for number, each in enumerate(ends)]


def keep_renewals(desk: Desk, scores: Sequence[int]) -> list[int]:
    """Active accounts whose contracts renew within 90 days; this they had answered by then."""
    with desk.store.writing(desk.workspace.id) as unit:
        return [_keep_renewal(unit, number, nps) for number, nps in enumerate(scores)]


def change_all(desk: Desk, change: Callable[[Unit], None]) -> None:
    """Whatever else a test wants to be true."""
    with desk.store.writing(desk.workspace.id) as unit:
        change(unit)


def _keep_end(unit: Unit, number: int, end: End) -> int:
    account_id = _keep_account(unit, f"終了{number:03}社", is_active=not end.left)
    looked_on = find_look(end.ended_on)
    result = "churned" if end.left else ("renewed", "expanded", "contracted")[number % 3]
    ref, starts_on = f"{number}", looked_on - timedelta(days=300)
    due_on = looked_on - timedelta(days=end.late_days)
    amount = Decimal(end.arr)
    for row in (
        AccountOutcome(ended_on=end.ended_on, result=result, ref=ref),
        NpsAnswer(responded_on=looked_on - timedelta(days=20), score=end.nps, ref=ref),
        Invoice(issued_on=due_on - timedelta(days=30), due_on=due_on, ref=ref),
        Touch(touched_on=looked_on - timedelta(days=end.touched_before), ref=ref),
        Contract(starts_on=starts_on, ends_on=end.ended_on, arr_amount=amount, ref=ref),
    ):
        _add(unit, account_id, row)
    return account_id


def _keep_renewal(unit: Unit, number: int, nps: int) -> int:
    account_id = _keep_account(unit, f"更新{number:03}社", is_active=True)
    renews_on = TODAY + timedelta(days=5 + number % 80)
    looked_on = find_look_ahead(renews_on, TODAY)
    for row in (
        NpsAnswer(responded_on=looked_on - timedelta(days=20), score=nps, ref="now"),
        Invoice(due_on=looked_on - timedelta(days=5), ref="now"),
        Touch(touched_on=looked_on - timedelta(days=9), ref="now"),
        Contract(starts_on=FIRST_ON, renews_on=renews_on, arr_amount=Decimal(900_000), ref="now"),
    ):
        _add(unit, account_id, row)
    return account_id


def _keep_account(unit: Unit, name: str, *, is_active: bool) -> int:
    made = Account(id=new_id(), ref=name, name=name, is_active=is_active, known_at=FRIDAY)
    made.usage_expected = False
    made.touch = ("high", "low")[made.id % 2]
    unit.add(made)
    unit.session.flush()
    return made.id


def _add(unit: Unit, account_id: int, row: OfAccount) -> None:
    row.account_id, row.known_at = account_id, FRIDAY
    unit.add(row)
