"""Invoices and when they were paid: once a year for large customers, monthly for small ones."""

from datetime import date, timedelta

import numpy as np

from sandbox.company.account import Account
from sandbox.company.contracts import Term, list_terms, price_of
from sandbox.company.plan import Plan, add_months
from sandbox.company.sources import Fact
from sandbox.company.streams import open_stream

MONTHS_EACH = {"strategic": 12, "enterprise": 6, "mid": 3, "smb": 1}
TAX = 1.1
LATE_SHARE = 0.02


def list_invoices(plan: Plan, account: Account) -> list[Fact]:
    """The invoices issued in the plan's days, `account_ref` being the billing id.

    `paid_on` is None where an invoice is not paid on any of those days.
    """
    found = [
        _bill(plan, account, term, month)
        for term in list_terms(plan, account)
        for month in range(0, 12, _months_each(account))
    ]
    return [each for each in found if plan.start_on <= each["issued_on"] <= plan.days[-1]]


def _months_each(account: Account) -> int:
    return 1 if account.story_key.startswith("late_") else MONTHS_EACH[account.tier]


def _bill(plan: Plan, account: Account, term: Term, month: int) -> Fact:
    issued_on = add_months(term.starts_on.replace(day=1), month + 1)
    due_on = add_months(issued_on, 1) - timedelta(days=1)
    amount = price_of(plan, account, term) * _months_each(account) / 12
    return {
        "account_ref": account.billing,
        "invoice_ref": f"{account.billing}-{issued_on:%y%m}",
        "issued_on": issued_on,
        "due_on": due_on,
        "paid_on": _pay(plan, account, issued_on, due_on),
        "amount": round(amount * TAX) if account.currency == "JPY" else round(amount, 2),
        "currency": account.currency,
    }


def _pay(plan: Plan, account: Account, issued_on: date, due_on: date) -> date | None:
    told = _pay_as_told(plan, account, due_on)
    if told is not None:
        return told if told <= plan.days[-1] else None
    stream = open_stream(plan.seed, "paid", account.ref, issued_on.isoformat())
    late = stream.random() < LATE_SHARE and due_on < plan.day(-60)
    paid_on = due_on + _delay(stream, late)
    return max(issued_on, paid_on)


def _pay_as_told(plan: Plan, account: Account, due_on: date) -> date | None:
    age = -plan.offset(due_on)
    if account.story_key == "late_payer" and -15 < age < 100:
        # Twelve days late, then twenty; what fell due last is open until mid-December.
        return due_on + timedelta(days=12 if age > 70 else 20) if age > 35 else plan.day(26)
    if account.story_key == "late_invoice_ahead" and -31 < age <= 0:
        return due_on + timedelta(days=22)
    return None


def _delay(stream: np.random.Generator, late: bool) -> timedelta:
    return timedelta(days=int(stream.integers(2, 9) if late else -stream.integers(0, 11)))
