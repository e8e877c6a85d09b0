"""Playbooks run half a year ago, accounts alike beside them, and who of them left afterwards."""

from datetime import date, timedelta

from bot.core.vocabulary import Band
from bot.store.tables import Account, NpsAnswer, OutcomeCheck
from tests.commands.desk import FRIDAY, Desk
from tests.commands.weekly_records import add_outcome, add_result

THEN_ON = date(2026, 4, 1)
DUE_ON = THEN_ON + timedelta(days=30)


def keep_runs(
    desk: Desk,
    count: int,
    *,
    rise: float,
    left: int,
    others: int,
    others_left: int,
    measure: str | None = None,
    then_on: date = THEN_ON,
) -> None:
    """`count` accounts with the playbook, whose score and NPS rise, and others left alone.

    The first ones of either leave a hundred days after.
    """
    due_on = then_on + timedelta(days=30)
    accounts, scores = [], []
    with desk.together():
        for number in range(count + others):
            is_run = number < count
            account = desk.add_account(f"手当て{number:03}社", is_active=False)
            # Not all alike, so that there is an interval.
            moved = (rise if is_run else 0.0) + number % 3
            desk.score(account, then_on, 48.0, Band.RED)
            desk.score(account, due_on, 48.0 + moved, Band.RED)
            for on, said in ((then_on, 1), (due_on, 1 + round(moved))):
                answer = NpsAnswer(ref=f"{on}", responded_on=on, score=said, known_at=FRIDAY)
                answer.account_id, answer.respondent = account.id, "田村"
                desk.keep(answer)
            accounts.append(account)
            scores.append(48.0 + moved)
            place = number if is_run else number - count
            if place < (left if is_run else others_left):
                add_result(desk, account, "churned", then_on + timedelta(days=100))
    for account, score in zip(accounts[:count], scores, strict=False):
        run_again(desk, account, then_on, score, measure)


def run_again(
    desk: Desk, account: Account, then_on: date, score: float, measure: str | None = None
) -> None:
    """One more run on an account, measured thirty days after."""
    outcome = add_outcome(desk, account, then_on, measure=measure)
    check = OutcomeCheck(outcome_id=outcome.id, after_days=30, due_on=then_on + timedelta(days=30))
    check.checked_on, check.score, check.value = check.due_on, score, None
    desk.keep(check)
