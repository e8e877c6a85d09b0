"""What customers signed, year after year, and how each year ended."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from sandbox.company.account import Account
from sandbox.company.plan import Plan, add_months
from sandbox.company.sources import Fact, read_catalogue
from sandbox.company.streams import open_stream, pick

NOTICE_DAYS = {"strategic": 90, "enterprise": 60, "mid": 30, "smb": 30}
SIGNED_BEFORE = timedelta(days=7)


@dataclass(frozen=True)
class Term:
    """One contract year; `is_last` when the customer leaves at its end."""

    number: int
    starts_on: date
    ends_on: date
    is_last: bool

    @property
    def renews_on(self) -> date:
        return self.ends_on + timedelta(days=1)


def list_terms(plan: Plan, account: Account) -> list[Term]:
    """The contract years that touch the days of the plan, oldest first."""
    return [term for term in _walk_terms(plan, account) if term.ends_on >= plan.start_on]


def list_contracts(plan: Plan, account: Account) -> list[Fact]:
    """The contracts by canonical names, with `signed_on`: the day they became known."""
    return [_state(plan, account, term) for term in list_terms(plan, account)]


def list_outcomes(plan: Plan, account: Account) -> list[Fact]:
    """How the contract years inside the plan ended; dated by the last day of the year."""
    terms = list_terms(plan, account)
    ended = [term for term in terms if term.ends_on <= plan.days[-1]]
    return [_conclude(plan, account, term) for term in ended]


def notice_of(account: Account, term: Term) -> date:
    """The day by which the customer must say that they leave."""
    story = account.story
    if story and story.renews_in is not None and story.notice_in is not None:
        return term.renews_on - timedelta(days=story.renews_in - story.notice_in)
    return term.renews_on - timedelta(days=NOTICE_DAYS[account.tier])


def price_of(plan: Plan, account: Account, term: Term) -> int:
    """The yearly amount: today's for the term running today, less before where seats grew."""
    years_ago = max(0, -plan.offset(term.starts_on) // 365)
    share = {"growing": 0.8, "leaving": 1.0}.get(account.mood, 0.95)
    return int(round(account.arr * share**years_ago, -3 if account.currency == "JPY" else -2))


def _walk_terms(plan: Plan, account: Account) -> Iterator[Term]:
    for number in range(1, 40):
        starts_on = add_months(account.started_on, 12 * (number - 1))
        ends_on = add_months(account.started_on, 12 * number) - timedelta(days=1)
        if starts_on - SIGNED_BEFORE > plan.days[-1]:
            return
        is_last = _is_last(plan, account, ends_on)
        yield Term(number, starts_on, ends_on, is_last)
        if is_last:
            return


def _is_last(plan: Plan, account: Account, ends_on: date) -> bool:
    if account.churned_on:
        return ends_on >= account.churned_on - timedelta(days=1)
    story = account.story
    return bool(story and story.ends_at_renewal and ends_on >= plan.origin)


def _state(plan: Plan, account: Account, term: Term) -> Fact:
    first = term.number == 1
    limited = open_stream(plan.seed, "limit", account.ref).random() < 0.2
    return {
        "account_ref": account.ref,
        "contract_ref": f"K-{account.ref[1:]}-{term.number}",
        "signed_on": term.starts_on if first else term.starts_on - SIGNED_BEFORE,
        "starts_on": term.starts_on,
        "ends_on": term.ends_on,
        "renews_on": term.renews_on,
        "auto_renews": account.tier in {"mid", "smb"},
        "notice_on": notice_of(account, term),
        "arr_amount": price_of(plan, account, term),
        "currency": account.currency,
        "seats": account.seats,
        "plan_limit": account.seats * 150 if limited else None,
        "limit_metric": "key_actions" if limited else "",
    }


def _conclude(plan: Plan, account: Account, term: Term) -> Fact:
    after = Term(term.number + 1, term.renews_on, term.renews_on, False)
    before, now = price_of(plan, account, term), price_of(plan, account, after)
    left = term.is_last
    stream = open_stream(plan.seed, "reason", account.ref)
    return {
        "account_ref": account.ref,
        "ended_on": term.ends_on,
        "result": "churned" if left else ("expanded" if now > before * 1.1 else "renewed"),
        "reason": pick(stream, read_catalogue("texts")["outcome_reasons"]) if left else "",
        "amount": before if left else now,
        "currency": account.currency,
    }
